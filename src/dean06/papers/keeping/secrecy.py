"""State secrets are not taken in: the marks of secrecy that a text or the first pages of a file bear. Pure.

Decree 30/2020, annex I, section III, clause 2: the mark stands by itself, in capitals; in words: "Độ mật: …".
What is only about secrets ("bảo vệ bí mật nhà nước", "mật khẩu") bears no mark.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from html import unescape

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MARKS = {"TUYỆT MẬT": "Tuyệt mật", "TỐI MẬT": "Tối mật", "MẬT": "Mật"}
PAGES, PARAGRAPHS, MOST_XML = 2, 80, 8_000_000
_ALONE = re.compile(r"^[\s\[(«\"*–-]*(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)[\s\])»\"*.–-]*$")
_SAID = re.compile(r"^\s*(?:dấu chỉ )?độ mật\s*:\s*(tuyệt mật|tối mật|mật)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(?:w:p|si|is)[ >].*?</(?:w:p|si|is)>", re.DOTALL)
_TEXT = re.compile(r"<(?:w:t|t)(?: [^>]*)?>([^<]*)</(?:w:t|t)>")
_PARTS = {
    "docx": re.compile(r"^word/(document|header\d*|footer\d*)\.xml$"),
    "xlsx": re.compile(r"^xl/(sharedStrings|worksheets/sheet\d+)\.xml$"),
}

__all__ = ["MARKS", "marked", "marked_file"]


def marked(text: str) -> str | None:
    """Return the level that a text is marked with (`Mật`, `Tối mật`, `Tuyệt mật`), the highest one; None for none."""
    found = {one for line in unicodedata.normalize("NFC", text).splitlines() if (one := _of_line(line))}
    return next((level for mark, level in MARKS.items() if mark in found), None)


def _of_line(line: str) -> str | None:
    match = _ALONE.match(line) or _SAID.match(line)
    return " ".join(match[1].upper().split()) if match else None


def marked_file(data: bytes, suffix: str) -> str | None:
    """Return the level that a file's first pages are marked with; None for none, and for what holds no text."""
    if suffix == "pdf":
        return marked(_pdf_text(data))
    if suffix in _PARTS:
        return marked(_office_text(data, _PARTS[suffix]))
    return None


def _pdf_text(data: bytes) -> str:
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages[:PAGES])
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return ""  # what cannot be read shows no mark; whoever takes the file in judges whether it is whole


def _office_text(data: bytes, parts: re.Pattern[str]) -> str:
    lines: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for one in package.infolist():
                if parts.match(one.filename) and one.file_size <= MOST_XML:
                    xml = package.read(one).decode("utf-8", errors="replace")
                    lines += ["".join(_TEXT.findall(each)) for each in _PARAGRAPH.findall(xml)[:PARAGRAPHS]]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return ""
    return unescape("\n".join(lines))
