"""Months, half-years and years as the law counts them: each ends where the next begins, at midnight in the office."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dean06.charter import periods
from dean06.charter.errors import BadPeriod
from dean06.charter.periods import Month


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "half"),
    [
        ("2022-01", "2022-01-01", "2022-02-01", "2022-H1"),
        ("2022-06", "2022-06-01", "2022-07-01", "2022-H1"),
        ("2022-07", "2022-07-01", "2022-08-01", "2022-H2"),
        ("2022-11", "2022-11-01", "2022-12-01", "2022-H2"),
        ("2022-12", "2022-12-01", "2023-01-01", "2022-H2"),
    ],
)
def test_month_runs_from_its_first_day_to_that_of_the_next(text: str, start: str, end: str, half: str) -> None:
    month = Month.parse(text)
    assert str(month) == text
    assert month.half == half
    assert month.start() == _at(f"{start}T00:00:00+07:00")
    assert month.end() == _at(f"{end}T00:00:00+07:00")


def test_bound_before_a_day_is_that_day_at_midnight() -> None:
    assert Month(2022, 6).before_day(12) == _at("2022-06-12T00:00:00+07:00")


@pytest.mark.parametrize(
    ("instant", "held"),
    [
        ("2022-05-31T23:59:59+07:00", False),
        ("2022-06-01T00:00:00+07:00", True),
        ("2022-05-31T17:00:00+00:00", True),
        ("2022-06-30T23:59:59+07:00", True),
        ("2022-07-01T00:00:00+07:00", False),
        ("2022-06-30T17:00:00+00:00", False),
    ],
)
def test_month_holds_its_own_instants_alone(instant: str, held: bool) -> None:  # noqa: FBT001  a table's column
    assert Month(2022, 6).holds(_at(instant)) is held


def test_month_holds_nothing_that_never_was() -> None:
    assert Month(2022, 6).holds(None) is False


@pytest.mark.parametrize("text", ["2022", "2022-00", "2022-13", "2022-1", "0000-01", "22-01", "2022-06-01", "x2022-06"])
def test_month_that_is_none_is_refused_with_its_form(text: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        Month.parse(text)
    assert refused.value.en == f"The period {text!r} is wrong: write it as YYYY-MM."


def test_first_year_of_the_calendar_is_a_year() -> None:
    assert Month.parse("0001-12") == Month(1, 12)
    assert periods.months_of(None, "0001")[0] == Month(1, 1)


@pytest.mark.parametrize("year", ["0000", "22", "20222", "2022-06", None, ""])
def test_year_that_is_none_is_refused_with_its_form(year: str | None) -> None:
    with pytest.raises(BadPeriod) as refused:
        periods.months_of(None, year)
    assert refused.value.en == f"The period {str(year)!r} is wrong: write it as YYYY."


def test_months_asked_for_are_the_one_or_the_twelve() -> None:
    assert periods.months_of("2022-06", None) == (Month(2022, 6),)
    assert periods.months_of("2022-06", 2021) == (Month(2022, 6),)
    for year in (2022, "2022"):
        assert [str(month) for month in periods.months_of(None, year)] == [
            "2022-01",
            "2022-02",
            "2022-03",
            "2022-04",
            "2022-05",
            "2022-06",
            "2022-07",
            "2022-08",
            "2022-09",
            "2022-10",
            "2022-11",
            "2022-12",
        ]


@pytest.mark.parametrize(
    ("half", "start", "bound"), [("2022-H1", "2022-01-01", "2022-07-01"), ("2022-H2", "2022-07-01", "2023-01-01")]
)
def test_half_year_is_six_months(half: str, start: str, bound: str) -> None:
    assert periods.half_span(half) == (_at(f"{start}T00:00:00+07:00"), _at(f"{bound}T00:00:00+07:00"))


def test_year_is_twelve_months() -> None:
    assert periods.year_span(2022) == (_at("2022-01-01T00:00:00+07:00"), _at("2023-01-01T00:00:00+07:00"))


@pytest.mark.parametrize(
    ("bound", "day"),
    [
        ("2022-07-01T00:00:00+07:00", date(2022, 6, 30)),
        ("2022-06-30T17:00:00+00:00", date(2022, 6, 30)),
        ("2022-07-01T00:00:00.000001+07:00", date(2022, 7, 1)),
        ("2022-07-01T08:00:00+07:00", date(2022, 7, 1)),
    ],
)
def test_last_day_before_a_bound_is_counted_in_the_office(bound: str, day: date) -> None:
    assert periods.last_day_before(_at(bound)) == day
