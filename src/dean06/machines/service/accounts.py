"""Accounts of software: made for one agency of one group, enrolled by a code that serves once, revoked at will."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.machines import public_keys
from dean06.machines.errors import MachineInvalid, MachineNotFound, NotRecognised
from dean06.machines.models import Call, Machine
from dean06.machines.reading import machine_info, own_rows
from dean06.machines.types import CallInfo, MachineInfo, NewMachine, Scope
from dean06.offices import service as offices
from dean06.offices.types import Viewer

CODE_FOR = timedelta(days=7)
LONGEST = timedelta(days=731)
NO_ROLES: frozenset[str] = frozenset()

__all__ = [
    "CODE_FOR",
    "LONGEST",
    "any_of",
    "calls",
    "change_digest",
    "enrol",
    "enrolment_digest",
    "machine",
    "machines",
    "make",
    "named",
    "new_code",
    "new_id",
    "of_code",
    "of_id",
    "renew",
    "revoke",
]


def new_id() -> str:
    """Return the public id of an account about to be made."""
    return str(uuid.uuid4())


def new_code() -> str:
    """Return a code by which software shows its public key; only its digest is ever kept."""
    return secrets.token_urlsafe(32)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def change_digest(public_id: str, change: str) -> str:
    """Return what the permit to change or revoke an account is bound to."""
    return digest_of(machine=public_id, change=change)


def enrolment_digest(public_id: str, jwk: dict[str, str]) -> str:
    """Return what the permit to take a public key is bound to."""
    return digest_of(machine=public_id, key=public_keys.thumbprint(jwk))


def make(by: Permit, group_id: int, new: NewMachine, code: str) -> MachineInfo:
    """Make the account of an agency's software; it can do nothing until it has shown its public key by the code.

    The permit is for object kind `machine`, id `new.public_id`, digest `new.digest()`.
    """
    group = offices.group_by_id(group_id)
    _require_sound(new, group_id)
    try:
        with transaction.atomic():
            row = Machine.objects.create(
                group_id=group_id,
                public_id=new.public_id,
                name=new.name,
                agency=new.agency,
                scopes=[one.value for one in new.scopes],
                purpose=new.purpose,
                ends_on=new.ends_on,
                made_at=by.at,
                made_by=by.actor.account,
                permit=by.digest(),
                code_digest=_digest(code),
                code_until=clock.now() + CODE_FOR,
            )
            told: dict[str, str | int] = {"agency": new.agency, "scopes": " ".join(new.scopes)}
            bound = new.digest()
            ledger.append(
                by, scope=group.slug, kind="machine", object_id=new.public_id, digest=bound, bound=bound, note=told
            )
    except IntegrityError as problem:
        raise MachineInvalid(
            f"Tổ đã có phần mềm tên «{new.name}»: chọn tên khác.", f"There is software named {new.name!r} already."
        ) from problem
    return machine_info(row)


def _require_sound(new: NewMachine, group_id: int) -> None:
    group = offices.group_by_id(group_id)
    today = clock.today(group)
    if not new.name.strip() or not new.purpose.strip() or not new.scopes:
        raise MachineInvalid(
            "Ghi tên phần mềm, dùng để làm gì và ít nhất một phạm vi.",
            "Give the software a name, say what for, and at least one scope.",
        )
    if not today <= new.ends_on <= today + LONGEST:
        raise MachineInvalid(
            f"Ngày hết hạn phải từ hôm nay ({today:%d/%m/%Y}) và không quá hai năm.",
            f"The last day must lie between today ({today:%d/%m/%Y}) and two years from now.",
        )


def renew(by: Permit, public_id: str, code: str) -> MachineInfo:
    """Give an account a new code: whatever key it then shows takes the place of the one it has.

    The permit is for object kind `machine`, id the account's, digest `change_digest(…, "code")`.
    """
    with transaction.atomic():
        row = _locked(public_id)
        if row.revoked_at is not None:
            raise MachineInvalid(
                "Tài khoản này đã thu hồi: lập tài khoản mới.", "This account is revoked: make another."
            )
        row.code_digest, row.code_until = _digest(code), clock.now() + CODE_FOR
        row.save(update_fields=["code_digest", "code_until"])
        _enter(by, row, change_digest(public_id, "code"), {"code": "new"})
    return machine_info(row)


def revoke(by: Permit, public_id: str) -> MachineInfo:
    """Revoke an account: its key, its code and every token of it serve no more from this instant.

    The permit is for object kind `machine`, id the account's, digest `change_digest(…, "revoked")`.
    """
    with transaction.atomic():
        row = _locked(public_id)
        if row.revoked_at is not None:
            raise MachineInvalid("Tài khoản này đã thu hồi rồi.", "This account is revoked already.")
        row.revoked_at, row.revoked_by, row.code_digest, row.code_until = clock.now(), by.actor.account, "", None
        row.save(update_fields=["revoked_at", "revoked_by", "code_digest", "code_until"])
        _enter(by, row, change_digest(public_id, "revoked"), {"agency": row.agency, "revoked": 1})
    return machine_info(row)


def of_code(code: str) -> MachineInfo:
    """Return the account whose code this is; a code that is unknown, used or too old opens nothing."""
    row = Machine.objects.filter(code_digest=_digest(code), revoked_at=None).first() if code else None
    if row is None or row.code_until is None or row.code_until < clock.now():
        raise NotRecognised(
            "invalid_grant",
            "Mã ghi danh không đúng, đã dùng hoặc quá hạn: xin người lập tài khoản cấp mã mới.",
            "The code is wrong, used or too old: ask whoever made the account for a new one.",
        )
    return machine_info(row)


def enrol(by: Permit, code: str, jwk: dict[str, str]) -> MachineInfo:
    """Take the public key of a piece of software; its code serves no more.

    The permit is for object kind `machine`, id the account's, digest `enrolment_digest`.
    """
    with transaction.atomic():
        row = _locked(of_code(code).public_id)
        if row.code_digest != _digest(code):  # another was quicker
            raise NotRecognised("invalid_grant", "Mã ghi danh vừa được dùng.", "The code was used just now.")
        row.key, row.thumbprint, row.key_at = jwk, public_keys.thumbprint(jwk), clock.now()
        row.code_digest, row.code_until = "", None
        row.save(update_fields=["key", "thumbprint", "key_at", "code_digest", "code_until"])
        _enter(by, row, enrolment_digest(str(row.public_id), jwk), {"key": row.thumbprint})
    return machine_info(row)


def _locked(public_id: str) -> Machine:
    row = Machine.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise _not_found()
    return row


def _enter(by: Permit, row: Machine, bound: str, note: dict[str, str | int]) -> None:
    scope, object_id = offices.group_by_id(row.group_id).slug, str(row.public_id)
    ledger.append(by, scope=scope, kind="machine", object_id=object_id, digest=bound, bound=bound, note=note)


def _not_found() -> MachineNotFound:
    return MachineNotFound(
        "Không có phần mềm này trong phạm vi của bạn: mở lại danh sách.",
        "There is no such software within your reach: open the list again.",
    )


def _seen(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Machine]:
    return own_rows(Machine.objects.filter(group_id=group_id), viewer, group_id, see_all)


def machines(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[MachineInfo]:
    """Return the accounts of software a reader may see, those in force first: their agency's, or all."""
    rows = list(_seen(viewer, group_id, see_all).order_by("name"))
    return [machine_info(row) for row in sorted(rows, key=lambda row: row.revoked_at is not None)]


def machine(viewer: Viewer, group_id: int, public_id: str, *, see_all: frozenset[str] = NO_ROLES) -> MachineInfo:
    """Return one account, if the reader may see it."""
    row = _seen(viewer, group_id, see_all).filter(public_id=public_id).first()
    if row is None:
        raise _not_found()
    return machine_info(row)


def of_id(public_id: str) -> MachineInfo | None:
    """Return an account by its public id, for the journeys that judge who calls."""
    row = Machine.objects.filter(public_id=public_id).first()
    return machine_info(row) if row else None


def named(group_id: int, public_ids: set[str]) -> dict[str, str]:
    """Return the names of those of these ids that are software of a group."""
    rows = Machine.objects.filter(group_id=group_id, public_id__in=public_ids)
    return {str(row.public_id): row.name for row in rows}


def any_of(group_id: int) -> bool:
    """Say whether a group has an account of software."""
    return Machine.objects.filter(group_id=group_id).exists()


def calls(
    viewer: Viewer, group_id: int, public_id: str, most: int, *, see_all: frozenset[str] = NO_ROLES
) -> list[CallInfo]:
    """Return the last calls of a piece of software that the reader may see, the newest first."""
    machine(viewer, group_id, public_id, see_all=see_all)
    rows = Call.objects.filter(group_id=group_id, machine__public_id=public_id).order_by("-pk")[:most]
    return [
        CallInfo(at=row.at, operation=row.operation, object_id=row.object_id, status=row.status, purpose=row.purpose)
        for row in rows
    ]


def scopes_of(words: str) -> tuple[Scope, ...]:
    """Return the scopes that a text names, parted by spaces; an unknown one is refused."""
    known = {one.value: one for one in Scope}
    asked = words.split()
    if not set(asked) <= set(known):
        raise NotRecognised("invalid_scope", "Phạm vi không có trong danh mục.", "There is no such scope.")
    return tuple(known[one] for one in dict.fromkeys(asked))
