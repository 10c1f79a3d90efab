"""Votes: one ballot a seat, the roll frozen, substitutes as the rule says, secret ballots joined to no name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock.errors import BadInput
from dean06.flows import attending, deciding_matters, minuting, presiding, setup
from dean06.meetings import voting
from dean06.meetings.models import Elector, OpenBallot, SecretBallot
from dean06.meetings.service import meetings
from dean06.meetings.types import Choice, Mode, Outcome, Upload
from meetings.rooms import START, at, invitee, opened, room

pytestmark = pytest.mark.django_db
SCAN = Upload(sha256="a" * 64, suffix="pdf", name="phieu.pdf")
REASON = "quy chế để trống"


@pytest.fixture
def qn():
    return room("quang-ninh-2022", "qn")


@pytest.fixture
def going(qn):
    with at(START - timedelta(days=10)):
        setup.set_local_rule(qn.accounts["leader"], qn.group, "G-01", {"choice": "all"})
    return opened(qn)


def vote_on(qn, meeting, **how):
    item = meetings.items(meeting.id)[1]
    return deciding_matters.open_vote(qn.accounts["secretariat"], qn.group, meeting.id, item.id, "Thông qua", **how)


def cast(qn, meeting, vote, who: str, choice: Choice) -> None:
    deciding_matters.cast(qn.accounts[who], qn.group, meeting.id, vote.id, choice)


def shut(qn, meeting, vote):
    return deciding_matters.close_vote(qn.accounts["secretariat"], qn.group, meeting.id, vote.id)


def test_a_ballot_may_change_until_the_vote_closes_and_counts_once(qn, going):
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going)
        cast(qn, going, vote, "leader", Choice.FAVOUR)
    with at(START + timedelta(minutes=6)):
        cast(qn, going, vote, "leader", Choice.AGAINST)
        closed = shut(qn, going, vote)
        assert (closed.count.favour, closed.count.against, closed.outcome) == (0, 1, Outcome.REJECTED)
        with pytest.raises(BadInput, match="đã chốt"):
            cast(qn, going, vote, "leader", Choice.FAVOUR)
    assert OpenBallot.objects.count() == 1


def test_the_rule_is_printed_with_its_source(qn, going):
    with at(START + timedelta(minutes=5)):
        rules = {one.gap: one for one in vote_on(qn, going).rules}
    assert (rules["G-01"].choice, rules["G-01"].source, rules["G-01"].number) == ("all", "local", 1)
    assert (rules["G-03"].choice, rules["G-03"].source) == ("half", "default")


def test_without_a_quorum_nothing_is_put_to_the_vote(qn):
    meeting = opened(qn, present=3)
    with at(START + timedelta(minutes=5)), pytest.raises(BadInput, match="có mặt 3 trên 6, cần 4"):
        vote_on(qn, meeting)


def test_who_comes_after_the_vote_has_opened_is_not_on_its_roll(qn):
    meeting = opened(qn, present=5)
    late = meetings.invitees(meeting.id)[5]
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, meeting)
        attending.enter(qn.accounts["secretariat"], qn.group, meeting.id, late.id)
        with pytest.raises(BadInput, match="không biểu quyết lần này"):
            deciding_matters.cast(late.account, qn.group, meeting.id, vote.id, Choice.FAVOUR)
    assert (vote.count.present, vote.count.members) == (5, 6)


def test_who_has_no_seat_in_the_vote_has_no_ballot(qn, going):
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going)
        with pytest.raises(Refused):
            cast(qn, going, vote, "secretariat", Choice.FAVOUR)


def test_whoever_has_an_interest_does_not_vote_and_counts_for_nothing(qn, going):
    mine = invitee(going, qn.accounts["BHXH"])
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going, conflicts=[mine.id])
        with pytest.raises(BadInput, match="lợi ích liên quan"):
            cast(qn, going, vote, "BHXH", Choice.FAVOUR)
    assert vote.count.members == 5


def test_a_secret_ballot_is_joined_to_nobody(qn, going):
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going, secret=True)
        for who, choice in (("leader", Choice.FAVOUR), ("BHXH", Choice.AGAINST), ("GDDT", Choice.FAVOUR)):
            cast(qn, going, vote, who, choice)
        with pytest.raises(BadInput, match="không đổi được"):
            cast(qn, going, vote, "leader", Choice.AGAINST)
        seen = next(one for one in meetings.votes(going.id) if one.id == vote.id)
        assert (seen.count.favour, seen.count.against) == (0, 0)
        assert sum(one.voted for one in seen.electors) == 3
        closed = shut(qn, going, vote)
    assert (closed.count.favour, closed.count.against) == (2, 1)
    assert all(one.choice is None and one.at is None for one in closed.electors)
    names = {field.name for field in SecretBallot._meta.get_fields()}
    assert names == {"key", "group", "vote", "choice"}
    assert not [field for field in Elector._meta.get_fields() if "time" in type(field).__name__.lower()]


def test_the_order_of_secret_ballots_tells_nothing(qn, going):
    """The first ballot cast is not the first that lies in the table: its place is drawn by lot."""
    if connection.vendor != "sqlite":
        pytest.skip("rows of PostgreSQL have no number of their own")
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going, secret=True)
    row = voting.Vote.objects.get(pk=vote.id)
    first = []
    for _ in range(40):
        SecretBallot.objects.all().delete()
        for choice in (Choice.FAVOUR, *[Choice.AGAINST] * 4):
            voting._into_the_box(row, choice)
        with connection.cursor() as cursor:
            cursor.execute("SELECT choice FROM meetings_secretballot ORDER BY rowid")
            lying = [choice for (choice,) in cursor.fetchall()]
        assert sorted(lying) == ["against"] * 4 + ["favour"]
        first.append(lying.index("favour"))
    assert len(set(first)) > 2


def test_the_principals_arrival_ends_the_substitution(qn):
    meeting = opened(qn, present=4)
    member, secretary = qn.accounts["GDDT"], qn.accounts["secretariat"]
    mine = invitee(meeting, member)
    with at(START + timedelta(minutes=1)):
        attending.report_absence(member, qn.group, meeting.id, ("leader", "đến muộn"))
        name = ("Đỗ Thanh Sáu", "")
        attending.send_substitute(member, qn.group, meeting.id, name, with_opinion=True)
        attending.enter(secretary, qn.group, meeting.id, mine.id, by_substitute=True)
        vote = vote_on(qn, meeting)
        assert vote.elector(secretary).invitee_id == mine.id
    with at(START + timedelta(minutes=3)):
        attending.enter(secretary, qn.group, meeting.id, mine.id)
        with pytest.raises(BadInput, match="Người dự thay không còn"):
            deciding_matters.cast(secretary, qn.group, meeting.id, vote.id, Choice.FAVOUR)
    spans = invitee(meeting, member).presence
    assert [(one.by_substitute, one.until is None) for one in spans] == [(True, False), (False, True)]
    assert spans[0].until == spans[1].since


def test_a_substitute_votes_only_where_the_rule_lets(qn):
    with at(START - timedelta(days=10)):
        setup.set_local_rule(qn.accounts["leader"], qn.group, "G-05", {"choice": "listens"})
    meeting = opened(qn, present=5)
    member, secretary = qn.accounts["TCKH"], qn.accounts["secretariat"]
    mine = invitee(meeting, member)
    with at(START + timedelta(minutes=1)):
        name = ("Đỗ Thanh Sáu", "")
        attending.send_substitute(member, qn.group, meeting.id, name, with_opinion=True)
        attending.enter(secretary, qn.group, meeting.id, mine.id, by_substitute=True)
        vote = vote_on(qn, meeting)
        with pytest.raises(BadInput):
            deciding_matters.cast(secretary, qn.group, meeting.id, vote.id, Choice.FAVOUR)
    assert vote.count.present == 5


def test_paper_ballots_are_entered_with_their_scan_by_the_secretary_alone(qn, going):
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going)
        mine = next(one for one in vote.electors if one.account == qn.accounts["BHXH"])
        given = {mine.id: Choice.AGAINST}
        with pytest.raises(Refused):
            deciding_matters.enter_paper(qn.accounts["BHXH"], qn.group, going.id, vote.id, given, SCAN)
        deciding_matters.enter_paper(qn.accounts["secretariat"], qn.group, going.id, vote.id, given, SCAN)
        with pytest.raises(BadInput, match="đã bỏ phiếu"):
            deciding_matters.enter_paper(qn.accounts["secretariat"], qn.group, going.id, vote.id, given, SCAN)
        seen = next(one for one in meetings.votes(going.id) if one.id == vote.id)
    assert next(one for one in seen.electors if one.id == mine.id).from_paper
    assert seen.scan == SCAN


def test_a_box_of_secret_paper_ballots_must_hold_as_many_as_cast_one(qn, going):
    secretary = qn.accounts["secretariat"]
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going, secret=True)
        who = [one.id for one in vote.electors][:3]
        wrong = (who, {Choice.FAVOUR: 1, Choice.AGAINST: 1, Choice.OTHER: 0})
        with pytest.raises(BadInput, match="phải bằng"):
            deciding_matters.enter_paper_counts(secretary, qn.group, going.id, vote.id, wrong, SCAN)
        right = (who, {Choice.FAVOUR: 2, Choice.AGAINST: 1, Choice.OTHER: 0})
        deciding_matters.enter_paper_counts(secretary, qn.group, going.id, vote.id, right, SCAN)
        closed = shut(qn, going, vote)
    assert (closed.count.favour, closed.count.against) == (2, 1)


def test_a_vote_is_voided_with_a_reason_until_the_minutes_are_signed(qn, going, monkeypatch):
    with at(START + timedelta(minutes=5)):
        vote = vote_on(qn, going)
        for who in ("leader", "standing_deputy", "deputy", "BHXH"):
            cast(qn, going, vote, who, Choice.FAVOUR)
        shut(qn, going, vote)
        assert len(meetings.decisions(going.id)) == 1
        with pytest.raises(BadInput, match="Nêu lý do"):
            deciding_matters.void_vote(qn.accounts["secretariat"], qn.group, going.id, vote.id, " ")
        deciding_matters.void_vote(qn.accounts["secretariat"], qn.group, going.id, vote.id, "đọc sai câu hỏi")
    assert meetings.decisions(going.id) == ()
    monkeypatch.setattr(presiding, "minutes_are_signed", lambda _: True)
    with at(START + timedelta(minutes=9)), pytest.raises(BadInput, match="Biên bản đã ký"):
        deciding_matters.void_vote(qn.accounts["secretariat"], qn.group, going.id, vote.id, "lần nữa")


def test_the_leader_decides_only_after_the_members_have_spoken_and_the_clause_is_cited(qn, going):
    """Quảng Ninh 7.1.b; Xuân Trường is silent, and the act goes on with a reason."""
    item, leader = meetings.items(going.id)[1], qn.accounts["leader"]
    with at(START + timedelta(minutes=5)):
        with pytest.raises(NeedsReason) as refused:
            deciding_matters.decide_alone(leader, qn.group, going.id, item.id, "Đồng ý.")
        assert "matter.was_deliberated" in refused.value.decision.missing
        said = (Choice.OTHER, "đề nghị lùi một tháng")
        deciding_matters.state_position(qn.accounts["BHXH"], qn.group, going.id, item.id, said)
        deciding_matters.decide_alone(leader, qn.group, going.id, item.id, "Đồng ý, lùi một tháng.")
    (made,) = meetings.decisions(going.id)
    assert (made.mode, made.cited.clauses, made.by_name) == (Mode.LEADER, ("7.1.b",), "Nguyễn Minh Tâm")
    with at(START + timedelta(hours=1)):
        facts = minuting._minutes(minuting.Record(group=qn.group, meeting=going, people=meetings.invitees(going.id)))
    assert "đề nghị lùi một tháng" in facts["proceedings"]
    assert "Nguyễn Minh Tâm quyết định" in facts["proceedings"]
