"""Written rounds counted by the rule, and calendars that follow what happens to a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from dean06.charter.errors import NeedsReason
from dean06.clock.errors import BadInput
from dean06.flows import calendar_feeds, convening, duties, setup, written_rounds
from dean06.meetings.models import Feed
from dean06.meetings.service import calendars, meetings
from dean06.meetings.types import Choice, Kind, NewMeeting, Outcome
from dean06.offices import service as offices
from meetings.rooms import SINCE, START, at, convened, room

pytestmark = pytest.mark.django_db
SAID = ("thông qua phương án sửa dữ liệu", "1.432 dòng sai lệch", "việc gấp, không tổ chức họp")


@pytest.fixture
def qn():
    return room("quang-ninh-2022", "qn")


def asked(qn, **rules):
    for gap, value in rules.items():
        with at(START - timedelta(days=10)):
            setup.set_local_rule(qn.accounts["leader"], qn.group, gap.replace("_", "-"), value)
    with at(START):
        seats = [one.seat_id for one in convening.members(qn.group, START.date()) if one.role != "leader"]
        return written_rounds.open_round(qn.accounts["leader"], qn.group, SAID, START + timedelta(days=3), seats)


def answers(qn, found, said: dict[str, Choice]) -> None:
    with at(START + timedelta(hours=1)):
        for who, choice in said.items():
            words = ("" if choice is Choice.FAVOUR else "chưa đủ số liệu", None)
            written_rounds.answer(qn.accounts[who], qn.group, found.id, choice, words)


@pytest.mark.parametrize(
    ("silence", "outcome"),
    [("not_counted", Outcome.TIED), ("agrees", Outcome.CARRIED), ("disagrees", Outcome.REJECTED)],
)
def test_silence_counts_as_the_local_rule_says(qn, silence, outcome):
    found = asked(qn, G_04={"choice": silence, "days": 3})
    answers(qn, found, {"GDDT": Choice.FAVOUR, "BHXH": Choice.AGAINST})
    with at(START + timedelta(days=4)):
        closed = written_rounds.close(qn.accounts["secretariat"], qn.group, found.id)
    assert (closed.outcome, closed.silent) == (outcome, 3)
    rule = next(one for one in closed.rules if one.gap == "G-04")
    assert (rule.choice, rule.source) == (silence, "local")


def test_a_round_closes_early_once_all_have_answered_and_not_before(qn):
    found = asked(qn)
    answers(qn, found, {"standing_deputy": Choice.FAVOUR})
    with at(START + timedelta(hours=2)), pytest.raises(BadInput, match="chờ hết hạn"):
        written_rounds.close(qn.accounts["secretariat"], qn.group, found.id)
    answers(qn, found, dict.fromkeys(("deputy", "BHXH", "GDDT", "TCKH"), Choice.FAVOUR))
    with at(START + timedelta(hours=3)):
        closed = written_rounds.close(qn.accounts["secretariat"], qn.group, found.id)
    assert (closed.outcome, closed.count.favour) == (Outcome.CARRIED, 5)


def test_an_answer_may_change_until_the_end_and_not_after(qn):
    found = asked(qn)
    answers(qn, found, {"BHXH": Choice.AGAINST})
    with at(START + timedelta(hours=5)):
        written_rounds.answer(qn.accounts["BHXH"], qn.group, found.id, Choice.FAVOUR, ("", None))
    mine = meetings.round_for_flow(found.id).own(qn.accounts["BHXH"])
    assert (mine.choice, mine.answered_at, mine.changed_at) == (
        Choice.FAVOUR,
        START + timedelta(hours=1),
        START + timedelta(hours=5),
    )
    with at(found.closes_at), pytest.raises(BadInput, match="hết hạn"):
        written_rounds.answer(qn.accounts["BHXH"], qn.group, found.id, Choice.OTHER, ("khác", None))


def test_who_is_not_asked_gives_no_opinion_and_disagreement_wants_its_reason(qn):
    found = asked(qn)
    with at(START + timedelta(hours=1)):
        with pytest.raises(BadInput, match="không được hỏi"):
            written_rounds.answer(qn.accounts["secretariat"], qn.group, found.id, Choice.FAVOUR, ("", None))
        with pytest.raises(BadInput, match="ghi lý do"):
            written_rounds.answer(qn.accounts["BHXH"], qn.group, found.id, Choice.AGAINST, ("", None))


def test_the_duty_to_answer_is_met_late_never_and_missed_by_who_was_silent(qn):
    found = asked(qn)
    answers(qn, found, {"BHXH": Choice.FAVOUR})
    with at(START + timedelta(days=5)):
        told = {
            one.bearer: one.status
            for one in duties.obligations(qn.group, "2022-06")
            if one.action == "written_opinion.give"
        }
    assert told["member:BHXH"] == "met"
    assert told["member:GDDT"] == "missed"


def test_only_whom_the_house_rules_name_open_a_round(qn):
    with at(START):
        seats = [one.seat_id for one in convening.members(qn.group, START.date())]
        with pytest.raises(NeedsReason):
            written_rounds.open_round(qn.accounts["BHXH"], qn.group, SAID, START + timedelta(days=3), seats)


# ------------------------------------------------------------------ calendars


def events(content: bytes):
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_follows_a_move_and_shows_what_was_called_off(qn):
    meeting = convened(qn)
    with at(START - timedelta(days=4)):
        token = calendar_feeds.make(offices.viewer(qn.accounts["BHXH"], SINCE), qn.group, of_group=False)
        first = events(Client().get(f"/lich/{token}.ics").content)[0]
        moved = NewMeeting(
            kind=Kind.REGULAR,
            title=meeting.title,
            starts_at=START + timedelta(hours=3),
            ends_at=START + timedelta(hours=5),
            place="Hội trường, tầng 3",
            chair_seat=meeting.chair_seat,
            secretary_seat=meeting.secretary_seat,
        )
    with at(START - timedelta(days=3)):
        convening.change(qn.accounts["leader"], qn.group, meeting.id, moved)
        second = events(Client().get(f"/lich/{token}.ics").content)[0]
    with at(START - timedelta(days=2)):
        convening.call_off(qn.accounts["leader"], qn.group, meeting.id, "trùng kỳ họp Hội đồng")
        third = events(Client().get(f"/lich/{token}.ics").content)[0]
    assert str(first["uid"]) == str(second["uid"]) == str(third["uid"])
    assert [int(one["sequence"]) for one in (first, second, third)] == [0, 1, 2]
    assert [str(one["status"]) for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second.decoded("dtstart") == START + timedelta(hours=3)
    assert str(second["location"]) == "Hội trường, tầng 3"


def test_an_address_is_kept_as_its_digest_alone_and_opens_nothing_once_revoked(qn):
    convened(qn)
    with at(START - timedelta(days=4)):
        token = calendar_feeds.make(offices.viewer(qn.accounts["BHXH"], SINCE), qn.group, of_group=False)
        (row,) = Feed.objects.all()
        assert token not in str(row.__dict__)
        assert len(token) >= 32
        with pytest.raises(BadInput):
            calendar_feeds.revoke(qn.accounts["GDDT"], qn.group, row.pk)
        calendar_feeds.revoke(qn.accounts["BHXH"], qn.group, row.pk)
        assert Client().get(f"/lich/{token}.ics").status_code == 404
        assert Client().get("/lich/khong-co.ics").status_code == 404
    assert calendars.meetings_of(token) is None


def test_a_persons_calendar_holds_only_meetings_they_are_invited_to(qn):
    meeting = convened(qn)
    with at(START - timedelta(days=4)):
        own = calendar_feeds.make(offices.viewer(qn.accounts["clerk"], SINCE), qn.group, of_group=False)
        whole = calendar_feeds.make(offices.viewer(qn.accounts["leader"], SINCE), qn.group, of_group=True)
        assert events(Client().get(f"/lich/{own}.ics").content) == []
        (one,) = events(Client().get(f"/lich/{whole}.ics").content)
    assert str(one["summary"]) == meeting.title
