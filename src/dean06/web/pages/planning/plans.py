"""Kế hoạch: the programmes and plans of a year with how far each is, and the beginning of another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.clock.errors import BadInput
from dean06.flows import planning
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.refusals import reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import plans as work
from dean06.work.types import NewPlan, PlanInfo, PlanKind, PlanState

KINDS = {
    PlanKind.PROGRAMME: ("Chương trình công tác năm", "Yearly programme"),
    PlanKind.PLAN: ("Kế hoạch năm", "Yearly plan"),
    PlanKind.INSPECTION: ("Kế hoạch kiểm tra", "Inspection plan"),
    PlanKind.SUBPLAN: ("Kế hoạch chi tiết của ngành", "An agency's detailed plan"),
}
STATES = {
    PlanState.DRAFT: ("mute", "pen", "Đang soạn", "Draft"),
    PlanState.SUBMITTED: ("warn", "clock", "Chờ duyệt", "To approve"),
    PlanState.APPROVED: ("info", "ok", "Đã duyệt", "Approved"),
    PlanState.ISSUED: ("ok", "ok2", "Đã ban hành", "Issued"),
    PlanState.FILED: ("ok", "ok", "Đã nộp", "Filed"),
    PlanState.DROPPED: ("mute", "no", "Đã bỏ", "Dropped"),
}

__all__ = ["KINDS", "plans", "progress", "state_chip"]


def state_chip(plan: PlanInfo, *, issued: bool) -> SafeString:
    """Return where a plan stands, as a chip."""
    tone, sign, vi, en = STATES[PlanState.ISSUED if issued and plan.state is PlanState.APPROVED else plan.state]
    return chip(tone, words(vi, en), with_sign=sign)


def progress(plan: PlanInfo) -> SafeString:
    """Return how far a plan is: a bar, and the count of its lines, tasks and what is done."""
    said = words(
        f"{plan.share} %: {plan.done} trên {plan.lines} dòng xong, {plan.tasks} đã giao",
        f"{plan.share} %: {plan.done} of {plan.lines} lines done, {plan.tasks} given",
    )
    return format_html('{}<small class="cell-note">{}</small>', bar(plan.share, 100), said)


@group_page
def plans(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the plans of a year, and begin another."""
    if request.method != "POST":
        return _page(request, reader, {}, ())
    try:
        made = planning.begin(reader.account, reader.group, _new(request, reader), reason=reason_of(request))
    except BadInput as problem:
        return _page(request, reader, {name: request.POST.get(name, "") for name in request.POST}, slips_of(problem))
    messages.success(request, words("Đã lập kế hoạch: thêm dòng.", "The plan is begun: add its lines."))
    return HttpResponseRedirect(reader.url("tasks-plan", made.id))


def _new(request: HttpRequest, reader: Reader) -> NewPlan:
    post = request.POST
    kind, year = post.get("loai", ""), post.get("nam", "")
    if kind not in {one.value for one in PlanKind}:
        raise Misfilled("loai", "Chọn loại kế hoạch.", "Choose the kind of plan.")
    if not year.isdecimal() or not 2000 <= int(year) <= 2100:
        raise Misfilled("nam", "Năm viết 4 chữ số.", "Write the year in 4 digits.")
    title = " ".join(post.get("ten", "").split())
    if not title:
        raise Misfilled("ten", "Đặt tên kế hoạch.", "Give the plan a title.")
    agency = post.get("co_quan", "") or (reader.own_agencies[0] if reader.own_agencies else "")
    return NewPlan(
        kind=PlanKind(kind),
        year=int(year),
        title=title,
        agency=agency if kind == PlanKind.SUBPLAN.value else "",
        higher=" ".join(post.get("cap_tren", "").split()),
    )


def _year(request: HttpRequest, reader: Reader) -> int:
    given = request.GET.get("nam", "")
    return int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else reader.today.year


def _page(request: HttpRequest, reader: Reader, typed: dict[str, str], slips: tuple[Slip, ...]) -> HttpResponse:
    year = _year(request, reader)
    known = work.plans(reader.viewer, reader.group.id, see_all=reader.see_all)
    listed = [one for one in known if one.year == year]
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, listed, year), f"ke-hoach-{reader.group.slug}-{year}")
    typed.setdefault("nam", str(year))
    typed.setdefault("loai", PlanKind.PLAN.value if reader.oversees else PlanKind.SUBPLAN.value)
    count = words(f"{len(listed)} kế hoạch năm {year}", f"{len(listed)} plans of {year}")
    shown = {
        "head": PageHead(
            title=words("Chương trình, kế hoạch", "Programmes and plans"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(count,),
            actions=sheet.offers(request),
        ),
        "facets": _years(known, year, reader.today.year),
        "slips": slips,
        "typed": typed,
        "kinds": [(one.value, words(*said)) for one, said in KINDS.items()],
        "agencies": sorted(reader.agencies.items(), key=lambda one: one[1]),
        "own": reader.own_agencies[0] if reader.own_agencies else "",
        "href": reader.url("tasks-plans"),
        "found": bool(listed),
        "table": _table(reader, listed, count),
    }
    return render(request, "dean06/pages/plans.html", shown, status=UNUSABLE if slips else 200)


def _years(known: list[PlanInfo], year: int, today: int) -> Facets:
    years = sorted({one.year for one in known} | {year, today}, reverse=True)
    return Facets(
        label=words("Năm", "Year"),
        items=tuple(
            Facet(
                label=str(one),
                count=str(sum(plan.year == one for plan in known)),
                href=f"?nam={one}",
                current=one == year,
            )
            for one in years
        ),
    )


def _table(reader: Reader, listed: list[PlanInfo], count: str) -> Table:
    return Table(
        caption=count,
        columns=(
            Column(label=words("Kế hoạch", "Plan"), kind="text"),
            Column(label=words("Loại", "Kind")),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Tiến độ", "Progress")),
        ),
        rows=tuple(_row(reader, one) for one in listed),
    )


def _row(reader: Reader, plan: PlanInfo) -> Row:
    agency = f", {reader.agency(plan.agency)}" if plan.agency else ""
    return Row(
        cells=(
            format_html('<a href="{}">{}</a>', reader.url("tasks-plan", plan.id), plan.title),
            f"{words(*KINDS[plan.kind])}{agency}",
            state_chip(plan, issued=planning.stands_issued(plan)),
            progress(plan),
        )
    )


def _sheet(reader: Reader, listed: list[PlanInfo], year: int) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Kế hoạch năm {year}, {reader.group.name}", f"Plans of {year}, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Kế hoạch", "Plan"),
            words("Loại", "Kind"),
            words("Cơ quan", "Agency"),
            words("Tình trạng", "State"),
            words("Dòng", "Lines"),
            words("Đã giao", "Given"),
            words("Xong", "Done"),
            words("Tiến độ (%)", "Progress (%)"),
        ),
        rows=(
            (
                one.title,
                words(*KINDS[one.kind]),
                reader.agency(one.agency) if one.agency else "",
                words(*STATES[one.state][2:]),
                one.lines,
                one.tasks,
                one.done,
                one.share,
            )
            for one in listed
        ),
    )
