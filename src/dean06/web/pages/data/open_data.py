"""Dữ liệu mở: the group's lists as a catalogue for other systems, with the quality of a frozen month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.flows import open_data
from dean06.reconcile.service import month_scores
from dean06.reconcile.service import open_data as published
from dean06.reconcile.service.month_scores import FrozenScores
from dean06.reconcile.service.open_data import Catalogue, Dataset
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.parts.forms import Panel
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}

__all__ = ["file", "page"]


def _frozen(reader: Reader, asked: str) -> tuple[list[FrozenScores], FrozenScores | None]:
    """Return the frozen months, and the one asked for, else the newest."""
    found = month_scores.months(reader.viewer, reader.group.id)
    return found, next((one for one in found if one.month == asked), found[0] if found else None)


def _catalogue(request: HttpRequest, reader: Reader, frozen: FrozenScores | None) -> Catalogue:
    base = request.build_absolute_uri(reader.url("open-data"))

    def package(source: str) -> str:
        return request.build_absolute_uri(reader.url("sources-package", source))

    return open_data.catalogue(reader.group, reader.charter, frozen, base, package)


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


def _row(reader: Reader, one: Dataset, told: Mapping[str, tuple[int, int]]) -> Row:
    contract, (shown, hidden) = one.contract, told.get(one.contract.id, (0, 0))
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                reader.url("sources-one", contract.id),
                words(contract.title.vi, contract.title.en),
                words(contract.legal.purpose.vi, contract.legal.purpose.en),
            ),
            one.agency.name,
            ", ".join(words(theme.vi, theme.en) for theme in published.themes_of(contract)),
            _every(one),
            chip("line", words("hạn chế", "restricted"), with_sign="lock"),
            writing.number(shown) if shown or hidden else words("chưa đo", "not measured"),
            writing.number(hidden) if hidden else "",
        )
    )


def _table(reader: Reader, datasets: Sequence[Dataset], told: Mapping[str, tuple[int, int]]) -> Table:
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
        ),
        rows=tuple(_row(reader, one, told) for one in datasets),
    )


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


def _downloads(reader: Reader, frozen: FrozenScores | None) -> tuple[Action, ...]:
    query = f"?{urlencode({'thang': frozen.month})}" if frozen else ""
    return tuple(
        Action(label=words(f"Tải {name}", name), href=f"{reader.url('open-data-file', kind)}{query}", sign="save")
        for kind, name in NAMES.items()
    )


@group_page
def page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the catalogue as others read it, and its downloads."""
    found, frozen = _frozen(reader, request.GET.get("thang", ""))
    told = _catalogue(request, reader, frozen)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, told), f"du-lieu-mo-{reader.group.slug}")
    shown = {
        "head": PageHead(
            title=words("Dữ liệu mở", "Open data"),
            crumb=Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores")),
            meta=(
                words(f"{len(told.datasets)} bộ dữ liệu", f"{len(told.datasets)} datasets"),
                "DCAT-AP 3.0, DQV",
            ),
            actions=(*_downloads(reader, frozen), *(sheet.offers(request) if told.datasets else ())),
        ),
        "told": _notices(frozen),
        "facets": _facets(found, frozen),
        "main": (_main(reader, told, frozen),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _main(reader: Reader, told: Catalogue, frozen: FrozenScores | None) -> Part:
    if told.datasets:
        return _table(reader, told.datasets, _told(frozen))
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
    """Give the catalogue out in one of its formats."""
    if kind not in published.FORMATS:
        raise Http404
    _, frozen = _frozen(reader, request.GET.get("thang", ""))
    statement = reader.url("scores-month-file", frozen.month) if frozen else ""
    told = _catalogue(request, reader, frozen)
    made = open_data.published(told, frozen, request.build_absolute_uri(statement))
    response = HttpResponse(published.serialize(made, kind), content_type=published.FORMATS[kind][1])
    response["Content-Disposition"] = f'attachment; filename="du-lieu-mo-{reader.group.slug}.{kind}"'
    return response
