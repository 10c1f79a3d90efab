"""What was owed and whether it was done, one case a row of `cases/obligations.yaml`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service, text
from dean06.charter.errors import CharterInvalid
from dean06.charter.types import Charter, Obligation

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("obligations.yaml"))
SIGNED = {"adoption": {"number": "12/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]}}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, (bool, int, str)) or value is None else value.isoformat()


def _owed(case: dict[str, Any]) -> list[Obligation]:
    charter = service.load(case["charter"])
    signed = {} if case.get("unsigned") else SIGNED
    plain = {"format": "dean06-charter-facts/1", **signed, **_plain(case["facts"])}
    facts = service.facts_from_plain(plain, charter)
    return service.obligations(charter, facts, month=case.get("month"), year=case.get("year"))


def _picked(items: list[Obligation], wanted: dict[str, Any]) -> Obligation:
    found = [
        item
        for item in items
        if item.action == wanted["action"]
        and item.bearer == wanted["bearer"]
        and wanted.get("object", item.object_kind) == item.object_kind
        and str(wanted.get("period", item.period)) == item.period
    ]
    assert len(found) == 1, (wanted, [item.period for item in found])
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    items = _owed(case)
    if case.get("empty"):
        assert items == []
    for wanted in case.get("expect", ()):
        item = _picked(items, wanted)
        told = item.as_json()
        cites = [citation.dotted for citation in item.citations]
        assert item.status == wanted["status"], wanted
        assert list(item.satisfied_by) == wanted.get("satisfied_by", list(item.satisfied_by))
        assert cites == wanted.get("cites", cites)
        assert set(wanted.get("has_cites", ())) <= set(cites)
        for key in ("due_before", "via", "gaps", "recipients"):
            assert told[key] == wanted.get(key, told[key]), key
    actions = {item.action for item in items}
    assert not actions & set(case.get("absent", ()))
    for action, bearers in case.get("only_bearers", {}).items():
        assert [item.bearer for item in items if item.action == action] == bearers
    for action, periods in case.get("only_periods", {}).items():
        assert [item.period for item in items if item.action == action] == periods


@pytest.mark.parametrize("name", ["quang-ninh-2022", "xuan-truong-2022"])
def test_year_is_its_twelve_months(name: str) -> None:
    facts = {"as_of": "2024-01-01", "tasks": [], "issues": []}
    year = _owed({"charter": name, "year": 2023, "facts": facts})
    months = [
        item
        for number in range(1, 13)
        for item in _owed({"charter": name, "month": f"2023-{number:02d}", "facts": facts})
    ]
    assert year == months
    assert {item.period for item in year} >= {"2023-01", "2023-12", "2023-H1", "2023-H2", "2023"}


def _changed(name: str, key: str, **fields: Any) -> Charter:
    charter = service.load(name)
    rows: Any = charter.raw["norms"]
    return text.from_raw({**charter.raw, "norms": [{**row, **fields} if row["key"] == key else row for row in rows]})


def _items(charter: Charter, **facts: Any) -> list[Obligation]:
    plain = {"format": "dean06-charter-facts/1", **SIGNED, **facts}
    return service.obligations(charter, service.facts_from_plain(plain, charter), month="2022-06")


def test_duty_whose_object_is_over_is_dormant_whatever_was_done() -> None:
    charter = _changed("quang-ninh-2022", "group.meet_monthly", dormant="Đã xong, ghi ngày 01/06/2022.")
    meeting = {"id": "m1", "kind": "regular", "opened_at": "2022-06-10"}
    for meetings in ([], [meeting]):
        items = _items(charter, as_of="2022-07-05", meetings=meetings)
        held = [item for item in items if item.norm == "group.meet_monthly"]
        assert [item.status for item in held] == ["dormant"]


def test_duty_by_event_can_be_dormant_too() -> None:
    charter = _changed("quang-ninh-2022", "dl.other_tasks", dormant="Đã xong, ghi ngày 01/06/2022.")
    task = {"id": "t1", "bearer": "deputy", "assigned_by": "leader", "due_at": "2022-06-10", "done_at": "2022-06-09"}
    owed = [item for item in _items(charter, as_of="2022-07-05", tasks=[task]) if item.action == "task.carry_out"]
    assert [(item.status, item.satisfied_by) for item in owed] == [("dormant", ("t1",))]


def test_text_that_has_ended_owes_nothing_after_its_last_day() -> None:
    charter = service.load("quang-ninh-2022")
    ended = text.from_raw({**charter.raw, "in_force": {"from": "2022-05-05", "to": "2022-06-29"}})
    assert [item for item in _items(ended, as_of="2022-07-05") if item.action == "meeting.hold"] == []
    ends_with_month = text.from_raw({**charter.raw, "in_force": {"from": "2022-05-05", "to": "2022-06-30"}})
    assert [item for item in _items(ends_with_month, as_of="2022-07-05") if item.action == "meeting.hold"] != []


def test_event_that_spans_two_months_is_one_duty_in_the_month_of_its_bound() -> None:
    charter = service.load("quang-ninh-2022")
    task = {
        "id": "t1",
        "bearer": "deputy",
        "assigned_by": "leader",
        "assigned_at": "2022-06-20",
        "due_at": "2022-07-10",
    }
    plain = {"format": "dean06-charter-facts/1", "as_of": "2023-01-05", "tasks": [task]}
    facts = service.facts_from_plain(plain, charter)
    held = {
        month: [item.period for item in service.obligations(charter, facts, month=month)].count("t1")
        for month in ("2022-06", "2022-07")
    }
    assert held == {"2022-06": 0, "2022-07": 1}
    assert [item.period for item in service.obligations(charter, facts, year=2022)].count("t1") == 1


def test_member_named_by_post_and_by_role_owes_once() -> None:
    owed = _items(service.load("xuan-truong-2022"), as_of="2022-07-05")
    assert [item.bearer for item in owed if item.action == "security.ensure"] == ["standing_deputy"]
    assert [item.bearer for item in owed if item.action == "task.direct_in_agency"] == ["deputy"]
    assert [item.bearer for item in owed if item.norm == "charter.carry_out_decision"] == [
        "agency_head:OFF",
        "agency_head:POL",
        "agency_head",
        "commune_chair",
        "member",
    ]


def test_local_rule_adds_nothing_where_the_text_asks_for_the_report() -> None:
    rule = {"gap": "G-17", "value": {"day": 5}, "adopted_by": "leader", "adopted_on": "2022-05-01"}
    owed = _items(service.load("xuan-truong-2022"), as_of="2022-07-05", local_rules=[rule], reporting_agencies=["YT"])
    assert [item.norm for item in owed if item.action == "report.submit"] == ["report.agency_monthly"]


@pytest.mark.parametrize(
    ("value", "bound"),
    [
        ({"day": 1}, "2022-06-01"),
        ({"day": 28}, "2022-06-28"),
        ({"day": 0}, None),
        ({"day": 29}, None),
        ({"day": "10"}, None),
        ({"days": 10}, None),
        ("10", None),
    ],
)
def test_day_of_a_local_rule_is_a_day_of_every_month(value: object, bound: str | None) -> None:
    rule = {"gap": "G-17", "value": value, "adopted_by": "leader", "adopted_on": "2022-05-06"}
    owed = _items(service.load("quang-ninh-2022"), as_of="2022-07-05", local_rules=[rule], reporting_agencies=["YT"])
    days = [item.due_before.isoformat()[:10] for item in owed if item.action == "report.submit" and item.due_before]
    assert days == ([bound] if bound else [])


def test_local_report_shows_the_first_paper_of_the_agency() -> None:
    rule = {"gap": "G-17", "value": {"day": 5}, "adopted_by": "leader", "adopted_on": "2022-05-06"}
    papers = [
        {"id": f"r{number}", "kind": "agency_monthly_report", "period": "2022-06", "from": party}
        for number, party in enumerate(("TP", "member:YT", "YT"))
    ]
    charter = service.load("quang-ninh-2022")
    owed = _items(charter, as_of="2022-07-05", local_rules=[rule], reporting_agencies=["YT"], reports=papers)
    found = next(item for item in owed if item.action == "report.submit")
    assert (found.norm, found.status, found.satisfied_by) == ("G-17", "not_regulated", ("r1",))
    assert (found.object_kind, found.recipients, found.via) == ("agency_monthly_report", ("group",), None)


def test_excused_duty_is_cited_with_the_clauses_that_excuse_it() -> None:
    charter = service.load("quang-ninh-2022")
    rows: Any = charter.raw["norms"]
    alone = text.from_raw({**charter.raw, "norms": [row for row in rows if row["key"] != "member.attend_8"]})
    good = {
        "member": "member:YT",
        "present": False,
        "absence_reported": {"to": "leader", "at": "2022-06-18"},
        "consent": {"by": "leader", "at": "2022-06-18", "given": True},
        "substitute": {"name": "người thay", "written_opinion_at": "2022-06-19"},
    }
    meeting = {"id": "m1", "kind": "regular", "opened_at": "2022-06-20", "presided_by": "leader"}
    for row, status, cites in ((good, "excused", ["7.1.b", "8.3"]), ({**good, "consent": None}, "missed", ["7.1.b"])):
        owed = _items(alone, as_of="2022-07-05", meetings=[{**meeting, "attendance": [row]}])
        attended = next(item for item in owed if item.action == "meeting.attend")
        assert (attended.status, [cite.dotted for cite in attended.citations]) == (status, cites)


@pytest.mark.parametrize(("to", "status"), [("deputy", "met"), ("leader", "missed")])
def test_where_only_the_chair_is_named_absence_goes_to_who_presides(to: str, status: str) -> None:
    charter = service.load("quang-ninh-2022")
    rows: Any = charter.raw["norms"]
    alone = text.from_raw({**charter.raw, "norms": [row for row in rows if row["key"] != "member.report_absence"]})
    row = {"member": "member:YT", "present": False, "absence_reported": {"to": to, "at": "2022-06-18"}}
    meeting = {"id": "m1", "kind": "regular", "opened_at": "2022-06-20", "presided_by": "deputy", "attendance": [row]}
    owed = _items(alone, as_of="2022-07-05", meetings=[meeting])
    assert [item.status for item in owed if item.action == "absence.report"] == [status]


def test_duty_by_event_shows_its_channel_object_and_gaps() -> None:
    charter = _changed(
        "quang-ninh-2022", "member.written_opinion", document_kinds=["written_opinion"], via="secretariat"
    )
    opened = {"id": "w1", "opened_at": "2022-06-01", "closes_at": "2022-06-08", "members": ["member:TP"]}
    owed = next(item for item in _items(charter, as_of="2022-07-05", written_rounds=[opened]) if item.period == "w1")
    told = owed.as_json()
    assert (told["object"], told["via"], told["gaps"]) == ("written_opinion", "secretariat", ["G-04"])
    assert (told["recipients"], told["satisfied_by"]) == (["leader", "secretariat"], None)
    assert replace(owed, satisfied_by=("w1",)).as_json()["satisfied_by"] == "w1"
    assert replace(owed, satisfied_by=("w1", "w2")).as_json()["satisfied_by"] == ["w1", "w2"]


def test_coverage_counts_duties_with_a_bound_against_all_duties() -> None:
    charter = service.load("quang-ninh-2022")
    rows: Any = charter.raw["norms"]
    wanted = (
        "group.meet_monthly",  # a duty with a bound
        "off.appraise",  # a duty by event
        "sd.assist",  # continuing
        "member.report_issue",  # timely
        "member.propose_solution",  # no deadline
        "dl.answer",  # a status, continuing
        "leader.assign",  # a power
        "absence.order_7",  # a procedure
        "scope.matter",  # says what the text covers
    )
    few = text.from_raw({**charter.raw, "norms": [row for row in rows if row["key"] in wanted]})
    assert service.coverage(few) == (2, 6)


def test_coverage_says_how_many_duties_can_be_tested() -> None:
    testable, duties = service.coverage(service.load("quang-ninh-2022"))
    assert 0 < testable < duties


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({"meetngs": []}, "meetngs"),
        ({"meetings": [{"id": "m", "kind": "party"}]}, "meetings[0].kind"),
        ({"meetings": [{"id": "m", "opened_at": "yesterday"}]}, "meetings[0].opened_at"),
        ({"reports": [{"from": "NOBODY"}]}, "reports[0].from"),
        ({"reports": [{"period": "2022-13"}]}, "reports[0].period"),
        ({"tasks": {"id": "t"}}, "tasks"),
        ({"tasks": [{"accepted": "yes"}]}, "tasks[0].accepted"),
        ({"local_rules": [{"gap": "G-99"}]}, "local_rules[0].gap"),
        ({"reporting_agencies": [None]}, "reporting_agencies[0]"),
        ({"as_of": "9999-12-31"}, "as_of"),
        ({"format": "dean06-charter-facts/2"}, "format"),
        ({"as_of": None}, "as_of"),
    ],
)
def test_faulty_facts_are_refused_with_their_place(plain: dict[str, Any], path: str) -> None:
    whole = {"format": "dean06-charter-facts/1", "as_of": "2022-06-01", **plain}
    with pytest.raises(CharterInvalid) as refused:
        service.facts_from_plain(whole, service.load("quang-ninh-2022"), "facts.yaml")
    assert path in {fault.path for fault in refused.value.faults}
    assert refused.value.exit_code == 3


def test_agencies_days_and_sessions_of_a_facts_file() -> None:
    charter = service.load("quang-ninh-2022")

    def read(**more: Any) -> Any:
        return service.facts_from_plain({"format": "dean06-charter-facts/1", "as_of": "2022-07-05", **more}, charter)

    assert read(reporting_agencies=["agency:POL", "YT"]) == read(reporting_agencies=["POL", "YT"])
    assert read(sessions=[{"id": "s1", "at": "2022-06-01", "by": "leader", "with": ["member:YT"]}])
    for day in ("1900-01-01", "2200-12-31"):
        assert read(adoption={"signed_on": day})
    for day in ("1899-12-31", "2201-01-01"):
        with pytest.raises(CharterInvalid):
            read(adoption={"signed_on": day})
