"""Báo cáo của các cơ quan: who owes the report of a month, until when, under which clause, and who is still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.flows import collecting
from dean06.flows.collecting import LATE, MET, MISSED, PENDING, Board, Line
from dean06.reports.service import agency_reports
from dean06.reports.types import AgencyReportInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import clause
from dean06.web.pages.agency_reports import marks
from dean06.web.pages.clauses import cite
from dean06.web.parts.page import Action, Empty, Figure, Figures, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Sheet

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
SHOWN = 6
VIEWS = (
    ("", "Tất cả", "All"),
    (MISSED, "Thiếu", "Missing"),
    (PENDING, "Chưa đến hạn", "Not due"),
    (LATE, "Trễ", "Late"),
    (MET, "Đúng hạn", "On time"),
)

__all__ = ["MONTH", "board", "rule_chip"]


def _month(request: HttpRequest, reader: Reader) -> str:
    given = request.GET.get("thang", "")
    return given if MONTH.fullmatch(given) else f"{reader.today:%Y-%m}"


def rule_chip(reader: Reader, told: Board) -> SafeString | str:
    """Show the clause, or the group's own rule, under which the agencies report."""
    if told.citation is not None:
        return cite(reader, told.citation)
    rule = collecting.rule_of(reader.group, told.gap) if told.gap else None
    if rule is None:
        return ""
    label = words(f"Quy ước số {rule[0]} của tổ ({told.gap})", f"Local rule no. {rule[0]} ({told.gap})")
    return clause(label, reader.url("charter-gaps"), kind="local")


def _came(line: Line) -> str:
    if line.arrival is None:
        return ""
    paper = words(" (bản giấy)", " (on paper)") if line.arrival.channel == agency_reports.PAPER else ""
    return f"{writing.instant(line.arrival.at)}{paper}"


def _row(reader: Reader, month: str, line: Line, report: AgencyReportInfo | None) -> Row:
    href = reader.url("agency-reports-one", month, line.agency)
    state = report.state if report else ("sent" if line.arrival else "")
    return Row(
        cells=(
            format_html('<a href="{}">{}</a>', href, line.name),
            marks.stands(line.status),
            marks.state(state),
            _came(line),
            str(report.version) if report and report.version else "",
        )
    )


def _table(reader: Reader, told: Board, lines: list[Line], known: Mapping[str, AgencyReportInfo]) -> Table:
    return Table(
        caption=words("Báo cáo của các cơ quan", "The agencies' reports"),
        columns=(
            Column(label=words("Cơ quan", "Agency"), kind="text"),
            Column(label=words("So với hạn", "Against the bound"), nowrap=True),
            Column(label=words("Báo cáo", "Report"), nowrap=True),
            Column(label=words("Đến lúc", "Came at"), nowrap=True),
            Column(label=words("Lần gửi", "Sending"), kind="num"),
        ),
        rows=tuple(_row(reader, told.month, line, known.get(line.agency)) for line in lines),
    )


def _as_sheet(reader: Reader, told: Board, lines: list[Line], known: Mapping[str, AgencyReportInfo]) -> Sheet:
    month = writing.month(told.month)
    return Sheet(
        title=words(f"Báo cáo tháng {month} của các cơ quan", f"The agencies' reports of {month}"),
        notes=(reader.group.name, words(f"Lúc {writing.instant(reader.now)}", f"As of {writing.instant(reader.now)}")),
        header=(
            words("Cơ quan", "Agency"),
            words("So với hạn", "Against the bound"),
            words("Hạn", "Bound"),
            words("Báo cáo", "Report"),
            words("Đến lúc", "Came at"),
            words("Lần gửi", "Sending"),
            "SHA-256",
        ),
        rows=(
            (
                line.name,
                words(*marks.STANDS.get(line.status, marks.STANDS[""])[2:]),
                line.bound,
                marks.state_words(known[line.agency].state if line.agency in known else ""),
                line.arrival.at if line.arrival else None,
                line.arrival.version if line.arrival else None,
                line.arrival.digest if line.arrival else "",
            )
            for line in lines
        ),
    )


def _figures(told: Board) -> Figures:
    named = (
        (MET, words("đúng hạn", "on time"), "ok"),
        (LATE, words("trễ", "late"), "warn"),
        (MISSED, words("thiếu", "missing"), "bad"),
        (PENDING, words("chưa đến hạn", "not due yet"), ""),
    )
    return Figures(
        items=tuple(
            Figure(value=writing.number(told.count(code)), label=label, tone=tone if told.count(code) else "")
            for code, label, tone in named
        ),
        small=True,
    )


def _months(reader: Reader, month: str) -> list[tuple[str, str, bool]]:
    this = reader.today.year * 12 + reader.today.month - 1
    listed = {f"{place // 12}-{place % 12 + 1:02d}" for place in range(this, this - SHOWN, -1)} | {month}
    return [(one, writing.month(one), one == month) for one in sorted(listed, reverse=True)]


def _empty(reader: Reader) -> Empty:
    return Empty(
        title=words("Không cơ quan nào phải gửi báo cáo tháng này", "No agency owes a report of this month"),
        text=words(
            "Quy chế không quy định ngày các cơ quan gửi báo cáo. Tổ trưởng đặt quy ước G-17 thì hạn hiện ở đây.",
            "The charter names no day for the agencies. Once the leader sets local rule G-17 its bound stands here.",
        ),
        action=Action(label=words("Đặt quy ước G-17", "Set local rule G-17"), href=reader.url("charter-gaps")),
    )


def _head(request: HttpRequest, reader: Reader, told: Board) -> PageHead:
    month = writing.month(told.month)
    meta: list[str] = [rule_chip(reader, told)]
    if told.bound is not None:
        left = writing.time_left(told.bound, reader.today)
        meta.append(words(f"hạn {left.bound}", f"due {left.bound}"))
    if told.collector:
        name = reader.agency(told.collector)
        meta.append(words(f"nơi nhận: {name}", f"received by {name}"))
    return PageHead(
        title=words(f"Báo cáo của các cơ quan, tháng {month}", f"Agencies' reports, {month}"),
        crumb=Link(label=words("Báo cáo", "Reports"), href=reader.url("reports")),
        meta=tuple(one for one in meta if one),
        actions=sheet.offers(request),
    )


@group_page
def board(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show how every agency stands with its report of a month, at this instant."""
    told = collecting.board(reader.group, _month(request, reader))
    known = {one.agency: one for one in agency_reports.listed(reader.viewer, reader.group.id, told.month)}
    view = request.GET.get("xem", "")
    lines = [line for line in told.lines if view in {"", line.status}]
    if sheet.asked(request):
        made = _as_sheet(reader, told, lines, known)
        return sheet.answer(request, made, f"bao-cao-co-quan-{reader.group.slug}-{told.month}")
    own = next((code for code in reader.own_agencies if any(line.agency == code for line in told.lines)), "")
    shown = {
        "head": _head(request, reader, told),
        "figures": _figures(told) if told.lines else None,
        "facets": Facets(
            label=words("Lọc theo tình trạng", "Filter by state"),
            items=tuple(
                Facet(
                    label=words(vi, en),
                    count=writing.number(told.count(code) if code else len(told.lines)),
                    href=f"?thang={told.month}&xem={code}",
                    current=code == view,
                )
                for code, vi, en in VIEWS
            ),
        ),
        "table": _table(reader, told, lines, known) if told.lines else None,
        "empty": None if told.lines else _empty(reader),
        "months": _months(reader, told.month),
        "missing": [line.name for line in told.missing],
        "own": (reader.agency(own), reader.url("agency-reports-one", told.month, own)) if own else None,
        "reminded": _reminded(reader, told),
    }
    return render(request, "dean06/pages/agency_reports.html", shown)


def _reminded(reader: Reader, told: Board) -> list[tuple[str, str, bool]]:
    if not reader.oversees or told.month != f"{reader.today:%Y-%m}":
        return []
    found = collecting.reminders(reader.group, told)
    return [(f"{one.seat.holder}, {one.seat.hat}", one.name, one.overdue) for one in found]
