"""How the groups below stand, side by side: commune by measure, the worst first, from frozen summaries alone.

A parent sees its children's statements and scores, never a row of theirs; whoever froze no statement is shown so, and
no number stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dean06.adoption import service as adoption
from dean06.flows.desk import TASK
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import scores, summaries
from dean06.reconcile.service.summaries import Scored

Item = Mapping[str, object]

__all__ = ["MEASURES", "Cell", "Child", "Measure", "children"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One column: what is judged, from the statement or from the scores."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a group stands in one measure: `met`, `late`, `missed`, or `na` where nothing was to be judged.

    `share` is the ratio that was met, `of` what it was counted among.
    """

    state: str
    share: float | None = None
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A group below with its cells, in the order of `MEASURES`; `frozen` says that its statement is there."""

    group: GroupInfo
    frozen: bool
    cells: tuple[Cell, ...]

    @property
    def worst(self) -> tuple[int, int, float, str]:
        """By what rows are ordered: the most that is not done first, then what is late, then the least share."""
        missed = sum(cell.state == "missed" for cell in self.cells)
        late = sum(cell.state == "late" for cell in self.cells)
        shares = [cell.share for cell in self.cells if cell.share is not None]
        return (-missed, -late, min(shares, default=1.0), self.group.name)


MEASURES = (
    Measure(code="duties", vi="Nghĩa vụ", en="Duties"),
    Measure(code="reports", vi="Báo cáo", en="Reports"),
    Measure(code="meetings", vi="Họp", en="Meetings"),
    Measure(code="tasks", vi="Nhiệm vụ", en="Tasks"),
    *(Measure(code=axis.code, vi=axis.vi, en=axis.en) for axis in scores.AXES),
)
PARTS: Mapping[str, tuple[str, ...]] = {
    "reports": ("report.",),
    "meetings": ("group.meet", "meeting."),
    "tasks": (TASK,),
}


def _meant(action: str, starts: tuple[str, ...]) -> bool:
    return action.startswith(starts) if starts else action != TASK


def _judged(items: Sequence[Item], starts: tuple[str, ...] = ()) -> Cell:
    """Judge the duties whose act begins so; the whole of a statement without its tasks where nothing is named."""
    own = [one for one in items if _meant(str(one["action"]), starts)]
    counted = {state: sum(one["status"] == state for one in own) for state in ("met", "late", "missed")}
    judged = sum(counted.values())
    if not judged:
        return Cell(state="na")
    state = next((one for one in ("missed", "late") if counted[one]), "met")
    return Cell(state=state, share=counted["met"] / judged, of=judged)


def _scored(found: Iterable[Scored], axis: scores.Axis) -> Cell:
    """Return the worst source in one axis; a small sample is not judged."""
    worst = [one for scored in found if (one := scored.worst(axis)) is not None and not one.small]
    least = min(worst, key=lambda one: one.gap, default=None)
    if least is None:
        return Cell(state="na")
    return Cell(state="missed" if least.below else "met", share=least.share, of=least.total)


def children(viewer: Viewer, group: GroupInfo, month: str, at: datetime) -> tuple[Child, ...]:
    """Return the groups right under a group, the worst first, as of a month's statements and an instant's scores.

    Three queries, whatever their number.
    """
    below = sorted(offices.children(viewer, group.id), key=lambda one: one.id)
    ids = [one.id for one in below]
    frozen = adoption.statements_of_groups(ids, month) if ids else {}
    by_group: dict[int, list[Scored]] = {}
    for scored in summaries.newest_scores(viewer, ids, at) if ids else ():
        by_group.setdefault(scored.group_id, []).append(scored)
    made = [_child(one, frozen.get(one.id), by_group.get(one.id, [])) for one in below]
    return tuple(sorted(made, key=lambda child: child.worst))


def _child(group: GroupInfo, items: Sequence[Item] | None, found: Sequence[Scored]) -> Child:
    told = items or ()
    judged = [_judged(told), *(_judged(told, PARTS[code]) for code in ("reports", "meetings", "tasks"))]
    measured = [_scored(found, axis) for axis in scores.AXES]
    return Child(group=group, frozen=items is not None, cells=(*judged, *measured))
