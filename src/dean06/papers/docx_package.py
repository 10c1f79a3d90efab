"""Opening a stranger's .docx: limits first, then the parts that are read, as plain text with marks.

Nothing of the file is run, fetched or drawn.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from dean06.clock.errors import BadInput
from dean06.papers.docx_styles import WORD

MOST_BYTES = 20_000_000
MOST_UNPACKED = 30_000_000
MOST_PARTS = 2_000

W = f"{{{WORD}}}"


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a .docx that a paper is read from."""

    body: BaseOxmlElement
    style_names: dict[str, str]
    bullets: frozenset[str]


def open_docx(data: bytes) -> Opened:
    """Open a .docx; refuse what is not one, is protected, carries macros, or unpacks without end."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(
            "Tệp đặt mật khẩu hoặc là định dạng .doc cũ; hãy bỏ mật khẩu và lưu lại dưới dạng .docx.",
            "The file has a password or is an old .doc; remove the password and save it as .docx.",
        )
    if len(data) > MOST_BYTES:
        raise BadInput("Tệp .docx lớn quá 20 MB.", "The .docx is larger than 20 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadInput("Tệp có chứa macro; hãy lưu lại dưới dạng .docx.", "The file carries macros.")
            if len(names) > MOST_PARTS:
                raise BadInput("Tệp .docx có quá nhiều thành phần.", "The .docx has too many parts.")
            document = _part(package, "word/document.xml")
            styles = _part(package, "word/styles.xml") if "word/styles.xml" in names else None
            numbering = _part(package, "word/numbering.xml") if "word/numbering.xml" in names else None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _broken() from error
    body = document.find(f"{W}body")
    if body is None:
        raise _broken()
    return Opened(body, _style_names(styles), _bullets(numbering))


def value(element: BaseOxmlElement | None, name: str = "val") -> str:
    """Return an attribute of an element, empty when either is absent."""
    return "" if element is None else str(element.get(f"{W}{name}") or "")


def local(element: BaseOxmlElement) -> str:
    """Return an element's name without its namespace, empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def on(properties: BaseOxmlElement | None, name: str) -> bool:
    """Say whether a switch such as bold is set."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and value(found) not in {"0", "false", "none", "off"}


def _part(package: zipfile.ZipFile, name: str) -> BaseOxmlElement:
    with package.open(name) as part:
        text = part.read(MOST_UNPACKED + 1)
    if len(text) > MOST_UNPACKED:
        raise BadInput("Tệp .docx bung ra quá lớn.", "The .docx unpacks to too much.")
    try:
        return parse_xml(text)
    except SyntaxError as error:  # lxml's XMLSyntaxError is one
        raise _broken() from error


def _broken() -> BadInput:
    return BadInput(
        "Tệp không phải .docx hoặc đã hỏng; hãy mở bằng trình soạn thảo rồi lưu lại.",
        "The file is no .docx or is damaged; open it in a word processor and save it again.",
    )


def _style_names(styles: BaseOxmlElement | None) -> dict[str, str]:
    if styles is None:
        return {}
    return {value(style, "styleId"): value(style.find(f"{W}name")) for style in styles.findall(f"{W}style")}


def _bullets(numbering: BaseOxmlElement | None) -> frozenset[str]:
    """Return the ids of the lists that a word processor draws with bullets, not numbers."""
    return frozenset(_bullet_ids(numbering)) if numbering is not None else frozenset()


def _bullet_ids(numbering: BaseOxmlElement) -> Iterator[str]:
    drawn = {
        value(kind, "abstractNumId")
        for kind in numbering.findall(f"{W}abstractNum")
        if value(kind.find(f"{W}lvl/{W}numFmt")) == "bullet"
    }
    for number in numbering.findall(f"{W}num"):
        if value(number.find(f"{W}abstractNumId")) in drawn:
            yield value(number, "numId")
