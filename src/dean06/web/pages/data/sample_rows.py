"""Rows of a sample: one read blind beside the register, and the sheet that a commune takes along and enters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import sampling
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.service import readings, runs
from dean06.reconcile.service.readings import VALUES
from dean06.reconcile.types import ABSENT, FALSE, FIELD, MISSING, READ, TRUE, Drawn, SampleInfo
from dean06.sources import service as sources
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.data import run_rows
from dean06.web.pages.data.samples import kind_title, own_sample, purpose_key
from dean06.web.pages.titles import COMPARED, source_title
from dean06.web.parts.page import Keys, Link, PageHead, Shortcut
from dean06.web.parts.tables import Compare, Compared
from dean06.web.reader import Reader, group_page

# What is shown of a pair: its name, the roles of the list, the columns of the register.
PAIRED = (
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
SAYS = {
    TRUE: ("đúng", "right"),
    FALSE: ("sai", "wrong"),
    ABSENT: ("không gặp", "not met"),
}

__all__ = ["answer", "commune", "enter", "read"]


def _legend(told: SampleInfo) -> run_rows.Legend:
    run = runs.for_work(told.run_id)
    sex, on = sources.contract_of_delivery(run.delivery_id).sex_codes, population.register(run.register_id).as_of
    return run_rows.legend(sex, on, (), {})


def _compared(legend: run_rows.Legend, row: Drawn, registered: Mapping[str, str]) -> tuple[Compared, ...]:
    found = []
    for vi, en, roles, column in PAIRED:
        mine, theirs = legend.by_role(row.delivered, roles), legend.by_column(registered, column)
        if not mine and not theirs:
            continue
        if mine and theirs:
            left, right = marks.pair_of(mine, theirs)
            state = marks.chip("equal" if mine == theirs else "different")
        else:
            left, right = format_html("{}", mine or "–"), format_html("{}", theirs or "–")
            state = marks.chip("mute", words("một bên trống", "one side empty"), with_sign="dash")
        found.append(Compared(label=words(vi, en), mine=left, theirs=right, state=state))
    return tuple(found)


def _to_purpose(reader: Reader, told: SampleInfo) -> HttpResponse:
    return HttpResponseRedirect(reader.url("samples-one", told.id))


def _why(request: HttpRequest, told: SampleInfo) -> str:
    return str(request.session.get(purpose_key(told.id), ""))


# ------------------------------------------------------------ read blind


ASKED = {
    False: (
        ("cùng một người?", "the same person?"),
        (("Cùng một người", "The same person"), ("Không phải", "Not the same")),
    ),
    True: (
        ("người này có trong sổ không?", "is this person in the register?"),
        (("Có trong sổ", "In the register"), ("Không có", "Not there")),
    ),
}


def _beside(legend: run_rows.Legend, row: Drawn, *, missing: bool) -> list[Compare]:
    """Lay the row beside the person it names, or beside the people most like it, in the order of their numbers."""
    people = (row.nearest or ({},)) if missing else (row.registered,)
    register = words(f"Sổ dân cư {writing.day(legend.on)}", f"Register {writing.day(legend.on)}")
    theirs = [register] if len(people) == 1 else [f"{register}, {number}" for number in range(1, len(people) + 1)]
    return [
        Compare(
            caption=words("Danh sách và sổ dân cư", "List and register"),
            mine_head=words("Danh sách ghi", "The list says"),
            theirs_head=head,
            fields=_compared(legend, row, person),
        )
        for head, person in zip(theirs, people, strict=True)
    ]


@group_page
def read(request: HttpRequest, reader: Reader, sample_id: int) -> HttpResponse:
    """Show the next row that waits for this reader, beside the register; neither the score nor any answer."""
    told = own_sample(reader, sample_id, *READ)
    why, missing = _why(request, told), told.kind == MISSING
    place = readings.next_for(reader.viewer, told.id) if why and not reader.ending else 0
    if not place:
        return _to_purpose(reader, told)
    row = sampling.pair(reader.viewer, told, place, purpose=why)
    where = f"{row.sheet}, {words('dòng', 'row')} {row.dong}" if row.sheet else f"{words('dòng', 'row')} {row.dong}"
    waiting = readings.waiting_for(reader.viewer, told.id)
    question, answers = ASKED[missing]
    shown = {
        "head": PageHead(
            title=words(f"Mẫu {told.label}: {question[0]}", f"{told.label}: {question[1]}"),
            crumb=Link(label=words(f"Mẫu {told.label}", told.label), href=reader.url("samples-one", told.id)),
            meta=(
                source_title(told.source, reader.contracts),
                where,
                words(f"còn {waiting} dòng cho bạn", f"{waiting} rows for you"),
            ),
        ),
        "compares": _beside(_legend(told), row, missing=missing),
        "missing": missing,
        "answers": [words(*each) for each in answers],
        "answer_href": reader.url("samples-answer", told.id, place),
        "keys": Keys(
            items=tuple(Shortcut(keys=(str(at),), does=words(*each).lower()) for at, each in enumerate(answers, 1))
        ),
        "why": why,
    }
    return render(request, "dean06/pages/sample_read.html", shown)


@require_POST
@group_page
def answer(request: HttpRequest, reader: Reader, sample_id: int, place: int) -> HttpResponse:
    """Take a reader's answer and go on to the next row."""
    told = own_sample(reader, sample_id, *READ)
    sampling.answer(reader.viewer, told, place, request.POST.get("tra_loi", ""), purpose=_why(request, told))
    return HttpResponseRedirect(reader.url("samples-read", told.id))


# ------------------------------------------------------------ checked at the door


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value to be checked: the name of its entry, what it is, what the list says."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One row of a commune's sheet."""

    place: int
    number: int
    who: str
    where: str
    settled: bool
    values: tuple[Value, ...]


def _visit(legend: run_rows.Legend, row: Drawn, number: int) -> Visit:
    values = tuple(
        Value(name=f"d{row.place}_{field}", label=words(*COMPARED[field]), text=text)
        for field, roles in VALUES.items()
        if (text := _worded(legend, row, field, roles))
    )
    where = legend.by_column(row.registered, "thuong_tru_chi_tiet")
    who = row.delivered.get("ho_ten", "")
    return Visit(place=row.place, number=number, who=who, where=where, settled=row.settled, values=values)


def _worded(legend: run_rows.Legend, row: Drawn, field: str, roles: tuple[str, ...]) -> str:
    if field == "noi_o":
        parts = (row.delivered.get("dia_chi", ""), legend.place(row.delivered.get("ma_xa", "")))
        return ", ".join(part for part in parts if part)
    given = next((row.delivered[role] for role in roles if row.delivered.get(role)), "")
    return legend.sex_word(given) if field == "gioi_tinh" else given


@group_page
def commune(request: HttpRequest, reader: Reader, sample_id: int, commune: str) -> HttpResponse:
    """Show what one commune checks: printed, it is the sheet to take along; on screen, the form to enter it."""
    told = own_sample(reader, sample_id, FIELD)
    why = _why(request, told)
    if not why or reader.ending:
        return _to_purpose(reader, told)
    legend, unit = _legend(told), places.unit(commune, reader.today)
    rows = sampling.sheet(reader.viewer, told, commune, purpose=why)
    name = unit.name if unit else commune
    shown = {
        "head": PageHead(
            title=words(f"Phiếu kiểm tra thực địa, {name}", f"Field check, {name}"),
            crumb=Link(label=words(f"Mẫu {told.label}", told.label), href=reader.url("samples-one", told.id)),
            meta=(
                source_title(told.source, reader.contracts),
                words(f"kỳ tháng {writing.month(told.period)}", writing.month(told.period)),
                kind_title(told),
            ),
        ),
        "visits": [_visit(legend, row, number) for number, row in enumerate(rows, 1)],
        "says": [(code, words(*text)) for code, text in SAYS.items()],
        "enter_href": reader.url("samples-enter", told.id, commune),
        "why": why,
    }
    return render(request, "dean06/pages/sample_commune.html", shown)


def _said(post: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Read the answers of a sheet by row; a row is left for later whole, or every value of it has an answer."""
    found: dict[int, dict[str, str]] = {}
    for name, word in post.items():
        place, _, field = name.removeprefix("d").partition("_")
        if name.startswith("d") and place.isdecimal() and field in VALUES:
            found.setdefault(int(place), {})[field] = word
    begun = {place: values for place, values in found.items() if any(values.values())}
    for values in begun.values():
        if not all(values.values()):
            raise BadInput(
                "Một dòng mới có kết quả của vài giá trị: chọn đúng, sai hoặc không gặp cho mọi giá trị của dòng ấy.",
                "A row has an answer for some values only: choose one for each value of that row.",
            )
    if not begun:
        raise BadInput(
            "Chưa dòng nào có kết quả: chọn đúng, sai hoặc không gặp.",
            "No row has an answer: choose one for each value.",
        )
    return begun


@require_POST
@group_page
def enter(request: HttpRequest, reader: Reader, sample_id: int, commune: str) -> HttpResponse:
    """Take what was found at the doors of one commune, row by row."""
    told = own_sample(reader, sample_id, FIELD)
    said = _said({name: str(value) for name, value in request.POST.items()})
    sampling.check(reader.viewer, told, said, purpose=_why(request, told))
    messages.success(request, words(f"Đã ghi {len(said)} dòng.", f"{len(said)} rows are entered."))
    return HttpResponseRedirect(reader.url("samples-commune", told.id, commune))
