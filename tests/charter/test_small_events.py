"""Small made-up regulations, one duty by event or two each: what a meeting asks of those who come and stay away."""

from __future__ import annotations

from typing import Any

import pytest

from charter.case_files import deadline, made_up, owed_under, rule
from dean06.charter.types import Obligation


def _told(items: list[Obligation]) -> list[tuple[str, str, str | None]]:
    return [(item.bearer, item.period, item.due_before.isoformat()[:10] if item.due_before else None) for item in items]


def _by_event(action: str, *bearers: str, **more: Any) -> dict[str, Any]:
    return rule(f"on.{action}", "duty", action, *bearers, **{"deadline": deadline("each_event"), **more})


MEETING = {"id": "m1", "kind": "regular", "opened_at": "2022-06-20T08:00:00+07:00", "presided_by": "leader"}


@pytest.mark.parametrize("form", ["each_event", "before_event", "task_due", "timely"])
def test_duty_by_event_has_one_of_four_deadlines(form: str) -> None:
    charter = made_up(_by_event("meeting_content.prepare", "secretariat", "member:YT", deadline=deadline(form)))
    owed = owed_under(charter, "2022-06", meetings=[MEETING])
    assert _told(owed) == [("secretariat", "m1", "2022-06-20"), ("member:YT", "m1", "2022-06-20")]
    assert [item.status for item in owed] == ["missed", "missed"]
    other = made_up(_by_event("meeting_content.prepare", "secretariat", deadline=deadline("none")))
    assert owed_under(other, "2022-06", meetings=[MEETING]) == []


@pytest.mark.parametrize(
    ("as_of", "done", "status"),
    [
        ("2022-06-20T07:59:59+07:00", None, None),
        ("2022-06-20T08:00:00+07:00", None, "missed"),
        ("2022-06-20T08:00:00+07:00", "2022-06-20T07:59:59+07:00", "met"),
        ("2022-06-20T08:00:00+07:00", "2022-06-20T08:00:00+07:00", "late"),
        ("2022-06-20T08:00:00+07:00", "2022-06-20T08:00:01+07:00", "missed"),
    ],
)
def test_what_a_meeting_asks_for_is_judged_from_its_opening(as_of: str, done: str | None, status: str | None) -> None:
    charter = made_up(_by_event("meeting_content.prepare", "secretariat"))
    owed = owed_under(charter, "2022-06", as_of=as_of, meetings=[{**MEETING, "content_report_at": done}])
    assert [item.status for item in owed] == ([status] if status else [])
    assert [item.satisfied_by for item in owed] == ([("m1",) if status in ("met", "late") else ()] if status else [])


def test_duty_by_event_that_is_met_dormant_or_open_names_its_record_as_it_stands() -> None:
    task = {"id": "t1", "bearer": "deputy", "assigned_by": "leader", "due_at": "2022-06-10", "done_at": "2022-06-09"}
    for as_of, more, told in (
        ("2022-07-01", {}, ("met", ("t1",))),
        ("2022-06-08", {}, ("pending", ())),
        ("2022-06-10", {"dormant": "Đã xong."}, ("dormant", ("t1",))),
    ):
        owed = owed_under(made_up(_by_event("task.carry_out", "deputy", **more)), "2022-06", as_of=as_of, tasks=[task])
        assert [(item.status, item.satisfied_by) for item in owed] == [told]


def test_task_is_owed_from_the_midnight_of_its_day_as_missed() -> None:
    task = {"id": "t1", "bearer": "deputy", "assigned_by": "leader", "due_at": "2022-06-10"}
    charter = made_up(_by_event("task.carry_out", "deputy"))
    for as_of, status in (("2022-06-09T23:59:59+07:00", "pending"), ("2022-06-10", "missed")):
        assert [item.status for item in owed_under(charter, "2022-06", as_of=as_of, tasks=[task])] == [status]


def test_duty_that_two_clauses_say_is_cited_with_both_and_shown_as_the_first() -> None:
    one = _by_event(
        "written_opinion.give", "member", cite="8.2", recipients=["leader"], via="secretariat", gaps=["G-04"]
    )
    two = {**one, "key": "two", "cite": "8.3", "recipients": ["secretariat", "leader"], "via": None, "gaps": []}
    asked = {"id": "w1", "opened_at": "2022-06-01", "closes_at": "2022-06-08", "members": ["member:YT"]}
    (owed,) = owed_under(made_up(one, two), "2022-06", written_rounds=[asked])
    assert (owed.norm, [cite.dotted for cite in owed.citations]) == ("on.written_opinion.give", ["8.2", "8.3"])
    assert (owed.recipients, owed.via, owed.gaps) == (("leader", "secretariat"), "secretariat", ("G-04",))
    assert owed.object_kind is None


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"document_kinds": ["written_opinion"], "meeting_kinds": ["regular"]}, "written_opinion"),
        ({"meeting_kinds": ["regular", "ad_hoc"]}, "regular"),
        ({}, None),
    ],
)
def test_object_of_a_duty_by_event_is_its_first_paper_or_meeting(more: dict[str, Any], kind: str | None) -> None:
    asked = {"id": "w1", "opened_at": "2022-06-01", "closes_at": "2022-06-08", "members": ["member:YT"]}
    (owed,) = owed_under(
        made_up(_by_event("written_opinion.give", "member", **more)), "2022-06", written_rounds=[asked]
    )
    assert owed.object_kind == kind


ABSENT = {
    "member": "member:YT",
    "present": False,
    "absence_reported": {"to": "leader", "at": "2022-06-18"},
    "consent": {"by": "leader", "at": "2022-06-18", "given": True},
    "substitute": {"name": "người thay", "written_opinion_at": "2022-06-19"},
}
ATTEND = _by_event("meeting.attend", "member", cite="8.1")
REPORT = _by_event("absence.report", "member", cite="8.2", recipients=["leader"])
CONSENT = _by_event("meeting.consent_absence", "member", cite="8.3")
SEND = _by_event("substitute.send", "member", cite="8.4")
OPINION = _by_event("substitute.give_opinion", "member", cite="8.5")


def _absent(*norms: dict[str, Any], meeting: dict[str, Any] | None = None, **row: Any) -> dict[str, str]:
    whole = {**MEETING, **(meeting or {}), "attendance": [{**ABSENT, **row}]}
    return {item.action: item.status for item in owed_under(made_up(*norms), "2022-06", meetings=[whole])}


def test_absence_that_meets_every_condition_is_excused_under_their_clauses() -> None:
    charter = made_up(ATTEND, REPORT, CONSENT, SEND, OPINION)
    owed = owed_under(charter, "2022-06", meetings=[{**MEETING, "attendance": [ABSENT]}])
    assert [(item.action, item.status, item.bearer, item.satisfied_by) for item in owed] == [
        ("meeting.attend", "excused", "member:YT", ("m1",)),
        ("absence.report", "met", "member:YT", ("m1",)),
        ("meeting.consent_absence", "met", "member:YT", ("m1",)),
        ("substitute.send", "met", "member:YT", ("m1",)),
        ("substitute.give_opinion", "met", "member:YT", ("m1",)),
    ]
    assert [cite.dotted for cite in owed[0].citations] == ["8.1", "8.2", "8.3", "8.4", "8.5"]
    assert {item.period for item in owed} == {"m1"}


def test_absence_that_the_text_does_not_provide_for_is_missed() -> None:
    assert _absent(ATTEND) == {"meeting.attend": "missed"}
    assert _absent(ATTEND, present=True) == {"meeting.attend": "met"}
    assert _absent(REPORT) == {"absence.report": "met"}


def test_present_member_owes_nothing_that_the_absent_owe() -> None:
    assert _absent(ATTEND, REPORT, CONSENT, SEND, OPINION, present=True) == {"meeting.attend": "met"}


@pytest.mark.parametrize(
    ("consent", "meeting", "status"),
    [
        ({"by": "leader", "at": "2022-06-18", "given": True}, {}, "met"),
        ({"by": "chair_of_meeting", "at": "2022-06-18", "given": True}, {}, "met"),
        ({"by": "deputy", "at": "2022-06-18", "given": True}, {}, "missed"),
        ({"by": "deputy", "at": "2022-06-18", "given": True}, {"presided_by": "deputy"}, "met"),
        ({"by": "deputy", "at": "2022-06-18", "given": True}, {"presided_by": None}, "met"),
        ({"at": "2022-06-18", "given": True}, {}, "missed"),
        ({"by": "leader", "at": "2022-06-20T08:00:00+07:00", "given": True}, {}, "missed"),
        ({"by": "leader", "at": "2022-06-20T07:59:59+07:00", "given": True}, {}, "met"),
        ({"by": "leader", "at": "2022-06-18", "given": False}, {}, "missed"),
        ({"by": "leader", "at": "2022-06-18"}, {}, "missed"),
        ({"by": "leader", "given": True}, {}, "missed"),
        (None, {}, "missed"),
    ],
)
def test_consent_is_that_of_who_presides_before_the_opening(consent: Any, meeting: Any, status: str) -> None:
    assert _absent(CONSENT, meeting=meeting, consent=consent) == {"meeting.consent_absence": status}


@pytest.mark.parametrize(
    ("recipients", "reported", "status"),
    [
        (["leader"], {"to": "leader", "at": "2022-06-18"}, "met"),
        (["leader"], {"to": "deputy", "at": "2022-06-18"}, "missed"),
        (["leader", "chair_of_meeting"], {"to": "leader", "at": "2022-06-18"}, "met"),
        (["chair_of_meeting"], {"to": "leader", "at": "2022-06-18"}, "met"),
        (["chair_of_meeting"], {"to": "deputy", "at": "2022-06-18"}, "missed"),
        ([], {"to": "leader", "at": "2022-06-18"}, "met"),
        (["leader"], {"to": "leader", "at": "2022-06-20T08:00:00+07:00"}, "missed"),
        (["leader"], {"to": "leader", "at": "2022-06-20T07:59:59+07:00"}, "met"),
        (["leader"], {"to": "leader"}, "missed"),
        (["leader"], None, "missed"),
    ],
)
def test_absence_is_reported_before_the_opening_to_whom_the_text_names(
    recipients: list[str], reported: Any, status: str
) -> None:
    told = _absent({**REPORT, "recipients": recipients}, absence_reported=reported)
    assert told == {"absence.report": status}


@pytest.mark.parametrize(
    ("substitute", "sent", "opinion"),
    [
        ({"name": "người thay", "written_opinion_at": "2022-06-20T07:59:59+07:00"}, "met", "met"),
        ({"name": "người thay", "written_opinion_at": "2022-06-20T08:00:00+07:00"}, "met", "missed"),
        ({"name": "người thay", "responsible": True}, "met", "missed"),
        ({"name": "người thay", "responsible": False}, "missed", "missed"),
        ({"responsible": True}, "missed", "missed"),
        (None, "missed", None),
    ],
)
def test_substitute_is_named_and_responsible_and_gives_a_written_opinion(
    substitute: Any, sent: str, opinion: str | None
) -> None:
    told = _absent(SEND, OPINION, substitute=substitute)
    assert (told["substitute.send"], told.get("substitute.give_opinion")) == (sent, opinion)


def test_report_of_a_member_is_filed_before_the_opening() -> None:
    norm = _by_event("member_report.prepare", "member")
    for filed, status in (
        ("2022-06-20T07:59:59+07:00", "met"),
        ("2022-06-20T08:00:00+07:00", "late"),
        (None, "missed"),
    ):
        for present in (True, False):
            told = _absent(norm, present=present, report_filed_at=filed)
            assert told == {"member_report.prepare": status}


def test_meeting_that_is_no_meeting_of_this_month_hides_none_behind_it() -> None:
    charter = made_up(_by_event("meeting_content.prepare", "secretariat"))
    meetings = [
        {"id": "m0"},
        {**MEETING, "id": "m2", "opened_at": "2022-05-20"},
        {**MEETING, "id": "m3", "kind": "working_session"},
        {**MEETING, "id": "m4", "opened_at": "2024-06-20"},
        MEETING,
    ]
    assert [item.period for item in owed_under(charter, "2022-06", meetings=meetings)] == ["m1"]
