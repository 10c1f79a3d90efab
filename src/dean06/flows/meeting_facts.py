"""What a group's meetings and written rounds say of its duties, in the plain form that the charter room takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dean06.clock import service as clock
from dean06.meetings.service import meetings
from dean06.meetings.types import Attendance, ConclusionInfo, Kind, MeetingInfo, RoundInfo
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.work.service import tasks as work
from dean06.work.types import Status, TaskInfo

SIGNED = "signed"

__all__ = ["of_group"]

Row = dict[str, object]
Years = tuple[int, int]


def of_group(group: GroupInfo, at: datetime, years: Years | None = None) -> dict[str, object]:
    """Return the lists of facts that this room fills, as of an instant.

    With `years`, what opened or falls due in the first to the last of them: a duty of a year rests on nothing else.
    """
    known = meetings.meetings_of_group(group.id)
    opened = [one for one in known if one.opened_at and (years is None or _in(years, one.opened_at))]
    return {
        "meetings": _held(group, [one for one in opened if one.is_of_group], at),
        "sessions": _sessions(opened),
        "conclusions": _conclusions(group, {one.id: one for one in known}, years),
        "written_rounds": _written_rounds(group),
    }


def _in(years: Years, instant: datetime) -> bool:
    return years[0] <= instant.astimezone(clock.TZ).year <= years[1]


def _held(group: GroupInfo, listed: list[MeetingInfo], at: datetime) -> list[Row]:
    """Return the group's meetings that opened: kind, who convened and presided, roll, minutes, attendance."""
    rolls = meetings.attendance(one.id for one in listed)
    made = meetings.papers_of_form(group.id, "minutes")
    known = documents.many_for_work(paper for ids in made.values() for paper in ids)
    return [
        _meeting(one, rolls.get(one.id, ()), [known[paper] for paper in made.get(one.id, ()) if paper in known], at)
        for one in listed
    ]


def _meeting(meeting: MeetingInfo, members: tuple[Attendance, ...], minutes: list[PaperInfo], at: datetime) -> Row:
    signed = any((one.issued_at is not None and one.issued_at <= at) or one.state == SIGNED for one in minutes)
    row: Row = {
        "id": f"HOP-{meeting.number:02d}-{meeting.year}",
        "kind": meeting.kind.value,
        "convened_by": meeting.convened_role,
        "convened_at": _at(meeting.convened_at),
        "opened_at": _at(meeting.opened_at),
        "presided_by": meeting.chair_role,
        "roll": any(one.on_roll for one in members),
        "minutes": signed,
        "content_report_at": _at(meeting.content_at),
        "attendance": [_attended(one) for one in members if one.party != "leader"],
    }
    return {key: value for key, value in row.items() if value is not None}


def _attended(one: Attendance) -> Row:
    kept = one.absence
    row: Row = {"member": one.party, "present": one.came}
    if one.report_at:
        row["report_filed_at"] = _at(one.report_at)
    if kept.reported_at:
        row["absence_reported"] = {"to": kept.reported_to, "at": _at(kept.reported_at)}
    if kept.consent is not None:
        row["consent"] = {"by": kept.consent_role, "at": _at(kept.consent_at), "given": kept.consent}
    if kept.substitute_name:
        said = {"name": kept.substitute_name, "responsible": True, "written_opinion_at": _at(kept.opinion_at)}
        row["substitute"] = {key: value for key, value in said.items() if value is not None}
    return row


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _sessions(opened: list[MeetingInfo]) -> list[Row]:
    """Return the working sessions that were held, which are no meetings of the group."""
    return [
        {"id": f"LV-{one.number:02d}-{one.year}", "at": _at(one.opened_at), "by": one.chair_role}
        for one in opened
        if one.kind is Kind.SESSION
    ]


def _conclusions(group: GroupInfo, known: Mapping[int, MeetingInfo], years: Years | None) -> list[Row]:
    """Return the points that meetings concluded, whom they concern, and when each was carried out.

    A point whose task was called off is owed no longer.
    """
    listed = [one for one in meetings.conclusions_of_group(group.id, years) if one.agency]
    tasks = work.tasks_for_flow(one.task_id for one in listed if one.task_id)
    found = [(one, tasks.get(one.task_id or 0)) for one in listed]
    return [
        _conclusion(one, known[one.meeting_id], task)
        for one, task in found
        if task is None or task.status is not Status.CANCELLED
    ]


def _conclusion(one: ConclusionInfo, meeting: MeetingInfo, task: TaskInfo | None) -> Row:
    label = f"KL-{meeting.number:02d}-{meeting.year}-{one.number}"
    row: Row = {"id": label, "concerns": [one.agency], "at": _at(one.at)}
    if one.due:
        row["due_at"] = clock.at_start_of(one.due.fromordinal(one.due.toordinal() + 1)).isoformat()
    if task is not None and task.done_at is not None:
        row["done"] = [{"agency": one.agency, "at": task.done_at.isoformat()}]
    return row


def _written_rounds(group: GroupInfo) -> list[Row]:
    """Return the written rounds with who was asked and who answered when."""
    return [_round(one) for one in meetings.rounds_of_group(group.id)]


def _round(one: RoundInfo) -> Row:
    return {
        "id": f"PYK-{one.number:02d}-{one.year}",
        "opened_at": _at(one.opened_at),
        "closes_at": _at(one.closes_at),
        "members": [seat.party for seat in one.opinions if seat.role != "leader"],
        "opinions": [
            {"member": seat.party, "at": seat.answered_at.isoformat()}
            for seat in one.opinions
            if seat.answered_at is not None
        ],
    }
