"""Papers that write themselves from a meeting's record: convocation, invitations, agenda, roll, minutes, notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paperwork
from dean06.flows.meeting_permits import own_meeting, own_round, to
from dean06.flows.minutes_words import OUTCOMES, item_words, present_words, roll_rows, stood
from dean06.meetings.service import agendas, meetings, rounds
from dean06.meetings.types import InviteeInfo, MeetingInfo, PaperOf, State, obj
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo

Facts = dict[str, object]

__all__ = ["FORMS", "Made", "make", "make_for_round", "papers_made"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A meeting with all that its papers tell."""

    group: GroupInfo
    meeting: MeetingInfo
    people: tuple[InviteeInfo, ...]

    @property
    def named(self) -> str:
        """Return its title as papers go on after the word for meeting."""
        title = self.meeting.title
        return title[4:] if title.lower().startswith("họp ") else title

    @property
    def members(self) -> tuple[InviteeInfo, ...]:
        """Return who is invited with a vote."""
        return tuple(one for one in self.people if one.votes)

    @property
    def guests(self) -> tuple[InviteeInfo, ...]:
        """Return who is invited without one."""
        return tuple(one for one in self.people if not one.votes)

    @property
    def head(self) -> Facts:
        """Return what every paper of it says."""
        meeting = self.meeting
        return {
            "meeting": self.named,
            "starts": (meeting.opened_at or meeting.starts_at).astimezone(clock.TZ).isoformat(timespec="minutes"),
            "place": meeting.place,
            "chair": {"name": meeting.chair_name, "title": meeting.chair_post},
        }


def _dated(at: datetime) -> str:
    local = at.astimezone(clock.TZ)
    return f"{local:%d/%m/%Y}"


def _convocation(record: Record) -> Facts:
    starts = record.meeting.starts_at
    return record.head | {
        "starts": starts.astimezone(clock.TZ).isoformat(timespec="minutes"),
        "attendees": [_called(one) for one in record.people],
        "content": [f"{item.title}." for item in meetings.items(record.meeting.id)],
        "preparation": [f"Thành viên gửi báo cáo phần việc của mình trước giờ khai mạc ngày {_dated(starts)}."],
        "note": "Thành viên không dự được báo cáo trước giờ họp và cử người có trách nhiệm dự thay",
    }


def _called(one: InviteeInfo) -> str:
    where = one.post or one.organisation
    return f"{one.name}, {where}." if where else f"{one.name}."


def _invitation(record: Record, guest: InviteeInfo) -> Facts:
    meeting = record.meeting
    whom = ", ".join(part for part in (guest.name, guest.post, guest.organisation) if part)
    return record.head | {
        "meeting": meeting.title,
        "starts": meeting.starts_at.astimezone(clock.TZ).isoformat(timespec="minutes"),
        "guests": [whom],
        "attends": f"cuộc {meeting.title[:1].lower()}{meeting.title[1:]}",
        "content": "; ".join(item.title for item in meetings.items(meeting.id)),
    }


def _agenda(record: Record) -> Facts:
    at = record.meeting.starts_at.astimezone(clock.TZ)
    rows = [{"hour": f"{at:%H} giờ {at:%M}", "content": "Khai mạc, điểm danh", "who": "Thư ký"}]
    at += timedelta(minutes=10)
    for item in meetings.items(record.meeting.id):
        who = offices.agency_name(record.group.id, item.agency) if item.agency else "Các thành viên"
        rows.append({"hour": f"{at:%H} giờ {at:%M}", "content": item.title, "who": who})
        at += timedelta(minutes=item.minutes)
    rows.append({"hour": f"{at:%H} giờ {at:%M}", "content": "Kết luận cuộc họp", "who": "Người chủ trì"})
    lying = [one.name for one in meetings.papers(record.meeting.id) if one.name]
    return record.head | {"items": rows, "documents": [f"{name}." for name in lying]}


def _secretary(record: Record) -> Facts:
    meeting = record.meeting
    return {"secretary": {"name": meeting.secretary_name, "title": meeting.secretary_post}}


def _roll(record: Record) -> Facts:
    members, others = roll_rows(record.people, record.meeting.state)
    here = sum(one.came or one.represented for one in record.members)
    return (
        record.head
        | _secretary(record)
        | {"members": members, "others": others, "present": here, "total": len(record.members)}
    )


def _minutes(record: Record) -> Facts:
    meeting = record.meeting
    votes = [one for one in meetings.votes(meeting.id) if one.stands]
    points = meetings.conclusions(meeting.id)
    ended = meeting.closed_at or meeting.ends_at
    return (
        record.head
        | _secretary(record)
        | {
            "present": present_words(record.people),
            "absent": [stood(one, meeting.state) for one in record.members if not one.came and not one.represented],
            "proceedings": "\n".join(item_words(meeting)),
            "votes": [
                {
                    "matter": f"{one.question} ({OUTCOMES[one.outcome]})" if one.outcome else one.question,
                    "favour": one.count.favour,
                    "against": one.count.against,
                    "abstained": one.count.other,
                }
                for one in votes
            ],
            "conclusions": [_point(record.group, one.text, one.agency, one.due) for one in points],
            "ends": ended.astimezone(clock.TZ).isoformat(timespec="minutes"),
        }
    )


def _point(group: GroupInfo, text: str, agency: str, due: object) -> str:
    who = f" Chủ trì: {offices.agency_name(group.id, agency)}." if agency else ""
    by = f" Hạn: {due:%d/%m/%Y}." if due else ""
    return f"{text.rstrip('.')}.{who}{by}"


def _notice(record: Record) -> Facts:
    meeting, points = record.meeting, meetings.conclusions(record.meeting.id)
    day = (meeting.opened_at or meeting.starts_at).astimezone(clock.TZ).date()
    here = [one for one in record.guests if one.came]
    guests = f" và {len(here)} đại biểu mời" if here else ""
    return {
        "person": {"name": meeting.chair_name, "title": meeting.chair_post},
        "meeting": record.named,
        "day": day.isoformat(),
        "attended": f"{sum(one.came or one.represented for one in record.members)} thành viên Tổ công tác{guests}",
        "assessment": "\n".join(one.text for one in meetings.decisions(meeting.id)),
        "tasks": [
            {
                "task": one.text,
                "lead": offices.agency_name(record.group.id, one.agency),
                "due": f"{one.due:%d/%m/%Y}" if one.due else "",
            }
            for one in points
            if one.agency
        ],
        "more": [one.text for one in points if not one.agency],
    }


def _authority(record: Record, absent: InviteeInfo) -> Facts:
    kept = absent.absence
    return {
        "meeting": record.named,
        "starts": record.meeting.starts_at.astimezone(clock.TZ).isoformat(timespec="minutes"),
        "member": {"name": absent.name, "title": absent.post},
        "reason": kept.reason,
        "substitute": {"name": kept.substitute_name, "title": kept.substitute_post},
        "opinions": kept.opinion_text.splitlines(),
    }


OF_MEETING: Mapping[str, Callable[[Record], Facts]] = {
    "convocation": _convocation,
    "agenda": _agenda,
    "roll": _roll,
    "minutes": _minutes,
    "conclusion_notice": _notice,
}
OF_PERSON: Mapping[str, Callable[[Record, InviteeInfo], Facts]] = {
    "invitation": _invitation,
    "substitute_authority": _authority,
}
FORMS = (*OF_MEETING, *OF_PERSON)
# The record of what happened comes after it has.
AFTER_OPENING = ("roll", "minutes", "conclusion_notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper made from a meeting's record; `again` where an earlier draft took the facts as they stand now."""

    paper: PaperInfo
    again: bool


def make(account: str, group: GroupInfo, meeting_id: int, form: str, about: int | None = None) -> Made:
    """Make a paper of a meeting as a draft of the papers room; made again, words that a clerk changed stay.

    Args:
        account: who drafts.
        group: whose meeting it is.
        meeting_id: the meeting.
        form: one of `FORMS`.
        about: for an invitation or a substitute's authority, whom it is for.
    """
    meeting = own_meeting(group, meeting_id)
    record = Record(group=group, meeting=meeting, people=meetings.invitees(meeting_id))
    facts = _facts(record, form, about)
    named = form if about is None else f"{form}:{about}"
    standing = _draft(meetings.papers(meeting_id), named)
    if standing is not None:
        return Made(paper=paperwork.refill(account, group, standing.id, facts), again=True)
    paper = paperwork.begin(account, group, form, facts)
    told = {"paper": paper.id, "sha256": "", "item": None, "form": named}
    by = to(account, group, obj(meeting.ref, "paper_made", **told), "meeting.draft")
    agendas.attach(by, meeting_id, paper.id, form=named)
    return Made(paper=paper, again=False)


def _facts(record: Record, form: str, about: int | None) -> Facts:
    if form in AFTER_OPENING and record.meeting.state not in (State.OPEN, State.CLOSED):
        raise BadInput(
            "Văn bản này lập từ diễn biến cuộc họp: khai mạc cuộc họp trước.",
            "This paper is made from the record of the meeting: open the meeting first.",
        )
    if form in OF_MEETING:
        return OF_MEETING[form](record)
    person = next((one for one in record.people if one.id == about), None)
    if form not in OF_PERSON or person is None:
        raise BadInput("Chọn loại văn bản và người nhận.", "Choose the kind of paper and whom it is for.")
    return OF_PERSON[form](record, person)


def _draft(made: Iterable[PaperOf], named: str) -> PaperInfo | None:
    for one in made:
        if one.form == named and one.paper_id:
            paper = documents.for_work(one.paper_id)
            if paper.state == "draft":
                return paper
    return None


def papers_made(made: Iterable[PaperOf]) -> dict[int, PaperInfo]:
    """Return the papers of the papers room among those of a meeting, by number; one query."""
    return documents.many_for_work(one.paper_id for one in made if one.paper_id)


# ------------------------------------------------------------------ written rounds


def make_for_round(account: str, group: GroupInfo, round_id: int, form: str) -> Made:
    """Make the sheet that asks, or the table of what was answered, as a draft of the papers room."""
    found = own_round(group, round_id)
    asked: Facts = {
        "addressees": [f"{one.name}, {one.post}" for one in found.opinions],
        "matter": found.matter,
        "situation": found.situation or found.matter,
        "questions": [found.matter],
        "due": found.closes_at.astimezone(clock.TZ).isoformat(timespec="minutes"),
        "enclosed": [f"{one.name}." for one in meetings.papers_of_round(round_id) if one.name],
    }
    if form == "opinion_request":
        facts = asked
    else:
        if found.closed_at is None or found.outcome is None:
            raise BadInput("Chốt lần lấy ý kiến rồi lập bảng tổng hợp.", "Close the round, then make its summary.")
        facts = _summary(account, group, round_id)
    standing = _draft(meetings.papers_of_round(round_id), form)
    if standing is not None:
        return Made(paper=paperwork.refill(account, group, standing.id, facts), again=True)
    paper = paperwork.begin(account, group, form, facts)
    told = {"paper": paper.id, "sha256": "", "form": form}
    by = to(account, group, obj(found.ref, "paper_made", **told), "meeting.draft")
    rounds.attach(by, round_id, paper.id, form=form)
    return Made(paper=paper, again=False)


def _summary(account: str, group: GroupInfo, round_id: int) -> Facts:
    found = own_round(group, round_id)
    given = [one.choice for one in found.opinions if one.choice is not None]
    seats = offices.capacities(account, group.id, clock.today(group))
    counted = {choice.value: given.count(choice) for choice in set(given)}
    return {
        "matter": found.matter,
        "sheet": f"Phiếu lấy ý kiến số {found.label} ngày {_dated(found.opened_at)}",
        "sent": len(found.opinions),
        "received": len(given),
        "answers": [
            {
                "question": found.matter,
                "agree": counted.get("favour", 0),
                "disagree": counted.get("against", 0),
                "other": counted.get("other", 0),
                "none": found.silent,
            }
        ],
        "opinions": [{"who": one.name, "opinion": one.reason, "answer": ""} for one in found.opinions if one.reason],
        "conclusion": f"{OUTCOMES[found.outcome].capitalize()}." if found.outcome else "",
        "compiler": {"name": seats[0].holder if seats else "", "title": seats[0].hat if seats else ""},
    }
