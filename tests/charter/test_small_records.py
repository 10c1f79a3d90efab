"""Small made-up regulations, one duty by event or two each: papers, matters, tasks, conclusions and rounds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from charter.case_files import deadline, made_up, owed_under, rule
from dean06.charter import service


def _by_event(action: str, *bearers: str, **more: Any) -> dict[str, Any]:
    return rule(f"on.{action}", "duty", action, *bearers, **{"deadline": deadline("each_event"), **more})


MEETING = {"id": "m1", "kind": "regular", "opened_at": "2022-06-20T08:00:00+07:00", "presided_by": "leader"}


@pytest.mark.parametrize(
    ("bearer", "by", "status"),
    [
        ("member:OFF", "OFF", "met"),
        ("member:OFF", "member:OFF", "met"),
        ("member:OFF", "deputy", "met"),
        ("member:OFF", "deputy:YT", "met"),
        ("member:OFF", "member:YT", "missed"),
        ("member:OFF", "member", "missed"),
        ("member:OFF", "commune_chair", "missed"),
        ("member:OFF", None, "missed"),
        ("secretariat", "secretariat", "met"),
        ("secretariat", "member:OFF", "missed"),
        ("secretariat", "YT", "missed"),
        ("secretariat", None, "missed"),
    ],
)
def test_paper_is_appraised_by_the_one_whom_the_text_names(bearer: str, by: str | None, status: str) -> None:
    charter = made_up(_by_event("appraisal.perform", bearer))
    paper = {
        "id": "d1",
        "kind": "plan",
        "submitted_to_chair_at": "2022-06-10",
        "appraised": {"by": by, "at": "2022-06-09"},
    }
    assert [(item.bearer, item.status) for item in owed_under(charter, "2022-06", documents=[paper])] == [
        (bearer, status)
    ]


def test_grave_matter_is_brought_up_by_the_one_who_settles_it() -> None:
    charter = made_up(_by_event("matter.escalate", "deputy", "standing_deputy"))
    grave = {"important": True, "settled_at": "2022-06-10", "escalated_at": "2022-06-09"}
    matters = [
        {"id": "v0", **grave},
        {"id": "v1", **grave, "settled_by": "standing_deputy"},
        {"id": "v2", **grave, "settled_by": "leader"},
        {"id": "v3", **grave, "settled_by": "deputy", "escalated_at": "2022-06-10"},
        {"id": "v4", "settled_by": "deputy", "settled_at": "2022-06-10"},
        {"id": "v5", "settled_by": "deputy", "settled_at": "2022-06-10", "exceeds_competence": True},
        {"id": "v6", **grave, "settled_by": "deputy", "settled_at": "2022-07-01"},
    ]
    owed = owed_under(charter, "2022-06", matters=matters)
    assert [(item.period, item.bearer, item.status, item.satisfied_by) for item in owed] == [
        ("v1", "standing_deputy", "met", ("v1",)),
        ("v3", "deputy", "late", ("v3",)),
        ("v5", "deputy", "missed", ()),
    ]


@pytest.mark.parametrize(
    ("when", "by", "owed"),
    [
        ([["task.assigned_by_leader"]], "leader", True),
        ([["task.assigned_by_leader"]], "deputy", False),
        ([["task.assigned_by_leadership"]], "leader", True),
        ([["task.assigned_by_leadership"]], "standing_deputy", True),
        ([["task.assigned_by_leadership"]], "deputy", True),
        ([["task.assigned_by_leadership"]], "member", False),
        ([["task.assigned_by_leader", "delegation.covers_date_and_scope"]], "leader", True),
        ([["task.assigned_by_leader"], ["matter.is_routine"]], "leader", False),
        ([["matter.is_routine"]], "leader", False),
        ([], "member", True),
    ],
)
def test_task_binds_by_who_gave_it(when: list[list[str]], by: str, owed: bool) -> None:  # noqa: FBT001  a table's column
    task = {"id": "t1", "bearer": "member:YT", "assigned_by": by, "due_at": "2022-06-10"}
    charter = made_up(_by_event("task.carry_out", "member", when=when))
    assert [item.period for item in owed_under(charter, "2022-06", tasks=[task])] == (["t1"] if owed else [])


@pytest.mark.parametrize(
    ("bearers", "who", "key"),
    [
        (("member:YT", "member:TP"), "member:TP", "second"),
        (("member:YT", "member"), "member:TP", "second"),
        (("member", "member:TP"), "member:TP", "first"),
        (("deputy", "member"), "deputy", "first"),
        (("standing_member", "member"), "deputy", "second"),
        (("leader", "leader"), "member:TP", None),
        (("leader", "member"), "leader", "first"),
        (("member", "leader"), "leader", "second"),
        (("member:YT", "agency:TP"), "agency", None),
    ],
)
def test_task_is_owed_under_the_first_clause_that_reaches_its_bearer(
    bearers: tuple[str, str], who: str, key: str | None
) -> None:
    norms = [
        {**_by_event("task.carry_out", bearer), "key": name}
        for bearer, name in zip(bearers, ("first", "second"), strict=True)
    ]
    task = {"id": "t1", "bearer": who, "assigned_by": "leader", "due_at": "2022-06-10"}
    assert [item.norm for item in owed_under(made_up(*norms), "2022-06", tasks=[task])] == ([key] if key else [])


def test_clause_on_several_reaches_each_of_them_and_nobody_else() -> None:
    charter = made_up(_by_event("task.carry_out", "member:YT", "member:TP", "leader"))
    tasks = [
        {"id": who, "bearer": who, "assigned_by": "leader", "due_at": "2022-06-10"}
        for who in ("member:TP", "leader", "member:YT", "member:GDDT", "secretariat")
    ]
    owed = owed_under(charter, "2022-06", tasks=tasks)
    assert [item.bearer for item in owed] == ["member:TP", "leader", "member:YT"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"assigned_at": "2022-06-01"}, ("pending", None)),
        ({"assigned_at": "2022-06-01", "done_at": "2022-06-05"}, ("met", None)),
        ({"assigned_at": "2022-06-01", "done_at": "2022-06-05", "accepted": True}, ("met", None)),
        ({"assigned_at": "2022-06-01", "done_at": "2022-06-05", "accepted": False}, ("pending", None)),
        ({"due_at": "2022-06-10", "done_at": "2022-06-10"}, ("late", "2022-06-10")),
        ({"assigned_at": "2022-05-01", "due_at": "2022-06-10"}, ("missed", "2022-06-10")),
        ({"assigned_at": "2022-06-01", "due_at": "2022-07-10"}, None),
        ({"assigned_at": "2022-06-01", "due_at": "2022-07-01"}, ("missed", "2022-07-01")),  # till the end of 30 June
        ({"assigned_at": "2022-05-01", "due_at": "2022-06-01"}, None),
        ({"assigned_at": "2022-05-31"}, None),
        ({}, None),
    ],
)
def test_task_lies_in_the_month_of_its_day_or_of_its_giving(more: dict[str, Any], told: Any) -> None:
    behind = {"id": "t2", "bearer": "deputy", "due_at": "2022-06-11"}
    owed = owed_under(
        made_up(_by_event("task.carry_out", "deputy")),
        "2022-06",
        tasks=[{"id": "t1", "bearer": "deputy", **more}, behind],
    )
    stands = [(item.status, item.due_before and item.due_before.isoformat()[:10]) for item in owed]
    assert stands == ([told] if told else []) + [("missed", "2022-06-11")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"due_at": "2022-06-15"}, "missed"),
        ({"due_at": "2022-06-15", "done": [{"agency": "YT", "at": "2022-06-14"}]}, "met"),
        ({"due_at": "2022-06-15", "done": [{"agency": "YT", "at": "2022-06-15"}]}, "late"),
        ({"due_at": "2022-06-15", "done": [{"agency": "YT", "at": f"2022-06-{day}"} for day in (20, 10)]}, "met"),
        ({"due_at": "2022-06-15", "done": [{"agency": "TP", "at": "2022-06-14"}]}, "missed"),
        ({"due_at": "2022-06-15", "done": [{"agency": "YT"}]}, "missed"),
        ({"at": "2022-06-15"}, "pending"),
        ({"at": "2022-05-15", "due_at": "2022-06-15"}, "missed"),
        ({"at": "2022-06-15", "due_at": "2022-07-15"}, None),
        ({"at": "2022-06-15", "due_at": "2022-07-01"}, "missed"),
        ({"at": "2022-05-15", "due_at": "2022-06-01"}, None),
        ({}, None),
    ],
)
def test_conclusion_is_carried_out_by_each_agency_it_concerns(more: dict[str, Any], told: str | None) -> None:
    charter = made_up(_by_event("conclusion.carry_out", "member"))
    rows = [{"id": "k0", "concerns": ["YT"], **more}, {"id": "k1", "concerns": ["TP", "YT"], "due_at": "2022-06-20"}]
    owed = [(item.bearer, item.period, item.status) for item in owed_under(charter, "2022-06", conclusions=rows)]
    first = [("member:YT", "k0", told)] if told else []
    assert owed == [*first, ("member:TP", "k1", "missed"), ("member:YT", "k1", "missed")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"closes_at": "2022-06-08"}, "missed"),
        ({"closes_at": "2022-06-08", "opinions": [{"member": "member:YT", "at": "2022-06-07"}]}, "met"),
        ({"closes_at": "2022-06-08", "opinions": [{"member": "member:YT", "at": "2022-06-08"}]}, "late"),
        (
            {"closes_at": "2022-06-08", "opinions": [{"member": "member:YT", "at": f"2022-06-0{n}"} for n in (9, 7)]},
            "met",
        ),
        ({"closes_at": "2022-06-08", "opinions": [{"member": "member:TP", "at": "2022-06-07"}]}, "missed"),
        ({"opened_at": "2022-06-08"}, "pending"),
        ({"opened_at": "2022-05-30", "closes_at": "2022-06-08"}, "missed"),
        ({"opened_at": "2022-06-08", "closes_at": "2022-07-08"}, None),
        ({}, None),
    ],
)
def test_opinion_is_owed_by_each_member_asked(more: dict[str, Any], told: str | None) -> None:
    charter = made_up(_by_event("written_opinion.give", "member"))
    behind = {"id": "w1", "members": ["leader", "member:YT"], "closes_at": "2022-06-20"}
    rows = [{"id": "w0", "members": ["member:YT"], **more}, behind]
    owed = [(item.bearer, item.period, item.status) for item in owed_under(charter, "2022-06", written_rounds=rows)]
    first = [("member:YT", "w0", told)] if told else []
    assert owed == [*first, ("leader", "w1", "missed"), ("member:YT", "w1", "missed")]


def test_difficulty_is_reported_by_its_finder_and_settled_under_the_last_clause() -> None:
    timely = deadline("timely")
    charter = made_up(
        _by_event("issue.report", "member", deadline=timely),
        _by_event("issue.settle", "leader", deadline=timely),
        {**_by_event("issue.settle", "group", deadline=timely, cite="9.6"), "key": "last"},
    )
    issues = [
        {"id": "i0"},
        {"id": "i2", "arose_at": "2022-05-03"},
        {"id": "i1", "raised_by": "member:TP", "arose_at": "2022-06-03"},
    ]
    owed = owed_under(charter, "2022-06", issues=issues)
    assert [(item.norm, item.bearer, item.period, item.status, item.due_before) for item in owed] == [
        ("on.issue.report", "member:TP", "i1", "not_testable", None),
        ("last", "group", "i1", "not_testable", None),
    ]
    assert [item.satisfied_by for item in owed] == [(), ()]
    assert [cite.dotted for cite in owed[1].citations] == ["9.6"]


def test_event_before_the_text_binds_is_owed_nothing() -> None:
    charter = made_up(_by_event("meeting_content.prepare", "secretariat"), in_force={"from": "2022-06-20", "to": None})
    days = [
        {**MEETING, "id": opened, "opened_at": datetime.fromisoformat(opened).isoformat()}
        for opened in ("2022-06-20T00:00:00+07:00", "2022-06-20T00:00:01+07:00")
    ]
    assert [item.period for item in owed_under(charter, "2022-06", meetings=days)] == ["2022-06-20T00:00:01+07:00"]


@pytest.mark.parametrize(
    ("package", "lead", "by", "told"),
    [
        ("xuan-truong-2022", "POL", "leader", ("standing_deputy", "4.1")),  # its chief sits by his post
        ("xuan-truong-2022", "OFF", "leader", ("deputy", "5.4")),
        ("xuan-truong-2022", "POL", "standing_deputy", None),
        ("xuan-truong-2022", "TP", "leader", None),
        ("quang-ninh-2022", "POL", "leader", ("standing_deputy", "4.1")),  # the police send no plain member
        ("quang-ninh-2022", "POL", "deputy", ("standing_member", "6.4")),
        ("quang-ninh-2022", "OFF", "leader", ("member:OFF", "7.1.e")),  # an officer sits there beside the chief
        ("quang-ninh-2022", "TP", "standing_deputy", ("member:TP", "7.1.e")),
        ("quang-ninh-2022", "PC", "leader", ("member:PC", "7.1.e")),
    ],
)
def test_a_task_of_an_agency_is_owed_by_whoever_sits_for_it(
    package: str, lead: str, by: str, told: tuple[str, str] | None
) -> None:
    task = {"id": "t1", "bearer": f"member:{lead}", "assigned_by": by, "due_at": "2022-06-10"}
    adopted = {"number": "1/QĐ", "signed_on": "2022-05-01", "confirmed_by": ["a", "b"]}
    owed = owed_under(service.load(package), "2022-06", tasks=[task], adoption=adopted)
    found = [(item.bearer, item.citations[0].dotted) for item in owed if item.action == "task.carry_out"]
    assert found == ([told] if told else [])
