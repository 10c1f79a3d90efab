"""The straight lines of a page: stroked, or filled so thin that they are lines."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

MOST_STROKES = 30_000
_STRAIGHT_MM = 0.3
_THIN_MM = 1.0
_SHORTEST_MM = 1.0
_WHITE = 0xF0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from its left or upper end; `upright` ones run down."""

    x: float
    y: float
    length: float
    upright: bool = False
    dashed: bool = False

    @property
    def end(self) -> float:
        """Where it ends, to the right or below."""
        return (self.y if self.upright else self.x) + self.length


@dataclass(slots=True)
class Pen:
    """The path under construction, and the lines drawn so far."""

    height: float
    strokes: list[Stroke] = field(default_factory=list)
    _paths: list[list[Point]] = field(default_factory=list)

    def move(self, to: Point, *, new: bool = False) -> None:
        """Go on to a point, or begin anew there."""
        if new or not self._paths:
            self._paths.append([])
        self._paths[-1].append(to)

    def close(self) -> None:
        """Go back to where the path began."""
        if self._paths and self._paths[-1]:
            self._paths[-1].append(self._paths[-1][0])

    def drop(self) -> None:
        """Forget the path."""
        self._paths = []

    def stroke(self, colour: str, *, dashed: bool) -> None:
        """Draw along the path."""
        if not _white(colour):
            for path in self._paths:
                for start, end in itertools.pairwise(path):
                    self._straight(start, end, dashed=dashed)
        self.drop()

    def fill(self, colour: str) -> None:
        """Fill the path; what comes out thin is a line."""
        if not _white(colour):
            for path in self._paths:
                xs, ys = [x for x, _ in path], [y for _, y in path]
                width, height = max(xs) - min(xs), max(ys) - min(ys)
                if height <= _THIN_MM < width:
                    self._straight((min(xs), sum(ys) / len(ys)), (max(xs), sum(ys) / len(ys)), dashed=False)
                elif width <= _THIN_MM < height:
                    self._straight((sum(xs) / len(xs), min(ys)), (sum(xs) / len(xs), max(ys)), dashed=False)
        self.drop()

    def _straight(self, start: Point, end: Point, *, dashed: bool) -> None:
        across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
        if len(self.strokes) >= MOST_STROKES:
            raise ValueError("a page has too many lines")
        if down <= _STRAIGHT_MM and across >= _SHORTEST_MM:
            self.strokes.append(Stroke(min(start[0], end[0]), start[1], across, dashed=dashed))
        elif across <= _STRAIGHT_MM and down >= _SHORTEST_MM:
            self.strokes.append(Stroke(start[0], min(start[1], end[1]), down, upright=True, dashed=dashed))


def _white(colour: str) -> bool:
    return all(int(colour[at : at + 2], 16) >= _WHITE for at in (0, 2, 4))
