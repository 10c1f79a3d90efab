"""Households: elders, couples with children, three generations, people alone.

Ages, family sizes and naming follow the cohort of the mother; adult children live near parents who are in the same
register, so that a father's name is often another row.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import NamedTuple

from dean06.demo import names
from dean06.demo.chance import Pool, apportion, stream
from dean06.demo.geography import Geography, lay_out
from dean06.demo.numbers import Numbers
from dean06.demo.presets import Setting
from dean06.demo.types import NOBODY, Hamlet, Person

_KINDS = Pool([("elders", 0.12), ("couple", 0.63), ("three", 0.18), ("alone", 0.07)])
_PLANNED = (
    (1950, Pool([(3, 1.0), (4, 2.0), (5, 3.0), (6, 2.0), (7, 1.0)])),
    (1960, Pool([(2, 1.0), (3, 3.0), (4, 3.0), (5, 2.0), (6, 1.0)])),
    (1970, Pool([(2, 3.0), (3, 4.0), (4, 2.0), (5, 1.0)])),
    (1980, Pool([(1, 0.6), (2, 4.0), (3, 3.0), (4, 1.2)])),
    (1990, Pool([(1, 0.8), (2, 5.0), (3, 3.0), (4, 0.8)])),
    (9999, Pool([(1, 1.0), (2, 5.0), (3, 2.0)])),
)
_TWINS = 0.012
_BOYS_SINCE_2000 = 0.526
_BOYS_BEFORE = 0.512
_NAMESAKE = 0.003


Birth = tuple[int, int, int]


class Founding(NamedTuple):
    """A founded population, before any month has passed."""

    people: list[Person]
    geography: Geography
    numbers: Numbers


class Elders(NamedTuple):
    """A couple whose grown children live elsewhere in the commune."""

    father: Person
    mother: Person


class Parents(NamedTuple):
    """Who a child's parents are: rows of the register where they are in it, names always."""

    father: int
    mother: int
    father_name: str
    mother_name: str


def _could_be_parents(pair: Elders, year: int) -> bool:
    return pair.mother.year + 20 <= year <= pair.mother.year + 40 and year - pair.father.year >= 20


class Founder:
    """Peoples one setting, hamlet by hamlet."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting = setting
        self.rng: Random = stream(seed, setting.code, "people")
        self.today = setting.day
        self.numbers = Numbers(setting.number_province, setting.old_series)
        self.people: list[Person] = []
        self.households = 0
        self.hamlet: Hamlet
        self.clans: Pool[str]
        self.peoples: Pool[str]
        self.elders: list[Elders] = []
        self.far_elders: list[Elders] = []

    def found(self) -> Founding:
        """People every commune to its number."""
        geography = lay_out(self.setting)
        for commune in geography.communes:
            self.peoples = self._mix(commune.unit.code)
            self.far_elders = []
            for hamlet, quota in zip(
                commune.hamlets, apportion(commune.persons, [1.0] * len(commune.hamlets)), strict=True
            ):
                self._people_hamlet(hamlet, quota)
        return Founding(self.people, geography, self.numbers)

    def _mix(self, commune: str) -> Pool[str]:
        shares = dict(self.setting.peoples.get(commune, {}))
        others = [code for code in names.folks() if code not in shares]
        for code in others:
            shares[code] = self.setting.scattered / len(others)
        return Pool([*shares.items(), (names.KINH, 1 - sum(shares.values()))])

    def _people_hamlet(self, hamlet: Hamlet, quota: int) -> None:
        self.hamlet = hamlet
        self.far_elders.extend(self.elders)
        self.elders = []
        drawn = [names.surname(self.rng, self.setting.region, names.KINH) for _ in range(4)]
        self.clans = Pool([(family, 1.0 / (rank + 1)) for rank, family in enumerate(drawn)])
        target = len(self.people) + quota
        while (room := target - len(self.people)) > 0:
            self.households += 1
            kind = _KINDS.draw(self.rng)
            if room < 6 or kind == "alone":
                self._alone()
            elif kind == "elders":
                self._elders()
            elif kind == "couple":
                self._couple(room, None)
            else:
                self._three_generations(room)

    # ------------------------------------------------------------------ households

    def _alone(self) -> None:
        rng = self.rng
        age = 19 + int(rng.random() * 30) if rng.random() < 0.55 else 50 + int(rng.random() * 42)
        self._adult(self.today.year - age, male=rng.random() < 0.48)

    def _elders(self) -> Elders:
        rng = self.rng
        age = 56 + int(34 * rng.random() ** 1.5)
        people = self.peoples.draw(rng)
        wife_year = self.today.year - age
        husband = self._adult(wife_year - int(rng.random() * 7) + 1, male=True, people=people)
        wife = self._adult(wife_year, male=False, people=people)
        self._marry(husband, wife)
        pair = Elders(self.people[husband.index], self.people[wife.index])
        self.elders.append(pair)
        return pair

    def _couple(self, room: int, parents: Elders | None) -> None:
        rng = self.rng
        wife_year = self.today.year - (21 + int(36 * rng.random() ** 1.15))
        husband_year = wife_year + 2 - int(rng.random() * 9)
        if parents is not None:
            earliest = max(parents.mother.year + 19, parents.father.year + 20)
            husband_year = min(max(husband_year, earliest), parents.mother.year + 40)
            wife_year = min(max(wife_year, husband_year - 2), husband_year + 7)
        elif rng.random() < 0.55:
            parents = self._near(husband_year)
        people = parents.father.people if parents else self.peoples.draw(rng)
        husband = self._adult(husband_year, male=True, people=people, parents=parents)
        wife_people = people if rng.random() < 0.93 else self.peoples.draw(rng)
        hers = self._hers(wife_year) if rng.random() < 0.25 else None
        wife = self._adult(
            wife_year, male=False, people=wife_people if hers is None else hers.father.people, parents=hers
        )
        self._marry(husband, wife)
        self._children(self.people[husband.index], self.people[wife.index], room - 2)

    def _three_generations(self, room: int) -> None:
        start = len(self.people)
        elders = self._elders()
        if room - (len(self.people) - start) >= 4:
            self._couple(room - (len(self.people) - start), elders)

    def _near(self, year: int) -> Elders | None:
        fitting = [e for e in self.elders[-24:] if _could_be_parents(e, year)]
        return fitting[int(self.rng.random() * len(fitting))] if fitting else None

    def _hers(self, year: int) -> Elders | None:
        fitting = [e for e in self.far_elders[-24:] if _could_be_parents(e, year)]
        return fitting[int(self.rng.random() * len(fitting))] if fitting else None

    def _marry(self, husband: Person, wife: Person) -> None:
        self.people[husband.index] = replace(husband, spouse=wife.index)
        self.people[wife.index] = replace(wife, spouse=husband.index)

    def _children(self, father: Person, mother: Person, room: int) -> None:
        rng = self.rng
        planned = next(pool for before, pool in _PLANNED if mother.year < before).draw(rng)
        parents = Parents(father.index, mother.index, father.name, mother.name)
        middle = self._family_middle(father)
        year = mother.year + 20 + int(rng.random() * 7)
        taken: set[str] = set()
        for _ in range(planned):
            if year > self.today.year or year - mother.year > 44:
                return
            at_home = self._at_home(self.today.year - year)
            birthday = self._birthday(year)
            for _twin in range(2 if rng.random() < _TWINS else 1):
                if room > 0 and at_home:
                    self._child(parents, father, (year, *birthday), taken, middle)
                    room -= 1
            year += 1 + int(rng.random() * 5) + (rng.random() < 0.5)

    def _at_home(self, age: int) -> bool:
        share = 1.0 if age < 18 else 0.85 if age < 23 else 0.5 if age < 28 else 0.14 if age < 36 else 0.03
        return share == 1.0 or self.rng.random() < share

    def _family_middle(self, father: Person) -> str | None:
        """Some families give all sons the father's middle name."""
        words = father.name.split()
        return words[1] if father.people == names.KINH and len(words) == 3 and self.rng.random() < 0.3 else None

    # ------------------------------------------------------------------ persons

    def _adult(self, year: int, *, male: bool, people: str | None = None, parents: Elders | None = None) -> Person:
        rng = self.rng
        people = people or self.peoples.draw(rng)
        if parents is None:
            family = self._family(people)
            line = self._unseen_parents(people, family, year)
        else:
            family = parents.father.family if parents.father.people == people else self._family(people)
            line = Parents(parents.father.index, parents.mother.index, parents.father.name, parents.mother.name)
        name = names.full_name(rng, people, family, year, male=male)
        return self._enter(name, family, people, (year, *self._birthday(year)), line, male=male)

    def _family(self, people: str) -> str:
        if people == names.KINH and self.rng.random() < 0.45:
            return self.clans.draw(self.rng)
        return names.surname(self.rng, self.setting.region, people)

    def _unseen_parents(self, people: str, family: str, year: int) -> Parents:
        rng = self.rng
        if year < 1950 and rng.random() < 0.12:
            return Parents(NOBODY, NOBODY, "", "")
        father = names.full_name(rng, people, family, year - 28, male=True)
        mother = names.full_name(rng, people, self._family(people), year - 25, male=False)
        return Parents(NOBODY, NOBODY, father, mother)

    def _child(self, parents: Parents, father: Person, born: Birth, taken: set[str], middle: str | None) -> Person:
        rng = self.rng
        year = born[0]
        male = rng.random() < (_BOYS_SINCE_2000 if year >= 2000 else _BOYS_BEFORE)
        name = self._child_name(father, year, middle, male=male)
        for _ in range(3):
            if name in taken:
                name = self._child_name(father, year, middle, male=male)
        taken.add(name)
        return self._enter(name, father.family, father.people, born, parents, male=male)

    def _child_name(self, father: Person, year: int, middle: str | None, *, male: bool) -> str:
        if father.people in names.folks():
            return names.folk_name(self.rng, father.people, father.family, male=male)
        return names.kinh_name(self.rng, father.family, year, male=male, middle=middle if male else None)

    def _enter(self, name: str, family: str, people: str, born: Birth, line: Parents, *, male: bool) -> Person:
        rng = self.rng
        year, month, day = born
        if rng.random() < _NAMESAKE and (double := self._double(family, year, male=male)):
            name, year, month, day = double.name, double.year, double.month, double.day
        person = Person(
            index=len(self.people),
            number=self.numbers.mint(rng, year, male=male),
            old_card=self.numbers.old_card(rng) if year <= 2005 and rng.random() < 0.86 else "",
            name=name,
            family=family,
            male=male,
            year=year,
            month=month,
            day=day,
            people=people,
            hamlet=self.hamlet.index,
            household=self.households,
            father=line.father,
            mother=line.mother,
            spouse=NOBODY,
            father_name=line.father_name,
            mother_name=line.mother_name,
        )
        self.people.append(person)
        return person

    def _double(self, family: str, year: int, *, male: bool) -> Person | None:
        """Find someone of the last hamlets whose name and birthday another may share: two people, one description."""
        near = self.people[-1200:]
        for _ in range(150):
            other = near[int(self.rng.random() * len(near))] if near else None
            if other and other.male == male and other.family == family and 0 <= year - other.year <= 2:
                return other if other.household != self.households else None
        return None

    def _birthday(self, year: int) -> tuple[int, int]:
        rng = self.rng
        if year == self.today.year:
            return 1 + int(rng.random() * max(self.today.month - 1, 1)), 1 + int(rng.random() * 28)
        vague = 0.16 if self.hamlet.upland and year < 1975 else 0.06 if year < 1960 else 0.0
        heaped = 0.25 if self.hamlet.upland and year < 1990 else 0.16 if year < 1955 else 0.05 if year < 1965 else 0.0
        chance = rng.random()
        if chance < vague:
            return (0, 0) if rng.random() < 0.92 else (1 + int(rng.random() * 12), 0)
        if chance < vague + heaped:
            return 1, 1
        month = 1 + int(rng.random() * 12)
        longest = 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
        return month, 1 + int(rng.random() * longest)
