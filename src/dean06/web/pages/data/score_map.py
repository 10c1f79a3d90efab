"""Bản đồ điểm: every source and commune of one month on one axis or measure, and a year of each source beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.places import service as places
from dean06.reconcile.service import maps, scores
from dean06.reconcile.service.measuring import OF_ROWS
from dean06.reconcile.types import WHOLE, Measure
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.titles import source_title
from dean06.web.parts.charts import Spark
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.scoremap import MapRow, ScoreMap, cell
from dean06.web.parts.tables import Facet, Facets
from dean06.web.reader import Reader, group_page

SHOWN_PERIODS = 12

__all__ = ["score_map"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: a month, and an axis or one measure of it."""

    period: str
    axis: scores.Axis
    measure: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the measures that are read."""
        return (self.measure,) if self.measure else self.axis.measures

    @property
    def title(self) -> str:
        """Say what is shown."""
        if self.measure:
            info = scores.measures()[self.measure]
            return f"{self.measure}, {words(info.vi, info.en)}"
        return words(self.axis.vi, self.axis.en)

    def query(self, **other: str) -> str:
        """Return the address of the page with something else asked for."""
        told = {"ky": self.period, "truc": self.axis.code, "do": self.measure} | other
        return f"?{urlencode({name: value for name, value in told.items() if value})}"


def _asked(request: HttpRequest, known: Sequence[str]) -> Asked:
    axes = (*scores.AXES, *scores.CRITERIA)
    axis = next((one for one in axes if one.code == request.GET.get("truc")), axes[0])
    measure = request.GET.get("do", "")
    period = request.GET.get("ky", "")
    return Asked(
        period=period if period in known else known[0],
        axis=axis,
        measure=measure if measure in axis.measures else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One source over a year: its name, the line, where it stands now."""

    title: str
    line: Spark | None
    now: str
    span: str


def _small(reader: Reader, source: str, told: Sequence[tuple[str, Measure]]) -> Small:
    shares = [(period, one.share) for period, one in told if one.share is not None]
    last_period, last = shares[-1]
    values = tuple(share for _, share in shares)
    first = writing.month(shares[0][0])
    span = words(
        f"{len(shares)} tháng, từ {first}; thấp nhất {writing.percent(min(values))}",
        f"{len(shares)} months from {first}; lowest {writing.percent(min(values))}",
    )
    now = words(
        f"{writing.percent(last)} tháng {writing.month(last_period)}",
        f"{writing.percent(last)} in {writing.month(last_period)}",
    )
    title = source_title(source, reader.contracts)
    line = Spark(values=values, label=f"{title}: {now}; {span}") if len(values) > 1 else None
    return Small(title=title, line=line, now=now, span=span)


def _by_title(reader: Reader, sources: Iterable[str]) -> list[str]:
    """Return sources in the order of their names."""
    return sorted(sources, key=lambda code: source_title(code, reader.contracts))


def _names(reader: Reader, codes: Sequence[str]) -> dict[str, str]:
    """Return the communes by name, in the order of the alphabet."""
    named = {code: unit.name if (unit := places.unit(code, reader.today)) else code for code in codes}
    return dict(sorted(named.items(), key=lambda one: one[1]))


def _map(reader: Reader, asked: Asked, found: maps.Month) -> ScoreMap:
    listed = _by_title(reader, found.runs)
    open_to = [] if reader.ending else listed
    pages = {one: reverse("runs-one", args=[reader.group.slug, found.runs[one]]) for one in open_to}

    def made(commune: str) -> SafeString:
        told = [(one, _rows_at(page, one, commune)) for one, page in _line(found, commune, listed, pages)]
        return SafeString("".join(cell(one, href) for one, href in told))

    names = _names(reader, found.communes)
    whole = MapRow(title=words("Cả danh sách", "The whole list"), cells=made(WHOLE), whole=True)
    return ScoreMap(
        label=words(
            f"{asked.title}, kỳ tháng {writing.month(asked.period)}: xã theo nguồn",
            f"{asked.title}, {writing.month(asked.period)}: communes by source",
        ),
        first_head=words("Xã", "Commune"),
        heads=tuple(source_title(code, reader.contracts) for code in listed),
        rows=(whole, *(MapRow(title=name, cells=made(code)) for code, name in names.items())),
    )


def _line(
    found: maps.Month, commune: str, listed: Sequence[str], pages: Mapping[str, str]
) -> list[tuple[Measure | None, str]]:
    return [(found.cell(source, commune), pages.get(source, "")) for source in listed]


def _rows_at(page: str, one: Measure | None, commune: str) -> str:
    """Return where the rows that fall short of a measure are shown; nowhere where there is none, or it has no rows."""
    if not page or one is None or one.code not in OF_ROWS or one.good == one.total:
        return ""
    return f"{page}?{urlencode({'phep_do': one.code} | ({'xa': commune} if commune else {}))}"


def _facets(asked: Asked) -> Facets:
    return Facets(
        label=words("Tiêu chí", "Axis"),
        items=tuple(
            Facet(
                label=words(axis.vi, axis.en),
                count="",
                href=asked.query(truc=axis.code, do=""),
                current=axis.code == asked.axis.code,
            )
            for axis in (*scores.AXES, *scores.CRITERIA)
        ),
    )


def _measures(asked: Asked) -> Facets:
    weakest = Facet(
        label=words("Phép đo yếu nhất", "The weakest"), count="", href=asked.query(do=""), current=not asked.measure
    )
    return Facets(
        label=words("Phép đo", "Measure"),
        items=(
            weakest,
            *(
                Facet(label=code, count="", href=asked.query(do=code), current=code == asked.measure)
                for code in asked.axis.measures
            ),
        ),
    )


def _periods(asked: Asked, known: Sequence[str]) -> Facets:
    return Facets(
        label=words("Kỳ", "Period"),
        items=tuple(
            Facet(label=writing.month(one), count="", href=asked.query(ky=one), current=one == asked.period)
            for one in known[:SHOWN_PERIODS]
        ),
    )


def _sheet(reader: Reader, asked: Asked, found: maps.Month) -> sheet.Sheet:
    names = {WHOLE: words("Cả danh sách", "The whole list")} | _names(reader, found.communes)
    return sheet.Sheet(
        title=words(
            f"Bản đồ điểm, {asked.title}, {reader.group.name}", f"Map of scores, {asked.title}, {reader.group.name}"
        ),
        notes=(words(f"Kỳ tháng {writing.month(asked.period)}", f"Period {asked.period}"),),
        header=(
            words("Nguồn", "Source"),
            words("Xã", "Commune"),
            words("Mã", "Code"),
            words("Đạt", "Good"),
            words("Đo", "Measured"),
            words("Tỉ lệ", "Share"),
            words("Ngưỡng", "Threshold"),
        ),
        rows=[
            (source_title(source, reader.contracts), name, one.code, one.good, one.total, one.share, one.target)
            for source in _by_title(reader, found.runs)
            for commune, name in names.items()
            if (one := found.cell(source, commune)) is not None
        ],
    )


@group_page
def score_map(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show one month of the group's scores as a map, with a year of each source under it."""
    known = maps.periods(reader.viewer, reader.group.id)
    crumb = Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores"))
    title = words("Bản đồ điểm", "Map of scores")
    if not known:
        empty = Empty(
            title=words("Chưa có lượt đối soát nào để chấm", "No run to score yet"),
            text=words("Điểm được tính sau mỗi lượt đối soát.", "Scores follow each run."),
        )
        return render(
            request, "dean06/pages/score_map.html", {"head": PageHead(title=title, crumb=crumb), "empty": empty}
        )
    asked = _asked(request, known)
    found = maps.month(reader.viewer, reader.group.id, asked.period, asked.codes)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, asked, found), f"ban-do-diem-{asked.axis.code}-{asked.period}")
    trends: Mapping[str, Sequence[tuple[str, Measure]]] = maps.trends(
        reader.viewer, reader.group.id, asked.period, asked.codes
    )
    shown = {
        "head": PageHead(
            title=words(f"Bản đồ điểm: {asked.title}", f"Map of scores: {asked.title}"),
            crumb=crumb,
            meta=(words(f"Kỳ tháng {writing.month(asked.period)}", f"Period {writing.month(asked.period)}"),),
            actions=sheet.offers(request),
        ),
        "facets": _facets(asked),
        "measures": _measures(asked),
        "periods": _periods(asked, known) if len(known) > 1 else None,
        "map": _map(reader, asked, found),
        "trends": [_small(reader, source, trends[source]) for source in _by_title(reader, trends)],
        "decides": asked.axis in scores.AXES,
    }
    return render(request, "dean06/pages/score_map.html", shown)
