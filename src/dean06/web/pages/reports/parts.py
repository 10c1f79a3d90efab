"""What a month's report looks like on a clerk's desk: its words with their numbers, its facts, who may sign it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.flows.authority import Answer
from dean06.papers.types import PaperInfo
from dean06.reports.service import months as reports
from dean06.reports.types import Fact as Counted
from dean06.reports.types import ReportInfo, Source
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.papers import signing
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, SignPanel
from dean06.web.reader import Reader

SOURCES = 6

__all__ = ["facts_table", "issued_panel", "number_chips", "sections", "sign_panel", "source_link"]


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


# Sources that are a month's: their page, by the month that stands behind the first dash.
MONTHS = {"report": "reports-one", "month_scores": "scores-month"}


def _source(reader: Reader, source: Source) -> SafeString:
    """Show one source of a number; a run and a delivery lead to their pages."""
    pages = {"run": "runs-one", "delivery": "deliveries-one"}
    number = source.id[1:]
    title = source.label if not source.file_name else f"{source.label}, {source.file_name}"
    if source.kind in pages and number.isdecimal():
        href = reader.url(pages[source.kind], int(number))
        return format_html('<a href="{}" title="{}">{}</a>', href, title, source.id)
    if source.kind == "agency_report":
        agency, month = source.id.removeprefix("BC-").split("-", 1)
        href = reader.url("agency-reports-one", month, agency)
        return format_html('<a href="{}" title="{}">{}</a>', href, title, source.id)
    if source.kind in MONTHS:
        href = reader.url(MONTHS[source.kind], source.id.partition("-")[2])
        return format_html('<a href="{}" title="{}">{}</a>', href, title, source.id)
    if source.kind == "entry":
        register, _, entry = source.id.partition("/")
        return format_html('<a href="{}">{}</a>', reader.url("tracking-one", register, int(entry)), source.label)
    if source.kind == "fund_entry":
        return format_html('<a href="{}" title="{}">{}</a>', reader.url("funds-journal"), title, source.id)
    return format_html('<span title="{}">{}</span>', title, source.id)


def source_link(reader: Reader, fact: Counted) -> SafeString:
    """Show the sources of one number, the first few by name."""
    listed = fact.sources[:SOURCES]
    rest = len(fact.sources) - len(listed)
    origin = format_html_join(", ", "{}", ((_source(reader, source),) for source in listed))
    more = words(f" và {rest} nguồn nữa", f" and {rest} more") if rest > 0 else ""
    return format_html("{}{}", origin, more)


def facts_table(reader: Reader, report: ReportInfo) -> Table:
    """Return every number of the report with the runs, files and tasks it was counted from."""
    rows = []
    for place, fact in enumerate(report.sheet.facts, start=1):
        checks = format_html_join(
            ", ", "<code>{}…</code>", ((source.sha256[:8],) for source in fact.sources[:2] if source.sha256)
        )
        rows.append(
            Row(
                id=f"S{place}",
                cells=(f"S{place}", fact.label, reports.number(fact.value), source_link(reader, fact), checks),
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


def sign_panel(request: HttpRequest, reader: Reader, report: ReportInfo, answer: Answer) -> SignPanel:
    """Return whether the reader may sign this draft, under which clause, and if not, what is missing and who can."""
    asked = signing.Asked(
        href=reader.url("reports-sign", report.month),
        token=report.content,
        version=words(f"lần {report.version}", f"version {report.version}"),
        named=("báo cáo này", "this report"),
        checks=_checked(report),
    )
    return signing.sign_panel(request, reader, asked, answer)


def issued_panel(reader: Reader, month: str, paper: PaperInfo) -> SignPanel:
    """Return what stands beside an issued report: its number, day and signer, and its files."""
    detail = words(
        "Số và ngày không đổi được; số liệu đến muộn vào báo cáo thay thế.",
        "Number and date are fixed; late data go into a replacing report.",
    )
    return signing.issued_panel(paper, detail, reader.url("reports-file", month, "pdf"))
