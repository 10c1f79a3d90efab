"""Small made-up regulations, one norm or two each: delegation, signing, seals, force, and what an answer says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charter.case_files import FOR_LEADER, asked, made_up, rule
from dean06.charter import service
from dean06.charter.types import Fact, LocalRule, Question

ON = date(2023, 1, 10)
WHOLE = service.load("quang-ninh-2022").raw


# ------------------------------------------------------------------ delegation
GRANT = rule(
    "grant", "power", "delegation.grant", "leader", cite="3.4", delegate="standing_deputy", extends_to=["group.lead"]
)
COVERED: Any = {"delegation__covers_date_and_scope": True}


def test_delegation_covers_what_the_one_who_delegates_may() -> None:
    charter = made_up(
        GRANT,
        rule("assign", "power", "task.assign", "leader", cite="3.1", when=[["matter.is_routine"]]),
        rule("own", "power", "document.sign", "leader", cite="3.2"),
    )
    refused = asked(charter, "standing_deputy", "task.assign")
    assert (refused.outcome, refused.missing) == (
        "not_allowed",
        ("delegation.covers_date_and_scope", "matter.is_routine"),
    )
    answer = asked(charter, "standing_deputy", "task.assign", **COVERED, matter__is_routine=True)
    assert (answer.outcome, answer.way, answer.sign_form, answer.on_behalf_of) == ("allowed", "delegated", None, None)
    assert [cite.dotted for cite in answer.citations] == ["3.4", "3.1"]
    assert [norm.key for norm in answer.norms] == ["grant", "assign"]
    signed = asked(charter, "standing_deputy", "document.sign", **COVERED)
    assert (signed.sign_form, signed.on_behalf_of) == ("KT", "leader")


def test_delegation_covers_nobody_else_and_no_further_delegation() -> None:
    charter = made_up(
        GRANT, rule("a", "power", "task.assign", "leader"), rule("b", "power", "group.lead", "leader", cite="3.9")
    )
    assert asked(charter, "deputy", "task.assign", **COVERED).outcome == "not_allowed"
    assert asked(charter, "standing_deputy", "delegation.grant", **COVERED).outcome == "not_allowed"
    assert asked(charter, "standing_deputy", "group.lead", **COVERED).outcome == "not_allowed"


def test_delegation_is_asked_for_only_where_the_act_asks_for_it() -> None:
    charter = made_up(GRANT, rule("a", "power", "report.send_monthly", "leader"))
    refused = asked(charter, "standing_deputy", "report.send_monthly")
    assert (refused.outcome, refused.missing, [norm.key for norm in refused.norms]) == ("not_allowed", (), ["a"])
    assert asked(charter, "standing_deputy", "report.send_monthly", **COVERED).way == "delegated"


def test_delegate_with_a_norm_of_his_own_on_delegation_needs_no_other() -> None:
    own = {**FOR_LEADER, "bearers": ["standing_deputy"], "when": [["delegation.covers_date_and_scope"]]}
    answer = asked(made_up(GRANT, own), "standing_deputy", "document.sign", **COVERED)
    assert (answer.way, [cite.dotted for cite in answer.citations]) == ("own", ["5.1"])
    refused = asked(made_up(GRANT, own), "standing_deputy", "document.sign")
    assert [norm.key for norm in refused.norms] == ["sign"]


def test_delegated_act_that_was_only_presupposed_cites_grant_and_ground() -> None:
    wider = rule("wide", "power", "group.direct", "leader", cite="3.1")
    answer = asked(made_up(GRANT, FOR_LEADER, wider), "standing_deputy", "document.sign", **COVERED)
    assert (answer.way, [cite.dotted for cite in answer.citations]) == ("delegated", ["3.4", "5.1"])
    assert [norm.key for norm in answer.norms] == ["grant", "sign"]


def test_norm_that_names_a_delegate_without_delegating_covers_nothing() -> None:
    charter = made_up(
        rule("direct", "power", "group.direct", "leader", delegate="standing_deputy"),
        rule("assign", "power", "task.assign", "leader", cite="3.1"),
    )
    assert asked(charter, "standing_deputy", "task.assign", **COVERED).outcome == "not_allowed"


def test_delegate_keeps_his_own_powers_beside_those_delegated() -> None:
    charter = made_up(
        GRANT,
        rule("a", "power", "task.assign", "leader"),
        rule("b", "power", "task.assign", "standing_deputy", cite="4.1"),
    )
    assert [norm.key for norm in asked(charter, "standing_deputy", "task.assign").norms] == ["b"]


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
    answer = asked(charter, "leader", "document.sign")
    assert (answer.outcome, answer.seal, answer.seal_lacks) == ("allowed", "PC", ("document.serves_group_task",))
    assert ([cite.dotted for cite in answer.citations], answer.enforcement) == (["1.1", "2.3"], "block")
    assert asked(charter, "leader", "document.sign", document__serves_group_task=True).seal_lacks == ()
    assert asked(charter, "member", "document.sign", "YT").seal == "YT"
    without = asked(charter, "deputy", "document.sign")
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
    answer = asked(made_up(*SEALED), "leader", "document.sign", seal__agency=meant)
    assert answer.outcome == outcome
    if outcome == "not_allowed":
        assert (answer.missing, [norm.key for norm in answer.norms]) == (("!seal.agency",), ["seal"])
        assert ([cite.dotted for cite in answer.citations], answer.enforcement) == (["2.3"], "warn")


def test_seal_of_ones_own_agency_takes_any_where_no_agency_is_named() -> None:
    charter = made_up(
        rule("may", "power", "document.sign", "deputy"), rule("seal", "power", "seal.use", "deputy", seal="own_agency")
    )
    answer = asked(charter, "deputy", "document.sign", seal__agency="POL")
    assert (answer.outcome, answer.seal) == ("allowed", "own_agency")
    assert asked(charter, "deputy", "document.sign", "OFF", seal__agency="POL").outcome == "not_allowed"


@pytest.mark.parametrize(
    "more", [{"type": "prohibition"}, {"type": "procedure"}, {"seal": None}, {"action": "group.lead"}]
)
def test_only_a_power_over_a_named_seal_says_which_seal_a_role_uses(more: dict[str, Any]) -> None:
    charter = made_up(SEALED[0], {**SEALED[1], **more})
    answer = asked(charter, "leader", "document.sign")
    assert (answer.outcome, answer.seal, [norm.key for norm in answer.norms]) == ("allowed", None, ["may"])


def test_act_that_takes_no_seal_names_none_and_one_that_is_not_signed_bears_no_form() -> None:
    charter = made_up(*SEALED, rule("assign", "power", "task.assign", "leader", sign_form=None, on_behalf_of="deputy"))
    answer = asked(charter, "leader", "task.assign")
    assert (answer.seal, answer.sign_form, answer.on_behalf_of) == (None, None, None)
    assert asked(charter, "leader", "seal.use", document__serves_group_task=True).seal == "PC"


def test_paper_that_is_issued_is_signed_under_the_norms_on_signing() -> None:
    charter = made_up(
        *SEALED,
        rule("issue", "duty", "plan.issue", "leader", "standing_deputy", cite="3.1"),
        rule("lead", "power", "task.assign", "leader"),
    )
    answer = asked(charter, "leader", "plan.issue")
    assert answer.signature is not None
    assert answer.as_json()["signature"] == {
        "sign_form": "own",
        "on_behalf_of": None,
        "citations": [
            {"article": "1", "clause": "1", "point": None},
            {"article": "2", "clause": "3", "point": None},
        ],
    }
    assert asked(charter, "standing_deputy", "plan.issue").signature is None
    assert asked(charter, "deputy", "plan.issue").signature is None
    assert asked(charter, "leader", "task.assign").signature is None
    assert asked(charter, "leader", "document.sign").signature is None
    assert asked(charter, "leader", "meeting.hold").signature is None


# ------------------------------------------------------------------ force
BLANK: Any = {**WHOLE["instrument"], "number": None}  # type: ignore[dict-item]  # plain values of a package
ENTERED: Any = {
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
    answer = asked(charter, "leader", "task.assign", **(ENTERED | change))
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
    assert asked(charter, "leader", "task.assign", on=day).outcome == outcome


# ------------------------------------------------------------------ what is said
def test_silence_names_its_gap_and_the_rule_given_or_known() -> None:
    charter = made_up()
    silent = asked(charter, "leader", "tie.break")
    assert (silent.outcome, silent.gap, silent.local_rule, silent.enforcement) == (
        "not_regulated",
        "G-02",
        None,
        "warn",
    )
    known = asked(charter, "leader", "tie.break", local_rule__set="G-02")
    assert (known.local_rule, known.enforcement) == (LocalRule(gap="G-02", number=0, adopted_on=ON), "record")
    assert asked(charter, "leader", "tie.break", local_rule__set="G-03").local_rule is None
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
    told = asked(charter, "deputy", "matter.settle").as_json()
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
    assert asked(charter, "leader", "task.assign").as_json()["nearest"] == [
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
    assert asked(made_up(*how), "leader", "task.assign").enforcement == told
    assert asked(made_up(*how), "deputy", "task.assign").enforcement == told
