"""The monthly report of one agency: its words and figures, its files, where it is, and what the reader may do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import agency_reporting, collecting
from dean06.flows.collecting import Board, Line
from dean06.ledger import service as ledger
from dean06.reports.service import agency_reports
from dean06.reports.service import months as reports
from dean06.reports.service.agency_reports import agency_form
from dean06.reports.types import AgencyReportInfo, Fact
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.agency_reports import marks
from dean06.web.pages.agency_reports.board import MONTH, rule_chip
from dean06.web.pages.reports.parts import source_link
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Stepper, Timeline
from dean06.web.reader import Reader, group_page

ACTS = {
    "report.draft": ("pen", "Soạn", "Written"),
    "report.submit": ("out", "Gửi hoặc rút lại", "Sent or taken back"),
    "report.receive": ("ok2", "Tiếp nhận hoặc trả lại", "Received or returned"),
}
HISTORY = 12

__all__ = ["checked", "one", "page"]


def checked(reader: Reader, month: str, agency: str) -> None:
    """Let through a month and an agency of the group; anything else is not there."""
    if not MONTH.fullmatch(month) or agency not in reader.agencies:
        raise Http404


@group_page
def one(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Show the report of an agency due in a month, or how it is begun."""
    checked(reader, month, agency)
    return page(request, reader, month, agency)


def page(
    request: HttpRequest, reader: Reader, month: str, agency: str, problem: BadInput | None = None
) -> HttpResponse:
    """Show the report; after a refusal with what was typed, and what is wrong with it on top."""
    report = agency_reports.one(reader.viewer, reader.group.id, month, agency)
    board = collecting.board(reader.group, month)
    line = next((one for one in board.lines if one.agency == agency), None)
    slips: tuple[Slip, ...] = slips_of(problem, "phan-chi_dao") if problem else ()
    own = agency in reader.own_agencies and reader.ending is None
    shown: dict[str, object] = {
        "head": _head(reader, board, line, agency, report),
        "stepper": _stepper(report),
        "report": report,
        "slips": slips,
        "own": own,
        "name": reader.agency(agency),
        "hrefs": _hrefs(reader, month, agency),
        "writes": own and report is not None and report.is_open,
        "notice": _notice(report),
        "receives": _receives(reader, board),
        "today": writing.day(reader.today),
        "parts": agency_form().parts,
        "timeline": _history(reader, month, agency),
    }
    if report is not None:
        shown |= {
            "words": _words(request, report, typed=problem is not None),
            "figures": _figures(request, reader, report, typed=problem is not None),
            "table": None if report.is_open and own else _table(reader, report),
            "files": [
                (file.name, reader.url("agency-reports-file", month, agency, file.id), file.id, file.scan)
                for file in report.files
            ],
            "sendings": _sendings(reader, report),
        }
    return render(request, "dean06/pages/agency_report.html", shown, status=UNUSABLE if slips else 200)


def _hrefs(reader: Reader, month: str, agency: str) -> dict[str, str]:
    names = ("begin", "write", "copy", "attach", "detach", "take-back", "receive", "return", "paper")
    return {name.replace("-", "_"): reader.url(f"agency-reports-{name}", month, agency) for name in names}


def _receives(reader: Reader, board: Board) -> bool:
    """Say whether the reader is offered the collector's acts: the agency that the charter names, else the overseers."""
    if reader.ending is not None or not reader.seats:
        return False
    return board.collector in reader.own_agencies if board.collector else reader.oversees


def _head(reader: Reader, board: Board, line: Line | None, agency: str, report: AgencyReportInfo | None) -> PageHead:
    month = writing.month(board.month)
    meta: list[str] = [rule_chip(reader, board), marks.state(report.state if report else "")]
    if line is not None and line.bound is not None:
        meta += [marks.stands(line.status), writing.time_left(line.bound, reader.today).bound]
    if report is not None:
        meta.append(report.sheet.span_rule)
    return PageHead(
        title=words(f"Báo cáo tháng {month}: {reader.agency(agency)}", f"Report of {month}: {reader.agency(agency)}"),
        crumb=Link(
            label=words("Báo cáo của các cơ quan", "Agencies' reports"),
            href=f"{reader.url('agency-reports')}?thang={board.month}",
        ),
        meta=tuple(one for one in meta if one),
        actions=_actions(reader, board.month, agency, report),
    )


def _actions(reader: Reader, month: str, agency: str, report: AgencyReportInfo | None) -> tuple[Action, ...]:
    if agency not in reader.own_agencies or reader.ending is not None or (report and not report.is_open):
        return ()
    begin = Action(
        label=words("Lập báo cáo", "Begin the report") if report is None else words("Đếm lại số liệu", "Count anew"),
        href=reader.url("agency-reports-begin", month, agency),
        post=True,
        kind="primary" if report is None else "second",
    )
    if report is None:
        return (begin,)
    copy = Action(
        label=words("Chép câu chữ tháng trước", "Copy last month's words"),
        href=reader.url("agency-reports-copy", month, agency),
        post=True,
    )
    return (begin, copy)


def _stepper(report: AgencyReportInfo | None) -> Stepper:
    at = {"draft": 1, "returned": 1, "sent": 3, "received": 4}
    return Stepper(
        steps=(words("Soạn", "Write"), words("Gửi", "Send"), words("Tiếp nhận", "Receive")),
        current=at[report.state] if report else 1,
        label=words("Báo cáo đang ở bước nào", "Where the report is"),
    )


def _notice(report: AgencyReportInfo | None) -> Notice | None:
    if report is None or not report.returned_for:
        return None
    text = words(f"Bị trả lại: {report.returned_for}", f"Returned: {report.returned_for}")
    return Notice(text=text, tone="warn", sign="left")


def _words(request: HttpRequest, report: AgencyReportInfo, *, typed: bool) -> list[dict[str, object]]:
    made = []
    for part in agency_form().parts:
        text = request.POST.get(f"phan-{part.key}", "") if typed else report.words.get(part.key, "")
        made.append(
            {
                "key": part.key,
                "title": words(part.vi, part.en),
                "needed": part.needed,
                "text": text,
                "rows": max(3, len(text) // 90 + 2),
            }
        )
    return made


def _figures(request: HttpRequest, reader: Reader, report: AgencyReportInfo, *, typed: bool) -> list[dict[str, str]]:
    known = report.sheet.by_code()
    return [
        _figure(request, reader, report, known[code], typed=typed) for code in agency_form().figures if code in known
    ]


def _figure(
    request: HttpRequest, reader: Reader, report: AgencyReportInfo, fact: Fact, *, typed: bool
) -> dict[str, str]:
    own = report.corrected.get(fact.code)
    return {
        "code": fact.code,
        "label": fact.label,
        "value": reports.number(fact.value),
        "own": request.POST.get(f"so-{fact.code}", "") if typed else (reports.number(own.value) if own else ""),
        "reason": request.POST.get(f"ly-{fact.code}", "") if typed else (own.reason if own else ""),
        "source": source_link(reader, fact),
    }


def _table(reader: Reader, report: AgencyReportInfo) -> Table:
    known = report.sheet.by_code()
    rows = []
    for code in agency_form().figures:
        if code not in known:
            continue
        fact, own = known[code], report.corrected.get(code)
        said = format_html("<b>{}</b>", reports.number(own.value)) if own else reports.number(fact.value)
        rows.append(
            Row(
                cells=(
                    fact.label,
                    reports.number(fact.value),
                    said,
                    own.reason if own else "",
                    source_link(reader, fact),
                )
            )
        )
    return Table(
        caption=words("Số liệu", "Figures"),
        show_caption=True,
        columns=(
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Hệ thống đếm", "The platform counts"), kind="num"),
            Column(label=words("Cơ quan báo cáo", "The agency says"), kind="num"),
            Column(label=words("Lý do khác nhau", "Why they differ"), kind="text"),
            Column(label=words("Nguồn", "Source")),
        ),
        rows=tuple(rows),
    )


def _sendings(reader: Reader, report: AgencyReportInfo) -> list[dict[str, str]]:
    made = []
    for sending in report.sendings:
        way = (
            words("bản giấy", "on paper") if sending.channel == agency_reports.PAPER else words("qua hệ thống", "here")
        )
        end = ""
        if sending.ended_at is not None:
            end = words("trả lại", "returned") if sending.returned else words("rút lại", "taken back")
            end = f"{end} {writing.instant(sending.ended_at)}"
        elif sending.received_at is not None:
            end = words(
                f"tiếp nhận {writing.instant(sending.received_at)}", f"received {writing.instant(sending.received_at)}"
            )
        to = "" if sending.to == agency_reporting.GROUP else reader.agency(sending.to)
        made.append(
            {
                "version": words(f"Lần {sending.version}", f"Sending {sending.version}"),
                "arrived": f"{writing.instant(sending.arrived_at)}, {way}",
                "end": end,
                "reason": sending.reason,
                "to": to,
                "digest": sending.digest[:16],
                "href": reader.url("agency-reports-sent", report.month, report.agency, sending.version),
            }
        )
    return made


def _history(reader: Reader, month: str, agency: str) -> Timeline | None:
    object_id = agency_reports.object_id(reader.group.slug, month, agency)
    acts = ledger.acts_on(reader.group.slug, "agency_report", object_id)[:HISTORY]
    events = []
    for act in acts:
        sign, vi, en = ACTS.get(act.action, ("dots", act.action, act.action))
        who = charters.role_name(reader.charter, act.role)
        note = "; ".join(part for part in (who, ", ".join(act.citations), act.reason) if part)
        events.append(
            Event(
                text=words(vi, en), when=writing.instant(act.done_at), iso=act.done_at.isoformat(), sign=sign, note=note
            )
        )
    return Timeline(events=tuple(events)) if events else None
