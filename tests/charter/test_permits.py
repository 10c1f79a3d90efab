"""A permit is a value that only a decision gives."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dean06
from dean06.charter import service
from dean06.charter.errors import NeedsReason, PermitMismatch, Refused
from dean06.charter.types import ActorRef, LocalRule, ObjectRef, Question
from dean06.clock.service import at_start_of

ON = date(2023, 1, 10)
AT = at_start_of(ON)
ACTOR = ActorRef(account="7b0c", role="leader", agency="PC", seat="1")
TASK = ObjectRef(kind="task", id="t-1", digest="ab" * 32)


def _decision(action: str, *, role: str = "leader", agency: str | None = None, **facts: bool) -> service.Decision:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    question = Question(role=role, agency=agency, action=action, on=ON, facts=named)
    return service.decide(service.load("quang-ninh-2022"), question)


def test_permit_binds_actor_object_clause_and_text() -> None:
    charter = service.load("quang-ninh-2022")
    given = service.permit(_decision("task.assign"), actor=ACTOR, obj=TASK, at=AT)
    assert (given.actor, given.obj, given.at, given.action) == (ACTOR, TASK, AT, "task.assign")
    assert (given.charter_line, given.charter_hash) == (charter.line, charter.hash)
    assert given.citation_labels() == ("3.1",)
    assert given.norms == ("leader.assign",)
    with pytest.raises(FrozenInstanceError):
        given.action = "document.sign"  # type: ignore[misc]  the point of the test


@pytest.mark.parametrize(
    "change",
    [
        {"actor": replace(ACTOR, seat="2")},
        {"obj": replace(TASK, digest="cd" * 32)},
        {"at": at_start_of(date(2023, 1, 11))},
        {"reason": "vì"},
        {"charter_hash": "0" * 64},
        {"outcome": "not_regulated"},
        {"norms": ()},
    ],
)
def test_digest_changes_with_every_bound_field(change: dict[str, object]) -> None:
    given = service.permit(_decision("task.assign"), actor=ACTOR, obj=TASK, at=AT)
    assert replace(given, **change).digest() != given.digest()
    assert replace(given).digest() == given.digest()


def test_a_permit_as_the_ledger_binds_it() -> None:
    charter = service.load("quang-ninh-2022")
    given = service.permit(_decision("task.assign"), actor=ACTOR, obj=TASK, at=AT, reason="vì")
    told = {
        "actor": {"account": "7b0c", "role": "leader", "agency": "PC", "seat": "1"},
        "action": "task.assign",
        "object": {"kind": "task", "id": "t-1", "digest": "ab" * 32},
        "charter": {"line": "quang-ninh-2022", "version": 1, "hash": charter.hash},
        "norms": ["leader.assign"],
        "citations": ["3.1"],
        "outcome": "allowed",
        "at": "2023-01-10T00:00:00.000000+07:00",
        "reason": "vì",
        "local_rule": None,
    }
    assert given.as_json() == told
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert given.digest() == hashlib.sha256(plain.encode()).hexdigest()


def test_block_is_never_overridden() -> None:
    decision = _decision("document.sign", role="member", agency="TP")
    actor = replace(ACTOR, role="member", agency="TP")
    with pytest.raises(Refused) as refused:
        service.permit(decision, actor=actor, obj=TASK, at=AT, reason="gấp")
    assert refused.value.exit_code == 4
    assert refused.value.decision is decision
    assert "Tổ trưởng" in str(refused.value)


def test_forbidden_is_never_overridden() -> None:
    decision = _decision("agency.act_in_place", matter__belongs_to_agency=True)
    with pytest.raises(Refused):
        service.permit(decision, actor=ACTOR, obj=TASK, at=AT, reason="gấp")


def test_warning_wants_a_reason_and_keeps_it() -> None:
    decision = _decision("task.assign", role="member", agency="TP")
    actor = replace(ACTOR, role="member", agency="TP")
    with pytest.raises(NeedsReason):
        service.permit(decision, actor=actor, obj=TASK, at=AT, reason="   ")
    given = service.permit(decision, actor=actor, obj=TASK, at=AT, reason=" Tổ trưởng giao miệng ")
    assert (given.outcome, given.reason) == ("not_allowed", "Tổ trưởng giao miệng")


def test_norm_that_only_records_lets_pass_without_a_reason() -> None:
    actor = replace(ACTOR, role="member", agency="TP")
    decision = replace(_decision("task.assign", role="member", agency="TP"), enforcement="record")
    given = service.permit(decision, actor=actor, obj=TASK, at=AT)
    assert (given.outcome, given.reason) == ("not_allowed", None)


def test_answer_without_a_weight_is_refused() -> None:
    actor = replace(ACTOR, role="member", agency="TP")
    decision = replace(_decision("task.assign", role="member", agency="TP"), enforcement=None)
    with pytest.raises(Refused):
        service.permit(decision, actor=actor, obj=TASK, at=AT, reason="gấp")


def test_silence_wants_a_reason_or_a_local_rule() -> None:
    question = Question(role="leader", action="tie.break", on=ON, facts={"vote.is_tied": True})
    charter = service.load("quang-ninh-2022")
    with pytest.raises(NeedsReason):
        service.permit(service.decide(charter, question), actor=ACTOR, obj=TASK, at=AT)
    rules = {"G-02": LocalRule(gap="G-02", number=5, adopted_on=date(2022, 8, 1))}
    ruled = service.decide(charter, replace(question, local_rules=rules))
    assert service.permit(ruled, actor=ACTOR, obj=TASK, at=AT).local_rule == "G-02 no. 5"


def test_silence_with_a_reason_passes_and_keeps_it() -> None:
    given = service.permit(_decision("tie.break"), actor=ACTOR, obj=TASK, at=AT, reason="theo lệ")
    assert (given.outcome, given.reason, given.local_rule) == ("not_regulated", "theo lệ", None)


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_what_is_allowed_wants_no_reason(reason: str | None) -> None:
    given = service.permit(_decision("task.assign"), actor=ACTOR, obj=TASK, at=AT, reason=reason)
    assert (given.outcome, given.reason) == ("allowed", None)


@pytest.mark.parametrize("weight", ["record", "warn"])
@pytest.mark.parametrize("outcome", ["forbidden", "not_in_force"])
def test_no_weight_lets_pass_what_is_forbidden_or_not_in_force(outcome: Any, weight: str) -> None:
    decision = replace(_decision("task.assign"), outcome=outcome, enforcement=weight)
    with pytest.raises(Refused):
        service.permit(decision, actor=ACTOR, obj=TASK, at=AT, reason="gấp")


@pytest.mark.parametrize(
    ("asked", "role", "agency", "refused"),
    [
        ("BHXH", "member", "BHXH", False),
        ("BHXH", "member", "YT", True),
        ("BHXH", "deputy", "BHXH", True),
        ("BHXH", "deputy", "OFF", True),
        (None, "member", "YT", False),
        (None, "member", None, False),
        (None, "deputy", "YT", True),
    ],
)
def test_a_permit_is_for_the_role_and_the_agency_asked_about(
    asked: str | None,
    role: str,
    agency: str | None,
    refused: bool,  # noqa: FBT001  a row of the table
) -> None:
    decision = _decision("integration.lead", role="member", agency=asked)
    decision = replace(decision, outcome="allowed")
    actor = replace(ACTOR, role=role, agency=agency)
    if not refused:
        assert service.permit(decision, actor=actor, obj=TASK, at=AT).actor == actor
        return
    with pytest.raises(PermitMismatch) as told:
        service.permit(decision, actor=actor, obj=TASK, at=AT)
    assert f"{role}:{agency}" in told.value.en


def test_text_not_in_force_permits_nothing() -> None:
    question = Question(role="leader", action="task.assign", on=ON)
    decision = service.decide(service.load("cap-xa"), question)
    with pytest.raises(Refused):
        service.permit(decision, actor=ACTOR, obj=TASK, at=AT, reason="gấp")


def _made_in(source: str) -> bool:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = (call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "") for call in calls)
    return "Permit" in names


def test_only_one_module_makes_permits() -> None:
    house = Path(dean06.__file__).parent
    makers = [path.relative_to(house).as_posix() for path in house.rglob("*.py") if _made_in(path.read_text("utf-8"))]
    assert makers == ["charter/permits.py"]
