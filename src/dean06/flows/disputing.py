"""When a rule of a source is wrong: its agency says so, the police let it rest until a day, and it works again.

While it rests it is still tested and counted, opens nothing, and what it found before waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.ledger.types import digest_of
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import contradictions, findings
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.live import Contracts
from dean06.sources.types import DisputeInfo, Example, NewDispute, rule_ref

DISPUTE, SUSPEND, RESUME = "rule.dispute", "rule.suspend", "rule.resume"

__all__ = [
    "decide",
    "dispute",
    "may_decide",
    "may_dispute",
    "may_resume",
    "resting",
    "resting_in",
    "resume",
    "rules_of",
]


def resting(group: GroupInfo, known: Contracts | None = None) -> dict[str, frozenset[tuple[str, str]]]:
    """Return the rules that rest today, or are turned off, by source; fields named as findings name them.

    A page that has the group's contracts already gives them.
    """
    today = clock.today(group)
    own = (known or sources.contracts(group.id, today)).own
    suspended = sources.suspended_rules(group.id, today)
    off = {
        source: [(rule.code, rule.blamed) for rule in contract.rules_off]
        for source, contract in own.items()
        if contract.rules_off
    }
    return {
        source: findings.as_found([*suspended.get(source, ()), *off.get(source, ())]) for source in {*suspended, *off}
    }


def resting_in(delivery_id: int) -> frozenset[tuple[str, str]]:
    """Return the rules that rested, or were turned off, on the day a list came: what it was examined under."""
    checked = sources.examined_for_work(delivery_id)
    off = [(rule.code, rule.blamed) for rule in sources.contract_of_delivery(delivery_id).rules_off]
    return findings.as_found([*(checked.paused if checked else ()), *off])


def rules_of(group: GroupInfo, source: str) -> dict[tuple[str, str], str]:
    """Return what can be disputed of a source: (rule, field), with what the rule says is wrong.

    A contradiction with another list finds fault with the whole record.
    """
    contract = sources.contracts(group.id, clock.today(group)).contract(source)
    told = {(rule.code, rule.blamed): rule.says.vi for rule in contract.rules}
    for one in contract.own_fields:
        told |= {(code, one.code): live.PROMISES[code].vi for code in live.promises_of(contract, one)}
    told |= {(rule.code, contradictions.RECORD): rule.says.vi for rule in contradictions.of_source(source)}
    return told


# ------------------------------------------------------------ saying so


def _disputing(viewer: Viewer, group: GroupInfo, source: str, obj: ObjectRef) -> Act:
    standing = sources.assignment(group.id, source)
    own = standing is not None and standing.agency in viewer.agencies_in(group.id)
    return Act(
        account=viewer.account,
        group=group,
        agency=standing.agency if standing and own else "",
        action=DISPUTE,
        obj=obj,
        facts={"delivery.from_own_agency": own},
    )


def may_dispute(viewer: Viewer, group: GroupInfo, source: str) -> Answer:
    """Say whether somebody may say that a rule of a source is wrong."""
    obj = ObjectRef(kind="rule", id=rule_ref(group.slug, 0), digest=digest_of(ask=DISPUTE))
    return ask(_disputing(viewer, group, source, obj))


def dispute(
    viewer: Viewer, group: GroupInfo, source: str, pair: tuple[str, str], reason: str, examples: Sequence[Example] = ()
) -> DisputeInfo:
    """Record that a rule of a source is said to be wrong, why, and which rows show it."""
    if pair not in rules_of(group, source):
        raise BadInput("Nguồn này không có luật đó ở cột đó.", "The source has no such rule at this field.")
    if pair in sources.suspended_rules(group.id, clock.today(group)).get(source, {}):
        raise BadInput("Luật này đang tạm dừng.", "This rule rests already.")
    standing = sources.assignment(group.id, source)
    own = standing is not None and standing.agency in viewer.agencies_in(group.id)
    new = NewDispute(
        group_id=group.id,
        number=sources.next_dispute(group.id),
        source=source,
        rule=pair[0],
        field=pair[1],
        reason=" ".join(reason.split()),
        examples=tuple(examples),
        agency=standing.agency if standing and own else "",
    )
    obj = ObjectRef(kind="rule", id=new.ref(group.slug), digest=new.digest())
    return sources.dispute_rule(permit(_disputing(viewer, group, source, obj)), new)


# ------------------------------------------------------------ deciding


def _deciding(viewer: Viewer, group: GroupInfo, told: DisputeInfo, action: str, digest: str) -> Act:
    facts = {"proposal.from_other_person": told.made_by != viewer.account} if action == SUSPEND else {}
    obj = ObjectRef(kind="rule", id=rule_ref(group.slug, told.number), digest=digest)
    return Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts)


def may_decide(viewer: Viewer, group: GroupInfo, told: DisputeInfo) -> Answer:
    """Say whether somebody may decide on a dispute."""
    return ask(_deciding(viewer, group, told, SUSPEND, digest_of(ask=SUSPEND)))


def decide(viewer: Viewer, group: GroupInfo, told: DisputeInfo, until: date | None, reason: str) -> DisputeInfo:
    """Let the rule rest until a day on which it works again, or refuse where there is no day."""
    reason = " ".join(reason.split())
    act = "suspended" if until else "refused"
    digest = digest_of(dispute=told.number, act=act, until=until or "", reason=reason)
    return sources.decide_dispute(permit(_deciding(viewer, group, told, SUSPEND, digest)), told.id, until, reason)


def may_resume(viewer: Viewer, group: GroupInfo, told: DisputeInfo) -> Answer:
    """Say whether somebody may end a suspension early."""
    return ask(_deciding(viewer, group, told, RESUME, digest_of(ask=RESUME)))


def resume(viewer: Viewer, group: GroupInfo, told: DisputeInfo, reason: str) -> DisputeInfo:
    """Let a rule work again before its day."""
    reason = " ".join(reason.split())
    digest = digest_of(dispute=told.number, act="ended", until="", reason=reason)
    return sources.end_suspension(permit(_deciding(viewer, group, told, RESUME, digest)), told.id, reason)
