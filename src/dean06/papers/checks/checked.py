"""Checking an uploaded file of either kind: its departures from the layout, and what to know of it before use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dean06.clock.errors import BadInput
from dean06.papers.checks.checklist import check
from dean06.papers.checks.decree30 import Departure
from dean06.papers.docx.measure import measure_package
from dean06.papers.docx.opening import opened as opened_docx
from dean06.papers.docx.remarks import refuse_revisions, remarks
from dean06.papers.pdf.measure import Drawing, drawings
from dean06.papers.pdf.opening import opened as opened_pdf
from dean06.papers.pdf.sheet import sheet

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to know of a file that is no departure from the decree."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one file found."""

    name: str
    kind: Literal["docx", "pdf"]
    departures: tuple[Departure, ...]
    warnings: tuple[Warned, ...]


def check_file(name: str, data: bytes) -> Checked:
    """Return what departs from Decree 30 in a .docx or PDF; a file that cannot be measured is refused with its name."""
    try:
        if b"%PDF-" in data[:_HEAD]:
            return _pdf(name, data)
        if data[:2] == b"PK" or data.startswith(_OLD_WORD):
            return _docx(name, data)
    except BadInput as refused:
        raise BadInput(f"{name}: {refused.vi}", f"{name}: {refused.en}") from refused
    vi, en = _unknown(data)
    raise BadInput(f"{name}: {vi}", f"{name}: {en}")


def _docx(name: str, data: bytes) -> Checked:
    package = opened_docx(data)
    refuse_revisions(package)
    found = measure_package(package)
    warnings = tuple(Warned(vi, en) for vi, en in remarks(package, found))
    return Checked(name, "docx", check(found), warnings)


def _pdf(name: str, data: bytes) -> Checked:
    opened = opened_pdf(data)
    pages = drawings(opened.reader)
    warnings = tuple(Warned(vi, en) for vi, en in (*opened.warnings, *_borrowed(pages)))
    return Checked(name, "pdf", check(sheet(pages)), warnings)


def _borrowed(pages: list[Drawing]) -> list[tuple[str, str]]:
    """Name the fonts that a PDF does not carry: each reader draws them with another."""
    fonts = sorted({each.font for page in pages for each in page.drawn if each.shown and not each.embedded})
    return [
        (
            f"Phông “{font}” không nhúng trong PDF; máy khác sẽ hiện bằng phông khác. Hãy xuất lại PDF có nhúng phông.",
            f'The font "{font}" is not embedded; other machines show another. Export the PDF with its fonts.',
        )
        for font in fonts
    ]


def _unknown(data: bytes) -> tuple[str, str]:
    if not data:
        return "tệp rỗng; hãy chọn lại tệp.", "the file is empty; choose it again."
    if data.startswith(_RICH_TEXT):
        return "đây là tệp .rtf; hãy mở bằng Word và lưu lại thành .docx.", "this is an .rtf; open it and save a .docx."
    if data.startswith(_PICTURES):
        return (
            "đây là ảnh, không phải văn bản; hãy dùng bản .docx hoặc PDF có chữ.",
            "this is a picture, no document; use the .docx or a PDF with text.",
        )
    return "chỉ kiểm tra được tệp .docx và .pdf.", "only .docx and .pdf can be checked."
