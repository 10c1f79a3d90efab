"""Conduct counted again: urging letters, commendations, violations and replacements as their lists have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from year.recount import Recount
from year.recount_of_work import overdue_at

Told = Mapping[str, Any]
COMMENDED = {"granted": "Đã khen", "submitted": "Đã trình cấp trên", "withdrawn": "Đã rút"}
RESULTS = {"khen": "Cấp trên đã khen", "khong": "Cấp trên không khen"}
VIOLATION = {
    "recorded": "Đã lập hồ sơ",
    "heard": "Đã nghe trình bày",
    "handled": "Đã xử lý",
    "passed": "Đã chuyển",
    "dropped": "Kết thúc, không vi phạm",
}
REPLACED = {"put": "Đã nêu, chưa có công văn", "letter": "Đã nêu, chưa có công văn", "done": "Đã thay"}
LETTERS = "TCTĐA-CA"

__all__ = ["commendations", "letters", "replacements", "signed_letters", "violations"]


def _last(recount: Recount, one: Told, words: tuple[str, ...]) -> str:
    """Which of some steps came last by now."""
    done: list[tuple[datetime, str]] = [(at, word) for word in words if (at := recount.at(one.get(word))) is not None]
    return max(done)[1]


def letters(recount: Recount) -> dict[str, dict[str, list[str]]]:
    """To whom each urging wrote, and of which overdue tasks, by their titles in the order of their last days."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in recount.script.list("urged"):
        then = Recount(recount.script, recount.script.at(one["at"]))
        late = [task for task in overdue_at(then) if task["id"] in one["ticked"]]
        late.sort(key=lambda task: recount.script.after(then.last_day(task)))
        by_agency: dict[str, list[str]] = {}
        for task in late:
            by_agency.setdefault(recount.law["names"][task["lead"]], []).append(task.get("title") or task["text"])
        found[one["id"]] = by_agency
    return found


def signed_letters(recount: Recount) -> list[tuple[str, datetime]]:
    """The urging letters that were signed, each with its symbol and when."""
    listed = [at for one in recount.script.list("urged") for at in (one.get("signed") or {}).values()]
    return [(LETTERS, recount.script.at(at)) for at in listed]


def commendations(recount: Recount) -> list[tuple[str, str, str, str, str]]:
    """The lines of the list of commendations: number, achievement, party, state, the paper that decided."""
    rows = []
    listed = sorted(recount.script.list("commendations"), key=lambda one: recount.script.at(one["proposed"]))
    for number, one in enumerate(listed, 1):
        state = _last(recount, one, ("proposed", "granted", "submitted", "answered", "withdrawn"))
        said = RESULTS[one["result"]] if state == "answered" else COMMENDED.get(state, "Đã đề nghị")
        paper = {"granted": one.get("paper"), "answered": one.get("paper"), "submitted": one.get("letter")}.get(state)
        for party in one["parties"]:
            who = party.get("name") or recount.law["names"][party["agency"]]
            rows.append((str(number), one["title"], who, said, paper or ""))
    return sorted(rows)


def violations(recount: Recount) -> list[tuple[str, str, str]]:
    """The lines of the list of violation files: number, the day it was recorded, state; no name."""
    listed = sorted(recount.script.list("violations"), key=lambda one: recount.script.at(one["recorded"]))
    return [
        (
            f"{number}/{recount.script.year}",
            f"{recount.script.at(one['recorded']):%d/%m/%Y}",
            VIOLATION[_last(recount, one, tuple(VIOLATION))],
        )
        for number, one in enumerate(listed, 1)
    ]


def replacements(recount: Recount) -> list[tuple[str, str, str, str]]:
    """The lines of the list of replacements: member, agency, how many tasks were not done, state."""
    rows = []
    for one in recount.script.list("replacements"):
        then = Recount(recount.script, recount.script.at(one["put"]))
        agency = recount.script.people[one["member"]]["agency"]
        late = [task for task in overdue_at(then) if task["lead"] == agency]
        state = _last(recount, one, ("put", "letter", "answered", "done"))
        said = REPLACED.get(state) or ("Đã trả lời, chờ đổi người" if one.get("nominee") else "Cơ quan không cử")
        rows.append((recount.script.name(one["member"]), recount.law["names"][agency], str(len(late)), said))
    return sorted(rows)
