"""Looking at rows of people: a stated purpose first, then the record, then the rows."""

from __future__ import annotations

from pathlib import Path

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.flows.authority import Act, bind, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.population import service as population
from dean06.reconcile.service import rows
from dean06.reconcile.service import runs as matching
from dean06.reconcile.types import Page, ResultRow, RowFilter, RunInfo
from dean06.sources.types import DeliveryInfo

__all__ = ["export", "page", "row", "summary_of"]


def _allowed(viewer: Viewer, run: RunInfo, action: str, purpose: str, what: str) -> tuple[Permit, GroupInfo]:
    group = offices.group_by_id(run.group_id)
    obj = bind("run", f"{run.label}:{what}:{clock.now():%Y%m%d%H%M%S%f}", result=run.result_sha256, purpose=purpose)
    facts = {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(run.group_id)}
    return permit(Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts)), group


def page(viewer: Viewer, run_id: int, wanted: RowFilter, number: int, *, purpose: str) -> Page:
    """Return a page of a run's rows for a purpose, and record the look."""
    by, _ = _allowed(viewer, matching.for_work(run_id), "person.read", purpose, f"trang-{number}")
    return rows.page(by, viewer, run_id, wanted, number)


def row(viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> ResultRow:
    """Return one row of a run for a purpose, and record the look."""
    by, _ = _allowed(viewer, matching.for_work(run_id), "person.read", purpose, f"dong-{stt}")
    return rows.row(by, viewer, run_id, stt)


def export(viewer: Viewer, run_id: int, *, purpose: str) -> Path:
    """Return the result of a run for a download, which counts as a look at every row."""
    by, _ = _allowed(viewer, matching.for_work(run_id), "result.export", purpose, "tai")
    return rows.result_file(by, viewer, run_id)


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
