"""Các bàn duyệt: the runs of a group that left doubtful rows, by source, and how much of each is reviewed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.reconcile.service import desks
from dean06.reconcile.service.desks import DeskInfo
from dean06.reconcile.types import RunInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 25

__all__ = ["listing"]


def _row(reader: Reader, run: RunInfo, told: DeskInfo | None) -> Row:
    doubtful = run.counts[desks.DOUBTFUL]
    link = format_html('<a href="{}">{}</a>', reader.url("runs-desk", run.id), run.label)
    if told is None:
        state = chip("choose", words("chưa ai mở", "not opened yet"))
    elif told.left:
        state = bar(told.settled, told.rows, "ask", label=words(f"còn {told.left} dòng", f"{told.left} rows left"))
    else:
        state = chip("done", words("đã rõ hết", "all settled"))
    left = told.left if told else doubtful
    name = source_title(run.source, reader.contracts)
    return Row(cells=(link, name, writing.month(run.period), writing.number(doubtful), writing.number(left), state))


def _facets(reader: Reader, runs: list[RunInfo], chosen: str) -> Facets:
    counts: dict[str, int] = {}
    for run in runs:
        counts[run.source] = counts.get(run.source, 0) + run.counts[desks.DOUBTFUL]
    every = Facet(
        label=words("Mọi nguồn", "All sources"),
        count=writing.number(sum(counts.values())),
        href="?",
        current=not chosen,
    )
    return Facets(
        label=words("Lọc theo nguồn", "Filter by source"),
        items=(
            every,
            *(
                Facet(
                    label=source_title(code, reader.contracts),
                    count=writing.number(count),
                    href=f"?nguon={code}",
                    current=code == chosen,
                )
                for code, count in sorted(counts.items())
            ),
        ),
    )


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the finished runs that left doubtful rows, newest first, of one source or of all."""
    runs = [run for run in reader.finished_runs if run.counts.get(desks.DOUBTFUL)]
    opened = {one.run_id: one for one in desks.desks(reader.viewer, reader.group.id)}
    chosen = next((run.source for run in runs if run.source == request.GET.get("nguon")), "")
    found = [run for run in runs if chosen in {"", run.source}]
    text = words(f"{len(found)} lượt có dòng nghi vấn", f"{len(found)} runs with doubtful rows")
    query = f"nguon={chosen}" if chosen else ""
    part, pager = sliced(found, page_number(request), SIZE, text=text, query=query)
    shown = {
        "head": PageHead(
            title=words("Các bàn duyệt", "Review desks"),
            crumb=Link(label=words("Các lần nộp", "Deliveries"), href=reader.url("deliveries")),
            meta=(text,),
        ),
        "found": part,
        "facets": _facets(reader, runs, chosen) if runs else None,
        "table": Table(
            caption=text,
            columns=(
                Column(label=words("Lượt", "Run"), nowrap=True),
                Column(label=words("Nguồn", "Source"), kind="text"),
                Column(label=words("Kỳ", "Period"), nowrap=True),
                Column(label=words("Nghi vấn", "Doubtful"), kind="num"),
                Column(label=words("Còn", "Left"), kind="num"),
                Column(label=words("Đã duyệt", "Reviewed")),
            ),
            rows=tuple(_row(reader, run, opened.get(run.id)) for run in part),
            pager=pager if pager.pages > 1 else None,
        ),
        "empty": Empty(
            title=words("Không lượt nào có dòng nghi vấn", "No run left a doubtful row"),
            text=words("Mọi dòng đã nối đều chắc chắn.", "Every row that was linked is certain."),
        ),
    }
    return render(request, "dean06/pages/desks.html", shown)
