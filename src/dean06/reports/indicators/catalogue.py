"""The catalogue of indicators: each file checked with every fault and its path; what was in force on a day. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

Operation = Literal["count", "sum", "ratio", "ratio_of_larger", "remainder_ratio"]
_CLOSED = ConfigDict(extra="forbid", frozen=True)
WITHOUT_BOTTOM = ("count", "sum")

__all__ = ["Book", "Indicator", "Input", "Score", "books", "indicators", "inputs", "read"]


class Input(BaseModel):
    """A number that indicators are worked out from; `platform` is the code of the report's fact that gives it."""

    model_config = _CLOSED
    code: str = Field(pattern=r"^[a-z]\.[a-z0-9_]+$")
    vi: str
    en: str
    unit: str
    platform: str = ""


class Indicator(BaseModel):
    """One indicator: a named operation on inputs; `full_at` is the value from which it has all its points."""

    model_config = _CLOSED
    code: str = Field(pattern=r"^[A-Z]\.[0-9]+[a-z]?(\.[0-9]+[a-z]?)?$")
    vi: str
    en: str
    unit: str
    does: Operation
    top: tuple[str, ...] = Field(min_length=1)
    bottom: tuple[str, ...] = ()
    else_year: str = ""
    full_at: Decimal = Decimal(100)
    rounding: int = Field(default=2, ge=0, le=4)
    since: date | None = None
    until: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _shape(self) -> Self:
        if (self.does in WITHOUT_BOTTOM) == bool(self.bottom):
            raise ValueError(f"{self.code}: the operation {self.does} has {'no' if self.bottom else 'a'} bottom")
        if self.does == "count" and len(self.top) != 1:
            raise ValueError(f"{self.code}: a count has one input")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every input that it is worked out from."""
        return tuple(dict.fromkeys([*self.top, *self.bottom, *([self.else_year] if self.else_year else [])]))

    @property
    def is_share(self) -> bool:
        """Say whether it is a percentage."""
        return self.does not in WITHOUT_BOTTOM


class Score(BaseModel):
    """Points for a group of indicators, divided equally among them."""

    model_config = _CLOSED
    code: str
    vi: str
    en: str
    points: Decimal
    of: tuple[str, ...]


class Book(BaseModel):
    """One group of indicators with its source."""

    model_config = _CLOSED
    format: Literal["dean06-indicators/1"]
    group: str
    vi: str
    en: str
    source: str
    since: date
    until: date | None = None
    inputs: tuple[Input, ...]
    indicators: tuple[Indicator, ...]
    scores: tuple[Score, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        known, codes = {one.code for one in self.inputs}, {one.code for one in self.indicators}
        for one in self.indicators:
            strange = [code for code in one.inputs if code not in known]
            if strange:
                raise ValueError(f"{one.code}: unknown input {strange[0]}")
        for score in self.scores:
            strange = [code for code in score.of if code not in codes]
            if strange:
                raise ValueError(f"{score.code}: unknown indicator {strange[0]}")
        return self

    def holds(self, day: date) -> bool:
        """Say whether it was in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def read(text: str) -> Book:
    """Return a group of indicators from its file; a faulty one is refused with every fault and its path."""
    return Book.model_validate(YAML(typ="safe", pure=True).load(text))


@lru_cache(maxsize=1)
def _all() -> tuple[Book, ...]:
    folder = resources.files("dean06.reports.indicators")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(read(one.read_text(encoding="utf-8")) for one in files)


def books(day: date | None = None) -> tuple[Book, ...]:
    """Return the groups of indicators, those in force on a day where one is given."""
    return tuple(book for book in _all() if day is None or book.holds(day))


def indicators() -> Mapping[str, Indicator]:
    """Return every indicator by its code."""
    return {one.code: one for book in _all() for one in book.indicators}


def inputs() -> Mapping[str, Input]:
    """Return every input by its code."""
    return {one.code: one for book in _all() for one in book.inputs}
