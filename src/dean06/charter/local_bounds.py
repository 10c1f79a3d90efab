"""Local rules in time: a rule moves the bound of a period only while that period is still open.

A period whose bound had passed when a rule was adopted, as things stood before it or as the rule would make it, is
judged by the rules of its time. So the rules of a gap are applied one after another, in the order of their days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from dean06.charter.facts_file import Facts, Row
from dean06.charter.periods import last_day_before

Move = Callable[[Row], datetime | None]

__all__ = ["day_of", "in_force_at", "moved"]


def moved(facts: Facts, gap: str, bound: datetime | None, move: Move) -> datetime | None:
    """Return a bound as the group's rules on one gap leave it.

    Args:
        facts: what is known; a rule without a day of adoption has always been there.
        gap: the gap of the vocabulary.
        bound: where it lies without any rule; None where nothing is owed then.
        move: where one rule alone puts it.
    """
    for adopted_on, rule in _history(facts, gap):
        if bound is not None and last_day_before(bound) < adopted_on:
            break
        made = move(rule)
        if made is None or last_day_before(made) >= adopted_on:
            bound = made
    return bound


def in_force_at(facts: Facts, gap: str, bound: datetime) -> Row | None:
    """Return the newest rule on a gap that had been adopted by the last day before a bound."""
    last = last_day_before(bound)
    found = [rule for adopted_on, rule in _history(facts, gap) if adopted_on <= last]
    return found[-1] if found else None


def day_of(rule: Row) -> int | None:
    """Return the day of the month that a rule sets, 1 to 28; None where it sets none."""
    value = rule.get("value")
    day = value.get("day") if isinstance(value, Mapping) else None
    return day if isinstance(day, int) and 1 <= day <= 28 else None


def _history(facts: Facts, gap: str) -> Iterator[tuple[date, Row]]:
    rows: Iterable[Row] = (rule for rule in facts.rows("local_rules") if rule.get("gap") == gap)
    dated = sorted(((rule.get("adopted_on") or date.min, rule) for rule in rows), key=lambda pair: pair[0])
    yield from ((day, rule) for day, rule in dated if day == date.min or day <= last_day_before(facts.as_of))
