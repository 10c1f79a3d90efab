"""A charter as a page shows it: its contents, its provisions, and how one provision is applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dean06.web.parts.work import Check, Checklist, Fact, People, Person, SummaryList


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """An article of the contents; without an address it is a chapter's heading."""

    label: str
    title: str = ""
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Toc:
    """Chapters and articles."""

    template: ClassVar[str] = "dean06/parts/toc.html"
    label: str
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One clause or point: its label as printed, what it carries, its words. `id` is its address on the page."""

    template: ClassVar[str] = "dean06/parts/provision.html"
    id: str
    label: str
    text: str
    carries: str = ""
    marks: tuple[str, ...] = ()
    href: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """How a clause is applied: kind and enforcement as chips, one sentence, facts, who can today, readings."""

    template: ClassVar[str] = "dean06/parts/norm.html"
    sentence: str
    chips: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    who_title: str = ""
    who_can: tuple[Person, ...] = ()
    readings_title: str = ""
    readings: tuple[Check, ...] = ()

    @property
    def summary(self) -> SummaryList:
        """The facts as a list."""
        return SummaryList(facts=self.facts, narrow=True)

    @property
    def people(self) -> People:
        """Those who can, as a list."""
        return People(items=self.who_can)

    @property
    def reading_list(self) -> Checklist:
        """The readings and local rules as a list."""
        return Checklist(items=self.readings)
