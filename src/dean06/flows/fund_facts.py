"""What the group's money tells a report: each sum with the papers and entries behind it."""

from __future__ import annotations

from datetime import date

from dean06.clock import service as clock
from dean06.funds.service import budgets, journal, sources
from dean06.funds.types import Account, MovementInfo, SourceInfo
from dean06.offices.types import GroupInfo
from dean06.reports.types import Fact, Source

UNIT = "đồng"

__all__ = ["fund_facts", "money_of", "standing_facts"]


def _papers(found: tuple[SourceInfo, ...]) -> tuple[Source, ...]:
    return tuple(
        Source(
            kind="fund_source",
            id=one.ref,
            label=f"{one.name}, {one.paper.label} ngày {one.paper.dated:%d/%m/%Y}",
            sha256=one.paper.sha256,
            file_name=one.paper.file_name,
        )
        for one in found
    )


def _journal(group: GroupInfo, since: date, until: date) -> Source:
    """Return the source of a nought: that the journal has no such entry is a fact of the group's own records."""
    return Source(kind="records", id=group.slug, label=f"Sổ kinh phí của tổ, {since:%d/%m/%Y} – {until:%d/%m/%Y}")


def standing_facts(group: GroupInfo, year: int) -> tuple[Fact, ...]:
    """Return what is allotted, reserved, spent and left of a year's money as it stands now; three queries."""
    found = sources.of_flow(group.id, year)
    base = (_journal(group, date(year, 1, 1), clock.today(group)),)
    named = (
        ("kp.duoc_cap", "Kinh phí được cấp trong năm", "allotted"),
        ("kp.dang_giu", "Kinh phí đã duyệt, chưa chi", "reserved"),
        ("kp.da_chi", "Kinh phí đã chi", "spent"),
        ("kp.con_lai", "Kinh phí còn lại", "available"),
    )
    behind = _papers(found) or base
    return tuple(
        Fact(code=code, label=label, value=sum(one.sum_of(name) for one in found), sources=behind, unit=UNIT)
        for code, label, name in named
    )


def _entries(found: list[MovementInfo]) -> tuple[Source, ...]:
    return tuple(
        Source(
            kind="fund_entry",
            id=f"BT-{one.number}",
            label=f"{one.note or one.line}, {one.paper}".strip(", "),
            sha256=one.permit,
        )
        for one in found
    )


def money_of(group: GroupInfo, since: date, until: date) -> tuple[Fact, ...]:
    """Return what was allotted and spent within days, and in the year up to the last of them; a later day changes none.

    Nothing is told of a group that has no money of its own.
    """
    begins = min(since, date(until.year, 1, 1))
    whole = journal.of_flow(group.id, begins, until)
    if not whole:
        return ()
    named = (
        ("kp.cap_trong_ky", "Kinh phí cấp trong kỳ", since, Account.BUDGET),
        ("kp.chi_trong_ky", "Kinh phí chi trong kỳ", since, Account.SPENT),
        ("kp.cap_luy_ke", f"Kinh phí cấp từ đầu năm {until.year}", date(until.year, 1, 1), Account.BUDGET),
        ("kp.chi_luy_ke", f"Kinh phí chi từ đầu năm {until.year}", date(until.year, 1, 1), Account.SPENT),
    )
    return tuple(
        _sum_of(group, code, label, [one for one in whole if one.on >= day], account, (day, until))
        for code, label, day, account in named
    )


def _sum_of(
    group: GroupInfo, code: str, label: str, moved: list[MovementInfo], account: Account, days: tuple[date, date]
) -> Fact:
    """Return what left the budget, or what came to be spent, by entries; a reversal counts against what it undoes."""
    found = [one for one in moved if account in (one.taken_from, one.given_to)]
    outward = account is Account.BUDGET
    value = sum(one.amount if (one.taken_from is account) == outward else -one.amount for one in found)
    return Fact(code=code, label=label, value=value, sources=_entries(found) or (_journal(group, *days),), unit=UNIT)


def fund_facts(group: GroupInfo, since: date, until: date) -> tuple[Fact, ...]:
    """Return what was allotted and spent within days, both included, and whether the yearly estimate was submitted.

    A reversal counts on the day it was entered, against what it undoes.
    """
    base = (_journal(group, since, until),)
    moved = journal.of_flow(group.id, since, until)
    given = [one for one in moved if Account.BUDGET in (one.taken_from, one.given_to)]
    paid = [one for one in moved if Account.SPENT in (one.taken_from, one.given_to)]
    allotted = sum(one.amount if one.taken_from is Account.BUDGET else -one.amount for one in given)
    spent = sum(one.amount if one.given_to is Account.SPENT else -one.amount for one in paid)
    year = until.year
    sent = [one for one in budgets.of_flow(group.id) if one.submitted_at is not None and one.year == year + 1]
    told = tuple(Source(kind="budget", id=one.ref, label=f"Tờ trình {one.submitted_as}") for one in sent)
    return (
        Fact(
            code="kp.cap_trong_ky",
            label="Kinh phí cấp trong kỳ",
            value=allotted,
            sources=_entries(given) or base,
            unit=UNIT,
        ),
        Fact(
            code="kp.chi_trong_ky",
            label="Kinh phí chi trong kỳ",
            value=spent,
            sources=_entries(paid) or base,
            unit=UNIT,
        ),
        Fact(
            code="kp.du_toan_trinh",
            label=f"Dự toán năm {year + 1} đã trình",
            value=sent[0].total if sent else 0,
            sources=told or base,
            unit=UNIT,
        ),
        *standing_facts(group, year),
    )
