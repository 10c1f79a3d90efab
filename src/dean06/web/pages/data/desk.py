"""Bàn duyệt: the review desk of a run: opened for a purpose, how far it is, who reads how fast, how readers agree."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import handing_out, looking, reviewing
from dean06.offices import service as offices
from dean06.places import service as places
from dean06.reconcile.service import desk_reading, desk_tallies, desks
from dean06.reconcile.service.desk_reading import BANDS, Wanted
from dean06.reconcile.service.desk_tallies import Kappa
from dean06.reconcile.service.desks import DeskInfo
from dean06.reconcile.types import SMALL, RunInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import bar
from dean06.web.pages.data.run_files import FORMATS, own_run
from dean06.web.pages.refusals import question
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

PURPOSES = (
    ("Duyệt dòng nghi vấn của lượt đối soát", "Review the doubtful rows of the run"),
    ("Kiểm tra kết quả đối soát", "Check the result"),
)
BAND_WORDS = {
    "thap": ("dưới 30 %", "under 30 %"),
    "giua": ("30–70 %", "30–70 %"),
    "cao": ("từ 70 %", "70 % and more"),
}

__all__ = ["agreement_words", "asked", "file", "home", "open_desk", "purpose_of", "query_of", "run_title"]


def _key(run_id: int) -> str:
    return f"muc_dich_ban_{run_id}"


def purpose_of(request: HttpRequest, run_id: int) -> str:
    """Return the purpose that the reader stated at this desk; empty where none was."""
    return str(request.session.get(_key(run_id), ""))


def asked(request: HttpRequest) -> Wanted:
    """Return which rows the address asks for; what it does not know is left out."""
    commune, band = request.GET.get("xa", ""), request.GET.get("khoang", "")
    return Wanted(commune=commune if commune.isdecimal() else "", band=band if band in BANDS else "")


def query_of(wanted: Wanted) -> str:
    """Return the filters as the end of an address; empty without any."""
    told = {name: value for name, value in (("xa", wanted.commune), ("khoang", wanted.band)) if value}
    return f"?{urlencode(told)}" if told else ""


def run_title(reader: Reader, run: RunInfo) -> str:
    """Return the name of a run's list and period."""
    period = words("kỳ tháng", "period")
    return f"{source_title(run.source, reader.contracts)}, {period} {writing.month(run.period)}"


def agreement_words(told: Kappa | None) -> str:
    """Return how far two readers agree beyond chance, with its interval; or that it is not measured, or small."""
    if told is None:
        return words("chưa mở bàn duyệt", "no desk is open")
    if not told.pairs:
        return words("chưa đo: chưa dòng nào đủ hai người đọc", "not measured: no row has two readers yet")
    same = words(f"giống nhau {told.alike} trên {told.pairs} dòng", f"alike in {told.alike} of {told.pairs} rows")
    if told.value is None:
        return words(f"{same}; kappa chưa đo: mọi lời như nhau", f"{same}; kappa not measured: all answers are one")
    low, high, value = (writing.number(each, 2) for each in (told.low, told.high, told.value))
    small = words(", mẫu nhỏ", ", small sample") if told.pairs < SMALL else ""
    return words(f"kappa {value} ({low} đến {high}), {same}{small}", f"kappa {value} ({low} to {high}), {same}{small}")


def _names(reader: Reader) -> dict[str, str]:
    return {str(one.account): one.holder for one in offices.holders(reader.group.id, reader.today)}


def _pace(reader: Reader, run: RunInfo) -> Table | None:
    names, told = _names(reader), desk_tallies.pace(reader.viewer, run.id)
    if not told:
        return None
    return Table(
        caption=words("Ai duyệt, nhanh chậm", "Who reviews, and how fast"),
        show_caption=True,
        columns=(
            Column(label=words("Người duyệt", "Reader")),
            Column(label=words("Hôm nay", "Today"), kind="num"),
            Column(label=words("Dòng mỗi giờ", "Rows per hour"), kind="num"),
            Column(label=words("Tất cả", "In all"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    names.get(one.account, words("người đã thôi ghế", "no longer seated")),
                    writing.number(one.today),
                    writing.number(one.per_hour) if one.per_hour is not None else "–",
                    writing.number(one.whole),
                )
            )
            for one in told
        ),
    )


def _facts(reader: Reader, run: RunInfo, told: DeskInfo) -> SummaryList:
    done = words(f"{told.settled} trên {told.rows} dòng đã rõ", f"{told.settled} of {told.rows} rows settled")
    aside = []
    if told.carried:
        aside.append(words(f"{told.carried} dòng theo lượt trước", f"{told.carried} as in an earlier run"))
    if told.apart:
        aside.append(words(f"{told.apart} dòng hai lời khác nhau, chờ người thứ ba", f"{told.apart} await a third"))
    return SummaryList(
        facts=(
            Fact(
                term=words("Đã duyệt", "Reviewed"),
                value=bar(told.settled, told.rows, "ok", label=done),
                aside=", ".join((done, *aside)),
            ),
            Fact(
                term=words("Đọc hai lần", "Read twice"),
                value=words(f"{told.double} dòng do máy bốc thăm", f"{told.double} rows drawn by lot"),
                aside=words("người sau không thấy lời người trước", "the second does not see the first's answer"),
            ),
            Fact(
                term=words("Hai người đọc", "Two readers"),
                value=agreement_words(desk_tallies.agreement(reader.viewer, run.id)),
            ),
        )
    )


def _communes(reader: Reader, run: RunInfo) -> list[tuple[str, str]]:
    found = []
    for code in desk_reading.desk_communes(reader.viewer, run.id):
        unit = places.unit(code, reader.today)
        found.append((code, unit.name if unit else code))
    return found


def _head(reader: Reader, run: RunInfo, told: DeskInfo | None, go_on: Action | None) -> PageHead:
    diagnosis = Action(
        label=words("Chẩn đoán", "Diagnosis"), href=reader.url("runs-diagnosis", run.id), kind="quiet", sign="find"
    )
    taken = Action(
        label=words("Kết quả đã duyệt .csv", "Reviewed .csv"), href=reader.url("runs-desk-file", run.id), sign="save"
    )
    return PageHead(
        title=words("Bàn duyệt dòng nghi vấn", "Review desk"),
        crumb=Link(label=run_title(reader, run), href=reader.url("runs-one", run.id)),
        meta=(
            words(f"lượt {run.label}", f"run {run.label}"),
            words(
                f"{run.counts.get(desks.DOUBTFUL, 0)} dòng nghi vấn",
                f"{run.counts.get(desks.DOUBTFUL, 0)} doubtful rows",
            ),
            words("quyết định không sửa sổ dân cư", "no decision changes the register"),
        ),
        actions=(diagnosis, *((taken,) if told and go_on else ()), *((go_on,) if go_on else ())),
    )


@group_page
def home(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show the desk of a run: how far it is, and the way to the next row once a purpose is stated."""
    run, _ = own_run(reader, run_id)
    told, wanted = desks.desk(reader.viewer, run.id), asked(request)
    why = "" if reader.ending else purpose_of(request, run.id)
    answer = reviewing.may_open(reader.viewer, reader.group, run) if not why and not reader.ending else None
    waiting = desk_reading.left_for(reader.viewer, run.id, wanted) if told else 0
    go_on = Action(
        label=words(f"Duyệt tiếp, còn {waiting} dòng cho bạn", f"Go on, {waiting} rows for you"),
        href=reader.url("runs-desk-read", run.id) + query_of(wanted),
        kind="primary",
    )
    shown = {
        "head": _head(reader, run, told, go_on if why and waiting else None),
        "told": told,
        "facts": _facts(reader, run, told) if told else None,
        "pace": _pace(reader, run) if told else None,
        "why": why,
        "waiting": waiting,
        "wanted": wanted,
        "communes": _communes(reader, run) if told and why else [],
        "bands": [(code, words(*text)) for code, text in BAND_WORDS.items()],
        "doubtful": run.counts.get(desks.DOUBTFUL, 0),
        "answer": question(reader, answer) if answer and not answer.allowed else None,
        "open": bool(answer and answer.allowed),
        "purposes": [words(*one) for one in PURPOSES],
        "open_href": reader.url("runs-desk-open", run.id),
    }
    return render(request, "dean06/pages/desk_home.html", shown)


@require_POST
@group_page
def open_desk(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Keep the reader's purpose for this desk, and lay its rows out where nobody has yet."""
    run, _ = own_run(reader, run_id)
    said = request.POST.get("muc_dich", "").strip()
    if not said:
        raise BadInput("Chọn mục đích xem trước khi mở dòng dữ liệu.", "Choose a purpose before the rows open.")
    reviewing.open_desk(reader.viewer, run.id, purpose=said)
    request.session[_key(run.id)] = said[:200]
    return HttpResponseRedirect(reader.url("runs-desk", run.id))


@group_page
def file(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponseBase:
    """Hand out the result with what the desk came to; taking it out counts as a look at every row, and is recorded."""
    run, delivery = own_run(reader, run_id)
    why = purpose_of(request, run.id)
    if not why:
        messages.info(request, words("Nêu mục đích trước khi tải.", "State your purpose before the download."))
        return HttpResponseRedirect(reader.url("runs-desk", run.id))
    with (
        TemporaryDirectory(prefix=".da-duyet-", dir=run.result.parent if run.result else None) as folder,
        reviewing.reviewed_file(reader.viewer, run.id, Path(folder), purpose=why) as parquet,
        handing_out.written(parquet, "csv", looking.summary_of(run, delivery)) as out,
    ):
        name = f"ket-qua-da-duyet-{run.source}-{run.period}-{run.label}.csv"
        response = FileResponse(out.open("rb"), as_attachment=True, filename=name, content_type=FORMATS["csv"])
    response["Cache-Control"] = "no-store"
    return response
