"""Which days a reader's seats give, the tabs that lead to them, and one of them as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.flows import day as journey
from dean06.sources import service as sources
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.day.agency import agency, own_sources
from dean06.web.pages.day.leading import leading
from dean06.web.pages.day.police import police
from dean06.web.parts.page import PageHead
from dean06.web.parts.tables import Facet, Facets
from dean06.web.reader import Reader

AGENCY, POLICE, LEADING = "du-lieu", "cong-an", "vuong"

__all__ = ["asked", "page", "tabs"]


def _days(reader: Reader) -> dict[str, str]:
    """Return the days that the reader's seats give, by code."""
    found = {}
    if own_sources(reader):
        found[AGENCY] = words("Dữ liệu của cơ quan", "My agency's data")
    if any(seat.role in journey.considerers() for seat in reader.seats):
        found[POLICE] = words("Công an: xác nhận, đi thực địa", "Police: to confirm, to visit")
    if reader.oversees:
        found[LEADING] = words("Điểm nghẽn của tổ", "What stands in the way")
    return found


def tabs(reader: Reader, chosen: str = "") -> Facets | None:
    """Return the way from the desk to the days of the reader's seats; None where none of them has one."""
    days = _days(reader)
    if not days:
        return None
    items = [
        Facet(label=label, count="", href=f"{reader.url('desk')}?{urlencode({'xem': code})}", current=code == chosen)
        for code, label in days.items()
    ]
    first = Facet(label=words("Việc của tôi", "My work"), count="", href=reader.url("desk"), current=not chosen)
    return Facets(label=words("Một ngày làm việc", "A day's work"), items=(first, *items))


def asked(request: HttpRequest, reader: Reader) -> str:
    """Return the day that is asked for, empty where the reader's seats do not give it."""
    given = request.GET.get("xem", "")
    return given if given in _days(reader) else ""


def page(request: HttpRequest, reader: Reader, chosen: str) -> HttpResponse:
    """Show one day on a page of its own."""
    delivered = sources.deliveries(reader.viewer, reader.group.id)
    made = {AGENCY: agency, POLICE: police, LEADING: leading}[chosen](reader, delivered)
    waiting = sum(one.count for one in made)
    shown = {
        "head": PageHead(
            title=_days(reader)[chosen],
            meta=(
                writing.weekday(reader.today),
                words(f"{writing.number(waiting)} việc, dòng đang chờ", f"{writing.number(waiting)} things wait"),
            ),
        ),
        "tabs": tabs(reader, chosen),
        "sections": made,
    }
    return render(request, "dean06/pages/day.html", shown)
