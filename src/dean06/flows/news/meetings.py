"""What people are told of meetings and written rounds, each step to those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows.news.passing_on import Story, pass_on, step_of
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.meetings.service import meetings
from dean06.meetings.types import Cited, InviteeInfo, MeetingInfo, OpinionInfo, Outcome, RoundInfo, State
from dean06.offices.types import GroupInfo

AGENDA = frozenset({"item_added", "item_changed", "item_dropped", "item_moved"})
COMING = (State.CONVENED, State.OPEN)
OUTCOMES = {
    Outcome.CARRIED: ("thông qua", "carried"),
    Outcome.REJECTED: ("không thông qua", "rejected"),
    Outcome.TIED: ("chưa thông qua, phiếu ngang nhau", "tied"),
}

__all__ = ["address_of_meeting", "address_of_round", "first_clause", "tell_of_meeting", "when"]


def address_of_meeting(meeting: MeetingInfo) -> Address:
    """Return the page of a meeting."""
    return Address(route="meetings-one", args=(meeting.id,))


def address_of_round(one: RoundInfo) -> Address:
    """Return the page of a written round."""
    return Address(route="meetings-round", args=(one.id,))


def when(meeting: MeetingInfo) -> str:
    """Return day and hour of a meeting as people write them."""
    return f"{meeting.starts_at.astimezone(clock.TZ):%H:%M ngày %d/%m/%Y}"


def first_clause(cited: Cited) -> Citation | None:
    """Return the first clause of the group's charter under which something was done; None where the house let it."""
    return Citation.parse(cited.clauses[0]) if cited.clauses and not cited.house else None


def tell_of_meeting(group: GroupInfo, act: Followed) -> None:
    """Tell of a step of a meeting or a written round."""
    if (asked := meetings.round_of_ref(group.id, act.object_id)) is not None:
        _of_round(group, act, asked)
    meeting = meetings.meeting_of_ref(group.id, act.object_id)
    if meeting is not None and meeting.convened_at is not None:
        _of_meeting(group, act, meeting)


def _accounts(people: Iterable[InviteeInfo | OpinionInfo]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.account for one in people if one.account))


def _of_meeting(group: GroupInfo, act: Followed, meeting: MeetingInfo) -> None:
    """Tell of a meeting that is convened; a draft is nobody's news."""
    step = step_of(act)
    coming = meeting.state in COMING
    if step in ("convened", "invited") and coming:
        _called(group, act, meeting)
    elif step == "changed" and coming:
        _tell_all(group, act, meeting, "meeting", ("Cuộc họp thay đổi", "A meeting is changed"))
    elif step == "called_off":
        _tell_all(group, act, meeting, "meeting", ("Hủy cuộc họp", "A meeting is called off"))
    elif step in AGENDA and coming:
        _tell_all(group, act, meeting, "meeting_papers", ("Chương trình họp thay đổi", "An agenda is changed"))
    elif step == "paper_laid" and coming:
        _tell_all(group, act, meeting, "meeting_papers", ("Thêm tài liệu họp", "A paper is laid for a meeting"))
    elif step == "closed":
        _to_write(group, act, meeting)
    else:
        _of_person(group, act, meeting, step)


def _called(group: GroupInfo, act: Followed, meeting: MeetingInfo) -> None:
    """Tell everybody invited, each once, however late they are invited."""
    said = Said(
        vi=f"Mời họp: {meeting.title}, {when(meeting)}, {meeting.place}.",
        en=f"You are invited: {meeting.title}, {when(meeting)}, {meeting.place}.",
    )
    people = To(accounts=_accounts(meetings.invitees(meeting.id)))
    key = f"meeting:{meeting.ref}:called"
    story = Story(kind="meeting", said=said, address=address_of_meeting(meeting), key=key)
    pass_on(group, act, people, story)


def _tell_all(group: GroupInfo, act: Followed, meeting: MeetingInfo, kind: str, words: tuple[str, str]) -> None:
    said = Said(
        vi=f"{words[0]}: {meeting.title}, {when(meeting)}, {meeting.place}.",
        en=f"{words[1]}: {meeting.title}, {when(meeting)}, {meeting.place}.",
    )
    people = To(accounts=_accounts(meetings.invitees(meeting.id)))
    pass_on(group, act, people, Story(kind=kind, said=said, address=address_of_meeting(meeting)))


def _to_write(group: GroupInfo, act: Followed, meeting: MeetingInfo) -> None:
    """Tell the secretary of a meeting that is over to put its minutes before whoever signs them."""
    said = Said(
        vi=f"Cuộc họp đã bế mạc, lập biên bản và trình ký: {meeting.title}.",
        en=f"A meeting is over; its minutes are to be made and put forward for signature: {meeting.title}.",
    )
    to = To(accounts=tuple(one for one in (meeting.secretary_account,) if one))
    pass_on(group, act, to, Story(kind="minutes", said=said, address=address_of_meeting(meeting)))


def _of_person(group: GroupInfo, act: Followed, meeting: MeetingInfo, step: str) -> None:
    """Tell of what one invitee asked for, or was answered."""
    people = {one.id: one for one in meetings.invitees(meeting.id)}
    invitee = people.get(int(act.note.get("invitee") or 0))
    if invitee is None:
        return
    words = _words_of_person(meeting, invitee, step)
    if words is not None:
        to, kind, said = words
        pass_on(group, act, to, Story(kind=kind, said=said, address=address_of_meeting(meeting)))


def _words_of_person(meeting: MeetingInfo, invitee: InviteeInfo, step: str) -> tuple[To, str, Said] | None:
    post, on = invitee.post or invitee.organisation, f"{meeting.title}, {when(meeting)}"
    match step:
        case "absence_reported" if invitee.absence.consent is None:
            said = Said(vi=f"{post} xin vắng họp: {on}.", en=f"{post} asks to be absent: {on}.")
            return To(accounts=(meeting.chair_account,)), "absence_asked", said
        case "absence_consented":
            said = Said(vi=f"Được đồng ý cho vắng họp: {on}.", en=f"Your absence is consented to: {on}.")
            return To(accounts=(invitee.account,)), "absence_answered", said
        case "absence_refused":
            said = Said(vi=f"Không được đồng ý cho vắng họp: {on}.", en=f"Your absence is not consented to: {on}.")
            return To(accounts=(invitee.account,)), "absence_answered", said
        case "substitute_sent" if invitee.absence.substitute_account:
            said = Said(vi=f"Bạn được cử dự họp thay {post}: {on}.", en=f"You sit in for {post}: {on}.")
            return To(accounts=(invitee.absence.substitute_account,)), "meeting", said
        case _:
            return None


# ------------------------------------------------------------------ written rounds


def _of_round(group: GroupInfo, act: Followed, one: RoundInfo) -> None:
    until = f"{one.closes_at.astimezone(clock.TZ):%H:%M ngày %d/%m/%Y}"
    match step_of(act):
        case "round_opened":
            said = Said(
                vi=f"Lấy ý kiến bằng văn bản: {one.matter}. Trả lời trước {until}.",
                en=f"Your written opinion is asked: {one.matter}. Answer before {until}.",
            )
            _tell_round(group, act, one, _accounts(one.opinions), "opinion_asked", said)
        case "reminded" if one.closed_at is None:
            silent = [asked for asked in one.opinions if asked.answered_at is None]
            said = Said(
                vi=f"Nhắc trả lời ý kiến bằng văn bản trước {until}: {one.matter}.",
                en=f"Your written opinion is still wanted before {until}: {one.matter}.",
            )
            _tell_round(group, act, one, _accounts(silent), "opinion_asked", said)
        case "answered" if one.closed_at is None and all(asked.answered_at for asked in one.opinions):
            said = Said(
                vi=f"Đã đủ ý kiến bằng văn bản, có thể chốt: {one.matter}.",
                en=f"Everybody has answered; the round can be closed: {one.matter}.",
            )
            _tell_round(group, act, one, (one.opened_by,), "opinion_closed", said, f"round:{one.ref}:all")
        case "round_closed" if one.outcome is not None:
            _round_over(group, act, one)
        case _:
            return


def _round_over(group: GroupInfo, act: Followed, one: RoundInfo) -> None:
    if one.outcome is None:
        return
    vi, en = OUTCOMES[one.outcome]
    count = one.count
    said = Said(
        vi=f"Kết quả lấy ý kiến: {vi} ({count.favour} tán thành, {count.against} không): {one.matter}.",
        en=f"The written round is {en} ({count.favour} in favour, {count.against} against): {one.matter}.",
    )
    _tell_round(group, act, one, (*_accounts(one.opinions), one.opened_by), "opinion_closed", said)


def _tell_round(
    group: GroupInfo, act: Followed, one: RoundInfo, accounts: tuple[str, ...], kind: str, said: Said, key: str = ""
) -> None:
    pass_on(group, act, To(accounts=accounts), Story(kind=kind, said=said, address=address_of_round(one), key=key))
