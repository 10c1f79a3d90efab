"""How numbers, dates and time limits are written on a page (4.812 · 92,0 % · 10/11/2026 · trước 0 giờ 12/11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from dean06.clock import service as clock
from dean06.clock.service import TZ
from dean06.web.language import current_language, words

NOT_KNOWN = "–"
NBSP = "\u00a0"
WEEKDAYS = (
    ("Thứ Hai", "Monday"),
    ("Thứ Ba", "Tuesday"),
    ("Thứ Tư", "Wednesday"),
    ("Thứ Năm", "Thursday"),
    ("Thứ Sáu", "Friday"),
    ("Thứ Bảy", "Saturday"),
    ("Chủ Nhật", "Sunday"),
)

Number = int | float | Decimal


def number(value: Number | None, places: int = 0) -> str:
    """Write a number with dots between thousands and a comma before decimals; in English the other way round."""
    if value is None:
        return NOT_KNOWN
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,.{places}f}".replace("-", "\u2212")
    return text if current_language() == "en" else text.translate(str.maketrans(",.", ".,"))


def percent(ratio: Number | None, places: int = 1) -> str:
    """Write a ratio of 0 to 1 as a percentage; less than everything is never rounded up to 100."""
    if ratio is None:
        return NOT_KNOWN
    exact = Decimal(str(ratio)) * 100
    step = Decimal(1).scaleb(-places)
    if exact < 100:
        exact = min(exact, 100 - step)
    return f"{number(exact, places)}{NBSP}%"


def day(value: date | datetime | str | None) -> str:
    """Write a day as dd/mm/yyyy; a register's `yyyy-mm` or `yyyy` keeps what it knows."""
    match value:
        case None | "":
            return NOT_KNOWN
        case str():
            return clock.as_read(value)
        case datetime():
            return f"{_local(value):%d/%m/%Y}"
        case _:
            return f"{value:%d/%m/%Y}"


def month(value: str) -> str:
    """Write a month kept as 2022-09 as 09/2022."""
    return clock.as_read(value)


def period(value: str) -> str:
    """Write a period of a duty: a month as 09/2022; an event by its name."""
    return month(value) if value[:4].isdigit() else value


def hour(value: datetime | time | None) -> str:
    """Write a time of day as 07:30, in Vietnam's time."""
    if value is None:
        return NOT_KNOWN
    return f"{_local(value):%H:%M}" if isinstance(value, datetime) else f"{value:%H:%M}"


def instant(value: datetime | None) -> str:
    """Write an instant as 10/11/2026 07:30."""
    return NOT_KNOWN if value is None else f"{day(value)} {hour(value)}"


def weekday(value: date) -> str:
    """Write a day with its name: Thứ Ba, 10/11/2026."""
    return f"{words(*WEEKDAYS[value.weekday()])}, {day(value)}"


def _local(value: datetime) -> datetime:
    return value if value.tzinfo is None else value.astimezone(TZ)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """A time limit as a reader sees it: how long is left, and the bound as the law writes it."""

    days: int
    tone: str
    sign: str
    word: str
    bound: str


def time_left(due: date | datetime, today: date) -> TimeLeft:
    """Say how many days are left.

    A `datetime` is an exclusive bound: "trước ngày 12" is the 12th, 00:00, so the 11th is the last day. A `date` is a
    day that still counts.
    """
    if isinstance(due, datetime):
        bound = _local(due)
        last = (bound - timedelta(microseconds=1)).date()
        limit = _before(bound, today)
    else:
        last = due
        limit = day(due)
    days = (last - today).days
    tone, sign = _urgency(days)
    return TimeLeft(days=days, tone=tone, sign=sign, word=_left(days), bound=limit)


def _before(bound: datetime, today: date) -> str:
    written = f"{bound:%d/%m}" if bound.year == today.year else f"{bound:%d/%m/%Y}"
    at = str(bound.hour) if bound.minute == 0 else f"{bound:%H:%M}"
    return words(
        f"trước {at} giờ {written}" if bound.minute == 0 else f"trước {at} ngày {written}",
        f"before {bound:%H:%M} on {written}",
    )


def _urgency(days: int) -> tuple[str, str]:
    if days < 0:
        return "bad", "warn"
    if days <= 2:
        return "warn", "clock"
    return ("info", "clock") if days <= 5 else ("mute", "dots")


def _left(days: int) -> str:
    plural = "" if abs(days) == 1 else "s"
    if days < 0:
        return words(f"Quá hạn {-days} ngày", f"{-days} day{plural} late")
    if days == 0:
        return words("Hạn hôm nay", "Due today")
    return words(f"Còn {days} ngày", f"{days} day{plural} left")
