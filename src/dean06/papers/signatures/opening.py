"""Opening a PDF that anybody may have made: what cannot be read is said in a sentence, and nothing in it is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from dean06.papers.signatures.errors import SigningRefused
from dean06.papers.signatures.objects import dictionary, items, value

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
    nodes = [reader.root, *_pages(reader.root)]
    notes = (note for node in nodes for note in items(node, "/Annots"))
    active = _has_scripts(reader.root) or any(_is_active(each) for each in (*nodes, *notes))
    return Opened(reader, active, reader.encrypted, irregular)


def _pages(root: generic.DictionaryObject) -> Iterator[object]:
    queue: list[object] = [dictionary(root, "/Pages")]
    for seen in count():
        if not queue:
            return
        if seen > MOST_PAGES:
            raise SigningRefused(
                "too_large",
                f"Tệp PDF quá nhiều trang: chỉ nhận đến {MOST_PAGES} trang.",
                f"The PDF has too many pages: up to {MOST_PAGES} are taken.",
            )
        node = queue.pop()
        kids = items(node, "/Kids")
        queue.extend(kids)
        if not kids:
            yield node


def _has_scripts(root: generic.DictionaryObject) -> bool:
    return "/JavaScript" in dictionary(root, "/Names") or "/XFA" in dictionary(root, "/AcroForm")


def _is_active(node: object) -> bool:
    triggers = dictionary(node, "/AA")
    actions = [value(node, "/OpenAction"), value(node, "/A"), *(value(triggers, each) for each in triggers)]
    return any(value(each, "/S") in ACTIVE for each in actions)


def _broken() -> SigningRefused:
    return SigningRefused(
        "broken",
        "Tệp PDF bị hỏng, không đọc được hết: lấy lại bản gốc rồi làm lại.",
        "The PDF is broken and cannot be read whole: get the original again.",
    )
