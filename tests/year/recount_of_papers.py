"""Papers counted again: to whom each report went and when, how the agencies' reports came, which numbers were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from year.recount import Recount
from year.recount_of_conduct import signed_letters
from year.script import Script

Told = Mapping[str, Any]
REPORTS, MINUTES = "BC-TCTĐA", "BB-TCTĐA"
STANDS = {"met": "Đúng hạn", "late": "Trễ", "missed": "Thiếu", "pending": "Chưa đến hạn", "excused": "Được miễn"}

STATES = {**STANDS, "late": "Trễ hạn", "missed": "Không thực hiện"}

__all__ = ["agencies", "board", "numbers", "receipts", "written"]


def written(moment: datetime) -> str:
    """An instant as an office writes it."""
    return f"{moment:%d/%m/%Y %H:%M}"


def receipts(script: Script, law: Told, period: str) -> dict[str, str]:
    """To whom a report went, by the recipients' names, and when."""
    sent = script.table("group_reports")[period].get("sent") or {}
    return {law["names"][to]: written(script.at(at)) for to, at in sent.items()}


def agencies(recount: Recount, month: str) -> dict[str, tuple[str, str]]:
    """How each agency's report stands, excused or not, and when it came."""
    law, found = recount.law, {}
    for one in recount.owed():
        if one.action == "report.submit" and one.month == month:
            agency = one.bearer.partition(":")[2]
            came = recount.arrival(month, agency)
            found[law["names"][agency]] = (STANDS[one.status], written(came) if came else "")
    return found


def board(recount: Recount) -> Counter[tuple[str, ...]]:
    """The board of duties in an office's words: month, event, bound and state, each as often as it stands there."""
    return Counter(
        (f"{one.month[5:]}/{one.month[:4]}", one.period, written(datetime.fromisoformat(one.due)), STATES[one.status])
        for one in recount.owed()
    )


def numbers(recount: Recount) -> list[tuple[str, str]]:
    """Number and day of every paper that was signed: each series from one on, in the order of the signatures."""
    script = recount.script
    signed = [
        (REPORTS, script.at(one["signed"])) for one in script.table("group_reports").values() if one.get("signed")
    ]
    signed += [(MINUTES, script.at(one["minutes"]["at"])) for one in script.list("meetings") if one.get("minutes")]
    signed += signed_letters(recount)
    found = []
    for symbol in sorted({symbol for symbol, _ in signed}):
        listed = sorted(at for own, at in signed if own == symbol)
        found += [(f"{place:02d}/{symbol}", f"{at:%d/%m/%Y}") for place, at in enumerate(listed, 1)]
    return found
