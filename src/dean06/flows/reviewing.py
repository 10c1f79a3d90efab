"""The review desk: opened under a permit; each look has its purpose and record, each choice and step back too.

A decision is a record beside the run: it reaches the reviewed file and the estimates, and never the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dean06.charter.types import ObjectRef
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import desk_reading, desks, looks, reviewed
from dean06.reconcile.service.desk_reading import Doubt
from dean06.reconcile.service.desks import DeskInfo
from dean06.reconcile.types import RunInfo

DECIDE, LOOK, EXPORT = "match.decide", "person.read", "result.export"

__all__ = ["decide", "may_open", "open_desk", "read", "reviewed_file", "undo"]


def _act(viewer: Viewer, group: GroupInfo, action: str, obj: ObjectRef, purpose: str) -> Act:
    facts = {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(group.id)}
    return Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts)


def _at(viewer: Viewer, run: RunInfo, action: str, obj: ObjectRef, purpose: str) -> Act:
    return _act(viewer, offices.group_by_id(run.group_id), action, obj, purpose)


def may_open(viewer: Viewer, group: GroupInfo, run: RunInfo) -> Answer:
    """Say whether somebody may open the desk of a run, once they state a purpose."""
    return ask(_act(viewer, group, DECIDE, desks.subject(run), "duyệt"))


def open_desk(viewer: Viewer, run_id: int, *, purpose: str) -> DeskInfo:
    """Open the desk of a run of the reader's groups."""
    run = desks.own_run(viewer, run_id)
    return desks.open_desk(permit(_at(viewer, run, DECIDE, desks.subject(run), purpose)), viewer, run_id)


def read(viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> Doubt:
    """Return a doubtful row beside its candidates for a purpose, and record the look."""
    run = desks.own_run(viewer, run_id)
    obj = looks.subject(run, f"duyet-{stt}", purpose)
    return desk_reading.doubt(permit(_at(viewer, run, LOOK, obj, purpose)), viewer, run_id, stt, purpose=purpose)


def decide(viewer: Viewer, run_id: int, stt: int, choice: str, *, purpose: str) -> None:
    """Choose a candidate of a doubtful row, none of them, or leave it for later."""
    run = desks.own_run(viewer, run_id)
    obj = desk_reading.subject(run, stt, choice)
    desk_reading.decide(permit(_at(viewer, run, DECIDE, obj, purpose)), viewer, run_id, stt, choice)


def undo(viewer: Viewer, run_id: int, *, purpose: str) -> int:
    """Take one's own last decision at a desk back; returns the place of its row."""
    run, last = desks.own_run(viewer, run_id), desk_reading.last_decision(viewer, run_id)
    if last is None:
        raise BadInput("Không còn quyết định nào để hoàn tác.", "There is no decision left to take back.")
    obj = desk_reading.undoing(run, last[1], last[0])
    return desk_reading.undo(permit(_at(viewer, run, DECIDE, obj, purpose)), viewer, run_id, last[0])


@contextmanager
def reviewed_file(viewer: Viewer, run_id: int, folder: Path, *, purpose: str) -> Iterator[Path]:
    """Give the result of a run with what the desk came to beside it; taking it out is a look at every row."""
    run = desks.own_run(viewer, run_id)
    obj = looks.subject(run, reviewed.WHAT, purpose)
    by = permit(_at(viewer, run, EXPORT, obj, purpose))
    yield reviewed.write_reviewed(by, viewer, run_id, folder, purpose=purpose)
