"""Ngày nghỉ, ngày làm bù: the calendar of working days, as the office enters the swaps that are ordered each year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.clock.errors import BadInput
from dean06.clock.service.working_days import holiday_names
from dean06.flows import setup
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

SATURDAY = 5

__all__ = ["days_off", "swap", "unswap"]


def _listed(year: int) -> list[Row]:
    """Return the weekdays off and the weekend days worked of a year, each with where it comes from."""
    swaps, names = adoption.swapped_days(year), holiday_names(year, current_language())
    calendar = adoption.calendar(date(year, 7, 1))
    found: list[Row] = []
    day = date(year, 1, 1)
    while day.year == year:
        weekend = day.weekday() >= SATURDAY
        if day in swaps or day in names or (not weekend and not calendar.is_working_day(day)):
            worked = calendar.is_working_day(day)
            state = (
                chip("ok", words("Làm việc", "Worked"), with_sign="ok")
                if worked
                else (chip("mute", words("Nghỉ", "Off"), with_sign="none"))
            )
            link = marks.link(words("Bỏ dòng này", "Remove"), f"?nam={year}&bo={day.isoformat()}#bo")
            cells = (writing.weekday(day), state, _source(day, swaps, names), link if day in swaps else "")
            found.append(Row(cells=cells, id=f"d-{day.isoformat()}"))
        day += timedelta(days=1)
    return found


def _source(day: date, swaps: Mapping[date, str], names: Mapping[date, str]) -> str:
    law = words("ngày lễ theo Bộ luật Lao động", "public holiday, Labour Code")
    told = [f"{names[day]}, {law}" if day in names else "", swaps.get(day, "")]
    return "; ".join(one for one in told if one) or law


@group_page
def days_off(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the days off and the swapped days of a year, and take another swap or the removal of one."""
    given = request.GET.get("nam", "")
    year = int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else reader.today.year
    wrong = next((day for day in adoption.swapped_days(year) if day.isoformat() == request.GET.get("bo")), None)
    shown = {
        "head": PageHead(
            title=words("Ngày nghỉ, ngày làm bù", "Days off, days worked instead"),
            crumb=Link(label=words("Cài đặt của tổ", "Settings"), href=reader.url("settings")),
            meta=(words(f"năm {year}", str(year)),),
        ),
        "everybody": Notice(
            text=words(
                "Lịch này dùng chung cho mọi tổ trên hệ thống: ghi hay bỏ một ngày là đổi hạn của mọi tổ.",
                "This calendar holds for every group here: an entry or a removal moves everybody's bounds.",
            ),
            tone="warn",
            sign="warn",
        ),
        "table": Table(
            caption=words("Ngày nghỉ và ngày hoán đổi", "Days off and swapped days"),
            columns=(
                Column(label=words("Ngày", "Day"), nowrap=True),
                Column(label=words("Là ngày", "It is"), nowrap=True),
                Column(label=words("Căn cứ", "Source"), kind="text"),
                Column(label=words("Sửa", "Correct"), nowrap=True),
            ),
            rows=tuple(_listed(year)),
        ),
        "years": (year - 1, year + 1),
        "swap_href": reader.url("settings-swap"),
        "unswap_href": reader.url("settings-unswap"),
        "wrong": {"day": wrong.isoformat(), "label": writing.weekday(wrong)} if wrong else None,
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


@require_POST
@group_page
def unswap(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a swapped day back, for a reason that is kept."""
    day = day_given(request.POST.get("ngay", ""), words("Ngày", "Day"))
    reason = " ".join(request.POST.get("ly_do", "").split())[:200]
    if not reason:
        raise BadInput("Ghi lý do bỏ ngày hoán đổi này.", "Give the reason for removing this swapped day.")
    setup.remove_swap(reader.account, reader.group, day, reason)
    messages.success(request, words(f"Đã bỏ ngày {writing.day(day)}.", f"{writing.day(day)} is removed."))
    return HttpResponseRedirect(f"{reader.url('settings-days')}?nam={day.year}")
