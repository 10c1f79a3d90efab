"""Chẩn đoán: one run examined: passes, costs, weights, calibration, precision and recall; as a page and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.reconcile.service import desks, diagnosis
from dean06.reconcile.service.diagnosis import Diagnosis, Interval, Share, Stretch
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.data.desk import agreement_words, run_title
from dean06.web.pages.data.run_files import own_run
from dean06.web.pages.data.scored_words import LEVELS, TERMS
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.weights import Calibration, Found, Level, Weights
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

PASSES = {
    "0": ("Không so được", "Could not be searched"),
    "1": ("Lượt 1: số định danh", "Pass 1: number"),
    "2": ("Lượt 2: họ tên và ngày sinh", "Pass 2: name and date"),
    "3": ("Lượt 3: họ tên không dấu", "Pass 3: name without marks"),
    "4": ("Lượt 4: cân từng ứng viên", "Pass 4: weighing candidates"),
    "5": ("Lượt 5: mỗi dòng một người, mỗi người một dòng", "Pass 5: one row a person, one person a row"),
}
STEPS = {
    "open": ("mở sổ", "open the register"),
    "read": ("đọc danh sách", "read the list"),
    "pass1": ("lượt 1", "pass 1"),
    "train": ("học trọng số", "learn the weights"),
    "pass2": ("lượt 2", "pass 2"),
    "pass3": ("lượt 3", "pass 3"),
    "block": ("chọn cặp để cân", "choose pairs to weigh"),
    "pass4": ("lượt 4", "pass 4"),
    "pass5": ("lượt 5", "pass 5"),
    "decide": ("kết luận", "decide"),
    "write": ("ghi kết quả", "write"),
}
KEYS = {
    "ngay_sinh": ("ngày sinh", "birth date"),
    "dia_chi": ("địa chỉ", "address"),
    "ten_doc_giong": ("tên đọc giống", "name by sound"),
    "ten_va_nam": ("tên đệm và tên, năm sinh", "names but the surname, year of birth"),
    "ho_va_nam": ("họ, năm sinh", "surname, year of birth"),
    "ten_va_xa": ("tên đệm và tên, xã", "names but the surname, commune"),
    "ho_va_xa": ("họ, xã", "surname, commune"),
    "xa_va_nam": ("xã, năm sinh", "commune, year of birth"),
}
NOT_KEPT = (
    "chưa đo: lượt này chạy trước khi hệ thống giữ số liệu đó",
    "not measured: the run is from before this was kept",
)

__all__ = ["file", "page"]


def _not_measured() -> str:
    return words("chưa đo", "not measured")


def _share_words(one: Share) -> str:
    """Return a share with its interval; or that nobody read anything, or few."""
    if not one.total:
        return words("chưa đo: chưa có dòng nào được đọc", "not measured: nothing was read yet")
    low, high = (writing.percent(each) for each in one.bounds)
    small = words(", mẫu nhỏ", ", small sample") if one.small else ""
    return words(
        f"{writing.percent(one.value)} ({low} đến {high}), {one.good} trên {one.total} dòng{small}",
        f"{writing.percent(one.value)} ({low} to {high}), {one.good} of {one.total} rows{small}",
    )


def _interval_words(one: Interval) -> str:
    low, high = writing.percent(one.low), writing.percent(one.high)
    if one.value is None:
        return words(f"chưa đo đủ; nằm giữa {low} và {high}", f"not measured whole; between {low} and {high}")
    return words(f"{writing.percent(one.value)} ({low} đến {high})", f"{writing.percent(one.value)} ({low} to {high})")


def _quality(told: Diagnosis) -> SummaryList:
    missing = told.parts.missing
    there = told.parts.there
    unread = words(
        f"chưa ai kiểm {missing} dòng không tìm thấy, nên khoảng này tính cả hai đầu",
        f"nobody checked the {missing} rows not found, so both ends are counted",
    )
    return SummaryList(
        facts=(
            Fact(
                term=words("Nối đúng người", "Links true"),
                value=_share_words(told.precision),
                aside=words("mẫu đọc mù của lượt", "the run's sample read blind"),
            ),
            Fact(
                term=words("Ứng viên đầu đúng", "First candidate right"),
                value=_share_words(told.top),
                aside=words("dòng nghi vấn đã duyệt", "doubtful rows reviewed"),
            ),
            Fact(term=words("Có trong các ứng viên", "Among the candidates"), value=_share_words(told.among)),
            Fact(
                term=words("Không tìm thấy mà có trong sổ", "Not found, yet in the register"),
                value=_share_words(there),
                aside=words("mẫu đọc mù của dòng không tìm thấy", "the sample of rows not found, read blind"),
            ),
            Fact(
                term=words("Độ phủ, máy tự nối", "Recall, engine alone"),
                value=_interval_words(told.recall),
                aside=unread if missing and not there.total else "",
            ),
            Fact(
                term=words("Độ phủ sau khi duyệt", "Recall once reviewed"), value=_interval_words(told.recall_reviewed)
            ),
            Fact(
                term=words("Hai người duyệt", "Two readers"),
                value=agreement_words(told.agreement),
            ),
        )
    )


def _passes(told: Diagnosis) -> Table | None:
    if not told.by_pass:
        return None
    whole = sum(told.by_pass.values())
    return Table(
        caption=words("Dòng theo lượt quyết định", "Rows by the pass that decided"),
        show_caption=True,
        columns=(
            Column(label=words("Lượt", "Pass")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            Column(label=words("Phần", "Share"), kind="num"),
            Column(label=words("Cặp đã so", "Pairs compared"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    words(*PASSES[code]) if code in PASSES else code,
                    writing.number(told.by_pass.get(code, 0)),
                    writing.percent(told.by_pass.get(code, 0) / whole if whole else None),
                    writing.number(told.pairs[code]) if code in told.pairs else "·",
                )
            )
            for code in sorted({*told.by_pass, *told.pairs})
        ),
    )


def _costs(told: Diagnosis) -> Table | None:
    if not told.seconds:
        return None
    whole = sum(told.seconds.values())
    return Table(
        caption=words("Thời gian từng bước", "Time by step"),
        show_caption=True,
        columns=(
            Column(label=words("Bước", "Step")),
            Column(label=words("Giây", "Seconds"), kind="num"),
            Column(label=words("Phần", "Share"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    words(*STEPS[step]) if step in STEPS else step,
                    writing.number(seconds, 3),
                    writing.percent(seconds / whole if whole else None),
                )
            )
            for step, seconds in told.seconds.items()
        ),
        total=Row(cells=(words("Cả lượt", "In all"), writing.number(whole, 3), "")),
    )


def _blocks(told: Diagnosis) -> Table | None:
    if not told.blocks:
        return None
    return Table(
        caption=words(
            "Khối vượt số cặp cho phép: bỏ bớt hoặc thu hẹp", "Blocks over the budget of pairs: narrowed or left out"
        ),
        show_caption=True,
        columns=(
            Column(label=words("Lượt", "Pass")),
            Column(label=words("Khóa", "Key")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            Column(label=words("Người trong sổ", "People"), kind="num"),
            Column(label=words("Cặp", "Pairs"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    one.step,
                    words(*KEYS[one.key]) if one.key in KEYS else one.key,
                    *(writing.number(each) for each in (one.rows, one.people, one.pairs)),
                )
            )
            for one in told.blocks
        ),
    )


def _curve(told: Diagnosis) -> tuple[Calibration | None, Table | None]:
    both = ((told.curve, "doubtful"), (told.curve_named, "named"))
    if not any(curve for curve, _ in both):
        return None, None
    found = tuple(
        Found(predicted=one.predicted, share=one.found.value or 0.0, low=low, high=high, kind=kind)
        for curve, kind in both
        for one in curve
        for low, high in (one.found.bounds,)
    )
    off = [one for curve, _ in both for one in curve if not one.found.bounds[0] <= one.predicted <= one.found.bounds[1]]
    said = words(
        f"{len(found)} khoảng xác suất đã đọc; {len(off)} khoảng máy nói lệch hơn sai số mẫu.",
        f"{len(found)} stretches read; in {len(off)} the engine is off by more than chance.",
    )
    return Calibration(label=said, found=found), Table(
        caption=said,
        show_caption=True,
        columns=(
            Column(label=words("Máy nói", "Engine said")),
            Column(label=words("Dòng nào", "Which rows")),
            Column(label=words("Trung bình", "On average"), kind="num"),
            Column(label=words("Người đọc thấy đúng", "Found right"), kind="text"),
        ),
        rows=tuple(_stretch_rows(both)),
    )


def _stretch_rows(both: Sequence[tuple[Sequence[Stretch], str]]) -> Iterator[Row]:
    names = {"doubtful": words("nghi vấn", "doubtful"), "named": words("đã nối", "named")}
    for curve, kind in both:
        for one in curve:
            span = f"{writing.percent(one.low)}–{writing.percent(one.high)}"
            yield Row(cells=(span, names[kind], writing.percent(one.predicted), _share_words(one.found)))


def _weights(told: Diagnosis) -> list[tuple[str, Weights]]:
    made = []
    for field, known in LEVELS.items():
        levels = tuple(
            Level(label=words(*known[one.level]), share=2**one.true_bits, bits=one.bits)
            for one in told.weights
            if one.field == field and one.level in known
        )
        if levels:
            name = words(*TERMS[field])
            label = words(
                f"{name}: mỗi mức giống nhau cộng hay trừ bao nhiêu bit", f"{name}: what each level gives in bits"
            )
            made.append((name, Weights(label=label, levels=levels)))
    return made


def _model(told: Diagnosis) -> SummaryList | None:
    model = told.model
    if model is None:
        return None
    people = writing.number(told.register_rows) if told.register_rows is not None else _not_measured()
    return SummaryList(
        facts=(
            Fact(
                term=words("Học từ", "Learnt from"),
                value=words(
                    f"{writing.number(model.learnt_from)} cặp chắc chắn của chính danh sách này",
                    f"{writing.number(model.learnt_from)} sure pairs of this very list",
                ),
                aside=words("pha với kinh nghiệm ghi sẵn khi ít cặp", "leaning on shipped experience where few"),
            ),
            Fact(term=words("Người trong sổ", "People in the register"), value=people),
            Fact(
                term=words("Độ bao phủ ước lượng", "Coverage estimated"),
                value=writing.percent(model.coverage / 1000),
                aside=words("người của danh sách có trong sổ", "of the list's people are in the register"),
            ),
            Fact(
                term=words("Trùng tên trùng ngày", "Namesakes of one date"),
                value=f"{writing.number(model.clump / 1000, 1)} bit",
                aside=words("trừ khi cả hai cùng giống", "taken off where both are alike"),
            ),
        )
    )


@group_page
def page(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show a run examined; what nobody measured is said so."""
    run, _ = own_run(reader, run_id)
    told = diagnosis.examined(reader.viewer, run.id)
    picture, curve = _curve(told)
    as_json = Action(label="JSON", href=reader.url("runs-diagnosis-file", run.id), kind="quiet", sign="save")
    desk = Action(label=words("Bàn duyệt", "Review desk"), href=reader.url("runs-desk", run.id), sign="ask")
    shown = {
        "head": PageHead(
            title=words("Chẩn đoán lượt đối soát", "Diagnosis of the run"),
            crumb=Link(label=run_title(reader, run), href=reader.url("runs-one", run.id)),
            meta=(
                words(f"lượt {run.label}", f"run {run.label}"),
                words(f"{writing.number(run.rows)} dòng", f"{writing.number(run.rows)} rows"),
                words(f"{writing.number(run.seconds, 1)} giây", f"{writing.number(run.seconds, 1)} s"),
                format_html("<code>{} … {}</code>", run.result_sha256[:8], run.result_sha256[-4:]),
            ),
            actions=(as_json, *((desk,) if run.counts.get(desks.DOUBTFUL) else ())),
        ),
        "quality": _quality(told),
        "picture": picture,
        "curve": curve,
        "passes": _passes(told),
        "costs": _costs(told),
        "blocks": _blocks(told),
        "blocks_told": told.blocks is not None,
        "model": _model(told),
        "weights": _weights(told),
        "not_kept": words(*NOT_KEPT),
    }
    return render(request, "dean06/pages/diagnosis.html", shown)


@group_page
def file(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:  # noqa: ARG001  a view takes its request
    """Give the same as JSON: counts, weights and estimates, no value of a person."""
    run, _ = own_run(reader, run_id)
    told = diagnosis.as_json(diagnosis.examined(reader.viewer, run.id))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "sort_keys": True, "indent": 1})
