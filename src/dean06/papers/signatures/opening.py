"""Opening a PDF that anybody may have made: what cannot be read is said in a sentence, and nothing in it is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from dean06.papers.signatures.errors import SigningRefused

MOST_BYTES = 100_000_000
MOST_REVISIONS = 200
MOST_PAGES = 5_000
ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}

__all__ = ["Opened", "open_pdf", "reading"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A readable PDF and what is unusual about it."""

    reader: PdfFileReader
    active: bool
    encrypted: bool
    irregular: bool


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever goes wrong in reading a stranger's file into one sentence."""
    try:
        yield
    except SigningRefused:
        raise
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise _broken() from error
    except (NotImplementedError, RecursionError, MemoryError, OverflowError, OSError) as error:
        raise _broken() from error


def open_pdf(pdf: bytes) -> Opened:
    """Return a reader of the file.

    Raises:
        SigningRefused: it is no PDF, too large, broken, or asks for a password; `code` says which.
    """
    if b"%PDF-" not in pdf[:1024]:
        raise SigningRefused(
            "not_pdf", "Tệp này không phải là PDF: chọn tệp .pdf.", "This file is no PDF: choose a .pdf file."
        )
    if len(pdf) > MOST_BYTES or pdf.count(b"startxref") > MOST_REVISIONS:
        raise SigningRefused(
            "too_large",
            f"Tệp PDF quá lớn: chỉ nhận đến {MOST_BYTES // 1_000_000} MB và {MOST_REVISIONS} lần ghi thêm.",
            f"The PDF is too large: up to {MOST_BYTES // 1_000_000} MB and {MOST_REVISIONS} updates are taken.",
        )
    with reading():
        return _opened(pdf)


def _opened(pdf: bytes) -> Opened:
    irregular = False
    try:
        reader = PdfFileReader(BytesIO(pdf))
        _ = reader.root["/Pages"]
    except (PdfError, ValueError, KeyError, TypeError):
        irregular = True
        reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        opened = reader.decrypt(b"") if hasattr(reader.security_handler, "authenticate") else None
        if opened is None or not reader.security_handler.is_authenticated():
            raise SigningRefused(
                "encrypted",
                "Tệp PDF có mật khẩu: bỏ mật khẩu rồi làm lại.",
                "The PDF asks for a password: remove it and try again.",
            )
    pages = list(_pages(reader))
    active = any(_is_active(node) for node in (reader.root, *pages)) or _has_scripts(reader.root)
    return Opened(reader, active or any(_acts(page) for page in pages), reader.encrypted, irregular)


def _pages(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    queue, seen = [reader.root["/Pages"]], 0
    while queue:
        node = queue.pop().get_object()
        seen += 1
        if seen > MOST_PAGES:
            raise SigningRefused(
                "too_large",
                f"Tệp PDF quá nhiều trang: chỉ nhận đến {MOST_PAGES} trang.",
                f"The PDF has too many pages: up to {MOST_PAGES} are taken.",
            )
        if "/Kids" in node:
            queue.extend(node["/Kids"])
        else:
            yield node


def _has_scripts(root: generic.DictionaryObject) -> bool:
    names = root.get("/Names", {})
    return "/JavaScript" in names or "/XFA" in root.get("/AcroForm", {})


def _acts(page: generic.DictionaryObject) -> bool:
    return any(_is_active(note.get_object()) for note in page.get("/Annots", ()))


def _is_active(node: generic.DictionaryObject) -> bool:
    actions = [node.get("/OpenAction"), node.get("/A")]
    actions += list(node.get("/AA", {}).values())
    return any(isinstance(each, generic.DictionaryObject) and each.get("/S") in ACTIVE for each in map(_plain, actions))


def _plain(value: generic.PdfObject | None) -> generic.PdfObject | None:
    return value.get_object() if isinstance(value, generic.PdfObject) else None


def _broken() -> SigningRefused:
    return SigningRefused(
        "broken",
        "Tệp PDF bị hỏng, không đọc được hết: lấy lại bản gốc rồi làm lại.",
        "The PDF is broken and cannot be read whole: get the original again.",
    )
