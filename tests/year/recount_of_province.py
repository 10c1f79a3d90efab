"""A province counted again: what each commune did each month, how its report stands, what the province sees of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from year.recount import judged, next_month
from year.recount_of_papers import STATES, written
from year.script import TZ, Script, start_of

Told = Mapping[str, Any]
# «trước ngày 20» for a commune (7.2 of its regulation), «trước ngày 25» for the province (7.2 of its own).
COMMUNE, PROVINCE = 20, 25

__all__ = ["COMMUNE", "PROVINCE", "moment", "of_commune", "reports", "rolled_up"]


def moment(year: int, month: int, written_: str) -> datetime:
    """An instant of a month, written as a day and an hour."""
    day, hour = written_.split()
    return datetime(year, month, int(day), *map(int, hour.split(":")), tzinfo=TZ)


def of_commune(script: Script, number: int, month: int) -> dict[str, Any]:
    """What a commune does in a month: as usual, but for what the script names."""
    told = dict(script.told["usual"])
    for one in script.list("otherwise"):
        which = one["communes"]
        if month in one["months"] and number >= which["from"] and (number - which["from"]) % which["every"] == 0:
            told |= {key: value for key, value in one.items() if key not in ("communes", "months")}
    return told


def _steps(told: Told) -> dict[str, str]:
    """What was done of a month's report: whatever is not done stops what comes after it."""
    done: dict[str, str] = {}
    for step in ("made", "signed", "sent"):
        if not told.get(step):
            break
        done[step] = told[step]
    return done


def reports(
    script: Script, months: range, told_of: Mapping[int, Told], day: int, now: datetime
) -> Counter[tuple[str, ...]]:
    """How a group's monthly reports stand, as its board writes them: month, bound, state."""
    found: Counter[tuple[str, ...]] = Counter()
    for month in months:
        bound, told = start_of(date(script.year, month, day)), told_of.get(month) or {}
        sent = _steps(told).get("sent") if not told.get("only_to") else None
        at = moment(script.year, month, sent) if sent else None
        at = at if at is not None and at <= now else None
        found[f"{month:02d}/{script.year}", written(bound), STATES[judged(at, bound, now)]] += 1
    return found


def rolled_up(script: Script, months: range) -> Counter[tuple[str, ...]]:
    """What the province sees: a commune's month is there once its report was signed, sent or not."""
    return Counter(
        (
            f"Xã {number:03d}",
            f"{month:02d}/{script.year}",
            "lần 1" if "signed" in _steps(of_commune(script, number, month)) else "chưa có",
        )
        for number in range(1, script.told["communes"] + 1)
        for month in months
    )


def end_of(script: Script, months: range) -> datetime:
    """The first instant after the months that are played."""
    return next_month(f"{script.year}-{months[-1]:02d}")
