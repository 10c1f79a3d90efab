"""Beside the lines of `cases/decisions/`: what an answer says aloud, and whom it names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dean06.charter import service, text
from dean06.charter.errors import UnknownWord
from dean06.charter.types import Charter, LocalRule, Question

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
    assert "Chưa xác định có phân công của Tổ trưởng" in said
    assert "Người làm được ngay: Tổ trưởng" in said


def test_capacities_allowed_keeps_the_hats_that_fit() -> None:
    question = Question(role="member", action="integration.lead", on=date(2023, 1, 1), facts={"task.system": "S11"})
    hats = (("deputy", "OFF"), ("member", "BHXH"), ("agency", "BHXH"))
    fitting = service.capacities_allowed(service.load("quang-ninh-2022"), question, hats)
    assert [hat for hat, _ in fitting] == [("member", "BHXH")]


def test_answer_as_the_command_line_prints_it() -> None:
    facts = {"delegation.covers_date_and_scope": True}
    question = Question(role="standing_deputy", action="document.sign", on=date(2023, 1, 1), facts=facts)
    decision = service.decide(service.load("quang-ninh-2022"), question)
    assert decision.as_json() == {
        "outcome": "allowed",
        "citations": [
            {"article": "4", "clause": "4", "point": None},
            {"article": "2", "clause": "3", "point": None},
        ],
        "sign_form": "KT",
        "on_behalf_of": "leader",
        "seal": "POL",
        "missing": [],
        "who_can": ["leader", "standing_deputy"],
        "local_rule": None,
        "enforcement": "block",
        "sentence": {"vi": decision.sentence("vi"), "en": decision.sentence("en")},
        "gap": None,
        "norms": ["sd.sign_for_leader", "seal.standing_deputy"],
        "seal_lacks": ["document.serves_group_task"],
        "signature": None,
        "nearest": [],
        "next_steps": [],
    }
    assert decision.sentence() == decision.sentence("vi") != decision.sentence("en")
    assert decision.way == "own"


def test_silent_answer_names_gap_and_rule() -> None:
    facts = {**SIGNED, "local_rule.set": "G-11"}
    question = Question(role="leader", action="notice.sign", on=date(2023, 1, 1), facts=facts)
    told = service.decide(service.load("xuan-truong-2022"), question).as_json()
    assert (told["gap"], told["local_rule"], told["who_can"], told["norms"]) == ("G-11", "G-11", [], [])


def test_last_day_in_force_is_in_force() -> None:
    whole = service.load("quang-ninh-2022")
    charter = text.from_raw({**whole.raw, "in_force": {"from": "2022-05-05", "to": "2023-06-30"}})
    outcomes = [
        service.decide(charter, Question(role="leader", action="task.assign", on=day)).outcome
        for day in (date(2023, 6, 30), date(2023, 7, 1))
    ]
    assert outcomes == ["allowed", "not_in_force"]


def test_day_that_is_no_day_leaves_the_text_unsigned() -> None:
    facts = {**SIGNED, "charter.adopted_on": "tháng tư"}
    question = Question(role="leader", action="task.assign", on=date(2023, 1, 1), facts=facts)
    decision = service.decide(service.load("xuan-truong-2022"), question)
    assert (decision.outcome, decision.missing) == ("not_in_force", ("charter.adopted_on",))


def test_time_of_adoption_counts_by_its_day() -> None:
    facts = {**SIGNED, "charter.adopted_on": "2022-04-20T08:00:00+07:00"}
    question = Question(role="leader", action="task.assign", on=date(2022, 4, 20), facts=facts)
    assert service.decide(service.load("xuan-truong-2022"), question).outcome == "allowed"


@pytest.mark.parametrize("said", ["false", "", False, None])
def test_words_that_mean_no(said: Any) -> None:
    facts: dict[str, Any] = {"task.not_completed": said}
    question = Question(role="leader", action="member.request_replacement", on=date(2023, 1, 1), facts=facts)
    assert service.decide(service.load("quang-ninh-2022"), question).outcome == "not_allowed"


def _with(name: str, key: str, **fields: Any) -> Charter:
    charter = service.load(name)
    rows: Any = charter.raw["norms"]
    return text.from_raw({**charter.raw, "norms": [{**row, **fields} if row["key"] == key else row for row in rows]})


@pytest.mark.parametrize(("weights", "told"), [(("record", "warn"), "warn"), (("block", "record"), "block")])
def test_answer_weighs_as_its_heaviest_norm(weights: tuple[str, str], told: str) -> None:
    charter = _with("quang-ninh-2022", "absence.order_7", enforcement=weights[0])
    rows: Any = charter.raw["norms"]
    others = ("absence.needs_opinion", "absence.order_8")
    norms = [{**row, "enforcement": weights[1]} if row["key"] in others else row for row in rows]
    charter = text.from_raw({**charter.raw, "norms": norms})
    question = Question(role="member", agency="YT", action="meeting.be_absent", on=date(2023, 1, 1))
    assert service.decide(charter, question).enforcement == told


@pytest.mark.parametrize(
    ("field", "word"), [("role", "caretaker"), ("agency", "NOWHERE"), ("action", "coffee.make"), ("fact", "sky.blue")]
)
def test_word_that_nobody_knows_is_refused(field: str, word: str) -> None:
    asked: dict[str, Any] = {"role": "leader", "action": "task.assign", "on": date(2023, 1, 1)}
    asked |= {"facts": {word: True}} if field == "fact" else {field: word}
    with pytest.raises(UnknownWord) as refused:
        service.check_words(service.load("quang-ninh-2022"), Question(**asked))
    assert word in refused.value.en
    assert field in refused.value.en


def test_words_of_the_charter_and_of_the_vocabulary_are_both_known() -> None:
    whole = service.load("quang-ninh-2022")
    rows: Any = whole.raw["roles"]
    charter = text.from_raw({**whole.raw, "roles": [*rows, {**rows[0], "code": "keeper"}]})
    for role in ("keeper", "commune_chair"):
        service.check_words(charter, Question(role=role, agency="TAX", action="task.assign", on=date(2023, 1, 1)))
