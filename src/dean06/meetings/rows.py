"""Meetings as stored, as the room hands them out, and as what happens to them is written down."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.meetings.errors import MeetingNotFound, MeetingRefused
from dean06.meetings.models import Absence, Counter, Happening, Invitee, Item, Meeting, MeetingPaper, Round
from dean06.meetings.types import (
    AbsenceInfo,
    Cited,
    Interval,
    InviteeInfo,
    ItemInfo,
    ItemKind,
    ItemState,
    Kind,
    MeetingInfo,
    PaperOf,
    State,
    Upload,
    obj,
)
from dean06.offices import service as offices
from dean06.orthography import service as orthography

HOUSE = "noi-quy"
# Numbers within the room that an entry names beside its step, for whoever follows the ledger; never a word.
NOTED = ("invitee", "item", "conclusion", "task")


def ref_of(slug: str, year: int, number: int) -> str:
    """Return the id under which permits and the ledger name a meeting."""
    return f"{slug}:hop:{year}:{number}"


def round_ref(slug: str, year: int, number: int) -> str:
    """Return the id under which permits and the ledger name a written round."""
    return f"{slug}:phieu:{year}:{number}"


def cited_by(by: Permit) -> Cited:
    """Return the clauses that a permit rests on."""
    return Cited(
        clauses=tuple(dict.fromkeys(one.dotted for one in by.citations)),
        charter_hash=by.charter_hash,
        local_rule=by.local_rule or "",
        house=by.charter_line == HOUSE,
    )


def plain(cited: Cited) -> dict[str, object]:
    """Return clauses as JSON."""
    return {
        "clauses": list(cited.clauses),
        "charter_hash": cited.charter_hash,
        "local_rule": cited.local_rule,
        "house": cited.house,
    }


def as_cited(value: Mapping[str, object]) -> Cited:
    """Return clauses from JSON."""
    clauses = value.get("clauses")
    return Cited(
        clauses=tuple(str(one) for one in clauses) if isinstance(clauses, list) else (),
        charter_hash=str(value.get("charter_hash") or ""),
        local_rule=str(value.get("local_rule") or ""),
        house=bool(value.get("house")),
    )


def search_text(number: int, year: int, *words: str) -> str:
    """Return what the search box compares, folded."""
    return orthography.search_key(" ".join([f"{number}/{year}", *words]))[:600]


def next_number(group_id: int, what: str, year: int) -> int:
    """Return the next number of a group and year, inside the caller's transaction."""
    group = offices.group_by_id(group_id)
    if group.ending is not None:
        raise MeetingRefused(
            f"«{group.name}» đã kết thúc: lập cuộc họp ở tổ kế thừa.",
            f"{group.name} has ended: prepare the meeting in its successor.",
        )
    Counter.objects.get_or_create(group_id=group_id, what=what, year=year)
    row = Counter.objects.select_for_update().get(group_id=group_id, what=what, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def locked(meeting_id: int) -> Meeting:
    """Return a meeting whose row no other act may change until this transaction ends."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("group", "series").filter(pk=meeting_id)
    found = row.first()
    if found is None:
        raise not_found(meeting_id)
    return found


def require(row: Meeting, *states: State) -> None:
    """Refuse an act that does not fit where a meeting stands."""
    if State(row.state) not in states:
        raise MeetingRefused(
            f"Cuộc họp số {row.number:02d}/{row.year} {STATE_VI[State(row.state)]}: mở lại trang rồi làm tiếp.",
            f"Meeting {row.number:02d}/{row.year} is {row.state}: open the page again.",
        )


STATE_VI = {
    State.DRAFT: "còn là dự thảo",
    State.CONVENED: "đã triệu tập",
    State.OPEN: "đang họp",
    State.CLOSED: "đã bế mạc",
    State.CANCELLED: "đã hủy",
}


def not_found(meeting_id: int) -> MeetingNotFound:
    """Return the one answer for a meeting that is not there or not for the reader."""
    return MeetingNotFound(
        f"Không có cuộc họp {meeting_id} trong phạm vi của bạn: mở lại danh sách họp.",
        f"There is no meeting {meeting_id} within your reach: open the list of meetings again.",
    )


def happened(by: Permit, row: Meeting | Round, kind: str, told: Mapping[str, object], note: str = "") -> None:
    """Write down an act on a meeting or round, and enter it in the ledger: bound to what it says, which stays here.

    The entry notes the step and the numbers of what it touched.
    """
    is_meeting = isinstance(row, Meeting)
    ref = (ref_of if is_meeting else round_ref)(row.group.slug, row.year, row.number)
    what = obj(ref, kind, **told)
    Happening.objects.create(
        group_id=row.group_id,
        meeting=row if isinstance(row, Meeting) else None,
        round=row if isinstance(row, Round) else None,
        at=by.at,
        kind=kind,
        actor=by.actor.account,
        role=by.actor.role,
        agency=by.actor.agency or "",
        note=note[:300],
        cited=plain(cited_by(by)),
        permit=by.digest(),
    )
    noted: dict[str, str | int] = {"step": kind}
    noted |= {name: value for name in NOTED if isinstance(value := told.get(name), int) and value}
    ledger.append(
        by, scope=row.group.slug, kind="meeting", object_id=ref, digest=what.digest, bound=what.digest, note=noted
    )


def meeting_info(row: Meeting) -> MeetingInfo:
    """Return a stored meeting as other rooms know it."""
    return MeetingInfo(
        id=row.pk,
        ref=ref_of(row.group.slug, row.year, row.number),
        group_id=row.group_id,
        year=row.year,
        number=row.number,
        kind=Kind(row.kind),
        title=row.title,
        about=row.about,
        series=row.series.name if row.series is not None else "",
        previous=row.previous_id,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=State(row.state),
        chair_seat=row.chair_seat,
        chair_name=row.chair_name,
        chair_post=row.chair_post,
        chair_role=row.chair_role,
        chair_account=row.chair_account,
        secretary_seat=row.secretary_seat,
        secretary_name=row.secretary_name,
        secretary_post=row.secretary_post,
        secretary_account=row.secretary_account,
        convened_at=row.convened_at,
        convened_role=row.convened_role,
        convened=as_cited(row.convened),
        presiding=as_cited(row.presiding),
        agenda_approved_at=row.agenda_approved_at,
        agenda=as_cited(row.agenda),
        content_at=row.content_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
        sequence=row.sequence,
        changed_at=row.changed_at,
    )


def item_info(row: Item) -> ItemInfo:
    """Return an item of an agenda."""
    return ItemInfo(
        id=row.pk,
        order=row.order,
        title=row.title,
        kind=ItemKind(row.kind),
        minutes=row.minutes,
        agency=row.agency,
        state=ItemState(row.state),
        carried_from=row.carried_from_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        notes=row.notes,
    )


def upload_of(sha256: str, suffix: str, name: str) -> Upload | None:
    """Return a kept file, None where there is none."""
    return Upload(sha256=sha256, suffix=suffix, name=name) if sha256 else None


def paper_info(row: MeetingPaper) -> PaperOf:
    """Return a paper of a meeting."""
    return PaperOf(
        id=row.pk,
        item_id=row.item_id,
        paper_id=row.paper_id,
        sha256=row.sha256,
        suffix=row.suffix,
        name=row.name,
        form=row.form,
    )


def with_roll(rows: QuerySet[Invitee]) -> QuerySet[Invitee]:
    """Return invitees with all that `invitee_info` reads; three queries whatever their number."""
    return rows.select_related("absence", "report").prefetch_related("presences")


def invitee_info(row: Invitee) -> InviteeInfo:
    """Return an invitee with their spans of presence, absence and report."""
    report = getattr(row, "report", None)
    return InviteeInfo(
        id=row.pk,
        seat_id=row.seat_id,
        role=row.role,
        agency=row.agency,
        name=row.name,
        post=row.post,
        account=row.account,
        organisation=row.organisation,
        votes=row.votes,
        presence=tuple(
            Interval(since=one.since, until=one.until, by_substitute=one.by_substitute) for one in row.presences.all()
        ),
        absence=absence_info(getattr(row, "absence", None)),
        report_at=report.filed_at if report else None,
        report=upload_of(report.sha256, report.suffix, report.name) if report else None,
        report_text=report.text if report else "",
    )


def absence_info(kept: Absence | None) -> AbsenceInfo:
    """Return what was said of an absence; empty where nothing was."""
    if kept is None:
        return AbsenceInfo()
    return AbsenceInfo(
        reported_at=kept.reported_at,
        reported_to=kept.reported_to,
        reason=kept.reason,
        consent=kept.consent,
        consent_at=kept.consent_at,
        consent_role=kept.consent_role,
        substitute_name=kept.substitute_name,
        substitute_post=kept.substitute_post,
        substitute_account=kept.substitute_account,
        opinion_at=kept.opinion_at,
        opinion_text=kept.opinion_text,
        opinion=upload_of(kept.opinion_sha256, kept.opinion_suffix, kept.opinion_name),
    )
