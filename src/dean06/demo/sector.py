"""A sector's list over the months: mistakes stay, are corrected when asked or only said to be, and new ones come."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from weakref import WeakKeyDictionary

from dean06.clock.errors import UsageError
from dean06.demo.chance import stream
from dean06.demo.clerk import Clerk
from dean06.demo.datasets import Dataset, dataset
from dean06.demo.entries import FIXED, SAID_FIXED, Entry, with_kinds
from dean06.demo.life import View
from dean06.demo.types import NOBODY, Person
from dean06.demo.world import World


@dataclass(frozen=True, slots=True)
class Fix:
    """How an agency answers what it was asked to correct since the last delivery."""

    share: float = 0.4
    """Share of the asked rows that are really corrected."""
    said: float = 0.06
    """Share that is said to be corrected and is not."""
    keys: frozenset[str] | None = None
    """The rows asked for, by the sector's key or the person's number; None asks for every faulty row."""


NOTHING = Fix(share=0.0, said=0.0, keys=frozenset())


class Sector:
    """One dataset of one world; each month's rows follow from the month before."""

    def __init__(self, world: World, kept: Dataset) -> None:
        self.world = world
        self.dataset = kept
        self._rows: list[list[Entry]] = []
        self._fixes: list[Fix] = []

    def turn(self, month: str) -> int:
        """Return which delivery a month is, from 0."""
        months = self.world.delivery_months
        if month not in months:
            raise UsageError(
                f"Nguồn {self.dataset.code} không nộp tháng {month}; các tháng nộp: {', '.join(months)}.",
                f"Source {self.dataset.code} delivers nothing in {month}; the months are: {', '.join(months)}.",
            )
        return months.index(month)

    def rows(self, month: str, fix: Fix) -> list[Entry]:
        """Return the rows of a delivery; deliveries before it that were not asked for came with nothing corrected."""
        turn = self.turn(month)
        while len(self._rows) < turn:
            self._append(len(self._rows), NOTHING)
        if len(self._rows) > turn and self._fixes[turn] == fix:
            return self._rows[turn]
        del self._rows[turn:], self._fixes[turn:]
        self._append(turn, fix)
        return self._rows[turn]

    def _append(self, turn: int, fix: Fix) -> None:
        month = self.world.delivery_months[turn]
        rng = stream(self.world.seed, self.world.setting.code, self.dataset.code, month)
        view = self.world.view(month)
        clerk = Clerk(self.dataset, view, self.world.founding, self.world.setting, rng)
        if turn == 0:
            self._rows.append(_first(clerk, view, rng))
        else:
            before = self.world.view(self.world.delivery_months[turn - 1])
            self._rows.append(_Month(clerk, before, view, fix, rng).rows(self._rows[turn - 1]))
        self._fixes.append(fix)


_SECTORS: WeakKeyDictionary[World, dict[str, Sector]] = WeakKeyDictionary()


def sector(world: World, source: str) -> Sector:
    """Return the one list that a source keeps in a world, with the memory of its deliveries."""
    kept = _SECTORS.setdefault(world, {})
    if source not in kept:
        kept[source] = Sector(world, dataset(source))
    return kept[source]


def _first(clerk: Clerk, view: View, rng: Random) -> list[Entry]:
    kept, profile = clerk.dataset, clerk.profile
    year = clerk.today.year
    shares = [kept.share(age) for age in range(200)]
    people = view.people
    rows: list[Entry] = []
    for p in people:
        share = shares[max(year - p.year, 0)]
        if p.index in view.dead:
            share *= profile.dead_kept
        elif p.index in view.gone:
            share *= profile.gone_kept
        if share == 0.0 or rng.random() >= share:
            continue
        _list(clerk, p, rows, rng)
    return _with_duplicates(clerk, rows, rng)


def _list(clerk: Clerk, p: Person, rows: list[Entry], rng: Random) -> None:
    """Put a person on the list, and now and then a stranger before them."""
    profile = clerk.profile
    chance = rng.random()
    if chance < profile.strangers:
        rows.append(clerk.stranger(p.index, like=None))
    elif chance < profile.strangers + profile.lookalikes:
        rows.append(clerk.stranger(p.index, like=p))
    if chance > 1 - profile.thin:
        rows.append(clerk.thin(p, clerk.key(p.index)))
    else:
        rows.append(clerk.write(p, clerk.key(p.index)))


def _with_duplicates(clerk: Clerk, rows: list[Entry], rng: Random) -> list[Entry]:
    """Some stand on the list twice: under another key, some way further down."""
    found: list[Entry] = []
    late: dict[int, list[Entry]] = {}
    for at, entry in enumerate(rows):
        found.append(entry)
        found.extend(late.pop(at, ()))
        if entry.person != NOBODY and rng.random() < clerk.profile.duplicates:
            again = clerk.write(clerk.view.people[entry.person], clerk.key(entry.person, 1), ("trung",))
            late.setdefault(at + 1 + int(rng.random() * 400), []).append(again)
    for left in late.values():
        found.extend(left)
    return found


class _Month:
    """The work of one month on a list."""

    def __init__(self, clerk: Clerk, before: View, view: View, fix: Fix, rng: Random) -> None:
        self.clerk = clerk
        self.before = before
        self.view = view
        self.fix = fix
        self.rng = rng
        people = view.people
        self.changed = {i for i, p in enumerate(before.people) if people[i] is not p}
        self.departed = before.dead.keys() | before.gone

    def rows(self, last: list[Entry]) -> list[Entry]:
        """Return the list as it is delivered a month later."""
        fresh = self.clerk.profile.fresh
        draw = self.rng.random
        moved = self.changed | self.departed
        found: list[Entry] = []
        for entry in last:
            if entry.kinds or entry.claim or entry.person in moved:
                kept = self._tended(entry)
                if kept is not None:
                    found.append(kept)
            elif draw() < fresh:
                found.append(self.clerk.spoil(entry, self.view.people[entry.person]))
            else:
                found.append(entry)
        self._newcomers(found)
        return found

    def _newcomers(self, found: list[Entry]) -> None:
        year, kept = self.clerk.today.year, self.clerk.dataset
        for p in self.view.people[len(self.before.people) :]:
            if self.rng.random() < kept.share(year - p.year) * 0.8:
                _list(self.clerk, p, found, self.rng)

    def _tended(self, entry: Entry) -> Entry | None:
        """Return the row after a month; None when it was struck off."""
        entry = entry._replace(claim="")
        if entry.person in self.changed:
            entry = self._outdated(entry, self.before.people[entry.person], self.view.people[entry.person])
        known = entry.person in self.departed
        if not (known or entry.faulty) or not self._asked(entry):
            return entry
        chance = self.rng.random()
        if chance < self.fix.share:
            return self._corrected(entry, departed=known)
        return entry._replace(claim=SAID_FIXED) if chance < self.fix.share + self.fix.said else entry

    def _asked(self, entry: Entry) -> bool:
        keys = self.fix.keys
        if keys is None:
            return True
        number = "" if entry.person == NOBODY else self.view.people[entry.person].number
        return bool(entry.key and entry.key in keys) or number in keys

    def _corrected(self, entry: Entry, *, departed: bool) -> Entry | None:
        if departed or "trung" in entry.kinds or entry.stranger:
            return None
        return self.clerk.clean(self.view.people[entry.person], entry.key)._replace(claim=FIXED, extras=entry.extras)

    def _outdated(self, entry: Entry, was: Person, now: Person) -> Entry:
        """Say what the list does not know yet: the register moved on."""
        hamlets = self.clerk.geography.hamlets
        late: list[str] = []
        if hamlets[was.hamlet].commune != hamlets[now.hamlet].commune and entry.hamlet != now.hamlet:
            late.append("noi_o_cu")
        if now.name not in {was.name, entry.name}:
            late.append("ten_cu")
        if was.number != now.number and entry.number == was.number:
            late.append("so_da_huy")
        if was.born != now.born and now.day and isinstance(entry.born, str) and entry.born.count("/") < 2:
            late.append("ngay_chi_nam")
        return entry._replace(kinds=with_kinds(entry.kinds, late)) if late else entry
