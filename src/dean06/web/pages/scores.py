"""Bảng điểm: four honest axes by source and commune; the worst decides, a small sample is not ranked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.service import runs, scores
from dean06.reconcile.types import Measure, RunInfo
from dean06.sources import live as contracts
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.parts.charts import Axes, Axis
from dean06.web.parts.page import Empty, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["scorecard"]


def _cell(measure: Measure | None) -> str:
    if measure is None or measure.share is None:
        return chip("mute", words("chưa đo", "not measured"), with_sign="dash")
    text = writing.percent(measure.share)
    if measure.small:
        return chip("mute", words(f"{text}, mẫu nhỏ", f"{text}, small sample"), with_sign="dots")
    low = measure.share < measure.target
    return chip("bad" if low else "ok", text, with_sign="no" if low else "ok")


def _axes(now: dict[str, Measure], before: dict[str, Measure]) -> Axes:
    items = []
    for axis in scores.AXES:
        worst = scores.measure_of_axis(now, axis)
        last = before.get(worst.code) if worst else None
        info = scores.measures()[worst.code] if worst else None
        items.append(
            Axis(
                name=words(axis.vi, axis.en),
                now=worst.share if worst else None,
                was=last.share if last else None,
                target=worst.target if worst else None,
                hint=words(info.vi, info.en) if info else words("chưa đo", "not measured"),
            )
        )
    return Axes(items=tuple(items), wide=True)


def _communes(reader: Reader, run: RunInfo) -> Table:
    on = population.register(run.register_id).as_of
    found = scores.by_commune(reader.viewer, run.id)
    rows = []
    for code, measured in found.items():
        unit = places.unit(code, on)
        total = measured["C3"].total if "C3" in measured else 0
        cells = [_cell(scores.measure_of_axis(measured, axis)) for axis in scores.AXES if axis.code != "song"]
        rows.append(Row(cells=(unit.name if unit else code, writing.number(total), *cells)))
    return Table(
        caption=words("Theo xã của người trong danh sách", "By commune of residence"),
        show_caption=True,
        columns=(
            Column(label=words("Xã", "Commune")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            *(Column(label=words(axis.vi, axis.en), nowrap=True) for axis in scores.AXES if axis.code != "song"),
        ),
        rows=tuple(rows),
    )


def _measures(now: dict[str, Measure]) -> Table:
    rows = []
    for code, info in scores.measures().items():
        one = now.get(code)
        span = f"{writing.percent(one.low)} – {writing.percent(one.high)}" if one and one.total else ""
        counts = f"{writing.number(one.good)} / {writing.number(one.total)}" if one else ""
        rows.append(Row(cells=(code, words(info.vi, info.en), counts, _cell(one), span, writing.percent(info.target))))
    return Table(
        caption=words("Các phép đo A/B", "Measures A/B"),
        show_caption=True,
        columns=(
            Column(label=words("Mã", "Code")),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label="A / B", kind="num"),
            Column(label=words("Đạt", "Share"), nowrap=True),
            Column(label=words("Khoảng 95 %", "95 % interval"), nowrap=True),
            Column(label=words("Ngưỡng ban đầu", "Starting threshold"), kind="num"),
        ),
        rows=tuple(rows),
    )


@group_page
def scorecard(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the newest score of each source; one source at a time, with its communes."""
    done = [run for run in runs.runs(reader.viewer, reader.group.id) if run.state == "done"]
    newest: dict[str, RunInfo] = {}
    for each in done:
        newest.setdefault(each.source, each)
    chosen = request.GET.get("nguon", "")
    run = newest.get(chosen) or next(iter(newest.values()), None)
    head = PageHead(
        title=words("Bảng điểm", "Scorecard"),
        meta=(words("Bốn tiêu chí, không lấy trung bình", "Four axes, no average"),),
    )
    if run is None:
        empty = Empty(
            title=words("Chưa có lượt đối soát nào để chấm", "No run to score yet"),
            text=words("Điểm được tính sau mỗi lượt đối soát.", "Scores follow each run."),
        )
        return render(request, "dean06/pages/scores.html", {"head": head, "empty": empty})
    before = next((one for one in done if one.source == run.source and one.period < run.period), None)
    now = scores.of_run(reader.viewer, run.id)
    title = contracts.contract(run.source).title
    shown = {
        "head": head,
        "title": f"{words(title.vi, title.en)}, {words('kỳ', 'period')} {run.period}",
        "facets": Facets(
            label=words("Nguồn dữ liệu", "Sources"),
            items=tuple(
                Facet(
                    label=words(contracts.contract(code).title.vi, contracts.contract(code).title.en),
                    count=one.period,
                    href=f"?{urlencode({'nguon': code})}",
                    current=code == run.source,
                )
                for code, one in newest.items()
            ),
        ),
        "axes": _axes(now, scores.of_run(reader.viewer, before.id) if before else {}),
        "communes": _communes(reader, run),
        "measures": _measures(now),
        "run": run,
        "run_href": reader.url("runs-one", run.id),
    }
    return render(request, "dean06/pages/scores.html", shown)
