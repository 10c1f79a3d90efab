"""An agency's software at work: it reads the orders of its agency and answers on their rows; it closes nothing.

It holds no seat. Each of its acts rests on the permit by which a person made its account, as automatic acts do, and is
refused once that account serves no more.
"""

from __future__ import annotations

from collections.abc import Mapping

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import ActorRef, Fact, ObjectRef, Permit, Question
from dean06.clock import service as clock
from dean06.corrections.types import DispositionInfo, FindingInfo, NewDisposition, OrderInfo
from dean06.flows import answering, correcting
from dean06.flows.authority import SYSTEM, closed_charter
from dean06.ledger import service as ledger
from dean06.machines.errors import NotRecognised
from dean06.machines.types import MachineInfo
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.reconcile.service import faulty_rows
from dean06.reconcile.types import FaultyRow
from dean06.sources import service as sources

DISPOSE, READ_VALUES = "machine.dispose", "machine.read_values"
ROLE = "agency"

__all__ = ["answer", "group_of", "values", "viewer_of"]


def group_of(machine: MachineInfo) -> GroupInfo:
    """Return the one group in which a piece of software does anything."""
    return offices.group_by_id(machine.group_id)


def viewer_of(machine: MachineInfo) -> Viewer:
    """Return what software may see: what its agency may, in its group, and nothing more."""
    seat = Capacity(
        seat_id=0,
        group_id=machine.group_id,
        role=ROLE,
        agency=machine.agency,
        title=machine.name,
        post="",
        holder=machine.name,
        account=machine.public_id,
        since=machine.made_at.date(),
    )
    return Viewer(account=machine.public_id, capacities=(seat,))


def _permit(machine: MachineInfo, action: str, obj: ObjectRef, facts: Mapping[str, Fact] | None = None) -> Permit:
    """Return the permit for an act of software, under the one by which its account was made."""
    group = group_of(machine)
    today = clock.today(group)
    if not machine.serves_on(today):
        raise NotRecognised("invalid_token", "Tài khoản không còn dùng được.", "The account serves no more.")
    question = Question(
        role=SYSTEM,
        agency=machine.agency,
        action=action,
        on=today,
        facts={"automation.set_up": ledger.known_permit(machine.permit, group.slug), **(facts or {})},
    )
    decision = charters.decide(closed_charter(group) or adoption.installation_charter(), question)
    actor = ActorRef(account=machine.public_id, role=SYSTEM, agency=machine.agency, seat=machine.permit[:16])
    return charters.permit(decision, actor=actor, obj=obj, at=clock.now(group))


def answer(machine: MachineInfo, order: OrderInfo, said: NewDisposition) -> DispositionInfo:
    """Keep what software answers on a row of its agency's order."""
    kept = answering.answer(
        viewer_of(machine),
        group_of(machine),
        order.id,
        [said],
        way="service",
        give=lambda obj: _permit(machine, DISPOSE, obj),
    )
    return kept.kept[0]


def values(machine: MachineInfo, order: OrderInfo, found: FindingInfo, purpose: str) -> FaultyRow | None:
    """Return what the list and the register say in the one field of a finding; the look is recorded before."""
    group, viewer = group_of(machine), viewer_of(machine)
    wanted = [correcting.to_fix(sources.contracts(group.id, clock.today(group)), found, "")]
    digest = faulty_rows.wanted_digest(wanted, purpose)
    obj = ObjectRef(kind="order", id=f"{order.ref}:{found.fingerprint[:16]}", digest=digest)
    by = _permit(machine, READ_VALUES, obj, {"purpose.stated": bool(purpose.strip())})
    rows = faulty_rows.looked(by, viewer, group.id, purpose, wanted)
    return rows[0] if rows else None
