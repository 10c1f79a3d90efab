"""What a parent group sees of its children: issued reports and their figures, never a row of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dean06.offices.types import Viewer
from dean06.reports.issues import IssueInfo
from dean06.reports.issues import figures as issued_figures
from dean06.reports.models import IssuedReport
from dean06.reports.rollup import Measure, measures, total
from dean06.reports.stored import sections_in, sheet_in

__all__ = ["Cell", "Measure", "Rollup", "issued", "measures", "rollup", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one group issued for one month: which issue, when, the checksum of what it says, and its figures."""

    number: int
    at: datetime
    content: str
    figures: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """Cells by group and month; a group that issued nothing for a month has none."""

    cells: dict[tuple[int, str], Cell]

    def column(self, group_ids: Sequence[int], month: str) -> list[dict[str, Decimal]]:
        """Return the figures of a month, of the groups that issued it."""
        return [cell.figures for group_id in group_ids if (cell := self.cells.get((group_id, month)))]


def _seen(viewer: Viewer, group_ids: Sequence[int]) -> dict[int, None]:
    return dict.fromkeys(one for one in group_ids if viewer.sees_summaries_of(one))


def rollup(viewer: Viewer, group_ids: Sequence[int], months: Sequence[str]) -> Rollup:
    """Lay the issued reports of groups beside each other, month by month; two queries whatever their number."""
    seen = _seen(viewer, group_ids)
    rows = IssuedReport.objects.filter(group_id__in=list(seen), month__in=list(months), counts=True)
    cells = {
        (group_id, month): Cell(number=number, at=at, content=content, figures={})
        for group_id, month, number, at, content in rows.values_list("group_id", "month", "number", "at", "content")
    }
    for group_id, month, code, value in issued_figures(seen, list(months)):
        if (group_id, month) in cells:
            cells[group_id, month].figures[code] = value
    return Rollup(cells=cells)


def issued(viewer: Viewer, group_id: int, month: str) -> IssueInfo | None:
    """Return a group's report as it was issued last, to those who sit in it or above it."""
    if not viewer.sees_summaries_of(group_id):
        return None
    row = IssuedReport.objects.filter(group_id=group_id, month=month, counts=True).first()
    if row is None:
        return None
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
