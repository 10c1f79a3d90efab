"""What of meetings can be found: meetings, what they concluded, written rounds; by whoever sits in the group."""

from __future__ import annotations

from dean06.catalogue.types import Gone, NewEntry
from dean06.flows.cataloguing.shapes import Provider, under
from dean06.meetings.service import meetings
from dean06.meetings.types import ConclusionInfo, MeetingInfo, RoundInfo
from dean06.offices.types import GroupInfo

FOLLOWS = frozenset({"meeting"})

__all__ = ["CONCLUSIONS", "MEETINGS", "ROUNDS"]


def _meeting(one: MeetingInfo) -> NewEntry:
    return NewEntry(
        group_id=one.group_id,
        kind="meeting",
        key=str(one.id),
        title=one.title,
        label=one.label,
        words=f"{one.about} {one.place} {one.series} {one.chair_name} {one.secretary_name} {one.starts_at:%d/%m/%Y}",
        codes=(one.label, f"{one.number}/{one.year}"),
        route="meetings-one",
        args=(one.id,),
        at=one.starts_at,
        changed_at=one.changed_at,
    )


def _touched_meeting(group: GroupInfo, object_id: str) -> list[NewEntry]:
    found = meetings.meeting_of_ref(group.id, object_id)
    return [_meeting(found)] if found else []


def _conclusion(group: GroupInfo, one: ConclusionInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="conclusion",
        key=f"{one.meeting_id}.{one.id}",
        title=one.text,
        label=str(one.number),
        words=" ".join((one.agency, *one.coordinating)),
        route="meetings-one",
        args=(one.meeting_id,),
        at=one.at,
    )


def _touched_conclusions(group: GroupInfo, object_id: str) -> list[NewEntry | Gone]:
    """Return the points of a meeting as they stand; those dropped are gone."""
    meeting = meetings.meeting_of_ref(group.id, object_id)
    if meeting is None:
        return []
    found = [_conclusion(group, one) for one in meetings.conclusions(meeting.id)]
    return under(group, "conclusion", f"{meeting.id}.", found)


def _round(one: RoundInfo) -> NewEntry:
    return NewEntry(
        group_id=one.group_id,
        kind="round",
        key=str(one.id),
        title=one.matter,
        label=one.label,
        words=f"{one.situation[:600]} {one.why}",
        codes=(one.label, f"{one.number}/{one.year}"),
        route="meetings-round",
        args=(one.id,),
        at=one.opened_at,
    )


def _touched_round(group: GroupInfo, object_id: str) -> list[NewEntry]:
    found = meetings.round_of_ref(group.id, object_id)
    return [_round(found)] if found else []


MEETINGS = Provider(
    kind="meeting",
    vi="Cuộc họp",
    en="Meetings",
    follows=FOLLOWS,
    touched=_touched_meeting,
    every=lambda group: map(_meeting, meetings.meetings_of_group(group.id)),
)
CONCLUSIONS = Provider(
    kind="conclusion",
    vi="Kết luận họp",
    en="Conclusions",
    follows=FOLLOWS,
    touched=_touched_conclusions,
    every=lambda group: (_conclusion(group, one) for one in meetings.conclusions_of_group(group.id)),
)
ROUNDS = Provider(
    kind="round",
    vi="Lấy ý kiến bằng văn bản",
    en="Written rounds",
    follows=FOLLOWS,
    touched=_touched_round,
    every=lambda group: map(_round, meetings.rounds_of_group(group.id)),
)
