"""Dates and numbers as lists write them, against plain Python."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.orthography import dates
from dean06.reconcile.engine import numbers

Parsed = tuple[int | None, int | None, bool, bool]
DAYS = st.dates(date(1905, 1, 1), date(2022, 6, 30))


def parse(texts: list[str], order: str = "dmy") -> dict[str, Parsed]:
    with duckdb.connect() as link:
        link.execute("create table t (raw varchar)")
        link.executemany("insert into t values (?)", [[text] for text in texts])
        query = dates.parsed("select distinct raw from t", order=order, newest=2022)
        return {row[0]: row[1:] for row in link.execute(query).fetchall()}


def as_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


@settings(max_examples=25)
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_every_spelling_of_a_date_is_that_date(days):
    spellings = {}
    for day in days:
        y, m, d = day.year, day.month, day.day
        for text in (
            f"{d:02d}/{m:02d}/{y}",
            f"{d}/{m}/{y}",
            f"{d:02d}-{m:02d}-{y}",
            f"{d}.{m}.{y}",
            f" {d:02d} / {m:02d} / {y} ",
            f"{y}-{m:02d}-{d:02d}",
            f"{y}-{m:02d}-{d:02d} 00:00:00",
            f"{y}/{m}/{d}",
            f"{d:02d}{m:02d}{y}" if d > 12 else f"{y}{m:02d}{d:02d}",
            f"ngày {d} tháng {m} năm {y}",
            f"{d}-{('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split())[m - 1]}-{y}",  # noqa: SIM905  as clerks' locales write them
            str((day - date(1899, 12, 30)).days),
            f"{d:02d}/{m:02d}/{y % 100:02d}" if y > 1922 else f"{d}/{m}/{y}",
        ):
            spellings[text] = as_number(day)
    found = parse(list(spellings))
    assert {text: found[text][0] for text in spellings} == spellings
    for day in days:
        usual = f"{day.day:02d}/{day.month:02d}/{day.year}"
        turned = day.year * 10000 + day.day * 100 + day.month if day.day <= 12 and day.day != day.month else None
        assert found[usual] == (as_number(day), turned, True, False)
        assert found[f"{day.year}-{day.month:02d}-{day.day:02d}"][2]
        assert not found[f" {day.day:02d} / {day.month:02d} / {day.year} "][2]


@pytest.mark.parametrize(
    ("text", "dob", "odd"),
    [
        ("1960", 19600000, False),
        ("khoảng 1960", 19600000, False),
        ("3/1960", 19600300, False),
        ("1960-03", 19600300, False),
        ("00/00/1960", 19600000, True),
        ("31/02/1960", 19600000, True),
        ("29/02/1961", 19610000, True),
        ("29/02/1960", 19600229, False),
        ("25/13/1960", 19600000, True),
        ("12/25/1960", 19601225, False),
        ("65", 19650000, False),
        ("15", 20150000, False),
        ("không nhớ", None, True),
        ("45 tuổi", None, True),
        ("1/1/1700", None, True),
        ("01/01/2199", None, True),
        ("99999999999999999999", None, True),
        ("", None, True),
        ("31048.0", 19850101, False),
    ],
)
def test_partial_impossible_and_unreadable_dates(text, dob, odd):
    found = parse([text])[text]
    assert (found[0], found[3]) == (dob, odd)


def test_the_order_agreed_on_decides_what_could_be_read_both_ways():
    assert parse(["03/04/1990"], "mdy")["03/04/1990"][0] == 19900304
    assert parse(["90/04/03"], "ymd")["90/04/03"][0] == 19900403


@settings(max_examples=30)
@given(st.lists(st.text(max_size=14) | st.from_regex(r"[0-9/.\- :t]{0,14}", fullmatch=True), min_size=1, max_size=30))
def test_no_text_stops_the_reader(texts):
    texts = [text.replace("\x00", "") for text in texts]
    for dob, other, written, odd in parse(texts).values():
        assert dob is None or 18500000 <= dob <= 20251231
        assert other is None or not odd
        assert dob is not None or odd
        assert not written or (dob is not None and dob % 100)


def read_numbers(cells: list[str]) -> list[tuple[int | None, int | None]]:
    text = f"case when {numbers.whole('c')} then c else {numbers.digits('c')} end"
    with duckdb.connect() as link:
        link.execute("create table t (k int, c varchar)")
        link.executemany("insert into t values (?, ?)", [list(pair) for pair in enumerate(cells)])
        query = f"select {numbers.twelve('d')}, {numbers.nine('d')} from (select k, {text} as d from t) order by k"
        return link.execute(query).fetchall()


@pytest.mark.parametrize(
    ("cell", "twelve", "nine"),
    [
        ("044080001234", 44080001234, None),
        ("44080001234", 44080001234, None),
        ("1080001234", 1080001234, None),
        ("0440 8000 1234", 44080001234, None),
        ("044.080.001.234", 44080001234, None),
        ("'044080001234", 44080001234, None),
        ("044080001234.0", 44080001234, None),
        ("CCCD: 044080001234", 44080001234, None),
        ("\u200b044080001234\u00a0", 44080001234, None),
        ("194123456", None, 194123456),
        ("19123456", None, 19123456),
        ("CMND 194 123 456", None, 194123456),
        ("4.4080E+10", None, None),
        ("C1234567", None, None),
        ("3421000123", None, None),  # ten digits of another register: no province 003
        ("000000000000", None, None),
        ("111111111", None, None),
        ("1234567", None, None),
        ("không có", None, None),
        ("", None, None),
    ],
)
def test_numbers_as_lists_write_them(cell, twelve, nine):
    assert read_numbers([cell]) == [(twelve, nine)]


@settings(max_examples=10)
@given(st.lists(st.integers(0, 10**12 - 1), min_size=1, max_size=50))
def test_a_whole_number_is_read_or_no_number_at_all(values):
    for value, found in zip(values, read_numbers([f"{value:012d}" for value in values]), strict=True):
        usable = value >= 10**9 and value % 111111111111 != 0
        assert found == (value if usable else None, None)
