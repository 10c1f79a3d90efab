"""What people type into the forms of these pages: a paper with its date, an instant, a person for a seat."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.http import HttpRequest

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.setup import Member
from dean06.offices.types import Instrument
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.uploads import upload
from dean06.web.parts.forms import Field

HOUR = re.compile(r"\s*(\d{1,2})\s*[:hg.]\s*(\d{2})\s*")

__all__ = [
    "file_given",
    "instrument_fields",
    "instrument_given",
    "member_given",
    "moment_fields",
    "moment_given",
    "one_line",
]


def one_line(request: HttpRequest, name: str, longest: int = 200) -> str:
    """Return a typed line without the spaces around and between."""
    return " ".join(request.POST.get(name, "").split())[:longest]


def instrument_fields(today: date) -> tuple[Field, ...]:
    """Return the fields of the paper that something rests on."""
    return (
        Field(
            name="so_vb",
            label=words("Số, ký hiệu văn bản", "Number of the paper"),
            placeholder="12/QĐ-UBND",
            longest=120,
        ),
        Field(name="ngay_vb", label=words("Ngày văn bản", "Date of the paper"), kind="day", value=writing.day(today)),
    )


def instrument_given(request: HttpRequest) -> Instrument:
    """Return the paper that was named; both its number and its date are needed."""
    number = one_line(request, "so_vb", 120)
    if not number:
        raise BadInput("Ghi số, ký hiệu văn bản.", "Give the number of the paper.")
    return Instrument(
        number=number, on=day_given(request.POST.get("ngay_vb", ""), words("Ngày văn bản", "Date of the paper"))
    )


def moment_fields(now: datetime) -> tuple[Field, ...]:
    """Return the fields of a span to the minute."""
    from_, to = words("Từ ngày", "From"), words("Đến ngày", "Until")
    hour = words("Giờ", "Hour")
    return (
        Field(name="tu", label=from_, kind="day", value=writing.day(now)),
        Field(name="gio_tu", label=f"{hour}, {from_.lower()}", kind="hour", value=writing.hour(now)),
        Field(name="den", label=to, kind="day"),
        Field(name="gio_den", label=f"{hour}, {to.lower()}", kind="hour", value="17:00"),
    )


def moment_given(request: HttpRequest, day: str, hour: str, what: str) -> datetime:
    """Return an instant typed as a day and an hour of Viet Nam."""
    found = HOUR.fullmatch(request.POST.get(hour, ""))
    on = day_given(request.POST.get(day, ""), what)
    try:
        at = time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        at = None
    if at is None:
        raise BadInput(f"{what}: ghi giờ dạng 07:30.", f"{what}: write the hour as 07:30.")
    return datetime.combine(on, at, tzinfo=clock.TZ)


def member_given(request: HttpRequest) -> Member:
    """Return the person that a form puts in a seat."""
    role, _, agency = request.POST.get("vai", "").partition(":")
    return Member(
        role=role,
        agency=request.POST.get("co_quan", "") or agency or None,
        holder=one_line(request, "ho_ten"),
        since=day_given(request.POST.get("tu", ""), words("Giữ từ ngày", "Holds it since")),
        post=one_line(request, "chuc_vu", 160),
        instrument=instrument_given(request),
        mark=one_line(request, "danh_dau", 20),
    )


def file_given(request: HttpRequest, name: str) -> tuple[bytes, str]:
    """Return (bytes, name) of an uploaded file."""
    data = upload(request, name)
    file = request.FILES[name]
    return data, (file.name if not isinstance(file, list) and file.name else "tep")
