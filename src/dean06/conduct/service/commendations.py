"""The face of commendations: proposed from results, granted or submitted higher, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from dean06.charter.types import Permit
from dean06.conduct.errors import ConductNotFound, ConductRefused
from dean06.conduct.happenings import columns, happened
from dean06.conduct.models import Commendation, CommendationEvent
from dean06.conduct.models import Honoured as Row
from dean06.conduct.types import (
    Before,
    CommendationInfo,
    Figure,
    Honoured,
    NewCommendation,
    State,
)
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography

__all__ = [
    "act_digest",
    "attach_paper",
    "before",
    "commendation",
    "commendations",
    "for_flow",
    "grant",
    "next_ref",
    "numbered",
    "of_flow",
    "propose",
    "record",
    "submit",
    "withdraw",
    "years",
]


def next_ref(group_id: int, year: int) -> str:
    """Return the id that the next commendation of a year takes."""
    last = Commendation.objects.filter(group_id=group_id, year=year).count()
    return f"{offices.group_by_id(group_id).slug}:KT-{year}.{last + 1}"


def before(group_id: int, ground: str, honoured: Iterable[Honoured]) -> tuple[Before, ...]:
    """Return who of those named was proposed before on the same ground, by a proposal that was not withdrawn."""
    named = Q(pk__in=[])
    for one in honoured:
        named |= Q(agency=one.agency, name_key=orthography.search_key(one.name)[:120])
    rows = Row.objects.filter(
        named, group_id=group_id, commendation__ground_key=orthography.search_key(ground)[:400]
    ).exclude(commendation__state=State.WITHDRAWN.value)
    return tuple(
        Before(
            number=row.commendation.number,
            year=row.commendation.year,
            agency=row.agency,
            name=row.name,
            state=State(row.commendation.state),
        )
        for row in rows.select_related("commendation").order_by("pk")
    )


def propose(by: Permit, new: NewCommendation) -> CommendationInfo:
    """Enter a proposal; somebody proposed before on this ground is named, and goes in again only when that is known."""
    _check(new)
    year = by.at.year
    with transaction.atomic():
        offices_row = offices.group_by_id(new.group_id)
        known = before(new.group_id, new.ground, new.honoured)
        if known and not new.again:
            named = "; ".join(f"{one.name or one.agency} (đề nghị số {one.number}/{one.year})" for one in known)
            raise ConductRefused(
                f"Đã được đề nghị theo cùng căn cứ này: {named}. Nếu vẫn đề nghị, xác nhận là biết.",
                f"Proposed before on this very ground: {named}. Confirm that you know it to go on.",
            )
        row = Commendation.objects.create(
            group_id=new.group_id,
            year=year,
            number=Commendation.objects.select_for_update().filter(group_id=new.group_id, year=year).count() + 1,
            title=new.title,
            search=orthography.search_key(" ".join([new.title, new.form, *(one.name for one in new.honoured)]))[:600],
            form=new.form,
            ground=new.ground,
            ground_key=orthography.search_key(new.ground)[:400],
            since=new.since,
            until=new.until,
            proposed_at=by.at,
            proposed_by=by.actor.account,
            permit=by.digest(),
        )
        Row.objects.bulk_create(_row(row, one) for one in new.honoured)
        _record(by, row, "proposed", offices_row.slug, bound=new.digest())
    return for_flow(new.group_id, row.pk)


def _row(row: Commendation, one: Honoured) -> Row:
    return Row(
        group_id=row.group_id,
        commendation=row,
        agency=one.agency,
        name=one.name,
        name_key=orthography.search_key(one.name)[:120],
        post=one.post,
        deeds=one.deeds,
        figures=[[each.label, each.value, list(each.sources)] for each in one.figures],
    )


def _check(new: NewCommendation) -> None:
    if not (new.title and new.form and new.ground and new.honoured):
        raise ConductRefused(
            "Đề nghị khen cần thành tích, hình thức, căn cứ và ít nhất một tập thể hoặc cá nhân.",
            "A proposal wants the achievement, the form, the ground and at least one party.",
        )
    if new.until < new.since:
        raise ConductRefused("Thời gian lập thành tích ngược.", "The span ends before it begins.")
    if not all(one.agency and one.deeds for one in new.honoured):
        raise ConductRefused(
            "Mỗi người, tập thể cần cơ quan và thành tích.", "Each party wants its agency and its deeds."
        )


def act_digest(info: CommendationInfo, act: str, note: str = "") -> str:
    """Return what the permit for an act on a commendation binds."""
    return digest_of(ref=info.ref, state=info.state.value, act=act, note=note)


def grant(by: Permit, commendation_id: int, paper: str, on: date) -> CommendationInfo:
    """Commend within one's own competence, by the decision named."""
    return _decide(by, commendation_id, State.GRANTED, "grant", paper, on, "")


def submit(by: Permit, commendation_id: int, paper: str, on: date) -> CommendationInfo:
    """Submit to the competent level, by the paper named."""
    return _decide(by, commendation_id, State.SUBMITTED, "submit", paper, on, "")


def record(by: Permit, commendation_id: int, state: State, paper: str, on: date, result: str) -> CommendationInfo:
    """Record what the level above decided: awarded or declined."""
    return _decide(by, commendation_id, state, "record", paper, on, result)


def withdraw(by: Permit, commendation_id: int, reason: str) -> CommendationInfo:
    """Take a proposal back while nothing is decided."""
    if not reason:
        raise ConductRefused("Ghi lý do rút.", "Give the reason for taking it back.")
    return _decide(by, commendation_id, State.WITHDRAWN, "withdraw", "", None, reason)


FROM = {
    State.GRANTED: (State.PROPOSED,),
    State.SUBMITTED: (State.PROPOSED,),
    State.AWARDED: (State.SUBMITTED,),
    State.DECLINED: (State.SUBMITTED, State.PROPOSED),
    State.WITHDRAWN: (State.PROPOSED,),
}


def _decide(
    by: Permit, commendation_id: int, state: State, act: str, paper: str, on: date | None, note: str
) -> CommendationInfo:
    with transaction.atomic():
        row = Commendation.objects.select_for_update(of=("self",)).select_related("group").get(pk=commendation_id)
        info = _info(row)
        if state not in FROM or row.state not in FROM[state]:
            raise ConductRefused(
                f"Đề nghị khen số {row.number}/{row.year} không còn ở bước này: mở lại trang.",
                f"Commendation {row.number}/{row.year} is not at this step any more: open the page again.",
            )
        if state is not State.WITHDRAWN and not (paper and on):
            raise ConductRefused("Ghi số, ngày văn bản.", "Give number and date of the paper.")
        row.state = state.value
        if paper:
            row.decided_as, row.decided_on = paper, on
        row.result = note[:400]
        row.save(update_fields=["state", "decided_as", "decided_on", "result"])
        bound = act_digest(info, act, f"{state.value} {paper} {on} {note}".strip())
        _record(by, row, state.value, row.group.slug, bound=bound, note=note or paper)
    return for_flow(row.group_id, row.pk)


def attach_paper(commendation_id: int, paper_id: int) -> None:
    """Remember the paper drafted from a commendation; the draft has an entry of its own."""
    Commendation.objects.filter(pk=commendation_id).update(paper_id=paper_id)


def _record(by: Permit, row: Commendation, kind: str, slug: str, *, bound: str, note: str = "") -> None:
    CommendationEvent.objects.create(commendation=row, **columns(by, row.group_id, kind, note))
    ref = f"{slug}:KT-{row.year}.{row.number}"
    told: dict[str, str | int] = {"act": kind}
    ledger.append(by, scope=slug, kind="commendation", object_id=ref, digest=bound, bound=bound, note=told)


def _info(row: Commendation, *, whole: bool = False) -> CommendationInfo:
    return CommendationInfo(
        id=row.pk,
        ref=f"{row.group.slug}:KT-{row.year}.{row.number}",
        group_id=row.group_id,
        number=row.number,
        year=row.year,
        title=row.title,
        form=row.form,
        ground=row.ground,
        since=row.since,
        until=row.until,
        state=State(row.state),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        decided_as=row.decided_as,
        decided_on=row.decided_on,
        result=row.result,
        paper_id=row.paper_id,
        honoured=tuple(_party(one) for one in row.honoured.all()),
        events=tuple(happened(one) for one in row.events.all()) if whole else (),
    )


def _party(row: Row) -> Honoured:
    return Honoured(
        agency=row.agency,
        name=row.name,
        post=row.post,
        deeds=row.deeds,
        figures=tuple(Figure(label=each[0], value=each[1], sources=tuple(each[2])) for each in row.figures),
    )


def _rows(group_id: int) -> QuerySet[Commendation]:
    rows = Commendation.objects.filter(group_id=group_id).select_related("group")
    return rows.prefetch_related("honoured").order_by("-year", "-number")


def commendations(
    viewer: Viewer, group_id: int, year: int | None = None, text: str = ""
) -> tuple[CommendationInfo, ...]:
    """Return the commendations of a group, newest first, to those who sit in it; two queries."""
    if not viewer.sits_in(group_id):
        return ()
    rows = _rows(group_id)
    if year is not None:
        rows = rows.filter(year=year)
    for word in orthography.search_key(text).split():
        rows = rows.filter(search__contains=word)
    return tuple(_info(row) for row in rows)


def of_flow(group_id: int) -> tuple[CommendationInfo, ...]:
    """Return every commendation of a group for the house's own work."""
    return tuple(_info(row) for row in _rows(group_id))


def years(group_id: int) -> tuple[int, ...]:
    """Return the years in which anything was proposed, newest first."""
    found = Commendation.objects.filter(group_id=group_id).values_list("year", flat=True)
    return tuple(sorted(set(found), reverse=True))


def _not_found() -> ConductNotFound:
    return ConductNotFound("Không có đề nghị khen thưởng này.", "There is no such commendation.")


def commendation(viewer: Viewer, group_id: int, commendation_id: int) -> CommendationInfo:
    """Return one commendation with everything that happened to it, to those who sit in the group."""
    row = _rows(group_id).prefetch_related("events").filter(pk=commendation_id).first()
    if row is None or not viewer.sits_in(group_id):
        raise _not_found()
    return _info(row, whole=True)


def numbered(group_id: int, year: int, number: int) -> CommendationInfo | None:
    """Return one commendation of a group by its year and number, for the house's own work."""
    row = _rows(group_id).filter(year=year, number=number).first()
    return _info(row) if row is not None else None


def for_flow(group_id: int, commendation_id: int) -> CommendationInfo:
    """Return one commendation of a group for a flow."""
    row = _rows(group_id).filter(pk=commendation_id).first()
    if row is None:
        raise _not_found()
    return _info(row)
