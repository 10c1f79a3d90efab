"""Matters on their way to a decision, and directives: who may decide, what goes to the leader, under which power.

The charter says which matters the standing deputy settles and which go to the leader first; nothing of it stands here.
"""

from __future__ import annotations

from dataclasses import replace

from dean06.charter.errors import Refused
from dean06.charter.types import Fact, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import ABSENT, DELEGATED, Act, Answer, ask, grant, permit
from dean06.offices.types import GroupInfo
from dean06.work.service import matters as work
from dean06.work.types import DirectiveInfo, MatterInfo, NewDirective, NewMatter

FIRST = "escalation.sent_before_decision"
OWN, ABSENCE, DELEGATION = "own", "absence", "delegation"
LEADING = "leader"

__all__ = [
    "escalate",
    "may_escalate",
    "may_settle",
    "power_of",
    "raise_matter",
    "record_directive",
    "settle",
    "unsettle",
]


def record_directive(account: str, group: GroupInfo, new: NewDirective, *, reason: str | None = None) -> DirectiveInfo:
    """Record what the leadership directed, with its source."""
    if new.given_on > clock.today(group):
        raise BadInput("Ngày chỉ đạo không sau hôm nay.", "A directive is not given after today.")
    obj = ObjectRef(kind="directive", id=f"{group.slug}:chi-dao", digest=new.digest())
    by = permit(Act(account=account, group=group, action="directive.record", obj=obj, reason=reason))
    return work.record_directive(by, group.id, new)


def raise_matter(account: str, group: GroupInfo, new: NewMatter, *, reason: str | None = None) -> MatterInfo:
    """Raise a matter that wants a decision."""
    obj = ObjectRef(kind="matter", id=f"{group.slug}:viec-can-quyet", digest=new.digest())
    by = permit(Act(account=account, group=group, action="matter.raise", obj=obj, reason=reason))
    return work.raise_matter(by, group.id, new)


def _facts(matter: MatterInfo) -> dict[str, Fact]:
    return {
        "matter.is_important": matter.important,
        "matter.exceeds_competence": matter.exceeds,
        "matter.is_routine": matter.routine,
        FIRST: matter.escalated_at is not None,
    }


def _act(account: str, group: GroupInfo, matter: MatterInfo, step: str, words: str, reason: str | None = None) -> Act:
    action = "matter.escalate" if step == "escalate" else "matter.settle"
    obj = ObjectRef(kind="matter", id=matter.ref, digest=work.matter_digest(matter.ref, step, words))
    return Act(account=account, group=group, action=action, obj=obj, facts=_facts(matter), reason=reason)


def may_settle(account: str, group: GroupInfo, matter: MatterInfo) -> Answer:
    """Return whether somebody may settle a matter now, and what is missing."""
    return ask(_act(account, group, matter, "settle", ""))


def may_escalate(account: str, group: GroupInfo, matter: MatterInfo) -> Answer:
    """Return whether somebody brings a matter before the leader under the charter."""
    return ask(_act(account, group, matter, "escalate", ""))


def escalate(
    account: str, group: GroupInfo, matter: MatterInfo, words: str, *, reason: str | None = None
) -> MatterInfo:
    """Bring a matter before the leader."""
    by = permit(_act(account, group, matter, "escalate", words, reason))
    return work.escalate(by, matter.id, words)


def settle(account: str, group: GroupInfo, matter: MatterInfo, words: str, *, reason: str | None = None) -> MatterInfo:
    """Settle a matter; where the charter wants it before the leader first, no reason goes round that."""
    act = _act(account, group, matter, "settle", words, reason)
    found = ask(act)
    if FIRST in found.decision.missing:
        raise Refused(found.decision)
    return work.settle(grant(act, found), matter.id, words, power_of(act, found))


def unsettle(
    account: str, group: GroupInfo, matter: MatterInfo, words: str, *, reason: str | None = None
) -> MatterInfo:
    """Take one's own decision back, for a reason."""
    act = _act(account, group, matter, "unsettle", words, reason)
    return work.unsettle(permit(act), matter.id, words)


def power_of(act: Act, found: Answer) -> str:
    """Return under which power somebody acts: their own, the leader's absence, or a delegation.

    It is their own where the answer would be the same with the leader present and nothing delegated.
    """
    if found.capacity is None or found.role == LEADING or act.group is None:
        return OWN
    plain: dict[str, Fact] = {ABSENT: False, DELEGATED: False}
    if ask(replace(act, facts={**act.facts, **plain})).allowed:
        return OWN
    known = found.decision.question.facts
    if known.get(DELEGATED) is True:
        return DELEGATION
    return ABSENCE if known.get(ABSENT) is True else OWN
