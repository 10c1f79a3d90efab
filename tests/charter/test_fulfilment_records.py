"""Which records can answer a periodic duty is told for every action that some record answers."""

from __future__ import annotations

from dean06.charter import fulfilment
from dean06.charter import service as charters
from dean06.charter.facts_file import SHAPE


def test_every_action_that_records_answer_names_them():
    assert set(fulfilment._RECORDS) == set(fulfilment._FINDERS)
    assert charters.answered_by("task.carry_out") == frozenset()


def test_the_records_named_are_lists_of_the_facts_file():
    for action in fulfilment._RECORDS:
        assert {name.partition(":")[0] for name in charters.answered_by(action)} <= set(SHAPE)
