"""The rows of a page: what stands on one baseline, parted where it is far apart; tables and frames by their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dean06.papers.checks.measured import Letters
from dean06.papers.pdf.measure import MM, Drawing, Drawn
from dean06.papers.pdf.paths import Stroke

LEAST_PT = 1.0  # what is smaller nobody reads
PARTED_MM = 3.3
_SAME_ROW = 0.3
_RAISED_BY = 0.62
_RAISED_SIZE = 0.8
_WORD_GAP = 0.12
_ASCENT, _DESCENT = 0.933, 0.216
_TOUCHING_MM = 1.2
_FRAME_MM = 9.0
_SHELF_MM = 3.0
_REACH = 3


@dataclass(slots=True)
class Row:
    """Letters on one baseline, in order."""

    y: float
    size: float
    drawn: list[Drawn] = field(default_factory=list)
    raised: list[Drawn] = field(default_factory=list)

    @property
    def x(self) -> float:
        """Where it begins."""
        return min(each.x for each in self.drawn)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(each.right for each in (*self.drawn, *self.raised))

    @property
    def axis(self) -> float:
        """Its middle."""
        return (self.x + self.right) / 2

    @property
    def top(self) -> float:
        """The top of its line, as a word processor sets it."""
        return self.y - _ASCENT * self.size * MM

    @property
    def bottom(self) -> float:
        """The bottom of its line."""
        return self.y + _DESCENT * self.size * MM

    @property
    def text(self) -> str:
        """Its letters."""
        return " ".join("".join(run.text for run in self.letters()).split())

    def letters(self) -> tuple[Letters, ...]:
        """Return its letters as runs, a space where there is room for one."""
        runs: list[Letters] = []
        before: Drawn | None = None
        for each in sorted((*self.drawn, *self.raised), key=lambda one: one.x):
            raised = any(each is other for other in self.raised)
            space = before is not None and each.x - before.right > _WORD_GAP * self.size * MM and not raised
            runs.append(
                Letters(
                    text=f" {each.text}" if space else each.text,
                    size=round(each.size * 2) / 2 if abs(each.size * 2 - round(each.size * 2)) < 0.1 else each.size,
                    bold=each.bold,
                    italic=each.italic,
                    fonts=(each.font,),
                    colour=each.colour,
                    raised=raised,
                )
            )
            before = each
        return tuple(runs)

    def parts(self) -> Iterator[Row]:
        """Give the row's pieces that stand apart from one another."""
        piece = Row(self.y, self.size)
        for each in sorted(self.drawn, key=lambda one: one.x):
            if piece.drawn and each.x - max(one.right for one in piece.drawn) > PARTED_MM:
                yield piece
                piece = Row(self.y, self.size)
            piece.drawn.append(each)
        if piece.drawn:
            yield piece


def rows(drawing: Drawing) -> list[Row]:
    """Return a page's rows from the top."""
    found = _Shelves()
    for each in sorted((one for one in drawing.drawn if one.shown and one.size >= LEAST_PT), key=lambda one: -one.size):
        near = found.near(each.y)
        row = next((row for row in near if abs(row.y - each.y) < _SAME_ROW * row.size * MM), None)
        if row is None:
            over = next((row for row in near if _stands_over(each, row)), None)
            if over is not None:
                over.raised.append(each)
                continue
            row = Row(each.y, each.size)
            found.put(row)
        row.drawn.append(each)
    return sorted(found.all, key=lambda row: (row.y, row.x))


class _Shelves:
    """Rows by their height on the page, so that only those near by are looked at."""

    def __init__(self) -> None:
        self.all: list[Row] = []
        self._shelves: dict[int, list[Row]] = {}

    def put(self, row: Row) -> None:
        self.all.append(row)
        self._shelves.setdefault(int(row.y // _SHELF_MM), []).append(row)

    def near(self, y: float) -> list[Row]:
        at = int(y // _SHELF_MM)
        return [row for shelf in range(at - _REACH, at + _REACH + 1) for row in reversed(self._shelves.get(shelf, ()))]


def _stands_over(each: Drawn, row: Row) -> bool:
    rise = (row.y - each.y) / (row.size * MM)
    near = any(
        -1 <= each.x - one.right <= _TOUCHING_MM * 2 or one.x <= each.x <= one.right
        for one in (*row.drawn, *row.raised)
    )
    return _SAME_ROW <= rise < _RAISED_BY and each.size < _RAISED_SIZE * row.size and near


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures by its lines."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, row: Row) -> bool:
        """Say whether a row stands within."""
        return self.top - 1 <= row.y <= self.bottom + 1 and row.axis >= self.left - 1 and row.axis <= self.right + 1


def grids(strokes: Sequence[Stroke]) -> tuple[Grid, ...]:
    """Return a page's tables: upright lines that follow each other, at three places or crossed by three level ones."""
    found: list[list[Stroke]] = []
    for stroke in sorted((each for each in strokes if each.upright and each.length > 2), key=lambda each: each.y):
        group = next((group for group in found if stroke.y <= max(each.end for each in group) + _TOUCHING_MM), None)
        if group is None:
            found.append([stroke])
        else:
            group.append(stroke)
    return tuple(grid for group in found if (grid := _grid(group, strokes)) is not None)


def _grid(group: Sequence[Stroke], strokes: Iterable[Stroke]) -> Grid | None:
    places = _distinct(each.x for each in group)
    grid = Grid(min(places), min(each.y for each in group), max(places), max(each.end for each in group))
    level = _distinct(
        each.y
        for each in strokes
        if not each.upright
        and grid.top - 1 <= each.y <= grid.bottom + 1
        and each.x >= grid.left - 2
        and each.end <= grid.right + 2
    )
    return grid if len(places) > 2 or (len(places) == 2 and len(level) > 2) else None


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCHING_MM:
            found.append(value)
    return found


def frame(row: Row, strokes: Sequence[Stroke]) -> tuple[float, float] | None:
    """Return the width and height of the box drawn around a row, None where there is none."""
    level = [each for each in strokes if not each.upright and each.x <= row.x + 0.5 and each.end >= row.right - 0.5]
    above = max((each.y for each in level if row.y - _FRAME_MM < each.y < row.y - 2), default=None)
    below = min((each.y for each in level if row.y < each.y < row.y + _FRAME_MM), default=None)
    if above is None or below is None:
        return None
    sides = [
        each.x
        for each in strokes
        if each.upright and each.y <= above + _TOUCHING_MM and each.end >= below - _TOUCHING_MM
    ]
    left = max((x for x in sides if x <= row.x + 0.5), default=None)
    right = min((x for x in sides if x >= row.right - 0.5), default=None)
    return (right - left, below - above) if left is not None and right is not None else None
