"""What happens to a population month by month: births, deaths, moves, corrections, cancelled numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from dean06.demo import names
from dean06.demo.chance import stream
from dean06.demo.geography import Geography
from dean06.demo.households import Founding
from dean06.demo.numbers import Numbers
from dean06.demo.presets import Setting, month_end
from dean06.demo.types import NOBODY, Person

_YEARLY_DEATHS = ((1, 0.006), (15, 0.0003), (50, 0.0012), (65, 0.006), (75, 0.018), (85, 0.055), (200, 0.15))
_REGISTERED_DEAD = ((50, 0.002), (65, 0.012), (75, 0.05), (85, 0.14), (200, 0.30))
_BIRTHS = 0.00125
_ARRIVALS = 0.0004
_INSIDE_MOVES = 0.0006
_DEPARTURES = 0.0007
_COMPLETED_DATES = 0.004
_CORRECTED_NAMES = 0.0002
_CANCELLED_NUMBERS = 0.00008


@dataclass(frozen=True, slots=True)
class View:
    """The register as it stands at the end of a month."""

    month: str
    people: list[Person]
    dead: Mapping[int, str]
    """Person to date of death, ISO."""
    gone: frozenset[int]
    missing: frozenset[int]

    def state(self, index: int) -> str:
        """Return `song`, `chet`, `chuyen_di` or `mat_tich`."""
        if index in self.dead:
            return "chet"
        if index in self.gone:
            return "chuyen_di"
        return "mat_tich" if index in self.missing else "song"


def _share(table: tuple[tuple[int, float], ...], age: int) -> float:
    return next(share for before, share in table if age < before)


def first_view(founding: Founding, setting: Setting, seed: int) -> View:
    """Return the base month: some of the dead and departed are still rows of the register, as in life."""
    rng = stream(seed, setting.code, "life", setting.months[0])
    today = month_end(setting.months[0])
    people = list(founding.people)
    dead: dict[int, str] = {}
    gone: set[int] = set()
    missing: set[int] = set()
    for person in founding.people:
        age = today.year - person.year
        chance = rng.random()
        if chance < _share(_REGISTERED_DEAD, age) and age > 0:
            dead[person.index] = (today - timedelta(days=1 + int(rng.random() * min(age * 300, 2200)))).isoformat()
        elif chance > 0.97 and 18 <= age < 50:
            gone.add(person.index)
        elif 0.9693 < chance < 0.9696 and age >= 18:
            missing.add(person.index)
        elif 0.9670 < chance < 0.9685:
            people[person.index] = replace(person, former=founding.numbers.mint(rng, person.year, male=person.male))
    return View(setting.months[0], people, dead, frozenset(gone), frozenset(missing))


class Month:
    """One month of life: takes the register at the end of the month before, gives it at the end of this one."""

    def __init__(self, before: View, month: str, founding: Founding, setting: Setting, seed: int) -> None:
        self.rng: Random = stream(seed, setting.code, "life", month)
        self.month = month
        self.end = month_end(month)
        self.setting = setting
        self.numbers: Numbers = founding.numbers
        self.geography: Geography = founding.geography
        self.people = list(before.people)
        self.dead = dict(before.dead)
        self.gone = set(before.gone)
        self.missing = before.missing

    def pass_by(self) -> View:
        """Let the month pass."""
        here = len(self.people)
        mothers = self._happenings()
        for _ in range(self._count(here * _BIRTHS)):
            if mothers:
                self._birth(self.people[mothers[int(self.rng.random() * len(mothers))]])
        for _ in range(self._count(here * _ARRIVALS)):
            self._arrival()
        return View(self.month, self.people, self.dead, frozenset(self.gone), self.missing)

    def _count(self, expected: float) -> int:
        return int(expected) + (self.rng.random() < expected - int(expected))

    def _day(self) -> int:
        return 1 + int(self.rng.random() * self.end.day)

    def _happenings(self) -> list[int]:
        """Go through everyone once; return the wives who may give birth."""
        rng, year = self.rng, self.end.year
        mothers: list[int] = []
        monthly = [_share(_YEARLY_DEATHS, age) / 12 for age in range(200)]
        for person in list(self.people):
            index = person.index
            if index in self.dead or index in self.gone:
                continue
            age = year - person.year
            if not person.male and person.spouse != NOBODY and 20 <= age <= 40:
                mothers.append(index)
            chance = rng.random()
            if chance < monthly[max(age, 0)]:
                self.dead[index] = f"{self.month}-{self._day():02d}"
            elif chance > 0.995:
                self._change(person, age, (chance - 0.995))
        return mothers

    def _change(self, person: Person, age: int, chance: float) -> None:
        """Let one of the rarer things happen to a person, by where the chance falls."""
        if chance < _INSIDE_MOVES:
            self._move(person)
        elif chance < _INSIDE_MOVES + _DEPARTURES:
            if 17 <= age < 60:
                self.gone.add(person.index)
        elif chance < _INSIDE_MOVES + _DEPARTURES + _CORRECTED_NAMES:
            self._rename(person)
        elif chance < _INSIDE_MOVES + _DEPARTURES + _CORRECTED_NAMES + _CANCELLED_NUMBERS:
            fresh = self.numbers.mint(self.rng, person.year, male=person.male)
            former = ";".join(filter(None, (person.former, person.number)))
            self.people[person.index] = replace(person, number=fresh, former=former)
        elif person.day == 0 and chance < _COMPLETED_DATES:
            self.people[person.index] = replace(person, month=person.month or 1 + int(self.rng.random() * 12), day=1)

    def _move(self, person: Person) -> None:
        hamlets = self.geography.hamlets
        target = hamlets[int(self.rng.random() * len(hamlets))].index
        self.people[person.index] = replace(person, hamlet=target)

    def _rename(self, person: Person) -> None:
        """Police correct a registered name: here the given name alone."""
        if person.people in names.folks():
            return
        head = person.name.rpartition(" ")[0]
        given = names.kinh_name(self.rng, person.family, person.year, male=person.male).rpartition(" ")[2]
        self.people[person.index] = replace(person, name=f"{head} {given}")

    def _birth(self, mother: Person) -> None:
        rng = self.rng
        if mother.index in self.dead or mother.index in self.gone:
            return
        father = self.people[mother.spouse]
        born = (self.end.year, self.end.month, self._day())
        for _ in range(2 if rng.random() < 0.012 else 1):
            male = rng.random() < 0.526
            name = names.full_name(rng, father.people, father.family, born[0], male=male)
            self._enter(
                replace(
                    father,
                    index=len(self.people),
                    number=self.numbers.mint(rng, born[0], male=male),
                    old_card="",
                    name=name,
                    male=male,
                    year=born[0],
                    month=born[1],
                    day=born[2],
                    hamlet=mother.hamlet,
                    household=mother.household,
                    father=father.index,
                    mother=mother.index,
                    spouse=NOBODY,
                    father_name=father.name,
                    mother_name=mother.name,
                    former="",
                )
            )

    def _arrival(self) -> None:
        rng = self.rng
        male = rng.random() < 0.35
        year = self.end.year - 18 - int(rng.random() * 25)
        family = names.surname(rng, self.setting.region, names.KINH)
        hamlets = self.geography.hamlets
        self._enter(
            Person(
                index=len(self.people),
                number=self.numbers.mint(rng, year, male=male),
                old_card=self.numbers.old_card(rng) if year <= 2005 else "",
                name=names.kinh_name(rng, family, year, male=male),
                family=family,
                male=male,
                year=year,
                month=1 + int(rng.random() * 12),
                day=1 + int(rng.random() * 28),
                people=names.KINH,
                hamlet=hamlets[int(rng.random() * len(hamlets))].index,
                household=self.people[-1].household + 1,
                father=NOBODY,
                mother=NOBODY,
                spouse=NOBODY,
                father_name=names.kinh_name(rng, family, year - 28, male=True),
                mother_name=names.kinh_name(
                    rng, names.surname(rng, self.setting.region, names.KINH), year - 25, male=False
                ),
            )
        )

    def _enter(self, person: Person) -> None:
        self.people.append(person)
