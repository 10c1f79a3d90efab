"""Bảng điểm: four honest axes by source and commune; the worst decides, no average, a small sample is not ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.corrections import service as corrections
from dean06.corrections.types import Outcome, Tally
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.service import scores
from dean06.reconcile.types import Measure, RunInfo, ThresholdInfo
from dean06.sources import service as sources
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.data.thresholds import written
from dean06.web.pages.titles import cause_title, rule_title, source_title
from dean06.web.parts import charts
from dean06.web.parts.charts import Axes, Axis, Trend
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Group, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

PERIODS = 6
CAUSES = 8
BY_COMMUNE = tuple(axis for axis in scores.AXES if axis.code != "song")  # a delivery's punctuality is no commune's

__all__ = ["cell", "scorecard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One run with everything its page is made of."""

    run: RunInfo
    history: Sequence[RunInfo]
    now: Mapping[str, Measure]
    past: Mapping[int, Mapping[str, Measure]]
    outcome: Outcome | None

    @property
    def before(self) -> Mapping[str, Measure]:
        """The measures of the period before."""
        earlier = next((one for one in self.history if one.period < self.run.period), None)
        return self.past[earlier.id] if earlier else {}


def cell(measure: Measure | None) -> str:
    """Return a share as a chip: how it stands to its threshold, or that it is not measured, or too few to rank."""
    if measure is not None and measure.hidden:
        return chip("mute", words("mẫu nhỏ", "small sample"), with_sign="dots")
    if measure is None or measure.share is None:
        return chip("mute", words("chưa đo", "not measured"), with_sign="dash")
    text = writing.percent(measure.share)
    if measure.small:
        return chip("mute", words(f"{text}, mẫu nhỏ", f"{text}, small sample"), with_sign="dots")
    if measure.target is None:
        return chip("mute", text, with_sign="none")
    return chip("bad" if measure.below else "ok", text, with_sign="dn" if measure.below else "ok")


def _axes(card: Card) -> Axes:
    items = []
    for axis in scores.AXES:
        worst = scores.measure_of_axis(card.now, axis)
        last = card.before.get(worst.code) if worst else None
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


def _commune_row(name: str, measured: Mapping[str, Measure], told: Tally) -> Row:
    total = measured["C3"].total if "C3" in measured else 0
    return Row(
        cells=(
            name,
            writing.number(total),
            *(cell(scores.measure_of_axis(measured, axis)) for axis in BY_COMMUNE),
            writing.number(told.open_after),
            writing.number(told.new),
            writing.number(told.proved),
        )
    )


def _communes(reader: Reader, card: Card) -> Table:
    on = population.register(card.run.register_id).as_of
    found = scores.by_commune(reader.viewer, card.run.id)
    told = card.outcome.by_commune if card.outcome else {}
    rows = []
    for code, measured in found.items():
        unit = places.unit(code, on)
        rows.append(_commune_row(unit.name if unit else code, measured, told.get(code, Tally())))
    whole = card.outcome.whole if card.outcome else Tally()
    return Table(
        caption=words("Theo xã của người trong danh sách", "By commune of residence"),
        groups=(
            Group(label="", span=2),
            Group(
                label=words("Tiêu chí, theo phép đo yếu nhất", "Axes, by their weakest measure"), span=len(BY_COMMUNE)
            ),
            Group(label=words("Sai lệch", "Discrepancies"), span=3),
        ),
        columns=(
            Column(label=words("Xã", "Commune")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            *(Column(label=words(axis.vi, axis.en), nowrap=True) for axis in BY_COMMUNE),
            Column(label=words("Đang mở", "Open"), kind="num"),
            Column(label=words("Mới", "New"), kind="num"),
            Column(label=words("Đã chứng minh", "Proved"), kind="num"),
        ),
        rows=tuple(rows),
        total=_commune_row(words("Cả danh sách", "The whole list"), card.now, whole),
    )


WHO_COUNTS = {
    "sample": ("người đọc mẫu hoặc xã kiểm tra", "counted by people who read or check a sample"),
    "calls": ("đếm khi có kết nối trực tiếp với nguồn", "counted where a connector calls the source"),
    "exchange": ("đếm khi dữ liệu được chia sẻ qua nền tảng", "counted once the platform shares the data"),
}


def _note(info: scores.MeasureInfo, one: Measure | None) -> str:
    """Say what a share cannot: the days behind it, that its lower bound counts, or who would count it."""
    parts = []
    if one and "p95" in one.detail:
        middle, most = one.detail["median"], one.detail["p95"]
        parts.append(
            words(
                f"giữa {middle} ngày làm việc, 95 % trong {most} ngày",
                f"median {middle} working days, 95 % within {most}",
            )
        )
    if one and one.by_low:
        parts.append(words("so cận dưới với ngưỡng", "its lower bound is compared"))
    if one is None and info.source:
        parts.append(words(*WHO_COUNTS[info.source]))
    return "; ".join(parts)


def _criteria(now: Mapping[str, Measure]) -> SummaryList:
    """Return the two criteria of 2025 beside the four axes: shown, deciding nothing."""
    return SummaryList(
        facts=tuple(
            Fact(
                term=words(axis.vi, axis.en),
                value=cell(now.get(code)),
                aside=words(scores.measures()[code].vi, scores.measures()[code].en),
            )
            for axis in scores.CRITERIA
            for code in axis.measures
        )
    )


def _threshold(one: Measure | None, info: scores.MeasureInfo) -> tuple[float | None, ThresholdInfo | None]:
    return (one.target, one.decided) if one else (info.target, None)


def _measures(now: Mapping[str, Measure]) -> Table:
    rows = []
    for code, info in scores.measures().items():
        one = now.get(code)
        span = f"{writing.percent(one.low)} – {writing.percent(one.high)}" if one and one.total else ""
        counts = (
            words(
                f"{writing.number(one.good)} trên {writing.number(one.total)}",
                f"{writing.number(one.good)} of {writing.number(one.total)}",
            )
            if one
            else ""
        )
        title = format_html('{}<small class="cell-note">{}</small>', words(info.vi, info.en), _note(info, one))
        rows.append(Row(cells=(code, title, counts, cell(one), span, written(*_threshold(one, info)))))
    return Table(
        caption=words("Các phép đo", "Measures"),
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label=words("Đạt trên đo", "Good of measured"), kind="num"),
            Column(label=words("Tỉ lệ", "Share"), nowrap=True),
            Column(label=words("Khoảng 95 %", "95 % interval"), nowrap=True),
            Column(label=words("Ngưỡng", "Threshold")),
        ),
        rows=tuple(rows),
    )


def _trend(card: Card) -> Trend | None:
    """Return how the measure furthest from its threshold moved over the last periods, told in one sentence."""
    measured = [one for one in card.now.values() if one.decides and not one.small]
    worst = min(measured, key=lambda one: one.gap, default=None)
    if worst is None:
        return None
    shares = [
        (run.period, share)
        for run in reversed(card.history)
        if (one := card.past[run.id].get(worst.code)) is not None and (share := one.share) is not None
    ]
    if len(shares) < 2:
        return None
    last, ended = shares[-1]
    worst_period, least = min(shares, key=lambda one: one[1])
    info = scores.measures()[worst.code]
    title = words(info.vi, info.en)
    return Trend(
        label=words(
            f"«{title}»: {writing.percent(ended)} kỳ {writing.month(last)}, "
            f"thấp nhất {writing.percent(least)} kỳ {writing.month(worst_period)}",
            f"{title}: {writing.percent(ended)} in {writing.month(last)}, "
            f"lowest {writing.percent(least)} in {writing.month(worst_period)}",
        ),
        periods=tuple(f"T{int(period[5:])}" for period, _ in shares),
        name=worst.code,
        values=tuple(share for _, share in shares),
    )


def _tally(outcome: Outcome | None) -> charts.Tally | None:
    if outcome is None:
        return None
    counts = [(told.open_after, code) for code, told in outcome.by_cause.items() if told.open_after]
    items = [charts.TallyLine(label=cause_title(code), count=count) for count, code in sorted(counts, reverse=True)]
    return charts.Tally(items=tuple(items[:CAUSES])) if items else None


def _sources(reader: Reader, newest: Mapping[str, RunInfo], chosen: str) -> Facets:
    return Facets(
        label=words("Nguồn dữ liệu", "Sources"),
        items=tuple(
            Facet(
                label=source_title(code, reader.contracts),
                count=writing.month(one.period),
                href=f"?{urlencode({'nguon': code})}",
                current=code == chosen,
            )
            for code, one in newest.items()
        ),
    )


def _periods(history: Sequence[RunInfo], run: RunInfo) -> Facets:
    return Facets(
        label=words("Kỳ", "Period"),
        items=tuple(
            Facet(
                label=words(f"kỳ {writing.month(one.period)}", writing.month(one.period)),
                count="",
                href=f"?{urlencode({'nguon': one.source, 'ky': one.period})}",
                current=one.id == run.id,
            )
            for one in history
        ),
    )


def _history(done: Sequence[RunInfo], source: str) -> list[RunInfo]:
    """Return the newest run of each of the last periods of a source, newest first."""
    of_period: dict[str, RunInfo] = {}
    for run in done:
        if run.source == source:
            of_period.setdefault(run.period, run)
    return sorted(of_period.values(), key=lambda run: run.period, reverse=True)[:PERIODS]


def _card(reader: Reader, history: Sequence[RunInfo], period: str) -> Card:
    run = next((one for one in history if one.period == period), history[0])
    past = {one.id: scores.of_run(reader.viewer, one.id) for one in history}
    outcome = corrections.outcome_of(reader.group.id, run.label)
    return Card(run=run, history=history, now=past[run.id], past=past, outcome=outcome)


def _sheet_rows(where: str, measured: Mapping[str, Measure]) -> list[tuple[sheet.Cell, ...]]:
    known = scores.measures()
    return [
        (where, one.code, known[one.code].vi, one.good, one.total, one.share, one.low, one.high, one.target)
        for one in measured.values()
    ]


def _sheet(reader: Reader, run: RunInfo) -> sheet.Sheet:
    on = population.register(run.register_id).as_of
    made = _sheet_rows(words("Cả danh sách", "The whole list"), scores.of_run(reader.viewer, run.id))
    for code, measured in scores.by_commune(reader.viewer, run.id).items():
        unit = places.unit(code, on)
        made += _sheet_rows(unit.name if unit else code, measured)
    return sheet.Sheet(
        title=words(
            f"Bảng điểm, {source_title(run.source, reader.contracts)}",
            f"Scorecard, {source_title(run.source, reader.contracts)}",
        ),
        notes=(
            words(f"Kỳ {writing.month(run.period)}, lượt {run.label}", f"Period {run.period}, run {run.label}"),
            words(
                "Mỗi tiêu chí theo phép đo yếu nhất; không lấy trung bình", "The weakest measure decides; no average"
            ),
        ),
        header=(
            words("Xã", "Commune"),
            words("Mã", "Code"),
            words("Phép đo", "Measure"),
            words("Đạt", "Good"),
            words("Đo", "Measured"),
            words("Tỉ lệ", "Share"),
            words("Cận dưới 95 %", "95 % low"),
            words("Cận trên 95 %", "95 % high"),
            words("Ngưỡng", "Threshold"),
        ),
        rows=made,
    )


def _resting(reader: Reader, run: RunInfo) -> Notice | None:
    """Say which rules rested on the day the list came: no measure of this card counts them."""
    checked = sources.examined(reader.viewer, run.delivery_id)
    if checked is None or not checked.paused:
        return None
    named = "; ".join(rule_title(run.source, rule, reader.contracts) for rule, _ in checked.paused)
    text = words(
        f"Không tính vào điểm kỳ này vì luật đang tạm dừng khi nộp: {named}.",
        f"Not counted in these scores, since the rule rested when the list came: {named}.",
    )
    link = Link(label=words("Luật bị báo sai", "Disputed rules"), href=f"{reader.url('disputes')}?xem=tat-ca")
    return Notice(text=text, tone="warn", sign="clock", link=link)


def _actions(request: HttpRequest, reader: Reader) -> tuple[Action, ...]:
    """Return the sheets of the page, the map of all sources, and the samples that people read."""
    return (
        *sheet.offers(request),
        Action(label=words("Mẫu đọc", "Samples"), href=reader.url("samples"), kind="quiet", sign="eye"),
        Action(label=words("Bản đồ điểm", "Map"), href=reader.url("scores-map"), kind="second"),
        Action(label=words("Ngưỡng", "Thresholds"), href=reader.url("scores-thresholds"), kind="quiet"),
        Action(label=words("Đã chốt", "Frozen months"), href=reader.url("scores-months"), kind="quiet"),
        Action(label=words("Dữ liệu mở", "Open data"), href=reader.url("open-data"), kind="quiet"),
    )


@group_page
def scorecard(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the newest score of each source; one source and period at a time, with its communes."""
    done = reader.finished_runs
    newest: dict[str, RunInfo] = {}
    for each in done:
        newest.setdefault(each.source, each)
    chosen = request.GET.get("nguon", "")
    source = chosen if chosen in newest else next(iter(newest), "")
    meta = (words("Bốn tiêu chí, không lấy trung bình", "Four axes, no average"),)
    if not source:
        empty = Empty(
            title=words("Chưa có lượt đối soát nào để chấm", "No run to score yet"),
            text=words("Điểm được tính sau mỗi lượt đối soát.", "Scores follow each run."),
        )
        head = PageHead(title=words("Bảng điểm", "Scorecard"), meta=meta)
        return render(request, "dean06/pages/scores.html", {"head": head, "empty": empty})
    history = _history(done, source)
    card = _card(reader, history, request.GET.get("ky", ""))
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, card.run), f"bang-diem-{source}-{card.run.period}")
    period = words("kỳ tháng", "period")
    shown = {
        "head": PageHead(title=words("Bảng điểm theo xã", "Scorecard"), meta=meta, actions=_actions(request, reader)),
        "title": f"{source_title(source, reader.contracts)}, {period} {writing.month(card.run.period)}",
        "facets": _sources(reader, newest, source),
        "periods": _periods(history, card.run) if len(history) > 1 else None,
        "axes": _axes(card),
        "resting": _resting(reader, card.run),
        "communes": _communes(reader, card),
        "trend": _trend(card),
        "tally": _tally(card.outcome),
        "criteria": _criteria(card.now),
        "measures": _measures(card.now),
        "run": card.run,
        "run_href": reader.url("runs-one", card.run.id),
    }
    return render(request, "dean06/pages/scores.html", shown)
