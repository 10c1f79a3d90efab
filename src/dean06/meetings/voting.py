"""Votes: the roll and the rules frozen when one opens, one ballot a seat, counted when it closes; and decisions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction

from dean06.charter.types import Permit
from dean06.meetings import tally
from dean06.meetings.ballots import vote_info
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.models import (
    Decision,
    Elector,
    Meeting,
    OpenBallot,
    Position,
    SecretBallot,
    Vote,
)
from dean06.meetings.preparing import own_item
from dean06.meetings.roll import invited
from dean06.meetings.rows import cited_by, happened, locked, plain, require
from dean06.meetings.types import Choice, ItemState, Mode, Outcome, RuleUsed, State, Upload, VoteInfo

__all__ = [
    "cast",
    "close_vote",
    "decide_alone",
    "enter_paper",
    "enter_paper_counts",
    "open_vote",
    "preview",
    "state_position",
    "void_vote",
]


def open_vote(
    by: Permit,
    meeting_id: int,
    item_id: int,
    question: str,
    rules: Iterable[RuleUsed],
    conflicts: Iterable[int] = (),
) -> VoteInfo:
    """Put a question of the current item to the vote; roll and rules are frozen as they stand now."""
    asked, apart, held = " ".join(question.split())[:500], set(conflicts), tuple(rules)
    chosen = {one.gap: one.choice for one in held}
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        item = own_item(row, item_id)
        if item.state != ItemState.CURRENT or not asked:
            raise MeetingRefused(
                "Ghi nội dung biểu quyết; chỉ biểu quyết về nội dung đang bàn.",
                "Write what is put to the vote; only the current item is.",
            )
        if Vote.objects.filter(meeting=row, is_open=True).exists():
            raise MeetingRefused("Đang có một lần biểu quyết chưa chốt.", "Another vote is open.")
        electors = _roll(row, apart if chosen.get("G-15") == "abstains" else set(), chosen.get("G-05") == "votes")
        _require_quorum(electors, held)
        vote = Vote.objects.create(
            group_id=row.group_id,
            meeting=row,
            item=item,
            question=asked,
            secret=chosen.get("G-14") == "secret",
            opened_at=by.at,
            rules=[one.as_json() for one in held],
        )
        for one in electors:
            one.vote = vote
        Elector.objects.bulk_create(electors)
        told = {"item": item_id, "question": asked, "apart": ",".join(map(str, sorted(apart)))}
        happened(by, row, "vote_opened", told, asked)
    return vote_info(vote)


def _roll(row: Meeting, apart: set[int], substitutes_vote: bool) -> list[Elector]:  # noqa: FBT001  a rule's answer
    made = []
    for one in row.invitees.filter(votes=True).select_related("absence").prefetch_related("presences"):
        now = next((span for span in one.presences.all() if span.until is None), None)
        instead = now is not None and now.by_substitute
        absence = getattr(one, "absence", None)
        made.append(
            Elector(
                group_id=row.group_id,
                invitee=one,
                on_roll=now is not None and (substitutes_vote or not instead),
                by_substitute=instead,
                substitute_account=absence.substitute_account if absence is not None and instead else "",
                conflict=one.pk in apart,
            )
        )
    return made


def _require_quorum(electors: list[Elector], rules: Iterable[RuleUsed]) -> None:
    rule = next((one for one in rules if one.gap == "G-03"), None)
    present = sum(one.on_roll for one in electors)
    wanted = tally.quorum(rule.choice if rule else "none", len(electors))
    if present < max(1, wanted):
        raise MeetingRefused(
            f"Chưa đủ số người để biểu quyết: có mặt {present} trên {len(electors)}, cần {max(1, wanted)}. "
            "Điểm danh người vừa đến, hoặc Tổ trưởng đặt quy ước khác cho điểm G-03.",
            f"There is no quorum: {present} of {len(electors)} are on the roll, {max(1, wanted)} are needed. Mark who "
            "came, or let the leader set another rule on gap G-03.",
        )


def _open(row: Meeting, vote_id: int) -> Vote:
    vote = Vote.objects.select_for_update(of=("self",)).filter(pk=vote_id, meeting=row).first()
    if vote is None or not vote.is_open:
        raise MeetingRefused("Lần biểu quyết này đã chốt.", "This vote is closed.")
    return vote


def cast(by: Permit, meeting_id: int, vote_id: int, elector_id: int, choice: Choice) -> None:
    """Cast the ballot of an elector's seat; that of an open vote may be changed until it closes."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        vote = _open(row, vote_id)
        elector = _entitled(vote, elector_id)
        if vote.secret:
            _cast_secretly(vote, elector, choice)
            happened(by, row, "ballot_in", {"vote": vote_id, "elector": elector_id, "choice": "-"})
            return
        told = {"vote": vote_id, "elector": elector_id, "choice": choice.value}
        OpenBallot.objects.update_or_create(
            elector=elector,
            defaults={"group_id": row.group_id, "choice": choice.value, "at": by.at, "from_paper": False},
        )
        _voted(elector)
        happened(by, row, "ballot_in", told)


def _entitled(vote: Vote, elector_id: int) -> Elector:
    elector = Elector.objects.select_for_update(of=("self",)).filter(pk=elector_id, vote=vote).first()
    if elector is None or not elector.on_roll or elector.conflict:
        raise MeetingRefused(
            "Vị trí này không biểu quyết lần này: không có mặt khi mở biểu quyết, hoặc có lợi ích liên quan.",
            "This seat does not vote: it was not on the roll when the vote opened, or has an interest.",
        )
    in_room = elector.invitee.presences.filter(until=None).first()
    if elector.by_substitute and (in_room is None or not in_room.by_substitute):
        raise MeetingRefused(
            "Người dự thay không còn trong phòng họp: phiếu của vị trí này không tính cho người dự thay.",
            "The substitute is not in the room any more and does not vote for this seat.",
        )
    return elector


def _voted(elector: Elector) -> None:
    if not elector.voted:
        elector.voted = True
        elector.save(update_fields=["voted"])


def _cast_secretly(vote: Vote, elector: Elector, choice: Choice) -> None:
    """Drop a ballot into the box: its place among those cast is drawn by lot, so that no order tells whose it is."""
    if elector.voted:
        raise MeetingRefused("Phiếu kín đã bỏ thì không đổi được.", "A secret ballot once cast is not changed.")
    _into_the_box(vote, choice)
    _voted(elector)


def _into_the_box(vote: Vote, choice: Choice) -> None:
    lying = list(SecretBallot.objects.filter(vote=vote).order_by("key"))
    drawn, mine = secrets.randbelow(len(lying) + 1), choice.value
    if drawn < len(lying):
        lying[drawn].choice, mine = mine, lying[drawn].choice
        lying[drawn].save(update_fields=["choice"])
    SecretBallot.objects.create(group_id=vote.group_id, vote=vote, choice=mine)


def enter_paper(by: Permit, meeting_id: int, vote_id: int, given: Mapping[int, Choice], scan: Upload) -> None:
    """Enter ballots of an open vote from paper, each marked so, with the scan of the sheet."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        vote = _open(row, vote_id)
        if vote.secret or not given:
            raise MeetingRefused("Chọn ít nhất một phiếu giấy để nhập.", "Choose at least one paper ballot to enter.")
        for elector_id, choice in sorted(given.items()):
            elector = _entitled(vote, elector_id)
            if elector.voted:
                raise MeetingRefused(
                    f"{elector.invitee.name} đã bỏ phiếu: không nhập phiếu giấy nữa.",
                    f"{elector.invitee.name} has voted already: no paper ballot is entered.",
                )
            OpenBallot.objects.create(
                group_id=row.group_id, elector=elector, choice=choice.value, at=by.at, from_paper=True
            )
            _voted(elector)
        _scanned(vote, scan)
        told = {"vote": vote_id, "given": ",".join(f"{k}:{v.value}" for k, v in sorted(given.items()))}
        happened(by, row, "paper_ballots", told | {"scan": scan.sha256}, str(len(given)))


def enter_paper_counts(
    by: Permit,
    meeting_id: int,
    vote_id: int,
    voters: Iterable[int],
    counts: Mapping[Choice, int],
    scan: Upload,
) -> None:
    """Enter the count of a box of secret paper ballots: who voted, and how many of each kind; nothing joins the two."""
    who = sorted(set(voters))
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        vote = _open(row, vote_id)
        if not vote.secret or not who or sum(counts.values()) != len(who) or min(counts.values()) < 0:
            raise MeetingRefused(
                f"Số phiếu giấy ({sum(counts.values())}) phải bằng số người đã bỏ phiếu giấy ({len(who)}).",
                f"The paper ballots ({sum(counts.values())}) must be as many as those who cast them ({len(who)}).",
            )
        for elector_id in who:
            elector = _entitled(vote, elector_id)
            if elector.voted:
                raise MeetingRefused(f"{elector.invitee.name} đã bỏ phiếu.", f"{elector.invitee.name} has voted.")
            _voted(elector)
        for choice, count in counts.items():
            for _ in range(count):
                _into_the_box(vote, choice)
        _scanned(vote, scan)
        told = {"vote": vote_id, "voters": len(who), "scan": scan.sha256}
        happened(by, row, "paper_ballots", told, str(len(who)))


def _scanned(vote: Vote, scan: Upload) -> None:
    vote.scan_sha256, vote.scan_suffix, vote.scan_name = scan.sha256, scan.suffix, scan.name[:200]
    vote.save(update_fields=["scan_sha256", "scan_suffix", "scan_name"])


def preview(vote_id: int) -> tally.Result:
    """Return what closing a vote now would say, for the journey that asks the charter first."""
    return _result(Vote.objects.get(pk=vote_id))


def _result(vote: Vote) -> tally.Result:
    electors = list(vote.electors.select_related("invitee", "vote__meeting"))
    if vote.secret:
        choices = [Choice(one) for one in vote.secret_ballots.values_list("choice", flat=True)]
        chairs = None
    else:
        ballots = dict(OpenBallot.objects.filter(elector__vote=vote).values_list("elector_id", "choice"))
        choices = [Choice(one) for one in ballots.values()]
        chair = next((one for one in electors if one.invitee.seat_id == vote.meeting.chair_seat), None)
        chairs = Choice(ballots[chair.pk]) if chair is not None and chair.pk in ballots else None
    able = [one for one in electors if not one.conflict]
    count = tally.counted(choices, members=len(able), present=sum(one.on_roll for one in able))
    return tally.result(count, {str(one["gap"]): str(one["choice"]) for one in vote.rules}, chairs)


def close_vote(by: Permit, meeting_id: int, vote_id: int, text: str, result: tally.Result) -> VoteInfo:
    """Close a vote and record what it decided; refused where a ballot came in after the result was asked for."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        vote = _open(row, vote_id)
        now = _result(vote)
        if now != result:
            raise MeetingRefused(
                "Vừa có thêm phiếu: xem lại kết quả rồi chốt.", "Another ballot came in: look again, then close."
            )
        vote.is_open, vote.closed_at = False, by.at
        vote.count, vote.outcome, vote.decided_by_chair = now.count.as_json(), now.outcome.value, now.by_chair
        vote.cited = plain(cited_by(by))
        vote.save()
        Decision.objects.create(
            group_id=row.group_id,
            meeting=row,
            item=vote.item,
            vote=vote,
            mode=Mode.MAJORITY.value,
            text=text.strip() or vote.question,
            outcome=now.outcome.value,
            at=by.at,
            account=by.actor.account,
            cited=vote.cited,
        )
        told = {"vote": vote_id, "outcome": now.outcome.value, **now.count.as_json()}
        happened(by, row, "vote_closed", told, f"{vote.question}: {now.outcome.value}")
    return vote_info(vote)


def void_vote(by: Permit, meeting_id: int, vote_id: int, reason: str) -> VoteInfo:
    """Void a vote for a reason; its ballots stay on record and count for nothing."""
    why = " ".join(reason.split())[:400]
    if not why:
        raise MeetingRefused("Nêu lý do hủy lần biểu quyết.", "Give the reason for voiding the vote.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN, State.CLOSED)
        vote = Vote.objects.select_for_update(of=("self",)).filter(pk=vote_id, meeting=row).first()
        if vote is None or vote.void_reason:
            raise MeetingRefused("Lần biểu quyết này đã hủy.", "This vote was voided already.")
        vote.void_reason, vote.is_open, vote.closed_at = why, False, vote.closed_at or by.at
        vote.save(update_fields=["void_reason", "is_open", "closed_at"])
        Decision.objects.filter(vote=vote).update(undone=True)
        happened(by, row, "vote_voided", {"vote": vote_id, "reason": why}, f"{vote.question}: {why}")
    return vote_info(vote)


# ------------------------------------------------------------------ the leader decides


def state_position(by: Permit, meeting_id: int, item_id: int, invitee_id: int, choice: Choice, reason: str) -> None:
    """Write down what a member says of a matter that the leader decides; it may change until the decision."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        item, invitee = own_item(row, item_id), invited(row, invitee_id)
        if not invitee.votes or _decided(row, item_id):
            raise MeetingRefused(
                "Việc này đã quyết định, hoặc khách mời không nêu ý kiến ở đây.",
                "The matter is decided, or a guest states no position here.",
            )
        Position.objects.update_or_create(
            item=item,
            invitee=invitee,
            defaults={"group_id": row.group_id, "choice": choice.value, "reason": reason.strip()[:1000], "at": by.at},
        )
        told = {"item": item_id, "invitee": invitee_id, "choice": choice.value, "reason": reason}
        happened(by, row, "position_stated", told, f"{invitee.name}: {choice.value}")


def _decided(row: Meeting, item_id: int) -> bool:
    return Decision.objects.filter(meeting=row, item_id=item_id, mode=Mode.LEADER, undone=False).exists()


def decide_alone(by: Permit, meeting_id: int, item_id: int, text: str, name: str, *, agrees: bool) -> None:
    """Record the leader's decision on an item that the members have deliberated."""
    said = text.strip()
    if not said:
        raise MeetingRefused("Ghi nội dung quyết định.", "Write down what is decided.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN, State.CLOSED)
        item = own_item(row, item_id)
        if _decided(row, item_id):
            raise MeetingRefused("Việc này đã quyết định.", "The matter is decided already.")
        outcome = Outcome.CARRIED if agrees else Outcome.REJECTED
        Decision.objects.create(
            group_id=row.group_id,
            meeting=row,
            item=item,
            mode=Mode.LEADER.value,
            text=said,
            outcome=outcome.value,
            at=by.at,
            account=by.actor.account,
            by_name=name,
            cited=plain(cited_by(by)),
        )
        happened(by, row, "decided", {"item": item_id, "text": said, "agrees": agrees}, said)
