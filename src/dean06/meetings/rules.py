"""What holds where a charter is silent on meetings: the group's own choice, else ours, and always marked whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from ruamel.yaml import YAML

from dean06.meetings.types import RuleUsed

SOURCE = Path(__file__).with_name("rules.yaml")
MOST_DAYS = 60
OF_A_VOTE = ("G-01", "G-02", "G-03", "G-05", "G-14", "G-15")
OF_A_ROUND = ("G-04", "G-01", "G-02")

__all__ = ["MOST_DAYS", "OF_A_ROUND", "OF_A_VOTE", "Gap", "OwnRule", "as_used", "fits", "gaps", "used"]


class OwnRule(Protocol):
    """A group's own rule on a gap."""

    @property
    def number(self) -> int: ...
    @property
    def adopted_on(self) -> date: ...
    @property
    def value(self) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What may be chosen for a gap, each in Vietnamese and English; `days` where it also sets a number of days."""

    code: str
    default: str
    choices: Mapping[str, tuple[str, str]]
    days: int


@cache
def gaps() -> Mapping[str, Gap]:
    """Return the gaps that shape meetings, with their choices."""
    plain = YAML(typ="safe").load(SOURCE.read_text(encoding="utf-8"))
    return {
        code: Gap(
            code=code,
            default=row["default"],
            choices={name: (said["vi"], said["en"]) for name, said in row["choices"].items()},
            days=row.get("days", 0),
        )
        for code, row in plain["gaps"].items()
    }


def fits(code: str, value: Mapping[str, object]) -> bool:
    """Say whether a local rule on a gap can be acted upon; a rule in words alone is kept and changes no count."""
    gap = gaps()[code]
    choice, days = value.get("choice"), value.get("days")
    known = choice is None or choice in gap.choices
    counted = days is None or (gap.days > 0 and isinstance(days, int) and 1 <= days <= MOST_DAYS)
    return known and counted


def used(code: str, own: OwnRule | None) -> RuleUsed:
    """Return the rule that holds on a gap: the group's own where it chose, else ours."""
    gap = gaps()[code]
    value = own.value if own is not None and isinstance(own.value, Mapping) else {}
    choice, days = value.get("choice"), value.get("days")
    if own is None or (choice not in gap.choices and not isinstance(days, int)):
        return RuleUsed(gap=code, choice=gap.default, source="default", days=gap.days)
    return RuleUsed(
        gap=code,
        choice=str(choice) if choice in gap.choices else gap.default,
        source="local",
        number=own.number,
        adopted_on=own.adopted_on,
        days=days if isinstance(days, int) else gap.days,
    )


def as_used(plain: Mapping[str, object]) -> RuleUsed:
    """Return a rule from its plain values."""
    on = str(plain.get("adopted_on") or "")
    return RuleUsed(
        gap=str(plain["gap"]),
        choice=str(plain["choice"]),
        source=str(plain["source"]),
        number=int(str(plain.get("number") or 0)),
        adopted_on=date.fromisoformat(on) if on else None,
        days=int(str(plain.get("days") or 0)),
        clause=str(plain.get("clause") or ""),
    )
