"""The made-up people that the stand-ins hold: who was born, who died, who is married to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dean06.demo.life import View
from dean06.demo.simulators.residents import Country
from dean06.demo.types import NOBODY, Person
from dean06.places import service as places

FOLKS = {"01": "Kinh", "23": "Bru-Vân Kiều", "44": "Chứt"}

__all__ = ["Registry", "birth", "folk", "vietnamese"]


def birth(person: Person) -> tuple[int, int, int]:
    """Return year, month and day of birth; 0 where it is not known."""
    return person.year, person.month, person.day


def vietnamese(year: int, month: int, day: int) -> str:
    """Return a date as far as it is known: dd/mm/yyyy, mm/yyyy or yyyy."""
    if day:
        return f"{day:02d}/{month:02d}/{year:04d}"
    return f"{month:02d}/{year:04d}" if month else f"{year:04d}"


def folk(person: Person) -> str:
    """Return the name of a person's people."""
    return FOLKS.get(person.people, "Kinh")


@dataclass(frozen=True)
class Registry:
    """People of a world at the end of a month, and the days on which their records were last touched."""

    world: Country
    month: str
    first: date
    """The first day on which a record was touched."""
    days: int = 20
    """How many days records are spread over."""

    @cached_property
    def view(self) -> View:
        """The register of the month."""
        return self.world.view(self.month)

    @cached_property
    def living(self) -> list[Person]:
        """Whoever is alive and here, in the order of the register."""
        return [one for one in self.view.people if self.view.state(one.index) == "song"]

    @cached_property
    def dead(self) -> list[Person]:
        """Whoever died."""
        return [one for one in self.view.people if one.index in self.view.dead]

    @cached_property
    def husbands(self) -> list[Person]:
        """Every man who is married, once."""
        return [one for one in self.living if one.male and one.spouse != NOBODY]

    def person(self, index: int) -> Person | None:
        """Return a person by place, None for nobody."""
        return None if index == NOBODY else self.view.people[index]

    def touched(self, at: int) -> date:
        """Return the day on which the nth record of a kind was last touched."""
        return self.first + timedelta(days=(at * 7) % self.days)

    def address(self, person: Person) -> str:
        """Return where somebody lives, in words."""
        hamlet = self.world.geography.hamlets[person.hamlet]
        return f"{hamlet.name}, {self.commune_name(hamlet.commune)}"

    def commune(self, person: Person) -> str:
        """Return the code of somebody's commune."""
        return self.world.geography.hamlets[person.hamlet].commune

    def commune_name(self, code: str) -> str:
        """Return the name of a commune as it was called then."""
        unit = places.unit(code, self.world.setting.day)
        return unit.full_name if unit else code
