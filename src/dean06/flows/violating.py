"""A violation: known to the leader and those whom the group's rule names alone; heard before handled; looks recorded.

Whether the leader may handle one is for the group's charter: where it has no such power the answer says so, and the act
goes on record with a reason, as any that the charter leaves open.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dean06.adoption import service as adoption
from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.conduct.service import violations
from dean06.conduct.types import LineInfo, NewViolation, ViolationInfo
from dean06.flows import paper_house, setup
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.papers.service import documents, pieces

HANDLE, RECORD, READ = "violation.handle", "violation.record", "violation.read"
WITHIN, NAMED = "violation.within_competence", "violation.reader_named"
GAP, LEADING, FORM = "G-18", "leader", "violation_record"

__all__ = [
    "GAP",
    "drop",
    "entered",
    "handle",
    "handling_answer",
    "hear",
    "is_reader",
    "listed",
    "look",
    "pass_on",
    "printed",
    "readers",
    "record",
    "rule",
    "set_readers",
]


def rule(group: GroupInfo) -> adoption.Rule | None:
    """Return the group's rule on who may see violation files; None where it has set none."""
    return adoption.local_rule(group.id, GAP, clock.today(group))


def readers(group: GroupInfo) -> frozenset[str]:
    """Return who may know of violations: the leader, and whom the local rule names as `role` or `role:AGENCY`."""
    found = rule(group)
    named = found.value.get("readers") if found and isinstance(found.value, dict) else None
    return frozenset({LEADING, *(str(one) for one in named or ())})


def set_readers(account: str, group: GroupInfo, named: list[str]) -> adoption.Rule:
    """Let the leader name who else may see violation files (gap G-18)."""
    return setup.set_local_rule(account, group, GAP, {"readers": sorted(set(named) - {LEADING})})


def _viewer(account: str, group: GroupInfo) -> Viewer:
    return offices.viewer(account, clock.today(group))


def is_reader(viewer: Viewer, group: GroupInfo) -> bool:
    """Say whether a reader may know of violations in the group."""
    return violations.is_reader(viewer, group.id, readers(group))


def _require_reader(account: str, group: GroupInfo) -> Viewer:
    viewer = _viewer(account, group)
    if not is_reader(viewer, group):
        raise violations.not_found()
    return viewer


def listed(viewer: Viewer, group: GroupInfo) -> tuple[LineInfo, ...]:
    """Return the list of records to their readers; nothing of a person stands in it."""
    if not is_reader(viewer, group):
        raise violations.not_found()
    return violations.violations(viewer, group.id, readers(group))


def _permit(account: str, group: GroupInfo, action: str, obj: ObjectRef, **known: Fact) -> Permit:
    return permit(Act(account=account, group=group, action=action, obj=obj, facts={NAMED: True, **known}))


def _obj(info: ViolationInfo, act: str, text: str) -> ObjectRef:
    return ObjectRef(kind=violations.KIND, id=info.ref, digest=violations.act_digest(info, act, text))


def record(account: str, group: GroupInfo, new: NewViolation) -> int:
    """Record a violation; returns its id."""
    _require_reader(account, group)
    obj = ObjectRef(kind=violations.KIND, id=new.ref, digest=new.digest())
    return violations.record(_permit(account, group, RECORD, obj), new)


def entered(
    group: GroupInfo, *, name: str, post: str, agency: str, acts: str, rules: str, happened_on: date
) -> NewViolation:
    """Return a violation as it is entered; what names the person goes into the permit as a keyed commitment."""
    told = ledger.commitment(f"{name}\t{post}\t{agency}\t{acts}\t{rules}")
    return NewViolation(
        ref=violations.new_ref(),
        group_id=group.id,
        name=name,
        post=post,
        agency=agency,
        acts=acts,
        rules=rules,
        happened_on=happened_on,
        commitment=told,
    )


def look(account: str, group: GroupInfo, violation_id: int, purpose: str) -> ViolationInfo:
    """Return a record whole for a purpose, and record the look."""
    viewer = _require_reader(account, group)
    info = violations.for_flow(group.id, violation_id)
    obj = ObjectRef(kind=violations.KIND, id=info.ref, digest=violations.look_digest(info.ref, purpose))
    facts: dict[str, Fact] = {NAMED: True, "purpose.stated": bool(purpose.strip())}
    by = permit(Act(account=account, group=group, action=READ, obj=obj, facts=facts))
    return violations.look(by, viewer, readers(group), violation_id, purpose)


def hear(account: str, group: GroupInfo, violation_id: int, statement: str, on: date) -> None:
    """Write down what the person says."""
    _require_reader(account, group)
    info = violations.for_flow(group.id, violation_id)
    violations.hear(_permit(account, group, RECORD, _obj(info, "hear", statement)), violation_id, statement, on)


def handling_answer(account: str, group: GroupInfo) -> Answer:
    """Return what the charter answers an account that would handle a violation within competence."""
    obj = ObjectRef(kind=violations.KIND, id=group.slug, digest="")
    return ask(Act(account=account, group=group, action=HANDLE, obj=obj, facts={WITHIN: True}))


def handle(
    account: str,
    group: GroupInfo,
    violation_id: int,
    outcome: str,
    paper: str,
    on: date,
    *,
    within: bool,
    reason: str | None = None,
) -> None:
    """Handle a violation: under the clause that lets this person, within competence, the person having been heard."""
    _require_reader(account, group)
    info = violations.for_flow(group.id, violation_id)
    facts: dict[str, Fact] = {WITHIN: True} if within else {}
    obj = _obj(info, "handle", f"{outcome} {paper} {on}")
    by = permit(Act(account=account, group=group, action=HANDLE, obj=obj, facts=facts, reason=reason))
    violations.handle(by, violation_id, outcome, paper, on)


def pass_on(account: str, group: GroupInfo, violation_id: int, to: str, paper: str, on: date) -> None:
    """Pass a record on to whoever is competent."""
    _require_reader(account, group)
    info = violations.for_flow(group.id, violation_id)
    by = _permit(account, group, RECORD, _obj(info, "pass_on", f"{to} {paper} {on}"))
    violations.pass_on(by, violation_id, to, paper, on)


def drop(account: str, group: GroupInfo, violation_id: int, why: str) -> None:
    """End a record because there was no violation."""
    _require_reader(account, group)
    info = violations.for_flow(group.id, violation_id)
    violations.drop(_permit(account, group, RECORD, _obj(info, "drop", why)), violation_id, why)


def printed(account: str, group: GroupInfo, violation_id: int, purpose: str) -> Path:
    """Return the record as a .docx to print and sign; the look counts, and no list of papers holds it."""
    info = look(account, group, violation_id, purpose)
    facts: dict[str, object] = {
        "respondent": {"name": info.name, "title": info.post},
        "acts": [line for line in info.acts.splitlines() if line.strip()],
        "clauses": info.rules,
        "explanation": info.statement,
        "demands": [info.outcome] if info.outcome else [],
    }
    document = paper_house.composed(account, group, FORM, facts)
    rendered = documents.render(document, clock.now(group), form=FORM, facts={}, stated=())
    return pieces.kept_upload(rendered.docx_sha256, "docx")
