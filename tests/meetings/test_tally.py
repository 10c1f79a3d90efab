"""Counting against an independent recount: every combination of bases, ties, silence; more than half is never half."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dean06.meetings.service import rules
from dean06.meetings.tally import counted, needed, quorum, result, with_silence
from dean06.meetings.types import Choice, Outcome

BALLOTS = st.lists(st.sampled_from(list(Choice)), max_size=40)
BASES = st.sampled_from(sorted(rules.gaps()["G-01"].choices))
TIES = st.sampled_from(sorted(rules.gaps()["G-02"].choices))
CHAIR = st.sampled_from([None, *Choice])


def recount(ballots, base: str, tie: str, chair, members: int, present: int) -> str:
    """Count by fractions, from the words of the rule alone."""
    yes, no = ballots.count(Choice.FAVOUR), ballots.count(Choice.AGAINST)
    of = {"all": members, "present": present, "cast": len(ballots)}[base]
    if of and Fraction(yes, of) > Fraction(1, 2):
        return "carried"
    if yes and yes == no:
        if tie == "chair" and chair in (Choice.FAVOUR, Choice.AGAINST):
            return "carried" if chair is Choice.FAVOUR else "rejected"
        return "tied"
    return "rejected"


@given(BALLOTS, BASES, TIES, CHAIR, st.integers(0, 20), st.integers(0, 20))
def test_a_count_equals_an_independent_recount(ballots, base, tie, chair, away, silent):
    present = len(ballots) + silent
    count = counted(ballots, members=present + away, present=present)
    found = result(count, {"G-01": base, "G-02": tie}, chair)
    assert found.outcome.value == recount(ballots, base, tie, chair, present + away, present)
    assert count.cast == len(ballots)
    assert (found.count.favour >= found.count.needed) == (found.outcome is Outcome.CARRIED and not found.by_chair)


@given(st.integers(0, 1000))
def test_more_than_half_is_the_least_number_above_half(base):
    assert 2 * needed(base) > base
    assert 2 * (needed(base) - 1) <= base


@given(st.integers(1, 1000))
def test_a_quorum_is_the_least_number_that_the_rule_asks(members):
    assert 2 * quorum("half", members) > members >= 2 * (quorum("half", members) - 1)
    assert 3 * quorum("two_thirds", members) >= 2 * members > 3 * (quorum("two_thirds", members) - 1)
    assert quorum("none", members) == 0


@given(BALLOTS, st.integers(0, 30), st.sampled_from(sorted(rules.gaps()["G-04"].choices)))
def test_silence_is_read_as_the_rule_says_and_no_answer_is_lost(ballots, silent, choice):
    count = counted(ballots, members=len(ballots) + silent, present=len(ballots))
    read = with_silence(count, silent, choice)
    added = (read.favour - count.favour, read.against - count.against)
    assert added == {"agrees": (silent, 0), "disagrees": (0, silent), "not_counted": (0, 0)}[choice]
    assert read.other == count.other


def test_every_default_is_one_of_its_choices():
    for gap in rules.gaps().values():
        assert gap.default in gap.choices
        assert rules.used(gap.code, None).source == "default"
