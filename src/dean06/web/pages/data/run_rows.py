"""Rows of a run as a page shows them: codes in words, the register's value under the file's, one row side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.places import service as places
from dean06.reconcile.types import ResultRow
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.parts.tables import Column, Compare, Compared, Row

NUMBER_ROLES = ("so_cccd", "so_giay_to", "so_cmnd")
PLACE_ROLES = ("ma_xa", "dia_chi")
FIELDS = (
    ("so_dinh_danh", NUMBER_ROLES, "Số định danh", "Personal number"),
    ("ho_ten", ("ho_ten",), "Họ và tên", "Name"),
    ("ngay_sinh", ("ngay_sinh",), "Ngày sinh", "Birth date"),
    ("gioi_tinh", ("gioi_tinh",), "Giới tính", "Sex"),
    ("noi_o", PLACE_ROLES, "Nơi ở", "Residence"),
)

__all__ = ["FIELDS", "Legend", "columns", "detail", "legend", "table_row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """How the codes of one run are read: sex as its source writes it, communes as of the register's day.

    `verified` names, by row and field, the proposal under which the register's value is being verified.
    """

    sex: Mapping[str, str]
    on: date
    sheets: bool
    verified: Mapping[tuple[int, str], str]

    def sex_word(self, given: str) -> str:
        """Return Nam or Nữ for a source's code, or what was written."""
        return self.sex.get(given.strip(), "") or given

    def place(self, given: str) -> str:
        """Return the name of a commune by its code, or what was written."""
        unit = places.unit(given, self.on) if given.isdecimal() else None
        return unit.name if unit else given

    def by_role(self, delivered: Mapping[str, str], roles: tuple[str, ...]) -> str:
        """Return what a row says in the first of its roles that is filled, in words."""
        given = next((delivered[role] for role in roles if delivered.get(role)), "")
        match roles[0]:
            case "gioi_tinh":
                return self.sex_word(given)
            case "ma_xa":
                return self.place(given)
            case _:
                return given

    def by_column(self, registered: Mapping[str, str], column: str) -> str:
        """Return what a column of the register says of a person, in words."""
        given = registered.get(column, "")
        match column:
            case "ngay_sinh":
                return writing.day(given) if given else ""
            case "thuong_tru_xa":
                return self.place(given)
            case _:
                return given

    def delivered(self, row: ResultRow, field: str, roles: tuple[str, ...]) -> str:
        """Return what the file says, in words."""
        given = next((row.values[role] for role in roles if row.values.get(role)), "")
        return self._worded(field, given)

    def registered(self, row: ResultRow, field: str) -> str:
        """Return what the register says of a field that differs, as offices write it."""
        given = row.suggested.get(field, "")
        if field == "ngay_sinh":
            return writing.day(given) if given else ""
        return self._worded(field, given)

    def written(self, row: ResultRow, field: str, roles: tuple[str, ...]) -> str:
        """Return the code as it stands in the file, where the page shows a word instead."""
        given = next((row.values[role] for role in roles if row.values.get(role)), "")
        return given if self._worded(field, given) != given else ""

    def _worded(self, field: str, given: str) -> str:
        match field:
            case "gioi_tinh":
                return self.sex_word(given)
            case "noi_o":
                return self.place(given)
            case _:
                return given


def legend(
    sex: Mapping[str, str], on: date, sheets: tuple[str, ...], verified: Mapping[tuple[int, str], str]
) -> Legend:
    """Return how the codes of a run of a source are read."""
    return Legend(sex=sex, on=on, sheets=len(sheets) > 1, verified=verified)


def columns(told: Legend, sort_href: str, sorted_by: str) -> tuple[Column, ...]:
    """Return the columns of a run's rows."""
    return (
        Column(label=words("Dòng", "Row"), kind="num"),
        *((Column(label=words("Trang tính", "Sheet"), nowrap=True),) if told.sheets else ()),
        Column(label=words("Kết quả", "Result")),
        Column(label=words("Số định danh", "Personal number"), nowrap=True),
        Column(label=words("Họ và tên", "Name")),
        Column(label=words("Ngày sinh", "Birth date"), nowrap=True),
        Column(label=words("Giới tính", "Sex")),
        Column(label=words("Nơi ở", "Residence"), kind="text"),
        Column(label=words("Tin cậy", "Confidence"), kind="num", sort_href=sort_href, sorted_by=sorted_by),
    )


def _cell(told: Legend, row: ResultRow, field: str, roles: tuple[str, ...]) -> SafeString:
    mine = told.delivered(row, field, roles)
    if field in row.wrong:
        return marks.pair(mine, told.registered(row, field))
    return marks.idno(mine or row.number) if field == "so_dinh_danh" else marks.pair(mine, "")


def table_row(told: Legend, row: ResultRow, *, href: str, opens: str, shown: str = "") -> Row:
    """Return a row of the table; `href` opens it on a page of its own, `opens` in place, `shown` is its detail."""
    link = format_html(
        '<a href="{}" aria-expanded="{}" data-opens hx-get="{}" hx-target="closest tr" hx-swap="outerHTML"{}>'
        '{}<span class="visually-hidden">{}</span></a>',
        href,
        "true" if shown else "false",
        opens,
        SafeString(" data-focus") if shown else "",
        row.dong,
        words(": tệp và sổ cạnh nhau", ": file and register side by side"),
    )
    return Row(
        id=f"dong-{row.stt}",
        open=bool(shown),
        detail=shown,
        cells=(
            link,
            *((row.sheet,) if told.sheets else ()),
            marks.verdict(row.result),
            *(_cell(told, row, field, roles) for field, roles, _, _ in FIELDS),
            writing.number(row.confidence, 3),
        ),
    )


def _compared(told: Legend, row: ResultRow, field: tuple[str, tuple[str, ...], str, str]) -> Compared | None:
    code, roles, vi, en = field
    mine = told.delivered(row, code, roles)
    if not mine and code not in row.wrong:
        return None
    if code in row.wrong:
        left, right = marks.pair_of(mine, told.registered(row, code))
        proposal = told.verified.get((row.stt, code))
        state = _verified(proposal) if proposal else marks.chip("different")
    else:
        left = marks.idno(mine) if code == "so_dinh_danh" else format_html("{}", mine)
        right = format_html('<span class="quiet">{}</span>', words("như tệp", "as delivered") if row.number else "–")
        state = marks.chip("equal") if row.number else _not_compared()
    if as_written := told.written(row, code, roles):
        left = format_html('{} <span class="quiet">({} {})</span>', left, words("tệp ghi", "written"), as_written)
    return Compared(label=words(vi, en), mine=left, theirs=right, state=state)


def _verified(proposal: str) -> SafeString:
    return marks.chip("ask", words(f"đang xác minh, {proposal}", f"being verified, {proposal}"), with_sign="clock")


def _not_compared() -> SafeString:
    return marks.chip("mute", words("không so", "not compared"), with_sign="dash")


def _candidates(row: ResultRow) -> list[dict[str, str]]:
    listed = []
    for one in row.candidates:
        reasons, share = one.get("ly_do"), one.get("xac_suat")
        listed.append(
            {
                "number": str(one.get("so_dinh_danh", "")),
                "share": writing.percent(share) if isinstance(share, int | float) else "",
                "reasons": ", ".join(str(reason) for reason in reasons) if isinstance(reasons, list) else "",
            }
        )
    return listed


def detail(request: HttpRequest, told: Legend, row: ResultRow) -> str:
    """Return one row side by side with the register, why it was decided so, and the candidates."""
    day = writing.day(told.on)
    compare = Compare(
        caption=words(f"Dòng {row.dong}: tệp và sổ dân cư", f"Row {row.dong}: file and register"),
        mine_head=words(f"Tệp nộp, dòng {row.dong}", f"File, row {row.dong}"),
        theirs_head=words(f"Sổ dân cư {day}", f"Register {day}"),
        fields=tuple(one for field in FIELDS if (one := _compared(told, row, field)) is not None),
    )
    shown = {"compare": compare, "row": row, "candidates": _candidates(row)}
    return render_to_string("dean06/pages/run_row.html", shown, request)
