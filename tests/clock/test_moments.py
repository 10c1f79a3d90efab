"""Within a moment the clock stands and what is read twice is read once; outside, every call reads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dean06.clock import service as clock


@pytest.fixture
def asked():
    """Give a marked function, and how often it was really asked."""
    times = []

    @clock.once_a_moment
    def twice(number, *, more=0):
        times.append(number)
        return number * 2 + more

    twice.times = times
    return twice


def test_outside_a_moment_every_call_reads(asked):
    assert [asked(2), asked(2)] == [4, 4]
    assert asked.times == [2, 2]


def test_within_a_moment_each_question_is_asked_once(asked):
    with clock.moment():
        assert [asked(2), asked(2), asked(3), asked(2, more=1), asked(2, more=1)] == [4, 4, 6, 5, 5]
    assert asked.times == [2, 3, 2]


def test_the_next_moment_reads_anew(asked):
    for _ in range(2):
        with clock.moment():
            asked(2)
    assert asked.times == [2, 2]


def test_a_moment_within_a_moment_is_the_same(asked):
    with clock.moment():
        asked(2)
        with clock.moment():
            asked(2)
        asked(2)
    assert asked.times == [2]


def test_what_fails_is_asked_again():
    tried = []

    @clock.once_a_moment
    def failing():
        tried.append(1)
        raise ValueError("no")

    with clock.moment():
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                failing()
    assert len(tried) == 2


def test_the_clock_stands_in_a_moment():
    with clock.moment():
        assert clock.now() == clock.now()
    first, second = clock.now(), clock.now()
    assert first < second


def test_a_pinned_clock_stays_pinned_in_a_moment():
    noon = datetime(2026, 11, 2, 5, tzinfo=UTC)
    with clock.pinned(noon), clock.moment():
        assert clock.now() == noon
