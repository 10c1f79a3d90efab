"""Kiểm tra: what a draft says that does not stand; whether a file keeps the layout of Decree 30, ours or any other."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.papers.service import checking, documents
from dean06.papers.service.checking import Checked, Remark
from dean06.papers.types import Paper, PaperInfo
from dean06.web.language import current_language, words
from dean06.web.pages.slips import UNUSABLE, slips_of
from dean06.web.pages.uploads import LIMIT_MB, chosen, file_name
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

SHOWN = ("docx", "pdf")

__all__ = ["checks", "layout", "musts", "remarks"]


def remarks(reader: Reader, content: Paper) -> tuple[Remark, ...]:
    """Return what a draft says that does not stand, by what the group knows on its day."""
    short = {part for agency in reader.charter.agencies.values() for part in agency.short.replace(",", " ").split()}
    house = checking.surroundings(reader.group.id, reader.today, short | set(reader.charter.body.archive.split(", ")))
    return checking.proofread(content, house)


def musts(found: Iterable[Remark]) -> int:
    """Return how many remarks must be mended before a signature."""
    return sum(1 for one in found if one.severity == "must")


def _remark(one: Remark) -> Check:
    must = one.severity == "must"
    return Check(
        text=words(f"{one.where}: {one.vi}", f"{one.where}: {one.en}"),
        tone="bad" if must else "warn",
        sign="no" if must else "bang",
        note=words(one.do_vi, one.do_en),
    )


def _departures(found: Checked, *, unsigned: bool = False) -> Checklist:
    """Return what departs; a draft that nobody has signed has no name at its foot yet."""
    warned = tuple(Check(text=words(one.vi, one.en), tone="warn", sign="bang") for one in found.warnings)
    departed = tuple(
        Check(text=one.sentence(), tone="bad", sign="no")
        for one in found.departures
        if not (unsigned and one.part == checking.SIGNER_NAME)
    )
    return Checklist(items=(*warned, *departed))


def checks(reader: Reader, paper: PaperInfo, content: Paper) -> dict[str, object]:
    """Return what a paper's page shows of its checks: its words, and the layout of both its files."""
    found = remarks(reader, content)
    files = []
    for kind in SHOWN:
        path = documents.file(reader.viewer, paper.id, kind)  # type: ignore[arg-type]  # both are kinds of files
        if path is not None:
            looked = checking.check_file(f"van-ban.{kind}", path.read_bytes())
            files.append((kind.upper(), _departures(looked, unsigned=not content.signature.name)))
    return {
        "checked": True,
        "remarks": Checklist(items=tuple(_remark(one) for one in found)),
        "musts": musts(found),
        "files": tuple(files),
    }


@group_page
def layout(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Check any .docx or PDF against the layout of Decree 30; the file is looked at and not kept."""
    shown: dict[str, object] = {
        "head": PageHead(
            title=words("Kiểm tra thể thức", "Check a layout"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(words("Nghị định 30/2020/NĐ-CP, Phụ lục I", "Decree 30/2020, Appendix I"),),
        ),
        "href": reader.url("papers-layout"),
        "limit": LIMIT_MB,
    }
    status = 200
    if request.method == "POST":
        try:
            shown |= _looked_at(request)
        except BadInput as problem:
            shown["slips"], status = slips_of(problem, "tep"), UNUSABLE
    return render(request, "dean06/pages/paper_layout.html", shown, status=status)


def _looked_at(request: HttpRequest) -> dict[str, object]:
    given = chosen(request, "tep", LIMIT_MB)
    name = file_name(given)
    found = checking.check_file(name, given.read())
    return {
        "name": name,
        "language": current_language(),
        "found": _departures(found),
        "count": len(found.departures),
        "clean": not found.departures,
    }
