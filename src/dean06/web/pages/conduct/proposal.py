"""A proposal to commend: the results of a span beside the form, and what was filled in."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.conduct.types import Honoured, NewCommendation
from dean06.flows import commending
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.funds.money import rows_given, rows_shown
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

PARTY = ("co_quan", "ho_ten", "chuc_vu", "thanh_tich")
FORMS = ("Giấy khen", "Bằng khen", "Biểu dương")

__all__ = ["new"]


def _span(request: HttpRequest, reader: Reader) -> tuple[date, date]:
    given = request.POST if request.method == "POST" else request.GET
    since = given.get("tu", "") or writing.day(date(reader.today.year, 1, 1))
    until = given.get("den", "") or writing.day(reader.today)
    return day_given(since, words("Từ ngày", "From")), day_given(until, words("Đến ngày", "Until"))


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the results of a span and the form of a proposal, and enter what was filled in."""
    if request.method != "POST":
        return _form(request, reader)
    try:
        made = commending.propose(
            reader.account, reader.group, _proposal(request, reader), reason=request.POST.get("ly_do") or None
        )
    except BadInput as problem:
        return _form(request, reader, slips_of(problem, "ten"))
    messages.success(request, words(f"Đã lập đề nghị khen số {made.number}.", f"Proposal {made.number} is entered."))
    return HttpResponseRedirect(reader.url("commendations-one", made.id))


def _proposal(request: HttpRequest, reader: Reader) -> NewCommendation:
    post = request.POST
    since, until = _span(request, reader)
    drawn = {one.agency: one for one in commending.results(reader.group, since, until)}
    parties = []
    for place, row in enumerate(rows_given(post, PARTY), 1):
        if not row["co_quan"]:
            raise Misfilled("doi-tuong", f"Dòng {place}: chọn cơ quan.", f"Row {place}: choose the agency.")
        known = drawn.get(row["co_quan"])
        parties.append(
            Honoured(
                agency=row["co_quan"],
                name=row["ho_ten"][:120],
                post=row["chuc_vu"][:200],
                deeds=(row["thanh_tich"] or (known.deeds if known else ""))[:600],
                figures=known.figures if known else (),
            )
        )
    return NewCommendation(
        group_id=reader.group.id,
        ref="",
        title=" ".join(post.get("ten", "").split())[:300],
        form=" ".join(post.get("hinh_thuc", "").split())[:80],
        ground=" ".join(post.get("can_cu", "").split())[:400],
        since=since,
        until=until,
        honoured=tuple(parties),
        commitment="",
        again=post.get("da_biet") == "1",
    )


def _results(reader: Reader, found: tuple[Honoured, ...]) -> Table:
    return Table(
        caption=words("Kết quả của các cơ quan trong thời gian này", "What the agencies did in this span"),
        show_caption=True,
        columns=(
            Column(label=words("Cơ quan", "Agency"), pin=True),
            Column(label=words("Nhiệm vụ đúng hạn", "Tasks in time"), kind="num"),
            Column(label=words("Trễ, quá hạn", "Late"), kind="num"),
            Column(label=words("Dòng dữ liệu đã chứng minh", "Rows proved"), kind="num"),
            Column(label=words("Báo cáo đúng hạn", "Reports in time"), kind="num"),
            Column(label=words("Đếm từ", "Counted from"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    reader.agency(one.agency),
                    *(writing.number(each.value) for each in one.figures),
                    _sources(one),
                )
            )
            for one in found
        ),
    )


def _sources(one: Honoured) -> str:
    listed = list(dict.fromkeys(source for each in one.figures for source in each.sources))
    more = words(f" và {len(listed) - 4} nguồn khác", f" and {len(listed) - 4} more") if len(listed) > 4 else ""
    return ", ".join(listed[:4]) + more


def _form(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    try:
        since, until = _span(request, reader)
        found = commending.results(reader.group, since, until)
    except BadInput as problem:
        slips = slips or slips_of(problem, "tu")
        since, until, found = date(reader.today.year, 1, 1), reader.today, ()
    typed = request.POST if request.method == "POST" else request.GET
    rows = rows_given(request.POST, PARTY) if request.method == "POST" else []
    page = {
        "head": PageHead(
            title=words("Đề nghị khen thưởng", "Propose a commendation"),
            crumb=Link(label=words("Khen thưởng", "Commendations"), href=reader.url("commendations")),
        ),
        "since": writing.day(since),
        "until": writing.day(until),
        "results": _results(reader, found) if found else None,
        "agencies": reader.agencies.items(),
        "rows": rows_shown(rows, PARTY, 2),
        "forms": FORMS,
        "typed": typed,
        "slips": slips,
        "knows": any("cùng căn cứ" in one.text or "very ground" in one.text for one in slips),
    }
    return render(request, "dean06/pages/conduct/commendation_new.html", page, status=UNUSABLE if slips else 200)
