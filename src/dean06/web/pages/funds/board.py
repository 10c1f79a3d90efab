"""Kinh phí: what is allotted, reserved, spent and left of a year's money, by source and line, and who manages it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import funding
from dean06.funds.service import closings, sources, spending
from dean06.funds.types import Filters, SourceInfo, SourceKind, State
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite
from dean06.web.pages.funds.money import (
    given_paper,
    given_sum,
    rows_given,
    rows_shown,
    sum_words,
    year_asked,
    years_offered,
)
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.charts import Tally, TallyLine
from dean06.web.parts.page import Action, Empty, Figure, Figures, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

KINDS = {
    SourceKind.BUDGET: ("Ngân sách nhà nước", "State budget"),
    SourceKind.OTHER: ("Nguồn hợp pháp khác", "Other lawful source"),
    SourceKind.CARRIED: ("Chuyển nguồn", "Carried over"),
}
ENTERED = (SourceKind.BUDGET, SourceKind.OTHER)
LINE = ("khoan", "so_tien")
MILLION = 1_000_000

__all__ = ["allot", "board", "enter", "set_manager"]


def _figures(found: tuple[SourceInfo, ...]) -> Figures:
    named = (
        ("allotted", words("được cấp", "allotted"), ""),
        ("reserved", words("đã duyệt, chưa chi", "approved, not paid"), ""),
        ("spent", words("đã chi", "spent"), ""),
        ("available", words("còn lại", "left"), "ok"),
    )
    return Figures(
        items=tuple(
            Figure(value=sum_words(sum(one.sum_of(name) for one in found)), label=label, tone=tone)
            for name, label, tone in named
        ),
        small=True,
    )


def _chart(found: tuple[SourceInfo, ...]) -> Tally:
    def of(name: str) -> int:
        return sum(one.sum_of(name) for one in found) // MILLION

    return Tally(
        items=(
            TallyLine(label=words("Đã chi", "Spent"), count=of("spent"), tone="ok"),
            TallyLine(label=words("Đã duyệt, chưa chi", "Approved"), count=of("reserved"), tone="warn"),
            TallyLine(label=words("Còn lại", "Left"), count=of("available"), tone="info"),
        ),
        whole=of("allotted"),
    )


def _cells(reader: Reader, source: SourceInfo) -> list[Row]:
    rows = []
    journal = reader.url("funds-journal")
    for line in source.lines:
        used = line.spent + line.reserved
        said = words(
            f"đã dùng {writing.number(used)} trên {writing.number(line.allotted)}",
            f"{writing.number(used)} of {writing.number(line.allotted)} used",
        )
        rows.append(
            Row(
                cells=(
                    format_html(
                        '<a href="{}?nam={}&khoan={}">{}</a> {}',
                        journal,
                        source.year,
                        line.id,
                        line.name,
                        marks.bar(used, line.allotted, "info", label=said),
                    ),
                    f"{source.name}: {source.paper.label}, {writing.day(source.paper.dated)}",
                    writing.number(line.allotted),
                    writing.number(line.reserved),
                    writing.number(line.spent),
                    writing.number(line.available),
                ),
                id=f"khoan-{line.id}",
            )
        )
    return rows


def _table(reader: Reader, found: tuple[SourceInfo, ...]) -> Table:
    def total(name: str) -> str:
        return writing.number(sum(one.sum_of(name) for one in found))

    sums = tuple(total(name) for name in ("allotted", "reserved", "spent", "available"))
    return Table(
        caption=words("Kinh phí theo nguồn và khoản, đồng", "Money by source and line, in đồng"),
        show_caption=True,
        columns=(
            Column(label=words("Khoản", "Line"), pin=True),
            Column(label=words("Nguồn, văn bản cấp", "Source, paper")),
            Column(label=words("Được cấp", "Allotted"), kind="num"),
            Column(label=words("Đã duyệt, chưa chi", "Approved"), kind="num"),
            Column(label=words("Đã chi", "Spent"), kind="num"),
            Column(label=words("Còn lại", "Left"), kind="num"),
        ),
        rows=tuple(row for source in found for row in _cells(reader, source)),
        total=Row(cells=(words("Cộng", "Total"), "", *sums)),
    )


def manager_notice(reader: Reader) -> Notice:
    """Say who manages the funds and by what: a clause, a local rule, or nobody yet (gap G-07)."""
    named = funding.manager(reader.group)
    if named.citation is not None:
        text = words(f"{reader.agency(named.agency)} quản lý kinh phí.", f"{reader.agency(named.agency)} manages.")
        return Notice(text=format_html("{} {}", text, cite(reader, named.citation)), tone="law", sign="law")
    if named.rule is not None:
        label = words(
            f"quy ước số {named.rule.number}, {writing.day(named.rule.adopted_on)}",
            f"local rule no. {named.rule.number}, {writing.day(named.rule.adopted_on)}",
        )
        text = words(
            f"Quy chế không nêu ai quản lý kinh phí (G-07); tổ giao {reader.agency(named.agency)}.",
            f"The charter names no manager (G-07); the group gave it to {reader.agency(named.agency)}.",
        )
        return Notice(text=format_html("{} {}", text, marks.clause(label, kind="local")), tone="law", sign="law")
    return Notice(
        text=words(
            "Quy chế không nêu ai quản lý kinh phí (G-07): Tổ trưởng đặt quy ước; chưa đặt thì mỗi lần ghi nêu lý do.",
            "The charter names no manager (G-07): the leader sets a rule; until then each entry wants a reason.",
        ),
        tone="warn",
        sign="law",
    )


def _head(request: HttpRequest, reader: Reader, year: int) -> PageHead:
    return PageHead(
        title=words("Kinh phí", "Funds"),
        meta=(words(f"năm {year}", str(year)),),
        actions=(
            Action(
                label=words("Đề nghị chi", "Ask for money"),
                href=reader.url("funds-request-new"),
                kind="primary",
                sign="pen",
            ),
            *sheet.offers(request),
        ),
    )


def _workbook(reader: Reader, found: tuple[SourceInfo, ...], year: int) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Kinh phí năm {year}, {reader.group.name}", f"Funds of {year}, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}; đơn vị: đồng", f"{reader.today}; in đồng"),),
        header=(
            words("Nguồn", "Source"),
            words("Loại", "Kind"),
            words("Khoản", "Line"),
            words("Cơ quan cấp", "Allotted by"),
            words("Văn bản cấp", "Paper"),
            words("Ngày", "Day"),
            words("Được cấp", "Allotted"),
            words("Đã duyệt, chưa chi", "Approved"),
            words("Đã chi", "Spent"),
            words("Còn lại", "Left"),
        ),
        rows=(
            (
                one.name,
                words(*KINDS[one.kind]),
                line.name,
                one.allotted_by,
                one.paper.label,
                one.paper.dated,
                line.allotted,
                line.reserved,
                line.spent,
                line.available,
            )
            for one in found
            for line in one.lines
        ),
    )


@group_page
def board(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show a year's money by source and line."""
    return _page(request, reader)


def _page(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    year = year_asked(request, reader)
    found = sources.sources(reader.viewer, reader.group.id, year)
    if sheet.asked(request):
        return sheet.answer(request, _workbook(reader, found, year), f"kinh-phi-{year}-{reader.group.slug}")
    named = funding.manager(reader.group)
    wanted = Filters(states=frozenset({State.REQUESTED}))
    _, waiting = spending.requests(reader.viewer, reader.group.id, wanted, size=0)
    closed = [one for one in closings.closings(reader.viewer, reader.group.id) if one.year == year]
    leads = any(seat.role == "leader" for seat in reader.seats)
    shown = {
        "head": _head(request, reader, year),
        "year": year,
        "years": years_offered(reader, year),
        "notice": manager_notice(reader),
        "found": found,
        "figures": _figures(found),
        "chart": _chart(found),
        "table": _table(reader, found),
        "waiting": waiting,
        "closed": closed[0] if closed else None,
        "manages": not reader.ending and (funding.sits_for_manager(reader.account, reader.group) or not named.agency),
        "names_manager": leads and named.citation is None and not reader.ending,
        "manager": named.agency,
        "kinds": [(kind.value, words(*KINDS[kind])) for kind in ENTERED],
        "rows": rows_shown(rows_given(request.POST, LINE), LINE),
        "typed": request.POST,
        "today": writing.day(reader.today),
        "slips": slips,
        "empty": Empty(
            title=words(f"Năm {year} chưa ghi nguồn kinh phí nào", f"No source of money in {year}"),
            text=words(
                "Cơ quan quản lý kinh phí ghi nguồn theo quyết định giao dự toán hoặc văn bản cấp.",
                "The agency that manages the funds enters a source by the paper that allots it.",
            ),
        ),
    }
    return render(request, "dean06/pages/funds/board.html", shown, status=UNUSABLE if slips else 200)


@require_POST
@group_page
def enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter a source with its lines."""
    try:
        made = funding.enter(
            reader.account, reader.group, _entered(request, reader), reason=request.POST.get("ly_do") or None
        )
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "ten"))
    messages.success(request, words(f"Đã ghi nguồn «{made.name}».", f"The source “{made.name}” is entered."))
    return HttpResponseRedirect(f"{reader.url('funds')}?nam={made.year}")


def _entered(request: HttpRequest, reader: Reader) -> funding.Entered:
    post = request.POST
    lines = rows_given(post, LINE)
    given = post.get("nam", "")
    return funding.Entered(
        year=int(given) if given.isdecimal() and len(given) == 4 else reader.today.year,
        kind=SourceKind.OTHER if post.get("loai") == SourceKind.OTHER.value else SourceKind.BUDGET,
        name=" ".join(post.get("ten", "").split())[:200],
        allotted_by=" ".join(post.get("cap_boi", "").split())[:200],
        paper=given_paper(post),
        lines=tuple((one["khoan"][:200], given_sum(one["so_tien"], one["khoan"], "so_tien")) for one in lines),
    )


@require_POST
@group_page
def allot(request: HttpRequest, reader: Reader, source_id: int) -> HttpResponse:
    """Enter a further allotment to a line, or money that the authority takes back."""
    sources.for_flow(reader.group.id, source_id)
    post = request.POST
    amount = given_sum(post.get("so_tien", ""), words("Số tiền", "The sum"))
    if post.get("chieu") == "giam":
        amount = -amount
    line = " ".join(post.get("khoan", "").split())[:200]
    made = funding.allot(
        reader.account,
        reader.group,
        source_id,
        line,
        amount,
        given_paper(post),
        reason=post.get("ly_do") or None,
    )
    messages.success(request, words("Đã ghi vào sổ kinh phí.", "It is entered in the journal."))
    return HttpResponseRedirect(f"{reader.url('funds')}?nam={made.year}")


@require_POST
@group_page
def set_manager(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set the local rule that names the managing agency (gap G-07)."""
    rule = funding.set_manager(reader.account, reader.group, request.POST.get("co_quan", ""))
    messages.success(request, words(f"Đã đặt quy ước số {rule.number}.", f"Local rule no. {rule.number} is set."))
    return HttpResponseRedirect(reader.url("funds"))
