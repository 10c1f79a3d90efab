"""Numbers, dates and time limits as a page writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dean06.clock.service import TZ
from dean06.web import writing

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (4812, 0, "4.812"),
        (0, 0, "0"),
        (None, 0, "–"),
        (1234567.891, 2, "1.234.567,89"),
        (-3.25, 1, "\u22123,3"),
        (Decimal("0.5"), 0, "1"),
    ],
)
def test_a_number_has_dots_and_a_comma(value, places, written):
    assert writing.number(value, places) == written


def test_an_english_reader_gets_the_other_marks():
    with translation.override("en"):
        assert writing.number(1234567.891, 2) == "1,234,567.89"
        assert writing.percent(0.92) == "92.0\u00a0%"


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(0.92, "92,0\u00a0%"), (1, "100,0\u00a0%"), (0, "0,0\u00a0%"), (0.99999, "99,9\u00a0%"), (None, "–")],
)
def test_less_than_everything_is_never_written_as_everything(ratio, written):
    assert writing.percent(ratio) == written


@given(whole=st.integers(1, 10**9), part=st.integers(0, 10**9))
def test_a_hundred_per_cent_means_all(whole, part):
    part = min(part, whole)
    assert (writing.percent(Decimal(part) / Decimal(whole)) == "100,0\u00a0%") == (part == whole)


@given(value=st.integers(-(10**12), 10**12))
def test_a_written_number_reads_back(value):
    assert int(writing.number(value).replace(".", "").replace("\u2212", "-")) == value


def test_days_and_hours():
    instant = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)
    assert writing.day(date(2026, 1, 5)) == "05/01/2026"
    assert writing.day(instant) == "10/11/2026"
    assert writing.hour(instant) == "00:30"
    assert writing.hour(time(7, 5)) == "07:05"
    assert writing.instant(instant) == "10/11/2026 00:30"
    assert writing.weekday(TODAY) == "Thứ Ba, 10/11/2026"


@pytest.mark.parametrize(
    ("known", "written"),
    [("1952-06-10", "10/06/1952"), ("1952-06", "06/1952"), ("1952", "1952"), ("", "–"), (None, "–")],
)
def test_a_birth_date_keeps_what_is_known(known, written):
    assert writing.day(known) == written


def test_before_the_twelfth_leaves_the_eleventh():
    left = writing.time_left(datetime(2026, 11, 12, tzinfo=TZ), TODAY)
    assert (left.days, left.word, left.bound) == (1, "Còn 1 ngày", "trước 0 giờ 12/11")


@pytest.mark.parametrize(
    ("due", "word", "tone"),
    [
        (date(2026, 11, 8), "Quá hạn 2 ngày", "bad"),
        (date(2026, 11, 10), "Hạn hôm nay", "warn"),
        (date(2026, 11, 12), "Còn 2 ngày", "warn"),
        (date(2026, 11, 15), "Còn 5 ngày", "info"),
        (date(2026, 11, 16), "Còn 6 ngày", "mute"),
        (datetime(2026, 11, 10, tzinfo=TZ), "Quá hạn 1 ngày", "bad"),
        (datetime(2026, 11, 10, 17, tzinfo=TZ), "Hạn hôm nay", "warn"),
    ],
)
def test_urgency_has_a_word_and_a_tone(due, word, tone):
    left = writing.time_left(due, TODAY)
    assert (left.word, left.tone) == (word, tone)


def test_the_bound_is_written_as_the_law_reads():
    bounds = {
        datetime(2027, 1, 12, tzinfo=TZ): "trước 0 giờ 12/01/2027",
        datetime(2026, 11, 12, 17, 30, tzinfo=TZ): "trước 17:30 ngày 12/11",
        datetime(2026, 11, 11, 17, tzinfo=UTC): "trước 0 giờ 12/11",
    }
    assert {due: writing.time_left(due, TODAY).bound for due in bounds} == bounds
    with translation.override("en"):
        late = writing.time_left(date(2026, 11, 9), TODAY)
        assert (late.word, writing.time_left(date(2026, 11, 13), TODAY).word) == ("1 day late", "3 days left")


@given(due=st.dates(date(2020, 1, 1), date(2030, 1, 1)), today=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_an_exclusive_bound_is_one_day_less_than_the_same_day_included(due, today):
    bound = datetime(due.year, due.month, due.day, tzinfo=TZ)
    assert writing.time_left(bound, today).days == writing.time_left(due, today).days - 1
