"""Luật bị báo sai: saying that a rule is wrong, and the list of those who decide, counted by agency.

No value of a person stands on these pages: a row is named by run, sheet and row, and opens for a stated purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.flows import disputing
from dean06.reconcile.service import contradictions, runs
from dean06.sources import service as sources
from dean06.sources.types import DisputeInfo, Example
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.data.dispute import ACTS, place, state_chip
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import compared_title, rule_title, source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE, OFFERED = 25, 20
__all__ = ["dispute", "disputes"]


def _rule(reader: Reader, told: DisputeInfo) -> str:
    return format_html(
        '{}<small class="cell-note">{}</small>',
        rule_title(told.source, told.rule, reader.contracts),
        compared_title(told.source, told.field, reader.contracts),
    )


# ------------------------------------------------------------ saying so


def _pair(reader: Reader, source: str, text: str) -> tuple[str, str]:
    """Return the rule and field that an address names, of those the source has."""
    rule, _, field = text.partition(".")
    if reader.contracts.find(source) is None or (rule, field) not in disputing.rules_of(reader.group, source):
        raise Http404
    return rule, field


@group_page
def dispute(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Say that a rule of a source is wrong, with a reason and rows that show it."""
    pair = _pair(reader, source, request.GET.get("luat", ""))
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            made = _said(request, reader, source, pair)
        except BadInput as problem:
            slips = slips_of(problem, "bs-ly_do")
        else:
            messages.success(request, words(f"Đã ghi lời báo {made.label}.", f"{made.label} is recorded."))
            return HttpResponseRedirect(reader.url("disputes-one", made.id))
    answer = disputing.may_dispute(reader.viewer, reader.group, source)
    main: tuple[Part, ...] = (question(reader, answer),)
    if answer.allowed and not reader.ending:
        main = (_form(request, reader, source, pair),)
    told = {
        "head": PageHead(
            title=words("Báo sai luật kiểm tra", "Dispute a rule"),
            crumb=Link(label=source_title(source, reader.contracts), href=reader.url("sources-one", source)),
            meta=(rule_title(source, pair[0], reader.contracts), compared_title(source, pair[1], reader.contracts)),
        ),
        "slips": slips,
        "main": main,
    }
    return render(request, "dean06/pages/panels.html", told, status=UNUSABLE if slips else 200)


def _said(request: HttpRequest, reader: Reader, source: str, pair: tuple[str, str]) -> DisputeInfo:
    offered = dict(_examples(reader, source, pair))
    chosen = [one for one in request.POST.getlist("vi_du") if one in offered]
    if offered and not chosen:
        raise Misfilled("bs-vi_du-1", "Chọn ít nhất một dòng ví dụ.", "Choose at least one row as an example.")
    examples = [Example(run=run, sheet=name, row=int(row)) for run, row, name in (one.split("|", 2) for one in chosen)]
    reason = request.POST.get("ly_do", "")
    return disputing.dispute(reader.viewer, reader.group, source, pair, reason, examples)


def _examples(reader: Reader, source: str, pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return rows of the newest list that break the rule, by place, as choices."""
    listed = sources.deliveries(reader.viewer, reader.group.id, source=source)
    last = next((one for one in listed if one.state == "read"), None)
    run = runs.latest_of_delivery(last.id) if last else None
    if last is None or run is None:
        return ()
    if pair[1] == contradictions.RECORD:
        places = corrections.places_of_rule(reader.group.id, source, pair[0], run.label)[:OFFERED]
        return tuple((f"{run.label}|{row}|{name}", place(name, row, run.label)) for name, row in places)
    found = sources.broken_rows(reader.viewer, last.id, rule=pair[0]).rows
    rows = [one for one in found if one.field == pair[1]][:OFFERED]
    return tuple((f"{run.label}|{one.row}|{one.sheet}", place(one.sheet, one.row, run.label)) for one in rows)


def _form(request: HttpRequest, reader: Reader, source: str, pair: tuple[str, str]) -> Panel:
    offered = _examples(reader, source, pair)
    fields = [
        Field(
            name="ly_do",
            label=words("Luật sai ở đâu", "What is wrong with it"),
            kind="area",
            value=request.POST.get("ly_do", ""),
            hint=words(
                "Nói về luật; không ghi tên, ngày sinh, số định danh của ai.",
                "Of the rule; no name, birth date or number of a person.",
            ),
        )
    ]
    if offered:
        label, hint = words("Dòng ví dụ", "Rows that show it"), words("Chọn tối đa 5 dòng.", "At most 5.")
        ticked = ",".join(request.POST.getlist("vi_du"))
        fields.append(Field(name="vi_du", label=label, kind="checks", hint=hint, choices=offered, value=ticked))
    form = Form(
        id="bs",
        action="",
        button=words("Gửi lời báo", "Send"),
        kind="primary",
        note=words("Luật vẫn chạy cho đến khi có quyết định tạm dừng.", "The rule works until somebody lets it rest."),
        fields=tuple(fields),
    )
    return Panel(id="bao-sai", title=words("Lời báo", "What is said"), parts=(form,))


# ------------------------------------------------------------ the list


@group_page
def disputes(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the disputes of the group's rules: those that wait, those that rest, all; counted by agency."""
    found = sources.disputes(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"luat-bi-tranh-chap-{reader.group.slug}-{reader.today}")
    waiting = [one for one in found if one.waiting]
    resting = [one for one in found if one.rests_on(reader.today)]
    view = request.GET.get("xem", "")
    chosen = {"tat-ca": found, "tam-dung": resting}.get(view, waiting)
    count = words(f"{len(chosen)} lời báo", f"{len(chosen)} disputes")
    items, pager = sliced(chosen, page_number(request), SIZE, text=count, query=f"xem={view}" if view else "")
    told = {
        "head": PageHead(
            title=words("Luật kiểm tra bị báo sai", "Disputed rules"),
            crumb=Link(label=words("Nguồn dữ liệu", "Sources"), href=reader.url("sources")),
            meta=(count,),
            actions=sheet.offers(request) if found else (),
        ),
        "facets": _facets(found, waiting, resting, view),
        "main": (_table(reader, items, count, pager) if items else _nothing(), *_by_agency(reader, found)),
    }
    return render(request, "dean06/pages/panels.html", told)


def _nothing() -> Empty:
    return Empty(
        title=words("Không có lời báo nào chờ quyết định", "No dispute waits"),
        text=words(
            "Cơ quan trả lời của nguồn mở trang nguồn dữ liệu, chọn «Báo sai» ở luật kiểm tra.",
            "The agency of a source opens its page and chooses “Dispute” at a rule.",
        ),
        sign="ok",
    )


def _facets(
    found: Sequence[DisputeInfo], waiting: Sequence[DisputeInfo], resting: Sequence[DisputeInfo], view: str
) -> Facets:
    return Facets(
        label=words("Xem", "View"),
        items=(
            Facet(label=words("Chờ quyết định", "Waiting"), count=str(len(waiting)), href="?", current=not view),
            Facet(
                label=words("Đang tạm dừng", "At rest"),
                count=str(len(resting)),
                href="?xem=tam-dung",
                current=view == "tam-dung",
            ),
            Facet(label=words("Tất cả", "All"), count=str(len(found)), href="?xem=tat-ca", current=view == "tat-ca"),
        ),
    )


def _table(reader: Reader, items: Sequence[DisputeInfo], count: str, pager: Pager) -> Table:
    return Table(
        caption=count,
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Nguồn", "Source"), kind="text"),
            Column(label=words("Luật", "Rule"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Báo ngày", "Made"), nowrap=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    format_html('<a href="{}">{}</a>', reader.url("disputes-one", one.id), one.label),
                    source_title(one.source, reader.contracts),
                    _rule(reader, one),
                    reader.agency(one.agency) if one.agency else words("bộ máy giúp việc", "the support apparatus"),
                    writing.day(one.made_at),
                    state_chip(one, reader.today),
                )
            )
            for one in items
        ),
        pager=pager if pager.pages > 1 else None,
    )


def _by_agency(reader: Reader, found: Sequence[DisputeInfo]) -> tuple[Part, ...]:
    """Count by agency: how often it disputed a rule, and how often that was borne out."""
    if not found:
        return ()
    made, held, refused = (
        Counter(one.agency for one in found if wanted(one))
        for wanted in (lambda _: True, lambda one: one.since is not None, lambda one: one.state == "refused")
    )
    title = words("Theo cơ quan", "By agency")
    table = Table(
        caption=title,
        columns=(
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Đã báo", "Disputed"), kind="num"),
            Column(label=words("Được tạm dừng", "Suspended"), kind="num"),
            Column(label=words("Bị bác", "Refused"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    reader.agency(code) if code else words("bộ máy giúp việc", "the support apparatus"),
                    *(writing.number(count[code]) for count in (made, held, refused)),
                )
            )
            for code in sorted(made)
        ),
    )
    return (Panel(id="theo-co-quan", title=title, flush=True, parts=(table,)),)


def _sheet(reader: Reader, found: Sequence[DisputeInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Luật kiểm tra bị báo sai, {reader.group.name}", f"Disputed rules, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Số", "No."),
            words("Nguồn", "Source"),
            words("Luật", "Rule"),
            words("Cột", "Field"),
            words("Cơ quan", "Agency"),
            words("Báo lúc", "Made"),
            words("Lý do", "Reason"),
            words("Quyết định", "Decision"),
            words("Từ ngày", "From"),
            words("Chạy lại ngày", "Works again on"),
        ),
        rows=(
            (
                one.label,
                source_title(one.source, reader.contracts),
                rule_title(one.source, one.rule, reader.contracts),
                compared_title(one.source, one.field, reader.contracts),
                reader.agency(one.agency) if one.agency else "",
                one.made_at,
                one.reason,
                words(*ACTS[one.acts[-1].act][1:]),
                one.since,
                one.ended_on or one.until,
            )
            for one in found
        ),
    )
