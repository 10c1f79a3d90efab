"""Number series: the last number of each, their closing for good when their group ends, and the holes in them.

A number that was given is carried by its paper: a hole in a series is damage, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.types import Hole, SeriesInfo

__all__ = ["close_series", "holes", "require_open", "series"]


def series(group_id: int) -> list[SeriesInfo]:
    """Return the number series of a group, by symbol and year."""
    rows = models.Series.objects.filter(group_id=group_id).order_by("symbol", "year")
    return [SeriesInfo(symbol=row.symbol, year=row.year, last=row.last, closed_on=row.closed_on) for row in rows]


def close_series(by: Permit, group_id: int, last_day: date, expected: Iterable[SeriesInfo]) -> None:
    """Close every number series of a group at the last number that was expected, else nothing.

    A part of the hand-over, whose one entry must stand already.
    """
    ledger.require_recorded(by, offices.group_by_id(group_id).slug)
    rows = list(models.Series.objects.select_for_update().filter(group_id=group_id).order_by("symbol", "year"))
    if [(row.symbol, row.year, row.last) for row in rows] != [(one.symbol, one.year, one.last) for one in expected]:
        raise BadInput(
            "Một dãy số vừa cấp thêm số: mở lại trang rồi xác nhận.",
            "A series has just given another number: open the page again, then confirm.",
        )
    models.Series.objects.filter(group_id=group_id).update(closed_on=last_day)


def require_open(row: models.Series) -> None:
    """Refuse a number of a group that has ended, whatever the symbol or the year."""
    ending = offices.ending(row.group_id)
    if ending is None and row.closed_on is None:
        return
    if ending is None:
        raise BadInput(
            f"Dãy số {row.symbol} năm {row.year} đã khóa ở số {row.last}: không cấp thêm số nào.",
            f"The series {row.symbol} of {row.year} is closed at number {row.last}: no number is given any more.",
        )
    heirs = ", ".join(ending.successors)
    raise BadInput(
        f"Dãy số {row.symbol} năm {row.year} đã khóa ở số {row.last} khi tổ kết thúc ngày {ending.last_day:%d/%m/%Y}:"
        f" văn bản mới lấy số của {heirs}.",
        f"The series {row.symbol} of {row.year} closed at number {row.last} when the group ended on"
        f" {ending.last_day.isoformat()}: new papers take numbers of {heirs}.",
    )


def holes(group_id: int, symbol: str, year: int) -> list[Hole]:
    """Return the numbers of a series that no paper carries: none, unless data was damaged.

    A paper that was recalled, replaced or voided keeps its number. Where the ledger tells which paper a missing number
    was given to, the hole names it and the entry that says so.
    """
    numbers = models.Series.objects.filter(group_id=group_id, symbol=symbol, year=year).first()
    if numbers is None:
        return []
    carried = models.Paper.objects.filter(group_id=group_id, symbol=symbol, year=year, number__isnull=False)
    missing = set(range(1, numbers.last + 1)) - set(carried.values_list("number", flat=True))
    scope = offices.group_by_id(group_id).slug
    return [_explained(scope, symbol, year, number) for number in sorted(missing)]


def _explained(scope: str, symbol: str, year: int, number: int) -> Hole:
    for told in ledger.noted(scope, "paper", {"number": number, "symbol": symbol}):
        if told.permitted_at.year == year:
            return Hole(number=number, paper_id=told.object_id, entry=told.entry)
    return Hole(number=number)
