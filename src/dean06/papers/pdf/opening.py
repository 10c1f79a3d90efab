"""Opening a stranger's PDF: limits, what it may not carry, what a reader should know of it. Nothing in it is run."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from dean06.clock.errors import BadInput

MOST_BYTES = 50_000_000
MOST_PAGES = 300
MOST_OBJECTS = 100_000
LIMITS = Configuration(
    maximum_declared_stream_length=30_000_000,
    array_based_stream_maximum_output_length=30_000_000,
    lzw_maximum_output_length=30_000_000,
    run_length_maximum_output_length=30_000_000,
    zlib_maximum_output_length=30_000_000,
    stream_decoding_work_maximum_length=100_000_000,
    stream_parsing_work_maximum_count=1_500_000,
    disable_legacy_handling=True,
)
# The reader meets damage in every one of these shapes.
STUMBLES = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError,
    OSError, EOFError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d+)\s+(\d+)\s*\]")
# What leads back up, and the tree of a tagged file's structure, where no action can stand.
_PASSED_BY = {"/Parent", "/P", "/StructTreeRoot", "/ParentTree"}
_PROGRAMS = {"/JavaScript": "mã JavaScript", "/Launch": "lệnh mở chương trình khác"}
_ENGLISH = {"/JavaScript": "JavaScript", "/Launch": "an action that launches a program"}
Found = TypeVar("Found")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said to its owner, not to a log


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A PDF that passed, and what its reader should know: Vietnamese and English sentences."""

    reader: PdfReader
    warnings: tuple[tuple[str, str], ...]


def broken() -> BadInput:
    """Return the refusal of a file that is no PDF."""
    return BadInput(
        "Tệp không phải PDF hoặc đã hỏng; hãy xuất lại thành PDF từ bản gốc.",
        "The file is no PDF or is damaged; export it to PDF again from its source.",
    )


def too_much() -> BadInput:
    """Return the refusal of a file that holds more than any paper does."""
    return BadInput(
        "Tệp PDF bung ra quá lớn hoặc có quá nhiều nét vẽ; hãy xuất lại từ bản gốc, bỏ hình vẽ dày.",
        "The PDF unpacks to too much or draws too many strokes; export it again without dense drawings.",
    )


def guarded(work: Callable[[], Found]) -> Found:
    """Return what reading a PDF gives; whatever the reader stumbles over becomes one refusal."""
    try:
        with apply_configuration(LIMITS):
            return work()
    except LimitReachedError as error:
        raise too_much() from error
    except STUMBLES as error:
        raise broken() from error


def opened(data: bytes) -> OpenedPdf:
    """Open a PDF; refuse what is not one, is encrypted, carries programs or files, or is too large."""
    if b"%PDF-" not in data[:1024]:
        raise broken()
    if len(data) > MOST_BYTES:
        raise BadInput("Tệp PDF lớn quá 50 MB; hãy tách nhỏ.", "The PDF is larger than 50 MB; split it.")
    return guarded(lambda: _opened(data))


def _opened(data: bytes) -> OpenedPdf:
    reader, whole = _reader(data)
    if reader.is_encrypted:
        raise BadInput(
            "Tệp PDF đặt mật khẩu hoặc bị hạn chế; hãy bỏ bảo mật rồi xuất lại.",
            "The PDF is encrypted or restricted; remove its security and export it again.",
        )
    if len(reader.pages) > MOST_PAGES:
        raise BadInput(
            f"Tệp PDF có hơn {MOST_PAGES} trang; hãy tách nhỏ.", f"The PDF has more than {MOST_PAGES} pages; split it."
        )
    _without_programs(reader)
    warnings = [] if whole else [_DAMAGED]
    if _changed_after_signing(data):
        warnings.append(_CHANGED)
    return OpenedPdf(reader, tuple(warnings))


_DAMAGED = (
    "Cấu trúc tệp PDF có chỗ hỏng (bảng tham chiếu đối tượng); đã đọc được bằng cách dò lại, nên xuất lại tệp.",
    "The PDF's cross-reference table is damaged; it was read by searching. Export the file again.",
)
_CHANGED = (
    "Tệp PDF có phần ghi thêm sau chữ ký số; chỉ phần trước đó được ký, hãy kiểm tra chữ ký trước khi dùng.",
    "The PDF has an update after its digital signature; only what came before is signed. Verify it before use.",
)


def _reader(data: bytes) -> tuple[PdfReader, bool]:
    """Return a reader, and whether the file is whole: a damaged table of objects is searched for."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=True)
        _ = reader.is_encrypted or [len(reader.pages), *(page.get_contents() for page in reader.pages)]
    except STUMBLES:
        return PdfReader(io.BytesIO(data), strict=False), False
    return reader, True


def _changed_after_signing(data: bytes) -> bool:
    """Say whether anything but proofs of validity and time stamps follows the last signed byte."""
    ends = [int(start) + int(length) for start, length in _BYTE_RANGE.findall(data)]
    if not ends:
        return False
    tail = data[max(ends) :].strip(b"\r\n \0")
    return bool(tail) and not _only_proofs(tail)


def _only_proofs(tail: bytes) -> bool:
    """B-LT adds a store of certificates and answers (ETSI EN 319 142-1, 5.4.2) and changes the catalogue alone."""
    kinds = set(re.findall(rb"/Type\s*/(\w+)", tail))
    return b"/DSS" in tail and not kinds & {b"Page", b"Pages", b"Annot", b"XObject", b"Font"}


# ---------------------------------------------------------------- programs and files within


def _without_programs(reader: PdfReader) -> None:
    for found in _dictionaries(reader):
        kind = str(found.get("/S", ""))
        word = kind if kind in _PROGRAMS else "/JavaScript" if "/JS" in found else ""
        if word:
            raise BadInput(
                f"Tệp PDF có {_PROGRAMS[word]}; hãy in lại thành PDF khác rồi dùng bản đó.",
                f"The PDF holds {_ENGLISH[word]}; print it to a new PDF and use that.",
            )
        if "/EF" in found or "/EmbeddedFiles" in found:
            raise BadInput(
                "Tệp PDF có tệp khác nhúng bên trong; hãy tách tệp đó ra và xuất lại.",
                "The PDF has another file embedded in it; take it out and export again.",
            )


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Give every dictionary reachable from the catalogue, each once, within a limit."""
    root = reader.trailer["/Root"]
    waiting: list[tuple[PdfObject, int]] = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        here, depth = waiting.pop()
        if isinstance(here, IndirectObject):
            key = (here.idnum, here.generation)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > MOST_OBJECTS:
                raise BadInput("Tệp PDF có quá nhiều đối tượng.", "The PDF has too many objects.")
            here = here.get_object() or DictionaryObject()
        if isinstance(here, DictionaryObject):
            yield here
            waiting.extend((here.raw_get(key), depth + 1) for key in here if key not in _PASSED_BY)
        elif isinstance(here, ArrayObject) and depth < MOST_OBJECTS:
            waiting.extend((list.__getitem__(here, at), depth + 1) for at in range(len(here)))
