"""Văn bản công bố: a group's published papers for everybody, read-only, without sign-in."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from dean06.papers.service import publishing
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pace import paced
from dean06.web.pages.listing import page_number, sliced
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Column, Row, Table

SIZE = 50
NOTES = {"Thu hồi": "Recalled", "Thay thế": "Replaced", "Bỏ số": "Void"}

__all__ = ["published", "published_file"]


def _row(slug: str, one: publishing.Published) -> Row:
    title = f"{one.kind}: {one.title}"
    told = (
        format_html("{} {}", marks.chip("bad", words(one.note, NOTES.get(one.note, one.note)), with_sign="no"), title)
        if one.note
        else title
    )
    file = marks.link("PDF", reverse("published-file", args=[slug, one.file])) if one.file else ""
    return Row(cells=(one.label, writing.day(one.issued_on), told, file))


@require_safe
@paced
def published(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a group's published papers, newest first."""
    shelf = publishing.shelf(slug)
    if shelf is None:
        raise Http404
    text = words(f"{len(shelf.papers)} văn bản", f"{len(shelf.papers)} papers")
    listed, pager = sliced(shelf.papers, page_number(request), SIZE, text=text, query="")
    feed = Action(label="JSON", href=reverse("published-file", args=[slug, "feed.json"]), sign="save")
    shown = {
        "head": PageHead(
            title=words(f"Văn bản của {shelf.title}", f"Papers of {shelf.title}"), meta=(text,), actions=(feed,)
        ),
        "found": listed,
        "table": Table(
            caption=words("Văn bản công bố", "Published papers"),
            columns=(
                Column(label=words("Số, ký hiệu", "Number"), nowrap=True),
                Column(label=words("Ngày", "Date"), nowrap=True),
                Column(label=words("Loại và trích yếu", "Kind and abstract"), kind="text"),
                Column(label=words("Tệp", "File"), nowrap=True),
            ),
            rows=tuple(_row(slug, one) for one in listed),
            pager=pager if pager.pages > 1 else None,
        ),
        "empty": Empty(title=words("Chưa công bố văn bản nào", "Nothing is published yet")),
    }
    return render(request, "dean06/pages/table_page.html", shown)


@require_safe
@paced
def published_file(_request: HttpRequest, slug: str, file: str) -> HttpResponseBase:
    """Hand out a published file: a paper, or the list for machines."""
    path = publishing.file(slug, file)
    if path is None:
        raise Http404
    kind = "application/pdf" if path.suffix == ".pdf" else "application/json"
    return FileResponse(path.open("rb"), content_type=kind, filename=path.name)
