"""When the register may be wrong: proposing to its owner, recording what the owner decides, and what later runs show.

No path writes to the register. A proposal ends when a later run no longer sees the finding: the list still says what it
said, so the register came round; or the agency corrected its list after all.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from dean06.charter.types import ObjectRef
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import FindingInfo, NewProposal, ProposalInfo, ProposalState
from dean06.flows.authority import Act, Answer, ask, bind, permit, system_permit
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import findings
from dean06.sources import service as sources

PROPOSE, CONSIDER, TAKE_BACK, SETTLE = (
    "register.propose",
    "register.consider",
    "register.take_back_proposal",
    "register.settle_proposal",
)

__all__ = ["Said", "consider", "may_consider", "may_propose", "propose", "settle", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said with a proposal: codes of the table, and where the paper lies."""

    ground: str
    paper: str = ""
    kept_at: str = ""


def _agency(viewer: Viewer, group: GroupInfo, source: str) -> str:
    """Return the agency for which somebody proposes: the one that answers for the source where it is theirs."""
    standing = sources.assignment(group.id, source)
    own = viewer.agencies_in(group.id)
    return standing.agency if standing and standing.agency in own else ""


def _found(viewer: Viewer, group: GroupInfo, finding_id: int) -> FindingInfo:
    found = corrections.doubtful(viewer, group.id, finding_id)
    if found is None:
        raise BadInput(
            "Sai lệch này không còn mở, hoặc không do so với sổ dân cư: không có gì để đề nghị.",
            "This finding is not open, or does not come of the register: there is nothing to propose.",
        )
    return found


def _proposing(viewer: Viewer, group: GroupInfo, source: str, obj: ObjectRef, reason: str | None = None) -> Act:
    agency = _agency(viewer, group, source)
    return Act(
        account=viewer.account,
        group=group,
        agency=agency,
        action=PROPOSE,
        obj=obj,
        facts={"delivery.from_own_agency": bool(agency)},
        reason=reason,
    )


def may_propose(viewer: Viewer, group: GroupInfo, finding_id: int) -> Answer:
    """Say whether somebody may propose on a finding, before they fill the form in."""
    found = _found(viewer, group, finding_id)
    return ask(_proposing(viewer, group, found.source, bind("finding", str(finding_id), ask=PROPOSE)))


def propose(
    viewer: Viewer, group: GroupInfo, finding_id: int, said: Said, *, reason: str | None = None
) -> ProposalInfo:
    """Ask the register's owner to correct what a finding doubts; the list's words are kept as a mark alone."""
    found = _found(viewer, group, finding_id)
    mark = _mark(int(found.last_run.removeprefix("L")), found)
    with transaction.atomic():
        new = NewProposal(
            slot=corrections.reserve_proposal(group.id),
            finding_id=finding_id,
            ground=said.ground,
            paper=said.paper,
            kept_at=" ".join(said.kept_at.split()),
            agency=_agency(viewer, group, found.source),
            delivered=mark,
        )
        obj = ObjectRef(kind="proposal", id=new.slot.ref, digest=new.digest())
        return corrections.propose(permit(_proposing(viewer, group, found.source, obj, reason)), new)


def _considering(viewer: Viewer, group: GroupInfo, told: ProposalInfo, obj: ObjectRef, *, declared: bool) -> Act:
    facts = {"proposal.from_other_person": told.made_by != viewer.account} | (
        {"proposal.no_interest": True} if declared else {}
    )
    return Act(account=viewer.account, group=group, action=CONSIDER, obj=obj, facts=facts)


def may_consider(viewer: Viewer, group: GroupInfo, told: ProposalInfo) -> Answer:
    """Say whether somebody may record the decision on a proposal, once they declare that it is not about them."""
    return ask(_considering(viewer, group, told, bind("proposal", told.ref, ask=CONSIDER), declared=True))


def consider(
    viewer: Viewer, group: GroupInfo, told: ProposalInfo, decision: str, reason: str, *, declared: bool
) -> ProposalInfo:
    """Record what the register's owner decides; `declared`: neither they nor their household are concerned."""
    if decision not in {one.value for one in ProposalState}:
        raise BadInput("Chọn một quyết định.", "Choose a decision.")
    reason = corrections.one_line(reason)
    obj = bind("proposal", told.ref, proposal=told.number, state=decision, reason=reason)
    by = permit(_considering(viewer, group, told, obj, declared=declared))
    return corrections.decide(by, told.id, ProposalState(decision), reason)


def take_back(viewer: Viewer, group: GroupInfo, told: ProposalInfo) -> ProposalInfo:
    """Take one's own proposal back."""
    obj = bind("proposal", told.ref, proposal=told.number, state=ProposalState.TAKEN_BACK.value, reason="")
    own = told.made_by == viewer.account
    act = Act(account=viewer.account, group=group, action=TAKE_BACK, obj=obj, facts={"proposal.is_own": own})
    return corrections.take_back(permit(act), told.id)


def _mark(run_id: int, found: FindingInfo) -> str:
    keyring = corrections.Keyring(found.source)
    return findings.mark_of(run_id, found.field, lambda record: keyring.record(record) == found.record)


def settle(group: GroupInfo, source: str, run_id: int, run_label: str) -> list[ProposalInfo]:
    """End the proposals of a source whose findings its newest run no longer saw; each under its own permit."""
    ended = []
    for told in corrections.pending(group.id, source):
        if told.finding.closed_by_run != run_label:
            continue
        mark = _mark(run_id, told.finding)
        came_round = bool(mark) and mark == told.delivered
        state = ProposalState.BORNE_OUT if came_round else ProposalState.CORRECTED
        obj = bind("proposal", told.ref, proposal=told.number, state=state.value, run=run_label)
        by = system_permit(group, SETTLE, obj, standing=told.permit)
        ended.append(corrections.settle(by, told.id, state, run_label))
    return ended
