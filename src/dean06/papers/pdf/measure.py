"""Measuring a page of a PDF as it is drawn: letters with font, size, ink and place, and straight lines.

A small interpreter of content streams (ISO 32000-1, 8 and 9): it follows places, fonts and inks and draws nothing.
Millimetres from the top left corner of the page; letters stand on their baseline.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from dean06.papers.pdf.inks import Ink, ink
from dean06.papers.pdf.letters import PdfFont, read_font
from dean06.papers.pdf.opening import guarded, opened, too_much
from dean06.papers.pdf.paths import Pen, Stroke
from dean06.papers.pdf.values import UNIT, Matrix, dictionary, fields, figures, matrix, number, times

MM = 25.4 / 72
MOST_DRAWN = 20_000
MOST_OPERATIONS = 600_000
DEEPEST_FORM = 8
INVISIBLE = 3
_SPACE_BY_GAP = 200  # thousandths of the size that a producer skips instead of drawing a space
_PARTED = re.compile(r" {3,}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Letters drawn in one go."""

    text: str
    font: str
    size: float
    x: float
    y: float
    width: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    shown: bool = True
    embedded: bool = True

    @property
    def right(self) -> float:
        """Where the letters end."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page as drawn."""

    width: float
    height: float
    drawn: tuple[Drawn, ...]
    strokes: tuple[Stroke, ...]
    pictures: int = 0

    def find(self, text: str) -> Drawn:
        """Return the first letters drawn that hold a text."""
        return next(each for each in self.drawn if text in each.text)


def sheets(data: bytes) -> list[Drawing]:
    """Return every page of a PDF as drawn."""
    return drawings(opened(data).reader)


def drawings(reader: PdfReader) -> list[Drawing]:
    """Return every page of an opened PDF as drawn."""
    budget = Budget(MOST_OPERATIONS)
    return guarded(lambda: [_Interpreter(page, reader, budget).draw() for page in reader.pages])


@dataclass(slots=True)
class Budget:
    """How many steps all pages together may still take."""

    left: int

    def spend(self, steps: int) -> None:
        """Take steps; refuse a file that wants more than there are."""
        self.left -= steps
        if self.left < 0:
            raise too_much()


@dataclass(slots=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    place: Matrix
    font: PdfFont | None = None
    size: float = 0
    apart: float = 0
    words_apart: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0
    fill: Ink = field(default_factory=Ink)
    stroke: Ink = field(default_factory=Ink)
    thickness: float = 1
    dashed: bool = False


class _Interpreter:
    """Follows one page's content."""

    def __init__(self, page: PageObject, reader: PdfReader, budget: Budget) -> None:
        box = page.cropbox
        self._budget = budget
        self._parsed: dict[int, ContentStream] = {}
        self._page, self._reader = page, reader
        self.width, self.height = float(box.width), float(box.height)
        base: Matrix = (1, 0, 0, 1, -float(box.left), -float(box.bottom))
        turned = (page.rotation or 0) % 360
        if turned in (90, 270):
            base = times(base, (0, -1, 1, 0, 0, self.width) if turned == 90 else (0, 1, -1, 0, self.height, 0))
            self.width, self.height = self.height, self.width
        elif turned == 180:
            base = times(base, (-1, 0, 0, -1, self.width, self.height))
        self._base = base
        self._state = _State(base)
        self._kept: list[_State] = []
        self._text = self._line = UNIT
        self._drawn: list[Drawn] = []
        self._pen = Pen(self.height)
        self._fonts: dict[int, PdfFont] = {}
        self._pictures = 0
        self._resources: DictionaryObject = DictionaryObject()
        self._does: dict[bytes, Callable[[list[object]], None]] = self._table()

    def draw(self) -> Drawing:
        content = self._page.get_contents()
        if content is not None:
            self._run(ContentStream(content, self._reader, "bytes"), dictionary(self._page.get("/Resources")), 0)
        for each in fields(self._page):
            self._field(each)
        return Drawing(self.width * MM, self.height * MM, tuple(self._drawn), tuple(self._pen.strokes), self._pictures)

    def _run(self, content: ContentStream, resources: DictionaryObject, depth: int) -> None:
        before = self._resources
        self._resources = resources
        operations = content.operations
        self._budget.spend(len(operations) + 1)
        for operands, operator in operations:
            if operator == b"Do":
                self._form(str(operands[0]), depth)
            elif operator == b"INLINE IMAGE":
                self._pictures += 1
            else:
                does = self._does.get(operator)
                if does is not None:
                    does(operands)
        self._resources = before

    def _table(self) -> dict[bytes, Callable[[list[object]], None]]:
        return {
            b"q": lambda _: self._kept.append(replace(self._state)),
            b"Q": lambda _: self._back(),
            b"cm": lambda given: self._move(matrix(given)),
            b"BT": lambda _: self._start(UNIT),
            b"Tf": self._choose,
            b"Tm": lambda given: self._start(matrix(given)),
            b"Td": lambda given: self._next(number(given[0]), number(given[1])),
            b"TD": self._next_leading,
            b"T*": lambda _: self._next(0, -self._state.leading),
            b"Tc": lambda given: self._set(apart=number(given[0])),
            b"Tw": lambda given: self._set(words_apart=number(given[0])),
            b"Tz": lambda given: self._set(stretch=number(given[0]) / 100),
            b"TL": lambda given: self._set(leading=number(given[0])),
            b"Ts": lambda given: self._set(rise=number(given[0])),
            b"Tr": lambda given: self._set(mode=int(number(given[0]))),
            b"Tj": lambda given: self._show([given[0]]),
            b"TJ": lambda given: self._show(list(given[0]) if isinstance(given[0], list) else []),
            b"'": lambda given: self._show_next(given[0]),
            b'"': self._show_spaced,
            **self._inks(),
            **self._paths(),
        }

    def _inks(self) -> dict[bytes, Callable[[list[object]], None]]:
        spaces = {b"g": 1, b"rg": 3, b"k": 4}
        table: dict[bytes, Callable[[list[object]], None]] = {}
        for name in spaces:
            table[name] = lambda given: self._set(fill=Ink.of(given))
            table[name.upper()] = lambda given: self._set(stroke=Ink.of(given))
        table[b"cs"] = lambda given: self._set(fill=self._ink(given[0]))
        table[b"CS"] = lambda given: self._set(stroke=self._ink(given[0]))
        for name in (b"sc", b"scn"):
            table[name] = lambda given: self._set(fill=self._state.fill.set(given))
            table[name.upper()] = lambda given: self._set(stroke=self._state.stroke.set(given))
        return table

    def _paths(self) -> dict[bytes, Callable[[list[object]], None]]:
        pen = self._pen
        table: dict[bytes, Callable[[list[object]], None]] = {
            b"m": lambda given: pen.move(self._at(given), new=True),
            b"l": lambda given: pen.move(self._at(given)),
            b"c": lambda given: pen.move(self._at(given[4:])),
            b"v": lambda given: pen.move(self._at(given[2:])),
            b"y": lambda given: pen.move(self._at(given[2:])),
            b"h": lambda _: pen.close(),
            b"re": self._rectangle,
            b"n": lambda _: pen.drop(),
            b"w": lambda given: self._set(thickness=number(given[0])),
            b"d": lambda given: self._set(dashed=isinstance(given[0], list) and any(map(number, given[0]))),
        }
        for name in (b"S", b"s"):
            table[name] = lambda _: self._stroke()
        for name in (b"f", b"F", b"f*"):
            table[name] = lambda _: pen.fill(self._state.fill.colour)
        for name in (b"B", b"B*", b"b", b"b*"):
            table[name] = lambda _: self._stroke()
        return table

    # ------------------------------------------------------------ state

    def _set(self, **changes: object) -> None:
        for name, given in changes.items():
            setattr(self._state, name, given)

    def _back(self) -> None:
        if self._kept:
            self._state = self._kept.pop()

    def _move(self, by: Matrix) -> None:
        self._state.place = times(by, self._state.place)

    def _ink(self, name: object) -> Ink:
        return ink(name, dictionary(self._resources.get("/ColorSpace")))

    def _choose(self, given: list[object]) -> None:
        fonts = dictionary(self._resources.get("/Font"))
        found = fonts.get(str(given[0]))
        font = found.get_object() if found is not None else None
        if isinstance(font, DictionaryObject):
            if id(font) not in self._fonts:
                self._fonts[id(font)] = read_font(font)
            self._state.font = self._fonts[id(font)]
        self._state.size = number(given[1])

    def _form(self, name: str, depth: int) -> None:
        found = dictionary(self._resources.get("/XObject")).get(name)
        form = found.get_object() if found is not None else None
        if not isinstance(form, StreamObject):
            return
        if form.get("/Subtype") != "/Form":
            self._pictures += 1
            return
        if depth >= DEEPEST_FORM:
            raise ValueError("forms are nested too deeply")
        self._kept.append(replace(self._state))
        self._move(matrix(form.get("/Matrix", UNIT)))
        inner = dictionary(form.get("/Resources")) or self._resources
        if id(form) not in self._parsed:
            self._parsed[id(form)] = ContentStream(form, self._reader, "bytes")
        self._run(self._parsed[id(form)], inner, depth + 1)
        self._back()

    def _field(self, field: DictionaryObject) -> None:
        """Follow what a filled field shows, fitted into its place (12.5.5): number and date of a signed paper."""
        shown = dictionary(field.get("/AP")).get("/N")
        form = shown.get_object() if shown is not None else None
        place, box = figures(field.get("/Rect")), figures(dictionary(form).get("/BBox"))
        if not isinstance(form, StreamObject) or len(place) < 4 or len(box) < 4:
            return
        wide, high = box[2] - box[0], box[3] - box[1]
        across = (place[2] - place[0]) / wide if wide else 1.0
        down = (place[3] - place[1]) / high if high else 1.0
        self._kept, self._state = [], _State(self._base)
        self._move((across, 0, 0, down, place[0] - box[0] * across, place[1] - box[1] * down))
        self._run(ContentStream(form, self._reader, "bytes"), dictionary(form.get("/Resources")), 1)

    # ------------------------------------------------------------ paths

    def _at(self, given: list[object]) -> tuple[float, float]:
        x, y = number(given[0]), number(given[1])
        a, b, c, d, e, f = self._state.place
        return (a * x + c * y + e) * MM, (self.height - (b * x + d * y + f)) * MM

    def _rectangle(self, given: list[object]) -> None:
        x, y, width, height = map(number, given[:4])
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._pen.move(self._at(list(corners[0])), new=True)
        for corner in corners[1:]:
            self._pen.move(self._at(list(corner)))
        self._pen.close()

    def _stroke(self) -> None:
        self._pen.stroke(self._state.stroke.colour, dashed=self._state.dashed)

    # ------------------------------------------------------------ text

    def _start(self, place: Matrix) -> None:
        self._text = self._line = place

    def _next(self, x: float, y: float) -> None:
        self._start(times((1, 0, 0, 1, x, y), self._line))

    def _next_leading(self, given: list[object]) -> None:
        self._state.leading = -number(given[1])
        self._next(number(given[0]), number(given[1]))

    def _show_next(self, text: object) -> None:
        self._next(0, -self._state.leading)
        self._show([text])

    def _show_spaced(self, given: list[object]) -> None:
        self._set(words_apart=number(given[0]), apart=number(given[1]))
        self._show_next(given[2])

    def _show(self, pieces: list[object]) -> None:
        state = self._state
        if state.font is None:
            return
        letters: list[str] = []
        places: list[float] = []
        x = 0.0
        for piece in pieces:
            if isinstance(piece, bytes):
                for text, width, space in state.font.glyphs(piece):
                    letters.extend(text)
                    places.extend([x] * len(text))
                    x += (width / 1000 * state.size + state.apart + (state.words_apart if space else 0)) * state.stretch
            else:
                shift = number(piece)
                if shift < -_SPACE_BY_GAP and letters and letters[-1] != " ":
                    letters.append(" ")
                    places.append(x)
                x -= shift / 1000 * state.size * state.stretch
        self._keep("".join(letters), [*places, x])
        self._text = times((1, 0, 0, 1, x, 0), self._text)

    def _keep(self, text: str, places: list[float]) -> None:
        font = self._state.font
        a, b, c, d, e, f = times(self._text, self._state.place)
        e, f = e + c * self._state.rise, f + d * self._state.rise
        across = (a * a + b * b) ** 0.5
        if font is None or not across or abs(b) > abs(a) / 10:  # letters that do not run from left to right
            return
        size = abs(self._state.size) * (c * c + d * d) ** 0.5
        slanted = font.italic or abs(c) > abs(d) / 10
        for start, end in _pieces(text):
            if len(self._drawn) >= MOST_DRAWN:
                raise ValueError("a page has too many letters")
            self._drawn.append(
                Drawn(
                    text=unicodedata.normalize("NFC", text[start:end]),
                    font=font.family,
                    size=round(size, 2),
                    x=(e + a * places[start]) * MM,
                    y=(self.height - f - b * places[start]) * MM,
                    width=(places[end] - places[start]) * across * MM,
                    bold=font.bold or self._state.mode in (1, 2),
                    italic=slanted,
                    colour=self._state.fill.colour,
                    shown=self._state.mode != INVISIBLE,
                    embedded=font.embedded,
                )
            )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text between wide gaps of spaces, without the spaces at their ends."""
    at = 0
    for gap in [*_PARTED.finditer(text), None]:
        end = gap.start() if gap is not None else len(text)
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip(" "))
        stop = end - (len(piece) - len(piece.rstrip(" ")))
        if start < stop:
            yield start, stop
        at = gap.end() if gap is not None else end
