"""Samples that people read: drawn by lot under a permit, each look with its purpose and record, each answer once."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import looks, readings, runs, samples
from dean06.reconcile.types import Drawn, RunInfo, SampleInfo

DRAW, ANSWER, LOOK = "sample.draw", "sample.answer", "person.read"

__all__ = ["answer", "check", "draw", "may_draw", "pair", "sheet"]


def _drawing(viewer: Viewer, group: GroupInfo, run: RunInfo, kind: str) -> Act:
    return Act(account=viewer.account, group=group, action=DRAW, obj=samples.subject(run, kind))


def may_draw(viewer: Viewer, group: GroupInfo, run: RunInfo, kind: str) -> Answer:
    """Say whether somebody may draw a sample of a run."""
    return ask(_drawing(viewer, group, run, kind))


def draw(viewer: Viewer, group: GroupInfo, run_id: int, kind: str) -> SampleInfo:
    """Draw a sample of a run of the group; the lot chooses its rows."""
    run = runs.run(viewer, run_id)
    if run is None or run.group_id != group.id:
        raise NotYours("Không có lượt đối soát này trong tổ công tác của bạn.", "Your groups hold no such run.")
    return samples.draw(permit(_drawing(viewer, group, run, kind)), run_id, kind)


def _at(viewer: Viewer, told: SampleInfo, action: str, obj: ObjectRef, purpose: str) -> Permit:
    facts = {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(told.group_id)}
    group = offices.group_by_id(told.group_id)
    return permit(Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts))


def pair(viewer: Viewer, told: SampleInfo, place: int, *, purpose: str) -> Drawn:
    """Return one row of a sample beside the register for a purpose, and record the look."""
    obj = looks.subject(runs.for_work(told.run_id), f"mau-{place}", purpose)
    return readings.pair(_at(viewer, told, LOOK, obj, purpose), viewer, told.id, place, purpose=purpose)


def sheet(viewer: Viewer, told: SampleInfo, commune: str, *, purpose: str) -> list[Drawn]:
    """Return the rows that a commune visits for a purpose, and record the look."""
    obj = looks.subject(runs.for_work(told.run_id), f"mau-xa-{commune}", purpose)
    return readings.sheet(_at(viewer, told, LOOK, obj, purpose), viewer, told.id, commune, purpose=purpose)


def answer(viewer: Viewer, told: SampleInfo, place: int, said: str, *, purpose: str) -> None:
    """Say whether a link is true."""
    obj = readings.subject(told.id, place, {"": said})
    readings.answer(_at(viewer, told, ANSWER, obj, purpose), viewer, told.id, place, said)


def check(viewer: Viewer, told: SampleInfo, said: Mapping[int, Mapping[str, str]], *, purpose: str) -> None:
    """Say what was found at the doors, of each value of each row; all of it is taken, or nothing."""
    with transaction.atomic():
        for place, values in sorted(said.items()):
            obj = readings.subject(told.id, place, values)
            readings.check(_at(viewer, told, ANSWER, obj, purpose), viewer, told.id, place, values)
