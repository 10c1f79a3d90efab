"""A meeting from its draft to its close, under the two districts' regulations."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dean06.charter.errors import NeedsReason
from dean06.clock.errors import BadInput
from dean06.flows import concluding, convening, deciding_matters, delegating, duties, presiding, setup, task_work
from dean06.meetings.service import meetings
from dean06.meetings.types import Choice, Kind, NewConclusion, Outcome, State
from dean06.offices.types import NewDelegation
from dean06.work.types import Said
from meetings.rooms import START, at, opened, prepared, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def qn():
    return room("quang-ninh-2022", "qn")


def test_a_meeting_goes_from_draft_to_close(qn):
    made = opened(qn)
    secretary = qn.accounts["secretariat"]
    assert (made.state, made.number, made.presiding.clauses, made.convened.clauses) == (
        State.OPEN,
        1,
        ("3.3",),
        ("3.3",),
    )
    item = meetings.items(made.id)[1]
    with at(START + timedelta(minutes=20)):
        vote = deciding_matters.open_vote(secretary, qn.group, made.id, item.id, "Thông qua phương án sửa dữ liệu")
        for who in ("leader", "standing_deputy", "deputy", "BHXH"):
            deciding_matters.cast(qn.accounts[who], qn.group, made.id, vote.id, Choice.FAVOUR)
        deciding_matters.cast(qn.accounts["GDDT"], qn.group, made.id, vote.id, Choice.AGAINST)
        closed = deciding_matters.close_vote(secretary, qn.group, made.id, vote.id)
    assert (closed.outcome, closed.count.favour, closed.count.needed, closed.cited.clauses) == (
        Outcome.CARRIED,
        4,
        4,
        ("2.1",),
    )
    (decision,) = meetings.decisions(made.id)
    assert decision.cited.clauses == ("2.1",)
    with at(START + timedelta(hours=1)):
        point = presiding.conclude(
            secretary,
            qn.group,
            made.id,
            NewConclusion(
                text="Bảo hiểm xã hội sửa xong.", item_id=item.id, agency="BHXH", due=START.date() + timedelta(days=20)
            ),
        )
        presiding.close(secretary, qn.group, made.id)
        task = concluding.assign(qn.accounts["leader"], qn.group, made.id, point.id)
    assert (task.lead, task.origin_ref, task.basis.norm) == ("BHXH", point.ref, "member.conclusions")
    assert meetings.conclusions(made.id)[0].task_id == task.id
    assert meetings.meeting_for_flow(made.id).state is State.CLOSED
    assert all(one.until is not None for who in meetings.invitees(made.id) for one in who.presence)


def test_a_meeting_convened_later_than_the_groups_rule_has_it_wants_a_reason(qn):
    leader = qn.accounts["leader"]
    made, sudden = prepared(qn), prepared(qn, kind=Kind.AD_HOC, title="Họp đột xuất")
    with at(START - timedelta(days=6)):
        setup.set_local_rule(leader, qn.group, "G-06", {"choice": "days", "days": 5})
    with at(START - timedelta(days=4)):
        convening.approve_agenda(leader, qn.group, made.id)
        with pytest.raises(NeedsReason, match="triệu tập trước 5 ngày; còn 4 ngày"):
            convening.convene(leader, qn.group, made.id)
        assert meetings.meeting_for_flow(made.id).state is State.DRAFT
        assert convening.convene(leader, qn.group, made.id, "huyện yêu cầu gấp").state is State.CONVENED
        assert convening.convene(leader, qn.group, sudden.id).state is State.CONVENED


def test_our_own_default_of_a_notice_binds_nobody(qn):
    made = prepared(qn)
    with at(START - timedelta(days=1)):
        assert convening.convene(qn.accounts["leader"], qn.group, made.id).state is State.CONVENED


def test_a_delegation_lasts_no_longer_than_the_groups_rule_lets_it(qn):
    leader = qn.accounts["leader"]
    seats = {seat: qn.seat(seat).seat_id for seat in ("leader", "standing_deputy")}
    begins = START - timedelta(days=5)

    def wanted(days: int) -> NewDelegation:
        return NewDelegation(
            from_seat=seats["leader"],
            to_seat=seats["standing_deputy"],
            since=begins,
            until=begins + timedelta(days=days),
            ground="đi công tác",
        )

    with at(START - timedelta(days=6)):
        setup.set_local_rule(leader, qn.group, "G-10", {"days": 10, "text": "bằng văn bản"})
        with pytest.raises(BadInput, match="không quá 10 ngày"):
            delegating.grant(leader, qn.group, wanted(11))
        assert delegating.grant(leader, qn.group, wanted(10))
        for wrong in (0, 400, "mười"):
            with pytest.raises(BadInput):
                setup.set_local_rule(leader, qn.group, "G-10", {"days": wrong})


def concluded(qn):
    """A point that is a task of the insurance until 10 July, and the task."""
    made = opened(qn)
    with at(START + timedelta(hours=1)):
        until = START.date() + timedelta(days=20)
        point = NewConclusion(text="Bảo hiểm xã hội sửa xong.", agency="BHXH", due=until)
        point_id = presiding.conclude(qn.accounts["secretariat"], qn.group, made.id, point).id
        return concluding.assign(qn.accounts["leader"], qn.group, made.id, point_id)


def owed(qn, action: str) -> list[str]:
    with at(START + timedelta(days=42)):
        return [one.status for one in duties.obligations(qn.group, "2022-07") if one.action == action]


def test_a_conclusion_is_carried_out_when_its_task_was_done_not_when_that_was_accepted(qn):
    task = concluded(qn)
    with at(START + timedelta(days=19)):
        done = Said(percent=100, words="Đã sửa.", finished=True)
        task_work.report(qn.accounts["BHXH"], qn.group, task.id, done)
    with at(START + timedelta(days=25)):
        task_work.accept(qn.accounts["leader"], qn.group, task.id, "Được.")
    assert owed(qn, "task.carry_out") == owed(qn, "conclusion.carry_out") == ["met"]


def test_a_conclusion_whose_task_is_called_off_is_owed_no_longer(qn):
    task = concluded(qn)
    assert owed(qn, "conclusion.carry_out") == ["missed"]
    with at(START + timedelta(days=19)):
        task_work.cancel(qn.accounts["leader"], qn.group, task.id, "Tỉnh đã làm.")
    assert owed(qn, "conclusion.carry_out") == owed(qn, "task.carry_out") == []
