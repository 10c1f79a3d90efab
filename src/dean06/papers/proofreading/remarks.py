"""A remark on what a paper says, and what its house knows; the checks of `proofreading` share these values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dean06.papers.proofreading.passages import Passage

Severity = Literal["must", "should"]
UnitLevel = Literal["tinh", "huyen", "xa", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the group whose paper it is knows on the paper's day.

    Attributes:
        on: the day of the paper.
        level: of the group's unit; empty where it has none.
        unit: the code of the unit, empty where it has none.
        abbreviations: short names of its charter and of its agencies.
        series: the symbols that the group itself issues under (`QĐ-TCTĐA`).
        papers: its issued papers, `12/QĐ-TCTĐA` without leading zeros, with the days of each (a number returns yearly).
    """

    on: date
    level: UnitLevel = ""
    unit: str = ""
    abbreviations: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()
    papers: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: `must` be mended before issue or `should`; where it is, what is wrong, what to do."""

    code: str
    severity: Severity
    key: str
    paragraph: int
    where: str
    vi: str
    en: str
    do_vi: str
    do_en: str

    def sentence(self) -> str:
        """Return the remark for a clerk."""
        return f"{self.where[0].upper()}{self.where[1:]}: {self.vi}; {self.do_vi}."


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark before its place is known: code, severity, what is wrong and what to do in both languages."""

    code: str
    severity: Severity
    vi: str
    en: str
    do_vi: str
    do_en: str

    def at(self, passage: Passage) -> Remark:
        """Return the remark at its place."""
        place = (passage.key, passage.paragraph, passage.where)
        return Remark(self.code, self.severity, *place, self.vi, self.en, self.do_vi, self.do_en)


_DAY = re.compile(r"(\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\.|\s+năm\s+)\s*(\d{4})")


def days(text: str) -> Iterator[tuple[int, date]]:
    """Give each full date of a text and where it ends."""
    for found in _DAY.finditer(text):
        try:
            yield found.end(), date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
