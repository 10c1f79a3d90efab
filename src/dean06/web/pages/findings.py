"""Sai lệch: what waits to be ordered, what is ordered, and where the faults are; handing one cause to its agency."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.types import CauseGroup, Filters, FindingInfo, OrderInfo, Page, Status
from dean06.flows import ordering
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.places import service as places
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import bar, chip, clause
from dean06.web.pages.clauses import address_of, label_of
from dean06.web.parts.page import Empty, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
STATES = {
    Status.OPEN: ("warn", "clock", "Chưa sửa", "Open"),
    Status.REOPENED: ("bad", "warn", "Xuất hiện lại", "Came back"),
    Status.PROVED: ("ok", "ok", "Đã chứng minh", "Proved"),
    Status.WITHDRAWN: ("mute", "none", "Bỏ theo quy tắc", "Withdrawn"),
}
SEVERITY = {1: ("bad", "Nặng", "Grave"), 2: ("warn", "Vừa", "Medium"), 3: ("mute", "Nhẹ", "Light")}

__all__ = ["findings", "order"]


def _title(source: str) -> str:
    title = contracts.contract(source).title
    return words(title.vi, title.en)


def _cause(code: str) -> str:
    cause = corrections.causes()[code]
    return words(cause.vi, cause.en)


def _severity(level: int) -> str:
    tone, vi, en = SEVERITY[level]
    return chip(tone, words(vi, en), with_sign="dots")


def _waiting(reader: Reader, groups: list[CauseGroup]) -> list[dict[str, object]]:
    return [
        {
            "title": _cause(one.cause),
            "source": _title(one.source),
            "count": one.count,
            "severity": _severity(one.severity),
            "href": reader.url("findings-order"),
            "source_code": one.source,
            "cause": one.cause,
            "due": ordering.due_for(reader.group, one.severity),
        }
        for one in groups
    ]


def _orders(reader: Reader, found: list[OrderInfo]) -> Table:
    names = offices.agencies(reader.group.id)
    rows = []
    for one in found:
        share = format_html(
            "{} {}",
            bar(one.proved, one.total, "ok" if one.proved == one.total else "info"),
            f"{one.proved}/{one.total}",
        )
        href = reader.url("tasks-one", one.task_id) if one.task_id else ""
        rows.append(
            Row(
                cells=(
                    format_html('<a href="{}">{}</a>', href, one.ref) if href else one.ref,
                    _title(one.source),
                    _cause(one.cause),
                    names.get(one.agency, one.agency),
                    clause(label_of(one), address_of(reader, one), kind="reading" if one.reading else ""),
                    writing.day(one.due),
                    share,
                )
            )
        )
    return Table(
        caption=words("Đơn sửa đã giao", "Orders"),
        show_caption=True,
        columns=(
            Column(label=words("Đơn", "Order"), nowrap=True),
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Nguyên nhân", "Cause")),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
            Column(label=words("Hạn", "Last day"), nowrap=True),
            Column(label=words("Đã chứng minh", "Proved"), nowrap=True),
        ),
        rows=tuple(rows),
    )


def _finding_row(reader: Reader, one: FindingInfo) -> Row:
    unit = places.unit(one.commune, clock.today(reader.group)) if one.commune else None
    tone, sign, vi, en = STATES[one.status]
    run = int(one.last_run.removeprefix("L"))
    href = f"{reader.url('runs-one', run)}?{urlencode({'q': one.dong})}"
    return Row(
        cells=(
            _title(one.source),
            _cause(one.cause),
            _severity(one.severity),
            unit.name if unit else "",
            one.sheet,
            format_html('<a href="{}">{}</a>', href, one.dong),
            one.last_run,
            chip(tone, words(vi, en), with_sign=sign),
        )
    )


def _facets(filters: Filters, sources_: list[str], counts: dict[str, int]) -> Facets:
    return Facets(
        label=words("Lọc theo nguồn", "Filter by source"),
        items=tuple(
            Facet(
                label=_title(code) if code else words("Tất cả", "All"),
                count=writing.number(counts[code]),
                href=f"?{urlencode({'nguon': code})}" if code else "?",
                current=filters.source == code,
            )
            for code in ["", *sources_]
        ),
    )


@group_page
def findings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show causes waiting, orders, and the faults the reader may see; no value of a person stands here."""
    see_all = overseers(adoption.charter_of(reader.group.charter_line))
    standing = sources.assignments(reader.group.id)
    agencies = reader.viewer.agencies_in(reader.group.id)
    own = frozenset(source for source, one in standing.items() if one.agency in agencies)
    source = request.GET.get("nguon", "")
    number = int(request.GET.get("trang", "1")) if request.GET.get("trang", "1").isdigit() else 1
    open_ones = frozenset({Status.OPEN, Status.REOPENED})

    def page(filters: Filters, *, at: int = 1, size: int = SIZE) -> Page:
        return corrections.findings(
            reader.viewer, reader.group.id, filters, see_all=see_all, own_sources=own, number=at, size=size
        )

    filters = Filters(source=source, statuses=open_ones)
    found = page(filters, at=number)
    counts = {code: page(Filters(source=code, statuses=open_ones), size=1).total for code in ["", *standing]}
    waiting = corrections.waiting(reader.viewer, reader.group.id, see_all=see_all)
    shown = {
        "head": PageHead(
            title=words("Sai lệch", "Discrepancies"),
            meta=(words(f"{writing.number(found.total)} sai lệch chưa sửa", f"{writing.number(found.total)} open"),),
        ),
        "waiting": _waiting(reader, waiting),
        "orders": _orders(reader, corrections.orders(reader.viewer, reader.group.id, source=source, see_all=see_all)),
        "facets": _facets(filters, list(standing), counts),
        "table": Table(
            caption=words("Sai lệch chưa sửa", "Open discrepancies"),
            show_caption=True,
            columns=(
                Column(label=words("Nguồn", "Source")),
                Column(label=words("Nguyên nhân", "Cause")),
                Column(label=words("Mức", "Severity"), nowrap=True),
                Column(label=words("Xã", "Commune")),
                Column(label=words("Trang tính", "Sheet")),
                Column(label=words("Dòng", "Row"), kind="num"),
                Column(label=words("Lượt", "Run"), nowrap=True),
                Column(label=words("Tình trạng", "State"), nowrap=True),
            ),
            rows=tuple(_finding_row(reader, one) for one in found.items),
            pager=Pager(
                text=words(f"{writing.number(found.total)} sai lệch", f"{writing.number(found.total)} in all"),
                page=number,
                pages=max(1, -(-found.total // SIZE)),
                query=urlencode({"nguon": source}) if source else "",
            ),
        ),
        "total": found.total,
        "empty": Empty(
            title=words("Không có sai lệch nào chưa sửa", "Nothing is open"),
            text=words("Sai lệch hiện ra sau mỗi lượt đối soát.", "Discrepancies appear after each run."),
        ),
    }
    return render(request, "dean06/pages/findings.html", shown)


@require_POST
@group_page
def order(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Hand the open faults of one cause to the agency answerable; the charter says who may."""
    source, cause = request.POST.get("nguon", ""), request.POST.get("nguyen_nhan", "")
    reason = request.POST.get("ly_do") or None
    made = ordering.order_by_hand(reader.account, reader.group, source, cause, reason=reason)
    messages.success(request, words(f"Đã giao {made.ref}: {made.count} dòng.", f"{made.ref} set: {made.count} rows."))
    return HttpResponseRedirect(reader.url("tasks-one", made.task_id) if made.task_id else reader.url("findings"))
