"""Whom to tell of what: seats, agencies, roles or accounts of a group are told one sentence under its clause.

Any journey may call `tell`; it is safe inside the act's own transaction, and the same key tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from dean06.adoption import service as adoption
from dean06.charter.types import Charter, Citation
from dean06.clock import service as clock
from dean06.notices.service import choices, letters, telling
from dean06.notices.types import Address, Clause, News, Recipient, Tally
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

DUTY = "duty"
NOBODY: frozenset[str] = frozenset()

__all__ = ["Address", "Said", "To", "owed", "post", "tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Who is told: holders of these seats, of seats of these agencies or roles, and these accounts; never `besides`.

    Attributes:
        seats: ids of seats.
        agencies: codes of the group's charter.
        roles: roles of the group's charter.
        accounts: public ids, of whoever sits in the group.
        besides: public ids of whoever did it and knows.
    """

    seats: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    def holds(self, seat: Capacity) -> bool:
        """Say whether the holder of a seat is among them."""
        meant = seat.seat_id in self.seats or seat.agency in self.agencies or seat.role in self.roles
        return meant or seat.account in self.accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said, in both languages, and whether its words stay out of e-mail."""

    vi: str
    en: str
    restricted: bool = False


def tell(
    group: GroupInfo,
    to: To,
    kind: str,
    said: Said,
    *,
    clause: Citation | None,
    address: Address,
    key: str,
    at: datetime | None = None,
) -> int:
    """Tell people of a group; returns how many are told now.

    Args:
        group: whose matter it is.
        to: who is told; somebody in several of these seats is told once.
        kind: a code of `notices/kinds.yaml`.
        said: the sentence; it names no citizen.
        clause: the clause it cites; None where the charter does not speak of it.
        address: the page it leads to: route and arguments after the group.
        key: what makes it one and the same, such as `task:qn:12:assigned`.
        at: when it happened; now where nothing is said.
    """
    held = [seat for seat in offices.holders(group.id, clock.today(group)) if seat.account and to.holds(seat)]
    news = News(
        kind=kind,
        vi=said.vi,
        en=said.en,
        address=address,
        at=at or clock.now(group),
        key=key,
        clause=_clause(clause),
        restricted=said.restricted,
    )
    binding = owed(group, kind) if held else NOBODY
    return telling.tell(group.id, news, _recipients(held, to, binding))


def _clause(cited: Citation | None) -> Clause:
    if cited is None:
        return Clause()
    return Clause(article=cited.article, clause=cited.clause or "", point=cited.point or "")


def _recipients(held: Iterable[Capacity], to: To, binding: frozenset[str]) -> list[Recipient]:
    """Return whom to tell, the seats in which a charter makes it a duty first."""
    found = [
        Recipient(account=seat.account, seat_id=seat.seat_id, owed=seat.role in binding)
        for seat in held
        if seat.account and seat.account not in to.besides
    ]
    return sorted(found, key=lambda one: not one.owed)


def owed(group: GroupInfo, kind: str) -> frozenset[str]:
    """Return the roles whose duty, by the group's charter today, a kind of notice is about."""
    return _bound(adoption.charter_of(group.charter_line, clock.today(group)), telling.kinds()[kind].action)


def _bound(charter: Charter, action: str) -> frozenset[str]:
    if not action:
        return NOBODY
    norms = [norm for norm in charter.norms if norm.action == action and norm.type == DUTY]
    return frozenset(bearer.role for norm in norms for bearer in norm.bearers)


def post() -> Tally:
    """Go one round with the letters: gather what is due, carry what waits; for the worker."""
    made = letters.gather()
    public = bool(settings.PUBLIC_URL)
    found = letters.carry(_link if public else None, _confirm if public else None)
    return Tally(made=made, sent=found.sent, waiting=found.waiting, refused=found.refused)


def _link(group_id: int, to: Address) -> str:
    slug = offices.group_by_id(group_id).slug
    return settings.PUBLIC_URL + reverse(to.route, args=[slug, *to.args])


def _confirm(account: str, address: str) -> str:
    from_letter = choices.token(account, address)
    return settings.PUBLIC_URL + reverse("notices-confirm", args=[from_letter])
