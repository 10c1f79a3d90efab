"""The face of the checkers: a file's layout, a paper's words, and what a group's house knows of itself on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.checks.decree30 import NAME_SET
from dean06.papers.live import Checked, Departure, Warned, check_file
from dean06.papers.proofreading.checking import Remark, Surroundings, proofread
from dean06.papers.proofreading.remarks import UnitLevel
from dean06.papers.service.numbers import series

SIGNER_NAME = NAME_SET.part

__all__ = [
    "SIGNER_NAME",
    "Checked",
    "Departure",
    "Remark",
    "Surroundings",
    "Warned",
    "check_file",
    "proofread",
    "surroundings",
]

_LEVELS: dict[str, UnitLevel] = {"province": "tinh", "district": "huyen", "commune": "xa"}


def surroundings(group_id: int, on: date, abbreviations: Iterable[str] = ()) -> Surroundings:
    """Return what a group's house knows on a day: level, unit, series, papers issued, the short names that it uses.

    Args:
        group_id: the group whose papers are read.
        on: the day of the paper.
        abbreviations: short names beside those of its own symbols, as its charter gives them.
    """
    group = offices.group_by_id(group_id)
    symbols = {row.symbol for row in series(group_id)}
    issued: dict[str, tuple[date, ...]] = defaultdict(tuple)
    rows = models.Paper.objects.filter(group_id=group_id, number__isnull=False, issued_at__isnull=False)
    for number, symbol, at in rows.order_by("issued_at").values_list("number", "symbol", "issued_at"):
        if at is not None:
            issued[f"{number}/{symbol}"] += (at.astimezone(clock.TZ).date(),)
    return Surroundings(
        on=on,
        level=_LEVELS.get(group.level, ""),
        unit=group.unit_code,
        abbreviations=frozenset({*abbreviations, *(part for symbol in symbols for part in symbol.split("-"))}),
        series=frozenset(symbols),
        papers=dict(issued),
    )
