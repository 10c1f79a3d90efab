"""Money counted again: what each line was allotted, what is reserved, what was paid, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from year.script import Script

__all__ = ["Line", "lines"]


@dataclass(frozen=True, order=True)
class Line:
    """A line of a source as it stands at the end, in đồng."""

    name: str
    allotted: int
    reserved: int
    paid: int
    left: int


def lines(script: Script) -> Iterator[Line]:
    """Every line of the script's money: what was approved and not paid stays reserved until it is settled or off."""
    money = script.table("money")
    for source in money.get("sources") or ():
        for name, first in source["lines"].items():
            allotted = first + sum(one["amount"] for one in source.get("allotted") or () if one["line"] == name)
            asked = [one for one in money.get("requests") or () if one["line"] == name and one.get("approved")]
            paid = sum(payment["amount"] for one in asked for payment in one.get("paid") or ())
            reserved = sum(
                one["amount"] - sum(payment["amount"] for payment in one.get("paid") or ())
                for one in asked
                if not one.get("settled") and not one.get("cancelled")
            )
            yield Line(name, allotted, reserved, paid, allotted - reserved - paid)
