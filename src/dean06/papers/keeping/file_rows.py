"""Rows of keeping as values: a file with what lies in it, a piece, and which files a reader may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.keeping.filing import FateInfo, FileState, Outcome, PieceInfo, PieceKind, WorkFileInfo
from dean06.papers.keeping.retention import Term

LYING = Q(pieces__taken_out_at=None)


def seen_files(viewer: Viewer, group_id: int) -> QuerySet[models.WorkFile]:
    """Return the files that a group made or holds, none to those who do not sit in it."""
    if not viewer.sits_in(group_id):
        return models.WorkFile.objects.none()
    return models.WorkFile.objects.filter(Q(group_id=group_id) | Q(holder_id=group_id))


def with_counts(rows: QuerySet[models.WorkFile]) -> QuerySet[models.WorkFile]:
    """Return files with what lies in them, in the order of the list."""
    counted = rows.annotate(
        piece_count=Count("pieces", filter=LYING & Q(pieces__isnull=False)),
        page_count=Sum("pieces__pages", filter=LYING),
        first_on=Min("pieces__dated_on", filter=LYING),
        last_on=Max("pieces__dated_on", filter=LYING),
    )
    chosen = counted.select_related("group", "hand_in").prefetch_related("fates")
    return chosen.order_by("year", "group_id", "pk")


def in_order(files: Iterable[WorkFileInfo]) -> list[WorkFileInfo]:
    """Return files as their list prints them: headings as they were written first, files by number."""
    listed = list(files)
    first: dict[tuple[int, int, str], int] = {}
    for one in listed:
        first.setdefault((one.year, one.group_id, one.heading), one.id)
    return sorted(
        listed,
        key=lambda one: (one.year, one.group_id, first[one.year, one.group_id, one.heading], one.number),
    )


def state_of(row: models.WorkFile) -> FileState:
    """Say how far a file has come."""
    if row.opened_at is None:
        return FileState.PLANNED
    if row.closed_at is None:
        return FileState.OPEN
    if row.hand_in is None:
        return FileState.CLOSED
    return FileState.ARCHIVED if row.hand_in.received_at else FileState.OFFERED


def term_of(row: models.WorkFile) -> Term:
    """Return how long a file is kept."""
    match row.term_kind:
        case "permanent" | "until_repealed":
            return Term(row.term_kind)
        case _:
            return Term("years", row.term_years)


def file_info(row: models.WorkFile) -> WorkFileInfo:
    """Return a file that was read with its counts."""
    return WorkFileInfo(
        id=row.pk,
        group_id=row.group_id,
        holder_id=row.holder_id,
        ref=f"{row.group.slug}:{row.year}:{row.number:02d}.{row.heading}",
        year=row.year,
        heading=row.heading,
        heading_title=row.heading_title,
        number=row.number,
        title=row.title,
        term=term_of(row),
        term_source=row.term_source,
        compared=row.compared,
        keeper=row.keeper,
        note=row.note,
        planned=row.planned,
        state=state_of(row),
        opened_at=row.opened_at,
        ended_on=row.ended_on,
        pieces=getattr(row, "piece_count", 0),
        pages=getattr(row, "page_count", None) or 0,
        from_on=getattr(row, "first_on", None),
        to_on=getattr(row, "last_on", None),
        hand_in_id=row.hand_in_id,
        fates=tuple(_fate(one) for one in _by_age(row.fates.all())),
    )


def _by_age(rows: Iterable[models.Fate]) -> list[models.Fate]:
    return sorted(rows, key=lambda one: one.pk)


def _fate(row: models.Fate) -> FateInfo:
    return FateInfo(
        outcome=Outcome(row.outcome),
        more_years=row.more_years,
        instrument=row.instrument,
        signed_on=row.signed_on,
        reason=row.reason,
    )


def piece_info(row: models.Piece) -> PieceInfo:
    """Return a piece."""
    return PieceInfo(
        id=row.pk,
        number=row.number,
        kind=PieceKind(row.kind),
        ref=row.ref,
        symbol=row.symbol,
        dated_on=row.dated_on,
        title=row.title,
        author=row.author,
        pages=row.pages,
        note=row.note,
        sha256=row.sha256,
        suffix=row.suffix,
        put_at=row.put_at,
        taken_out_at=row.taken_out_at,
        taken_out_why=row.taken_out_why,
    )
