"""The letters of the paper: what Tinos can print, and how wide a line of it runs.

Tinos has the widths of Times New Roman, so one measure serves the .docx (set in Times New Roman) and the PDF.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_DIR = Path(__file__).parent.parent / "fonts"
FAMILY = "Tinos"
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Face:
    """One style of the font: advance width by letter, in thousandths of the size."""

    widths: dict[int, float]

    def width(self, text: str, size_pt: float) -> float:
        """Return the width of a line in millimetres, without kerning."""
        return sum(self.widths.get(ord(letter), 0.5) for letter in text) * size_pt * MM_PER_PT

    def cut(self, text: str, size_pt: float, room_mm: float) -> list[str]:
        """Cut the words that are wider than their room, so that they can break; nothing is added or lost."""
        return Cutter(room_mm).cut(text, self, size_pt)


@dataclass(slots=True)
class Cutter:
    """Cuts the words of one line after another run; a word may run through several runs."""

    room_mm: float
    used_mm: float = 0

    def cut(self, text: str, measure: Face, size_pt: float) -> list[str]:
        """Return the pieces between which the run may break; a first empty piece is a break before the run."""
        pieces, piece = [], ""
        for letter in text:
            wide = measure.widths.get(ord(letter), 0.5) * size_pt * MM_PER_PT
            if letter in " \xa0":
                self.used_mm = 0
            elif self.used_mm + wide > self.room_mm and self.used_mm and not unicodedata.combining(letter):
                pieces.append(piece)
                piece, self.used_mm = "", wide
            else:
                self.used_mm += wide
            piece += letter
        return [*pieces, piece]


def _tables(data: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    found: dict[str, int] = {}
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        found[tag.decode("latin-1")] = offset
    return found


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Read the format 4 character map (OpenType, `cmap`)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            break
    else:
        raise ValueError("the font has no Unicode character map")
    start = cmap + offset
    (twice,) = struct.unpack_from(">H", data, start + 6)
    segments = twice // 2
    ends = struct.unpack_from(f">{segments}H", data, start + 14)
    firsts = struct.unpack_from(f">{segments}H", data, start + 16 + twice)
    deltas = struct.unpack_from(f">{segments}h", data, start + 16 + 2 * twice)
    ranges_at = start + 16 + 3 * twice
    ranges = struct.unpack_from(f">{segments}H", data, ranges_at)
    glyphs: dict[int, int] = {}
    for number, (first, end, delta, shift) in enumerate(zip(firsts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * number + shift + 2 * (code - first))
            if glyph or not shift:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                glyphs[code] = glyph
    return glyphs


@cache
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """Return the measures of one of the four styles."""
    style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    data = (FONT_DIR / f"{FAMILY}-{style}.ttf").read_bytes()
    at = _tables(data)
    (per_em,) = struct.unpack_from(">H", data, at["head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, at["hhea"] + 34)
    advance = [struct.unpack_from(">H", data, at["hmtx"] + 4 * glyph)[0] / per_em for glyph in range(metrics)]
    return Face(
        {code: advance[min(glyph, metrics - 1)] for code, glyph in _glyphs(data, at["cmap"]).items()},
    )


@cache
def printable() -> frozenset[int]:
    """Return the letters that all four styles can print."""
    faces = [face(bold=bold, italic=italic) for bold in (False, True) for italic in (False, True)]
    return frozenset.intersection(*(frozenset(each.widths) for each in faces))


def balanced(text: str, size_pt: float, widest_mm: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a line at its spaces into as few lines as fit, as equal in width as they can be."""
    measure = face(bold=bold)
    words = [piece for word in text.split(" ") for piece in measure.cut(word, size_pt, widest_mm)]
    lines = _wrap(words, measure, size_pt, widest_mm)
    if len(lines) < 2:
        return lines
    low, high = widest_mm / len(lines) / 2, widest_mm
    best = lines
    for _ in range(12):
        middle = (low + high) / 2
        attempt = _wrap(words, measure, size_pt, middle)
        if len(attempt) <= len(lines) and max(measure.width(line, size_pt) for line in attempt) <= widest_mm:
            best, high = attempt, middle
        else:
            low = middle
    return best


def _wrap(words: list[str], measure: Face, size_pt: float, widest_mm: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and measure.width(longer, size_pt) > widest_mm:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return tuple(lines)
