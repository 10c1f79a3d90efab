"""Norms of two texts meet by what they mean; a pair that differs tells each field that does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charter.tea_hill import FILES, HEAD
from dean06.charter import service
from dean06.charter.norms import Bearer, Citation, Deadline, Norm
from dean06.charter.pairing import likeness
from dean06.charter.types import Charter

CHARTER = service.compile_sources(FILES)
SIGN: dict[str, Any] = {
    "key": "sign",
    "cite": "1",
    "type": "power",
    "bearer": ["leader"],
    "action": "document.sign",
    "source": "mẫu",
}


def _charter(*norms: dict[str, Any], line: str = "doi-che", label: str = "1") -> Charter:
    article = {
        "article": label,
        "heading": "Điều",
        "last_checked": "2026-11-20",
        "clauses": [{"label": label, "vi": "khoản", "en": "clause"} for label in ("1", "2")],
        "norms": list(norms),
    }
    chapters = [{"label": "I", "heading": "Chương", "articles": [label]}]
    head = {**HEAD, "line": line, "covering": [], "notes": [], "chapters": chapters}
    return service.compile_sources({"charter.yaml": head, "dieu-01.yaml": article})


def _pairs(mine: list[dict[str, Any]], other: list[dict[str, Any]], line: str = "doi-mo") -> dict[str, str]:
    return dict(service.compare(_charter(*mine), _charter(*other, line=line)).pairs)


def _changes(mine: list[dict[str, Any]], other: list[dict[str, Any]], line: str = "doi-mo") -> list[Any]:
    return [
        (one.kind, one.a and one.a.key, one.b and one.b.key, [(field.field, field.a, field.b) for field in one.fields])
        for one in service.compare(_charter(*mine), _charter(*other, line=line)).norms
    ]


# ------------------------------------------------------------------ how much two norms mean the same
FULL: Norm = replace(
    CHARTER.index.norms["scope"],
    key="one",
    cite=Citation("2", "1", "a"),
    type="duty",
    bearers=(Bearer("leader"), Bearer("member", "TYT")),
    action="integration.lead",
    when=(("matter.is_routine",),),
    systems=("S01", "S25"),
    joined_with=("S02", "S03"),
    document_kinds=("plan", "notice"),
    meeting_kinds=("regular", "ad_hoc"),
    deadline=Deadline("every_month"),
    last_checked=date(2026, 11, 20),
)


@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ({}, 21.5),
        ({"key": "two"}, 20.5),
        ({"cite": Citation("2", "2")}, 21.0),
        ({"cite": Citation("3", "1", "a")}, 20.0),
        ({"type": "power"}, 18.5),
        ({"when": ()}, 19.5),
        ({"deadline": None}, 20.5),
        ({"bearers": (Bearer("leader"),)}, 19.5),
        ({"bearers": (Bearer("agency", "TYT"),)}, 19.5),
        ({"bearers": (Bearer("deputy"),)}, 0),
        ({"bearers": (Bearer("member", "CPOL"),)}, 0),
        ({"systems": ("S01",)}, 19.5),
        ({"systems": ()}, 17.5),
        ({"systems": ("S09",)}, 0),
        ({"document_kinds": ("plan",)}, 20.5),
        ({"document_kinds": ("guidance",)}, 19.5),
        ({"meeting_kinds": ("regular",)}, 20.5),
        ({"meeting_kinds": ()}, 19.5),
        ({"joined_with": ("S02",)}, 21.0),
        ({"joined_with": ()}, 20.5),
        ({"action": "integration.coordinate"}, 0),
        ({"action": None}, 0),
    ],
)
def test_each_thing_that_two_norms_share_counts(fields: dict[str, Any], score: float) -> None:
    other = replace(FULL, **fields)
    assert (likeness(FULL, other), likeness(other, FULL)) == (score, score)


@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ({}, 5.0),
        ({"key": "two"}, 4.0),
        ({"cite": Citation("9")}, 5.0),
        ({"key": "two", "cite": Citation("9")}, 0),
        ({"type": "status"}, 0),
        ({"systems": ("S01",), "bearers": (Bearer("leader"),)}, 5.0),
    ],
)
def test_norms_without_an_act_meet_by_their_place_or_their_key(fields: dict[str, Any], score: float) -> None:
    scope = replace(CHARTER.index.norms["scope"], key="one")
    assert likeness(scope, replace(scope, **fields)) == score


# ------------------------------------------------------------------ who meets whom
def test_in_versions_of_one_line_a_key_is_an_identity() -> None:
    other = {**SIGN, "bearer": ["standing_deputy"], "type": "duty", "action": "task.assign"}
    assert _pairs([SIGN], [other], line="doi-che") == {"sign": "sign"}
    assert _pairs([SIGN], [other]) == {}


def test_one_whose_key_is_taken_meets_the_next_in_meaning() -> None:
    old, new = {**SIGN, "key": "old"}, {**SIGN, "key": "new"}
    assert _pairs([SIGN, old], [SIGN, new], line="doi-che") == {"sign": "sign", "old": "new"}
    assert _pairs([old], [new], line="doi-che") == {"old": "new"}
    assert _pairs([SIGN, old], [new], line="doi-che") == {"sign": "new"}


def test_norms_meet_the_one_most_like_them_and_each_one_alone() -> None:
    mine = [{**SIGN, "key": "a", "documents": ["plan"]}, {**SIGN, "key": "b", "documents": ["notice"]}]
    other = [{**SIGN, "key": "c", "documents": ["notice"]}, {**SIGN, "key": "d", "documents": ["plan"]}]
    assert _pairs(mine, other) == {"a": "d", "b": "c"}
    assert _pairs(mine, other[:1]) == {"b": "c"}
    assert _pairs(mine[:1], other[:1]) == {"a": "c"}


def test_of_norms_alike_in_everything_the_first_meet() -> None:
    mine = [{**SIGN, "key": key} for key in ("b", "a")]
    other = [{**SIGN, "key": key} for key in ("d", "c")]
    assert _pairs(mine, other) == {"b": "d", "a": "c"}


def test_norms_on_one_act_for_different_people_do_not_meet() -> None:
    assert _pairs([SIGN], [{**SIGN, "key": "other", "bearer": ["standing_deputy"]}]) == {}


def test_one_bearer_of_five_in_common_is_enough_to_meet() -> None:
    mine = {
        **SIGN,
        "systems": ["S01"],
        "joined_with": ["S02"],
        "documents": ["plan"],
        "meetings": ["regular"],
    }
    other = {
        **SIGN,
        "key": "other",
        "cite": "2",
        "type": "duty",
        "bearer": ["leader", "standing_deputy", "member", "group", "keeper"],
        "joined_with": ["S03"],
        "documents": ["notice"],
        "meetings": ["ad_hoc"],
        "when": {"all": ["matter.is_routine"]},
        "deadline": "every_month",
    }
    assert service.compare(_charter(mine), _charter(other, line="doi-mo", label="2")).pairs == {"sign": "other"}


@pytest.mark.parametrize(
    ("fields", "meets"),
    [
        ({}, True),
        ({"bearer": ["leader", "standing_deputy"]}, True),
        ({"bearer": ["standing_deputy"]}, False),
        ({"type": "duty"}, False),
        ({"key": "other"}, False),
    ],
)
def test_one_key_and_one_type_meet_though_the_act_is_put_in_other_words(
    fields: dict[str, Any],
    meets: bool,  # noqa: FBT001  a row of the table
) -> None:
    other = {**SIGN, "action": "task.assign", **fields}
    assert _pairs([SIGN], [other]) == ({"sign": "sign"} if meets else {})


def test_a_namesake_that_has_met_another_is_left() -> None:
    twin = {**SIGN, "key": "twin", "action": "task.assign"}
    moved = {**SIGN, "action": "task.assign"}
    assert _pairs([SIGN, twin], [moved]) == {"twin": "sign"}
    assert _pairs([SIGN], [{**SIGN, "key": "best"}, moved]) == {"sign": "best"}


# ------------------------------------------------------------------ in what a pair differs
def test_first_what_one_text_has_then_what_the_other_has_alone() -> None:
    gone = {**SIGN, "key": "gone", "action": "task.assign"}
    come = {**SIGN, "key": "come", "action": "plan.issue"}
    weighed = {**SIGN, "enforcement": "block"}
    assert _changes([gone, SIGN], [come, weighed]) == [
        ("only_a", "gone", None, []),
        ("changed", "sign", "sign", [("enforcement", "warn", "block")]),
        ("only_b", None, "come", []),
    ]
    assert _changes([SIGN], [SIGN]) == []


def test_clauses_are_compared_within_one_line_alone() -> None:
    moved = {**SIGN, "cite": "1.2"}
    assert _changes([SIGN], [moved]) == []
    assert _changes([SIGN], [moved], line="doi-che") == [("changed", "sign", "sign", [("cite", "1", "1.2")])]


def test_the_order_of_norms_is_compared_by_those_that_meet() -> None:
    first = {**SIGN, "key": "first", "action": "task.assign"}
    other = {**first, "key": "erst"}
    assert _changes([first, {**SIGN, "after": ["first"]}], [other, {**SIGN, "after": ["erst"]}]) == []
    assert _changes([first, {**SIGN, "after": ["first"]}], [other, SIGN]) == [
        ("changed", "sign", "sign", [("after", ["first"], [])])
    ]
    both = [first, {**first, "key": "second", "action": "plan.issue"}]
    one, turned = {**SIGN, "after": ["first", "second"]}, {**SIGN, "after": ["second", "first"]}
    assert _changes([*both, one], [*both, turned]) == []


PLAIN: dict[str, Any] = {
    "cite": "2.1.a",
    "type": "power",
    "action": "seal.use",
    "on_behalf_of": None,
    "delegate": None,
    "sign_form": None,
    "via": None,
    "fulfilled_by": None,
    "enforcement": "warn",
    "testable": True,
    "dormant": None,
    "systems": [],
    "joined_with": [],
    "documents": [],
    "meetings": [],
    "coordinators": [],
    "recipients": [],
    "blocks": [],
    "extends_to": [],
    "evidence": [],
    "gaps": [],
    "bearers": ["leader"],
    "when": [],
    "seal": "CPC",
    "deadline": None,
    "reading": None,
}
SAID: dict[str, dict[str, Any]] = {
    "leader.seal": {},
    "deputy.sign": {
        "cite": "2.1.b",
        "action": "document.sign",
        "bearers": ["member:TYT", "standing_deputy"],
        "when": [
            ["!matter.is_important"],
            ["assignment.covers_document", "delegation.covers_date_and_scope"],
            ["matter.is_routine"],
        ],
        "documents": ["urging_letter"],
        "sign_form": "KT",
        "on_behalf_of": "leader",
        "enforcement": "block",
    },
    "tyt.connect": {
        "cite": "2.2",
        "type": "duty",
        "action": "integration.lead",
        "bearers": ["member:TYT"],
        "systems": ["S25"],
        "joined_with": ["S01"],
        "coordinators": ["CPOL"],
        "deadline": {"form": "timely"},
        "testable": False,
        "gaps": ["G-08"],
        "seal": None,
        "reading": {"vi": "Đọc là công an chủ trì.", "en": "The police lead.", "lead": "CPOL"},
    },
    "group.report": {
        "cite": "12.1",
        "type": "duty",
        "action": "report.send_monthly",
        "bearers": ["group"],
        "when": [["plan.yearly_issued"]],
        "deadline": {"form": "every_month_before_day", "day": 12},
        "recipients": ["CPC", "member:TYT"],
        "via": "CPOL",
        "fulfilled_by": "report.dispatched_to_each_recipient",
        "evidence": ["receipt"],
        "seal": None,
    },
    "leader.delegate": {
        "cite": "12.1",
        "type": "procedure",
        "action": "delegation.grant",
        "when": [["delegation.is_necessary", "matter.is_routine"]],
        "meetings": ["regular"],
        "delegate": "standing_deputy",
        "deadline": {"form": "each_event", "event": "meeting"},
        "blocks": ["task.assign"],
        "extends_to": ["plan.issue"],
        "dormant": "việc đã xong",
        "seal": None,
        "reading": {"vi": "Đọc rộng.", "en": "Read widely.", "lead": None},
    },
}


@pytest.mark.parametrize("key", SAID)
def test_what_a_norm_says_as_plain_values(key: str) -> None:
    assert service.plain_norm(CHARTER, CHARTER.index.norms[key]) == PLAIN | SAID[key]
