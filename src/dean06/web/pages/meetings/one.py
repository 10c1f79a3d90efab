"""Một cuộc họp: agenda, invitees and roll, preparation, votes and decisions, conclusions, papers, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.flows import concluding, minuting, presiding
from dean06.flows.attending import absence_answer
from dean06.meetings.service import meetings
from dean06.meetings.types import (
    ConclusionInfo,
    DecisionInfo,
    EventInfo,
    InviteeInfo,
    ItemInfo,
    ItemState,
    MeetingInfo,
    PaperOf,
    PositionInfo,
    State,
    VoteInfo,
)
from dean06.offices import service as offices
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.meetings.happened import timeline
from dean06.web.pages.meetings.own import own
from dean06.web.pages.meetings.roll import roll_sheet
from dean06.web.pages.meetings.voted import shown_vote
from dean06.web.pages.meetings.words import (
    FORM_WORDS,
    ITEMS,
    cited_marks,
    kind_words,
    standing_chip,
    state_chip,
    when,
)
from dean06.web.pages.papers.states import state as paper_chip
from dean06.web.pages.task_parts import openable
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.work import Check, Checklist, People, Person
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import missing_checks
from dean06.work.types import TaskInfo

CLOSED = ("Văn bản hạn chế người đọc", "A paper of restricted circulation")
BEFORE = (State.DRAFT, State.CONVENED)

__all__ = ["Seen", "one", "people", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A meeting with all that its pages show, read once."""

    meeting: MeetingInfo
    items: tuple[ItemInfo, ...]
    invitees: tuple[InviteeInfo, ...]
    papers: tuple[PaperOf, ...]
    made: Mapping[int, PaperInfo]
    votes: tuple[VoteInfo, ...]
    decisions: tuple[DecisionInfo, ...]
    positions: tuple[PositionInfo, ...]
    conclusions: tuple[ConclusionInfo, ...]
    events: tuple[EventInfo, ...]

    @property
    def members(self) -> tuple[InviteeInfo, ...]:
        """Who is invited with a vote."""
        return tuple(one for one in self.invitees if one.votes)

    @property
    def present(self) -> int:
        """How many members are in the room, or were, themselves or by a substitute."""
        if self.meeting.state is State.OPEN:
            return sum(one.present is not None for one in self.members)
        return sum(bool(one.presence) for one in self.members)

    def invitee(self, account: str) -> InviteeInfo | None:
        """Whom an account is invited as."""
        return next((one for one in self.invitees if one.account and one.account == account), None)

    @property
    def current(self) -> ItemInfo | None:
        """The item that is being discussed."""
        return next((one for one in self.items if one.state is ItemState.CURRENT), None)

    @property
    def open_vote(self) -> VoteInfo | None:
        """The vote that is open."""
        return next((one for one in self.votes if one.is_open), None)


def seen(meeting: MeetingInfo) -> Seen:
    """Read a meeting whole; a bounded number of queries."""
    lying = meetings.papers(meeting.id)
    return Seen(
        meeting=meeting,
        items=meetings.items(meeting.id),
        invitees=meetings.invitees(meeting.id),
        papers=lying,
        made=minuting.papers_made(lying),
        votes=meetings.votes(meeting.id),
        decisions=meetings.decisions(meeting.id),
        positions=meetings.positions(meeting.id),
        conclusions=meetings.conclusions(meeting.id),
        events=meetings.events(meeting.id),
    )


def people(whole: Seen, listed: Iterable[InviteeInfo]) -> People:
    """Return invitees as a list with how each stands."""
    return People(
        items=tuple(
            Person(name=one.name, note=_note(one), aside=standing_chip(one, whole.meeting.state)) for one in listed
        )
    )


def _note(one: InviteeInfo) -> str:
    kept = one.absence
    parts = [one.post or one.organisation]
    if not one.votes:
        parts.append(words("khách mời", "guest") if one.seat_id is None else words("không biểu quyết", "no vote"))
    if kept.substitute_name:
        parts.append(words(f"{kept.substitute_name} dự thay", f"{kept.substitute_name} sits in"))
    if kept.reason:
        parts.append(kept.reason)
    if len(one.presence) > 1:
        spans = ", ".join(
            f"{writing.hour(span.since)}–{writing.hour(span.until) if span.until else ''}" for span in one.presence
        )
        parts.append(spans)
    return "; ".join(part for part in parts if part)


def _head(request: HttpRequest, reader: Reader, whole: Seen) -> PageHead:
    meeting = whole.meeting
    runs = meeting.run_by(reader.account)
    actions = []
    if meeting.state in (State.CONVENED, State.OPEN):
        kind = "primary" if runs else "second"
        actions.append(
            Action(label=words("Điều hành", "Run it"), href=reader.url("meetings-live", meeting.id), kind=kind)
        )
        actions.append(Action(label=words("Màn chiếu", "Projector"), href=reader.url("meetings-screen", meeting.id)))
    if meeting.state in BEFORE:
        actions.append(Action(label=words("Sửa", "Change"), href=reader.url("meetings-edit", meeting.id), sign="pen"))
    if meeting.convened_at:
        actions.append(Action(label="Lịch .ics", href=reader.url("meetings-ics", meeting.id), sign="save"))
    if whole.invitees:
        actions += sheet.offers(request)
    chair = words(f"Chủ trì: {meeting.chair_name}", f"Chair: {meeting.chair_name}")
    facts = (
        state_chip(meeting),
        kind_words(meeting.kind),
        when(meeting),
        meeting.place,
        chair,
        cited_marks(reader, meeting.presiding) or cited_marks(reader, meeting.convened),
    )
    return PageHead(
        title=meeting.title,
        crumb=Link(label=words(f"Họp, số {meeting.label}", f"Meeting {meeting.label}"), href=reader.url("meetings")),
        meta=tuple(fact for fact in facts if fact),
        actions=tuple(actions),
    )


def _preparation(reader: Reader, whole: Seen) -> Checklist:
    meeting = whole.meeting
    missing = [one for one in whole.members if one.report_at is None]
    told = (
        (bool(whole.items), words(f"{len(whole.items)} nội dung", f"{len(whole.items)} items"), ""),
        (
            meeting.agenda_approved_at is not None,
            words("Chương trình được duyệt", "Agenda approved"),
            cited_marks(reader, meeting.agenda),
        ),
        (
            meeting.content_at is not None,
            words("Nội dung và báo cáo phục vụ họp sẵn sàng", "Content and situation report ready"),
            "",
        ),
        (
            not missing,
            words(
                f"Báo cáo phần việc: {len(whole.members) - len(missing)} trên {len(whole.members)}",
                f"Members' reports: {len(whole.members) - len(missing)} of {len(whole.members)}",
            ),
            "",
        ),
        (meeting.convened_at is not None, words("Đã triệu tập", "Convened"), cited_marks(reader, meeting.convened)),
    )
    names = ", ".join(one.name for one in missing)
    return Checklist(
        items=tuple(
            Check(
                text=text,
                tone="ok" if done else "mute",
                sign="ok" if done else "dots",
                note=words(f"Chưa nộp: {names}", f"Missing: {names}") if place == 3 and missing else "",
                aside=aside,
            )
            for place, (done, text, aside) in enumerate(told)
        )
    )


def _agenda(reader: Reader, whole: Seen) -> list[dict[str, object]]:
    decided = {one.item_id: one for one in whole.decisions}
    last = len(whole.items)
    return [
        {
            "item": item,
            "kind": words(*ITEMS[item.kind]),
            "agency": reader.agency(item.agency) if item.agency else "",
            "papers": [_paper(reader, whole, one) for one in whole.papers if one.item_id == item.id],
            "decision": decided.get(item.id),
            "decided": cited_marks(reader, decided[item.id].cited) if item.id in decided else "",
            "first": item.order == 1,
            "last": item.order == last,
        }
        for item in whole.items
    ]


def _paper(reader: Reader, whole: Seen, one: PaperOf) -> dict[str, object]:
    paper = whole.made.get(one.paper_id or 0)
    form = one.form.partition(":")[0]
    if paper is None:
        href = reader.url("meetings-file", whole.meeting.id, one.sha256)
        return {"id": one.id, "label": one.name, "href": href, "chip": "", "form": ""}
    if paper.circle is not None and documents.paper(reader.viewer, paper.id) is None:
        return {"id": one.id, "label": words(*CLOSED), "href": "", "chip": "", "form": form}
    label = words(*FORM_WORDS[form]) if form in FORM_WORDS else paper.abstract
    number = f" {paper.label}" if paper.number else ""
    return {
        "id": one.id,
        "label": f"{label}{number}",
        "href": reader.url("papers-one", paper.id) if paper.form else reader.url("papers-file", paper.id, "pdf"),
        "chip": paper_chip(paper),
        "form": form,
    }


def _mine(reader: Reader, whole: Seen) -> dict[str, object] | None:
    mine = whole.invitee(reader.account)
    if mine is None or whole.meeting.state not in (State.CONVENED, State.OPEN):
        return None
    answer = absence_answer(reader.group, mine) if mine.votes else None
    decision = answer.decision if answer else None
    return {
        "invitee": mine,
        "reports": mine.votes,
        "absent": mine.absence.reported_at is not None,
        "demands": missing_checks(decision) if decision and mine.absence.reported_at else (),
        "cites": [cite_in(reader, decision.charter, one) for one in decision.citations] if decision else [],
        "opinion_due": bool(decision and "substitute.has_written_opinion" in decision.missing),
    }


def _absences(reader: Reader, whole: Seen) -> list[InviteeInfo]:
    """Return whose absence waits for the chair's answer, where the reader presides and the charter asks for consent."""
    wanted = "meeting.consent_absence" in reader.charter.index.tables
    if reader.account != whole.meeting.chair_account or not wanted:
        return []
    waiting = [one for one in whole.invitees if one.absence.reported_at and one.absence.consent is None]
    return waiting if whole.meeting.state in (*BEFORE, State.OPEN) else []


def _conclusions(reader: Reader, whole: Seen) -> list[dict[str, object]]:
    found = concluding.followed(whole.conclusions)
    may = openable(reader, (one.task.id for one in found if one.task))
    return [
        {
            "point": one.conclusion,
            "agency": reader.agency(one.conclusion.agency) if one.conclusion.agency else "",
            "task": one.task,
            "state": _task_state(one.task, reader),
            "href": reader.url("tasks-one", one.task.id) if one.task and one.task.id in may else "",
            "ready": bool(one.conclusion.agency and one.conclusion.due and one.task is None),
        }
        for one in found
    ]


def _task_state(task: TaskInfo | None, reader: Reader) -> str:
    if task is None:
        return ""
    if not task.is_open:
        return "done"
    return "overdue" if task.is_overdue(reader.now) else "assigned"


def _forms(whole: Seen) -> list[tuple[str, str]]:
    after = whole.meeting.state in (State.OPEN, State.CLOSED)
    return [
        (form, words(*FORM_WORDS[form])) for form in minuting.OF_MEETING if after or form not in minuting.AFTER_OPENING
    ]


def _of_people(reader: Reader, whole: Seen) -> dict[str, object]:
    """Return what the page shows of who is invited."""
    invited = {each.seat_id for each in whole.invitees}
    guests = tuple(each for each in whole.invitees if not each.votes)
    held = offices.holders(reader.group.id, reader.today)
    names = {seat.account: seat.holder for seat in held if seat.account}
    return {
        "members": people(whole, whole.members),
        "guests": people(whole, guests) if guests else None,
        "guest_rows": guests,
        "present": whole.present,
        "total": len(whole.members),
        "uninvited": [seat for seat in held if seat.seat_id not in invited],
        "invitees": whole.invitees,
        "mine": _mine(reader, whole),
        "waiting": _absences(reader, whole),
        "reports": [each for each in whole.invitees if each.report_at],
        "substitutes": [each for each in whole.invitees if each.absence.substitute_name],
        "timeline": timeline(whole.events, names),
    }


def _of_work(reader: Reader, whole: Seen) -> dict[str, object]:
    """Return what the page shows of the agenda, its papers and what came of it."""
    meeting = whole.meeting
    before = meeting.state in BEFORE
    return {
        "agenda": _agenda(reader, whole),
        "kinds": [(kind.value, words(*said)) for kind, said in ITEMS.items()],
        "agencies": sorted(reader.agencies.items(), key=lambda pair: pair[1]),
        "left": meetings.unfinished(meeting.previous) if meeting.previous and before else (),
        "lying": [_paper(reader, whole, each) for each in whole.papers if each.item_id is None],
        "forms": _forms(whole),
        "preparation": _preparation(reader, whole),
        "votes": [shown_vote(reader, each) for each in whole.votes],
        "decisions": [(each, cited_marks(reader, each.cited)) for each in whole.decisions],
        "conclusions": _conclusions(reader, whole),
    }


@group_page
def one(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Show one meeting."""
    whole = seen(own(reader, meeting_id))
    meeting = whole.meeting
    if sheet.asked(request):
        return sheet.answer(
            request, roll_sheet(reader, meeting, whole.invitees), f"diem-danh-{meeting.id}-{reader.today}"
        )
    shown = {
        "head": _head(request, reader, whole),
        "meeting": meeting,
        "state": meeting.state.value,
        "before": meeting.state in BEFORE,
        "runs": meeting.run_by(reader.account),
        "signed": meeting.state is State.CLOSED and _signed(whole),
        **_of_people(reader, whole),
        **_of_work(reader, whole),
    }
    return render(request, "dean06/pages/meeting.html", shown)


def _signed(whole: Seen) -> bool:
    minutes = [whole.made.get(each.paper_id or 0) for each in whole.papers if each.form == "minutes"]
    return any(paper is not None and (paper.state in presiding.SIGNED or paper.number) for paper in minutes)
