"""Work files: the list of a year, opening, putting in and taking out in order, closing (Decree 30/2020, 28 to 29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.keeping import retention
from dean06.papers.keeping.file_acts import file_of, locked, record
from dean06.papers.keeping.file_rows import file_info, in_order, seen_files, with_counts
from dean06.papers.keeping.filing import (
    FileListInfo,
    FileState,
    NewFile,
    WorkFileInfo,
)
from dean06.papers.keeping.retention import PERMANENT, UNTIL_REPEALED, KnownTerm, ProposedFile

NOT_CLOSED = (FileState.PLANNED, FileState.OPEN)

__all__ = [
    "PERMANENT",
    "UNTIL_REPEALED",
    "add",
    "change",
    "close",
    "decide_list",
    "drop",
    "file_for_work",
    "file_list",
    "file_list_for_work",
    "known_terms",
    "list_years",
    "open_file",
    "propose",
    "proposed",
    "work_file",
    "work_files",
]


def proposed(year: int, day: date) -> list[ProposedFile]:
    """Return the typical list of files of a year, with the terms in force on a day."""
    return retention.proposed(year, day)


def known_terms(day: date) -> list[KnownTerm]:
    """Return each class of files with its term on a day."""
    return retention.classes_on(day)


def file_list(viewer: Viewer, group_id: int, year: int) -> FileListInfo | None:
    """Return the list of files of a year, to those who sit in the group."""
    return file_list_for_work(group_id, year) if viewer.sits_in(group_id) else None


def file_list_for_work(group_id: int, year: int) -> FileListInfo:
    """Return the list of files of a year for the journeys; one that nobody has begun is empty and undecided."""
    row = models.FileList.objects.filter(group_id=group_id, year=year).first()
    return FileListInfo(
        group_id=group_id,
        year=year,
        instrument=row.instrument if row else "",
        signed_on=row.signed_on if row else None,
    )


def list_years(viewer: Viewer, group_id: int) -> list[int]:
    """Return the years in which a group has files, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return []
    years = models.WorkFile.objects.filter(group_id=group_id).order_by().values_list("year", flat=True)
    return sorted(set(years))


def work_files(viewer: Viewer, group_id: int, year: int | None = None) -> list[WorkFileInfo]:
    """Return the files that a group made or holds, in the order of the list, to those who sit in it."""
    rows = seen_files(viewer, group_id)
    return in_order(file_info(row) for row in with_counts(rows.filter(year=year) if year else rows))


def work_file(viewer: Viewer, file_id: int) -> WorkFileInfo | None:
    """Return one file if the reader sits in the group that made it or in the one that holds it."""
    info = next((file_info(row) for row in with_counts(models.WorkFile.objects.filter(pk=file_id))), None)
    return info if info and (viewer.sits_in(info.group_id) or viewer.sits_in(info.holder_id)) else None


def file_for_work(file_id: int) -> WorkFileInfo:
    """Return one file for the journeys, which check the actor themselves."""
    return file_of(file_id)


def propose(by: Permit, group_id: int, year: int, rows: Sequence[ProposedFile]) -> int:
    """Write the proposed files into an undecided list; what stands there already stays. Returns how many are new."""
    group = offices.group_by_id(group_id)
    with transaction.atomic():
        list_ = _undecided(group_id, year)
        known = set(models.WorkFile.objects.filter(group_id=group_id, year=year).values_list("heading", "number"))
        fresh = [one for one in rows if (one.heading, one.number) not in known]
        for one in fresh:
            new = NewFile(
                heading=one.heading,
                heading_title=one.heading_title,
                title=one.title,
                term=one.term,
                term_source=one.term_source,
                keeper=one.keeper,
                compared=one.compared,
            )
            _filled(models.WorkFile(group_id=group_id, holder_id=group_id, year=year, planned=True), new, one.number)
        bound = digest_of(titles="; ".join(one.title for one in rows))
        _record_list(by, group.slug, list_, bound=bound, note={"files": len(fresh)})
    return len(fresh)


def add(by: Permit, group_id: int, year: int, new: NewFile) -> WorkFileInfo:
    """Add a file to a list; once the list is decided it stands beside it (Article 29, clause 2, point c)."""
    group = offices.group_by_id(group_id)
    with transaction.atomic():
        list_, _ = models.FileList.objects.select_for_update().get_or_create(group_id=group_id, year=year)
        last = models.WorkFile.objects.filter(group_id=group_id, year=year, heading=new.heading)
        number = max(last.values_list("number", flat=True), default=0) + 1
        planned = list_.signed_on is None
        row = models.WorkFile(group_id=group_id, holder_id=group_id, year=year, planned=planned)
        row = _filled(row, new, number)
        _record_list(by, group.slug, list_, bound=new.digest(), note={"file": f"{number:02d}.{new.heading}"})
    return file_for_work(row.pk)


def _undecided(group_id: int, year: int) -> models.FileList:
    row, _ = models.FileList.objects.select_for_update().get_or_create(group_id=group_id, year=year)
    if row.signed_on is not None:
        raise BadInput(
            f"Danh mục hồ sơ năm {year} đã ban hành theo {row.instrument}: chỉ thêm hồ sơ ngoài danh mục.",
            f"The list of files of {year} was issued under {row.instrument}: add files beside it only.",
        )
    return row


def _filled(row: models.WorkFile, new: NewFile, number: int) -> models.WorkFile:
    row.heading, row.heading_title, row.number = new.heading, new.heading_title, number
    row.title, row.keeper, row.note = new.title, new.keeper, new.note
    row.term_kind, row.term_years, row.term_source = new.term.kind, new.term.years, new.term_source
    row.compared = new.compared
    row.save()
    return row


def _record_list(by: Permit, slug: str, row: models.FileList, *, bound: str, note: dict[str, str | int]) -> None:
    titles = models.WorkFile.objects.filter(group_id=row.group_id, year=row.year).values_list("title", flat=True)
    ledger.append(
        by,
        scope=slug,
        kind="file_list",
        object_id=f"{slug}:{row.year}",
        digest=digest_of(titles="; ".join(titles), instrument=row.instrument),
        bound=bound,
        note=note,
    )


def decide_list(by: Permit, group_id: int, year: int, instrument: str, signed_on: date) -> FileListInfo:
    """Enter the decision under which the list of a year is issued; from then on its rows are files to be opened."""
    group = offices.group_by_id(group_id)
    with transaction.atomic():
        row = _undecided(group_id, year)
        if not models.WorkFile.objects.filter(group_id=group_id, year=year).exists():
            raise BadInput("Danh mục chưa có hồ sơ nào.", "The list has no file yet.")
        row.instrument, row.signed_on = instrument, signed_on
        row.save(update_fields=["instrument", "signed_on"])
        bound = digest_of(instrument=instrument, on=signed_on)
        _record_list(by, group.slug, row, bound=bound, note={"year": year})
    return file_list_for_work(group_id, year)


def change(by: Permit, file_id: int, new: NewFile) -> WorkFileInfo:
    """Change title, term or keeper of a file that is not closed (Article 29, clause 4, point b)."""
    with transaction.atomic():
        row, info = locked(file_id, NOT_CLOSED)
        if new.heading != row.heading:
            raise BadInput("Hồ sơ giữ nguyên đề mục của mình.", "A file keeps its heading.")
        _filled(row, new, row.number)
        return record(by, info, bound=new.digest())


def drop(by: Permit, file_id: int) -> None:
    """Take a file that was never opened from a list that is not decided."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.PLANNED,))
        _undecided(row.group_id, row.year)
        record(by, info, bound=digest_of(dropped=info.ref))
        row.delete()


def open_file(by: Permit, file_id: int) -> WorkFileInfo:
    """Open a file of a list that is decided."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.PLANNED,))
        if file_list_for_work(row.group_id, row.year).signed_on is None:
            raise BadInput(
                f"Danh mục hồ sơ năm {row.year} chưa ban hành: ghi số, ngày quyết định trước.",
                f"The list of files of {row.year} is not issued yet: enter number and date of its decision first.",
            )
        row.opened_at = by.at
        row.save(update_fields=["opened_at"])
        return record(by, info, bound=digest_of(opened=info.ref))


def close(by: Permit, file_id: int, ended_on: date) -> WorkFileInfo:
    """Close a file on the day its work ended; its table of contents is final from then on."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.OPEN,))
        if not info.pieces:
            raise BadInput("Hồ sơ chưa có văn bản nào, không kết thúc được.", "An empty file cannot be closed.")
        if ended_on > by.at.astimezone(clock.TZ).date() or (info.to_on and ended_on < info.to_on):
            raise BadInput(
                "Ngày công việc kết thúc không trước văn bản cuối trong hồ sơ và không sau hôm nay.",
                "The work ended no earlier than the last paper of its file, and not after today.",
            )
        row.closed_at, row.ended_on = by.at, ended_on
        row.save(update_fields=["closed_at", "ended_on"])
        return record(by, info, bound=digest_of(ended_on=ended_on), note={"pieces": info.pieces, "pages": info.pages})
