"""Fifty people at once: no ballot and no span of presence is lost, none is doubled, no two meetings get one number."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from threading import Barrier

import pytest

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import attending, convening, deciding_matters, presiding, setup
from dean06.flows.setup import Member
from dean06.meetings.models import Elector, Meeting, OpenBallot, Presence, SecretBallot
from dean06.meetings.service import meetings
from dean06.meetings.types import Choice, Kind, NewItem, NewMeeting
from harness.threads import at_once
from meetings.rooms import SINCE, START, Room, at, room

HANDS = 50


def crowd(there: Room) -> list[str]:
    """Seat as many members as there are hands."""
    accounts = [there.accounts[one] for one in ("leader", "standing_deputy", "deputy", "BHXH", "GDDT", "TCKH")]
    agencies = ["VHTT", "TP", "LDTBXH", "TNMT", "YT", "COM"]
    with at(START - timedelta(days=20)):
        for place in range(HANDS - len(accounts)):
            made = setup.open_account(there.admin, f"{there.group.slug}-{place}", None, f"Người Thứ {place}")
            accounts.append(made.public_id)
            if place < len(agencies):
                member = Member(
                    role="member",
                    agency=agencies[place],
                    holder=f"Người Thứ {place}",
                    account=made.public_id,
                    since=SINCE,
                )
                setup.seat(there.admin, there.group, member)
    return accounts


def going(there: Room):
    new = NewMeeting(
        kind=Kind.REGULAR,
        title="Họp đông người",
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        place="Hội trường",
        chair_seat=there.seat("leader").seat_id,
        secretary_seat=there.seat("secretariat").seat_id,
    )
    secretary = there.accounts["secretariat"]
    with at(START - timedelta(days=5)):
        made = convening.prepare(secretary, there.group, new)
        convening.add_item(secretary, there.group, made.id, NewItem(title="Một việc"))
        convening.convene(there.accounts["leader"], there.group, made.id)
    with at(START):
        presiding.open_meeting(secretary, there.group, made.id)
        presiding.begin_item(secretary, there.group, made.id, meetings.items(made.id)[0].id)
    return made


def together(works):
    """Run works at one moment of a clock that stands still, each in a thread of its own."""
    gate = Barrier(len(works))

    def held(work, place):
        def run():
            gate.wait()
            with clock.pinned(START + timedelta(minutes=5, milliseconds=place)):
                work()

        return run

    return at_once(*[held(work, place) for place, work in enumerate(works)])


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_mark_the_roll_and_vote_and_nothing_is_lost_or_doubled(home):
    there = room("quang-ninh-2022", "dong")
    crowd(there)
    meeting = going(there)
    people = [one for one in meetings.invitees(meeting.id) if one.votes]
    secretary, group = there.accounts["secretariat"], there.group
    marks = [people[place % len(people)].id for place in range(HANDS)]
    raised = together([lambda one=one: attending.enter(secretary, group, meeting.id, one) for one in marks])
    assert [one for one in raised if not isinstance(one, HouseError)] == []
    assert Presence.objects.count() == len(people)
    assert Presence.objects.filter(until=None).values("invitee").distinct().count() == len(people)

    with at(START + timedelta(minutes=10)):
        vote = deciding_matters.open_vote(
            secretary, group, meeting.id, meetings.items(meeting.id)[0].id, "Thông qua", secret=False
        )
    choices = [(people[place % len(people)].account, list(Choice)[place % 3]) for place in range(HANDS)]
    raised = together(
        [
            lambda who=who, choice=choice: deciding_matters.cast(who, group, meeting.id, vote.id, choice)
            for who, choice in choices
        ]
    )
    assert [one for one in raised if not isinstance(one, HouseError)] == []
    assert OpenBallot.objects.count() == Elector.objects.filter(voted=True).count() == len(people)
    said = {account: {choice for who, choice in choices if who == account} for account, _ in choices}
    seen = next(one for one in meetings.votes(meeting.id) if one.id == vote.id)
    assert all(one.choice in said[one.account] for one in seen.electors)
    with at(START + timedelta(minutes=20)):
        closed = deciding_matters.close_vote(secretary, group, meeting.id, vote.id)
    tallied = Counter(one.choice for one in seen.electors)
    assert (closed.count.favour, closed.count.against, closed.count.other) == tuple(tallied[one] for one in Choice)

    with at(START + timedelta(minutes=25)):
        box = deciding_matters.open_vote(
            secretary, group, meeting.id, meetings.items(meeting.id)[0].id, "Bầu kín", secret=True
        )
    raised = together(
        [
            lambda who=who, choice=choice: deciding_matters.cast(who, group, meeting.id, box.id, choice)
            for who, choice in choices
        ]
    )
    assert [one for one in raised if not isinstance(one, HouseError)] == []
    assert len(raised) == HANDS - len(people)
    assert SecretBallot.objects.filter(vote_id=box.id).count() == len(people)
    assert Elector.objects.filter(vote_id=box.id, voted=True).count() == len(people)


@pytest.mark.django_db(transaction=True)
def test_no_two_meetings_of_a_year_get_one_number(home):
    there = room("quang-ninh-2022", "so")
    secretary, group = there.accounts["secretariat"], there.group
    new = NewMeeting(
        kind=Kind.AD_HOC,
        title="Họp đột xuất",
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        place="Phòng họp",
        chair_seat=there.seat("leader").seat_id,
    )
    raised = together([lambda: convening.prepare(secretary, group, new, whole=False)] * 20)
    assert raised == []
    assert sorted(Meeting.objects.values_list("number", flat=True)) == list(range(1, 21))
