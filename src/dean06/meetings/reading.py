"""Meetings and written rounds as far as a reader may see: whoever sits in the group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count as Counted
from django.db.models import Q, QuerySet

from dean06.clock import service as clock
from dean06.meetings.ballots import decision_info, position_info, votes_of
from dean06.meetings.models import (
    Absence,
    Conclusion,
    Decision,
    Happening,
    Invitee,
    Item,
    Meeting,
    MeetingPaper,
    Position,
    Presence,
    Round,
    Series,
)
from dean06.meetings.rounds import not_found as no_round
from dean06.meetings.rounds import round_info
from dean06.meetings.rows import (
    absence_info,
    as_cited,
    invitee_info,
    item_info,
    meeting_info,
    not_found,
    paper_info,
    with_roll,
)
from dean06.meetings.running import conclusion_info
from dean06.meetings.types import (
    Attendance,
    ConclusionInfo,
    DecisionInfo,
    EventInfo,
    Filters,
    InviteeInfo,
    ItemInfo,
    ItemState,
    MeetingInfo,
    Page,
    PaperOf,
    PositionInfo,
    RoundInfo,
    State,
    VoteInfo,
    party_of,
)
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography

NO_FILTERS = Filters()

__all__ = [
    "attendance",
    "conclusions",
    "conclusions_of_group",
    "convened_between",
    "counts",
    "decisions",
    "events",
    "events_of_round",
    "invitees",
    "items",
    "meeting",
    "meeting_for_flow",
    "meetings",
    "meetings_of_group",
    "open_rounds",
    "papers",
    "papers_of_form",
    "papers_of_round",
    "positions",
    "round_for_flow",
    "rounds",
    "rounds_of_group",
    "series",
    "unfinished",
    "votes",
    "written_round",
    "years",
]


def _seen(viewer: Viewer, group_id: int) -> QuerySet[Meeting]:
    rows = Meeting.objects.select_related("group", "series")
    return rows.filter(group_id=group_id) if viewer.sits_in(group_id) else rows.none()


def _narrowed(rows: QuerySet[Meeting], filters: Filters) -> QuerySet[Meeting]:
    if filters.states:
        rows = rows.filter(state__in=[one.value for one in filters.states])
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.year:
        rows = rows.filter(year=filters.year)
    for word in orthography.search_key(filters.text).split():
        rows = rows.filter(search__contains=word)
    return rows


def meetings(viewer: Viewer, group_id: int, filters: Filters = NO_FILTERS, *, number: int = 1, size: int = 25) -> Page:
    """Return a page of a group's meetings, the latest first."""
    rows = _narrowed(_seen(viewer, group_id), filters)
    number = max(number, 1)
    start = (number - 1) * size
    found = rows.order_by("-starts_at", "-pk")[start : start + size] if size else []
    return Page(items=tuple(meeting_info(row) for row in found), total=rows.count(), number=number, size=size)


def counts(viewer: Viewer, group_id: int, filters: Filters = NO_FILTERS) -> dict[State, int]:
    """Return how many meetings stand in each state; one query."""
    rows = _narrowed(_seen(viewer, group_id), filters).order_by().values_list("state").annotate(n=Counted("pk"))
    return {State(state): count for state, count in rows}


def years(viewer: Viewer, group_id: int) -> tuple[int, ...]:
    """Return the years in which the group has meetings, the newest first."""
    return tuple(_seen(viewer, group_id).order_by("-year").values_list("year", flat=True).distinct())


def series(viewer: Viewer, group_id: int) -> tuple[str, ...]:
    """Return the names of the group's series."""
    if not viewer.sits_in(group_id):
        return ()
    return tuple(Series.objects.filter(group_id=group_id).order_by("name").values_list("name", flat=True))


def meeting(viewer: Viewer, meeting_id: int) -> MeetingInfo:
    """Return one meeting, if the reader may see it."""
    row = Meeting.objects.select_related("group", "series").filter(pk=meeting_id, group_id__in=viewer.groups).first()
    if row is None:
        raise not_found(meeting_id)
    return meeting_info(row)


def meeting_for_flow(meeting_id: int) -> MeetingInfo:
    """Return one meeting for the journeys, which check the actor themselves."""
    row = Meeting.objects.select_related("group", "series").filter(pk=meeting_id).first()
    if row is None:
        raise not_found(meeting_id)
    return meeting_info(row)


def convened_between(group_id: int, since: datetime, until: datetime) -> tuple[MeetingInfo, ...]:
    """Return the convened meetings of a group that begin after one instant and up to another, for whoever reminds."""
    rows = Meeting.objects.filter(group_id=group_id, state=State.CONVENED.value, starts_at__gt=since)
    listed = rows.filter(starts_at__lte=until).select_related("group", "series").order_by("starts_at", "pk")
    return tuple(meeting_info(row) for row in listed)


def open_rounds(group_id: int) -> tuple[RoundInfo, ...]:
    """Return the written rounds of a group that are not closed, for whoever reminds."""
    return tuple(round_info(row) for row in _rounds(Q(group_id=group_id, closed_at=None)).order_by("closes_at", "pk"))


def meetings_of_group(group_id: int) -> tuple[MeetingInfo, ...]:
    """Return every meeting of a group, the earliest first, for the duties that are judged from them."""
    rows = Meeting.objects.filter(group_id=group_id).select_related("group", "series").order_by("starts_at", "pk")
    return tuple(meeting_info(row) for row in rows)


def items(meeting_id: int) -> tuple[ItemInfo, ...]:
    """Return the agenda of a meeting that the caller has read already."""
    return tuple(item_info(row) for row in Item.objects.filter(meeting_id=meeting_id))


def unfinished(meeting_id: int) -> tuple[ItemInfo, ...]:
    """Return the items that a meeting left unfinished and no later meeting has taken over."""
    open_ones = [ItemState.WAITING.value, ItemState.DEFERRED.value]
    rows = Item.objects.filter(meeting_id=meeting_id, state__in=open_ones, carried_to=None)
    return tuple(item_info(row) for row in rows)


def invitees(meeting_id: int) -> tuple[InviteeInfo, ...]:
    """Return who is invited to a meeting that the caller has read already, and how each stands on the roll."""
    rows = with_roll(Invitee.objects.filter(meeting_id=meeting_id))
    return tuple(invitee_info(row) for row in rows)


def attendance(meeting_ids: Iterable[int]) -> dict[int, tuple[Attendance, ...]]:
    """Return how those who vote attended each of these meetings; three queries of few columns, for years of them."""
    wanted = list(meeting_ids)
    there = Presence.objects.filter(invitee__meeting_id__in=wanted).values_list("invitee_id", "by_substitute")
    spans: dict[int, bool] = {}
    for invitee, by_substitute in there:
        spans[invitee] = spans.get(invitee, False) or not by_substitute
    absences = {row.invitee_id: row for row in Absence.objects.filter(invitee__meeting_id__in=wanted)}
    rows = Invitee.objects.filter(meeting_id__in=wanted, votes=True)
    found: dict[int, list[Attendance]] = {}
    for key, meeting_id, role, agency, report_at in rows.values_list(
        "pk", "meeting_id", "role", "agency", "report__filed_at"
    ):
        one = Attendance(
            party=party_of(role, agency),
            on_roll=key in spans,
            came=spans.get(key, False),
            report_at=report_at,
            absence=absence_info(absences.get(key)),
        )
        found.setdefault(meeting_id, []).append(one)
    return {key: tuple(value) for key, value in found.items()}


def papers(meeting_id: int) -> tuple[PaperOf, ...]:
    """Return what lies on the table of a meeting that the caller has read already."""
    return tuple(paper_info(row) for row in MeetingPaper.objects.filter(meeting_id=meeting_id))


def papers_of_form(group_id: int, form: str) -> dict[int, tuple[int, ...]]:
    """Return the papers made from one form, by meeting, for a whole group; one query."""
    rows = MeetingPaper.objects.filter(group_id=group_id, form=form, paper_id__isnull=False, meeting__isnull=False)
    found: dict[int, tuple[int, ...]] = {}
    for meeting_id, paper_id in rows.values_list("meeting_id", "paper_id"):
        if meeting_id and paper_id:
            found[meeting_id] = (*found.get(meeting_id, ()), paper_id)
    return found


def votes(meeting_id: int) -> tuple[VoteInfo, ...]:
    """Return the votes of a meeting that the caller has read already."""
    return votes_of(meeting_id)


def decisions(meeting_id: int) -> tuple[DecisionInfo, ...]:
    """Return what a meeting decided, voided votes left out."""
    rows = Decision.objects.filter(meeting_id=meeting_id, undone=False)
    return tuple(decision_info(row) for row in rows)


def positions(meeting_id: int) -> tuple[PositionInfo, ...]:
    """Return what members said of the matters that the leader decides."""
    rows = Position.objects.filter(item__meeting_id=meeting_id).select_related("invitee")
    return tuple(position_info(row) for row in rows)


def conclusions(meeting_id: int) -> tuple[ConclusionInfo, ...]:
    """Return the points of the chair's conclusion."""
    rows = Conclusion.objects.filter(meeting_id=meeting_id).select_related("meeting__group")
    return tuple(conclusion_info(row) for row in rows)


def conclusions_of_group(group_id: int, years: tuple[int, int] | None = None) -> tuple[ConclusionInfo, ...]:
    """Return the points that a group's meetings concluded, the newest meeting first.

    With `years` those whose last day, or where they have none whose making, lies in the first to the last of them.
    """
    rows = Conclusion.objects.filter(group_id=group_id).select_related("meeting__group")
    if years is not None:
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
        made = Q(due=None, at__gte=clock.at_start_of(first), at__lt=clock.at_start_of(date(years[1] + 1, 1, 1)))
        rows = rows.filter(Q(due__gte=first, due__lte=last) | made)
    few = rows.defer("meeting__convened", "meeting__presiding", "meeting__agenda", "meeting__search", "meeting__about")
    return tuple(conclusion_info(row) for row in few.order_by("-meeting__starts_at", "number"))


def _events(rows: QuerySet[Happening]) -> tuple[EventInfo, ...]:
    return tuple(
        EventInfo(
            at=row.at,
            kind=row.kind,
            actor=row.actor,
            role=row.role,
            agency=row.agency,
            note=row.note,
            cited=as_cited(row.cited),
        )
        for row in rows
    )


def events(meeting_id: int) -> tuple[EventInfo, ...]:
    """Return what happened to a meeting that the caller has read already, oldest first."""
    return _events(Happening.objects.filter(meeting_id=meeting_id))


def events_of_round(round_id: int) -> tuple[EventInfo, ...]:
    """Return what happened to a round that the caller has read already, oldest first."""
    return _events(Happening.objects.filter(round_id=round_id))


# ------------------------------------------------------------------ written rounds


def _rounds(where: Q) -> QuerySet[Round]:
    return Round.objects.filter(where).select_related("group").prefetch_related("asked")


def rounds(viewer: Viewer, group_id: int, text: str = "") -> tuple[RoundInfo, ...]:
    """Return a group's written rounds, the newest first."""
    if not viewer.sits_in(group_id):
        return ()
    rows = _rounds(Q(group_id=group_id)).order_by("-opened_at", "-pk")
    for word in orthography.search_key(text).split():
        rows = rows.filter(search__contains=word)
    return tuple(round_info(row) for row in rows)


def rounds_of_group(group_id: int) -> tuple[RoundInfo, ...]:
    """Return every written round of a group, for the duties that are judged from them."""
    return tuple(round_info(row) for row in _rounds(Q(group_id=group_id)).order_by("opened_at", "pk"))


def written_round(viewer: Viewer, round_id: int) -> RoundInfo:
    """Return one round, if the reader may see it."""
    row = _rounds(Q(pk=round_id, group_id__in=viewer.groups)).first()
    if row is None:
        raise no_round(round_id)
    return round_info(row)


def round_for_flow(round_id: int) -> RoundInfo:
    """Return one round for the journeys, which check the actor themselves."""
    row = _rounds(Q(pk=round_id)).first()
    if row is None:
        raise no_round(round_id)
    return round_info(row)


def papers_of_round(round_id: int) -> tuple[PaperOf, ...]:
    """Return the papers beside the question of a round that the caller has read already."""
    return tuple(paper_info(row) for row in MeetingPaper.objects.filter(round_id=round_id))
