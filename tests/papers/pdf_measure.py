"""Measuring a page of a PDF as it is drawn: letters with font, size and place, and straight lines."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pypdf import PdfReader

MM = 25.4 / 72


@dataclass(frozen=True)
class Drawn:
    """Letters drawn in one go; millimetres from the top left corner of the page, to the baseline."""

    text: str
    font: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Stroke:
    x: float
    y: float
    length: float


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    drawn: tuple[Drawn, ...]
    strokes: tuple[Stroke, ...]

    def find(self, text: str) -> Drawn:
        return next(each for each in self.drawn if text in each.text)


def _times(left: list[float], right: list[float]) -> list[float]:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m]


def sheets(data: bytes) -> list[Sheet]:
    made = []
    for page in PdfReader(io.BytesIO(data)).pages:
        height = float(page.mediabox.height)
        drawn: list[Drawn] = []
        strokes: list[Stroke] = []
        path: list[tuple[float, float]] = []

        def text_seen(text, cm, tm, font, size, drawn=drawn, height=height) -> None:
            at = _times(tm, cm)
            if text.strip() and font:
                name = str(font["/BaseFont"]).partition("+")[2]
                drawn.append(Drawn(text.strip(), name, round(abs(at[3]) * size, 2), at[4] * MM, (height - at[5]) * MM))

        def operand_seen(operator, operands, cm, _tm, path=path, strokes=strokes, height=height) -> None:
            if operator in (b"m", b"l"):
                x, y = (float(value) for value in operands)
                spot = _times([1, 0, 0, 1, x, y], cm)
                if operator == b"m":
                    path.clear()
                path.append((spot[4] * MM, (height - spot[5]) * MM))
            elif operator in (b"S", b"s") and len(path) == 2 and abs(path[0][1] - path[1][1]) < 0.01:
                strokes.append(Stroke(min(path[0][0], path[1][0]), path[0][1], abs(path[1][0] - path[0][0])))

        page.extract_text(visitor_text=text_seen, visitor_operand_before=operand_seen)
        made.append(Sheet(float(page.mediabox.width) * MM, height * MM, tuple(drawn), tuple(strokes)))
    return made
