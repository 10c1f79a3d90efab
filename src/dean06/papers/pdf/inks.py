"""The inks of a PDF as six hexadecimal digits (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject

_PLAIN = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/G": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/RGB": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
}


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour, and what its space makes of the next figures: `parts` 0 where it cannot be told, `tint` 1 is full."""

    colour: str = "000000"
    parts: int = 0
    tint: bool = False

    @classmethod
    def of(cls, given: Sequence[object]) -> Ink:
        """Return the ink of plain grey, RGB or CMYK figures."""
        return cls(parts=len(given)).set(given)

    def set(self, given: Sequence[object]) -> Ink:
        """Return the ink with new figures; what cannot be told counts as black."""
        figures = [min(max(float(each), 0.0), 1.0) for each in given if isinstance(each, int | float)]
        if not self.parts or len(figures) != self.parts:
            return Ink("000000", self.parts, self.tint)
        if self.parts == 1:
            grey = 1 - figures[0] if self.tint else figures[0]
            red = green = blue = grey
        elif self.parts == 3:
            red, green, blue = figures
        else:
            cyan, magenta, yellow, black = figures
            red, green, blue = ((1 - each) * (1 - black) for each in (cyan, magenta, yellow))
        colour = "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
        return Ink(colour, self.parts, self.tint)


def ink(name: object, spaces: DictionaryObject) -> Ink:
    """Return the first ink of a colour space: black."""
    if str(name) in _PLAIN:
        return Ink(parts=_PLAIN[str(name)])
    found = spaces.get(str(name))
    space = found.get_object() if found is not None else None
    if not isinstance(space, ArrayObject) or not space:
        return Ink(parts=_PLAIN.get(str(space), 0))
    kind = str(space[0])
    if kind == "/ICCBased":
        return Ink(parts=int(space[1].get_object().get("/N", 0)))
    if kind == "/Separation":
        return Ink(parts=1, tint=True)
    return Ink(parts=_PLAIN.get(kind, 0))
