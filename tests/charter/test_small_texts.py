"""Small made-up regulations, one norm or two each: who may, who may not, who else, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charter.case_files import made_up, rule
from dean06.charter import service
from dean06.charter.types import Charter, Fact, LocalRule, Question

ON = date(2023, 1, 10)
WHOLE = service.load("quang-ninh-2022").raw
ROLES: Any = WHOLE["roles"]


def _ask(
    charter: Charter, role: str, action: str, agency: str | None = None, *, on: date = ON, **facts: Fact
) -> service.Decision:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return service.decide(charter, Question(role=role, agency=agency, action=action, on=on, facts=named))


def _outcomes(charter: Charter, action: str, *parties: str, **facts: Fact) -> list[str]:
    return [
        _ask(charter, party.partition(":")[0], action, party.partition(":")[2] or None, **facts).outcome
        for party in parties
    ]


# ------------------------------------------------------------------ who may
def test_power_of_an_agency_is_not_that_of_another() -> None:
    charter = made_up(rule("n", "power", "integration.lead", "member:YT"))
    parties = ("member:YT", "member:TP", "member", "leader", "standing_deputy:YT")
    outcomes = ["allowed", "not_allowed", "not_allowed", "not_allowed", "allowed"]
    assert _outcomes(charter, "integration.lead", *parties) == outcomes
    assert _ask(charter, "leader", "integration.lead").who_can == ("member:YT",)


def test_power_of_members_is_that_of_every_seat_that_is_also_a_member() -> None:
    charter = made_up(rule("n", "power", "task.assign", "member"))
    answer = _ask(charter, "leader", "task.assign")
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
    assert _ask(charter, "member", "task.assign").who_can == ("leader", "deputy:OFF")


def test_agency_of_a_post_by_a_reading_is_named_where_the_norm_reaches_it() -> None:
    charter = made_up(rule("n", "power", "task.assign", "member:OFF", "member:YT"))
    assert _ask(charter, "leader", "task.assign").who_can == ("deputy:OFF", "member:OFF", "member:YT")


def test_those_who_can_are_listed_as_the_vocabulary_lists_them_and_then_by_name() -> None:
    own = [{**ROLES[0], "code": code} for code in ("usher", "archivist")]
    charter = made_up(
        rule("n", "power", "task.assign", "usher", "deputy", "archivist", "leader"), roles=[*own, *reversed(ROLES)]
    )
    assert _ask(charter, "member", "task.assign").who_can == ("leader", "deputy", "archivist", "usher")


def test_those_who_can_today_are_those_whose_conditions_hold() -> None:
    charter = made_up(
        rule("a", "power", "task.assign", "deputy", when=[["leader.absent_on_date"]]),
        rule("b", "power", "task.assign", "standing_deputy"),
    )
    assert _ask(charter, "member", "task.assign").who_can == ("standing_deputy",)
    assert _ask(charter, "member", "task.assign", leader__absent_on_date=True).who_can == ("standing_deputy", "deputy")


def test_act_that_no_norm_names_is_open_to_nobody() -> None:
    answer = _ask(made_up(), "leader", "task.assign")
    assert (answer.outcome, answer.who_can, answer.norms, answer.gap) == ("not_regulated", (), (), None)
    assert (answer.enforcement, answer.local_rule) == ("warn", None)


def test_text_out_of_force_names_nobody_who_can() -> None:
    answer = _ask(made_up(rule("n", "power", "task.assign", "leader")), "leader", "task.assign", on=date(2022, 5, 4))
    assert (answer.outcome, answer.missing, answer.who_can, answer.enforcement) == ("not_in_force", (), (), "block")
    assert answer.nearest == ()


# ------------------------------------------------------------------ who may not
def test_prohibition_stands_before_the_power_where_its_conditions_hold() -> None:
    charter = made_up(
        rule("yes", "power", "task.assign", "leader"),
        rule("no", "prohibition", "task.assign", "leader", when=[["matter.is_important"], ["matter.is_routine"]]),
    )
    assert _ask(charter, "leader", "task.assign", matter__is_important=True).outcome == "allowed"
    stopped = _ask(charter, "leader", "task.assign", matter__is_important=True, matter__is_routine=True)
    assert (stopped.outcome, [norm.key for norm in stopped.norms], stopped.missing) == ("forbidden", ["no"], ())
    assert (stopped.enforcement, stopped.next_steps) == ("block", ())


def test_first_prohibition_that_does_not_hold_hides_no_other() -> None:
    charter = made_up(
        rule("one", "prohibition", "task.assign", "leader", when=[["matter.is_important"]]),
        rule("two", "prohibition", "task.assign", "leader"),
    )
    assert [norm.key for norm in _ask(charter, "leader", "task.assign").norms] == ["two"]


def test_act_that_is_only_forbidden_to_others_is_not_regulated_and_its_prohibition_is_nearest() -> None:
    charter = made_up(rule("no", "prohibition", "task.assign", "deputy"))
    answer = _ask(charter, "leader", "task.assign")
    assert (answer.outcome, [near.norm.key for near in answer.nearest]) == ("not_regulated", ["no"])
    assert _ask(charter, "deputy", "task.assign").nearest == ()


def test_act_under_a_procedure_alone_is_open_to_those_it_speaks_of() -> None:
    charter = made_up(
        rule("first", "procedure", "meeting.hold", "group", cite="1.1"),
        rule("second", "procedure", "meeting.hold", "group", cite="1.2", enforcement="warn"),
    )
    answer = _ask(charter, "group", "meeting.hold")
    assert (answer.outcome, [cite.dotted for cite in answer.citations]) == ("allowed", ["1.1", "1.2"])
    refused = _ask(charter, "leader", "meeting.hold")
    assert (refused.outcome, [norm.key for norm in refused.norms]) == ("not_allowed", ["first", "second"])
    assert (refused.missing, refused.who_can, refused.enforcement) == ((), ("group",), "block")


def test_act_under_a_procedure_is_open_to_the_holders_of_the_power_where_there_are_any() -> None:
    charter = made_up(
        rule("how", "procedure", "meeting.hold", "group", "leader"), rule("may", "power", "meeting.hold", "leader")
    )
    refused = _ask(charter, "group", "meeting.hold")
    assert (refused.outcome, [norm.key for norm in refused.norms]) == ("not_allowed", ["may"])
    assert [norm.key for norm in _ask(charter, "leader", "meeting.hold").norms] == ["may", "how"]


def test_procedure_that_does_not_hold_stops_the_power() -> None:
    charter = made_up(
        rule("how", "procedure", "task.assign", "leader", when=[["meeting.held"]], cite="2.1"),
        rule("then", "procedure", "task.assign", "leader", when=[["meeting.held"], ["matter.is_routine"]], cite="2.2"),
        rule("free", "procedure", "task.assign", "leader", cite="2.3"),
        rule("may", "power", "task.assign", "leader"),
    )
    answer = _ask(charter, "leader", "task.assign")
    assert (answer.outcome, answer.missing) == ("not_allowed", ("meeting.held", "matter.is_routine"))
    assert [cite.dotted for cite in answer.citations] == ["2.1", "2.2"]
    assert [norm.key for norm in answer.norms] == ["how", "then"]
    assert _ask(charter, "leader", "task.assign", meeting__held=True, matter__is_routine=True).outcome == "allowed"


def test_refusal_names_what_each_power_of_ones_own_lacks() -> None:
    charter = made_up(
        rule("a", "power", "task.assign", "leader", when=[["meeting.held"]]),
        rule("b", "power", "task.assign", "leader", when=[["matter.is_routine"], ["meeting.held"]]),
    )
    answer = _ask(charter, "leader", "task.assign")
    assert (answer.outcome, answer.missing) == ("not_allowed", ("meeting.held", "matter.is_routine"))
    assert [norm.key for norm in answer.norms] == ["a", "b"]
    assert [norm.key for norm in _ask(charter, "leader", "task.assign", meeting__held=True).norms] == ["a"]


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
    assert _ask(charter, "deputy", "matter.settle").outcome == "allowed"
    stopped = _ask(charter, "deputy", "matter.settle", matter__is_important=True)
    assert (stopped.outcome, stopped.enforcement) == ("not_allowed", "warn")
    assert stopped.missing == ("!matter.is_important", "escalation.sent_before_decision")
    assert ([norm.key for norm in stopped.norms], [cite.dotted for cite in stopped.citations]) == (["tell"], ["4.3"])
    sent = {"matter__is_important": True, "escalation__sent_before_decision": True}
    assert _ask(charter, "deputy", "matter.settle", **sent).outcome == "allowed"
    assert _ask(charter, "deputy", "matter.escalate", matter__is_important=True).outcome == "allowed"


def test_duty_stands_before_the_acts_of_its_own_bearers_alone() -> None:
    charter = made_up(*BLOCKED, rule("also", "power", "matter.settle", "leader"))
    assert _ask(charter, "leader", "matter.settle", matter__is_important=True).outcome == "allowed"


def test_duty_of_members_stands_before_the_acts_of_every_member() -> None:
    charter = made_up(BLOCKED[0], {**BLOCKED[1], "bearers": ["member"]})
    assert _ask(charter, "deputy", "matter.settle", matter__is_important=True).outcome == "not_allowed"


# ------------------------------------------------------------------ objects
SYSTEMS = (
    rule("yt", "power", "integration.lead", "member:YT", systems=["S25"]),
    rule("tp", "power", "integration.lead", "member:TP", systems=["S12", "S13"], cite="1.2"),
)


def test_power_over_a_system_is_over_no_other() -> None:
    charter = made_up(*SYSTEMS)
    assert _ask(charter, "member", "integration.lead", "YT", task__system="S25").outcome == "allowed"
    wrong = _ask(charter, "member", "integration.lead", "YT", task__system="S13")
    assert (wrong.outcome, [norm.key for norm in wrong.norms], wrong.who_can) == ("not_allowed", ["tp"], ("member:TP",))
    unknown = _ask(charter, "member", "integration.lead", "YT", task__system="S01")
    assert (unknown.outcome, unknown.norms) == ("not_regulated", ())


def test_system_that_is_not_named_is_asked_for() -> None:
    charter = made_up(*SYSTEMS)
    for facts in ({}, {"task__system": ""}, {"task__system": False}):
        answer = _ask(charter, "member", "integration.lead", "TP", **facts)
        assert (answer.outcome, answer.missing) == ("not_allowed", ("task.system",))
        assert [norm.key for norm in answer.norms] == ["tp"]


def test_kind_of_meeting_that_is_not_named_excludes_nothing() -> None:
    charter = made_up(rule("n", "power", "meeting.hold", "group", meeting_kinds=["regular", "ad_hoc"]))
    assert _ask(charter, "group", "meeting.hold").outcome == "allowed"
    assert _ask(charter, "group", "meeting.hold", meeting__kind="ad_hoc").outcome == "allowed"
    assert _ask(charter, "group", "meeting.hold", meeting__kind="working_session").outcome == "not_regulated"


def test_kinds_and_systems_narrow_only_acts_on_such_objects() -> None:
    charter = made_up(
        rule("n", "power", "task.assign", "leader", systems=["S25"], meeting_kinds=["regular"]),
        rule("m", "power", "group.lead", "leader", meeting_kinds=["regular"], extends_to=["meeting.hold"]),
    )
    assert _ask(charter, "leader", "task.assign", task__system="S12", meeting__kind="ad_hoc").outcome == "allowed"
    assert _ask(charter, "leader", "meeting.hold", meeting__kind="ad_hoc").way == "extended"


# ------------------------------------------------------------------ ways
def test_norm_reaches_the_acts_it_extends_to() -> None:
    charter = made_up(rule("n", "power", "group.lead", "standing_deputy", extends_to=["task.assign"]))
    assert _ask(charter, "standing_deputy", "group.lead").way == "own"
    assert _ask(charter, "standing_deputy", "task.assign").way == "extended"
    assert _ask(charter, "standing_deputy", "meeting.convene").outcome == "not_regulated"


FOR_LEADER = rule(
    "sign",
    "power",
    "document.sign",
    "deputy",
    cite="5.1",
    on_behalf_of="leader",
    sign_form="KT",
    when=[["meeting.held"]],
)


def test_who_is_signed_for_may_sign_in_person() -> None:
    charter = made_up(FOR_LEADER)
    answer = _ask(charter, "leader", "document.sign")
    assert (answer.outcome, answer.way, answer.sign_form, answer.on_behalf_of) == (
        "allowed",
        "presupposed",
        "own",
        None,
    )
    assert [cite.dotted for cite in answer.citations] == ["5.1"]
    other = _ask(charter, "deputy", "document.sign", meeting__held=True)
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
    answer = _ask(made_up(FOR_LEADER, wider), "leader", "document.sign")
    assert [one.dotted for one in answer.citations] == [cite]


def test_principal_whom_the_text_does_not_know_is_presupposed_nothing() -> None:
    charter = made_up({**FOR_LEADER, "on_behalf_of": "commune_chair"})
    assert _ask(charter, "commune_chair", "document.sign").outcome == "not_allowed"


# ------------------------------------------------------------------ delegation
GRANT = rule(
    "grant", "power", "delegation.grant", "leader", cite="3.4", delegate="standing_deputy", extends_to=["group.lead"]
)
COVERED = {"delegation__covers_date_and_scope": True}


def test_delegation_covers_what_the_one_who_delegates_may() -> None:
    charter = made_up(
        GRANT,
        rule("assign", "power", "task.assign", "leader", cite="3.1", when=[["matter.is_routine"]]),
        rule("own", "power", "document.sign", "leader", cite="3.2"),
    )
    refused = _ask(charter, "standing_deputy", "task.assign")
    assert (refused.outcome, refused.missing) == (
        "not_allowed",
        ("delegation.covers_date_and_scope", "matter.is_routine"),
    )
    answer = _ask(charter, "standing_deputy", "task.assign", **COVERED, matter__is_routine=True)
    assert (answer.outcome, answer.way, answer.sign_form, answer.on_behalf_of) == ("allowed", "delegated", None, None)
    assert [cite.dotted for cite in answer.citations] == ["3.4", "3.1"]
    assert [norm.key for norm in answer.norms] == ["grant", "assign"]
    signed = _ask(charter, "standing_deputy", "document.sign", **COVERED)
    assert (signed.sign_form, signed.on_behalf_of) == ("KT", "leader")


def test_delegation_covers_nobody_else_and_no_further_delegation() -> None:
    charter = made_up(
        GRANT, rule("a", "power", "task.assign", "leader"), rule("b", "power", "group.lead", "leader", cite="3.9")
    )
    assert _ask(charter, "deputy", "task.assign", **COVERED).outcome == "not_allowed"
    assert _ask(charter, "standing_deputy", "delegation.grant", **COVERED).outcome == "not_allowed"
    assert _ask(charter, "standing_deputy", "group.lead", **COVERED).outcome == "not_allowed"


def test_delegation_is_asked_for_only_where_the_act_asks_for_it() -> None:
    charter = made_up(GRANT, rule("a", "power", "report.send_monthly", "leader"))
    refused = _ask(charter, "standing_deputy", "report.send_monthly")
    assert (refused.outcome, refused.missing, [norm.key for norm in refused.norms]) == ("not_allowed", (), ["a"])
    assert _ask(charter, "standing_deputy", "report.send_monthly", **COVERED).way == "delegated"


def test_delegate_with_a_norm_of_his_own_on_delegation_needs_no_other() -> None:
    own = {**FOR_LEADER, "bearers": ["standing_deputy"], "when": [["delegation.covers_date_and_scope"]]}
    answer = _ask(made_up(GRANT, own), "standing_deputy", "document.sign", **COVERED)
    assert (answer.way, [cite.dotted for cite in answer.citations]) == ("own", ["5.1"])
    refused = _ask(made_up(GRANT, own), "standing_deputy", "document.sign")
    assert [norm.key for norm in refused.norms] == ["sign"]


def test_delegated_act_that_was_only_presupposed_cites_grant_and_ground() -> None:
    wider = rule("wide", "power", "group.direct", "leader", cite="3.1")
    answer = _ask(made_up(GRANT, FOR_LEADER, wider), "standing_deputy", "document.sign", **COVERED)
    assert (answer.way, [cite.dotted for cite in answer.citations]) == ("delegated", ["3.4", "5.1"])
    assert [norm.key for norm in answer.norms] == ["grant", "sign"]


def test_delegate_keeps_his_own_powers_beside_those_delegated() -> None:
    charter = made_up(
        GRANT,
        rule("a", "power", "task.assign", "leader"),
        rule("b", "power", "task.assign", "standing_deputy", cite="4.1"),
    )
    assert [norm.key for norm in _ask(charter, "standing_deputy", "task.assign").norms] == ["b"]


# ------------------------------------------------------------------ signing and seals
SEALED = (
    rule("may", "power", "document.sign", "leader", "deputy", "member:YT", cite="1.1"),
    rule(
        "seal",
        "power",
        "seal.use",
        "leader",
        cite="2.3",
        seal="PC",
        when=[["document.serves_group_task"]],
        enforcement="warn",
    ),
    rule("own_seal", "power", "seal.use", "member", cite="2.4", seal="own_agency"),
)


def test_who_signs_uses_the_seal_of_the_role() -> None:
    charter = made_up(*SEALED)
    answer = _ask(charter, "leader", "document.sign")
    assert (answer.outcome, answer.seal, answer.seal_lacks) == ("allowed", "PC", ("document.serves_group_task",))
    assert ([cite.dotted for cite in answer.citations], answer.enforcement) == (["1.1", "2.3"], "block")
    assert _ask(charter, "leader", "document.sign", document__serves_group_task=True).seal_lacks == ()
    assert _ask(charter, "member", "document.sign", "YT").seal == "YT"
    without = _ask(charter, "deputy", "document.sign")
    assert (without.seal, [norm.key for norm in without.norms]) == (None, ["may"])


@pytest.mark.parametrize(
    ("meant", "outcome"),
    [
        ("PC", "allowed"),
        ("POL", "not_allowed"),
        (True, "allowed"),
        (False, "allowed"),
        ("", "allowed"),
        ("own_agency", "not_allowed"),
    ],
)
def test_seal_that_is_meant_must_be_that_of_the_role(meant: Fact, outcome: str) -> None:
    answer = _ask(made_up(*SEALED), "leader", "document.sign", seal__agency=meant)
    assert answer.outcome == outcome
    if outcome == "not_allowed":
        assert (answer.missing, [norm.key for norm in answer.norms]) == (("!seal.agency",), ["seal"])
        assert ([cite.dotted for cite in answer.citations], answer.enforcement) == (["2.3"], "warn")


def test_seal_of_ones_own_agency_takes_any_where_no_agency_is_named() -> None:
    charter = made_up(
        rule("may", "power", "document.sign", "deputy"), rule("seal", "power", "seal.use", "deputy", seal="own_agency")
    )
    answer = _ask(charter, "deputy", "document.sign", seal__agency="POL")
    assert (answer.outcome, answer.seal) == ("allowed", "own_agency")
    assert _ask(charter, "deputy", "document.sign", "OFF", seal__agency="POL").outcome == "not_allowed"


@pytest.mark.parametrize(
    "more", [{"type": "prohibition"}, {"type": "procedure"}, {"seal": None}, {"action": "group.lead"}]
)
def test_only_a_power_over_a_named_seal_says_which_seal_a_role_uses(more: dict[str, Any]) -> None:
    charter = made_up(SEALED[0], {**SEALED[1], **more})
    answer = _ask(charter, "leader", "document.sign")
    assert (answer.outcome, answer.seal, [norm.key for norm in answer.norms]) == ("allowed", None, ["may"])


def test_act_that_takes_no_seal_names_none_and_one_that_is_not_signed_bears_no_form() -> None:
    charter = made_up(*SEALED, rule("assign", "power", "task.assign", "leader", sign_form=None, on_behalf_of="deputy"))
    answer = _ask(charter, "leader", "task.assign")
    assert (answer.seal, answer.sign_form, answer.on_behalf_of) == (None, None, None)
    assert _ask(charter, "leader", "seal.use", document__serves_group_task=True).seal == "PC"


def test_paper_that_is_issued_is_signed_under_the_norms_on_signing() -> None:
    charter = made_up(
        *SEALED,
        rule("issue", "duty", "plan.issue", "leader", "standing_deputy", cite="3.1"),
        rule("lead", "power", "task.assign", "leader"),
    )
    answer = _ask(charter, "leader", "plan.issue")
    assert answer.signature is not None
    assert answer.as_json()["signature"] == {
        "sign_form": "own",
        "on_behalf_of": None,
        "citations": [
            {"article": "1", "clause": "1", "point": None},
            {"article": "2", "clause": "3", "point": None},
        ],
    }
    assert _ask(charter, "standing_deputy", "plan.issue").signature is None
    assert _ask(charter, "deputy", "plan.issue").signature is None
    assert _ask(charter, "leader", "task.assign").signature is None
    assert _ask(charter, "leader", "document.sign").signature is None
    assert _ask(charter, "leader", "meeting.hold").signature is None


# ------------------------------------------------------------------ force
BLANK: Any = {**WHOLE["instrument"], "number": None}  # type: ignore[dict-item]
ENTERED: dict[str, Fact] = {
    "charter__number": "12/QĐ",
    "charter__adopted_on": "2023-01-10",
    "charter__confirmed_by_two": True,
}


@pytest.mark.parametrize(
    ("change", "outcome", "missing"),
    [
        ({}, "allowed", ()),
        ({"charter__number": ""}, "not_in_force", ("charter.number",)),
        ({"charter__confirmed_by_two": False}, "not_in_force", ("charter.confirmed_by_two",)),
        ({"charter__adopted_on": "mai"}, "not_in_force", ("charter.adopted_on",)),
        ({"charter__adopted_on": "2023-01-11"}, "not_in_force", ()),
        ({"charter__adopted_on": "2023-01-09"}, "allowed", ()),
        (
            dict.fromkeys(ENTERED, ""),
            "not_in_force",
            ("charter.number", "charter.adopted_on", "charter.confirmed_by_two"),
        ),
    ],
)
def test_text_left_blank_binds_from_the_day_that_two_have_entered(
    change: dict[str, Fact], outcome: str, missing: tuple[str, ...]
) -> None:
    charter = made_up(rule("n", "power", "task.assign", "leader"), instrument=BLANK)
    answer = _ask(charter, "leader", "task.assign", **(ENTERED | change))
    assert (answer.outcome, answer.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("force", "day", "outcome"),
    [
        (("2023-01-10", None), date(2023, 1, 9), "not_in_force"),
        (("2023-01-10", None), date(2023, 1, 10), "allowed"),
        (("2023-01-10", "2023-02-01"), date(2023, 2, 1), "allowed"),
        (("2023-01-10", "2023-02-01"), date(2023, 2, 2), "not_in_force"),
        ((None, None), date(2023, 1, 10), "not_in_force"),
    ],
)
def test_text_binds_from_its_first_day_to_its_last(
    force: tuple[str | None, str | None], day: date, outcome: str
) -> None:
    charter = made_up(rule("n", "power", "task.assign", "leader"), in_force={"from": force[0], "to": force[1]})
    assert _ask(charter, "leader", "task.assign", on=day).outcome == outcome


# ------------------------------------------------------------------ what is said
def test_silence_names_its_gap_and_the_rule_given_or_known() -> None:
    charter = made_up()
    silent = _ask(charter, "leader", "tie.break")
    assert (silent.outcome, silent.gap, silent.local_rule, silent.enforcement) == (
        "not_regulated",
        "G-02",
        None,
        "warn",
    )
    known = _ask(charter, "leader", "tie.break", local_rule__set="G-02")
    assert (known.local_rule, known.enforcement) == (LocalRule(gap="G-02", number=0, adopted_on=ON), "record")
    assert _ask(charter, "leader", "tie.break", local_rule__set="G-03").local_rule is None
    given = LocalRule(gap="G-02", number=4, adopted_on=date(2022, 9, 2))
    question = Question(role="leader", action="tie.break", on=ON, facts={"local_rule.set": "G-02"})
    ruled = Question(role="leader", action="tie.break", on=ON, facts=question.facts, local_rules={"G-02": given})
    assert service.decide(charter, ruled).local_rule == given
    assert service.decide(charter, ruled).as_json()["local_rule"] == "G-02"


def test_refusal_as_the_command_line_prints_it() -> None:
    charter = made_up(
        rule("may", "power", "matter.settle", "deputy", when=[["escalation.sent_before_decision"]]),
        rule("tell", "duty", "matter.escalate", "deputy", cite="4.3"),
    )
    told = _ask(charter, "deputy", "matter.settle").as_json()
    assert (told["outcome"], told["missing"], told["who_can"], told["norms"]) == (
        "not_allowed",
        ["escalation.sent_before_decision"],
        [],
        ["may"],
    )
    assert told["next_steps"] == [
        {
            "fact": "escalation.sent_before_decision",
            "action": "matter.escalate",
            "by": ["deputy"],
            "citations": [{"article": "4", "clause": "3", "point": None}],
        }
    ]


def test_nearest_clause_as_the_command_line_prints_it() -> None:
    charter = made_up(rule("no", "prohibition", "task.assign", "leader", cite="2.2", when=[["meeting.held"]]))
    assert _ask(charter, "leader", "task.assign").as_json()["nearest"] == [
        {
            "norm": "no",
            "action": "task.assign",
            "citation": {"article": "2", "clause": "2", "point": None},
            "forbids": True,
            "decided_by": ["meeting.held"],
        }
    ]


@pytest.mark.parametrize(
    ("weights", "told"), [(("record", "warn"), "warn"), (("warn", "block"), "block"), (("record", "record"), "record")]
)
def test_answer_weighs_as_its_heaviest_norm(weights: tuple[str, str], told: str) -> None:
    norms = [
        rule(f"n{at}", "prohibition" if at else "procedure", "task.assign", "leader", enforcement=weight)
        for at, weight in enumerate(weights)
    ]
    how = [{**norm, "type": "procedure"} for norm in norms]
    assert _ask(made_up(*how), "leader", "task.assign").enforcement == told
    assert _ask(made_up(*how), "deputy", "task.assign").enforcement == told
