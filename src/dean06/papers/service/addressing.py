"""The face of the address book: how recipients are reached, lists of them, and the group's place on the axis."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.edxml.types import ORGAN_CODE, Organ, tidy
from dean06.papers.models import Channel
from dean06.papers.post.exchange_client import Axis, organs

__all__ = [
    "Address",
    "Channel",
    "Organ",
    "Place",
    "Route",
    "axis",
    "book",
    "connect",
    "connection_ref",
    "entry_ref",
    "list_ref",
    "lists",
    "place",
    "resolve",
    "set_address",
    "set_list",
    "standing",
    "strangers",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """How a recipient, named as papers name them, is reached from a day on."""

    name: str
    channel: Channel
    since: date
    until: date | None = None
    address: str = ""
    organ_code: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _name(self.name))
        for field in ("address", "organ_code"):
            object.__setattr__(self, field, tidy(getattr(self, field), "địa chỉ"))
        if self.until is not None and self.until < self.since:
            raise BadInput("Ngày cuối của địa chỉ phải sau ngày đầu.", "An address must end after it begins.")
        _check_reach(self)


def _check_reach(one: Address) -> None:
    if one.channel is Channel.EDXML and not ORGAN_CODE.fullmatch(one.organ_code):
        raise BadInput(
            f"«{one.name}»: gửi qua trục phải có mã định danh cơ quan, dạng H55.242.",
            f"{one.name}: the axis needs the organ's code, as H55.242.",
        )
    if one.channel is Channel.EMAIL:
        try:
            validate_email(one.address)
        except ValidationError as problem:
            raise BadInput(
                f"«{one.name}»: địa chỉ thư điện tử viết sai, dạng vanthu@coquan.gov.vn.",
                f"{one.name}: the e-mail address is not one.",
            ) from problem
    if one.channel in (Channel.NONE, Channel.RECORD):
        raise BadInput(f"«{one.name}»: chọn một kênh gửi.", f"{one.name}: choose a channel.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one recipient of a paper is reached on a day; `hint` says what to do where no channel is known."""

    name: str
    channel: Channel
    address: str = ""
    organ_code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A group's office on the axis; the key is given apart."""

    url: str
    system_id: str
    organ: Organ

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[\w./-]*)?", self.url):
            raise BadInput("Địa chỉ trục phải dạng https://…", "The address of the axis must be written https://…")
        if not re.fullmatch(r"[\x21-\x7e]{1,100}", self.system_id):
            raise BadInput("Mã hệ thống kết nối viết sai.", "The name of the connecting system is not one.")


def _name(text: str) -> str:
    name = tidy(text, "nơi nhận", empty=False).rstrip(" .;")
    if not name or len(name) > 300:
        raise BadInput("Tên nơi nhận phải từ 1 đến 300 chữ.", "A recipient's name has 1 to 300 letters.")
    return name


def _ref(kind: str, slug: str, name: str, **content: object) -> ObjectRef:
    return ObjectRef(kind=kind, id=f"{slug}:{digest_of(name=name)[:16]}", digest=digest_of(name=name, **content))


def entry_ref(slug: str, one: Address) -> ObjectRef:
    """Return what the permit to set an address is given for."""
    told = {"channel": one.channel.value, "address": one.address, "organ": one.organ_code, "since": str(one.since)}
    return _ref("address", slug, one.name, **told, until=str(one.until or ""))


def list_ref(slug: str, name: str, names: Iterable[str]) -> ObjectRef:
    """Return what the permit to set a list is given for."""
    return _ref("distribution_list", slug, _name(name), names="; ".join(map(_name, names)))


def connection_ref(slug: str, where: Place) -> ObjectRef:
    """Return what the permit to connect a group to the axis is given for."""
    return _ref("axis", slug, where.organ.code, url=where.url, system=where.system_id)


def _record(by: Permit, slug: str, ref: ObjectRef) -> None:
    ledger.append(by, scope=slug, kind=ref.kind, object_id=ref.id, digest=ref.digest, bound=ref.digest)


def set_address(by: Permit, group_id: int, one: Address) -> None:
    """Say how a recipient is reached from a day on; what held until then ends the day before."""
    slug = offices.group_by_id(group_id).slug
    with transaction.atomic():
        rows = models.AddressEntry.objects.select_for_update().filter(group_id=group_id, name=one.name)
        if later := rows.filter(since__gt=one.since).order_by("since").first():
            raise BadInput(
                f"«{one.name}» đã có địa chỉ từ ngày {later.since:%d/%m/%Y}: chọn ngày sau ngày ấy.",
                f"{one.name} has an address from {later.since} on: choose a later day.",
            )
        rows.filter(since=one.since).delete()
        open_rows = rows.filter(Q(until=None) | Q(until__gte=one.since))
        open_rows.update(until=date.fromordinal(one.since.toordinal() - 1))
        models.AddressEntry.objects.create(
            group_id=group_id,
            name=one.name,
            channel=one.channel,
            address=one.address,
            organ_code=one.organ_code,
            since=one.since,
            until=one.until,
        )
        _record(by, slug, entry_ref(slug, one))


def set_list(by: Permit, group_id: int, name: str, names: Iterable[str]) -> None:
    """Say which recipients a name stands for; no names take the list away."""
    slug, whole = offices.group_by_id(group_id).slug, tuple(dict.fromkeys(map(_name, names)))
    label = _name(name)
    if label in whole:
        raise BadInput(f"Danh sách «{label}» không được chứa chính nó.", f"The list {label} cannot hold itself.")
    with transaction.atomic():
        if whole:
            models.DistributionList.objects.update_or_create(
                group_id=group_id, name=label, defaults={"names": list(whole)}
            )
        else:
            models.DistributionList.objects.filter(group_id=group_id, name=label).delete()
        _record(by, slug, list_ref(slug, label, whole))


def resolve(group_id: int, names: Iterable[str], on: date) -> tuple[Route, ...]:
    """Return how each recipient of a paper is reached on a day, lists opened, in the order of the paper."""
    held = {row.name: row.names for row in models.DistributionList.objects.filter(group_id=group_id)}
    asked = dict.fromkeys(one for name in map(_name, names) for one in held.get(name, [name]))
    rows = models.AddressEntry.objects.filter(group_id=group_id, name__in=asked, since__lte=on)
    known = {row.name: row for row in rows.filter(Q(until=None) | Q(until__gte=on)).order_by("since")}
    return tuple(_route(name, known.get(name)) for name in asked)


def _route(name: str, row: models.AddressEntry | None) -> Route:
    if row is None:
        hint = "Chưa có kênh gửi: thêm nơi nhận này vào sổ địa chỉ, hoặc in và gửi bản giấy."
        return Route(name=name, channel=Channel.NONE, hint=hint)
    return Route(name=name, channel=Channel(row.channel), address=row.address, organ_code=row.organ_code)


def book(viewer: Viewer, group_id: int, on: date) -> tuple[Address, ...]:
    """Return the addresses in force on a day, by name, to those who sit in the group."""
    if not viewer.sits_in(group_id):
        return ()
    rows = models.AddressEntry.objects.filter(Q(until=None) | Q(until__gte=on), group_id=group_id, since__lte=on)
    return tuple(
        Address(
            name=row.name,
            channel=Channel(row.channel),
            since=row.since,
            until=row.until,
            address=row.address,
            organ_code=row.organ_code,
        )
        for row in rows
    )


def lists(viewer: Viewer, group_id: int) -> dict[str, tuple[str, ...]]:
    """Return the lists of recipients, by name, to those who sit in the group."""
    if not viewer.sits_in(group_id):
        return {}
    return {row.name: tuple(row.names) for row in models.DistributionList.objects.filter(group_id=group_id)}


def _key_file(slug: str) -> Path:
    return Path(settings.HOME) / "keys" / f"axis-{slug}.key"


def connect(by: Permit, group_id: int, where: Place, secret: str) -> None:
    """Give a group its office on the axis; the key goes to a file of its own that its owner alone may read."""
    slug = offices.group_by_id(group_id).slug
    if not re.fullmatch(r"[\x21-\x7e]{8,200}", secret):
        raise BadInput("Khóa kết nối trục phải từ 8 ký tự, viết liền.", "The key has 8 letters or more, no space.")
    with transaction.atomic():
        models.Connection.objects.update_or_create(
            group_id=group_id,
            defaults={
                "url": where.url,
                "system_id": where.system_id,
                "organ_code": where.organ.code,
                "organ_name": where.organ.name,
                "in_charge": where.organ.in_charge,
                "address": where.organ.address,
                "email": where.organ.email,
                "telephone": where.organ.telephone,
                "permit_digest": by.digest(),
            },
        )
        _record(by, slug, connection_ref(slug, where))
        _keep_key(_key_file(slug), secret)


def _keep_key(path: Path, secret: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secret)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def place(group_id: int) -> Place | None:
    """Return a group's office on the axis, or None while it has none."""
    row = models.Connection.objects.filter(group_id=group_id).first()
    if row is None:
        return None
    organ = Organ(
        code=row.organ_code,
        name=row.organ_name,
        in_charge=row.in_charge,
        address=row.address,
        email=row.email,
        telephone=row.telephone,
    )
    return Place(url=row.url, system_id=row.system_id, organ=organ)


def standing(group_id: int) -> str:
    """Return the digest of the permit under which a group was connected to the axis; empty where it is not."""
    row = models.Connection.objects.filter(group_id=group_id).first()
    return row.permit_digest if row else ""


def axis(group_id: int) -> Axis | None:
    """Return how a group speaks to the axis, or None while it has no office there."""
    where = place(group_id)
    path = _key_file(offices.group_by_id(group_id).slug)
    if where is None:
        return None
    if not path.exists():
        raise BadInput(
            "Mất tệp khóa kết nối trục liên thông: vào sổ địa chỉ, nhập lại khóa.",
            "The key of the connection to the axis is lost: enter it again in the address book.",
        )
    return Axis(url=where.url, system_id=where.system_id, secret=path.read_text(encoding="ascii"))


def strangers(group_id: int, way: Axis | None = None) -> tuple[str, ...]:
    """Return the recipients whose organ codes the register of the axis does not have: their papers would come back."""
    if (line := way or axis(group_id)) is None:
        return ()
    known = {one.code for one in organs(line)}
    rows = models.AddressEntry.objects.filter(group_id=group_id, channel=Channel.EDXML, until=None)
    return tuple(row.name for row in rows if row.organ_code not in known)
