"""Văn bản: the register of the group's papers, and the files of each."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.papers import service as papers
from dean06.papers.types import PaperInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.listing import page_number, sliced
from dean06.web.parts.page import Empty, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": sheet.TYPE,
}

__all__ = ["annex", "handed", "paper_file", "papers_page"]


def handed(reader: Reader, paper_id: int, kind: str, name: str) -> FileResponse:
    """Return a paper's file, its checksum verified; a PDF opens in the browser, the others are saved."""
    return _given(papers.file(reader.viewer, paper_id, kind) if kind in TYPES else None, name, kind)  # type: ignore[arg-type]  # checked against TYPES


def _given(path: Path | None, name: str, kind: str) -> FileResponse:
    if path is None:
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=kind != "pdf", filename=f"{name}.{kind}", content_type=TYPES[kind]
    )
    response["Cache-Control"] = "no-store"
    return response


def _row(reader: Reader, one: PaperInfo) -> Row:
    kinds = [kind for kind, held in (("pdf", one.pdf_sha256), ("docx", one.docx_sha256)) if held]
    links = [marks.link(kind.upper(), reader.url("papers-file", one.id, kind)) for kind in kinds]
    if one.annex_sha256:
        links.append(marks.link(words("Phụ lục", "Annex"), reader.url("papers-annex", one.id)))
    return Row(
        cells=(
            one.label,
            writing.day(one.issued_on) if one.issued_on else chip("info", words("Dự thảo", "Draft"), with_sign="pen"),
            one.abstract,
            one.signer,
            "; ".join(one.recipients),
            format_html(" ".join("{}" for _ in links), *links) if links else "",
        )
    )


def _sheet(reader: Reader, found: list[PaperInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Sổ văn bản, {reader.group.name}", f"Register of papers, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Số, ký hiệu", "Number"),
            words("Ngày", "Date"),
            words("Trích yếu", "Abstract"),
            words("Người ký", "Signer"),
            words("Nơi nhận", "Recipients"),
            words("SHA-256 bản PDF", "SHA-256 of the PDF"),
        ),
        rows=(
            (
                one.label,
                one.issued_on or words("dự thảo", "draft"),
                one.abstract,
                one.signer,
                "; ".join(one.recipients),
                one.pdf_sha256,
            )
            for one in found
        ),
    )


@group_page
def papers_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's papers with their numbers."""
    found = papers.papers(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return sheet.answer(_sheet(reader, found), f"so-van-ban-{reader.group.slug}-{reader.today}")
    text = words(f"{len(found)} văn bản", f"{len(found)} papers")
    listed, pager = sliced(found, page_number(request), SIZE, text=text, query="")
    shown = {
        "head": PageHead(
            title=words("Văn bản", "Papers"), meta=(text,), actions=(sheet.offer(request),) if found else ()
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
            rows=tuple(_row(reader, one) for one in listed),
            pager=pager if pager.pages > 1 else None,
        ),
        "empty": Empty(
            title=words("Chưa có văn bản nào", "No paper yet"),
            text=words("Báo cáo tháng, tờ trình khi lập sẽ hiện ở đây.", "Reports and submissions appear here."),
        ),
    }
    return render(request, "dean06/pages/papers.html", shown)


@group_page
def paper_file(_request: HttpRequest, reader: Reader, paper_id: int, kind: str) -> FileResponse:
    """Hand out a paper's file."""
    info = papers.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    return handed(reader, paper_id, kind, f"van-ban-{paper_id}")


@group_page
def annex(_request: HttpRequest, reader: Reader, paper_id: int) -> FileResponse:
    """Hand out the annex of a paper, of whatever kind it is."""
    info = papers.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    path = papers.file(reader.viewer, paper_id, "annex")
    return _given(path, f"phu-luc-{paper_id}", info.annex_kind)
