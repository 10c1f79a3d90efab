"""Cells of few: hidden, and not to be worked out from what is shown, whatever the numbers are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dean06.reconcile.disclosure import WHOLE, safe
from dean06.reconcile.types import SMALL, Measure
from dean06.reconcile.wilson import interval

RECORDS, APART = {"C2"}, {"L1"}


def measure(code: str, total: int, good: int | None = None) -> Measure:
    good = total if good is None else good
    low, high = interval(good, total)
    return Measure(code=code, good=good, total=total, low=low, high=high, target=None)


def cells(code: str, parts: dict[str, int], nowhere: int = 0) -> dict[tuple[str, str], Measure]:
    made = {(place, code): measure(code, total) for place, total in parts.items()}
    return made | {(WHOLE, code): measure(code, sum(parts.values()) + nowhere)}


def told(found) -> dict[str, int | None]:
    return {place: None if one.hidden else one.total for (place, _), one in found.items()}


PARTS = st.dictionaries(st.text("01234", min_size=5, max_size=5), st.integers(0, 120), max_size=8)


@given(parts=PARTS, nowhere=st.integers(0, 60))
def test_what_is_hidden_cannot_be_found_by_taking_the_shown_from_the_whole(parts, nowhere):
    shown = told(safe(cells("D2", parts, nowhere), records=RECORDS, apart=APART))
    assert all(total is None or total == 0 or total >= SMALL for total in shown.values())
    whole = shown.pop(WHOLE)
    if whole is None:
        return
    left = whole - sum(total or 0 for total in shown.values())
    unknown = [place for place, total in shown.items() if total is None]
    if any(0 < parts[place] < SMALL for place in unknown) or 0 < nowhere < SMALL:
        # a reader learns a sum of at least two numbers, and the sum is of no few
        assert len(unknown) + bool(nowhere) >= 2
        assert left >= SMALL
    else:
        assert not unknown


@given(parts=PARTS, nowhere=st.integers(0, 60))
def test_a_hidden_cell_tells_nothing_of_itself(parts, nowhere):
    for one in safe(cells("D2", parts, nowhere), records=RECORDS, apart=APART).values():
        if one.hidden:
            assert (one.good, one.total, one.share, one.decides, one.small) == (0, 0, None, False, True)
            assert (one.low, one.high) == (0.0, 1.0)


@given(parts=PARTS, each=st.integers(1, 9))
def test_values_of_a_commune_with_few_records_are_hidden_however_many_they_are(parts, each):
    made = cells("C2", parts) | cells("C1", {place: total * each for place, total in parts.items()})
    found = safe(made, records=RECORDS, apart=APART)
    for place, total in parts.items():
        if 0 < total < SMALL:
            assert found[(place, "C2")].hidden
            assert found[(place, "C1")].hidden


def test_enough_everywhere_hides_nothing():
    made = cells("D2", {"00001": 30, "00002": 31})
    assert safe(made, records=RECORDS, apart=APART) == made


def test_one_small_cell_takes_the_smallest_shown_one_with_it():
    shown = told(safe(cells("D2", {"00001": 5, "00002": 40, "00003": 90}), records=RECORDS, apart=APART))
    assert shown == {"00001": None, "00002": None, "00003": 90, WHOLE: 135}


def test_two_small_cells_that_are_few_together_take_a_third():
    shown = told(safe(cells("D2", {"00001": 5, "00002": 6, "00003": 90}), records=RECORDS, apart=APART))
    assert shown == {"00001": None, "00002": None, "00003": None, WHOLE: 101}


def test_few_people_of_no_known_commune_are_a_cell_too():
    shown = told(safe(cells("D2", {"00001": 50, "00002": 60}, nowhere=4), records=RECORDS, apart=APART))
    assert shown == {"00001": None, "00002": 60, WHOLE: 114}


def test_a_whole_of_few_tells_nothing_and_a_count_of_deliveries_is_of_no_people():
    made = cells("D2", {"00001": 20}) | {(WHOLE, "L1"): measure("L1", 1)}
    found = safe(made, records=RECORDS, apart=APART)
    assert found[(WHOLE, "D2")].hidden
    assert found[("00001", "D2")].hidden
    assert found[(WHOLE, "L1")].total == 1
