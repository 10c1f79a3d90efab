"""Addresses at which software is told: made, ended, opened again; and the events that wait there."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.machines import reaching
from dean06.machines.errors import MachineInvalid, MachineNotFound
from dean06.machines.models import Hook, Parcel
from dean06.machines.reading import own_rows
from dean06.machines.types import Event, HookInfo, HookState, NewHook, ParcelInfo, ParcelState
from dean06.offices import service as offices
from dean06.offices.types import Viewer

NO_ROLES: frozenset[str] = frozenset()
TAKING = (HookState.WAITING.value, HookState.OPEN.value)

__all__ = [
    "any_hook",
    "change_digest",
    "end",
    "groups",
    "hook",
    "hooks",
    "listening",
    "make",
    "new_id",
    "parcels",
    "queue",
    "reopen",
    "resend",
]


def new_id() -> str:
    """Return the public id of an address about to be entered."""
    return str(uuid.uuid4())


def change_digest(public_id: str, change: str) -> str:
    """Return what the permit to change an address is bound to."""
    return digest_of(hook=public_id, change=change)


def make(by: Permit, group_id: int, new: NewHook) -> HookInfo:
    """Enter an address; nothing is sent there before its receiver has agreed to take events from here.

    The permit is for object kind `hook`, id `new.public_id`, digest `new.digest()`.
    """
    reaching.require_allowed(new.url)
    group = offices.group_by_id(group_id)
    try:
        with transaction.atomic():
            row = Hook.objects.create(
                group_id=group_id,
                public_id=new.public_id,
                agency=new.agency,
                url=new.url,
                after_leaf=ledger.newest_leaf(),
                made_at=by.at,
                made_by=by.actor.account,
                permit=by.digest(),
                free_at=clock.now(),
            )
            bound, told = new.digest(), {"agency": new.agency}
            ledger.append(
                by, scope=group.slug, kind="hook", object_id=new.public_id, digest=bound, bound=bound, note=told
            )
    except IntegrityError as problem:
        raise MachineInvalid(
            "Cơ quan này đã có địa chỉ ấy: mở địa chỉ đang có.", "The agency has this address already: open that one."
        ) from problem
    return _info(_counted(Hook.objects.filter(pk=row.pk)).get())


def end(by: Permit, public_id: str) -> HookInfo:
    """End an address: nothing goes there any more, and what waits is given up.

    The permit is for object kind `hook`, id the address's, digest `change_digest(…, "ended")`.
    """
    with transaction.atomic():
        row = _locked(public_id)
        row.state, row.ended_at = HookState.ENDED.value, clock.now()
        row.save(update_fields=["state", "ended_at"])
        give_up(row, "Địa chỉ đã dừng.")
        _enter(by, row, "ended")
    return _info(_counted(Hook.objects.filter(pk=row.pk)).get())


def reopen(by: Permit, public_id: str) -> HookInfo:
    """Ask a receiver again that refused or said it is gone; what was given up stays so until it is sent again.

    An address that another group left is confirmed by it: it is told of what is done from now on, by this decision.
    The permit is for object kind `hook`, id the address's, digest `change_digest(…, "asked")`.
    """
    with transaction.atomic():
        row = _locked(public_id)
        if row.state == HookState.OFFERED.value:
            reaching.require_allowed(row.url)
            row.after_leaf, row.made_at, row.made_by = ledger.newest_leaf(), by.at, by.actor.account
            row.permit = by.digest()
            row.save(update_fields=["after_leaf", "made_at", "made_by", "permit"])
        row.state, row.tries, row.note, row.free_at = HookState.WAITING.value, 0, "", clock.now()
        row.save(update_fields=["state", "tries", "note", "free_at"])
        _enter(by, row, "asked")
    return _info(_counted(Hook.objects.filter(pk=row.pk)).get())


def resend(by: Permit, public_id: str) -> int:
    """Queue again whatever was given up at an address, under the same ids; returns how many.

    The permit is for object kind `hook`, id the address's, digest `change_digest(…, "resent")`.
    """
    with transaction.atomic():
        row = _locked(public_id)
        dead = Parcel.objects.filter(hook=row, state=ParcelState.DEAD.value)
        count = dead.update(state=ParcelState.QUEUED.value, tries=0, free_at=clock.now(), settled_at=None, note="")
        if not count:
            raise MachineInvalid("Không có tin nào phải gửi lại.", "There is nothing to send again.")
        Hook.objects.filter(pk=row.pk).update(free_at=clock.now(), tries=0)
        _enter(by, row, "resent")
    return count


def give_up(row: Hook, note: str) -> None:
    """Give up whatever waits at an address."""
    waiting = Parcel.objects.filter(hook=row, state=ParcelState.QUEUED.value)
    waiting.update(state=ParcelState.DEAD.value, settled_at=clock.now(), note=note)


def _locked(public_id: str) -> Hook:
    row = Hook.objects.select_for_update().filter(public_id=public_id, ended_at=None).first()
    if row is None:
        raise _not_found()
    return row


def _enter(by: Permit, row: Hook, change: str) -> None:
    scope, bound = offices.group_by_id(row.group_id).slug, change_digest(str(row.public_id), change)
    told = {"agency": row.agency, "change": change}
    ledger.append(by, scope=scope, kind="hook", object_id=str(row.public_id), digest=bound, bound=bound, note=told)


def _not_found() -> MachineNotFound:
    return MachineNotFound(
        "Không có địa chỉ nhận tin này trong phạm vi của bạn: mở lại danh sách.",
        "There is no such address within your reach: open the list again.",
    )


def _counted(rows: QuerySet[Hook]) -> QuerySet[Hook]:
    return rows.annotate(
        **{state.value: Count("parcels", filter=Q(parcels__state=state.value)) for state in ParcelState}
    )


def _info(row: Hook) -> HookInfo:
    return HookInfo(
        public_id=str(row.public_id),
        group_id=row.group_id,
        agency=row.agency,
        url=row.url,
        state=HookState(row.state),
        rate=row.rate,
        after_leaf=row.after_leaf,
        made_at=row.made_at,
        made_by=str(row.made_by),
        ended_at=row.ended_at,
        opened_at=row.opened_at,
        told_at=row.told_at,
        free_at=row.free_at,
        note=row.note,
        **{state.value: getattr(row, state.value) for state in ParcelState},
    )


def _seen(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Hook]:
    return _counted(own_rows(Hook.objects.filter(group_id=group_id), viewer, group_id, see_all))


def hooks(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[HookInfo]:
    """Return the addresses a reader may see, those in use first: their agency's, or all of the group."""
    found = [_info(row) for row in _seen(viewer, group_id, see_all).order_by("pk")]
    return sorted(found, key=lambda one: one.ended_at is not None)


def hook(viewer: Viewer, group_id: int, public_id: str, *, see_all: frozenset[str] = NO_ROLES) -> HookInfo:
    """Return one address, if the reader may see it."""
    row = _seen(viewer, group_id, see_all).filter(public_id=public_id).first()
    if row is None:
        raise _not_found()
    return _info(row)


def parcels(
    viewer: Viewer, group_id: int, public_id: str, most: int, *, see_all: frozenset[str] = NO_ROLES
) -> list[ParcelInfo]:
    """Return the last events of an address that the reader may see, those given up first, then the newest."""
    hook(viewer, group_id, public_id, see_all=see_all)
    rows = Parcel.objects.filter(group_id=group_id, hook__public_id=public_id).order_by("-pk")
    listed = [*rows.filter(state=ParcelState.DEAD.value)[:most], *rows.exclude(state=ParcelState.DEAD.value)[:most]]
    return [_parcel(row) for row in listed[:most]]


def _parcel(row: Parcel) -> ParcelInfo:
    return ParcelInfo(
        id=row.pk,
        event_id=row.event_id,
        kind=row.kind,
        subject=row.subject,
        at=row.at,
        state=ParcelState(row.state),
        tries=row.tries,
        free_at=row.free_at,
        settled_at=row.settled_at,
        status=row.status,
        note=row.note,
    )


def any_hook() -> bool:
    """Say whether any group has ever entered an address."""
    return Hook.objects.exists()


def groups() -> set[int]:
    """Return the groups in which an address is to be asked or told."""
    return set(Hook.objects.filter(state__in=TAKING).values_list("group_id", flat=True).distinct())


def listening(group_id: int) -> dict[str, int]:
    """Return the agencies of a group whose software is told, each with the leaf after which it is."""
    rows = Hook.objects.filter(group_id=group_id, state__in=TAKING).values_list("agency", "after_leaf")
    found: dict[str, int] = {}
    for agency, leaf in rows:
        found[agency] = min(leaf, found.get(agency, leaf))
    return found


def queue(group_id: int, agency: str, events: Iterable[Event], leaf: int | None = None) -> int:
    """Queue events for every address of an agency, each once; returns how many were offered.

    Args:
        group_id: whose events.
        agency: whose software is told.
        events: what is to be told.
        leaf: where the act stands in the ledger: an address is not told of what was done before it was entered.
    """
    taking = Hook.objects.filter(group_id=group_id, agency=agency, state__in=TAKING)
    if leaf is not None:
        taking = taking.filter(after_leaf__lt=leaf)
    now, listed = clock.now(), list(events)
    made = [
        Parcel(
            group_id=group_id,
            hook=row,
            event_id=hashlib.sha256(one.key.encode()).hexdigest()[:32],
            kind=one.kind,
            subject=one.subject,
            at=one.at,
            data=one.data,
            free_at=now,
        )
        for row in taking
        for one in listed
    ]
    Parcel.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
