"""One issued report of a group below: its words as they went out, its figures with their sources, its checksum."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join

from dean06.offices import service as offices
from dean06.reports.service import months as reports
from dean06.reports.service import rollups
from dean06.reports.service.periods import is_period, parse
from dean06.reports.types import FactSheet
from dean06.web import writing
from dean06.web.language import words
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

_CODE = re.compile(r"\{([a-z0-9_.]+)\}")
SOURCES = 3

__all__ = ["one"]


def _said(text: str, sheet: FactSheet) -> str:
    known = sheet.by_code()
    return _CODE.sub(lambda found: reports.number(known[found[1]].value) if found[1] in known else "–", text)


def _figures(sheet: FactSheet) -> Table:
    return Table(
        caption=words("Số liệu và nguồn", "Figures and their sources"),
        show_caption=True,
        columns=(
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Nguồn", "Source")),
            Column(label="SHA-256"),
        ),
        rows=tuple(
            Row(
                cells=(
                    fact.label,
                    reports.number(fact.value),
                    ", ".join(source.id for source in fact.sources[:SOURCES]),
                    format_html_join(
                        ", ", "<code>{}…</code>", ((one.sha256[:8],) for one in fact.sources[:2] if one.sha256)
                    ),
                )
            )
            for fact in sheet.facts
        ),
    )


@group_page
def one(request: HttpRequest, reader: Reader, child: str, month: str) -> HttpResponse:
    """Show a report that a group below has issued."""
    below = next((each for each in offices.children(reader.viewer, reader.group.id) if each.slug == child), None)
    issued = rollups.issued(reader.viewer, below.id, month) if below and is_period(month) else None
    if below is None or issued is None:
        raise Http404
    period = parse(month)
    shown = {
        "head": PageHead(
            title=words(f"{below.short_name}: báo cáo {period.read}", f"{below.short_name}: report of {period.en}"),
            crumb=Link(label=words("Tổng hợp", "Roll-up"), href=f"{reader.url('rollup')}?ky={month}"),
            meta=(
                words(f"phát hành {writing.instant(issued.at)}", f"issued {writing.instant(issued.at)}"),
                words(f"lần {issued.number}", f"issue {issued.number}"),
                f"SHA-256 {issued.content[:16]}…",
            ),
        ),
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "paragraphs": [_said(each.text, issued.sheet) for each in section.paragraphs if each.text.strip()],
            }
            for section in issued.sections
        ],
        "figures": _figures(issued.sheet),
    }
    return render(request, "dean06/pages/rollup_one.html", shown)
