"""Small made-up regulations, one norm or two each: who may, who may not, who else, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charter.case_files import FOR_LEADER, asked, made_up, rule
from dean06.charter import service
from dean06.charter.types import Charter

ON = date(2023, 1, 10)
WHOLE = service.load("quang-ninh-2022").raw
ROLES: Any = WHOLE["roles"]


def _outcomes(charter: Charter, action: str, *parties: str, **facts: Any) -> list[str]:
    return [
        asked(charter, party.partition(":")[0], action, party.partition(":")[2] or None, **facts).outcome
        for party in parties
    ]


# ------------------------------------------------------------------ who may
def test_power_of_an_agency_is_not_that_of_another() -> None:
    charter = made_up(rule("n", "power", "integration.lead", "member:YT"))
    parties = ("member:YT", "member:TP", "member", "leader", "standing_deputy:YT")
    outcomes = ["allowed", "not_allowed", "not_allowed", "not_allowed", "allowed"]
    assert _outcomes(charter, "integration.lead", *parties) == outcomes
    assert asked(charter, "leader", "integration.lead").who_can == ("member:YT",)


def test_power_of_members_is_that_of_every_seat_that_is_also_a_member() -> None:
    charter = made_up(rule("n", "power", "task.assign", "member"))
    answer = asked(charter, "leader", "task.assign")
    assert answer.outcome == "not_allowed"
    assert answer.who_can == ("standing_deputy", "deputy", "standing_member", "member")


def test_role_of_a_post_answers_for_the_agency_of_its_post() -> None:
    charter = made_up(rule("n", "power", "task.assign", "leader:PC", "deputy:OFF"))
    assert _outcomes(charter, "task.assign", "leader", "leader:YT", "deputy", "deputy:OFF") == [
        "allowed",
        "not_allowed",
        "not_allowed",
        "allowed",
    ]
    assert asked(charter, "member", "task.assign").who_can == ("leader", "deputy:OFF")


def test_agency_of_a_post_by_a_reading_is_named_where_the_norm_reaches_it() -> None:
    charter = made_up(rule("n", "power", "task.assign", "member:OFF", "member:YT"))
    assert asked(charter, "leader", "task.assign").who_can == ("deputy:OFF", "member:OFF", "member:YT")


def test_those_who_can_are_listed_as_the_vocabulary_lists_them_and_then_by_name() -> None:
    own = [{**ROLES[0], "code": code} for code in ("usher", "archivist")]
    charter = made_up(
        rule("n", "power", "task.assign", "usher", "deputy", "archivist", "leader"), roles=[*own, *reversed(ROLES)]
    )
    assert asked(charter, "member", "task.assign").who_can == ("leader", "deputy", "archivist", "usher")


def test_those_who_can_today_are_those_whose_conditions_hold() -> None:
    charter = made_up(
        rule("a", "power", "task.assign", "deputy", when=[["leader.absent_on_date"]]),
        rule("b", "power", "task.assign", "standing_deputy"),
    )
    assert asked(charter, "member", "task.assign").who_can == ("standing_deputy",)
    assert asked(charter, "member", "task.assign", leader__absent_on_date=True).who_can == ("standing_deputy", "deputy")


def test_act_that_no_norm_names_is_open_to_nobody() -> None:
    answer = asked(made_up(), "leader", "task.assign")
    assert (answer.outcome, answer.who_can, answer.norms, answer.gap) == ("not_regulated", (), (), None)
    assert (answer.enforcement, answer.local_rule) == ("warn", None)


def test_norm_that_binds_nobody_lays_out_no_act_but_those_it_stands_before() -> None:
    charter = made_up(rule("n", "constitutive", "task.assign", extends_to=["group.lead"], blocks=["meeting.hold"]))
    assert list(charter.index.tables) == ["meeting.hold"]
    assert list(made_up(rule("n", "duty", None, "leader", extends_to=["group.lead"])).index.tables) == []


def test_text_out_of_force_names_nobody_who_can() -> None:
    answer = asked(made_up(rule("n", "power", "task.assign", "leader")), "leader", "task.assign", on=date(2022, 5, 4))
    assert (answer.outcome, answer.missing, answer.who_can, answer.enforcement) == ("not_in_force", (), (), "block")
    assert answer.nearest == ()


# ------------------------------------------------------------------ who may not
def test_prohibition_stands_before_the_power_where_its_conditions_hold() -> None:
    charter = made_up(
        rule("yes", "power", "task.assign", "leader"),
        rule("no", "prohibition", "task.assign", "leader", when=[["matter.is_important"], ["matter.is_routine"]]),
    )
    assert asked(charter, "leader", "task.assign", matter__is_important=True).outcome == "allowed"
    stopped = asked(charter, "leader", "task.assign", matter__is_important=True, matter__is_routine=True)
    assert (stopped.outcome, [norm.key for norm in stopped.norms], stopped.missing) == ("forbidden", ["no"], ())
    assert (stopped.enforcement, stopped.next_steps) == ("block", ())


def test_first_prohibition_that_does_not_hold_hides_no_other() -> None:
    charter = made_up(
        rule("one", "prohibition", "task.assign", "leader", when=[["matter.is_important"]]),
        rule("two", "prohibition", "task.assign", "leader"),
    )
    assert [norm.key for norm in asked(charter, "leader", "task.assign").norms] == ["two"]


def test_act_that_is_only_forbidden_to_others_is_not_regulated_and_its_prohibition_is_nearest() -> None:
    charter = made_up(rule("no", "prohibition", "task.assign", "deputy"))
    answer = asked(charter, "leader", "task.assign")
    assert (answer.outcome, [near.norm.key for near in answer.nearest]) == ("not_regulated", ["no"])
    assert asked(charter, "deputy", "task.assign").nearest == ()


def test_act_under_a_procedure_alone_is_open_to_those_it_speaks_of() -> None:
    charter = made_up(
        rule("first", "procedure", "meeting.hold", "group", cite="1.1"),
        rule("second", "procedure", "meeting.hold", "group", cite="1.2", enforcement="warn"),
    )
    answer = asked(charter, "group", "meeting.hold")
    assert (answer.outcome, [cite.dotted for cite in answer.citations]) == ("allowed", ["1.1", "1.2"])
    refused = asked(charter, "leader", "meeting.hold")
    assert (refused.outcome, [norm.key for norm in refused.norms]) == ("not_allowed", ["first", "second"])
    assert (refused.missing, refused.who_can, refused.enforcement) == ((), ("group",), "block")


def test_act_under_a_procedure_is_open_to_the_holders_of_the_power_where_there_are_any() -> None:
    charter = made_up(
        rule("how", "procedure", "meeting.hold", "group", "leader"), rule("may", "power", "meeting.hold", "leader")
    )
    refused = asked(charter, "group", "meeting.hold")
    assert (refused.outcome, [norm.key for norm in refused.norms]) == ("not_allowed", ["may"])
    assert [norm.key for norm in asked(charter, "leader", "meeting.hold").norms] == ["may", "how"]


def test_procedure_that_does_not_hold_stops_the_power() -> None:
    charter = made_up(
        rule("how", "procedure", "task.assign", "leader", when=[["meeting.held"]], cite="2.1"),
        rule("then", "procedure", "task.assign", "leader", when=[["meeting.held"], ["matter.is_routine"]], cite="2.2"),
        rule("free", "procedure", "task.assign", "leader", cite="2.3"),
        rule("may", "power", "task.assign", "leader"),
    )
    answer = asked(charter, "leader", "task.assign")
    assert (answer.outcome, answer.missing) == ("not_allowed", ("meeting.held", "matter.is_routine"))
    assert [cite.dotted for cite in answer.citations] == ["2.1", "2.2"]
    assert [norm.key for norm in answer.norms] == ["how", "then"]
    assert asked(charter, "leader", "task.assign", meeting__held=True, matter__is_routine=True).outcome == "allowed"


def test_refusal_names_what_each_power_of_ones_own_lacks() -> None:
    charter = made_up(
        rule("a", "power", "task.assign", "leader", when=[["meeting.held"]]),
        rule("b", "power", "task.assign", "leader", when=[["matter.is_routine"], ["meeting.held"]]),
    )
    answer = asked(charter, "leader", "task.assign")
    assert (answer.outcome, answer.missing) == ("not_allowed", ("meeting.held", "matter.is_routine"))
    assert [norm.key for norm in answer.norms] == ["a", "b"]
    assert [norm.key for norm in asked(charter, "leader", "task.assign", meeting__held=True).norms] == ["a"]


# ------------------------------------------------------------------ blocks
BLOCKED = (
    rule("may", "power", "matter.settle", "deputy"),
    rule(
        "tell",
        "duty",
        "matter.escalate",
        "deputy",
        cite="4.3",
        when=[["matter.is_important", "matter.exceeds_competence"]],
        blocks=["matter.settle"],
        fulfilled_by="escalation.sent_before_decision",
        enforcement="warn",
    ),
)


def test_duty_that_stands_before_an_act_stops_it_until_it_is_fulfilled() -> None:
    charter = made_up(*BLOCKED)
    assert asked(charter, "deputy", "matter.settle").outcome == "allowed"
    stopped = asked(charter, "deputy", "matter.settle", matter__is_important=True)
    assert (stopped.outcome, stopped.enforcement) == ("not_allowed", "warn")
    assert stopped.missing == ("!matter.is_important", "escalation.sent_before_decision")
    assert ([norm.key for norm in stopped.norms], [cite.dotted for cite in stopped.citations]) == (["tell"], ["4.3"])
    sent: Any = {"matter__is_important": True, "escalation__sent_before_decision": True}
    assert asked(charter, "deputy", "matter.settle", **sent).outcome == "allowed"
    assert asked(charter, "deputy", "matter.escalate", matter__is_important=True).outcome == "allowed"


def test_duty_stands_before_the_acts_of_its_own_bearers_alone() -> None:
    charter = made_up(*BLOCKED, rule("also", "power", "matter.settle", "leader"))
    assert asked(charter, "leader", "matter.settle", matter__is_important=True).outcome == "allowed"


def test_duty_of_members_stands_before_the_acts_of_every_member() -> None:
    charter = made_up(BLOCKED[0], {**BLOCKED[1], "bearers": ["member"]})
    assert asked(charter, "deputy", "matter.settle", matter__is_important=True).outcome == "not_allowed"


# ------------------------------------------------------------------ objects
SYSTEMS = (
    rule("yt", "power", "integration.lead", "member:YT", systems=["S25"]),
    rule("tp", "power", "integration.lead", "member:TP", systems=["S12", "S13"], cite="1.2"),
)


def test_power_over_a_system_is_over_no_other() -> None:
    charter = made_up(*SYSTEMS)
    assert asked(charter, "member", "integration.lead", "YT", task__system="S25").outcome == "allowed"
    wrong = asked(charter, "member", "integration.lead", "YT", task__system="S13")
    assert (wrong.outcome, [norm.key for norm in wrong.norms], wrong.who_can) == ("not_allowed", ["tp"], ("member:TP",))
    unknown = asked(charter, "member", "integration.lead", "YT", task__system="S01")
    assert (unknown.outcome, unknown.norms) == ("not_regulated", ())


def test_system_that_is_not_named_is_asked_for() -> None:
    charter = made_up(*SYSTEMS)
    for facts in ({}, {"task__system": ""}, {"task__system": False}):
        answer = asked(charter, "member", "integration.lead", "TP", **facts)
        assert (answer.outcome, answer.missing) == ("not_allowed", ("task.system",))
        assert [norm.key for norm in answer.norms] == ["tp"]


def test_kind_of_meeting_that_is_not_named_excludes_nothing() -> None:
    charter = made_up(rule("n", "power", "meeting.hold", "group", meeting_kinds=["regular", "ad_hoc"]))
    assert asked(charter, "group", "meeting.hold").outcome == "allowed"
    assert asked(charter, "group", "meeting.hold", meeting__kind="ad_hoc").outcome == "allowed"
    assert asked(charter, "group", "meeting.hold", meeting__kind="working_session").outcome == "not_regulated"


def test_kinds_and_systems_narrow_only_acts_on_such_objects() -> None:
    charter = made_up(
        rule("n", "power", "task.assign", "leader", systems=["S25"], meeting_kinds=["regular"]),
        rule("m", "power", "group.lead", "leader", meeting_kinds=["regular"], extends_to=["meeting.hold"]),
    )
    assert asked(charter, "leader", "task.assign", task__system="S12", meeting__kind="ad_hoc").outcome == "allowed"
    assert asked(charter, "leader", "meeting.hold", meeting__kind="ad_hoc").way == "extended"


# ------------------------------------------------------------------ ways
def test_norm_reaches_the_acts_it_extends_to() -> None:
    charter = made_up(rule("n", "power", "group.lead", "standing_deputy", extends_to=["task.assign"]))
    assert asked(charter, "standing_deputy", "group.lead").way == "own"
    assert asked(charter, "standing_deputy", "task.assign").way == "extended"
    assert asked(charter, "standing_deputy", "meeting.convene").outcome == "not_regulated"


def test_who_is_signed_for_may_sign_in_person() -> None:
    charter = made_up(FOR_LEADER)
    answer = asked(charter, "leader", "document.sign")
    assert (answer.outcome, answer.way, answer.sign_form, answer.on_behalf_of) == (
        "allowed",
        "presupposed",
        "own",
        None,
    )
    assert [cite.dotted for cite in answer.citations] == ["5.1"]
    other = asked(charter, "deputy", "document.sign", meeting__held=True)
    assert (other.way, other.sign_form, other.on_behalf_of) == ("own", "KT", "leader")


@pytest.mark.parametrize(
    ("more", "cite"),
    [
        ({}, "3.1"),
        ({"bearers": ["deputy", "leader"]}, "3.1"),
        ({"bearers": ["deputy"]}, "5.1"),
        ({"bearers": ["leader:PC"]}, "5.1"),
        ({"type": "procedure"}, "5.1"),
        ({"type": "prohibition"}, "5.1"),
        ({"type": "duty"}, "3.1"),
        ({"when": [["meeting.held"]]}, "5.1"),
        ({"action": "group.lead"}, "5.1"),
    ],
)
def test_what_is_presupposed_rests_on_a_wider_power_where_there_is_one(more: dict[str, Any], cite: str) -> None:
    wider = {**rule("wide", "power", "group.direct", "leader", cite="3.1"), **more}
    answer = asked(made_up(FOR_LEADER, wider), "leader", "document.sign")
    assert [one.dotted for one in answer.citations] == [cite]


def test_principal_whom_the_text_does_not_know_is_presupposed_nothing() -> None:
    charter = made_up({**FOR_LEADER, "on_behalf_of": "commune_chair"})
    assert asked(charter, "commune_chair", "document.sign").outcome == "not_allowed"
