"""Which records can answer a periodic duty, and which of them do: the earliest that counts, and only the right ones."""

from __future__ import annotations

from typing import Any

import pytest

from charter.case_files import deadline, made_up, owed_under, rule
from dean06.charter import fulfilment, service
from dean06.charter.facts_file import SHAPE

CHARTER = service.load("quang-ninh-2022")
OTHER = service.load("xuan-truong-2022")
ADOPTED = {"number": "12/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]}
ANSWERED_BY = {
    "meeting.hold": {"meetings"},
    "review.conduct": {"meetings", "reports:review_report", "reports:year_end_report"},
    "report.submit": {"reports:agency_monthly_report"},
    "report.send_monthly": {"reports:group_monthly_report", "reports:consolidated_report"},
    "report.consolidate_and_send": {"reports:group_monthly_report", "reports:consolidated_report"},
    "programme.issue": {"documents:programme"},
    "plan.issue": {"documents:plan"},
    "inspection_plan.issue": {"documents:inspection_plan"},
    "subplan.build": {"documents:subplan"},
    "budget.consolidate_and_submit": {"documents:budget_proposal"},
    "budget.advise": {"documents:budget_proposal"},
    "task.carry_out": set(),
}


def test_every_action_that_records_answer_names_them() -> None:
    assert set(fulfilment._RECORDS) == set(fulfilment._FINDERS)
    assert set(fulfilment._RECORDS) <= set(ANSWERED_BY)


@pytest.mark.parametrize("action", ANSWERED_BY)
def test_records_named_are_lists_of_the_facts_file(action: str) -> None:
    assert service.answered_by(action) == ANSWERED_BY[action]
    assert {name.partition(":")[0] for name in service.answered_by(action)} <= set(SHAPE)


def _owed(charter: Any, month: str, action: str, kind: str | None = None, **facts: Any) -> list[tuple[str, list[str]]]:
    plain = {"format": "dean06-charter-facts/1", "as_of": "2024-01-01", "adoption": ADOPTED, **facts}
    items = service.obligations(charter, service.facts_from_plain(plain, charter), month=month)
    picked = [item for item in items if item.action == action and kind in (None, item.object_kind)]
    return [(item.status, list(item.satisfied_by)) for item in picked]


@pytest.mark.parametrize(
    ("issued_at", "status"),
    [
        ("2022-12-31T16:59:59Z", ("met", ["d1"])),
        ("2022-12-31T17:00:00Z", ("missed", [])),
        ("2021-12-31T17:00:00Z", ("met", ["d1"])),
        ("2021-12-31T16:59:59Z", ("missed", [])),
    ],
)
@pytest.mark.parametrize("year", [{}, {"year": None}])
def test_paper_without_a_year_is_of_the_year_in_which_the_office_issued_it(
    issued_at: str, status: tuple[str, list[str]], year: dict[str, None]
) -> None:
    paper = {"id": "d1", "kind": "programme", "issued_by": "leader", "issued_at": issued_at, **year}
    assert _owed(CHARTER, "2022-12", "programme.issue", documents=[paper]) == [status]


def test_paper_that_does_not_count_hides_none_behind_it() -> None:
    papers = [
        {"id": "d0", "kind": "programme", "year": 2022, "issued_by": "leader"},
        {"id": "d1", "kind": "plan", "year": 2022, "issued_by": "leader", "issued_at": "2022-06-01"},
        {"id": "d2", "kind": "programme", "year": 2022, "issued_by": "leader", "submitted_at": "2022-06-01"},
        {"id": "d3", "kind": "programme", "year": 2022, "issued_by": "deputy", "issued_at": "2022-06-01"},
        {"id": "d4", "kind": "programme", "year": 2022, "issued_by": "leader", "issued_at": "2022-06-03"},
        {"id": "d5", "kind": "programme", "year": 2022, "issued_by": "leader", "issued_at": "2022-06-02"},
    ]
    assert _owed(CHARTER, "2022-12", "programme.issue", documents=papers) == [("met", ["d5"])]


def test_budget_paper_that_names_no_agency_counts_and_one_of_another_does_not() -> None:
    papers = [
        {"id": "b1", "kind": "budget_proposal", "year": 2022, "agency": "TP", "submitted_at": "2022-10-01"},
        {"id": "b2", "kind": "budget_proposal", "year": 2022, "submitted_at": "2022-10-02", "issued_at": "2022-09-01"},
    ]
    assert _owed(CHARTER, "2022-12", "budget.consolidate_and_submit", documents=papers) == [("met", ["b2"])]
    assert _owed(OTHER, "2022-12", "budget.advise", documents=papers[:1]) == [("missed", [])]


REVIEW = {"id": "s1", "kind": "review_report", "period": "2022-H2"}
SUMMARY = {"id": "t1", "kind": "year_end_report", "period": "2022"}
SENT = [{"to": "leader", "at": "2022-12-20"}]


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ([{**REVIEW, "received": [{"by": "leader", "at": "2022-12-20"}]}], ("met", ["s1"])),
        ([{**REVIEW, "dispatched": SENT}], ("met", ["s1"])),
        ([{**REVIEW, "dispatched": [{"to": "leader"}, *SENT]}], ("met", ["s1"])),
        ([{**REVIEW, "dispatched": [{"to": "leader"}]}], ("missed", [])),
        ([REVIEW], ("missed", [])),
        ([{**REVIEW, "period": "2022-H1", "dispatched": SENT}], ("missed", [])),
        ([{**REVIEW, "kind": "group_monthly_report", "dispatched": SENT}], ("missed", [])),
        ([{**SUMMARY, "dispatched": SENT}], ("met", ["t1"])),
        ([{**SUMMARY, "period": "2021", "dispatched": SENT}], ("missed", [])),
    ],
)
def test_review_is_answered_by_its_report_or_that_of_the_year(reports: Any, told: tuple[str, list[str]]) -> None:
    assert _owed(CHARTER, "2022-12", "review.conduct", reports=reports) == [told]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"year_end_answers_h2": False}, ("missed", [])),
        ({"year_end_answers_h2": True}, ("met", ["m1"])),
        ({"year_end": False}, ("met", ["m1"])),
        ("không", ("met", ["m1"])),
    ],
)
def test_summary_of_the_year_answers_its_second_half_unless_a_local_rule_parts_them(
    value: Any, told: tuple[str, list[str]]
) -> None:
    meeting = {"id": "m1", "kind": "year_end_summary", "opened_at": "2022-12-20"}
    rules = [{"gap": "G-08", "value": value, "adopted_on": "2022-06-01"}]
    for gap, wanted in (("G-08", told), ("G-07", ("met", ["m1"]))):
        ruled = [{**rules[0], "gap": gap}]
        held = _owed(CHARTER, "2022-12", "meeting.hold", "six_month_review", meetings=[meeting], local_rules=ruled)
        assert held == [wanted]
        assert _owed(CHARTER, "2022-12", "review.conduct", meetings=[meeting], local_rules=ruled) == [wanted]


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ({"from": "YT", "received": [{"by": "POL", "at": "2022-06-05"}]}, ("met", ["r1"])),
        ({"from": "member:YT", "received": [{"by": "member:POL", "at": "2022-06-05"}]}, ("met", ["r1"])),
        ({"from": "YT", "received": [{"by": "standing_deputy", "at": "2022-06-05"}]}, ("met", ["r1"])),
        ({"from": "YT", "received": [{"by": "POL"}, {"by": "POL", "at": "2022-06-05"}]}, ("met", ["r1"])),
        ({"from": "YT", "received": [{"by": "leader", "at": "2022-06-05"}]}, ("missed", [])),
        ({"from": "YT", "received": [{"by": "member:TP", "at": "2022-06-05"}]}, ("missed", [])),
        ({"from": "YT", "dispatched": [{"to": "POL", "at": "2022-06-05"}]}, ("missed", [])),
        ({"from": "TP", "received": [{"by": "POL", "at": "2022-06-05"}]}, ("missed", [])),
    ],
)
def test_report_of_an_agency_is_in_when_the_channel_has_it(report: Any, told: tuple[str, list[str]]) -> None:
    others = [{"id": "r0", "kind": "agency_monthly_report", "period": "2022-06", "from": "GDDT"}]
    rows = [*others, {"id": "r1", "kind": "agency_monthly_report", "period": "2022-06", **report}]
    assert _owed(OTHER, "2022-06", "report.submit", reports=rows, reporting_agencies=["YT"]) == [told]


def test_report_up_is_done_when_its_last_recipient_is_served() -> None:
    def sent(*dispatched: tuple[str, str]) -> list[tuple[str, list[str]]]:
        rows = [
            {
                "id": f"r{number}",
                "kind": kind,
                "period": "2022-06",
                "dispatched": [{"to": to, "at": at}],
            }
            for number, ((to, at), kind) in enumerate(
                zip(dispatched, ("group_monthly_report", "consolidated_report", "consolidated_report"), strict=False),
                start=1,
            )
        ]
        return _owed(OTHER, "2022-06", "report.consolidate_and_send", reports=rows)

    assert sent(("PPC", "2022-06-20"), ("PPOL", "2022-06-21")) == [("met", ["r2", "r1"])]
    assert sent(("PPC", "2022-07-01"), ("PPOL", "2022-06-21")) == [("late", ["r2", "r1"])]
    assert sent(("PPC", "2022-06-20"), ("PPOL", "2022-06-22"), ("PPOL", "2022-06-21")) == [("met", ["r3", "r1"])]
    assert sent(("PPC", "2022-06-20"), ("PPOL", "2022-06-21"), ("PPOL", "2022-06-21")) == [("met", ["r2", "r1"])]
    assert sent(("PPOL", "2022-06-20")) == [("missed", [])]


@pytest.mark.parametrize(("via", "status"), [(None, "met"), ("TP", "met"), ("POL", "missed")])
def test_receipt_by_anybody_will_do_where_the_text_names_no_channel(via: str | None, status: str) -> None:
    charter = made_up(rule("n", "duty", "report.submit", "agency", deadline=deadline("every_month"), via=via))
    report = {"id": "r1", "kind": "agency_monthly_report", "period": "2022-06", "from": "YT"}
    rows = [{**report, "received": [{"by": "TP", "at": "2022-06-05"}]}]
    owed = owed_under(charter, "2022-06", reports=rows, reporting_agencies=["YT"])
    assert [item.status for item in owed] == [status]


@pytest.mark.parametrize(("form", "month"), [("every_month", "2022-06"), ("every_half_year", "2022-06")])
def test_paper_of_the_year_answers_within_the_year(form: str, month: str) -> None:
    charter = made_up(
        rule("n", "duty", "programme.issue", "leader", document_kinds=["programme"], deadline=deadline(form))
    )
    paper = {"id": "d1", "kind": "programme", "issued_by": "leader", "issued_at": "2022-02-05"}
    assert [item.status for item in owed_under(charter, month, documents=[paper])] == ["met"]
    assert [item.status for item in owed_under(charter, month, documents=[{**paper, "year": 2021}])] == ["missed"]


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        ({}, "met"),
        ({"from": "2022-06-10"}, "met"),
        ({"from": "2022-06-10T00:00:01+07:00"}, "missed"),
        ({"to": "2022-06-10T00:00:00+07:00"}, "met"),
        ({"to": "2022-06-09"}, "missed"),
        ({"revoked_at": "2022-06-10"}, "missed"),
        ({"revoked_at": "2022-06-10T00:00:01+07:00"}, "met"),
        ({"to_role": "deputy"}, "missed"),
        ({"id": "u2"}, "missed"),
        ({"id": None}, "missed"),
    ],
)
def test_paper_signed_for_the_leader_counts_within_the_delegation_it_names(grant: dict[str, Any], status: str) -> None:
    whole = {"id": "u1", "from_role": "leader", "to_role": "standing_deputy", **grant}
    paper = {"id": "d1", "kind": "programme", "issued_by": "standing_deputy", "issued_at": "2022-06-10"}
    for under, wanted in (("u1", status), (None, "missed")):
        rows = [{**paper, "on_behalf_of": "leader", "under": under}]
        owed = _owed(CHARTER, "2022-12", "programme.issue", documents=rows, delegations=[{"id": "u0"}, whole])
        assert [told for told, _ in owed] == [wanted]
    assert _owed(CHARTER, "2022-12", "programme.issue", documents=[{**paper, "under": "u1"}], delegations=[whole]) == [
        ("missed", [])
    ]
