"""An edited .docx as the parts that its text is read from, opened within the limits of `docx_opening`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from dean06.papers.docx.opening import Package, broken, opened, parse
from dean06.papers.docx.styles import WORD

W = f"{{{WORD}}}"


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a .docx that a paper is read from."""

    body: BaseOxmlElement
    style_names: dict[str, str]
    bullets: frozenset[str]


def open_docx(data: bytes) -> Opened:
    """Open a .docx; refuse what is not one, is protected, carries macros, or unpacks without end."""
    package = opened(data)
    document = _part(package, "word/document.xml")
    styles = _part(package, "word/styles.xml") if "word/styles.xml" in package.names else None
    numbering = _part(package, "word/numbering.xml") if "word/numbering.xml" in package.names else None
    body = document.find(f"{W}body")
    if body is None:
        raise broken()
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


def _part(package: Package, name: str) -> BaseOxmlElement:
    text = package.read(name)
    parse(text)  # within the limits of depth and number, and without a document type
    try:
        return parse_xml(text)
    except (SyntaxError, ValueError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise broken() from error


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
