"""Dữ liệu mở: the group's lists as a catalogue for other systems, with the quality of a frozen month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.flows import open_data
from dean06.reconcile.service import month_scores
from dean06.reconcile.service import open_data as published
from dean06.reconcile.service.month_scores import FrozenScores
from dean06.reconcile.service.open_data import Catalogue, Dataset
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.parts.forms import Panel
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}

__all__ = ["answered", "downloads", "file", "links", "page", "table"]


def _frozen(reader: Reader, asked: str) -> tuple[list[FrozenScores], FrozenScores | None]:
    """Return the frozen months, and the one asked for, else the newest."""
    found = month_scores.months(reader.viewer, reader.group.id)
    return found, next((one for one in found if one.month == asked), found[0] if found else None)


def _month(frozen: FrozenScores | None) -> dict[str, str]:
    return {"thang": frozen.month} if frozen else {}


def _catalogue(request: HttpRequest, reader: Reader, frozen: FrozenScores | None, only: str = "") -> Catalogue:
    base = request.build_absolute_uri(reader.url("open-data"))

    def package(source: str) -> str:
        return request.build_absolute_uri(reader.url("sources-package", source))

    return open_data.catalogue(reader.group, reader.charter, frozen, base, package, only)


def _told(frozen: FrozenScores | None) -> Mapping[str, tuple[int, int]]:
    """Count by source the figures that are told, and those that are not because they are of few."""
    found = {}
    for node in frozen.sources if frozen else ():
        if node["run"]:
            cells = [one for one in published.told_cells(node).values() if one.total or one.hidden]
            hidden = sum(one.hidden for one in cells)
            found[str(node["source"])] = (len(cells) - hidden, hidden)
    return found


def _every(one: Dataset) -> str:
    term = published.frequency(one.contract.cadence.every)
    return words(term.vi, term.en)


Cell = Callable[[Dataset], SafeString]


def _row(one: Dataset, told: Mapping[str, tuple[int, int]], named: Cell, files: Cell) -> Row:
    contract, (shown, hidden) = one.contract, told.get(one.contract.id, (0, 0))
    purpose = words(contract.legal.purpose.vi, contract.legal.purpose.en)
    return Row(
        cells=(
            format_html('{}<small class="cell-note">{}</small>', named(one), purpose),
            one.agency.name,
            ", ".join(words(theme.vi, theme.en) for theme in published.themes_of(contract)),
            _every(one),
            chip("line", words("hạn chế", "restricted"), with_sign="lock"),
            writing.number(shown) if shown or hidden else words("chưa đo", "not measured"),
            writing.number(hidden) if hidden else "",
            files(one),
        )
    )


def table(datasets: Sequence[Dataset], frozen: FrozenScores | None, named: Cell, files: Cell) -> Table:
    """Return the lists of a catalogue; `named` gives a list's name, `files` its own downloads."""
    told = _told(frozen)
    return Table(
        caption=words("Các bộ dữ liệu", "Datasets"),
        columns=(
            Column(label=words("Bộ dữ liệu", "Dataset"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Chủ đề", "Theme")),
            Column(label=words("Cập nhật", "Frequency"), nowrap=True),
            Column(label=words("Truy cập", "Access"), nowrap=True),
            Column(label=words("Số đo công bố", "Measurements"), kind="num"),
            Column(label=words("Mẫu nhỏ, không nêu", "Small, not told"), kind="num"),
            Column(label=words("Theo xã", "By commune")),
        ),
        rows=tuple(_row(one, told, named, files) for one in datasets),
    )


def links(address: Callable[[str], str], query: Mapping[str, str]) -> SafeString:
    """Return the formats of one catalogue as links; `address` gives where each lies."""
    asked = f"?{urlencode(query)}" if query else ""
    found = ((f"{address(kind)}{asked}", name) for kind, name in NAMES.items())
    each = format_html_join("", '<a class="text-nowrap py-1" href="{}">{}</a>', found)
    return format_html('<span class="d-flex flex-wrap gap-2">{}</span>', each)


def _facets(found: Sequence[FrozenScores], chosen: FrozenScores | None) -> Facets | None:
    if len(found) < 2:
        return None
    return Facets(
        label=words("Tháng đã chốt", "Frozen month"),
        items=tuple(
            Facet(
                label=writing.month(one.month),
                count="",
                href=f"?{urlencode({'thang': one.month})}",
                current=one is chosen,
            )
            for one in found
        ),
    )


def _notices(frozen: FrozenScores | None) -> tuple[Notice, ...]:
    if frozen is None:
        text = words(
            "Chưa tháng nào được chốt: danh mục chưa có số đo chất lượng. Chốt bảng điểm tháng trước.",
            "No month is frozen yet, so the catalogue tells no quality. Freeze a month's scores first.",
        )
        return (Notice(text=text, tone="warn", sign="clock"),)
    text = words(
        f"Số đo của bảng điểm tháng {writing.month(frozen.month)} đã chốt. Ô dưới 30 và ô suy ra được ô ấy không nêu.",
        f"From the frozen scores of {writing.month(frozen.month)}. Cells under 30, and what tells them, are hidden.",
    )
    return (Notice(text=text, tone="info", sign="eye"),)


def downloads(address: Callable[[str], str], query: Mapping[str, str]) -> tuple[Action, ...]:
    """Return the formats of the whole catalogue as links to download."""
    asked = f"?{urlencode(query)}" if query else ""
    return tuple(
        Action(label=words(f"Tải {name}", name), href=f"{address(kind)}{asked}", sign="save")
        for kind, name in NAMES.items()
    )


@group_page
def page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the catalogue as others read it, and its downloads."""
    found, frozen = _frozen(reader, request.GET.get("thang", ""))
    told = _catalogue(request, reader, frozen)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, told), f"du-lieu-mo-{reader.group.slug}")
    written = sheet.offers(request) if told.datasets else ()
    shown = {
        "head": PageHead(
            title=words("Dữ liệu mở", "Open data"),
            crumb=Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores")),
            meta=(
                words(f"{len(told.datasets)} bộ dữ liệu", f"{len(told.datasets)} datasets"),
                "DCAT-AP 3.0, DQV",
            ),
            actions=(*downloads(partial(reader.url, "open-data-file"), _month(frozen)), *written),
        ),
        "told": _notices(frozen),
        "facets": _facets(found, frozen),
        "main": (_main(reader, told, frozen),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _main(reader: Reader, told: Catalogue, frozen: FrozenScores | None) -> Part:
    if told.datasets:

        def named(one: Dataset) -> SafeString:
            title = words(one.contract.title.vi, one.contract.title.en)
            return link(title, reader.url("sources-one", one.contract.id))

        def files(one: Dataset) -> SafeString:
            return links(partial(reader.url, "open-data-file"), {**_month(frozen), "nguon": one.contract.id})

        return table(told.datasets, frozen, named, files)
    empty = Empty(
        title=words("Chưa có bộ dữ liệu nào", "No dataset yet"),
        text=words(
            "Tổ trưởng giao nguồn dữ liệu cho cơ quan ở phần Cài đặt; nguồn đã giao đứng trong danh mục này.",
            "The leader gives sources to agencies in the settings; each then stands in this catalogue.",
        ),
        action=Action(label=words("Mở Cài đặt", "Open the settings"), href=reader.url("settings")),
    )
    return Panel(id="trong", title=words("Các bộ dữ liệu", "Datasets"), flush=True, parts=(empty,))


def _sheet(reader: Reader, told: Catalogue) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Danh mục dữ liệu, {reader.group.name}", f"Data catalogue, {reader.group.name}"),
        notes=(words(f"{len(told.datasets)} bộ dữ liệu", f"{len(told.datasets)} datasets"),),
        header=(
            words("Mã", "Code"),
            words("Bộ dữ liệu", "Dataset"),
            words("Cơ quan", "Agency"),
            words("Cập nhật", "Frequency"),
        ),
        rows=(
            (
                one.contract.id,
                words(one.contract.title.vi, one.contract.title.en),
                one.agency.name,
                _every(one),
            )
            for one in told.datasets
        ),
    )


@group_page
def file(request: HttpRequest, reader: Reader, kind: str) -> HttpResponse:
    """Give the catalogue out in one of its formats: whole lists, or one list with its communes."""
    _, frozen = _frozen(reader, request.GET.get("thang", ""))
    only = request.GET.get("nguon", "")
    statement = request.build_absolute_uri(reader.url("scores-month-file", frozen.month)) if frozen else ""
    made = _catalogue(request, reader, frozen, only)
    return answered(made, frozen, statement, kind, by_commune=bool(only))


def answered(
    made: Catalogue, frozen: FrozenScores | None, statement: str, kind: str, *, by_commune: bool
) -> HttpResponse:
    """Return a catalogue as a file; a list or a format that there is not is not found."""
    if kind not in published.FORMATS or (by_commune and not made.datasets):
        raise Http404
    graph = open_data.told(made, frozen, statement, by_commune=by_commune)
    response = HttpResponse(published.serialize(graph, kind), content_type=published.FORMATS[kind][1])
    name = f"{made.group.code}-{made.datasets[0].contract.id}" if by_commune else made.group.code
    response["Content-Disposition"] = f'attachment; filename="du-lieu-mo-{name}.{kind}"'
    return response
