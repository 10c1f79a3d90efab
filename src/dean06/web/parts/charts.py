"""Charts drawn on the server: classes only, no colours, and a sentence that states the finding.

Coordinates are text made here: a template would write 1.5 with a decimal comma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from dean06.web import marks
from dean06.web.language import words
from dean06.web.writing import number, percent

VERDICT_ORDER = tuple(marks.VERDICTS)
LENGTH = 1000.0
GAP = 1.5
LEAST = 2.0
PLOT_FROM, PLOT_TO = 6.0, 194.0
SCALES = (0.70, 0.50, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a stacked bar."""

    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBar:
    """How the rows of a run divide among the nine verdicts; a verdict that occurs is always visible."""

    template: ClassVar[str] = "dean06/parts/runbar.html"
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(count for _, count in self.counts)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The rectangles, in the order of the result file's codes."""
        counts = dict(self.counts)
        present = [(f"v{place}", counts[code]) for place, code in enumerate(VERDICT_ORDER, 1) if counts.get(code)]
        room = LENGTH - GAP * (len(present) - 1)
        spare = room - LEAST * len(present)
        pieces, x = [], 0.0
        for css, count in present:
            width = LEAST + spare * count / self.total
            pieces.append(Piece(css, f"{x:.1f}", f"{width:.1f}"))
            x += width + GAP
        return tuple(pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis of quality, as ratios of 0 to 1: now, last period, target."""

    name: str
    now: float | None
    was: float | None = None
    target: float | None = None
    hint: str = ""

    @property
    def value(self) -> str:
        """The present value as people write it."""
        return percent(self.now)

    @property
    def low(self) -> bool:
        """Whether it is under its target."""
        return self.now is not None and self.target is not None and self.now < self.target

    @property
    def change(self) -> float | None:
        """Points gained or lost since the last period."""
        return None if self.now is None or self.was is None else round((self.now - self.was) * 100, 1)

    @property
    def change_mark(self) -> SafeString:
        """The change with its arrow."""
        return marks.delta(self.change)


@dataclass(frozen=True, slots=True)
class Plot:
    """An axis with its dots placed."""

    axis: Axis
    now: str
    was: str
    target: str
    worst: bool

    @property
    def worst_words(self) -> str:
        """For the worst axis, how far it is from its target."""
        short = number(((self.axis.target or 0) - (self.axis.now or 0)) * 100, 1)
        return words(f"Yếu nhất, thiếu {short} điểm", f"Weakest, {short} points short") if self.worst else ""

    @property
    def hint(self) -> str:
        """What stands under the axis on a wide page: the shortfall of the worst one, else its meaning."""
        return self.worst_words or self.axis.hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """đúng · đủ · sạch · sống: dot now, ring before, bar target.

    Dots stand on one printed scale. It starts at 70; a value below moves the start to 50 or 0, so no dot is cut off.
    """

    template: ClassVar[str] = "dean06/parts/axes.html"
    items: tuple[Axis, ...]
    wide: bool = False

    @property
    def start(self) -> float:
        """Where the scale starts, as a ratio."""
        values = [value for axis in self.items for value in (axis.now, axis.was, axis.target) if value is not None]
        least = min(values, default=1.0)
        return next((start for start in SCALES if least >= start), 0.0)

    @property
    def scale(self) -> tuple[str, str]:
        """Both ends of the scale as printed."""
        return number(self.start * 100), "100"

    @property
    def scale_text(self) -> str:
        """The scale in words."""
        return words(f"thang {self.scale[0]}–100", f"scale {self.scale[0]}–100")

    @property
    def worst(self) -> Axis | None:
        """The axis furthest below its target; there is never an average."""
        low = [axis for axis in self.items if axis.low]
        return min(low, key=lambda axis: (axis.now or 0) - (axis.target or 0), default=None)

    @property
    def plots(self) -> tuple[Plot, ...]:
        """The axes with coordinates."""
        worst = self.worst
        return tuple(
            Plot(axis, self._x(axis.now), self._x(axis.was), self._x(axis.target), axis is worst) for axis in self.items
        )

    def _x(self, value: float | None) -> str:
        if value is None:
            return ""
        share = (min(1.0, max(0.0, value)) - self.start) / (1.0 - self.start)
        return f"{PLOT_FROM + share * (PLOT_TO - PLOT_FROM):.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """A small line over a few periods, with its first and last value said."""

    template: ClassVar[str] = "dean06/parts/spark.html"
    values: tuple[float, ...]
    label: str

    @property
    def points(self) -> str:
        """The line's points."""
        low, high = min(self.values), max(self.values)
        step = 80 / max(1, len(self.values) - 1)
        height = (high - low) or 1
        return " ".join(
            f"{4 + place * step:.1f},{18 - (value - low) / height * 14:.1f}" for place, value in enumerate(self.values)
        )

    @property
    def last(self) -> tuple[str, str]:
        """Where the last point stands."""
        x, y = self.points.split(" ")[-1].split(",")
        return x, y

    @property
    def drawn(self) -> SafeString:
        """The picture, for a cell of a table."""
        return mark_safe(render_to_string(self.template, {"it": self}))  # noqa: S308  a template escapes what it shows


@dataclass(frozen=True, slots=True)
class Upright:
    """One upright bar of a small chart."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts over years as small upright bars, years side by side gathered where there are many."""

    template: ClassVar[str] = "dean06/parts/bars.html"
    counts: tuple[tuple[int, int], ...]
    said: str

    MOST: ClassVar[int] = 30

    @classmethod
    def over(cls, years: Mapping[str, int], said: str) -> Bars:
        """Make the bars of rows by year."""
        return cls(counts=tuple(sorted((int(year), count) for year, count in years.items())), said=said)

    @property
    def first(self) -> int:
        """The first year."""
        return self.counts[0][0]

    @property
    def last(self) -> int:
        """The last year."""
        return self.counts[-1][0]

    @property
    def label(self) -> str:
        """What the picture says."""
        year, most = max(self.counts, key=lambda one: one[1])
        return f"{self.said}: {self.first}–{self.last}, {words('nhiều nhất', 'most in')} {year} ({number(most)})"

    @property
    def columns(self) -> tuple[Upright, ...]:
        """The bars; a year that occurs is always visible."""
        step = -(-(self.last - self.first + 1) // self.MOST)
        sums: dict[int, int] = {}
        for year, count in self.counts:
            sums[(year - self.first) // step] = sums.get((year - self.first) // step, 0) + count
        width = 120 / ((self.last - self.first) // step + 1)
        top = max(sums.values())
        return tuple(
            Upright(f"{place * width:.1f}", f"{28 - tall:.1f}", f"{min(12.0, width * 0.8):.1f}", f"{tall:.1f}")
            for place, count in sums.items()
            for tall in (max(1.5, 28 * count / top),)
        )

    @property
    def drawn(self) -> SafeString:
        """The picture, for a cell of a table."""
        return mark_safe(render_to_string(self.template, {"it": self}))  # noqa: S308  a template escapes what it shows


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """One kind and how many; `tone` colours its bar."""

    label: str
    count: int
    tone: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Kinds with their counts, as bars from zero against the largest, or against `whole`."""

    template: ClassVar[str] = "dean06/parts/tally.html"
    items: tuple[TallyLine, ...]
    whole: int = 0

    @property
    def top(self) -> int:
        """What a full bar stands for."""
        return self.whole or max((line.count for line in self.items), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A value over periods, as ratios of 0 to 1, with another line to compare. `label` states the finding.

    The scale is printed line by line and is cut to what is shown; the numbers stand in a table elsewhere.
    """

    template: ClassVar[str] = "dean06/parts/trend.html"
    label: str
    periods: tuple[str, ...]
    name: str
    values: tuple[float, ...]
    other_name: str = ""
    other: tuple[float, ...] = ()

    @property
    def ticks(self) -> tuple[tuple[str, str, str], ...]:
        """Lines of the scale: height, height of the text, words."""
        low, high, step = self._span()
        marks_at = range(low, high + 1, step)
        return tuple((f"{self._y(tick / 100):.0f}", f"{self._y(tick / 100) + 4:.0f}", str(tick)) for tick in marks_at)

    @property
    def line(self) -> str:
        """Points of the line."""
        return self._points(self.values)

    @property
    def other_line(self) -> str:
        """Points of the line compared with."""
        return self._points(self.other)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Periods and where they stand."""
        return tuple((f"{self._x(place):.0f}", period) for place, period in enumerate(self.periods))

    @property
    def ends(self) -> tuple[str, str, str]:
        """Where both lines end; names that would lie on each other are set apart."""
        mine = self._y(self.values[-1])
        theirs = self._y(self.other[-1]) if self.other else mine
        text = theirs
        if abs(theirs - mine) < 16:
            text = mine - 16 if theirs <= mine else mine + 16
        return f"{mine:.0f}", f"{mine + 4:.0f}", f"{text + 4:.0f}"

    @property
    def last(self) -> tuple[str, str]:
        """The last values as people write them."""
        return number(self.values[-1] * 100, 1), number(self.other[-1] * 100, 1) if self.other else ""

    def _span(self) -> tuple[int, int, int]:
        shown = [value * 100 for value in (*self.values, *self.other)]
        step = 5 if max(shown) - min(shown) <= 25 else 20
        low = int(min(shown) // step * step)
        high = min(100, int(-(-max(shown) // step) * step))
        return (low, high, step) if high > low else (low - step, low, step)

    def _x(self, place: int) -> float:
        return 40 + 450 * place / max(1, len(self.periods) - 1)

    def _y(self, value: float) -> float:
        low, high, _ = self._span()
        return 175 - (value * 100 - low) / (high - low) * 165

    def _points(self, values: tuple[float, ...]) -> str:
        return " ".join(f"{self._x(place):.0f},{self._y(value):.0f}" for place, value in enumerate(values))
