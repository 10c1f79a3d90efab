"""Search across tasks, papers and clauses of one group, with or without tone marks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.charter import service as charters
from dean06.charter.types import Provision
from dean06.offices.service import seats
from dean06.orthography import service as orthography
from dean06.papers import service as papers
from dean06.web.language import words
from dean06.web.pages.clauses import address
from dean06.web.parts.page import Empty, PageHead
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import Filters

MOST = 20

__all__ = ["search"]


def _tasks(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    page = work.tasks(reader.viewer, reader.group.id, Filters(text=text), see_all=reader.see_all, size=MOST)
    return [(reader.url("tasks-one", task.id), task.title, task.ref) for task in page.items]


def _papers(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    wanted = orthography.search_key(text)
    found = papers.papers(reader.viewer, reader.group.id)
    fitting = [one for one in found if wanted in orthography.search_key(f"{one.label} {one.abstract}")]
    return [(reader.url("papers-file", one.id, "pdf"), one.abstract, one.label) for one in fitting[:MOST]]


def _clauses(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    wanted = orthography.search_key(text)
    found: list[tuple[str, str, str]] = []

    def walk(nodes: tuple[Provision, ...]) -> None:
        for node in nodes:
            if node.cite is not None and len(found) < MOST:
                label = charters.clause_label(node.cite)
                if wanted in orthography.search_key(f"{label} {node.heading} {node.summary.vi}"):
                    found.append((address(reader, node.cite), node.summary.vi or node.heading, label))
            walk(node.children)

    walk(reader.charter.provisions)
    return found


def _people(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    wanted = orthography.search_key(text)
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    return [
        (reader.url("offices-seat", one.id), one.holder, f"{one.title}, {one.post}" if one.post else one.title)
        for one in found
        if one.holder and wanted in orthography.search_key(f"{one.holder} {one.title} {one.post}")
    ][:MOST]


@group_page
def search(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what fits the words."""
    text = " ".join(request.GET.get("q", "").split())
    kinds = (
        (words("Nhiệm vụ", "Tasks"), _tasks),
        (words("Văn bản", "Papers"), _papers),
        (words("Nhân sự", "People"), _people),
        (words("Điều khoản", "Clauses"), _clauses),
    )
    groups = [(title, find(reader, text)) for title, find in kinds] if text else []
    shown = {
        "head": PageHead(title=words("Tìm", "Search"), meta=(f"«{text}»",) if text else ()),
        "text": text,
        "groups": [group for group in groups if group[1]],
        "empty": Empty(
            title=words("Không thấy gì", "Nothing found"),
            text=words("Thử ít chữ hơn; gõ không dấu cũng được.", "Try fewer words; tone marks are not needed."),
            sign="find",
        ),
    }
    return render(request, "dean06/pages/search.html", shown)
