"""Keys for the people and agencies of a demonstration, entered as everybody enters theirs; and the stamps of time.

with signers.stamping(home) as stamps:
    signers.give_keys(group, stamps)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.demo import pictures, pki
from dean06.demo.pki import Holder, Pki
from dean06.demo.pki_server import TSA, PkiServer
from dean06.flows import entering_keys, paper_house
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.papers.service import signatures
from dean06.papers.service.keys import NewKey, Secret

# Who signs papers with a key of their own: the roles to which the regulations give a signature.
SIGNING = ("leader", "standing_deputy", "deputy", "standing_member")
SECRET = Secret(text=pki.PASSWORD)

__all__ = ["SECRET", "give_keys", "stamping"]


@contextmanager
def stamping(home: Path) -> Iterator[PkiServer]:
    """Answer with the made-up service of an installation while its history is made."""
    before = settings.TSA_URL
    with PkiServer(pki=pki.make(home, (), ())) as server:
        settings.TSA_URL = f"{server.address}{TSA}"
        try:
            yield server
        finally:
            settings.TSA_URL = before


def give_keys(group: GroupInfo, made: Pki) -> None:
    """Enter a key for each signer of a group, and for each agency whose seal its charter gives to a signer."""
    today = clock.today(group)
    for seat in offices.holders(group.id, today):
        if seat.account and seat.role in SIGNING:
            _own(group, made, seat, seat.account)
    clerk = next((one.account for one in offices.holders(group.id, today, role="clerk") if one.account), None)
    seal = signatures.Picture(pictures.seal(), pictures.SEAL_MM, pictures.SEAL_MM)
    charter = paper_house.charter(group)
    for code in charter.seals if clerk else ():
        holder = Holder(f"{group.slug}-dau-{code.lower()}", charters.agency_name(charter, code))
        new = NewKey(kind="pkcs12", file=made.issue(holder, pki.Terms(elliptic=False)).read_bytes(), picture=seal)
        entering_keys.enter_agency(clerk or "", group, code, new, SECRET)


def _own(group: GroupInfo, made: Pki, seat: Capacity, account: str) -> None:
    house = offices.agency_name(group.id, seat.agency) if seat.agency else group.name
    holder = Holder(f"{group.slug}-{seat.role}-{seat.seat_id}", seat.holder, house)
    picture = signatures.Picture(pictures.hand(seat.holder))
    new = NewKey(kind="pkcs12", file=made.issue(holder).read_bytes(), picture=picture)
    entering_keys.enter_own(account, group, new, SECRET)
