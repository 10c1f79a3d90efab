"""Which decision judges a day: whatever was decided, what applies from a later day changes nothing before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dean06.reconcile.service.thresholds import in_force, judged_on
from dean06.reconcile.types import ThresholdInfo

START = date(2022, 1, 1)
SOURCES = ("", "bhyt", "hoc-sinh")


@st.composite
def decisions(draw) -> list[ThresholdInfo]:
    """Draw decisions in the order in which they take force."""
    days = sorted(draw(st.lists(st.integers(0, 60), max_size=12)))
    return [
        ThresholdInfo(
            id=number,
            source=draw(st.sampled_from(SOURCES)),
            measure=draw(st.sampled_from(("C1", "C3"))),
            value=draw(st.sampled_from((None, Decimal("0.9"), Decimal("0.5")))),
            from_day=START + timedelta(days=day),
            decision=f"{number}/KL",
            decided_on=START,
            set_by="",
            set_at=datetime(2022, 1, 1, tzinfo=UTC),
        )
        for number, day in enumerate(days)
    ]


@given(known=decisions(), on=st.integers(0, 60), source=st.sampled_from(SOURCES))
def test_what_applies_from_a_later_day_changes_nothing_before_it(known, on, source):
    day = START + timedelta(days=on)
    by_then = [one for one in known if one.from_day <= day]
    assert in_force(known, source, day) == in_force(by_then, source, day)


@given(known=decisions(), on=st.integers(0, 60), source=st.sampled_from(SOURCES))
def test_the_newest_of_the_source_judges_then_the_newest_of_all_then_none(known, on, source):
    day, told = START + timedelta(days=on), in_force(known, source, START + timedelta(days=on))
    for measure in ("C1", "C3"):
        wanted = None
        for of in dict.fromkeys((source, "")):
            own = [one for one in known if (one.source, one.measure) == (of, measure) and one.from_day <= day]
            if wanted is None and own and own[-1].value is not None:
                wanted = own[-1]
        assert told.get(measure) == wanted


def test_a_period_is_judged_on_its_last_day():
    assert [judged_on(one) for one in ("2022-01", "2022-12", "2024-02")] == [
        date(2022, 1, 31),
        date(2022, 12, 31),
        date(2024, 2, 29),
    ]
