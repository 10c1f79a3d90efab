"""Number series: the last number of each, and their closing for good when their group ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers.models import Series
from dean06.papers.types import SeriesInfo


def series(group_id: int) -> list[SeriesInfo]:
    """Return the number series of a group, by symbol and year."""
    rows = Series.objects.filter(group_id=group_id).order_by("symbol", "year")
    return [SeriesInfo(symbol=row.symbol, year=row.year, last=row.last, closed_on=row.closed_on) for row in rows]


def close_series(by: Permit, group_id: int, last_day: date, expected: Iterable[SeriesInfo]) -> None:
    """Close every number series of a group at the last number that was expected, else nothing.

    A part of the hand-over, whose one entry must stand already.
    """
    ledger.require_recorded(by, offices.group_by_id(group_id).slug)
    rows = list(Series.objects.select_for_update().filter(group_id=group_id).order_by("symbol", "year"))
    if [(row.symbol, row.year, row.last) for row in rows] != [(one.symbol, one.year, one.last) for one in expected]:
        raise BadInput(
            "Một dãy số vừa cấp thêm số: mở lại trang rồi xác nhận.",
            "A series has just given another number: open the page again, then confirm.",
        )
    Series.objects.filter(group_id=group_id).update(closed_on=last_day)


def require_open(row: Series) -> None:
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
