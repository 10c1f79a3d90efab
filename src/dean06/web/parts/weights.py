"""Pictures of a score: the waterfall of one candidate, the weights of a model, the curve of what people found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from dean06.web.language import words
from dean06.web.writing import number, percent

LINE, TOP = 22, 6
NAMES, PLOT, WIDE = 118, 190, 360


def bits(value: float) -> str:
    """Write bits with their sign and one decimal."""
    return f"{'+' if value > 0 else ''}{number(value, 1)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a waterfall as it is drawn: its name, its value in words, its bar, and where it ends."""

    label: str
    value: str
    css: str
    x: str
    width: str
    y: str
    text_y: str
    end: str
    next_y: str
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """What each field gave the score of one candidate, in bits, one under the other, and the sum of it."""

    template: ClassVar[str] = "dean06/parts/waterfall.html"
    label: str
    terms: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        """The score in bits."""
        return sum(value for _, value in self.terms)

    @property
    def height(self) -> int:
        """How high it is drawn."""
        return TOP + LINE * (len(self.terms) + 1)

    @property
    def zero(self) -> str:
        """Where nothing speaks for or against."""
        return f"{self._x(0.0):.1f}"

    @property
    def steps(self) -> tuple[Step, ...]:
        """The bars: each begins where the one before ended; the last is the sum, from nothing."""
        made, at = [], 0.0
        for place, (label, value) in enumerate(self.terms):
            made.append(self._step(place, label, at, at + value, "w-plus" if value >= 0 else "w-minus"))
            at += value
        made.append(self._step(len(self.terms), words("Tổng", "Sum"), 0.0, at, "w-sum"))
        return tuple(made)

    def _step(self, place: int, label: str, start: float, end: float, css: str) -> Step:
        low, high = sorted((self._x(start), self._x(end)))
        y = TOP + LINE * place
        value = end - start
        return Step(
            label=label,
            value=bits(value),
            css=css,
            x=f"{low:.1f}",
            width=f"{max(high - low, 1.5):.1f}",
            y=f"{y + 3}",
            text_y=f"{y + 15}",
            end=f"{self._x(end):.1f}",
            next_y=f"{y + LINE + 19}",
            last=css == "w-sum" or place == len(self.terms) - 1,
        )

    def _x(self, value: float) -> float:
        low, high = self._span()
        return NAMES + PLOT * (value - low) / (high - low)

    def _span(self) -> tuple[float, float]:
        at, seen = 0.0, [0.0]
        for _, value in self.terms:
            at += value
            seen.append(at)
        low, high = min(seen), max(seen)
        return (low, high) if high > low else (low - 1, low + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a field as the model has it: its words, how often true pairs show it, what it gives in bits.

    Without bits, the value itself decides: rarer values give more.
    """

    label: str
    share: float
    bits: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One level as it is drawn."""

    label: str
    note: str
    css: str
    x: str
    width: str
    y: str
    text_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each level of one field gives: bars to the right speak for one person, to the left against."""

    template: ClassVar[str] = "dean06/parts/weights.html"
    label: str
    levels: tuple[Level, ...]
    most: float = 12.0

    @property
    def height(self) -> int:
        """How high it is drawn."""
        return TOP + LINE * len(self.levels)

    @property
    def zero(self) -> str:
        """Where nothing speaks for or against."""
        return f"{self._x(0.0):.1f}"

    @property
    def bars(self) -> tuple[Bar, ...]:
        """One bar a level; where the value decides, a hollow one of the share alone."""
        return tuple(self._bar(place, one) for place, one in enumerate(self.levels))

    def _bar(self, place: int, one: Level) -> Bar:
        y = TOP + LINE * place
        if one.bits is None:
            width = PLOT / 2 * one.share
            note = words(f"{percent(one.share)} + độ hiếm", f"{percent(one.share)} + rarity")
            return Bar(one.label, note, "w-rare", self.zero, f"{max(width, 1.5):.1f}", f"{y + 3}", f"{y + 15}")
        low, high = sorted((self._x(0.0), self._x(max(-self.most, min(self.most, one.bits)))))
        css = "w-plus" if one.bits >= 0 else "w-minus"
        note = f"{bits(one.bits)} bit"
        return Bar(one.label, note, css, f"{low:.1f}", f"{max(high - low, 1.5):.1f}", f"{y + 3}", f"{y + 15}")

    def _x(self, value: float) -> float:
        return 210 + PLOT / 2 + PLOT / 2 * value / self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One stretch of the posterior as it is drawn: what the engine said, what people found, between which bounds."""

    predicted: float
    share: float
    low: float
    high: float
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch as it is drawn."""

    x: str
    y: str
    top: str
    bottom: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What the engine said against what people found: on the line it is as sure as it is right."""

    template: ClassVar[str] = "dean06/parts/calibration.html"
    label: str
    found: tuple[Found, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The dots with their intervals."""
        return tuple(
            Mark(
                x=f"{self._x(one.predicted):.1f}",
                y=f"{self._y(one.share):.1f}",
                top=f"{self._y(one.high):.1f}",
                bottom=f"{self._y(one.low):.1f}",
                kind=one.kind,
            )
            for one in self.found
        )

    @property
    def ticks(self) -> Sequence[tuple[str, str, str]]:
        """Percentages along both axes: where they stand, and what they say."""
        return [
            (f"{self._x(share):.0f}", f"{self._y(share):.0f}", percent(share, 0)) for share in (0, 0.25, 0.5, 0.75, 1)
        ]

    def _x(self, share: float) -> float:
        return 60 + 300 * share

    def _y(self, share: float) -> float:
        return 312 - 300 * share
