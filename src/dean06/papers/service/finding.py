"""Papers and incoming papers as the catalogue of things takes them: one by its id, or those after the last it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dean06.papers.keeping.file_rows import file_info, with_counts
from dean06.papers.keeping.filing import WorkFileInfo
from dean06.papers.models import Incoming, Paper, WorkFile
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo

__all__ = ["CameIn", "incoming", "incoming_after", "paper", "papers_after", "work_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """An incoming paper by what it is found by, and to whom it was handed."""

    id: int
    year: int | None
    number: int | None
    label: str
    kind: str
    organ: str
    abstract: str
    arrived_at: datetime
    handed_to: str
    answer_by: date | None


def paper(group_id: int, paper_id: int) -> PaperInfo | None:
    """Return one paper of a group that was not dropped, for the house's own work."""
    row = Paper.objects.filter(pk=paper_id, group_id=group_id).exclude(state="dropped").defer("content").first()
    return documents.info(row) if row else None


def papers_after(group_id: int, paper_id: int) -> Iterator[PaperInfo]:
    """Give the papers of a group that were made after one, in their order."""
    rows = Paper.objects.filter(group_id=group_id, pk__gt=paper_id).exclude(state="dropped").defer("content")
    return (documents.info(row) for row in rows.order_by("pk").iterator(chunk_size=500))


def incoming(group_id: int, incoming_id: int) -> CameIn | None:
    """Return one incoming paper of a group, for the house's own work."""
    row = Incoming.objects.filter(group_id=group_id, pk=incoming_id).first()
    return _came_in(row) if row else None


def incoming_after(group_id: int, incoming_id: int) -> Iterator[CameIn]:
    """Give the papers that came to a group after one, in their order."""
    rows = Incoming.objects.filter(group_id=group_id, pk__gt=incoming_id).order_by("pk")
    return (_came_in(row) for row in rows.iterator(chunk_size=500))


def work_files(group_id: int) -> list[WorkFileInfo]:
    """Return the files that a group made or holds, for the house's own work."""
    rows = WorkFile.objects.filter(Q(group_id=group_id) | Q(holder_id=group_id))
    return [file_info(row) for row in with_counts(rows).order_by("pk")]


def _came_in(row: Incoming) -> CameIn:
    return CameIn(
        id=row.pk,
        year=row.year,
        number=row.number,
        label=row.label,
        kind=row.kind,
        organ=row.organ_name,
        abstract=row.abstract,
        arrived_at=row.arrived_at,
        handed_to=row.handed_to,
        answer_by=row.answer_by,
    )
