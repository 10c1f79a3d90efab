"""Beside the lines of `cases/decisions/`: what an answer says aloud, and whom it names."""

from __future__ import annotations

from datetime import date

from dean06.charter import service
from dean06.charter.types import LocalRule, Question

SIGNED = {"charter.number": "12/QĐ-UBND", "charter.adopted_on": "2022-04-20", "charter.confirmed_by_two": True}


def test_local_rule_is_shown_with_number_and_day() -> None:
    rule = LocalRule(gap="G-11", number=3, adopted_on=date(2022, 9, 2))
    question = Question(
        role="chair_of_meeting", action="minutes.sign", on=date(2023, 1, 1), facts=SIGNED, local_rules={"G-11": rule}
    )
    decision = service.decide(service.load("xuan-truong-2022"), question)
    assert decision.local_rule == rule
    assert "quy ước số 3 ngày 02/09/2022" in decision.sentence("vi")


def test_refusal_names_what_is_missing_and_who_can() -> None:
    question = Question(role="standing_deputy", action="document.sign", on=date(2023, 1, 1))
    said = service.decide(service.load("quang-ninh-2022"), question).sentence("vi")
    assert "Không có phân công nào của Tổ trưởng" in said
    assert "Người làm được ngay: Tổ trưởng" in said


def test_capacities_allowed_keeps_the_hats_that_fit() -> None:
    question = Question(role="member", action="integration.lead", on=date(2023, 1, 1), facts={"task.system": "S11"})
    hats = (("deputy", "OFF"), ("member", "BHXH"), ("agency", "BHXH"))
    fitting = service.capacities_allowed(service.load("quang-ninh-2022"), question, hats)
    assert [hat for hat, _ in fitting] == [("member", "BHXH")]
