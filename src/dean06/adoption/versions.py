"""The versions of a charter line: which binds on a day, which was adopted last, what was entered for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import prefetch_related_objects

from dean06.adoption.models import CharterVersion
from dean06.adoption.two_people import NEEDED
from dean06.charter import service as charters
from dean06.charter.types import Charter, Ending
from dean06.clock import service as clock
from dean06.clock.errors import BadInput

__all__ = [
    "VersionInfo",
    "adoption_facts",
    "charter_of",
    "charters_of",
    "confirmers",
    "entered_for",
    "in_force_on",
    "latest",
    "next_number",
    "text",
    "versions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One text of a line: its number, the decision it stands under, and the days it binds.

    Attributes:
        instrument: number of the decision, printed or entered by the group; empty while nobody entered it.
        signed_on: the decision's day.
        in_force_from: None where the text binds nobody yet.
        in_force_to: the last day before the next version; None for the last one.
        printed_blank: the text leaves its number or day blank, so both were entered by people of the group.
        confirmed_by: how many people entered or confirmed number and day of such a text.
        confirmed_at: when the last of them did.
    """

    number: int
    hash: str
    instrument: str
    signed_on: date | None
    in_force_from: date | None
    in_force_to: date | None
    printed_blank: bool
    confirmed_by: int
    confirmed_at: datetime | None

    @property
    def is_confirmed(self) -> bool:
        """Say whether two people confirmed number and day."""
        return self.confirmed_by >= NEEDED

    def is_pending(self, on: date) -> bool:
        """Say whether it is adopted and comes into force after a day."""
        return self.in_force_from is not None and self.in_force_from > on

    def binds(self, on: date) -> bool:
        """Say whether it is in force on a day."""
        started = self.in_force_from is not None and self.in_force_from <= on
        return started and (self.in_force_to is None or on <= self.in_force_to)


@lru_cache(maxsize=32)
def _charter(hash_: str) -> Charter:
    """Return the charter whose canonical form has this hash; a hash never changes its meaning, so this may be kept."""
    return charters.from_canonical(CharterVersion.objects.get(hash=hash_).canonical)


@clock.once_a_moment
def _versions(line: str) -> list[CharterVersion]:
    """Return the first text of a line and every one adopted after it; a package that nobody adopted is none."""
    rows = list(CharterVersion.objects.filter(line=line).defer("canonical").order_by("number"))
    if not rows:
        raise BadInput(f"Chưa nạp quy chế «{line}».", f"The charter {line!r} is not installed.")
    return [rows[0], *(row for row in rows[1:] if row.in_force_from is not None)]


def _ends(rows: list[CharterVersion]) -> list[date | None]:
    """Return the last day of each version: the one before the next comes into force."""
    starts = [row.in_force_from for row in rows[1:]]
    return [*(start - timedelta(days=1) if start else None for start in starts), None]


def _in_force(line: str, on: date) -> tuple[CharterVersion, date | None]:
    """Return the version of a line in force on a day, and the last day before the next one; the first where none is."""
    rows = _versions(line)
    place = _place([row.in_force_from for row in rows], on)
    return rows[place], _ends(rows)[place]


def _place(starts: Sequence[date | None], on: date) -> int:
    """Return which of a line's texts binds a day, by the days from which each binds: the last begun, else the first."""
    return max((n for n, start in enumerate(starts) if n == 0 or (start or date.max) <= on), default=0)


def in_force_on(listed: Sequence[Charter], on: date) -> Charter:
    """Return, of a line's texts in their order, the one that a day is judged by; the first where none is in force."""
    return listed[_place([one.in_force_from for one in listed], on)]


def _bounded(row: CharterVersion, last: date | None) -> Charter:
    """Return a text under the number it was adopted as, bounded by the next one."""
    charter = _charter(row.hash)
    bounded = charter if last is None else replace(charter, in_force_to=last)
    return bounded if bounded.version == row.number else replace(bounded, version=row.number)


def _closed(charter: Charter, ending: Ending) -> Charter:
    """Return a text as it stands for a group that has ended: bounded by its last day, and naming its successors."""
    last = min(charter.in_force_to or ending.last_day, ending.last_day)
    return replace(charter, in_force_to=last, ending=ending)


def charter_of(line: str, on: date, ending: Ending | None = None) -> Charter:
    """Return the text of a line for a day; whether it is in force then is for `decide` to say.

    For a group that has ended, its text is that of its last day at the latest, and binds nobody afterwards.
    """
    if ending is None:
        return _bounded(*_in_force(line, on))
    return _closed(_bounded(*_in_force(line, min(on, ending.last_day))), ending)


def charters_of(line: str, ending: Ending | None = None) -> list[Charter]:
    """Return every version of a line in order, each bounded by the next: old acts are judged by the old text."""
    rows = _versions(line)
    listed = [_bounded(row, last) for row, last in zip(rows, _ends(rows), strict=True)]
    return [_closed(one, ending) for one in listed] if ending else listed


def latest(line: str) -> Charter:
    """Return the text of a line that was adopted last, in force or not yet: what the next amendment amends."""
    return charters_of(line)[-1]


def next_number(line: str) -> int:
    """Return the number that the next adopted text of a line will bear."""
    return (CharterVersion.objects.filter(line=line).order_by("-number").values_list("number", flat=True)[0]) + 1


def text(hash_: str) -> Charter | None:
    """Return a kept text by its hash, under its number and bounded by the next; None where none is kept."""
    row = CharterVersion.objects.filter(hash=hash_).only("line").first()
    if row is None:
        return None
    return next((one for one in charters_of(row.line) if one.hash == hash_), None)


def versions(line: str) -> list[VersionInfo]:
    """Return the texts of a line with what they stand under, in their order."""
    rows = _versions(line)
    prefetch_related_objects(rows, "confirmations")
    return [_info(row, last) for row, last in zip(rows, _ends(rows), strict=True)]


def _info(row: CharterVersion, last: date | None) -> VersionInfo:
    charter = _charter(row.hash)
    entered = sorted(one.at for one in row.confirmations.all())
    since = row.in_force_from or charter.in_force_from
    if charter.is_unsigned:
        since = row.adopted_on if len(entered) >= NEEDED else None
    return VersionInfo(
        number=row.number,
        hash=row.hash,
        instrument=charter.instrument.number or row.instrument,
        signed_on=charter.instrument.date or row.adopted_on,
        in_force_from=since,
        in_force_to=last,
        printed_blank=charter.is_unsigned,
        confirmed_by=len(entered),
        confirmed_at=entered[-1] if entered else None,
    )


@clock.once_a_moment
def adoption_facts(line: str, on: date) -> dict[str, object]:
    """State what has been entered for a text that came without number or date."""
    row, _ = _in_force(line, on)
    facts: dict[str, object] = {}
    if row.instrument:
        facts["charter.number"] = row.instrument
    if row.adopted_on:
        facts["charter.adopted_on"] = row.adopted_on.isoformat()
    if row.confirmations.count() >= NEEDED:
        facts["charter.confirmed_by_two"] = True
    return facts


@clock.once_a_moment
def entered_for(line: str) -> dict[str, object]:
    """Return number, day and confirmers entered for the first text of a line; empty where nobody entered any.

    Every later version states its own number and day.
    """
    row = _versions(line)[0]
    if not row.instrument:
        return {}
    signed_on = row.adopted_on.isoformat() if row.adopted_on else None
    return {"number": row.instrument, "signed_on": signed_on, "confirmed_by": list(_confirmers(row))}


def confirmers(line: str, on: date) -> tuple[str, ...]:
    """Return the public ids of the people who confirmed number and date of a line's text for a day."""
    return _confirmers(_in_force(line, on)[0])


def _confirmers(row: CharterVersion) -> tuple[str, ...]:
    rows = row.confirmations.order_by("at", "pk")
    return tuple(str(account) for account in rows.values_list("account", flat=True))
