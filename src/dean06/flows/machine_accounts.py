"""An agency's software gets its account and the address at which it is told; both are revoked at will."""

from __future__ import annotations

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, Known, ask, bind, permit, system_permit
from dean06.flows.machine_telling import begin
from dean06.machines.service import accounts, hooks
from dean06.machines.types import HookInfo, MachineInfo, NewHook, NewMachine
from dean06.offices import service as offices
from dean06.offices.service import agencies
from dean06.offices.types import GroupInfo

SET, REVOKE, ENROL = "machine.set", "machine.revoke", "machine.enrol"

__all__ = [
    "end_hook",
    "enrol",
    "make",
    "make_hook",
    "may_revoke",
    "may_set",
    "renew",
    "reopen_hook",
    "resend",
    "revoke",
]


def may_set(account: str, group: GroupInfo, known: Known | None = None) -> Answer:
    """Say whether somebody may make accounts and addresses, before they fill the form in."""
    return ask(Act(account=account, group=group, action=SET, obj=bind("machine", group.slug, ask=SET)), known)


def may_revoke(account: str, group: GroupInfo, agency: str, known: Known | None = None) -> Answer:
    """Say whether somebody may revoke what an agency's software has."""
    obj = bind("machine", group.slug, ask=REVOKE)
    return ask(Act(account=account, group=group, agency=agency, action=REVOKE, obj=obj), known)


def _setting(account: str, group: GroupInfo, kind: str, object_id: str, digest: str) -> Permit:
    obj = ObjectRef(kind=kind, id=object_id, digest=digest)
    return permit(Act(account=account, group=group, action=SET, obj=obj))


def _revoking(account: str, group: GroupInfo, agency: str, obj: ObjectRef) -> Permit:
    return permit(Act(account=account, group=group, agency=agency, action=REVOKE, obj=obj))


def _require_agency(group: GroupInfo, agency: str) -> None:
    if agency not in {one.code for one in agencies.agencies_of(group.id)}:
        raise BadInput(
            "Cơ quan này không có trong tổ: chọn một cơ quan của tổ.", "The group has no such agency: choose one of it."
        )


def make(account: str, group: GroupInfo, new: NewMachine) -> tuple[MachineInfo, str]:
    """Make an account for an agency's software; returns it and the code shown once, by which it shows its key."""
    _require_agency(group, new.agency)
    code = accounts.new_code()
    by = _setting(account, group, "machine", new.public_id, new.digest())
    return accounts.make(by, group.id, new, code), code


def renew(account: str, group: GroupInfo, machine: MachineInfo) -> str:
    """Give an account a new code, for another key; returns the code."""
    code = accounts.new_code()
    digest = accounts.change_digest(machine.public_id, "code")
    accounts.renew(_setting(account, group, "machine", machine.public_id, digest), machine.public_id, code)
    return code


def revoke(account: str, group: GroupInfo, machine: MachineInfo) -> MachineInfo:
    """Revoke an account: by whoever may make one, or by the agency whose it is."""
    digest = accounts.change_digest(machine.public_id, "revoked")
    obj = ObjectRef(kind="machine", id=machine.public_id, digest=digest)
    return accounts.revoke(_revoking(account, group, machine.agency, obj), machine.public_id)


def enrol(code: str, jwk: dict[str, str]) -> MachineInfo:
    """Take the public key that software shows by its code, under the permit of whoever made its account."""
    machine = accounts.of_code(code)
    digest = accounts.enrolment_digest(machine.public_id, jwk)
    obj = ObjectRef(kind="machine", id=machine.public_id, digest=digest)
    group = offices.group_by_id(machine.group_id)
    return accounts.enrol(system_permit(group, ENROL, obj, standing=machine.permit), code, jwk)


def make_hook(account: str, group: GroupInfo, new: NewHook) -> HookInfo:
    """Enter an address at which an agency's software is told of its orders from now on."""
    _require_agency(group, new.agency)
    begin()
    return hooks.make(_setting(account, group, "hook", new.public_id, new.digest()), group.id, new)


def end_hook(account: str, group: GroupInfo, hook: HookInfo) -> HookInfo:
    """End an address: by whoever may enter one, or by the agency whose it is."""
    obj = ObjectRef(kind="hook", id=hook.public_id, digest=hooks.change_digest(hook.public_id, "ended"))
    return hooks.end(_revoking(account, group, hook.agency, obj), hook.public_id)


def reopen_hook(account: str, group: GroupInfo, hook: HookInfo) -> HookInfo:
    """Ask a receiver again that refused, or said that it is gone."""
    by = _setting(account, group, "hook", hook.public_id, hooks.change_digest(hook.public_id, "asked"))
    return hooks.reopen(by, hook.public_id)


def resend(account: str, group: GroupInfo, hook: HookInfo) -> int:
    """Send again what was given up at an address; returns how many events."""
    by = _setting(account, group, "hook", hook.public_id, hooks.change_digest(hook.public_id, "resent"))
    return hooks.resend(by, hook.public_id)
