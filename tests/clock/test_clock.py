from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.clock.service import TZ, at_start_of, now, pinned, today
from dean06.clock.service.working_days import vietnam_calendar

CALENDAR = vietnam_calendar(range(2021, 2029))


class Demonstration:
    own_day = date(2022, 8, 15)


def test_the_day_is_the_day_in_viet_nam():
    with pinned(datetime(2022, 8, 11, 17, 30, tzinfo=UTC)):
        assert today() == date(2022, 8, 12)
        assert now().tzinfo == TZ


def test_a_demonstration_group_carries_its_own_day():
    assert today(Demonstration()) == date(2022, 8, 15)


def test_an_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"), pinned(datetime(2022, 1, 1)):  # noqa: DTZ001  the fault under test
        pass


def test_start_of_a_day_is_local():
    assert at_start_of(date(2022, 8, 12)).isoformat() == "2022-08-12T00:00:00+07:00"


def test_tet_and_national_day_are_no_working_days():
    assert not CALENDAR.is_working_day(date(2022, 2, 1))
    assert not CALENDAR.is_working_day(date(2022, 9, 2))
    assert CALENDAR.is_working_day(date(2022, 8, 12))


def test_a_swapped_day_wins_over_weekend_and_holiday():
    swapped = vietnam_calendar([2022], {date(2022, 8, 13): True, date(2022, 8, 15): False})
    assert swapped.is_working_day(date(2022, 8, 13))
    assert not swapped.is_working_day(date(2022, 8, 15))


@given(st.dates(date(2021, 2, 1), date(2027, 1, 31)), st.integers(1, 60))
def test_adding_and_counting_working_days_agree(start, count):
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == count
