"""What of planning can be found: plans and their lines, directives, matters to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dean06.catalogue.types import Gone, NewEntry, Readers
from dean06.clock import service as clock
from dean06.flows.cataloguing.shapes import Provider, agencies_in_words, picked, under
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import matters, plans
from dean06.work.types import DirectiveInfo, LineInfo, MatterInfo, PlanInfo, PlanKind, PlanState

WORDS = 12  # of a directive, by which its list is narrowed to it

__all__ = ["DIRECTIVES", "MATTERS", "PLANS", "PLAN_LINES"]


def _readers(plan: PlanInfo) -> Readers:
    """Return who may read a plan: an unfinished detailed plan is its agency's, and the overseers'."""
    if plan.kind is PlanKind.SUBPLAN and plan.state is PlanState.DRAFT:
        return Readers(overseers=True, agencies=frozenset({plan.agency}))
    return Readers(everybody=True)


def _plan(plan: PlanInfo) -> NewEntry | Gone:
    if plan.state is PlanState.DROPPED:
        return Gone(group_id=plan.group_id, kind="plan", key=str(plan.id))
    return NewEntry(
        group_id=plan.group_id,
        kind="plan",
        key=str(plan.id),
        title=plan.title,
        label=plan.issued_label or str(plan.year),
        words=f"{plan.agency} {plan.higher} {plan.year}",
        codes=(plan.issued_label,) if plan.issued_label else (),
        route="tasks-plan",
        args=(plan.id,),
        at=plan.drafted_at,
        readers=_readers(plan),
    )


def _line(plan: PlanInfo, line: LineInfo, names: Mapping[str, str]) -> NewEntry:
    agencies = agencies_in_words((line.lead, *line.coordinating), names)
    return NewEntry(
        group_id=plan.group_id,
        kind="plan_line",
        key=f"{plan.id}.{line.id}",
        title=line.content,
        label=f"{line.label or line.place} · {plan.issued_label or plan.year}",
        words=f"{line.heading} {line.product} {agencies}",
        route="tasks-plan",
        args=(plan.id,),
        fragment=f"dong-{line.id}",
        at=plan.drafted_at,
        readers=_readers(plan),
    )


def _lines(plan: PlanInfo, names: Mapping[str, str]) -> list[NewEntry]:
    """Return the lines of a plan that stand; a dropped plan has none, nor has a line that was left out."""
    if plan.state is PlanState.DROPPED:
        return []
    return [_line(plan, line, names) for line in plans.plan_lines(plan.id) if not line.gone]


def _touched_plans(group: GroupInfo, object_id: str) -> list[NewEntry | Gone]:
    return [_plan(one) for one in picked(group, "plan", plans.plans_of_group(group.id), object_id)]


def _touched_lines(group: GroupInfo, object_id: str) -> list[NewEntry | Gone]:
    plan = next((one for one in plans.plans_of_group(group.id) if one.ref == object_id), None)
    if plan is None:
        return []
    return under(group, "plan_line", f"{plan.id}.", _lines(plan, offices.agency_names(group.id)))


def _every_plan(group: GroupInfo) -> Iterator[NewEntry]:
    return (one for one in map(_plan, plans.plans_of_group(group.id)) if isinstance(one, NewEntry))


def _every_line(group: GroupInfo) -> Iterator[NewEntry]:
    names = offices.agency_names(group.id)
    return (line for plan in plans.plans_of_group(group.id) for line in _lines(plan, names))


def _directive(group: GroupInfo, one: DirectiveInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="directive",
        key=str(one.id),
        title=one.words,
        label=str(one.number),
        words=f"{one.given_by} {one.source}",
        codes=(str(one.number),),
        route="tasks-directives",
        query={"q": " ".join([str(one.number), *one.words.split()[:WORDS]])},
        at=clock.at_start_of(one.given_on),
    )


def _matter(group: GroupInfo, one: MatterInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="matter",
        key=str(one.id),
        title=one.title,
        label=str(one.number),
        words=f"{one.words[:600]} {one.agency} {one.settled_words[:300]}",
        codes=(str(one.number),),
        route="tasks-matter",
        args=(one.id,),
        at=one.raised_at,
    )


def _directives(group: GroupInfo, object_id: str) -> list[NewEntry]:
    listed = matters.directives_of_group(group.id)
    return [_directive(group, one) for one in picked(group, "directive", listed, object_id)]


def _matters(group: GroupInfo, object_id: str) -> list[NewEntry]:
    return [_matter(group, one) for one in picked(group, "matter", matters.matters_of_group(group.id), object_id)]


PLANS = Provider(
    kind="plan",
    vi="Chương trình, kế hoạch",
    en="Programmes and plans",
    follows=frozenset({"plan"}),
    touched=_touched_plans,
    every=_every_plan,
)
PLAN_LINES = Provider(
    kind="plan_line",
    vi="Dòng kế hoạch",
    en="Lines of plans",
    follows=frozenset({"plan"}),
    touched=_touched_lines,
    every=_every_line,
    wide=frozenset({"plan"}),
)
DIRECTIVES = Provider(
    kind="directive",
    vi="Ý kiến chỉ đạo",
    en="Directives",
    follows=frozenset({"directive"}),
    touched=_directives,
    every=lambda group: (_directive(group, one) for one in matters.directives_of_group(group.id)),
)
MATTERS = Provider(
    kind="matter",
    vi="Việc cần quyết",
    en="Matters to be decided",
    follows=frozenset({"matter"}),
    touched=_matters,
    every=lambda group: (_matter(group, one) for one in matters.matters_of_group(group.id)),
)
