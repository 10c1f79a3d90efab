"""Looking people up from software such as OpenRefine: an official opens a secret address for a purpose and some hours.

Each call under it is decided again: its maker must still hold the seat, and the clause must still allow it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import RefusedByCharter
from dean06.flows.authority import Act, Answer, Known, ask, ask_of_seat, bind, closed_charter, grant, permit
from dean06.identity.service import accounts
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.population import service as population
from dean06.reconcile.errors import AddressClosed, LookupRefused
from dean06.reconcile.service import looks, lookup_addresses, lookups
from dean06.reconcile.service.lookup_addresses import AddressInfo, NewAddress
from dean06.reconcile.service.lookups import Call, Candidate, Door, LookupInfo, Pace, Question
from dean06.sources import service as sources

OPEN, REVOKE, ASK = "lookup.open", "lookup.revoke", "lookup.ask"

__all__ = [
    "Caller",
    "caller",
    "cards",
    "fields_of",
    "match",
    "may_open",
    "open_address",
    "revoke",
    "suggest",
    "who_asked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls under an address: the person who opened it, in the seat it was opened in."""

    address: AddressInfo
    group: GroupInfo
    viewer: Viewer
    seat: Capacity
    pace: Pace
    token: str = field(repr=False)


def _facts(viewer: Viewer, group: GroupInfo, purpose: str) -> dict[str, bool]:
    return {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(group.id)}


def may_open(viewer: Viewer, group: GroupInfo, known: Known | None = None) -> Answer:
    """Say whether somebody may open an address, before they fill the form in."""
    obj = bind(lookup_addresses.KIND, group.slug, ask=OPEN)
    facts = _facts(viewer, group, "sẽ nêu")
    return ask(Act(account=viewer.account, group=group, action=OPEN, obj=obj, facts=facts), known)


def fields_of(group: GroupInfo, source: str) -> tuple[str, ...]:
    """Return the fields of a person that the contract of a list has, so that its reader may ask to see them whole."""
    contract = sources.contracts(group.id, clock.today(group)).contract(source)
    return lookups.opened_by({one.role for one in contract.fields if one.role})


def open_address(
    viewer: Viewer, group: GroupInfo, *, purpose: str, source: str, hours: int, wanted: Collection[str] = ()
) -> tuple[AddressInfo, str]:
    """Open an address; returns it and its secret, which is told nowhere else.

    Args:
        viewer: who opens it.
        group: whose register it looks into.
        purpose: why, in words.
        source: the list that is worked on.
        hours: for how long.
        wanted: fields to be shown whole; those that the list's contract lacks are not.
    """
    fields = tuple(one for one in fields_of(group, source) if one in wanted)
    token = lookup_addresses.new_token()
    answer = may_open(viewer, group)
    if answer.capacity is None:
        raise RefusedByCharter(
            "Bạn không giữ vị trí nào trong tổ: chỉ người của tổ mở được địa chỉ tra cứu.",
            "You hold no seat in the group: only its own people open an address.",
        )
    new = lookup_addresses.checked(
        NewAddress(
            public_id=lookup_addresses.new_id(),
            seat_id=answer.capacity.seat_id,
            role=answer.role,
            purpose=purpose,
            source=source,
            fields=fields,
            hours=hours,
        )
    )
    register = population.latest(group.id, clock.today(group))
    obj = lookup_addresses.open_ref(new, token)
    act = Act(account=viewer.account, group=group, action=OPEN, obj=obj, facts=_facts(viewer, group, purpose))
    made = lookup_addresses.make(grant(act, ask_of_seat(act, answer.capacity)), group.id, new, token)
    lookups.door(made, register, sources.contracts(group.id, clock.today(group)).contract(source), token)
    return made, token


def revoke(viewer: Viewer, group: GroupInfo, address: AddressInfo) -> AddressInfo:
    """Revoke an address: one's own, or any of the group where the house rules give that power."""
    obj = lookup_addresses.revoke_ref(address.public_id)
    facts = {"lookup.is_own": address.account == viewer.account}
    by = permit(Act(account=viewer.account, group=group, action=REVOKE, obj=obj, facts=facts))
    return lookup_addresses.revoke(by, group.id, address.public_id)


def caller(token: str) -> Caller:
    """Return who calls with a secret; an account shut, a seat left or a group that ended closes the address."""
    address = lookup_addresses.of_token(token)
    group = offices.group_by_id(address.group_id)
    if not accounts.active([address.account]) or closed_charter(group) is not None:
        raise AddressClosed
    viewer = offices.viewer(address.account, clock.today())
    held = [one for one in viewer.capacities if one.seat_id == address.seat_id and not one.reading]
    if not held:
        raise AddressClosed
    pace = lookups.pace(address)
    if not pace.left:
        raise LookupRefused(
            "too-fast",
            f"Hỏi quá nhanh: hỏi tiếp sau {pace.seconds} giây.",
            f"Too many calls: ask again in {pace.seconds} seconds.",
        )
    return Caller(address=address, group=group, viewer=viewer, seat=held[0], pace=pace, token=token)


def _permit(who: Caller, what: Call) -> Permit:
    obj: ObjectRef = lookups.subject(who.address, what)
    facts = _facts(who.viewer, who.group, who.address.purpose)
    act = Act(account=who.address.account, group=who.group, action=ASK, obj=obj, facts=facts)
    return grant(act, ask_of_seat(act, who.seat))


def _door(who: Caller) -> Door:
    today = clock.today(who.group)
    contract = sources.contracts(who.group.id, today).contract(who.address.source)
    return lookups.door(who.address, population.latest(who.group.id, today), contract, who.token)


def match(who: Caller, questions: Sequence[Question], asked: str) -> list[list[Candidate]]:
    """Return the candidates of each question; `asked` is the canonical text of what was sent."""
    what = lookups.call("match", asked)
    return lookups.match(_permit(who, what), _door(who), what, questions)


def suggest(who: Caller, prefix: str, most: int, skip: int) -> list[Candidate]:
    """Return people by the beginning of their name."""
    what = lookups.call("suggest", prefix)
    return lookups.suggest(_permit(who, what), _door(who), what, most, skip)


def cards(who: Caller, operation: str, ids: Sequence[str], asked: str) -> dict[str, Candidate]:
    """Return people that this address gave out, by id: for a preview, or to fetch fields of them."""
    what = lookups.call(operation, asked)
    return lookups.cards(_permit(who, what), _door(who), what, ids)


def who_asked(viewer: Viewer, group: GroupInfo, number: str, *, purpose: str) -> list[LookupInfo]:
    """Answer a person who asks who looked them up: each call at which they were shown, with its purpose."""
    obj, facts = looks.person(number, purpose), _facts(viewer, group, purpose)
    by = permit(Act(account=viewer.account, group=group, action="person.read", obj=obj, facts=facts))
    return lookups.lookups_at_person(by, viewer, group.id, number, purpose)
