"""What was issued: each report as it went out, and the figures that a parent group lays beside those of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dean06.reports.models import Figure, IssuedReport, MonthReport
from dean06.reports.rollup import codes
from dean06.reports.stored import sections_in, sheet_in
from dean06.reports.types import FactSheet, Section

__all__ = ["IssueInfo", "freeze", "issued_between", "issues"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInfo:
    """A report as it was issued; `content` is the SHA-256 of what it says."""

    number: int
    month: str
    until: date
    sheet: FactSheet
    sections: tuple[Section, ...]
    content: str
    paper_id: int | None
    at: datetime


def freeze(row: MonthReport, at: datetime) -> None:
    """Keep a report as it is issued now, in the place of an earlier issue, with the figures that go up."""
    earlier = row.issues.filter(counts=True)
    Figure.objects.filter(issue__in=earlier.values("pk")).update(counts=False)
    earlier.update(counts=False)
    made = IssuedReport.objects.create(
        group_id=row.group_id,
        report=row,
        number=row.issues.count() + 1,
        month=row.month,
        until=row.until,
        sheet=row.sheet,
        sections=row.sections,
        content=row.drafted,
        paper_id=row.paper_id,
        at=at,
    )
    known = sheet_in(row.sheet).by_code()
    Figure.objects.bulk_create(
        Figure(group_id=row.group_id, issue=made, month=row.month, code=code, value=Decimal(str(known[code].value)))
        for code in codes()
        if code in known and isinstance(known[code].value, int | float)
    )


def _info(row: IssuedReport) -> IssueInfo:
    return IssueInfo(
        number=row.number,
        month=row.month,
        until=row.until,
        sheet=sheet_in(row.sheet),
        sections=sections_in(row.sections),
        content=row.content,
        paper_id=row.paper_id,
        at=row.at,
    )


def issues(report_id: int) -> list[IssueInfo]:
    """Return every issue of a report, the first one first."""
    return [_info(row) for row in IssuedReport.objects.filter(report_id=report_id).order_by("number")]


def issued_between(group_id: int, since: date, until: date) -> list[IssueInfo]:
    """Return the months' reports whose data end within these days, as issued last, by their days."""
    rows = IssuedReport.objects.filter(group_id=group_id, counts=True, until__range=(since, until), month__contains="-")
    return [_info(row) for row in rows.exclude(month__contains="H").order_by("until")]


def figures(group_ids: Mapping[int, object], months: list[str]) -> list[tuple[int, str, str, Decimal]]:
    """Return (group, month, code, value) of what groups issued; one query whatever their number."""
    rows = Figure.objects.filter(group_id__in=list(group_ids), month__in=months, counts=True)
    return list(rows.values_list("group_id", "month", "code", "value"))
