"""Lines and boxes drawn in a .docx: how long a line is and where it stands, what a text box holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from dean06.papers.docx.cascade import W, number
from dean06.papers.docx.opening import through

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_EMU = 36_000
_FLAT_MM = 1.5
_LINES = {"line", "straightConnector1"}
_UNITS = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, "": 25.4 / 72}
_LENGTH = re.compile(r"\s*(-?[\d.]+)\s*(pt|in|cm|mm|px|)\s*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn line (`content` None) or a text box; `x_mm` from the left margin, None where it follows the text."""

    width_mm: float
    height_mm: float
    x_mm: float | None
    content: ET.Element | None
    framed: bool = False


def shapes(run: ET.Element, margin_mm: float) -> Iterator[Shape]:
    """Give the lines and text boxes anchored in a run."""
    for each in through(run, FALLBACK):
        if each.tag in (f"{_WP}anchor", f"{_WP}inline"):
            yield from _drawing(each, margin_mm)
        elif each.tag == f"{W}pict":
            yield from _vml(each)


def _drawing(anchor: ET.Element, margin_mm: float) -> Iterator[Shape]:
    extent = anchor.find(f"{_WP}extent")
    if extent is None:
        return
    width, height = (number(extent.get(side) or "") / _EMU for side in ("cx", "cy"))
    content = next((each for each in through(anchor, FALLBACK) if each.tag == f"{W}txbxContent"), None)
    shape = next((each.get("prst") for each in through(anchor, FALLBACK) if each.tag == f"{_A}prstGeom"), "")
    x = _place(anchor.find(f"{_WP}positionH"), margin_mm)
    if content is not None:
        yield Shape(width, height, x, content, framed=_outlined(anchor))
    elif height <= _FLAT_MM < width and shape in (*_LINES, "rect"):
        yield Shape(width, height, x, None)


def _outlined(anchor: ET.Element) -> bool:
    properties = next((each for each in anchor.iter(f"{_WPS}spPr")), None)
    line = None if properties is None else properties.find(f"{_A}ln")
    return line is not None and line.find(f"{_A}noFill") is None


def _place(position: ET.Element | None, margin_mm: float) -> float | None:
    offset = None if position is None else position.find(f"{_WP}posOffset")
    if position is None or offset is None:
        return None
    relative = position.get("relativeFrom") or ""
    x = number((offset.text or "").strip()) / _EMU
    return x - margin_mm if relative == "page" else x


def _vml(picture: ET.Element) -> Iterator[Shape]:
    for each in through(picture, FALLBACK, f"{W}txbxContent"):
        style = {name.strip(): said for name, _, said in (part.partition(":") for part in _styles(each))}
        if each.tag == f"{_V}line":
            start, end = (_point(each.get(name) or "") for name in ("from", "to"))
            if abs(end[1] - start[1]) <= _FLAT_MM < abs(end[0] - start[0]):
                yield Shape(abs(end[0] - start[0]), 0, min(start[0], end[0]), None)
        elif each.tag in (f"{_V}shape", f"{_V}rect"):
            width, height = (_length(style.get(side, "")) for side in ("width", "height"))
            x = _length(style["margin-left"]) if "margin-left" in style else None
            content = next(each.iter(f"{W}txbxContent"), None)
            if content is not None:
                yield Shape(width, height, x, content, framed=each.get("stroked") not in ("f", "false"))
            elif height <= _FLAT_MM < width:
                yield Shape(width, height, x, None)


def _styles(shape: ET.Element) -> list[str]:
    return (shape.get("style") or "").split(";")


def _point(text: str) -> tuple[float, float]:
    x, _, y = text.partition(",")
    return _length(x), _length(y)


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return number(found[1]) * _UNITS[found[2]] if found else 0.0
