"""`permit`: the only maker of a Permit. Forgetting the check is a type error; the clause is in hand."""

from __future__ import annotations

from datetime import datetime

from dean06.charter.deciding import Decision
from dean06.charter.errors import NeedsReason, PermitMismatch, Refused
from dean06.charter.types import ActorRef, ObjectRef, Permit


def permit(decision: Decision, *, actor: ActorRef, obj: ObjectRef, at: datetime, reason: str | None = None) -> Permit:
    """Bind a decision to one actor, object and time, or refuse.

    Args:
        decision: the answer for this actor's role and agency.
        actor: who acts, in which seat.
        obj: what is acted upon; its digest binds its content.
        at: the instant of the act, aware.
        reason: needed where the charter is silent without a local rule, or where a norm only warns.
    """
    _same_actor(decision, actor)
    given = reason.strip() if reason and reason.strip() else None
    _pass(decision, given)
    rule = decision.local_rule
    return Permit(
        actor=actor,
        action=decision.question.action,
        obj=obj,
        charter_line=decision.charter.line,
        charter_version=decision.charter.version,
        charter_hash=decision.charter.hash,
        norms=tuple(norm.key for norm in decision.norms),
        citations=decision.citations,
        outcome=decision.outcome,
        at=at,
        reason=given,
        local_rule=f"{rule.gap} no. {rule.number}" if rule else None,
    )


def _same_actor(decision: Decision, actor: ActorRef) -> None:
    question = decision.question
    if actor.role != question.role or (question.agency is not None and actor.agency != question.agency):
        raise PermitMismatch(f"{actor.role}:{actor.agency}", f"{question.role}:{question.agency}")


def _pass(decision: Decision, reason: str | None) -> None:
    if decision.outcome == "allowed":
        return
    if decision.outcome == "not_regulated":
        if decision.local_rule is None and reason is None:
            raise NeedsReason(decision)
        return
    if decision.outcome == "not_allowed" and decision.enforcement == "record":
        return
    if decision.outcome == "not_allowed" and decision.enforcement == "warn":
        if reason is None:
            raise NeedsReason(decision)
        return
    raise Refused(decision)
