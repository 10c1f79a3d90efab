"""What a month's report looks like on a clerk's desk: its words with their numbers, its facts, who may sign it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.flows.authority import Answer
from dean06.papers.types import PaperInfo
from dean06.reports import service as reports
from dean06.reports.types import Fact as Counted
from dean06.reports.types import ReportInfo, Source
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.parts.page import Action
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Fact, SignPanel
from dean06.web.reader import Reader
from dean06.web.refusing import missing_checks, people_who_can

SOURCES = 6

__all__ = ["facts_table", "issued_panel", "number_chips", "sections", "sign_panel"]


def number_chips(text: str, known: dict[str, Counted]) -> list[tuple[str, str, str]]:
    """Return the facts a paragraph names: code, value, what it is."""
    named = dict.fromkeys(reports.facts_named(text))
    return [(code, reports.number(known[code].value), known[code].label) for code in named if code in known]


def sections(report: ReportInfo) -> list[dict[str, object]]:
    """Return the sections with their paragraphs, each beside the numbers it names."""
    known = report.sheet.by_code()
    return [
        {
            "key": section.key,
            "title": section.title,
            "level": section.level,
            "paragraphs": [
                {
                    "key": one.key,
                    "text": one.text,
                    "edited": one.edited,
                    "rows": max(2, len(one.text) // 90 + 1),
                    "chips": number_chips(one.text, known),
                }
                for one in section.paragraphs
            ],
        }
        for section in report.sections
    ]


def _source(reader: Reader, source: Source) -> SafeString:
    """Show one source of a number; a run and a delivery lead to their pages."""
    pages = {"run": "runs-one", "delivery": "deliveries-one"}
    number = source.id[1:]
    title = source.label if not source.file_name else f"{source.label}, {source.file_name}"
    if source.kind in pages and number.isdecimal():
        href = reader.url(pages[source.kind], int(number))
        return format_html('<a href="{}" title="{}">{}</a>', href, title, source.id)
    return format_html('<span title="{}">{}</span>', title, source.id)


def facts_table(reader: Reader, report: ReportInfo) -> Table:
    """Return every number of the report with the runs, files and tasks it was counted from."""
    rows = []
    for place, fact in enumerate(report.sheet.facts, start=1):
        listed = fact.sources[:SOURCES]
        rest = len(fact.sources) - len(listed)
        origin = format_html_join(", ", "{}", ((_source(reader, source),) for source in listed))
        more = words(f" và {rest} nguồn nữa", f" and {rest} more") if rest > 0 else ""
        checks = format_html_join(
            ", ", "<code>{}…</code>", ((source.sha256[:8],) for source in listed[:2] if source.sha256)
        )
        rows.append(
            Row(
                id=f"S{place}",
                cells=(f"S{place}", fact.label, reports.number(fact.value), format_html("{}{}", origin, more), checks),
            )
        )
    return Table(
        caption=words("Số liệu và nguồn của từng số liệu", "Figures and their sources"),
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Nguồn", "Source")),
            Column(label="SHA-256"),
        ),
        rows=tuple(rows),
    )


def _told(reader: Reader, answer: Answer) -> tuple[Fact, ...]:
    decision = answer.decision
    told = []
    for cited in decision.citations[:2]:
        summary = charters.summary_of(decision.charter, cited)
        quoted = words(summary.vi, summary.en)
        quote = format_html('<p class="quote mt-2">{}</p>', quoted) if quoted else ""
        told.append(Fact(term=words("Căn cứ", "Clause"), value=format_html("{}{}", cite(reader, cited), quote)))
    if answer.allowed:
        lines = charters.sign_lines(decision.charter, answer.role, decision.sign_form or "own", decision.on_behalf_of)
        stacked = format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))
        block = format_html('<div class="sign-block">{}</div>', stacked)
        told.append(Fact(term=words("Thể thức ký", "Sign form"), value=block))
    if decision.seal:
        seal = charters.agency_name(decision.charter, decision.seal, current_language())
        told.append(Fact(term=words("Con dấu", "Seal"), value=seal))
    return tuple(told)


def _checked(report: ReportInfo) -> tuple[Check, ...]:
    count = writing.number(len(report.sheet.facts))
    traced = format_html('<a class="small-text" href="?xem=so-lieu">{}</a>', words("Xem", "See"))
    return (
        Check(
            text=words(
                f"{count} trên {count} con số dẫn được về lượt, tệp hoặc nhiệm vụ",
                f"{count} of {count} figures lead to a run, file or task",
            ),
            tone="ok",
            sign="ok",
            aside=traced,
        ),
        Check(
            text=words(f"Dự thảo lần {report.version}", f"Draft, version {report.version}"),
            tone="ok",
            sign="doc",
            note=words(
                f"số liệu từ {writing.day(report.since)} đến hết {writing.day(report.until)}",
                f"data of {writing.day(report.since)} – {writing.day(report.until)}",
            ),
        ),
    )


def _goes_on(decision: charters.Decision) -> bool:
    """Say whether the act may go on from here, with a reason where one is asked for."""
    return decision.outcome in {"allowed", "not_regulated"} or decision.enforcement in {"warn", "record"}


def _asks_reason(decision: charters.Decision) -> bool:
    if decision.outcome == "not_regulated":
        return decision.local_rule is None
    return decision.outcome != "allowed" and decision.enforcement == "warn"


def _sentence(decision: charters.Decision) -> str:
    match decision.outcome:
        case "allowed":
            return words("Bạn được ký báo cáo này", "You may sign this report")
        case "not_regulated":
            return words("Quy chế không quy định ai ký báo cáo này", "The charter does not say who signs this report")
        case _:
            return words("Bạn chưa thể ký báo cáo này", "You cannot sign this report yet")


def _detail(answer: Answer) -> str:
    """Say under which hat the answer holds; what is missing and who can stand below it as lists."""
    if answer.allowed and answer.capacity is not None:
        seat = answer.capacity
        hat = f"{seat.title}, {seat.post}" if seat.post else seat.title
        return words(f"Với vai {hat}.", f"As {hat}.")
    sentence = answer.decision.sentence(current_language())
    return f"{sentence.split('. ')[0].rstrip('.')}." if answer.decision.missing else sentence


def _sign_form(request: HttpRequest, reader: Reader, report: ReportInfo, answer: Answer) -> str:
    form = {
        "href": reader.url("reports-sign", report.month),
        "token": report.content,
        "version": report.version,
        "reason": _asks_reason(answer.decision),
    }
    return render_to_string("dean06/pages/report_sign.html", form, request)


def sign_panel(request: HttpRequest, reader: Reader, report: ReportInfo, answer: Answer) -> SignPanel:
    """Return whether the reader may sign this draft, under which clause, and if not, what is missing and who can."""
    decision = answer.decision
    goes_on = _goes_on(decision)
    absence = Action(
        label=words("Ghi Tổ trưởng vắng mặt", "Record that the leader is away"),
        href=f"{reader.url('settings')}#vang-mat",
        wide=True,
    )
    return SignPanel(
        id="quyen-ky",
        answer="yes" if answer.allowed else "open" if decision.outcome == "not_regulated" else "no",
        sentence=_sentence(decision),
        detail=_detail(answer),
        facts=_told(reader, answer),
        conditions_title=words("Đã kiểm trước khi ký", "Checked before signing")
        if goes_on
        else words("Còn thiếu", "Missing"),
        conditions=_checked(report) if goes_on else missing_checks(decision),
        who_title=words("Người ký được ngay", "Who can sign now"),
        who_can=() if answer.allowed else people_who_can(reader, decision),
        foot=_sign_form(request, reader, report, answer) if goes_on else "",
        next_title="" if goes_on else words("Làm tiếp", "Next"),
        next_steps=() if goes_on else (absence,),
    )


def issued_panel(reader: Reader, month: str, paper: PaperInfo) -> SignPanel:
    """Return what stands beside an issued report: its number, day and signer, and its files."""
    return SignPanel(
        id="da-phat-hanh",
        answer="yes",
        sentence=words(f"Đã phát hành số {paper.label}", f"Issued as {paper.label}"),
        detail=words(
            "Số và ngày không đổi được; số liệu đến muộn vào báo cáo thay thế.",
            "Number and date are fixed; late data go into a replacing report.",
        ),
        facts=(
            Fact(term=words("Ngày", "Date"), value=writing.day(paper.issued_on)),
            Fact(term=words("Người ký", "Signer"), value=paper.signer),
            Fact(
                term="SHA-256",
                value=format_html("<code>{} … {}</code> {}", paper.pdf_sha256[:8], paper.pdf_sha256[-4:], "(PDF)"),
            ),
        ),
        next_steps=(
            Action(
                label=words("Mở bản PDF", "Open the PDF"),
                href=reader.url("reports-file", month, "pdf"),
                kind="primary",
                wide=True,
            ),
        ),
    )
