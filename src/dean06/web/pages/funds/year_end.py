"""Khóa sổ năm: what is left goes back or is carried over line by line, with its paper; the year is then closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.flows import funding
from dean06.funds.service import closings, sources, spending
from dean06.funds.types import Close, Filters, State
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.funds.money import given_paper, sum_words, year_asked
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

OPEN = frozenset({State.REQUESTED, State.APPROVED})

__all__ = ["close", "year_end"]


@group_page
def year_end(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what is left of a year, what still stands open, and the years that are closed."""
    year = year_asked(request, reader)
    found = sources.sources(reader.viewer, reader.group.id, year)
    waiting, _ = spending.requests(reader.viewer, reader.group.id, Filters(year=year, states=OPEN), size=50)
    closed = closings.closings(reader.viewer, reader.group.id)
    shown = {
        "head": PageHead(
            title=words(f"Khóa sổ năm {year}", f"Close the year {year}"),
            crumb=Link(label=words("Kinh phí", "Funds"), href=reader.url("funds")),
        ),
        "year": year,
        "years": [one for one in sorted({reader.today.year, reader.today.year - 1}) if one != year],
        "lines": [
            (line.id, line.name, one.name, sum_words(line.available))
            for one in found
            for line in one.lines
            if line.available
        ],
        "has_source": bool(found),
        "waiting": [(one.number, one.title, reader.url("funds-request", one.id)) for one in waiting],
        "is_closed": any(one.year == year for one in closed),
        "closed": [
            (
                one.year,
                f"{one.paper.label}, {writing.day(one.paper.dated)}",
                sum_words(one.returned),
                sum_words(one.carried),
            )
            for one in closed
        ],
        "today": writing.day(reader.today),
        "href": reader.url("funds-close"),
        "ending": reader.ending,
    }
    return render(request, "dean06/pages/funds/year_end.html", shown)


@require_POST
@group_page
def close(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Close a year."""
    post = request.POST
    given = post.get("nam", "")
    year = int(given) if given.isdecimal() and len(given) == 4 else reader.today.year
    carry = frozenset(int(one) for one in post.getlist("chuyen") if one.isdecimal() and len(one) < 12)
    asked = Close(year=year, paper=given_paper(post), carry=carry)
    done = funding.close(reader.account, reader.group, asked, reason=post.get("ly_do") or None)
    messages.success(
        request,
        words(
            f"Đã khóa sổ năm {done.year}: trả lại {sum_words(done.returned)}, chuyển {sum_words(done.carried)}.",
            f"{done.year} is closed: {sum_words(done.returned)} given back, {sum_words(done.carried)} carried over.",
        ),
    )
    return HttpResponseRedirect(f"{reader.url('funds-year-end')}?nam={done.year}")
