"""Who takes over what by territory: the successor whose unit covers a row, and the agency that answers there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.places import service as places
from dean06.work.types import TaskInfo

TERRITORY = "dia-ban"  # a choice: each successor takes the rows of its own territory

__all__ = ["TERRITORY", "Heir", "Part", "Places", "coordinators", "is_near", "places_of", "propose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """A successor with the agencies its charter knows, by code and name."""

    group: GroupInfo
    agencies: Mapping[str, str]
    same: Mapping[str, str]
    charter_hash: str

    @classmethod
    def of(cls, group: GroupInfo, before: GroupInfo) -> Heir:
        """Return a group as a successor of another."""
        text = adoption.charter_of(group.charter_line, clock.today(group))
        same = offices.same_agencies(before.id, group.id)
        return cls(group=group, agencies=offices.agency_names(group.id), same=same, charter_hash=text.hash)

    def agency(self, code: str) -> str:
        """Return the code of the very same agency here, else the same code where it is known; else nothing."""
        return self.same.get(code) or (code if code in self.agencies else "")

    def as_json(self) -> dict[str, object]:
        """Return the successor as the record keeps it."""
        group = self.group
        charter = {"line": group.charter_line, "hash": self.charter_hash}
        told = {"slug": group.slug, "name": group.name, "unit": group.unit_code, "charter": charter}
        return {**told, "agencies": dict(self.agencies)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one successor takes of a task, and the agency that answers there.

    Attributes:
        communes: unit codes whose rows it takes; None means all rows.
        findings: rows still to be proved that it takes.
        held: of these, rows that the successor has dealt with or ordered by itself.
        outside: of these, rows whose unit is none of the successor's: only a list that still holds them proves them.
    """

    to: str
    agency: str
    communes: frozenset[str] | None = None
    findings: int = 0
    held: int = 0
    outside: int = 0

    def as_json(self) -> dict[str, object]:
        """Return the part as the record keeps it."""
        told: dict[str, object] = {"group": self.to, "agency": self.agency}
        if self.findings:
            told |= {"findings": self.findings, "held_there": self.held, "outside": self.outside}
        if self.communes is not None:
            told["units"] = sorted(self.communes)
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Rows by unit code, and the successor whose territory holds each; a code that nobody covers is left out.

    `held` are rows that a successor has dealt with or ordered by itself, by its short name and unit code.
    """

    rows: Mapping[str, int]
    heir_of: Mapping[str, str]
    held: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """Count the rows."""
        return sum(self.rows.values())

    def within(self, slug: str, communes: frozenset[str] | None = None) -> int:
        """Count the rows of a successor's own territory, among some units or all."""
        mine = (code for code in self.rows if self.heir_of.get(code) == slug and (communes is None or code in communes))
        return sum(self.rows[code] for code in mine)

    def held_by(self, slug: str, communes: frozenset[str] | None = None) -> int:
        """Count the rows that a successor holds by itself, among some units or all."""
        there = self.held.get(slug, {})
        return sum(count for code, count in there.items() if communes is None or code in communes)


def places_of(
    heirs: Sequence[Heir], rows: Mapping[str, int], held: Mapping[str, Mapping[str, int]], last_day: date
) -> Places:
    """Say which successor's unit covers each row, by what became of its unit after the last day."""
    found = ((code, _covering(heirs, code, last_day)) for code in rows)
    return Places(rows=rows, heir_of={code: slug for code, slug in found if slug}, held=held)


def _covering(heirs: Sequence[Heir], code: str, last_day: date) -> str:
    after = last_day + timedelta(days=1)
    for unit in places.successors(code, last_day, after) if code else ():
        above = {unit.code, *(one.code for one in places.ancestors(unit.code, after))}
        heir = next((one for one in heirs if one.group.unit_code in above), None)
        if heir is not None:
            return heir.group.slug
    return ""


def is_near(group: GroupInfo, other: GroupInfo, on: date) -> bool:
    """Say whether a group's unit stands where another's was: what became of it, or what lies over that."""
    here = {group.unit_code}
    for unit in places.successors(group.unit_code, group.unit_on, on):
        here |= {unit.code, *(one.code for one in places.ancestors(unit.code, on))}
    return other.unit_code in here


def coordinators(task: TaskInfo, heir: Heir, lead: str) -> tuple[str, ...]:
    """Return who coordinates in a task at a successor, as far as it knows these agencies."""
    known = map(heir.agency, task.coordinating)
    return tuple(dict.fromkeys(code for code in known if code and code != lead))


def propose(heirs: Sequence[Heir], task: TaskInfo, rows: Places, *, to: str = "", agency: str = "") -> tuple[Part, ...]:
    """Return the parts in which a task goes on, as chosen or else as proposed; none where a person must choose."""
    answering = {heir.group.slug: heir.agency(task.lead) for heir in heirs}
    if to and to != TERRITORY:
        code = agency or answering.get(to, "")
        return (_whole(to, code, rows),) if code else ()
    shares = Counter(rows.heir_of.get(code, "") for code in rows.rows)
    covering = [slug for slug in shares if slug]
    if to == TERRITORY or (len(covering) > 1 and len(heirs) > 1):
        return _by_territory(covering, answering, rows)
    if len(heirs) == 1 or not covering:
        known = [slug for slug, code in answering.items() if code]
        return (_whole(known[0], answering[known[0]], rows),) if len(known) == 1 else ()
    only = covering[0]
    return (_whole(only, answering[only], rows),) if answering[only] else ()


def _whole(slug: str, agency: str, rows: Places) -> Part:
    outside = rows.total - rows.within(slug)
    return Part(to=slug, agency=agency, findings=rows.total, held=rows.held_by(slug), outside=outside)


def _by_territory(covering: Sequence[str], answering: Mapping[str, str], rows: Places) -> tuple[Part, ...]:
    """Give each successor the rows of its territory; rows of no known unit go with the largest share."""
    if not covering or not all(answering[slug] for slug in covering):
        return ()
    order = sorted(covering, key=lambda slug: (-rows.within(slug), slug))
    units = {slug: {code for code in rows.rows if rows.heir_of.get(code) == slug} for slug in order}
    units[order[0]] |= {code for code in rows.rows if code not in rows.heir_of}
    return tuple(_share(slug, answering[slug], frozenset(units[slug]), rows) for slug in sorted(order))


def _share(slug: str, agency: str, communes: frozenset[str], rows: Places) -> Part:
    count = sum(rows.rows[code] for code in communes)
    return Part(
        to=slug,
        agency=agency,
        communes=communes,
        findings=count,
        held=rows.held_by(slug, communes),
        outside=count - rows.within(slug, communes),
    )
