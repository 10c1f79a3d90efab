"""What lists are read by: a group's versions of contracts over those of the product, each in force from a day.

The text of every contract by which anything was ever read lies in the vault under its digest, also of those that came
with the product: a delivery names the one it was read by, and reads the same for ever.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources import live
from dean06.sources.contract import Contract, shipped, shipped_ids
from dean06.sources.keeping import private, vault
from dean06.sources.models import ContractDraft, ContractVersion, Delivery
from dean06.sources.repertoire import SHIPPED, Contracts, keep, kept, shipped_digest
from dean06.sources.types import NewVersion, VersionInfo

KIND = "contract"
LONGEST_REASON = 300

__all__ = [
    "adopt_version",
    "contract_adopted",
    "contract_in_force",
    "contract_of_delivery",
    "contract_texts",
    "contract_version",
    "contract_versions",
    "contracts",
    "folder_of",
    "in_force",
    "next_version",
    "read_by",
]


def folder_of(slug: str, source: str) -> Path:
    """Return where the texts of a source's contracts lie that a group reads by."""
    return vault() / "contracts" / slug / source


def in_force(group_id: int, on: date) -> dict[str, ContractVersion]:
    """Return the version of each source that binds on a day: of those begun, the one that begins last."""
    rows = ContractVersion.objects.filter(group_id=group_id, in_force_from__lte=on).select_related("group")
    return {row.source: row for row in rows.order_by("in_force_from", "version")}


def contracts(group_id: int, on: date) -> Contracts:
    """Return what a group reads lists by on a day; other rooms and pages pass it down."""
    own = {
        source: kept(folder_of(row.group.slug, source), row.sha256) for source, row in in_force(group_id, on).items()
    }
    return Contracts(own) if own else SHIPPED


def contract_in_force(group_id: int, slug: str, source: str, on: date) -> str:
    """Return the digest of the contract that a list which comes on a day is read by; its text is in the vault."""
    row = in_force(group_id, on).get(source)
    if row is not None:
        return row.sha256
    digest, folder = shipped_digest(live.contract(source).id), folder_of(slug, source)
    return digest if (folder / f"{digest}.yaml").exists() else keep(private(folder), shipped(source))


def read_by(row: Delivery) -> Contract:
    """Return the contract a delivery is read by; one that came before contracts had versions, the product's own."""
    if not row.contract_sha256:
        return live.contract(row.source)
    return kept(folder_of(row.group.slug, row.source), row.contract_sha256)


def contract_of_delivery(delivery_id: int) -> Contract:
    """Return the contract a delivery is read by, for the rooms above."""
    return read_by(Delivery.objects.select_related("group").get(pk=delivery_id))


# ------------------------------------------------------------ versions


def next_version(group_id: int, source: str) -> int:
    """Return the number that the next version of a source has."""
    last = ContractVersion.objects.filter(group_id=group_id, source=source).order_by("-version").first()
    product = shipped(source).version if source in shipped_ids() else 0
    return max(last.version if last else 0, product) + 1


def adopt_version(by: Permit, new: NewVersion, contract: Contract) -> VersionInfo:
    """Put a contract in force from a day on; what was adopted before stays, and its draft is done with.

    The permit is for object kind `contract`, id `new.ref(slug)`, digest `new.digest()`.
    """
    if by.obj.digest != new.digest():
        raise PermitMisused(
            f"Giấy phép không phải cho đúng bản hợp đồng {new.source} v{new.version}.",
            f"The permit was not given for this version {new.version} of {new.source}.",
        )
    if not new.reason.strip() or len(new.reason) > LONGEST_REASON:
        raise BadInput(f"Ghi lý do, tối đa {LONGEST_REASON} chữ.", f"Say why, in at most {LONGEST_REASON} letters.")
    if new.in_force_from < by.at.date():
        raise BadInput(
            f"Ngày có hiệu lực {new.in_force_from:%d/%m/%Y} đã qua: chọn từ hôm nay trở đi.",
            f"The first day {new.in_force_from:%d/%m/%Y} is past: choose today or later.",
        )
    slug = offices.group_by_id(new.group_id).slug
    if keep(private(folder_of(slug, new.source)), contract) != new.sha256 or contract.version != new.version:
        raise PermitMisused("Nội dung hợp đồng khác bản được phép.", "The contract is not the one that was permitted.")
    try:
        with transaction.atomic():
            row = _create(by, new)
            ContractDraft.objects.filter(group_id=new.group_id, source=new.source).delete()
            note: dict[str, str | int] = {"version": new.version, "contract": new.sha256}
            ledger.append(by, scope=slug, kind=KIND, object_id=new.ref(slug), digest=new.digest(), note=note)
    except IntegrityError:
        raise BadInput(
            f"Bản {new.version} của nguồn này vừa có người ban hành: mở lại trang rồi làm lại.",
            f"Version {new.version} of this source was just adopted: open the page again.",
        ) from None
    return _info(row)


def _create(by: Permit, new: NewVersion) -> ContractVersion:
    return ContractVersion.objects.create(
        group_id=new.group_id,
        source=new.source,
        version=new.version,
        sha256=new.sha256,
        base_sha256=new.base_sha256,
        in_force_from=new.in_force_from,
        adopted_at=by.at,
        adopted_by=by.actor.account,
        reason=new.reason,
        permit=by.digest(),
    )


def _info(row: ContractVersion) -> VersionInfo:
    return VersionInfo(
        source=row.source,
        version=row.version,
        sha256=row.sha256,
        base_sha256=row.base_sha256,
        in_force_from=row.in_force_from,
        adopted_at=row.adopted_at,
        adopted_by=str(row.adopted_by),
        reason=row.reason,
    )


def contract_versions(viewer: Viewer, group_id: int, source: str) -> list[VersionInfo]:
    """Return a group's versions of a source's contract to who sits in it, the newest first."""
    if not viewer.sits_in(group_id):
        return []
    return [_info(row) for row in ContractVersion.objects.filter(group_id=group_id, source=source)]


def contract_adopted(group_id: int, source: str, number: int) -> VersionInfo | None:
    """Return the version that an entry of the ledger names, for work."""
    row = ContractVersion.objects.filter(group_id=group_id, source=source, version=number).first()
    return _info(row) if row else None


def contract_texts(viewer: Viewer, group_id: int, source: str) -> list[tuple[VersionInfo, Contract]]:
    """Return a group's versions of a source's contract with their texts, the newest first."""
    if not viewer.sits_in(group_id):
        return []
    rows = ContractVersion.objects.select_related("group").filter(group_id=group_id, source=source)
    return [(_info(row), kept(folder_of(row.group.slug, source), row.sha256)) for row in rows]


def contract_version(viewer: Viewer, group_id: int, source: str, number: int) -> tuple[VersionInfo, Contract] | None:
    """Return one version of a source's contract with its text, to who sits in the group."""
    if not viewer.sits_in(group_id):
        return None
    rows = ContractVersion.objects.select_related("group")
    row = rows.filter(group_id=group_id, source=source, version=number).first()
    return (_info(row), kept(folder_of(row.group.slug, source), row.sha256)) if row else None
