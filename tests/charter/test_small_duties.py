"""Small made-up regulations, one duty or two each: what is owed, by whom, until when, and how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charter.case_files import ADOPTED, deadline, facts_of, made_up, owed_under, rule
from dean06.charter import service
from dean06.charter.obligations import Weekdays, adoption_facts
from dean06.charter.types import Charter, Obligation

BLANK: Any = {**service.load("quang-ninh-2022").raw["instrument"], "number": None}  # type: ignore[dict-item]  # plain values of a package


def _told(items: list[Obligation]) -> list[tuple[str, str, str | None]]:
    return [(item.bearer, item.period, item.due_before.isoformat()[:10] if item.due_before else None) for item in items]


# ------------------------------------------------------------------ periods
@pytest.mark.parametrize(
    ("when", "month", "told"),
    [
        (deadline("every_month"), "2022-06", [("2022-06", "2022-07-01")]),
        (deadline("every_month_before_day", 12), "2022-06", [("2022-06", "2022-06-12")]),
        (deadline("as_regulated"), "2022-06", [("2022-06", "2022-07-01")]),
        (deadline("continuing"), "2022-06", [("2022-06", None)]),
        (deadline("every_half_year"), "2022-05", []),
        (deadline("every_half_year"), "2022-06", [("2022-H1", "2022-07-01")]),
        (deadline("every_half_year"), "2022-07", []),
        (deadline("every_half_year"), "2022-11", []),
        (deadline("every_half_year"), "2022-12", [("2022-H2", "2023-01-01")]),
        (deadline("every_year"), "2022-06", []),
        (deadline("every_year"), "2022-11", []),
        (deadline("every_year"), "2022-12", [("2022", "2023-01-01")]),
        (deadline("none"), "2022-12", []),
        (deadline("each_event"), "2022-12", []),
        (None, "2022-12", []),
    ],
)
def test_duty_returns_as_its_deadline_says(
    when: dict[str, Any] | None, month: str, told: list[tuple[str, str | None]]
) -> None:
    for kind in ("duty", "status"):
        charter = made_up(rule("n", kind, "group.lead", "leader", deadline=when))
        assert _told(owed_under(charter, month)) == [("leader", *one) for one in told]
    for kind in ("power", "procedure", "prohibition"):
        assert owed_under(made_up(rule("n", kind, "group.lead", "leader", deadline=when)), month) == []


def test_duty_as_the_command_line_prints_it() -> None:
    charter = made_up(
        rule(
            "n",
            "duty",
            "group.lead",
            "member:YT",
            cite="7.1.a",
            deadline=deadline("every_month"),
            document_kinds=["plan", "programme"],
            meeting_kinds=["regular"],
            recipients=["leader", "PPC"],
            via="POL",
            gaps=["G-08"],
        ),
        rule("m", "duty", "group.direct", "leader", deadline=deadline("every_month"), meeting_kinds=["ad_hoc"]),
        rule("o", "duty", None, "leader", deadline=deadline("every_month")),
    )
    first, second, third = (item.as_json() for item in owed_under(charter, "2022-06"))
    assert first == {
        "norm": "n",
        "action": "group.lead",
        "object": "plan",
        "citations": [{"article": "7", "clause": "1", "point": "a"}],
        "bearer": "member:YT",
        "period": "2022-06",
        "due_before": "2022-07-01T00:00:00+07:00",
        "recipients": ["leader", "PPC"],
        "via": "POL",
        "status": "missed",
        "satisfied_by": None,
        "gaps": ["G-08"],
    }
    assert (second["object"], second["gaps"], second["via"]) == ("ad_hoc", [], None)
    assert (third["object"], third["action"]) == (None, "")


@pytest.mark.parametrize(
    ("more", "as_of", "status"),
    [
        ({}, "2022-06-30T23:59:59+07:00", "pending"),
        ({}, "2022-07-01", "missed"),
        ({"testable": False}, "2022-07-01", "not_testable"),
        ({"deadline": deadline("continuing")}, "2022-07-01", "not_testable"),
        ({"dormant": "Đã xong."}, "2022-07-01", "dormant"),
        ({"dormant": "Đã xong.", "testable": False}, "2022-07-01", "dormant"),
    ],
)
def test_standing_of_a_duty_that_no_record_answers(more: dict[str, Any], as_of: str, status: str) -> None:
    charter = made_up(rule("n", "duty", "group.lead", "leader", **{"deadline": deadline("every_month"), **more}))
    assert [item.status for item in owed_under(charter, "2022-06", as_of=as_of)] == [status]


def test_duty_said_twice_by_one_norm_is_owed_once_and_by_two_norms_twice() -> None:
    twice = rule("n", "duty", "group.lead", "leader", "leader", deadline=deadline("every_month"))
    assert _told(owed_under(made_up(twice), "2022-06")) == [("leader", "2022-06", "2022-07-01")]
    assert len(owed_under(made_up(twice, {**twice, "key": "m"}), "2022-06")) == 2


# ------------------------------------------------------------------ force
@pytest.mark.parametrize(
    ("force", "months"),
    [
        (("2022-06-30", None), ["2022-06", "2022-07"]),
        (("2022-07-01", None), ["2022-07"]),
        (("2022-01-01", "2022-06-30"), ["2022-05", "2022-06"]),
        (("2022-01-01", "2022-06-29"), ["2022-05"]),
    ],
)
def test_duty_is_owed_where_the_text_binds_at_its_last_instant(
    force: tuple[str, str | None], months: list[str]
) -> None:
    in_force = {"from": force[0], "to": force[1]}
    charter = made_up(rule("n", "duty", "group.lead", "leader", deadline=deadline("every_month")), in_force=in_force)
    owed = [month for month in ("2022-05", "2022-06", "2022-07") if owed_under(charter, month)]
    assert owed == months


def _not_binding(charter: Charter, **asked: Any) -> service.Decision | None:
    return service.not_binding(charter, facts_of(charter, **asked.pop("lists", {})), **asked)


@pytest.mark.parametrize(
    ("force", "asked", "binds"),
    [
        (("2022-06-30", None), {"month": "2022-06"}, True),
        (("2022-07-01", None), {"month": "2022-06"}, False),
        (("2022-01-01", "2022-06-01"), {"month": "2022-06"}, True),
        (("2022-01-01", "2022-05-31"), {"month": "2022-06"}, False),
        (("2022-12-31", None), {"year": 2022}, True),
        (("2022-03-10", "2022-04-30"), {"year": 2022}, True),
        (("2023-01-01", None), {"year": 2022}, False),
        (("2021-01-01", "2022-01-01"), {"year": 2022}, True),
        (("2021-01-01", "2021-12-31"), {"year": 2022}, False),
    ],
)
def test_text_that_binds_nobody_in_the_time_asked_for_says_so(
    force: tuple[str, str | None],
    asked: dict[str, Any],
    binds: bool,  # noqa: FBT001  a table's column
) -> None:
    charter = made_up(in_force={"from": force[0], "to": force[1]})
    answer = _not_binding(charter, **asked)
    assert (answer is None) is binds
    if answer is not None:
        assert (answer.outcome, answer.missing, answer.enforcement) == ("not_in_force", (), "block")
        assert (answer.question.role, answer.question.action) == ("group", "charter.carry_out")
        assert answer.question.on == (date(2022, 6, 30) if "month" in asked else date(2022, 12, 31))


def test_text_left_blank_says_which_entries_it_lacks() -> None:
    charter = made_up(instrument=BLANK)
    asked: dict[str, Any] = {"lists": {"adoption": {"number": "12/QĐ", "confirmed_by": ["a"]}}, "month": "2022-06"}
    answer = _not_binding(charter, **asked)
    assert answer is not None
    assert answer.missing == ("charter.adopted_on", "charter.confirmed_by_two")
    assert _not_binding(charter, lists={"adoption": ADOPTED}, month="2022-06") is None


@pytest.mark.parametrize(
    ("adoption", "entered"),
    [
        (None, {}),
        ({"number": "12/QĐ"}, {"charter.number": "12/QĐ"}),
        ({"number": None, "signed_on": "2022-04-20"}, {"charter.adopted_on": "2022-04-20"}),
        ({"confirmed_by": ["a"]}, {}),
        ({"confirmed_by": ["a", "a"]}, {}),
        ({"confirmed_by": ["a", "b"]}, {"charter.confirmed_by_two": True}),
        ({"confirmed_by": ["a", "b", "c"]}, {"charter.confirmed_by_two": True}),
        (
            ADOPTED,
            {"charter.number": "12/QĐ-UBND", "charter.adopted_on": "2022-04-20", "charter.confirmed_by_two": True},
        ),
    ],
)
def test_entries_of_the_group_are_stated_as_facts(adoption: Any, entered: dict[str, object]) -> None:
    assert adoption_facts(facts_of(made_up(), adoption=adoption)) == entered


# ------------------------------------------------------------------ bearers
def test_report_is_owed_by_each_reporting_agency() -> None:
    charter = made_up(rule("n", "duty", "report.submit", "agency", deadline=deadline("every_month")))
    assert [item.bearer for item in owed_under(charter, "2022-06", reporting_agencies=["YT", "TAX"])] == [
        "agency:YT",
        "agency:TAX",
    ]
    assert owed_under(charter, "2022-06", reporting_agencies=[]) == []
    assert [item.bearer for item in owed_under(charter, "2022-06")] == [
        f"agency:{code}" for code in charter.member_agencies
    ]


def test_member_named_by_post_and_by_role_is_one_person() -> None:
    def bearers(*parties: str) -> list[str]:
        charter = made_up(rule("n", "duty", "group.lead", *parties, deadline=deadline("every_month")))
        return [item.bearer for item in owed_under(charter, "2022-06")]

    assert bearers("deputy", "member:OFF") == ["deputy"]
    assert bearers("deputy", "member:YT") == ["deputy", "member:YT"]
    assert bearers("deputy:OFF", "member:OFF") == ["deputy:OFF", "member:OFF"]
    assert bearers("member", "agency:OFF", "deputy") == ["member", "agency:OFF", "deputy"]
    assert bearers("commune_chair", "member:OFF") == ["commune_chair", "member:OFF"]


PLAN = rule("plan", "duty", "plan.issue", "leader", document_kinds=["plan"], deadline=deadline("every_year"))
SUBPLAN = rule(
    "sub",
    "duty",
    "subplan.build",
    "member",
    document_kinds=["subplan"],
    deadline=deadline("every_year"),
    after=["plan"],
)


def test_plan_of_a_sector_is_owed_once_the_plan_before_it_is_issued() -> None:
    charter = made_up(PLAN, SUBPLAN)
    issued = {"id": "d1", "kind": "plan", "year": 2022, "issued_by": "leader", "issued_at": "2022-06-01"}
    built = {"id": "d2", "kind": "subplan", "year": 2022, "agency": "YT", "issued_at": "2022-06-02"}
    other = {"id": "d3", "kind": "subplan", "year": 2022, "issued_at": "2022-06-02"}
    assert [item.norm for item in owed_under(charter, "2022-12", documents=[built])] == ["plan"]
    items = [item for item in owed_under(charter, "2022-12", documents=[issued, built, other]) if item.norm == "sub"]
    assert [item.bearer for item in items] == [f"member:{code}" for code in charter.member_agencies]
    assert {item.bearer: item.satisfied_by for item in items if item.status == "met"} == {"member:YT": ("d2",)}


def test_plan_of_a_sector_that_waits_for_none_is_owed_at_once() -> None:
    assert owed_under(made_up({**SUBPLAN, "after": []}), "2022-12") != []


def test_only_what_the_plan_names_must_come_before_it() -> None:
    programme = rule("pro", "duty", "programme.issue", "leader", document_kinds=["programme"])
    issued = {"id": "d1", "kind": "programme", "year": 2022, "issued_by": "leader", "issued_at": "2022-06-01"}
    charter = made_up(PLAN, programme, {**SUBPLAN, "after": ["plan", "pro"]})
    assert [item.norm for item in owed_under(charter, "2022-12", documents=[issued])] == ["plan"]


# ------------------------------------------------------------------ local rules
def _rules(*rules: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"gap": gap, "value": value, "adopted_by": "leader", "adopted_on": "2022-05-10"} for gap, value in rules]


@pytest.mark.parametrize(
    ("rules", "bound"),
    [
        (_rules(("G-08", {"day": 20})), "2022-06-20"),
        (_rules(("G-12", {"day": 21})), "2022-06-21"),
        (_rules(("G-12", {"day": 21}), ("G-08", {"day": 20})), "2022-06-20"),
        (_rules(("G-08", {"day": 1})), "2022-06-01"),
        (_rules(("G-08", "tùy"), ("G-12", {"day": 21})), "2022-06-21"),
        (_rules(("G-17", {"day": 20})), "2022-07-01"),
        ([], "2022-07-01"),
    ],
)
def test_day_that_the_text_leaves_open_is_that_of_a_local_rule(rules: list[dict[str, Any]], bound: str) -> None:
    norm = rule("n", "duty", "group.lead", "leader", deadline=deadline("every_month"), gaps=["G-08", "G-12"])
    taken = rule("other", "power", "report.submit", "agency")
    assert _told(owed_under(made_up(norm, taken), "2022-06", local_rules=rules)) == [("leader", "2022-06", bound)]
    fixed = {**norm, "deadline": deadline("every_month_before_day", 12)}
    assert _told(owed_under(made_up(fixed, taken), "2022-06", local_rules=rules)) == [
        ("leader", "2022-06", "2022-06-12")
    ]


@pytest.mark.parametrize(
    ("days", "as_of", "bound"),
    [
        ([("2022-06-11", 12)], "2023-02-01", "2022-06-12"),  # its last day is the very day of the rule
        ([("2022-06-12", 12)], "2023-02-01", "2022-07-01"),  # too late for the day that it sets
        ([("2022-06-01", 12), ("2022-06-11", 20)], "2023-02-01", "2022-06-20"),
        ([("2022-06-01", 12), ("2022-06-12", 20)], "2023-02-01", "2022-06-12"),  # the bound had passed
        ([(None, 12)], "2022-06-01T00:00:00+07:00", "2022-06-12"),  # always been there
        ([("2022-06-10", 25)], "2022-06-11T00:00:00+07:00", "2022-06-25"),
        ([("2022-06-11", 25)], "2022-06-11T00:00:00+07:00", "2022-07-01"),  # not yet adopted then
    ],
)
def test_a_rule_moves_only_a_bound_that_is_still_open(
    days: list[tuple[str | None, int]], as_of: str, bound: str
) -> None:
    norm = rule("n", "duty", "group.lead", "leader", deadline=deadline("every_month"), gaps=["G-08"])
    rules = [
        {"gap": "G-08", "value": {"day": day}, "adopted_by": "leader"} | ({"adopted_on": on} if on else {})
        for on, day in days
    ]
    assert _told(owed_under(made_up(norm), "2022-06", local_rules=rules, as_of=as_of)) == [("leader", "2022-06", bound)]


@pytest.mark.parametrize(
    ("value", "gaps", "bound"),
    [
        ({"move_to": "next_working_day"}, ["G-13"], "2022-06-14"),
        ({"move_to": "next_working_day"}, [], "2022-06-12"),
        ({"move_to": "the_day_before"}, ["G-13"], "2022-06-12"),
        ("next_working_day", ["G-13"], "2022-06-12"),
    ],
)
def test_bound_whose_last_day_is_off_moves_past_the_next_working_day(value: Any, gaps: list[str], bound: str) -> None:
    norm = rule("n", "duty", "group.lead", "leader", deadline=deadline("every_month_before_day", 12), gaps=gaps)
    assert _told(owed_under(made_up(norm), "2022-06", local_rules=_rules(("G-13", value)))) == [
        ("leader", "2022-06", bound)
    ]


def test_working_days_are_monday_to_friday_where_nobody_gives_a_calendar() -> None:
    days = [Weekdays().is_working_day(date(2022, 6, day)) for day in range(6, 13)]
    assert days == [True, True, True, True, True, False, False]


def test_report_that_only_a_local_rule_asks_for() -> None:
    charter = made_up(rule("n", "duty", "group.lead", "leader"))
    report = {"id": "r1", "kind": "agency_monthly_report", "period": "2022-06", "from": "YT"}
    more: dict[str, Any] = {
        "local_rules": _rules(("G-17", {"day": 20})),
        "reporting_agencies": ["YT", "TP"],
        "reports": [{**report, "id": "r0", "from": "TP", "period": "2022-05"}, report, {**report, "id": "r2"}],
    }
    first, second = owed_under(charter, "2022-06", **more)
    assert first.as_json() == {
        "norm": "G-17",
        "action": "report.submit",
        "object": "agency_monthly_report",
        "citations": [],
        "bearer": "agency:YT",
        "period": "2022-06",
        "due_before": "2022-06-20T00:00:00+07:00",
        "recipients": ["group"],
        "via": None,
        "status": "not_regulated",
        "satisfied_by": "r1",
        "gaps": ["G-17"],
    }
    assert (second.bearer, second.satisfied_by) == ("agency:TP", ())
    assert owed_under(made_up(in_force={"from": "2022-06-20", "to": None}), "2022-06", **more) == []
    assert len(owed_under(made_up(in_force={"from": "2022-06-19", "to": None}), "2022-06", **more)) == 2
    assert owed_under(charter, "2022-06", **{**more, "local_rules": []}) == []
    asked = made_up(rule("n", "power", "report.submit", "agency"))
    assert owed_under(asked, "2022-06", **more) == []


def test_duties_that_can_be_tested_are_counted_against_all() -> None:
    norms = [
        rule("a", "duty", "group.lead", "leader", deadline=deadline("every_month")),
        rule("b", "status", "group.lead", "leader", deadline=deadline("before_event", event="meeting.hold")),
        rule("c", "duty", "group.lead", "leader", deadline=deadline("every_month"), testable=False),
        rule("d", "duty", "group.lead", "leader", deadline=deadline("continuing")),
        rule("e", "duty", "group.lead", "leader", deadline=deadline("timely")),
        rule("f", "duty", "group.lead", "leader", deadline=deadline("none")),
        rule("g", "duty", "group.lead", "leader"),
        rule("h", "duty", None, "leader", deadline=deadline("every_month")),
        rule("i", "power", "group.lead", "leader", deadline=deadline("every_month")),
    ]
    assert service.coverage(made_up(*norms)) == (2, 7)
