"""Examples 4 and 7 of the two regulations, and their neighbours, from what was recorded to the board of duties."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dean06.clock import service as clock
from dean06.flows import attending, duties, minuting, paper_house, paper_signing, paperwork, presiding
from dean06.meetings.service import meetings
from dean06.meetings.types import Kind
from meetings.rooms import START, at, convened, invitee, room, seat_standing_member

pytestmark = pytest.mark.django_db
CASES = YAML(typ="safe").load((Path(__file__).parent / "cases" / "attendance.yaml").read_text(encoding="utf-8"))
LINES = {"QN": "quang-ninh-2022", "XT": "xuan-truong-2022"}
REASON = "quy chế để trống"
WHO = "GDDT"
LATER = datetime(2022, 7, 3, 9, tzinfo=clock.TZ)


def happen(there, meeting, what: list[str], *, consents: bool) -> None:
    """Let the member do what a case says before the meeting opens."""
    member, group, leader = there.accounts[WHO], there.group, there.accounts["leader"]
    mine = invitee(meeting, member)
    with at(START - timedelta(days=1)):
        if "report" in what:
            attending.file_report(member, group, meeting.id, ("Đã sửa 40 dòng.", None))
        if "reported" in what:
            attending.report_absence(member, group, meeting.id, ("leader", "đi học"))
        if "consented" in what and consents:
            attending.answer_absence(leader, group, meeting.id, mine.id, consent=True)
        if "substitute" in what:
            name = ("Lưu Thị Thay", "Phó Trưởng phòng")
            attending.send_substitute(member, group, meeting.id, name, reason=REASON)
        if "opinion" in what:
            attending.give_opinion(member, group, meeting.id, ("Nhất trí cả hai nội dung.", None), reason=REASON)


def sit(there, meeting, what: list[str]) -> None:
    """Let the meeting take place."""
    secretary, group = there.accounts["secretariat"], there.group
    mine = invitee(meeting, there.accounts[WHO])
    with at(START):
        presiding.open_meeting(secretary, group, meeting.id)
        for one in meetings.invitees(meeting.id):
            if one.id != mine.id:
                attending.enter(secretary, group, meeting.id, one.id)
        if "present" in what:
            attending.enter(secretary, group, meeting.id, mine.id)
        if "substitute" in what:
            attending.enter(secretary, group, meeting.id, mine.id, by_substitute=True)
    with at(START + timedelta(hours=2)):
        presiding.close(secretary, group, meeting.id)


@pytest.mark.parametrize("regulation", ["QN", "XT"])
@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_an_absence_is_judged_by_the_clauses_of_its_regulation(case, regulation):
    there = room(LINES[regulation], regulation.lower())
    meeting = convened(there)
    happen(there, meeting, case["happened"], consents=regulation == "QN")
    sit(there, meeting, case["happened"])
    closed = meetings.meeting_for_flow(meeting.id)
    stands = invitee(closed, there.accounts[WHO]).standing(closed.state)
    if regulation == "QN" or "consented" not in case["happened"]:
        assert stands.value == case["roll"]
    with at(LATER):
        found = duties.obligations(there.group, "2022-06")
    wanted = case[regulation]
    told = {
        one.action: one.status
        for one in found
        if one.bearer == f"member:{WHO}" and one.period == "HOP-01-2022" and one.action in wanted
    }
    assert told == wanted
    asked = {one.action for one in found if one.bearer == f"member:{WHO}" and one.period == "HOP-01-2022"}
    assert asked <= set(wanted) | {"member_report.prepare"}


@pytest.mark.parametrize("regulation", ["QN", "XT"])
def test_a_month_without_a_meeting_that_was_held_is_a_finding(regulation):
    """Example 7: convened is not held, and held without minutes is not held."""
    there = room(LINES[regulation], regulation.lower())
    secretary, group = there.accounts["secretariat"], there.group
    signer = seat_standing_member(there) if regulation == "QN" else there.accounts["leader"]

    def status(month: str, moment: datetime) -> str:
        with at(moment):
            (one,) = [
                each
                for each in duties.obligations(group, month)
                if each.action == "meeting.hold" and each.object_kind == Kind.REGULAR.value
            ]
        return one.status

    meeting = convened(there)
    assert status("2022-06", START + timedelta(days=1)) == "pending"
    assert status("2022-06", LATER) == "missed"
    sit(there, meeting, ["present"])
    assert status("2022-06", LATER) == "missed"
    with at(START + timedelta(hours=3)):
        minutes = minuting.make(secretary, group, meeting.id, "minutes").paper
        if paper_signing.GATE in paper_house.charter(group).index.tables:
            paperwork.appraise(there.accounts["deputy"], group, minutes.id, "Đúng.", agrees=True)
        paper_signing.issue_by_hand(signer, group, minutes.id, reason=REASON)
    assert status("2022-06", LATER) == "met"
    assert status("2022-07", datetime(2022, 8, 2, 9, tzinfo=clock.TZ)) == "missed"
