"""The hamlets of a setting, under the real communes of its date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from dean06.demo.chance import apportion
from dean06.demo.presets import HamletStyle, Setting
from dean06.demo.types import Hamlet
from dean06.places.service import Unit, ancestors, children, predecessors, unit


class Commune(NamedTuple):
    """A commune with its share of the people and its hamlets."""

    unit: Unit
    persons: int
    hamlets: tuple[Hamlet, ...]


class Geography(NamedTuple):
    """All communes and hamlets of a setting, and the way its addresses end."""

    communes: tuple[Commune, ...]
    hamlets: tuple[Hamlet, ...]
    day: date

    def commune(self, code: str) -> Commune:
        """Return the commune of that code."""
        return next(c for c in self.communes if c.unit.code == code)

    def endings(self) -> dict[str, str]:
        """Return, for each commune code of today and of before, how an address goes on after the hamlet."""
        today = {c.unit.code: ending(c.unit, self.day) for c in self.communes}
        before = {h.was for h in self.hamlets} - today.keys() - {""}
        older = {code: ending(found, _eve(self.communes)) for code in sorted(before) if (found := _was(code, self))}
        return older | today


def _was(code: str, geography: Geography) -> Unit | None:
    return unit(code, _eve(geography.communes))


def _eve(communes: tuple[Commune, ...]) -> date:
    """Return the last day of the catalogue before the one that holds."""
    return max(c.unit.valid_from for c in communes) - timedelta(days=1)


def ending(commune: Unit, on: date) -> str:
    """Return `xã Gia Ninh, huyện Quảng Ninh, tỉnh Quảng Bình`, with what there is above on the day."""
    return ", ".join(u.full_name for u in (commune, *ancestors(commune.code, on)))


def _style(setting: Setting, commune: Unit) -> HamletStyle:
    if commune.code in setting.upland_units:
        return setting.upland
    return setting.town if commune.kind == "thi_tran" else setting.village


def _hamlet_names(style: HamletStyle, count: int) -> list[str]:
    named = [f"{style.word} {name}" for name in style.names[:count]]
    return named + [f"{style.word} {n}" for n in range(1, count - len(named) + 1)]


def _former_communes(commune: Unit) -> list[str]:
    """Return the communes that were merged into this one, or the commune itself where it is as old as the catalogue."""
    merged = [u.code for u in predecessors(commune.code, commune.valid_from) if u.level == commune.level]
    return merged or [commune.code]


def lay_out(setting: Setting) -> Geography:
    """Divide the people of a setting among its communes, and each commune into hamlets."""
    here = unit(setting.unit, setting.day)
    if here is None:
        raise LookupError(setting.unit)
    everywhere = children(here.code, setting.day) if here.level == "huyen" else (here,)
    units = [u for u in everywhere if not setting.units or u.code in setting.units]
    if not units:
        raise LookupError(*setting.units)
    shares = apportion(setting.persons, [setting.weights.get(u.code, 1.0) for u in units])
    communes: list[Commune] = []
    hamlets: list[Hamlet] = []
    for commune, persons in zip(units, shares, strict=True):
        laid = _lay_commune(setting, commune, persons, len(hamlets))
        hamlets.extend(laid)
        communes.append(Commune(commune, persons, tuple(laid)))
    return Geography(tuple(communes), tuple(hamlets), setting.day)


def _lay_commune(setting: Setting, commune: Unit, persons: int, first: int) -> list[Hamlet]:
    former = _former_communes(commune)
    count = max(len(former), round(persons / setting.hamlet_size), 1)
    style = _style(setting, commune)
    parts = apportion(count, [1.0] * len(former))
    belongs = [code for code, part in zip(former, parts, strict=True) for _ in range(part)]
    return [
        Hamlet(
            index=first + i,
            name=name,
            short=f"{style.short} {name.removeprefix(style.word).strip()}",
            commune=commune.code,
            was=was,
            upland=commune.code in setting.upland_units,
            town=commune.kind == "thi_tran",
        )
        for i, (name, was) in enumerate(zip(_hamlet_names(style, count), belongs, strict=True))
    ]
