"""What every act on a work file does: hold it in its state, and record what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.keeping.file_rows import file_info, state_of, with_counts
from dean06.papers.keeping.filing import FileState, WorkFileInfo


def file_of(file_id: int) -> WorkFileInfo:
    """Return one file, for acts that check the actor themselves."""
    return file_info(with_counts(models.WorkFile.objects.filter(pk=file_id)).get())


def locked(file_id: int, states: Iterable[FileState]) -> tuple[models.WorkFile, WorkFileInfo]:
    """Return a file held for a change, if it stands in one of these states."""
    row = models.WorkFile.objects.select_for_update().get(pk=file_id)
    info = file_of(file_id)
    if state_of(row) not in states:
        told = {
            FileState.PLANNED: ("chưa mở", "not opened yet"),
            FileState.OPEN: ("đang mở", "open"),
            FileState.CLOSED: ("đã kết thúc", "closed"),
            FileState.OFFERED: ("đang giao nộp", "being handed in"),
            FileState.ARCHIVED: ("đã nộp lưu", "at the archive"),
        }[info.state]
        raise BadInput(
            f"Hồ sơ {info.symbol} {told[0]}: việc này không làm được nữa.", f"The file {info.symbol} is {told[1]}."
        )
    return row, info


def record(by: Permit, info: WorkFileInfo, *, bound: str, note: dict[str, str | int] | None = None) -> WorkFileInfo:
    """Record an act on a file in the name of the group that holds it, and return the file as it stands now."""
    done = file_of(info.id)
    after = digest_of(title=done.title, state=done.state, pieces=done.pieces, pages=done.pages)
    slug = offices.group_by_id(done.holder_id).slug
    ledger.append(by, scope=slug, kind="work_file", object_id=done.ref, digest=after, bound=bound, note=note)
    return done
