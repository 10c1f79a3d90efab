"""One doubtful row at the desk: the list beside its candidates, letter by letter; a key decides and brings the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import reviewing
from dean06.orthography import service as orthography
from dean06.population import service as population
from dean06.reconcile.service import desk_reading, desk_tallies, desks
from dean06.reconcile.service.desk_reading import NONE_OF_THEM, SKIPPED, Doubt
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.web import marks, pairs, writing
from dean06.web.language import current_language, words
from dean06.web.pages.data import run_rows, scored_words
from dean06.web.pages.data.desk import asked, purpose_of, query_of, run_title
from dean06.web.pages.data.run_files import own_run
from dean06.web.parts.page import Keys, Link, PageHead, Shortcut
from dean06.web.parts.weights import Waterfall
from dean06.web.reader import Reader, group_page

# What is shown of a row: its name, the roles of the list, the columns of the register.
SHOWN = (
    ("Số định danh", "Personal number", ("so_cccd", "so_giay_to"), "so_dinh_danh"),
    ("Số CMND", "Older identity number", ("so_cmnd",), "so_cmnd"),
    ("Họ và tên", "Name", ("ho_ten",), "ho_ten"),
    ("Ngày sinh", "Birth date", ("ngay_sinh",), "ngay_sinh"),
    ("Giới tính", "Sex", ("gioi_tinh",), "gioi_tinh"),
    ("Xã", "Commune", ("ma_xa",), "thuong_tru_xa"),
    ("Địa chỉ", "Address", ("dia_chi",), "thuong_tru_chi_tiet"),
    ("Họ tên cha", "Father", ("ho_ten_cha",), "ho_ten_cha"),
    ("Họ tên mẹ", "Mother", ("ho_ten_me",), "ho_ten_me"),
)
LIKENESS = {
    "absent": ("mute", "dash", "danh sách trống", "not in the list"),
    "equal": ("ok", "ok", "bằng", "equal"),
    "known": ("warn", "approx", "bằng phần đã biết", "equal as far as known"),
    "within": ("ok", "ok", "nằm trong", "within"),
    "marks": ("warn", "approx", "chỉ khác dấu, kiểu chữ", "marks or case differ"),
    "different": ("warn", "neq", "khác", "differs"),
}

__all__ = ["decide", "read", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A candidate's value of one field, the letters that differ marked; `state` is a sign with its word."""

    value: SafeString
    state: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field: what the list says, and each candidate's value."""

    label: str
    mine: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A candidate as the page shows it."""

    place: int
    number: str
    share: str
    reasons: str
    note: str
    sentence: str
    picture: Waterfall | None


def _state(told: tuple[str, str, str, str]) -> SafeString:
    css, sign, vi, en = told
    text = words(vi, en)
    return format_html('<span class="desk-state desk-state--{}">{}<span>{}</span></span>', css, marks.sign(sign), text)


def _likeness(mine: str, theirs: str, column: str) -> str:
    """Say how two values that both stand there compare; marks that alone differ are another thing than letters."""
    if not any(differs for _, differs in pairs.differing(mine, theirs)[0]):
        return "equal"
    one, other = orthography.fold(mine), orthography.fold(theirs)
    if column == "ngay_sinh" and theirs.endswith(mine):
        return "known"
    if column == "thuong_tru_chi_tiet" and other in one:
        return "within"
    return "marks" if one == other else "different"


def _cell(mine: str, theirs: str, column: str) -> Cell:
    if not theirs:
        return Cell(value=SafeString("–"), state=SafeString(""))
    shown = marks.idno(theirs) if column in {"so_dinh_danh", "so_cmnd"} else format_html("{}", theirs)
    likeness = _likeness(mine, theirs, column) if mine else "absent"
    if likeness in {"marks", "different"}:
        shown = marks.pair_of(mine, theirs)[1]
    return Cell(value=shown, state=_state(LIKENESS[likeness]))


def _lines(legend: run_rows.Legend, row: Doubt) -> list[Line]:
    found = []
    for vi, en, roles, column in SHOWN:
        mine = legend.by_role(row.delivered, roles)
        theirs = [legend.by_column(one.registered, column) for one in row.candidates]
        if mine or any(theirs):
            cells = tuple(_cell(mine, each, column) for each in theirs)
            found.append(Line(label=words(vi, en), mine=mine or "–", cells=cells))
    return found


def _candidates(row: Doubt) -> list[Shown]:
    return [
        Shown(
            place=place,
            number=one.number,
            share=writing.percent(one.posterior),
            reasons=", ".join(one.reasons),
            note=words(*marks.GONE[state]) if (state := one.registered.get("tinh_trang", "")) in marks.GONE else "",
            sentence=scored_words.sentence(one),
            picture=scored_words.waterfall(one, place),
        )
        for place, one in enumerate(row.candidates, 1)
    ]


def _shortcuts(count: int) -> Keys:
    return Keys(
        items=(
            Shortcut(keys=tuple(map(str, range(1, count + 1))), does=words("chọn ứng viên", "choose")),
            Shortcut(keys=(NONE_OF_THEM,), does=words("không ai", "none")),
            Shortcut(keys=("?", words("cách", "space")), does=words("để sau", "later")),
            Shortcut(keys=("U", "⌫"), does=words("hoàn tác", "undo")),
            Shortcut(keys=("←", "→"), does=words("đi giữa các lựa chọn", "move")),
        )
    )


def _legend(run: RunInfo) -> run_rows.Legend:
    sex, on = sources.contract_of_delivery(run.delivery_id).sex_codes, population.register(run.register_id).as_of
    return run_rows.legend(sex, on, (), {})


def _context(request: HttpRequest, reader: Reader, run: RunInfo, row: Doubt) -> dict[str, object]:
    legend, wanted = _legend(run), asked(request)
    told, mine = desks.desk(reader.viewer, run.id), desk_tallies.mine(reader.viewer, run.id)
    waiting = desk_reading.left_for(reader.viewer, run.id, wanted)
    where = f"{row.sheet}, {words('dòng', 'row')} {row.dong}" if row.sheet else f"{words('dòng', 'row')} {row.dong}"
    speed = mine.per_hour if mine else None
    rate = writing.number(speed)
    pace = words(f"{rate} dòng mỗi giờ", f"{rate} rows an hour") if speed else ""
    count = mine.today if mine else 0
    today = words(f"hôm nay bạn duyệt {count} dòng", f"you decided {count} today")
    done = words(f"{told.settled} trên {told.rows} đã rõ", f"{told.settled} of {told.rows} settled") if told else ""
    return {
        "head": PageHead(
            title=words(f"Duyệt dòng {row.dong}: ai là người này?", f"Row {row.dong}: who is this?"),
            crumb=Link(label=words("Bàn duyệt", "Review desk"), href=reader.url("runs-desk", run.id)),
            meta=tuple(
                filter(
                    None,
                    (
                        run_title(reader, run),
                        where,
                        done,
                        words(f"còn {waiting} dòng cho bạn", f"{waiting} rows for you"),
                        today,
                        pace,
                    ),
                )
            ),
        ),
        "row": row,
        "lines": _lines(legend, row),
        "candidates": _candidates(row),
        "register_day": writing.day(legend.on),
        "decide_href": reader.url("runs-desk-decide", run.id, row.stt) + query_of(wanted),
        "undo_href": reader.url("runs-desk-undo", run.id) + query_of(wanted),
        "skip": SKIPPED,
        "may_undo": desk_reading.last_decision(reader.viewer, run.id) is not None,
        "keys": _shortcuts(len(row.candidates)),
        "why": purpose_of(request, run.id),
    }


def _next(request: HttpRequest, reader: Reader, run: RunInfo) -> HttpResponse:
    """Show the next row of this reader, as a part where a key asked for it; the desk itself where none is left."""
    why, part = purpose_of(request, run.id), bool(request.headers.get("HX-Request"))
    stt = desk_reading.take(reader.viewer, run.id, asked(request)) if why and not reader.ending else None
    if stt is None:
        home = reader.url("runs-desk", run.id)
        return HttpResponse(status=204, headers={"HX-Redirect": home}) if part else HttpResponseRedirect(home)
    if request.method == "POST" and not part:
        return HttpResponseRedirect(reader.url("runs-desk-read", run.id) + query_of(asked(request)))
    row = reviewing.read(reader.viewer, run.id, stt, purpose=why)
    name = "desk_row_part" if part else "desk_row"
    return render(request, f"dean06/pages/{name}.html", _context(request, reader, run, row))


@group_page
def read(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show the next row that waits for this reader, held for them; the look is recorded."""
    run, _ = own_run(reader, run_id)
    return _next(request, reader, run)


@require_POST
@group_page
def decide(request: HttpRequest, reader: Reader, run_id: int, stt: int) -> HttpResponse:
    """Take a choice and go on; a row that somebody else settled meanwhile is said so and left."""
    run, _ = own_run(reader, run_id)
    try:
        reviewing.decide(reader.viewer, run.id, stt, request.POST.get("chon", ""), purpose=purpose_of(request, run.id))
    except BadInput as problem:
        messages.warning(request, problem.explain(current_language()))
    return _next(request, reader, run)


@require_POST
@group_page
def undo(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Take the reader's last decision back and show its row again."""
    run, _ = own_run(reader, run_id)
    try:
        reviewing.undo(reader.viewer, run.id, purpose=purpose_of(request, run.id))
    except BadInput as problem:
        messages.warning(request, problem.explain(current_language()))
    return _next(request, reader, run)
