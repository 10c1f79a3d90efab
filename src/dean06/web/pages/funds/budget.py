"""Tổng hợp dự toán: the sent estimates of a year in one budget, each line with its provenance; on paper, submitted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.flows import budgeting
from dean06.funds.service import budgets, estimates, mechanisms
from dean06.funds.types import BudgetInfo, EstimateState
from dean06.web import marks, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.days import day_given
from dean06.web.pages.funds.estimates import change_words
from dean06.web.pages.funds.money import clause_marks, sum_words
from dean06.web.parts.page import Empty, Figure, Figures, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["budget", "consolidate", "draft", "propose", "submit"]


def _table(reader: Reader, found: BudgetInfo) -> Table:
    rows = []
    for one in found.lines:
        where = reader.url("funds-estimate", found.year, one.agency)
        proof = format_html('<a href="{}"><code>{} …</code></a>', where, one.estimate_sha256[:8])
        rows.append(
            Row(
                cells=(
                    reader.agency(one.agency),
                    one.content,
                    one.ground,
                    writing.number(one.quantity),
                    one.unit,
                    writing.number(one.price),
                    writing.number(one.months),
                    writing.number(one.amount),
                    proof,
                )
            )
        )
    return Table(
        caption=words(f"Dự toán tổng hợp năm {found.year}, đồng", f"Budget of {found.year}, in đồng"),
        show_caption=True,
        columns=(
            Column(label=words("Cơ quan", "Agency"), pin=True),
            Column(label=words("Nội dung chi", "Content"), kind="text"),
            Column(label=words("Căn cứ", "Ground"), kind="text"),
            Column(label=words("Số lượng", "Quantity"), kind="num"),
            Column(label=words("Đơn vị", "Unit")),
            Column(label=words("Đơn giá", "Price"), kind="num"),
            Column(label=words("Số tháng", "Months"), kind="num"),
            Column(label=words("Thành tiền", "Sum"), kind="num"),
            Column(label=words("Từ dự toán", "From estimate"), nowrap=True),
        ),
        rows=tuple(rows),
        total=Row(cells=(words("Cộng", "Total"), "", "", "", "", "", "", writing.number(found.total), "")),
    )


def _state(found: BudgetInfo) -> str:
    if found.submitted_at is not None:
        said = words(
            f"Đã trình: {found.submitted_as}, {writing.day(found.submitted_at)}",
            f"Submitted: {found.submitted_as}, {writing.day(found.submitted_at)}",
        )
        return marks.chip("ok", said, with_sign="ok")
    if found.stale:
        return marks.chip("warn", words("Có dự toán đã đổi: tổng hợp lại", "An estimate changed"), with_sign="warn")
    return marks.chip("mute", words("Chưa trình", "Not submitted"), with_sign="dots")


def _workbook(reader: Reader, found: BudgetInfo) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Dự toán tổng hợp năm {found.year}, {reader.group.name}", f"Budget of {found.year}"),
        notes=(words(f"Bản {found.version}; đơn vị: đồng", f"Version {found.version}; in đồng"),),
        header=tuple(
            words(vi, en)
            for vi, en in (
                ("Cơ quan", "Agency"),
                ("Nội dung chi", "Content"),
                ("Căn cứ", "Ground"),
                ("Số lượng", "Quantity"),
                ("Đơn vị", "Unit"),
                ("Đơn giá", "Price"),
                ("Số tháng", "Months"),
                ("Thành tiền", "Sum"),
                ("SHA-256 của dự toán", "SHA-256 of the estimate"),
            )
        ),
        rows=(
            (
                reader.agency(one.agency),
                one.content,
                one.ground,
                one.quantity,
                one.unit,
                one.price,
                one.months,
                one.amount,
                one.estimate_sha256,
            )
            for one in found.lines
        ),
    )


def _rule(reader: Reader) -> Notice:
    """Say under which clause the estimates are put together, who does it, or that the charter is silent."""
    answer = budgeting.consolidating_answer(reader.account, reader.group)
    decision = answer.decision
    cites = [cite_in(reader, decision.charter, one) for one in decision.citations[:1]]
    named = ", ".join(reader.agency(code) for code in sorted(budgeting.consolidators(reader.group)))
    text = (
        words(f"{named} tổng hợp dự toán.", f"{named} puts the estimates together.")
        if named
        else decision.sentence(current_language())
    )
    return Notice(text=format_html("{} {}", text, cites[0]) if cites else text, tone="law", sign="law")


def _may_see(reader: Reader) -> bool:
    """Say whether the reader sees every agency's lines."""
    roles = budgeting.seeing_all(reader.viewer, reader.group)
    return any(seat.role in roles for seat in reader.seats)


@group_page
def budget(request: HttpRequest, reader: Reader, year: int) -> HttpResponse:
    """Show the year's budget, who has sent an estimate and who not, and the steps to its submission."""
    if not _may_see(reader):
        raise Http404
    found = budgets.budgets(reader.viewer, reader.group.id, year)
    newest = found[0] if found else None
    if newest is not None and sheet.asked(request):
        return sheet.answer(request, _workbook(reader, newest), f"du-toan-tong-hop-{year}-{reader.group.slug}")
    listed = estimates.of_flow(reader.group.id, (year, year - 1))
    sent = [one for one in listed if one.year == year and one.state is EstimateState.SENT]
    last = sum(one.total for one in listed if one.year == year - 1)
    missing = [code for code in reader.charter.member_agencies if code not in {one.agency for one in sent}]
    total = newest.total if newest else sum(one.total for one in sent)
    shown = {
        "head": PageHead(
            title=words(f"Tổng hợp dự toán năm {year}", f"Budget of {year}"),
            crumb=Link(label=words("Dự toán", "Estimates"), href=f"{reader.url('funds-estimates')}?nam={year}"),
            meta=(_state(newest),) if newest else (),
            actions=sheet.offers(request) if newest else (),
        ),
        "rule": _rule(reader),
        "figures": _figures(year, total, last, len(sent)),
        "missing": [(reader.agency(code), reader.url("funds-estimate", year, code)) for code in missing],
        "newest": newest,
        "older": found[1:],
        "table": _table(reader, newest) if newest else None,
        "mechanisms": [
            (one, clause_marks(reader, one.clauses, one.at.date()), reader.url("papers-one", one.paper_id))
            for one in mechanisms.mechanisms(reader.viewer, reader.group.id)
        ],
        "ending": reader.ending,
        "empty": Empty(
            title=words("Chưa tổng hợp", "Not put together yet"),
            text=words(
                "Các cơ quan gửi dự toán rồi tổng hợp; mỗi dòng giữ nguồn là dự toán của cơ quan nào.",
                "Once agencies have sent their estimates they are put together; each line keeps where it comes from.",
            ),
        ),
    }
    return render(request, "dean06/pages/funds/budget.html", shown | _steps(reader, year, newest, any_sent=bool(sent)))


def _figures(year: int, total: int, last: int, sent: int) -> Figures:
    return Figures(
        items=(
            Figure(value=sum_words(total), label=words("tổng dự toán", "total")),
            Figure(value=sum_words(last), label=words(f"năm {year - 1}", str(year - 1))),
            Figure(value=change_words(total, last), label=words("so với năm trước", "beside last year")),
            Figure(value=writing.number(sent), label=words("cơ quan đã gửi", "agencies have sent")),
        ),
        small=True,
    )


def _steps(reader: Reader, year: int, newest: BudgetInfo | None, *, any_sent: bool) -> dict[str, object]:
    """Say which steps are open to the reader, and where each leads."""
    outcome = budgeting.consolidating_answer(reader.account, reader.group).decision.outcome
    acts = outcome in ("allowed", "not_regulated") and not reader.ending
    pending = newest is not None and newest.submitted_at is None
    return {
        "can_make": acts and any_sent and (newest is None or pending),
        "can_draft": acts and pending and newest is not None and newest.paper_id is None,
        "can_submit": acts and pending,
        "paper_href": reader.url("papers-one", newest.paper_id) if newest and newest.paper_id else "",
        "hrefs": {
            "make": reader.url("funds-consolidate", year),
            "draft": reader.url("funds-budget-paper", newest.id) if newest else "",
            "submit": reader.url("funds-budget-submit", newest.id) if newest else "",
            "propose": reader.url("funds-mechanism"),
        },
        "today": writing.day(reader.today),
    }


@require_POST
@group_page
def consolidate(request: HttpRequest, reader: Reader, year: int) -> HttpResponse:
    """Put the sent estimates together."""
    made = budgeting.consolidate(reader.account, reader.group, year, reason=request.POST.get("ly_do") or None)
    messages.success(request, words(f"Đã tổng hợp bản {made.version}.", f"Version {made.version} is made."))
    return HttpResponseRedirect(reader.url("funds-budget", year))


@require_POST
@group_page
def draft(_request: HttpRequest, reader: Reader, budget_id: int) -> HttpResponse:
    """Draft the submission with its annex."""
    paper = budgeting.draft_paper(reader.account, reader.group, budget_id)
    return HttpResponseRedirect(reader.url("papers-one", paper.id))


@require_POST
@group_page
def submit(request: HttpRequest, reader: Reader, budget_id: int) -> HttpResponse:
    """Record that the budget was submitted."""
    post = request.POST
    label = " ".join(post.get("so", "").split())[:80]
    on = day_given(post.get("ngay", ""), words("Ngày trình", "Day")) if label else None
    done = budgeting.submit(
        reader.account, reader.group, budget_id, label=label, on=on, reason=post.get("ly_do") or None
    )
    messages.success(request, words(f"Đã ghi: trình theo {done.submitted_as}.", f"Submitted by {done.submitted_as}."))
    return HttpResponseRedirect(reader.url("funds-budget", done.year))


@require_POST
@group_page
def propose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Propose the funding mechanism, and draft its submission."""
    post = request.POST
    made = budgeting.propose_mechanism(
        reader.account,
        reader.group,
        post.get("ten", "")[:300],
        post.get("noi_dung", "")[:4000],
        reason=post.get("ly_do") or None,
    )
    return HttpResponseRedirect(reader.url("papers-one", made.paper_id))
