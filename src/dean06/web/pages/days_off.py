"""Ngày nghỉ, ngày làm bù: the calendar of working days, as the office enters the swaps that are ordered each year."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.clock.errors import BadInput
from dean06.flows import setup
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

SATURDAY = 5

__all__ = ["days_off", "swap"]


def _listed(year: int) -> list[tuple[date, str, str]]:
    """Return the weekdays off and the weekend days worked of a year, each with where it comes from."""
    swaps = adoption.swapped_days(year)
    calendar = adoption.calendar(date(year, 7, 1))
    found: list[tuple[date, str, str]] = []
    day = date(year, 1, 1)
    while day.year == year:
        weekend = day.weekday() >= SATURDAY
        if day in swaps or (not weekend and not calendar.is_working_day(day)):
            worked = calendar.is_working_day(day)
            state = (
                chip("ok", words("Làm việc", "Worked"), with_sign="ok")
                if worked
                else (chip("mute", words("Nghỉ", "Off"), with_sign="none"))
            )
            source = swaps.get(day) or words("ngày lễ theo Bộ luật Lao động", "public holiday, Labour Code")
            found.append((day, state, source))
        day += timedelta(days=1)
    return found


@group_page
def days_off(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the days off and the swapped days of a year, and take another swap."""
    given = request.GET.get("nam", "")
    year = int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else reader.today.year
    shown = {
        "head": PageHead(
            title=words("Ngày nghỉ, ngày làm bù", "Days off, days worked instead"),
            crumb=Link(label=words("Cài đặt của tổ", "Settings"), href=reader.url("settings")),
            meta=(words(f"năm {year}", str(year)),),
        ),
        "table": Table(
            caption=words("Ngày nghỉ và ngày hoán đổi", "Days off and swapped days"),
            columns=(
                Column(label=words("Ngày", "Day"), nowrap=True),
                Column(label=words("Là ngày", "It is"), nowrap=True),
                Column(label=words("Căn cứ", "Source"), kind="text"),
            ),
            rows=tuple(Row(cells=(writing.weekday(day), state, source)) for day, state, source in _listed(year)),
        ),
        "years": (year - 1, year + 1),
        "swap_href": reader.url("settings-swap"),
    }
    return render(request, "dean06/pages/days_off.html", shown)


@require_POST
@group_page
def swap(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter a swapped day with the paper that ordered it."""
    day = day_given(request.POST.get("ngay", ""), words("Ngày", "Day"))
    source = " ".join(request.POST.get("can_cu", "").split())[:200]
    if not source:
        raise BadInput("Ghi văn bản cho hoán đổi ngày này.", "Name the paper that ordered the swap.")
    setup.swap_day(reader.account, reader.group, day, source, worked=request.POST.get("lam") == "1")
    messages.success(request, words(f"Đã ghi ngày {writing.day(day)}.", f"{writing.day(day)} is recorded."))
    return HttpResponseRedirect(f"{reader.url('settings-days')}?nam={day.year}")
