"""How a matter is decided: put to the vote and counted by the rule, or by the leader once the members have spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import counting_rules
from dean06.flows.meeting_permits import BODY, own_meeting, running, to
from dean06.flows.presiding import require_unsigned
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.service import meetings, votes
from dean06.meetings.types import Choice, MeetingInfo, Outcome, Upload, VoteInfo, obj
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = [
    "cast",
    "close_vote",
    "decide_alone",
    "enter_paper",
    "enter_paper_counts",
    "open_vote",
    "state_position",
    "void_vote",
]


def open_vote(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    item_id: int,
    question: str,
    *,
    secret: bool | None = None,
    conflicts: Iterable[int] = (),
) -> VoteInfo:
    """Put a question to the vote under the rules that hold now; roll and rules are frozen with it."""
    meeting, asked, apart = own_meeting(group, meeting_id), " ".join(question.split())[:500], sorted(set(conflicts))
    if not meeting.is_of_group:
        raise BadInput(
            "Buổi làm việc không phải cuộc họp của tổ nên không biểu quyết.",
            "A working session is no meeting of the group: nothing is put to the vote.",
        )
    told = {"item": item_id, "question": asked, "apart": ",".join(map(str, apart))}
    by = running(account, group, meeting, "vote_opened", told)
    return votes.open_vote(by, meeting_id, item_id, asked, counting_rules.of_vote(group, secret=secret), apart)


def _vote(meeting: MeetingInfo, vote_id: int) -> VoteInfo:
    found = next((one for one in meetings.votes(meeting.id) if one.id == vote_id), None)
    if found is None:
        raise MeetingRefused("Không có lần biểu quyết này.", "There is no such vote.")
    return found


def cast(account: str, group: GroupInfo, meeting_id: int, vote_id: int, choice: Choice) -> None:
    """Cast one's own ballot, or that of the seat one sits in for; that of an open vote may change until it closes."""
    meeting = own_meeting(group, meeting_id)
    vote = _vote(meeting, vote_id)
    mine = vote.elector(account)
    told = {
        "vote": vote_id,
        "elector": mine.id if mine else 0,
        "choice": "-" if vote.secret else choice.value,
    }
    facts: dict[str, Fact] = {"ballot.is_own": mine is not None}
    by = to(account, group, obj(meeting.ref, "ballot_in", **told), "ballot.cast", facts=facts)
    votes.cast(by, meeting_id, vote_id, mine.id if mine else 0, choice)


def enter_paper(
    account: str, group: GroupInfo, meeting_id: int, vote_id: int, given: Mapping[int, Choice], scan: Upload
) -> None:
    """Enter ballots from paper with their scan; only the secretary or the chair does, and they are marked so."""
    meeting = own_meeting(group, meeting_id)
    told = {
        "vote": vote_id,
        "given": ",".join(f"{key}:{value.value}" for key, value in sorted(given.items())),
        "scan": scan.sha256,
    }
    by = running(account, group, meeting, "paper_ballots", told)
    votes.enter_paper(by, meeting_id, vote_id, given, scan)


def enter_paper_counts(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    vote_id: int,
    box: tuple[Iterable[int], Mapping[Choice, int]],
    scan: Upload,
) -> None:
    """Enter the count of a box of secret paper ballots: who cast one, and how many of each kind there were."""
    meeting, (voters, counts) = own_meeting(group, meeting_id), box
    who = sorted(set(voters))
    told = {"vote": vote_id, "voters": len(who), "scan": scan.sha256}
    by = running(account, group, meeting, "paper_ballots", told)
    votes.enter_paper_counts(by, meeting_id, vote_id, who, counts, scan)


def close_vote(account: str, group: GroupInfo, meeting_id: int, vote_id: int, text: str = "") -> VoteInfo:
    """Close a vote: what a majority carried is the group's decision under the charter's clause on majorities."""
    meeting = own_meeting(group, meeting_id)
    _vote(meeting, vote_id)
    result = votes.preview(vote_id)
    told = {"vote": vote_id, "outcome": result.outcome.value, **result.count.as_json()}
    if result.outcome is Outcome.CARRIED:
        facts: dict[str, Fact] = {"vote.majority_in_favour": True, "meeting.run_by_actor": meeting.run_by(account)}
        running(account, group, meeting, "vote_closed", told)  # only chair and secretary close it
        by = to(
            account, group, obj(meeting.ref, "vote_closed", **told), "decision.by_majority", facts=facts, also=(BODY,)
        )
    else:
        by = running(account, group, meeting, "vote_closed", told)
    return votes.close_vote(by, meeting_id, vote_id, text, result)


def void_vote(account: str, group: GroupInfo, meeting_id: int, vote_id: int, reason: str) -> VoteInfo:
    """Void a vote for a reason, while the minutes are not signed."""
    meeting, why = own_meeting(group, meeting_id), " ".join(reason.split())[:400]
    require_unsigned(meeting)
    _vote(meeting, vote_id)
    by = running(account, group, meeting, "vote_voided", {"vote": vote_id, "reason": why})
    return votes.void_vote(by, meeting_id, vote_id, why)


# ------------------------------------------------------------------ the leader decides


def state_position(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    item_id: int,
    said: tuple[Choice, str],
    invitee_id: int | None = None,
    reason: str | None = None,
) -> None:
    """State a position on a matter that the leader decides; the secretary writes down what others say."""
    meeting, (choice, why) = own_meeting(group, meeting_id), said
    people = meetings.invitees(meeting_id)
    mine = next((one for one in people if one.account and one.account == account), None)
    spoken = next((one for one in people if one.id == invitee_id), mine)
    if spoken is None:
        raise MeetingRefused("Bạn không có trong thành phần họp.", "You are not invited to the meeting.")
    told = {"item": item_id, "invitee": spoken.id, "choice": choice.value, "reason": why}
    if mine is not None and spoken.id == mine.id:
        by = to(account, group, obj(meeting.ref, "position_stated", **told), "matter.deliberate", reason=reason)
    else:
        by = running(account, group, meeting, "position_stated", told)
    votes.state_position(by, meeting_id, item_id, spoken.id, choice, why)


def decide_alone(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    item_id: int,
    text: str,
    *,
    agrees: bool = True,
    reason: str | None = None,
) -> None:
    """Record the leader's decision on a matter that the members have deliberated; the clause of this mode is kept."""
    meeting = own_meeting(group, meeting_id)
    require_unsigned(meeting)
    spoken = any(one.item_id == item_id for one in meetings.positions(meeting_id))
    told = {"item": item_id, "text": text.strip(), "agrees": agrees}
    facts: dict[str, Fact] = {"matter.was_deliberated": spoken}
    by = to(account, group, obj(meeting.ref, "decided", **told), "decision.by_leader", facts=facts, reason=reason)
    seats = offices.capacities(account, group.id, clock.today(group))
    votes.decide_alone(by, meeting_id, item_id, text, seats[0].holder if seats else "", agrees=agrees)
