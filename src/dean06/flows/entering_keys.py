"""Keys for digital signatures: a signer's own, and that of an agency whose seal the group's papers bear."""

from __future__ import annotations

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, permit
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import keys
from dean06.papers.service.keys import KeyInfo, NewKey, Secret

__all__ = ["enter_agency", "enter_own", "retire"]


def enter_own(account: str, group: GroupInfo, new: NewKey, secret: Secret) -> KeyInfo:
    """Enter the key that a person signs with; its certificate has to bear the name under which they hold their seat."""
    seats = offices.capacities(account, group.id, clock.today(group))
    if not seats:
        raise BadInput("Người ký phải giữ một vị trí trong tổ.", "A signer needs a seat in the group.")
    obj = ObjectRef(kind="signing_key", id=account, digest=keys.key_digest(account, "", new))
    by = permit(Act(account=account, group=group, action="signing_key.set", obj=obj))
    return keys.enter(by, group.id, new, secret, name=seats[0].holder)


def enter_agency(account: str, group: GroupInfo, agency: str, new: NewKey, secret: Secret) -> KeyInfo:
    """Enter the key of an agency."""
    if agency not in offices.agency_names(group.id):
        raise BadInput("Chọn cơ quan có con dấu.", "Choose the agency whose seal it is.")
    obj = ObjectRef(kind="signing_key", id=f"{group.slug}:{agency}", digest=keys.key_digest("", agency, new))
    by = permit(Act(account=account, group=group, action="seal_key.set", obj=obj))
    return keys.enter(by, group.id, new, secret, agency=agency)


def retire(account: str, group: GroupInfo, *, agency: str = "") -> None:
    """Use a key no longer: one's own, or an agency's."""
    key = keys.in_use(group.id, account="" if agency else account, agency=agency)
    if key is None:
        raise BadInput("Không có khóa nào đang dùng.", "No key is in use.")
    named = f"{group.slug}:{agency}" if agency else account
    obj = ObjectRef(kind="signing_key", id=named, digest=digest_of(key=key.fingerprint))
    action = "seal_key.set" if agency else "signing_key.set"
    keys.retire(permit(Act(account=account, group=group, action=action, obj=obj)), key.id)
