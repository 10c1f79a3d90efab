"""Looking at rows of people: a stated purpose first, then the record, then the rows; and who looked at a person."""

from __future__ import annotations

from pathlib import Path

from dean06.charter.types import ObjectRef, Permit
from dean06.flows.authority import Act, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import looks, rows
from dean06.reconcile.service import runs as matching
from dean06.reconcile.service.looks import LookInfo
from dean06.reconcile.types import Page, ResultRow, RowFilter, RunInfo
from dean06.sources.types import DeliveryInfo

LAST_PAGE = 1_000_000
ASKED = "lập tệp kết quả theo mục đích đã nêu"

__all__ = ["export", "exportable", "page", "row", "summary_of", "who_read"]


def _allowed(viewer: Viewer, group: GroupInfo, action: str, obj: ObjectRef, purpose: str) -> Permit:
    facts = {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(group.id)}
    return permit(Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts))


def _at_run(viewer: Viewer, run_id: int, action: str, what: str, purpose: str) -> Permit:
    run = matching.for_work(run_id)
    group = offices.group_by_id(run.group_id)
    return _allowed(viewer, group, action, looks.subject(run, what, purpose), purpose)


def page(viewer: Viewer, run_id: int, wanted: RowFilter, number: int, *, purpose: str) -> Page:
    """Return a page of a run's rows for a purpose, and record the look."""
    number = min(max(number, 1), LAST_PAGE)
    by = _at_run(viewer, run_id, "person.read", f"trang-{number}", purpose)
    return rows.page(by, viewer, run_id, wanted, number, purpose=purpose)


def row(viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> ResultRow:
    """Return one row of a run for a purpose, and record the look."""
    by = _at_run(viewer, run_id, "person.read", f"dong-{stt}", purpose)
    return rows.row(by, viewer, run_id, stt, purpose=purpose)


def export(viewer: Viewer, run_id: int, *, purpose: str) -> Path:
    """Return the result of a run for a download, which counts as a look at every row."""
    by = _at_run(viewer, run_id, "result.export", "tai", purpose)
    return rows.result_file(by, viewer, run_id, purpose=purpose)


def exportable(viewer: Viewer, run_id: int) -> Path:
    """Return the result of a run for work that goes on after its purpose was stated; nothing of it is shown yet."""
    run = matching.for_work(run_id)
    _at_run(viewer, run_id, "result.export", "lap-tep", ASKED)
    if run.result is None:
        raise NotYours("Lượt này chưa có kết quả.", "The run has no result yet.")
    return run.result


def who_read(
    viewer: Viewer, group: GroupInfo, number: str, *, purpose: str
) -> list[tuple[RunInfo, tuple[LookInfo, ...]]]:
    """Answer a person who asks who read them: each run that names them, with the looks at their rows."""
    by = _allowed(viewer, group, "person.read", looks.person(number, purpose), purpose)
    return looks.at_person(by, viewer, group.id, number, purpose)


def summary_of(run: RunInfo, delivery: DeliveryInfo) -> dict[str, object]:
    """Return what the first sheet of a downloaded result says of the run, its file and its register."""
    register = population.register(run.register_id)
    return {
        "run": run.label,
        "rows": run.rows,
        "by_result": dict(run.counts),
        "file": {"name": delivery.file_name, "sha256": delivery.file_sha256, "sheets": list(delivery.sheets)},
        "register": {"as_of": register.as_of.isoformat(), "sha256": register.sha256, "rows": register.rows},
    }
