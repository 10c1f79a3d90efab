"""Báo cáo: the month's report from facts to a signed paper: make, edit, see what changed, sign, send, download."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import desk as duties
from dean06.flows import reporting
from dean06.flows.authority import Answer
from dean06.papers import service as papers
from dean06.reports import service as reports
from dean06.reports.types import ReportInfo
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip, clause
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Fact, SignPanel, Stepper
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import people_who_can

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

__all__ = ["edit", "file", "make", "one", "paper_file", "papers_page", "reports_page", "send", "sign"]


def _state(report: ReportInfo) -> str:
    if report.issued:
        return chip("ok", words("Đã phát hành", "Issued"), with_sign="ok")
    return chip("info", words("Dự thảo", "Draft"), with_sign="pen")


@group_page
def reports_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's monthly reports and the one due now."""
    found = reports.reports(reader.viewer, reader.group.id)
    month = f"{clock.today(reader.group):%Y-%m}"
    rules = reporting.rules(reader.group)
    make_now = Action(
        label=words(f"Lập báo cáo tháng {month}", f"Make the report of {month}"),
        href=reader.url("reports-one", month),
        kind="primary",
    )
    shown = {
        "head": PageHead(
            title=words("Báo cáo tháng", "Monthly reports"),
            meta=tuple(
                clause(charters.clause_label(rule.citation), reader.url("charter-article", rule.citation.article))
                for rule in rules
            ),
            actions=(make_now,),
        ),
        "found": found,
        "table": Table(
            caption=words("Các báo cáo", "Reports"),
            columns=(
                Column(label=words("Tháng", "Month"), nowrap=True),
                Column(label=words("Kỳ số liệu", "Span of data"), nowrap=True),
                Column(label=words("Lần lập", "Version"), kind="num"),
                Column(label=words("Tình trạng", "State")),
            ),
            rows=tuple(
                Row(
                    cells=(
                        _link(reader.url("reports-one", one.month), one.month),
                        f"{writing.day(one.since)} – {writing.day(one.until)}",
                        str(one.version),
                        _state(one),
                    )
                )
                for one in found
            ),
        ),
        "empty": Empty(
            title=words("Chưa lập báo cáo nào", "No report yet"),
            text=words(
                "Số liệu được gom từ các lượt đối soát và nhiệm vụ.", "Figures are gathered from runs and tasks."
            ),
            action=make_now,
        ),
    }
    return render(request, "dean06/pages/reports.html", shown)


def _link(href: str, text: str) -> str:
    return format_html('<a href="{}">{}</a>', href, text)


def _checked(month: str) -> str:
    if not MONTH.fullmatch(month):
        raise BadInput("Tháng phải viết như 2022-09.", "Write the month like 2022-09.")
    return month


def _panel(reader: Reader, answer: Answer, sign_href: str) -> SignPanel:
    decision = answer.decision
    facts = charters.vocabulary().facts
    told = [
        Fact(
            term=words("Căn cứ", "Clause"),
            value=clause(charters.clause_label(cited), reader.url("charter-article", cited.article)),
        )
        for cited in decision.citations[:2]
    ]
    if decision.seal:
        told.append(Fact(term=words("Con dấu", "Seal"), value=charters.agency_name(decision.charter, decision.seal)))
    steps = (
        (Action(label=words("Ký và cấp số", "Sign and number"), href=sign_href, kind="primary", post=True),)
        if answer.allowed
        else ()
    )
    return SignPanel(
        id="quyen-ky",
        answer="yes" if answer.allowed else "open" if decision.outcome == "not_regulated" else "no",
        sentence=decision.sentence(current_language()),
        facts=tuple(told),
        conditions_title=words("Còn thiếu", "Missing"),
        conditions=tuple(
            Check(
                text=facts[name].if_false if not name.startswith("!") else facts[name[1:]].if_true,
                tone="warn",
                sign="bang",
            )
            for name in decision.missing
            if name.lstrip("!") in facts
        ),
        who_title=words("Người ký được ngay", "Who can sign now"),
        who_can=() if answer.allowed else people_who_can(reader, decision),
        next_steps=steps,
    )


def _stepper(report: ReportInfo | None, *, sent: bool) -> Stepper:
    done = 1 if report is None else 4 if report.issued and sent else 3 if report.issued else 2
    return Stepper(
        steps=(words("Lập", "Make"), words("Soát và ký", "Check and sign"), words("Gửi", "Send")),
        current=done,
        label=words("Báo cáo đang ở bước nào", "Where the report is"),
    )


def _facts(report: ReportInfo) -> Table:
    rows = []
    for place, fact in enumerate(report.sheet.facts, start=1):
        origin = "; ".join(f"{source.id}" for source in fact.sources[:6])
        checks = ", ".join(f"{source.sha256[:8]}…" for source in fact.sources[:3] if source.sha256)
        rows.append(Row(cells=(f"S{place}", fact.label, reports.number(fact.value), origin, checks)))
    return Table(
        caption=words("Số liệu và nguồn", "Figures and their sources"),
        columns=(
            Column(label=words("Mã", "Code")),
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Nguồn", "Source")),
            Column(label="SHA-256"),
        ),
        rows=tuple(rows),
    )


@group_page
def one(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Show one month's report, or the button that makes it."""
    report = reports.report(reader.viewer, reader.group.id, _checked(month))
    receipts = reports.receipts(report.id) if report else []
    make_href = reader.url("reports-make", month)
    label = (
        words("Lập báo cáo", "Make the report")
        if report is None
        else words("Lập lại với số liệu mới", "Remake with new data")
    )
    actions = (
        ()
        if report and report.issued
        else (Action(label=label, href=make_href, post=True, kind="primary" if report is None else "second"),)
    )
    files = [
        Action(label=kind.upper(), href=reader.url("reports-file", month, kind), sign="save")
        for kind in ("docx", "pdf", "xlsx")
        if report is not None
    ]
    owed = [duty for duty in duties.obligations(reader.group, month) if duty.action in reporting.DUTIES]
    shown = {
        "head": PageHead(
            title=words(f"Báo cáo tháng {month}", f"Report of {month}"),
            crumb=Link(label=words("Báo cáo", "Reports"), href=reader.url("reports")),
            meta=tuple(
                f"{writing.day(report.since)} – {writing.day(report.until)}, {report.sheet.span_rule}"
                for report in [report]
                if report
            ),
            actions=(*actions, *files),
        ),
        "report": report,
        "stepper": _stepper(report, sent=bool(receipts)),
        "panel": _panel(
            reader, reporting.signing_answer(reader.account, reader.group, month), reader.url("reports-sign", month)
        )
        if report and not report.issued
        else None,
        "facts": _facts(report) if report else None,
        "known": {fact.code: reports.number(fact.value) for fact in report.sheet.facts} if report else {},
        "edit_href": reader.url("reports-edit", month),
        "send_href": reader.url("reports-send", month) if report and report.issued and not receipts else "",
        "recipients": list(reporting.recipients(reader.group).values()),
        "receipts": [(one["name"], writing.instant(one["at"])) for one in receipts],  # type: ignore[arg-type]  # a time
        "owed": [(charters.clause_label(duty.citations[0]), duty.status) for duty in owed if duty.citations],
    }
    return render(request, "dean06/pages/report.html", shown)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Gather the facts and make or remake the report."""
    report = reporting.make(reader.account, reader.group, _checked(month))
    text = words(f"Đã lập báo cáo lần {report.version}.", f"The report is made, version {report.version}.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def edit(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Take the clerk's words for the paragraphs."""
    given = {key.removeprefix("doan-"): str(value) for key, value in request.POST.items() if key.startswith("doan-")}
    reporting.edit(
        reader.account, reader.group, _checked(month), {key: " ".join(value.split()) for key, value in given.items()}
    )
    messages.success(request, words("Đã lưu câu chữ.", "Your words are kept."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def sign(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Sign, number and archive, or say who can."""
    issued = reporting.issue(reader.account, reader.group, _checked(month), reason=request.POST.get("ly_do") or None)
    messages.success(request, words(f"Đã ký, cấp số {issued.label}.", f"Signed and numbered {issued.label}."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def send(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Record the dispatch to each recipient."""
    receipts = reporting.send(reader.account, reader.group, _checked(month))
    messages.success(request, words(f"Đã gửi {len(receipts)} nơi nhận.", f"Sent to {len(receipts)} recipients."))
    return HttpResponseRedirect(reader.url("reports-one", month))


def _handed(reader: Reader, paper_id: int | None, kind: str, name: str) -> HttpResponseBase | None:
    path = papers.file(reader.viewer, paper_id, kind) if paper_id is not None and kind in TYPES else None  # type: ignore[arg-type]  # checked against TYPES
    if path is None:
        return None
    return FileResponse(
        path.open("rb"), as_attachment=kind != "pdf", filename=f"{name}.{kind}", content_type=TYPES[kind]
    )


@group_page
def file(request: HttpRequest, reader: Reader, month: str, kind: str) -> HttpResponseBase:
    """Hand out the report's .docx, PDF or annex."""
    report = reports.report(reader.viewer, reader.group.id, _checked(month))
    found = _handed(reader, report.paper_id, kind, f"bao-cao-{reader.group.slug}-{month}") if report else None
    return found or render(request, "404.html", status=404)


@group_page
def papers_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's papers with their numbers."""
    found = papers.papers(reader.viewer, reader.group.id)
    shown = {
        "head": PageHead(
            title=words("Văn bản", "Papers"), meta=(words(f"{len(found)} văn bản", f"{len(found)} papers"),)
        ),
        "found": found,
        "table": Table(
            caption=words("Sổ văn bản", "Register of papers"),
            columns=(
                Column(label=words("Số, ký hiệu", "Number"), nowrap=True),
                Column(label=words("Ngày", "Date"), nowrap=True),
                Column(label=words("Trích yếu", "Abstract"), kind="text"),
                Column(label=words("Người ký", "Signer")),
                Column(label=words("Nơi nhận", "Recipients"), kind="text"),
                Column(label=words("Tệp", "Files"), nowrap=True),
            ),
            rows=tuple(
                Row(
                    cells=(
                        one.label,
                        writing.day(one.issued_on) if one.issued_on else words("dự thảo", "draft"),
                        one.abstract,
                        one.signer,
                        "; ".join(one.recipients),
                        _link(reader.url("papers-file", one.id, "pdf"), "PDF"),
                    )
                )
                for one in found
            ),
        ),
        "empty": Empty(
            title=words("Chưa có văn bản nào", "No paper yet"),
            text=words("Báo cáo tháng khi lập sẽ hiện ở đây.", "Monthly reports appear here."),
        ),
    }
    return render(request, "dean06/pages/papers.html", shown)


@group_page
def paper_file(request: HttpRequest, reader: Reader, paper_id: int, kind: str) -> HttpResponseBase:
    """Hand out a paper's file."""
    info = papers.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        return render(request, "404.html", status=404)
    return _handed(reader, paper_id, kind, f"van-ban-{paper_id}") or render(request, "404.html", status=404)
