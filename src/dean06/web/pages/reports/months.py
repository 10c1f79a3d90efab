"""Báo cáo: the month's report from facts to a signed paper: make, edit, see what changed, sign, send, download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.flows import duties, reporting
from dean06.jobs import service as jobs
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.reports.service import months as reports
from dean06.reports.service.periods import MONTH as PERIOD_MONTH
from dean06.reports.service.periods import is_period, parse
from dean06.reports.types import ReportInfo
from dean06.web import confirming, sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite
from dean06.web.pages.papers.all_papers import handed
from dean06.web.pages.papers.preview import preview
from dean06.web.pages.reports import parts
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.parts.work import Stepper
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

LISTED, LAST_OF_HALF = 3, 6

__all__ = ["edit", "file", "make", "one", "received", "reopen", "reports_page", "send", "sign"]


def _months(reader: Reader) -> list[str]:
    """Return the month of the group's day and those before it, for which a report may still be owed."""
    this = reader.today.year * 12 + reader.today.month - 1
    return [f"{place // 12}-{place % 12 + 1:02d}" for place in range(this, this - LISTED, -1)]


def _periods(reader: Reader) -> list[str]:
    """Return the half-years and years for which a report may be owed now: the present ones and those before."""
    half = parse(f"{reader.today.year}-H{1 if reader.today.month <= LAST_OF_HALF else 2}")
    year = parse(f"{reader.today.year}")
    return [half.code, half.before.code, year.code, year.before.code]


def _named(code: str) -> str:
    period = parse(code)
    return words(period.read[:1].upper() + period.read[1:], period.en[:1].upper() + period.en[1:])


def _row(reader: Reader, month: str, report: ReportInfo | None, paper: PaperInfo | None) -> Row:
    link = format_html('<a href="{}">{}</a>', reader.url("reports-one", month), _named(month))
    if report is None:
        not_made = chip("mute", words("Chưa lập", "Not made"), with_sign="dots")
        return Row(cells=(link, "", "", not_made, "", ""))
    state = (
        chip("ok", words("Đã phát hành", "Issued"), with_sign="ok")
        if report.issued
        else chip("info", words("Dự thảo, chờ ký", "Draft, to be signed"), with_sign="pen")
    )
    return Row(
        cells=(
            link,
            f"{writing.day(report.since)} – {writing.day(report.until)}",
            str(report.version),
            state,
            paper.label if paper and paper.issued else "",
            writing.day(paper.issued_on) if paper and paper.issued else "",
        )
    )


@group_page
def reports_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's monthly reports and the one due now."""
    found = {one.month: one for one in reports.reports(reader.viewer, reader.group.id)}
    kept = {one.id: one for one in documents.papers(reader.viewer, reader.group.id)}
    of_months = [code for code in found if parse(code).kind == PERIOD_MONTH]
    others = [code for code in found if code not in of_months]
    months = sorted({*of_months, *_months(reader)}, reverse=True)
    periods = sorted({*others, *_periods(reader)}, key=lambda code: (parse(code).until, code), reverse=True)

    if sheet.asked(request):
        made = _sheet(reader, [(code, found.get(code)) for code in (*months, *periods)], kept)
        return sheet.answer(request, made, f"bao-cao-{reader.group.slug}-{reader.today}")

    def rows(codes: Iterable[str]) -> tuple[Row, ...]:
        told = [(code, found.get(code)) for code in codes]
        return tuple(
            _row(reader, code, report, kept.get(report.paper_id or 0) if report else None) for code, report in told
        )

    shown = {
        "head": PageHead(
            title=words("Báo cáo tháng", "Monthly reports"),
            meta=tuple(cite(reader, rule.citation) for rule in reporting.rules(reader.group)),
            actions=(*_doors(reader), *sheet.offers(request)),
        ),
        "table": _listed(words("Báo cáo tháng", "Monthly reports"), words("Tháng", "Month"), rows(months)),
        "periods": _listed(words("Sơ kết, tổng kết", "Half-years and years"), words("Kỳ", "Period"), rows(periods)),
    }
    return render(request, "dean06/pages/reports.html", shown)


def _sheet(reader: Reader, told: Iterable[tuple[str, ReportInfo | None]], kept: Mapping[int, PaperInfo]) -> sheet.Sheet:
    """Return the reports of months, half-years and years as a workbook."""
    rows = [(code, report, kept.get(report.paper_id or 0) if report else None) for code, report in told]
    return sheet.Sheet(
        title=words(f"Báo cáo định kỳ, {reader.group.name}", f"Periodic reports, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Kỳ", "Period"),
            words("Số liệu từ", "Data from"),
            words("đến", "until"),
            words("Lần lập", "Version"),
            words("Tình trạng", "State"),
            words("Số, ký hiệu", "Number"),
            words("Ngày phát hành", "Issued on"),
        ),
        rows=(
            (
                _named(code),
                report.since if report else None,
                report.until if report else None,
                report.version if report else None,
                _standing(report),
                paper.label if paper and paper.issued else "",
                paper.issued_on if paper and paper.issued else None,
            )
            for code, report, paper in rows
        ),
    )


def _standing(report: ReportInfo | None) -> str:
    if report is None:
        return words("Chưa lập", "Not made")
    return words("Đã phát hành", "Issued") if report.issued else words("Dự thảo", "Draft")


def _listed(caption: str, first: str, rows: tuple[Row, ...]) -> Table:
    return Table(
        caption=caption,
        show_caption=True,
        columns=(
            Column(label=first, nowrap=True),
            Column(label=words("Kỳ số liệu", "Span of data"), nowrap=True),
            Column(label=words("Lần lập", "Version"), kind="num"),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Số, ký hiệu", "Number"), nowrap=True),
            Column(label=words("Ngày", "Date"), nowrap=True),
        ),
        rows=rows,
    )


def _doors(reader: Reader) -> tuple[Action, ...]:
    """Return the ways to the other reports."""
    return (
        Action(label=words("Báo cáo của các cơ quan", "Agencies' reports"), href=reader.url("agency-reports")),
        Action(label=words("Chỉ tiêu", "Indicators"), href=reader.url("indicators")),
        *(
            (Action(label=words("Tổng hợp cấp dưới", "Roll-up"), href=reader.url("rollup")),)
            if reader.viewer.children
            else ()
        ),
    )


def _checked(month: str) -> str:
    if not is_period(month):
        raise Http404
    return month


def _stepper(report: ReportInfo | None, *, sent: bool) -> Stepper:
    done = 1 if report is None else 4 if report.issued and sent else 3 if report.issued else 2
    return Stepper(
        steps=(words("Lập", "Make"), words("Soát và ký", "Check and sign"), words("Gửi", "Send")),
        current=done,
        label=words("Báo cáo đang ở bước nào", "Where the report is"),
    )


def _head(reader: Reader, month: str, report: ReportInfo | None) -> PageHead:
    make = Action(
        label=words("Lập báo cáo", "Make the report") if report is None else words("Lập lại", "Make again"),
        href=reader.url("reports-make", month),
        post=True,
        kind="primary" if report is None else "second",
    )
    names = (("docx", words("Tải .docx", ".docx")), ("pdf", "PDF"), ("xlsx", words("Phụ lục .xlsx", "Annex .xlsx")))
    files = [
        Action(label=label, href=reader.url("reports-file", month, kind), sign="save")
        for kind, label in names
        if report
    ]
    meta: tuple[str, ...] = ()
    if report:
        span = f"{writing.day(report.since)} – {writing.day(report.until)}"
        meta = (
            words(f"số liệu {span}", f"data {span}"),
            report.sheet.span_rule,
            words(f"lập lần {report.version}", f"version {report.version}"),
        )
    return PageHead(
        title=words(f"Báo cáo {parse(month).read}", f"Report of {parse(month).en}"),
        crumb=Link(label=words("Báo cáo", "Reports"), href=reader.url("reports")),
        meta=meta,
        actions=(*(() if report and report.issued else (make,)), *files),
    )


def _views(report: ReportInfo, chosen: str) -> Facets:
    named = [
        ("", words("Bản xem trước", "Preview"), ""),
        ("cau-chu", words("Câu chữ", "Words"), ""),
        ("so-lieu", words("Số liệu và nguồn", "Figures and sources"), writing.number(len(report.sheet.facts))),
        ("thay-doi", words("Đã đổi so với lần trước", "Changed"), writing.number(len(report.changes))),
    ]
    left_out = {code for code, absent in (("cau-chu", report.issued), ("thay-doi", not report.changes)) if absent}
    return Facets(
        label=words("Xem", "View"),
        items=tuple(
            Facet(label=label, count=count, href=f"?xem={code}" if code else "?", current=code == chosen)
            for code, label, count in named
            if code not in left_out
        ),
    )


def _owed(reader: Reader, month: str) -> list[tuple[str, str]]:
    found = [
        duty
        for duty in duties.obligations(reader.group, f"{parse(month).until:%Y-%m}", tasks=False)
        if duty.action in (*reporting.DUTIES, reporting.REVIEW) and duty.period == month
    ]
    return [(cite(reader, duty.citations[0], text=duty.text), duty.status) for duty in found if duty.citations]


def _left(reader: Reader, report: ReportInfo, chosen: str) -> Mapping[str, object]:
    """Return what the wide side of the page shows under the chosen view."""
    match chosen:
        case "cau-chu" if not report.issued:
            known = report.sheet.by_code().values()
            codes = [(fact.code, reports.number(fact.value), fact.label) for fact in known]
            return {"sections": parts.sections(report), "codes": codes}
        case "so-lieu":
            return {"facts": parts.facts_table(reader, report)}
        case "thay-doi" if report.changes:
            return {"changes": report.changes}
        case _:
            document = documents.content(report.paper_id) if report.paper_id else None
            return {"paper": preview(document, "?xem=so-lieu#") if document else None}


@group_page
def one(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Show one month's report, or the button that makes it."""
    report = reports.report(reader.viewer, reader.group.id, _checked(month))
    receipts = reports.receipts(report.id) if report else []
    shown: dict[str, object] = {
        "head": _head(reader, month, report),
        "report": report,
        "stepper": _stepper(report, sent=bool(receipts)),
        "owed": _owed(reader, month),
        "recipients": list(reporting.recipients(reader.group, month).values()),
        "unsent": _unsent(reader, month, receipts),
    }
    if report is not None:
        chosen = request.GET.get("xem", "")
        paper = documents.paper(reader.viewer, report.paper_id) if report.paper_id else None
        shown |= {
            "views": _views(report, chosen),
            **_left(reader, report, chosen),
            "panel": _panel(request, reader, report, paper) if paper else None,
            "edit_href": reader.url("reports-edit", month),
            "send_href": reader.url("reports-send", month)
            if report.issued and _unsent(reader, month, receipts)
            else "",
            "receipts": receipts,
            "received_href": reader.url("reports-received", month),
            "reopen_href": reader.url("reports-reopen", month) if report.issued and reader.oversees else "",
            "earlier": _earlier(reader, report),
        }
    return render(request, "dean06/pages/report.html", shown)


def _unsent(reader: Reader, month: str, receipts: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Return the recipients of the charter to whom the report has not gone, by code and name."""
    done = {each["to"] for each in receipts}
    return [(code, name) for code, name in reporting.recipients(reader.group, month).items() if code not in done]


def _earlier(reader: Reader, report: ReportInfo) -> list[tuple[str, str]]:
    """Return the papers that the report went out as before, each with its address."""
    told = [issue for issue in reports.issues(report.id) if issue.paper_id and issue.paper_id != report.paper_id]
    found = [(documents.paper(reader.viewer, issue.paper_id or 0), issue.paper_id) for issue in told]
    return [(paper.label, reader.url("papers-one", number)) for paper, number in found if paper]


def _panel(request: HttpRequest, reader: Reader, report: ReportInfo, paper: PaperInfo) -> object:
    if report.issued:
        return parts.issued_panel(reader, report.month, paper)
    answer = reporting.signing_answer(reader.account, reader.group, report.month)
    return parts.sign_panel(request, reader, report, answer)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Gather the facts and make or remake the report."""
    report = reporting.make(reader.account, reader.group, _checked(month), reason=request.POST.get(REASON) or None)
    changed = "?xem=thay-doi" if report.changes else ""
    text = words(f"Đã lập báo cáo lần {report.version}.", f"The report is made, version {report.version}.")
    if report.version > 1 and not report.changes:
        text += words(" Không con số nào đổi.", " No figure changed.")
    messages.success(request, text)
    return HttpResponseRedirect(f"{reader.url('reports-one', month)}{changed}")


@require_POST
@group_page
def edit(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Take the clerk's words for the paragraphs."""
    given = {key.removeprefix("doan-"): str(value) for key, value in request.POST.items() if key.startswith("doan-")}
    reporting.edit(
        reader.account, reader.group, _checked(month), {key: " ".join(value.split()) for key, value in given.items()}
    )
    messages.success(request, words("Đã lưu câu chữ.", "Your words are kept."))
    return HttpResponseRedirect(f"{reader.url('reports-one', month)}?xem=cau-chu")


@confirming.signs(one)
def sign(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Sign, number and archive the very draft that was read, or say who can."""
    issued = reporting.issue(
        reader.account,
        reader.group,
        _checked(month),
        reason=request.POST.get("ly_do") or None,
        seen=request.POST.get("ban", ""),
    )
    messages.success(request, words(f"Đã ký, cấp số {issued.label}.", f"Signed and numbered {issued.label}."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def send(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Record the dispatch to each recipient."""
    chosen = frozenset(request.POST.getlist("noi_nhan")) or None
    receipts = reporting.send(reader.account, reader.group, _checked(month), chosen)
    jobs.ask_post(reader.group.id, reader.account)
    messages.success(request, words(f"Đã ghi gửi {len(receipts)} nơi nhận.", f"Sent to {len(receipts)} recipients."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def reopen(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Open an issued report again for a reason."""
    reporting.reopen(reader.account, reader.group, _checked(month), request.POST.get(REASON, ""))
    messages.success(request, words("Đã mở lại; bản mới dẫn số của bản cũ.", "Open again; the new one cites the old."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@require_POST
@group_page
def received(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Record that a recipient's office has received the report."""
    to, who = request.POST.get("noi_nhan", ""), " ".join(request.POST.get("nguoi_nhan", "").split())
    reporting.acknowledge(reader.account, reader.group, _checked(month), to, who)
    messages.success(request, words("Đã ghi nơi nhận xác nhận.", "The acknowledgement is recorded."))
    return HttpResponseRedirect(reader.url("reports-one", month))


@group_page
def file(_request: HttpRequest, reader: Reader, month: str, kind: str) -> HttpResponseBase:
    """Hand out the report's .docx, PDF or annex."""
    report = reports.report(reader.viewer, reader.group.id, _checked(month))
    if report is None or report.paper_id is None:
        raise Http404
    return handed(reader, report.paper_id, kind, f"bao-cao-{reader.group.slug}-{month}")
