"""What no shipped norm shows: a condition that wants a fact absent, a block of two, signing under a delegation."""

from __future__ import annotations

from datetime import date
from typing import Any

from dean06.charter import service, text
from dean06.charter.types import Charter, Fact, Question

WHOLE = service.load("quang-ninh-2022")
ROWS: Any = WHOLE.raw["norms"]
DELEGATED: dict[str, Fact] = {"delegation.covers_date_and_scope": True}


def _norm(like: str, **fields: Any) -> dict[str, Any]:
    found = next(row for row in ROWS if row["key"] == like)
    return {**found, **fields}


def _with(*changed: dict[str, Any], without: tuple[str, ...] = ()) -> Charter:
    keys = {row["key"]: row for row in changed}
    kept = [keys.pop(row["key"], row) for row in ROWS if row["key"] not in without]
    return text.from_raw({**WHOLE.raw, "norms": [*kept, *keys.values()]})


def _ask(charter: Charter, role: str, action: str, facts: dict[str, Fact] | None = None) -> service.Decision:
    return service.decide(charter, Question(role=role, action=action, on=date(2023, 1, 1), facts=facts or {}))


def test_condition_may_want_a_fact_absent() -> None:
    charter = _with(_norm("leader.assign", when=[["!matter.is_important"]]))
    assert _ask(charter, "leader", "task.assign").outcome == "allowed"
    refused = _ask(charter, "leader", "task.assign", {"matter.is_important": True})
    assert (refused.outcome, refused.missing) == ("not_allowed", ("!matter.is_important",))


def test_block_speaks_only_when_all_its_conditions_hold() -> None:
    charter = _with(_norm("sd.escalate", when=[["matter.is_important"], ["matter.exceeds_competence"]]))
    routine: dict[str, Fact] = {"matter.is_routine": True, "matter.is_important": True}
    assert _ask(charter, "standing_deputy", "matter.settle", routine).outcome == "allowed"
    both = _ask(charter, "standing_deputy", "matter.settle", {**routine, "matter.exceeds_competence": True})
    assert both.outcome == "not_allowed"
    assert both.missing == ("!matter.is_important", "!matter.exceeds_competence", "escalation.sent_before_decision")


def test_block_without_a_remedy_names_only_what_stands_in_the_way() -> None:
    charter = _with(_norm("sd.escalate", fulfilled_by=None))
    facts: dict[str, Fact] = {"matter.is_important": True, "escalation.sent_before_decision": True}
    refused = _ask(charter, "standing_deputy", "matter.settle", facts)
    assert (refused.outcome, refused.missing) == ("not_allowed", ("!matter.is_important",))


def test_every_procedure_asked_is_relied_on() -> None:
    decision = _ask(WHOLE, "group", "meeting.hold", {"meeting.kind": "ad_hoc"})
    assert [norm.key for norm in decision.norms] == ["group.meet_to_decide", "group.meet_to_assess"]


def test_leader_is_presupposed_only_where_no_norm_of_his_own_speaks() -> None:
    charter = _with(_norm("sd.lead_in_absence", extends_to=["commendation.grant"]))
    refused = _ask(charter, "leader", "commendation.grant")
    assert (refused.outcome, refused.missing) == ("not_allowed", ("commendation.within_competence",))
    assert _ask(charter, "leader", "group.lead").way == "presupposed"


def test_delegate_without_a_norm_of_his_own_signs_for_the_one_who_delegated() -> None:
    power = _norm(
        "sd.sign_for_leader", key="leader.sign", bearers=["leader"], on_behalf_of=None, sign_form=None, when=[]
    )
    charter = _with(power, without=("sd.sign_for_leader",))
    signed = _ask(charter, "standing_deputy", "document.sign", DELEGATED)
    assert (signed.outcome, signed.sign_form, signed.on_behalf_of, signed.seal) == ("allowed", "KT", "leader", "POL")
    assert [cite.dotted for cite in signed.citations] == ["3.4", "4.4", "2.3"]
    assert signed.way == "delegated"


def test_first_of_two_who_delegate_is_signed_for() -> None:
    grant = _norm("leader.delegate", bearers=["leader", "deputy"])
    power = _norm(
        "sd.sign_for_leader", key="leader.sign", bearers=["leader"], on_behalf_of=None, sign_form=None, when=[]
    )
    charter = _with(power, grant, without=("sd.sign_for_leader",))
    assert _ask(charter, "standing_deputy", "document.sign", DELEGATED).on_behalf_of == "leader"


def test_delegation_that_names_no_delegate_covers_nothing() -> None:
    charter = _with(_norm("leader.delegate", delegate=None))
    assert _ask(charter, "standing_deputy", "programme.issue", DELEGATED).outcome == "not_allowed"


def test_delegation_never_reaches_what_the_grant_itself_extends_to() -> None:
    charter = _with(_norm("leader.delegate", extends_to=["commendation.submit_to_higher"]))
    assert _ask(charter, "standing_deputy", "commendation.submit_to_higher", DELEGATED).outcome == "not_allowed"


def test_fact_given_as_words_brings_others_with_it() -> None:
    facts: dict[str, Fact] = {"task.assigned_by_leader": "phân công ngày 3"}
    assert _ask(WHOLE, "member", "task.carry_out", facts).outcome == "allowed"


def test_seal_said_to_be_meant_without_naming_it_is_no_wrong_seal() -> None:
    facts: dict[str, Fact] = {"document.serves_group_task": True, "seal.agency": True}
    assert _ask(WHOLE, "leader", "seal.use", facts).seal == "PC"


def test_rule_known_only_to_exist_bears_no_number() -> None:
    decision = _ask(WHOLE, "leader", "tie.break", {"local_rule.set": "G-02"})
    assert decision.local_rule is not None
    assert (decision.local_rule.number, decision.local_rule.adopted_on) == (0, date(2023, 1, 1))
    assert "quy ước của tổ" in decision.sentence("vi")
