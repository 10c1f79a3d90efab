"""Mẫu đọc: samples drawn by lot from runs, what came of each, and whose turn it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import sampling
from dean06.places import service as places
from dean06.reconcile.service import readings, samples
from dean06.reconcile.types import FIELD, LINKS, MISSING, READ, RunInfo, SampleInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.data.scores import cell
from dean06.web.pages.refusals import question
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

KINDS = {
    LINKS: ("Đọc mù: máy nối đúng người không", "Read blind: are the links true"),
    MISSING: ("Đọc mù: dòng không tìm thấy có người trong sổ không", "Read blind: rows not found, is anybody there"),
    FIELD: ("Kiểm tra thực địa tại xã", "Field check by the communes"),
}
PURPOSES = {
    LINKS: (("Đọc mẫu để đo độ đúng của việc nối", "Read the sample to measure how true the links are"),),
    MISSING: (("Đọc mẫu dòng không tìm thấy để đo độ phủ", "Read the rows not found to measure recall"),),
    FIELD: (("Kiểm tra thực địa mẫu của nguồn", "Check the source's sample in the field"),),
}

__all__ = ["draw", "kind_title", "listing", "one", "own_sample", "purpose", "purpose_key"]


def own_sample(reader: Reader, sample_id: int, *kinds: str) -> SampleInfo:
    """Return a sample of this group; any other is not there."""
    told = samples.sample(reader.viewer, sample_id)
    if told is None or told.group_id != reader.group.id or (kinds and told.kind not in kinds):
        raise Http404
    return told


def purpose_key(sample_id: int) -> str:
    """Name the place in the session where a reader's purpose for a sample is kept."""
    return f"muc_dich_mau_{sample_id}"


def kind_title(told: SampleInfo) -> str:
    """Return what a sample is for."""
    return words(*KINDS[told.kind])


def _state(told: SampleInfo) -> str:
    if told.ended_at:
        text = words(f"xong {writing.day(told.ended_at)}", f"ended {writing.day(told.ended_at)}")
        return chip("ok", text, with_sign="ok")
    text = words(f"{told.settled} trên {told.size} dòng đã rõ", f"{told.settled} of {told.size} rows settled")
    return chip("info", text, with_sign="clock")


def _rows(told: SampleInfo) -> str:
    size, among = writing.number(told.size), writing.number(told.among)
    return words(f"{size} trên {among} dòng", f"{size} of {among} rows")


def _table(reader: Reader, found: list[SampleInfo]) -> Table:
    results = samples.results(reader.viewer, found)
    return Table(
        caption=words(f"{len(found)} mẫu", f"{len(found)} samples"),
        columns=(
            Column(label=words("Mẫu", "Sample"), nowrap=True),
            Column(label=words("Nguồn, kỳ", "Source, period"), kind="text"),
            Column(label=words("Để làm gì", "What for"), kind="text"),
            Column(label=words("Số dòng", "Rows"), kind="num"),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Kết quả", "Result")),
        ),
        rows=tuple(
            Row(
                cells=(
                    format_html('<a href="{}">{}</a>', reader.url("samples-one", one.id), one.label),
                    f"{source_title(one.source, reader.contracts)}, {writing.month(one.period)}",
                    kind_title(one),
                    _rows(one),
                    _state(one),
                    cell(results.get(one.id)),
                )
            )
            for one in found
        ),
    )


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the samples of the group, and the form that draws one from a source's newest run."""
    found = samples.samples(reader.viewer, reader.group.id)
    newest: dict[str, RunInfo] = {}
    for run in reader.finished_runs:
        newest.setdefault(run.source, run)
    first = next(iter(newest.values()), None)
    answer = sampling.may_draw(reader.viewer, reader.group, first, LINKS) if first and not reader.ending else None
    shown = {
        "head": PageHead(
            title=words("Mẫu đọc", "Samples"),
            crumb=Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores")),
            meta=(words("Dòng do máy bốc thăm; không ai chọn", "Rows are drawn by lot; nobody chooses"),),
        ),
        "table": _table(reader, found) if found else None,
        "empty": Empty(
            title=words("Chưa có mẫu nào", "No sample yet"),
            text=words(
                "Độ đúng thật chỉ người đọc hoặc xã kiểm tra mới nói được: lập một mẫu từ lượt đối soát mới nhất.",
                "Only people who read, or communes that check, can say what is true: draw a sample of the newest run.",
            ),
        ),
        "answer": question(reader, answer) if answer and not answer.allowed else None,
        "runs": [
            (run.id, f"{source_title(run.source, reader.contracts)}, {writing.month(run.period)}, {run.label}")
            for run in newest.values()
        ]
        if answer and answer.allowed
        else [],
        "kinds": [(code, words(*told)) for code, told in KINDS.items()],
        "draw_href": reader.url("samples-draw"),
    }
    return render(request, "dean06/pages/samples.html", shown)


@require_POST
@group_page
def draw(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Draw a sample of a run."""
    run, kind = request.POST.get("luot", ""), request.POST.get("loai", "")
    if not run.isdecimal() or kind not in KINDS:
        raise BadInput("Chọn lượt đối soát và loại mẫu.", "Choose a run and a kind of sample.")
    made = sampling.draw(reader.viewer, reader.group, int(run), kind)
    text = words(f"Đã bốc thăm {made.size} dòng vào mẫu {made.label}.", f"Drew {made.size} rows as {made.label}.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("samples-one", made.id))


def _communes(reader: Reader, told: SampleInfo) -> Table:
    rows = []
    for code, (count, settled) in samples.communes(reader.viewer, told.id).items():
        unit = places.unit(code, reader.today)
        name = unit.name if unit else code
        href = reader.url("samples-commune", told.id, code)
        rows.append(Row(cells=(format_html('<a href="{}">{}</a>', href, name), str(count), str(settled))))
    return Table(
        caption=words("Phiếu của từng xã", "Sheets by commune"),
        columns=(
            Column(label=words("Xã", "Commune")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            Column(label=words("Đã ghi", "Entered"), kind="num"),
        ),
        rows=tuple(rows),
    )


@group_page
def one(request: HttpRequest, reader: Reader, sample_id: int) -> HttpResponse:
    """Show one sample: how it was drawn, how far it is, and the way to the next row."""
    told = own_sample(reader, sample_id)
    why = "" if reader.ending else request.session.get(purpose_key(told.id), "")
    waiting = readings.waiting_for(reader.viewer, told.id) if told.kind in READ else 0
    go_on = Action(
        label=words(f"Đọc tiếp, còn {waiting} dòng cho bạn", f"Read on, {waiting} rows for you"),
        href=reader.url("samples-read", told.id),
        kind="primary",
    )
    shown = {
        "head": PageHead(
            title=words(
                f"Mẫu {told.label}: {source_title(told.source, reader.contracts)}",
                f"{told.label}: {source_title(told.source, reader.contracts)}",
            ),
            crumb=Link(label=words("Mẫu đọc", "Samples"), href=reader.url("samples")),
            meta=(kind_title(told), words(f"kỳ tháng {writing.month(told.period)}", f"{writing.month(told.period)}")),
            actions=(go_on,) if why and waiting and told.kind in READ else (),
        ),
        "told": told,
        "facts": _facts(reader, told),
        "communes": _communes(reader, told) if told.kind == FIELD and why else None,
        "why": why,
        "ending": reader.ending,
        "waiting": waiting,
        "purposes": [words(*one_) for one_ in PURPOSES[told.kind]],
        "purpose_href": reader.url("samples-purpose", told.id),
    }
    return render(request, "dean06/pages/sample.html", shown)


def _result(reader: Reader, told: SampleInfo) -> Fact:
    """Say what came of a sample; one of rows not found is told by its run's diagnosis, as far as it was read."""
    if told.kind == MISSING:
        href, text = (
            reader.url("runs-diagnosis", told.run_id),
            words("trong chẩn đoán của lượt", "in the run's diagnosis"),
        )
        return Fact(term=words("Kết quả", "Result"), value=format_html('<a href="{}">{}</a>', href, text))
    return Fact(
        term=words("Kết quả", "Result"),
        value=cell(samples.results(reader.viewer, [told]).get(told.id)),
        aside="" if told.ended_at else words("chỉ tính khi mọi dòng đã rõ", "counted when every row is settled"),
    )


def _facts(reader: Reader, told: SampleInfo) -> SummaryList:
    run = format_html('<a href="{}">L{}</a>', reader.url("runs-one", told.run_id), told.run_id)
    return SummaryList(
        facts=(
            Fact(term=words("Lượt đối soát", "Run"), value=run),
            Fact(
                term=words("Bốc thăm", "Drawn"),
                value=f"{_rows(told)}, {writing.day(told.drawn_at)}",
            ),
            Fact(term=words("Tình trạng", "State"), value=_state(told)),
            _result(reader, told),
        )
    )


@require_POST
@group_page
def purpose(request: HttpRequest, reader: Reader, sample_id: int) -> HttpResponse:
    """Keep the reader's purpose for this sample; every look from now on is recorded under it."""
    told = own_sample(reader, sample_id)
    said = request.POST.get("muc_dich", "").strip()
    if not said:
        raise BadInput("Chọn mục đích xem trước khi mở dòng dữ liệu.", "Choose a purpose before the rows open.")
    request.session[purpose_key(told.id)] = said[:200]
    return HttpResponseRedirect(reader.url("samples-one", told.id))
