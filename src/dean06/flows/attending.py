"""Coming or not: reports before a meeting, absences with consent and substitutes as the charter demands, the roll."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Answer
from dean06.flows.meeting_permits import CHAIR, by_seat, own_invitee, own_meeting, running, to
from dean06.meetings.service import meetings, rolls
from dean06.meetings.types import InviteeInfo, MeetingInfo, Upload, obj
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.orthography import service as orthography

CODE_SALT = "dean06.hop.diem-danh"
CODE_SECONDS = 180
ABSENT = "meeting.be_absent"

__all__ = [
    "CODE_SECONDS",
    "Pasted",
    "absence_answer",
    "absence_facts",
    "answer_absence",
    "code_of",
    "enter",
    "file_report",
    "give_opinion",
    "leave",
    "match_names",
    "paste",
    "report_absence",
    "send_substitute",
    "sign_in",
    "take_back_absence",
]


def _mine(meeting: MeetingInfo, account: str, invitee_id: int | None) -> tuple[InviteeInfo, bool]:
    """Return the invitee spoken of, and whether it is the actor's own seat."""
    if invitee_id is None:
        return own_invitee(meeting, account), True
    found = next((one for one in meetings.invitees(meeting.id) if one.id == invitee_id), None)
    if found is None:
        raise BadInput("Người này không có trong thành phần họp.", "This person is not invited.")
    return found, found.account == account


def absence_facts(invitee: InviteeInfo) -> dict[str, Fact]:
    """Return what is established of an invitee's absence, in the words of charters."""
    kept = invitee.absence
    return {
        "absence.reported": kept.reported_at is not None,
        "absence.consented_by_chair": kept.consent is True,
        "substitute.named": bool(kept.substitute_name),
        "substitute.has_written_opinion": kept.opinion_at is not None,
    }


def absence_answer(group: GroupInfo, invitee: InviteeInfo) -> Answer:
    """Ask whether an absence is in good order; what the answer lacks is what the charter demands and is not there."""
    seat = Capacity(
        seat_id=invitee.seat_id or 0,
        group_id=group.id,
        role=invitee.role or "invitee",
        agency=invitee.agency or None,
        title="",
        post=invitee.post,
        holder=invitee.name,
        account=invitee.account or None,
        since=clock.today(group),
    )
    return by_seat(group, seat, ABSENT, absence_facts(invitee))


def report_absence(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    given: tuple[str, str],
    invitee_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Report that one cannot come; `given` is to whom it is reported and why. For another only with a reason."""
    meeting, (whom, why) = own_meeting(group, meeting_id), given
    invitee, own = _mine(meeting, account, invitee_id)
    why = " ".join(why.split())[:400]
    told = {"invitee": invitee.id, "to": whom, "reason": why}
    stated = reason if reason or own else why or None
    by = to(account, group, obj(meeting.ref, "absence_reported", **told), "absence.report", reason=stated)
    rolls.report_absence(by, meeting_id, invitee.id, whom, why)


def take_back_absence(account: str, group: GroupInfo, meeting_id: int, reason: str | None = None) -> None:
    """Take one's own report of absence back."""
    meeting = own_meeting(group, meeting_id)
    invitee = own_invitee(meeting, account)
    told = {"invitee": invitee.id}
    by = to(account, group, obj(meeting.ref, "absence_taken_back", **told), "meeting.attend", reason=reason)
    rolls.take_back_absence(by, meeting_id, invitee.id)


def answer_absence(
    account: str, group: GroupInfo, meeting_id: int, invitee_id: int, *, consent: bool, reason: str | None = None
) -> None:
    """Consent to an absence, or refuse: only who presides over the meeting does."""
    meeting = own_meeting(group, meeting_id)
    invitee, _ = _mine(meeting, account, invitee_id)
    told = {"invitee": invitee_id, "consent": consent}
    kind = "absence_consented" if consent else "absence_refused"
    facts: dict[str, Fact] = {"absence.reported": invitee.absence.reported_at is not None}
    also = (CHAIR,) if account == meeting.chair_account else ()
    by = to(
        account, group, obj(meeting.ref, kind, **told), "meeting.consent_absence", facts=facts, reason=reason, also=also
    )
    rolls.answer_absence(by, meeting_id, invitee_id, consent=consent)


def send_substitute(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    who: tuple[str, str],
    invitee_id: int | None = None,
    reason: str | None = None,
    *,
    with_opinion: bool = False,
) -> None:
    """Name who sits in, with their post; `with_opinion` where a written opinion is handed in at the same time."""
    meeting, (name, post) = own_meeting(group, meeting_id), who
    invitee, _ = _mine(meeting, account, invitee_id)
    name = " ".join(name.split())[:120]
    told = {"invitee": invitee.id, "name": name}
    facts = absence_facts(invitee) | {"substitute.named": bool(name)}
    if with_opinion:
        facts["substitute.has_written_opinion"] = True
    by = to(account, group, obj(meeting.ref, "substitute_sent", **told), "substitute.send", facts=facts, reason=reason)
    rolls.send_substitute(by, meeting_id, invitee.id, name, post, _account_of(group, name))


def _account_of(group: GroupInfo, name: str) -> str:
    """Return the account of somebody who sits in the group under exactly this name; empty where that is not one."""
    wanted = orthography.search_key(name)
    held = offices.holders(group.id, clock.today(group))
    found = {one.account for one in held if one.account and orthography.search_key(one.holder) == wanted}
    return next(iter(found)) if len(found) == 1 else ""


def give_opinion(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    said: tuple[str, Upload | None],
    invitee_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Give the written opinion of somebody who does not come, as text, as a file or both."""
    meeting, (text, file) = own_meeting(group, meeting_id), said
    invitee, _ = _mine(meeting, account, invitee_id)
    text = text.strip()[:10_000]
    told = {"invitee": invitee.id, "text": text, "sha256": file.sha256 if file else ""}
    facts = absence_facts(invitee)
    by = to(
        account, group, obj(meeting.ref, "opinion_given", **told), "substitute.give_opinion", facts=facts, reason=reason
    )
    rolls.give_opinion(by, meeting_id, invitee.id, text, file)


def file_report(
    account: str,
    group: GroupInfo,
    meeting_id: int,
    said: tuple[str, Upload | None],
    reason: str | None = None,
) -> None:
    """File one's own report for a meeting."""
    meeting, (text, file) = own_meeting(group, meeting_id), said
    invitee = own_invitee(meeting, account)
    text = text.strip()[:20_000]
    told = {"invitee": invitee.id, "text": text, "sha256": file.sha256 if file else ""}
    by = to(account, group, obj(meeting.ref, "report_filed", **told), "member_report.prepare", reason=reason)
    rolls.file_report(by, meeting_id, invitee.id, text, file)


# ------------------------------------------------------------------ the roll


def enter(account: str, group: GroupInfo, meeting_id: int, invitee_id: int, *, by_substitute: bool = False) -> bool:
    """Let somebody, or who sits in for them, come in; the secretary marks it."""
    meeting = own_meeting(group, meeting_id)
    told = {"invitee": invitee_id, "substitute": by_substitute, "how": rolls.MARKED}
    by = running(account, group, meeting, "substitute_in" if by_substitute else "came_in", told)
    return rolls.enter(by, meeting_id, invitee_id, by_substitute=by_substitute)


def leave(account: str, group: GroupInfo, meeting_id: int, invitee_id: int) -> bool:
    """Let somebody go out; the secretary marks it."""
    meeting = own_meeting(group, meeting_id)
    by = running(account, group, meeting, "went_out", {"invitee": invitee_id})
    return rolls.leave(by, meeting_id, invitee_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What became of a pasted list: who was found, and the lines that fit nobody or more than one."""

    found: tuple[InviteeInfo, ...]
    unknown: tuple[str, ...]
    doubtful: tuple[str, ...]
    came: int = 0


def match_names(invitees: Iterable[InviteeInfo], text: str) -> Pasted:
    """Match lines of names, without tone marks or titles after a comma, with who is invited."""
    people = list(invitees)
    keys = [(orthography.search_key(one.name), one) for one in people]
    found: dict[int, InviteeInfo] = {}
    unknown: list[str] = []
    doubtful: list[str] = []
    for line in text.splitlines():
        name = line.strip().lstrip("0123456789.)-– \t").partition(",")[0].partition("\t")[0].strip()
        wanted = orthography.search_key(name)
        if not wanted:
            continue
        hits = [one for key, one in keys if key == wanted] or [one for key, one in keys if f" {wanted}" in f" {key}"]
        if len(hits) == 1:
            found[hits[0].id] = hits[0]
        else:
            (doubtful if hits else unknown).append(name)
    return Pasted(found=tuple(found.values()), unknown=tuple(unknown), doubtful=tuple(doubtful))


def paste(account: str, group: GroupInfo, meeting_id: int, text: str) -> Pasted:
    """Mark a pasted list of names as present; what fits nobody is told and changes nothing."""
    meeting = own_meeting(group, meeting_id)
    matched = match_names(meetings.invitees(meeting_id), text)
    ids = sorted(one.id for one in matched.found)
    if not ids:
        return matched
    told = {"invitees": ",".join(map(str, ids)), "how": rolls.PASTED}
    came = rolls.enter_many(running(account, group, meeting, "came_in_many", told), meeting_id, ids)
    return Pasted(found=matched.found, unknown=matched.unknown, doubtful=matched.doubtful, came=came)


def code_of(meeting: MeetingInfo) -> str:
    """Return the signed code that the room shows; it holds for three minutes."""
    return signing.TimestampSigner(salt=CODE_SALT).sign(str(meeting.id))


def sign_in(account: str, group: GroupInfo, meeting_id: int, code: str) -> bool:
    """Mark oneself present by the code of the room; returns False where one is on the roll already."""
    meeting = own_meeting(group, meeting_id)
    try:
        shown = signing.TimestampSigner(salt=CODE_SALT).unsign(code, max_age=CODE_SECONDS)
    except signing.BadSignature as problem:
        raise BadInput(
            "Mã điểm danh đã hết hạn: quét lại mã đang chiếu trong phòng họp.",
            "The code is over: scan the one that the room shows now.",
        ) from problem
    if shown != str(meeting.id):
        raise BadInput("Mã này của cuộc họp khác.", "This code is of another meeting.")
    invitee = own_invitee(meeting, account)
    told = {"invitee": invitee.id, "substitute": False, "how": rolls.CODE}
    by = to(account, group, obj(meeting.ref, "came_in", **told), "roll.sign_in", facts={"presence.is_own": True})
    return rolls.enter(by, meeting_id, invitee.id, rolls.CODE)
