"""The values that cross the threshold of the room: what is written of them, and always in the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from dean06.charter.types import OWN_AGENCY, Citation, Obligation, Outcome, canonical_json

OWED = Obligation(
    norm="group.report",
    action="report.send_monthly",
    object_kind="report",
    citations=(Citation("12", "1"), Citation("2", "1", "b")),
    bearer="group",
    period="2024-06",
    due_before=datetime(2024, 6, 12, tzinfo=UTC),
    recipients=("CPC", "member:TYT"),
    via="CPOL",
    status="met",
    satisfied_by=("r1",),
    gaps=("G-12",),
)
TOLD = {
    "norm": "group.report",
    "action": "report.send_monthly",
    "object": "report",
    "citations": [
        {"article": "12", "clause": "1", "point": None},
        {"article": "2", "clause": "1", "point": "b"},
    ],
    "bearer": "group",
    "period": "2024-06",
    "due_before": "2024-06-12T00:00:00+00:00",
    "recipients": ["CPC", "member:TYT"],
    "via": "CPOL",
    "status": "met",
    "satisfied_by": "r1",
    "gaps": ["G-12"],
}


def test_an_owed_duty_as_the_command_line_prints_it() -> None:
    assert OWED.as_json() == TOLD
    beside = {"charter": "c0", "text": "t0", "reply": "r0", "judged": "missed"}
    told = replace(OWED, charter="c0", text="t0", reply="r0", judged="missed").as_json()
    assert told == TOLD | beside
    assert list(told) == [*beside, *TOLD]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"satisfied_by": ()}, {"satisfied_by": None}),
        ({"satisfied_by": ("r1", "r2")}, {"satisfied_by": ["r1", "r2"]}),
        ({"due_before": None}, {"due_before": None}),
        ({"judged": "missed"}, {"judged": "missed"}),
        ({"object_kind": None, "via": None}, {"object": None, "via": None}),
    ],
)
def test_what_an_owed_duty_lacks_is_left_open(fields: dict[str, Any], told: dict[str, object]) -> None:
    assert replace(OWED, **fields).as_json() == TOLD | told


def test_the_same_facts_give_the_same_bytes() -> None:
    assert canonical_json({"b": [1, None], "a": "Điều"}) == '{"a":"Điều","b":[1,null]}'


def test_there_are_five_answers() -> None:
    assert get_args(Outcome) == ("allowed", "not_allowed", "forbidden", "not_regulated", "not_in_force")


def test_the_seal_of_one_s_own_agency_has_a_word_of_its_own() -> None:
    assert OWN_AGENCY == "own_agency"
