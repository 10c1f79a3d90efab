"""The people of a demonstration, kept in a file when it is made: its stand-ins answer at once, and for them alone."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from dean06.demo.geography import Geography, lay_out
from dean06.demo.life import View
from dean06.demo.presets import Setting, setting
from dean06.demo.types import Person

__all__ = ["Country", "Residents", "keep", "load"]


class Country(Protocol):
    """Where people live, and the register of them: a whole world, or what was kept of one."""

    @property
    def setting(self) -> Setting:
        """The place and time."""
        ...

    @property
    def geography(self) -> Geography:
        """The communes and hamlets."""
        ...

    def view(self, month: str) -> View:
        """Return the register as it stands at the end of the month."""
        ...


@dataclass(frozen=True)
class Residents:
    """The register at the end of one month."""

    setting: Setting
    kept: View

    @cached_property
    def geography(self) -> Geography:
        """The communes and hamlets: they follow from the setting."""
        return lay_out(self.setting)

    def view(self, _month: str) -> View:
        """Return the register that was kept."""
        return self.kept


def keep(world: Country, month: str, path: Path) -> None:
    """Write down the people of a month's end."""
    view = world.view(month)
    told = {
        "setting": world.setting.code,
        "persons": world.setting.persons,
        "month": month,
        "people": [astuple(one) for one in view.people],
        "dead": list(view.dead.items()),
        "gone": sorted(view.gone),
        "missing": sorted(view.missing),
    }
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def load(path: Path) -> Residents:
    """Return the people that were written down."""
    told = json.loads(path.read_text(encoding="utf-8"))
    view = View(
        told["month"],
        [Person(*row) for row in told["people"]],
        {int(index): day for index, day in told["dead"]},
        frozenset(told["gone"]),
        frozenset(told["missing"]),
    )
    return Residents(setting(told["setting"]).with_persons(told["persons"]), view)
