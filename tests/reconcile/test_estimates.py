"""What readings say of a run: agreement beyond chance, stretches of the posterior, recall between its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.reconcile.estimates import Parts, Share, recall, stretches
from dean06.reconcile.kappa import kappa

CHOICES = st.sampled_from(["0", "1", "2", "3"])
COUNTS = st.integers(0, 400)


def test_kappa_of_a_table_worked_by_hand():
    """Cohen's own way: 35 alike of 50, chance one half: kappa 0.4."""
    pairs = [("1", "1")] * 20 + [("1", "0")] * 5 + [("0", "1")] * 10 + [("0", "0")] * 15
    told = kappa(pairs)
    assert (told.pairs, told.alike) == (50, 35)
    assert told.value == pytest.approx(0.4)
    assert (told.low, told.high) == (pytest.approx(0.146, abs=1e-3), pytest.approx(0.654, abs=1e-3))


@pytest.mark.parametrize("pairs", [[], [("1", "1")] * 40])
def test_nothing_read_or_one_word_alone_is_no_agreement(pairs):
    told = kappa(pairs)
    assert (told.value, told.low, told.high) == (None, -1.0, 1.0)


@given(st.lists(st.tuples(CHOICES, CHOICES), max_size=60))
def test_kappa_lies_in_its_bounds_and_does_not_care_who_read_first(pairs):
    told, other = kappa(pairs), kappa([(two, one) for one, two in pairs])
    assert told.value == pytest.approx(other.value) if told.value is not None else other.value is None
    if told.value is not None:
        assert -1.0 <= told.low <= told.value <= told.high <= 1.0
        assert (told.value == 1.0) == (told.alike == told.pairs)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=80))
def test_every_reading_falls_into_one_stretch(read):
    told = stretches(read)
    assert sum(one.found.total for one in told) == len(read)
    assert sum(one.found.good for one in told) == sum(right for _, right in read)
    for one in told:
        assert one.low <= one.predicted <= one.high or one.predicted == pytest.approx(one.high)
        low, high = one.found.bounds
        assert low - 1e-9 <= (one.found.value or 0.0) <= high + 1e-9


def shares():
    return st.tuples(COUNTS, COUNTS).map(lambda two: Share(good=min(two), total=max(two)))


PARTS = st.builds(Parts, named=COUNTS, right=shares(), doubtful=COUNTS, among=shares(), missing=COUNTS, there=shares())


@given(PARTS)
def test_recall_lies_between_its_bounds_and_reviewing_never_lowers_it(parts):
    alone, reviewed = recall(parts, reviewed=False), recall(parts, reviewed=True)
    for one in (alone, reviewed):
        assert 0.0 <= one.low <= one.high <= 1.0
        assert one.value is None or one.low - 1e-9 <= one.value <= one.high + 1e-9
    assert reviewed.low >= alone.low - 1e-9
    assert reviewed.high >= alone.high - 1e-9


def test_what_nobody_read_counts_as_all_and_as_none():
    read = Share(good=100, total=100)
    parts = Parts(named=900, right=read, doubtful=0, among=Share(), missing=100, there=Share())
    told = recall(parts, reviewed=False)
    assert told.value is None
    assert told.low < 0.9
    assert told.high > 0.96
    checked = recall(
        Parts(named=900, right=read, doubtful=0, among=Share(), missing=100, there=Share(good=10, total=100)),
        reviewed=False,
    )
    assert checked.value == pytest.approx(900 / 910)
    assert told.low < checked.low < checked.high <= told.high
