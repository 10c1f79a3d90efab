"""Sums as pages write them and people type them, clauses of an act, and rows of a form without script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from django.http import HttpRequest
from django.http.request import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.funds.types import EventInfo, Paper
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite, cite_house_rules
from dean06.web.pages.days import day_given
from dean06.web.pages.slips import Misfilled
from dean06.web.parts.work import Event, Timeline
from dean06.web.reader import Reader

WHOLE = re.compile(r"\d{1,3}(?:[. ]\d{3})*|\d+")
BLANK_ROWS = 3
YEARS_BACK = 4

__all__ = [
    "clause_marks",
    "given_paper",
    "given_sum",
    "names_of",
    "rows_given",
    "rows_shown",
    "sum_words",
    "timeline",
    "whole_number",
    "year_asked",
    "years_offered",
]


def sum_words(amount: int) -> str:
    """Write a sum: 15.000.000 đ."""
    return f"{writing.number(amount)}{writing.NBSP}đ"


def given_sum(text: str, what: str, field: str = "") -> int:
    """Return the đồng that somebody typed (15000000, 15.000.000), or say how to write it."""
    typed = text.strip().removesuffix("đ").strip()
    if not WHOLE.fullmatch(typed):
        raise Misfilled(
            field,
            f"{what}: ghi số đồng nguyên, ví dụ 15.000.000.",
            f"{what}: write whole đồng, such as 15,000,000.",
        )
    return int(re.sub(r"\D", "", typed))


def given_paper(post: QueryDict) -> Paper:
    """Return number and day of the paper that a form names."""
    label = " ".join(post.get("so", "").split())
    if not label or len(label) > 80:
        raise Misfilled("so", "Ghi số, ký hiệu văn bản.", "Give the number of the paper.")
    return Paper(label=label, dated=day_given(post.get("ngay", ""), words("Ngày văn bản", "Day of the paper")))


def year_asked(request: HttpRequest, reader: Reader) -> int:
    """Return the budget year that a page is asked for; the group's own where none is."""
    given = request.GET.get("nam", "")
    return int(given) if given.isdecimal() and len(given) == 4 else reader.today.year


def years_offered(reader: Reader, shown: int) -> list[int]:
    """Return the other years that a page leads to."""
    return [one for one in range(reader.today.year + 1, reader.today.year - YEARS_BACK, -1) if one != shown]


def clause_marks(reader: Reader, clauses: Iterable[tuple[str, str]], on: date | None = None) -> SafeString:
    """Show the clauses an act was done under: of the group's charter, of the house, or a local rule."""
    shown = [_clause(reader, line, label, on) for line, label in clauses]
    return format_html(" ".join("{}" for _ in shown), *shown) if shown else SafeString("")


def _clause(reader: Reader, line: str, label: str, on: date | None) -> SafeString:
    if not line:
        return marks.clause(words(f"quy ước {label}", f"local rule {label}"), kind="local")
    if line == adoption.INSTALLATION:
        return cite_house_rules(reader, (Citation.parse(label),))
    return cite(reader, Citation.parse(label), text=reader.hash_on(on) if on else "")


def names_of(reader: Reader) -> dict[str, str]:
    """Return the name behind each account that sits in the group."""
    return {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today) if seat.account}


def timeline(reader: Reader, events: Sequence[EventInfo], said: Mapping[str, tuple[str, str, str, str]]) -> Timeline:
    """Show what happened, newest first: what, how much, by whom, under which clause, and why."""
    names = names_of(reader)
    return Timeline(events=tuple(_event(reader, one, said, names) for one in reversed(events)))


def _event(
    reader: Reader,
    one: EventInfo,
    said: Mapping[str, tuple[str, str, str, str]],
    names: Mapping[str, str],
) -> Event:
    sign, tone, vi, en = said.get(one.kind, ("dots", "", one.kind, one.kind))
    role = charters.vocabulary().roles.get(one.role)
    seat = words(role.vi, role.en) if role else one.role
    place = reader.agency(one.agency) if one.agency else ""
    who = ", ".join(part for part in (names.get(one.account, ""), seat, place) if part)
    amount = sum_words(one.amount) if one.amount else ""
    told = " · ".join(part for part in (amount, who, one.note) if part)
    clauses = clause_marks(reader, one.clauses, one.at.date())
    return Event(
        text=words(vi, en),
        when=writing.instant(one.at),
        iso=one.at.isoformat(),
        sign=sign,
        tone=tone,
        note=format_html("{} {}", told, clauses) if clauses else told,
    )


def rows_given(post: QueryDict, names: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a form whose columns are repeated fields; rows with nothing typed are none."""
    columns = [[" ".join(value.split()) for value in post.getlist(name)] for name in names]
    rows = [dict(zip(names, cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")]
    return [row for row in rows if any(row.values())]


def rows_shown(rows: Iterable[Mapping[str, str]], names: Sequence[str], blank: int = BLANK_ROWS) -> list[list[str]]:
    """Return rows for the form, with blank ones behind them."""
    return [[row.get(name, "") for name in names] for row in rows] + [[""] * len(names)] * blank


def whole_number(text: str, what: str, place: int) -> int:
    """Return a count of a row of a form."""
    typed = text.replace(".", "").strip()
    if not typed.isdecimal() or not 0 < int(typed) <= 10**9:
        raise BadInput(
            f"Dòng {place}, {what}: ghi một số nguyên lớn hơn 0.", f"Row {place}, {what}: write a whole number."
        )
    return int(typed)
