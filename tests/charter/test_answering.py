"""Who answers for the data of a system, how a report goes out, and in which capacity one may act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charter import dong_lua
from dean06.charter import service, text
from dean06.charter.types import Answerable, Charter, Citation, Deadline, LocalRule, Question, ReportRule, Words

S12, S25 = "S12", "S25"


def test_who_coordinates_answers_where_nobody_leads() -> None:
    assert service.answerable(dong_lua.WHOLE, S12) == Answerable(
        system=S12,
        agency="POL",
        agency_name="Công an xã Đồng Lúa",
        role="member",
        citation=Citation("2", "1", "-2"),
        norm="pol.coordinate",
        lead=False,
        lead_by_reading="POL",
        coordinators=(),
        reading=Words("Hiểu là Công an chủ trì.", "Read as led by the police."),
    )


def test_who_leads_answers_before_who_coordinates() -> None:
    assert service.answerable(dong_lua.WHOLE, S25) == Answerable(
        system=S25,
        agency="YT",
        agency_name="Trạm y tế xã Đồng Lúa",
        role="member",
        citation=Citation("2", "1", "a"),
        norm="yt.lead",
        lead=True,
        lead_by_reading=None,
        coordinators=(),
        reading=None,
    )
    reversed_ = dong_lua.raw()
    reversed_["norms"].reverse()
    found = service.answerable(text.from_raw(reversed_), S25)
    assert found is not None
    assert found.norm == "yt.lead"


@pytest.mark.parametrize(
    ("bearers", "role", "agency", "name"),
    [
        (["member:POL"], "member", "POL", "Công an xã Đồng Lúa"),
        (["leader", "member:POL"], "member", "POL", "Công an xã Đồng Lúa"),
        (["leader", "deputy"], "leader", "PC", "Ủy ban nhân dân xã Đồng Lúa"),
        (["deputy"], "deputy", "deputy", "deputy"),
    ],
)
def test_the_agency_is_the_one_named_else_that_of_the_post(
    bearers: list[str], role: str, agency: str, name: str
) -> None:
    charter = dong_lua.with_norms(yt__lead={"bearers": bearers, "coordinators": ["POL", "YT"]})
    found = service.answerable(charter, S25)
    assert found is not None
    assert (found.role, found.agency, found.agency_name) == (role, agency, name)
    assert found.coordinators == ("POL", "YT")


def test_another_act_on_the_system_makes_nobody_answer() -> None:
    assert service.answerable(dong_lua.WHOLE, "S01") is None
    assert service.answerable(dong_lua.with_norms(yt__lead={"action": "platform.operate", "systems": ["S01"]}), S25)
    unled = dong_lua.with_norms(yt__lead={"action": "platform.operate"}, pol__coordinate={"systems": []})
    assert service.answerable(unled, S25) is None


SENDS = "report.send_monthly"


def test_a_report_goes_out_as_the_text_says() -> None:
    charter = dong_lua.with_norms(group__report={"recipients": ["PC", "leader"]})
    assert service.report_rule(charter, SENDS) == ReportRule(
        action=SENDS,
        citation=Citation("3", "1"),
        norm="group.report",
        recipients=(("PC", "Ủy ban nhân dân xã Đồng Lúa"), ("leader", "Tổ trưởng")),
        distribution=("Như trên", "Lưu Văn thư"),
        parent="UBND XÃ ĐỒNG LÚA",
        name_lines=("TỔ CÔNG TÁC",),
        place="Đồng Lúa",
        symbol="TCT",
        signers=("deputy",),
        deadline=Deadline("every_month"),
    )


def test_a_report_without_recipients_has_no_rule() -> None:
    assert service.report_rule(dong_lua.with_norms(group__report={"recipients": []}), SENDS) is None
    assert service.report_rules(dong_lua.WHOLE, "report.results") == ()
    assert [rule.norm for rule in service.report_rules(dong_lua.WHOLE, SENDS)] == ["group.report"]
    two = dong_lua.with_norm("group.report", "deputy.report", bearers=["deputy"], document_kinds=["notice"])
    assert [(rule.norm, rule.symbol) for rule in service.report_rules(two, SENDS)] == [
        ("group.report", "TCT"),
        ("deputy.report", "TB-TCT"),
    ]


@pytest.mark.parametrize(
    ("kinds", "symbols", "symbol"),
    [
        (["notice"], {"notice": "TB", "other": "VB"}, "TB"),
        (["notice", "minutes"], {"minutes": "BB", "other": "VB"}, "VB"),
        (["minutes", "notice"], {"minutes": "BB", "notice": "TB"}, "BB"),
        ([], {"notice": "TB", "other": "VB"}, "VB"),
        ([], {"notice": "TB"}, ""),
    ],
)
def test_the_number_series_is_that_of_the_kind_of_paper(kinds: list[str], symbols: dict[str, str], symbol: str) -> None:
    plain = dong_lua.raw()
    plain["body"]["symbols"] = symbols
    plain["distribution"] = {}
    dong_lua.norm(plain, "group.report")["document_kinds"] = kinds
    rule = service.report_rule(text.from_raw(plain), SENDS)
    assert rule is not None
    assert (rule.symbol, rule.distribution) == (symbol, ())


def _signed_by(when: list[list[str]], **head: Any) -> tuple[str, ...]:
    """Say who may sign the report where the deputy's power to sign stands under conditions."""
    plain = {**dong_lua.raw(), **head}
    dong_lua.norm(plain, "deputy.sign")["when"] = when
    dong_lua.norm(plain, "group.report")["document_kinds"] = ["notice"]
    rule = service.report_rule(text.from_raw(plain), SENDS)
    assert rule is not None
    return rule.signers


@pytest.mark.parametrize(
    "fact",
    [
        "document.serves_group_task",
        "assignment.covers_document",
        "delegation.covers_date_and_scope",
        "document.kind",
        "charter.number",
        "charter.confirmed_by_two",
        "charter.adopted_on",
    ],
)
def test_a_report_is_signed_by_whoever_may_given_the_paper_that_lets_them(fact: str) -> None:
    # the leader has to have the paper looked at first, and nobody says here that it was
    assert _signed_by([[fact]]) == ("deputy",)
    assert _signed_by([[f"!{fact}"]]) == ()


def test_nobody_signs_on_grounds_that_a_report_does_not_have() -> None:
    assert _signed_by([["document.is_urging"]]) == ()
    assert _signed_by([]) == ("deputy",)


def test_an_unsigned_text_is_asked_as_if_it_had_been_entered() -> None:
    blank = {**dong_lua.raw()["instrument"], "number": None, "date": None}
    assert _signed_by([], instrument=blank) == ("deputy",)
    assert _signed_by([], instrument=blank, in_force={"from": None, "to": None}) == ("deputy",)
    assert _signed_by([], instrument=blank, in_force={"from": None, "to": "2000-01-01"}) == ("deputy",)
    assert _signed_by([], instrument=blank, in_force={"from": None, "to": "1999-12-31"}) == ()


def _hats(charter: Charter, question: Question, *hats: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    allowed = service.capacities_allowed(charter, question, hats)
    for hat, decision in allowed:
        assert decision.question == replace(question, role=hat[0], agency=hat[1])
        assert decision.outcome == "allowed"
    return [hat for hat, _ in allowed]


def test_a_person_acts_in_the_capacities_that_are_allowed_in_their_order() -> None:
    asked = Question(role="deputy", action="integration.lead", on=date(2025, 6, 2), facts={"task.system": S25})
    hats = (("leader", None), ("member", "YT"), ("member", "POL"), ("deputy", "YT"))
    assert _hats(dong_lua.WHOLE, asked, *hats) == [("member", "YT"), ("deputy", "YT")]
    assert _hats(dong_lua.WHOLE, asked, *reversed(hats)) == [("deputy", "YT"), ("member", "YT")]
    assert _hats(dong_lua.WHOLE, Question(role="member", action="integration.lead", on=date(2025, 3, 9)), *hats) == []
    signs = Question(
        role="member",
        action="document.sign",
        on=date(2025, 6, 2),
        facts={"assignment.covers_document": True},
        local_rules={"G-11": LocalRule(gap="G-11", number=3, adopted_on=date(2025, 5, 2))},
    )
    assert _hats(dong_lua.WHOLE, signs, *hats) == [("deputy", "YT")]
