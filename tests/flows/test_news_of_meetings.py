"""Whom a step of a meeting or of a written round concerns is told of it, and nobody of a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dean06.flows import attending, convening, due, presiding, written_rounds
from dean06.meetings.service import meetings
from dean06.meetings.types import Choice, NewItem, NewMeeting
from dean06.notices.models import Notice
from flows.told import followed, forget, of_kind, shut, told
from meetings.rooms import START, at, convened, prepared, room

pytestmark = pytest.mark.django_db
SAID = ("phương án sửa dữ liệu", "1.432 dòng sai lệch", "việc gấp, không tổ chức họp")


@pytest.fixture
def qn(home):
    return room("quang-ninh-2022", "qn")


def names(qn, found: dict[str, str]) -> set[str]:
    return {who for who, account in qn.accounts.items() if account in found}


def test_a_draft_is_nobodys_news_and_a_convocation_everybodys_once(qn):
    made = prepared(qn)
    with at(START - timedelta(days=5)):
        followed()
        assert not Notice.objects.exists()
        convening.approve_agenda(qn.accounts["leader"], qn.group, made.id)
        convening.convene(qn.accounts["leader"], qn.group, made.id)
        followed()
        assert names(qn, of_kind("meeting")) == {"standing_deputy", "deputy", "BHXH", "GDDT", "TCKH"}
        sentence = of_kind("meeting")[qn.accounts["BHXH"]]
        assert sentence == "Mời họp: Họp Tổ công tác tháng 6/2022, 08:00 ngày 20/06/2022, Phòng họp tầng 2."
        assert Notice.objects.filter(article="7", clause="1", point="b").count() == 5
        clerk = qn.seat("clerk").seat_id
        convening.invite_seats(qn.accounts["leader"], qn.group, made.id, [clerk], reason="ghi chép")
        followed()
        assert names(qn, of_kind("meeting")) == {"standing_deputy", "deputy", "BHXH", "GDDT", "TCKH", "clerk"}
        assert shut(qn.group) == []


def test_what_changes_after_the_convocation_is_told_to_all_who_are_invited(qn):
    made = convened(qn)
    with at(START - timedelta(days=4)):
        followed()
        forget()
        new = NewItem(title="Nội dung thêm", kind=meetings.items(made.id)[0].kind)
        convening.add_item(qn.accounts["secretariat"], qn.group, made.id, new)
        followed()
        assert names(qn, of_kind("meeting_papers")) == {"leader", "standing_deputy", "deputy", "BHXH", "GDDT", "TCKH"}
        later = NewMeeting(
            kind=made.kind,
            title=made.title,
            starts_at=START + timedelta(days=1),
            ends_at=START + timedelta(days=1, hours=2),
            place="Phòng họp tầng 3",
            chair_seat=made.chair_seat,
            secretary_seat=made.secretary_seat,
        )
        convening.change(qn.accounts["leader"], qn.group, made.id, later)
        followed()
        assert "21/06/2022, Phòng họp tầng 3" in of_kind("meeting")[qn.accounts["GDDT"]]
        forget()
        convening.call_off(qn.accounts["leader"], qn.group, made.id, "bão")
        followed()
        assert of_kind("meeting")[qn.accounts["GDDT"]].startswith("Hủy cuộc họp")
        assert qn.accounts["leader"] not in of_kind("meeting")


def test_an_absence_is_told_to_the_chair_and_its_answer_to_whoever_asked(qn):
    made = convened(qn)
    with at(START - timedelta(days=2)):
        followed()
        forget()
        attending.report_absence(qn.accounts["BHXH"], qn.group, made.id, ("leader", "đi học"))
        followed()
        assert names(qn, of_kind("absence_asked")) == {"leader"}
        assert "đi học" not in of_kind("absence_asked")[qn.accounts["leader"]]
        mine = next(one for one in meetings.invitees(made.id) if one.agency == "BHXH")
        attending.answer_absence(qn.accounts["leader"], qn.group, made.id, mine.id, consent=True)
        followed()
        ((kind, sentence),) = told(qn.accounts["BHXH"])
        assert (kind, "đồng ý cho vắng" in sentence) == ("absence_answered", True)
        assert shut(qn.group) == []


def test_reports_before_a_meeting_are_asked_of_those_who_owe_one_once(qn):
    made = convened(qn)
    with at(START - timedelta(days=3)):
        assert due.remind(qn.group) == 0
    with at(START - timedelta(days=2, hours=-1)):
        attending.file_report(qn.accounts["GDDT"], qn.group, made.id, ("Đã sửa 10 dòng.", None))
        due.remind(qn.group)
        due.remind(qn.group)
        assert "GDDT" not in names(qn, of_kind("member_report"))
        assert {"BHXH", "TCKH"} <= names(qn, of_kind("member_report"))
        assert shut(qn.group) == []
    with at(START + timedelta(hours=1)):
        forget()
        due.remind(qn.group)
        assert of_kind("member_report") == {}


def test_when_a_meeting_is_over_its_secretary_is_told_to_make_the_minutes(qn):
    made = convened(qn)
    with at(START):
        presiding.open_meeting(qn.accounts["leader"], qn.group, made.id)
    with at(START + timedelta(hours=2)):
        presiding.close(qn.accounts["leader"], qn.group, made.id)
        followed()
        assert names(qn, of_kind("minutes")) == {"secretariat"}


def asked(qn):
    with at(START):
        seats = [one.seat_id for one in convening.members(qn.group, START.date()) if one.role != "leader"]
        return written_rounds.open_round(qn.accounts["leader"], qn.group, SAID, START + timedelta(days=3), seats)


def test_a_written_round_is_asked_reminded_of_and_told_how_it_ended(qn):
    one = asked(qn)
    with at(START + timedelta(hours=1)):
        followed()
        everybody = {"standing_deputy", "deputy", "BHXH", "GDDT", "TCKH"}
        assert names(qn, of_kind("opinion_asked")) == everybody
        written_rounds.answer(qn.accounts["BHXH"], qn.group, one.id, Choice.FAVOUR, ("", None))
        assert due.remind(qn.group) == 0
    forget()
    with at(START + timedelta(days=2, hours=1)):
        due.remind(qn.group)
        due.remind(qn.group)
        assert names(qn, of_kind("opinion_asked")) == everybody - {"BHXH"}
        forget()
        written_rounds.remind(qn.accounts["leader"], qn.group, one.id)
        followed()
        assert names(qn, of_kind("opinion_asked")) == everybody - {"BHXH"}
    forget()
    with at(START + timedelta(days=4)):
        due.remind(qn.group)
        assert names(qn, of_kind("opinion_closed")) == {"leader"}
        forget()
        written_rounds.close(qn.accounts["secretariat"], qn.group, one.id)
        followed()
        assert names(qn, of_kind("opinion_closed")) == everybody | {"leader"}
        assert "1 tán thành" in of_kind("opinion_closed")[qn.accounts["GDDT"]]
        assert shut(qn.group) == []


def test_once_everybody_has_answered_whoever_asked_is_told(qn):
    one = asked(qn)
    with at(START + timedelta(hours=2)):
        for who in ("standing_deputy", "deputy", "BHXH", "GDDT", "TCKH"):
            written_rounds.answer(qn.accounts[who], qn.group, one.id, Choice.FAVOUR, ("", None))
        followed()
        assert names(qn, of_kind("opinion_closed")) == {"leader"}
