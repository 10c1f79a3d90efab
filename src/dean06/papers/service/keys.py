"""Keys for digital signatures: a person's own, an agency's; entered once, used with a secret that is never kept.

A PKCS#12 file lies in `keys/signing` of the installation, locked by its own password; of a token or a remote service
only the place is known. The certificate is read when a key is entered, so a wrong password or card shows then.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.papers import models
from dean06.papers.keeping import store
from dean06.papers.service import signatures
from dean06.papers.service.signatures import Expected, Means, Picture, Signer

TRUST = "tin-cay"

__all__ = [
    "KeyInfo",
    "NewKey",
    "Secret",
    "enter",
    "in_use",
    "key_digest",
    "libraries",
    "means",
    "picture",
    "required",
    "retire",
    "services",
    "trust",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInfo:
    """A key as other rooms know it."""

    id: int
    account: str
    agency: str
    kind: str
    holder: str
    issuer: str
    fingerprint: str
    valid_until: datetime
    picture_sha256: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What a person types for one act: password or PIN, and for a remote service its session and one-time code."""

    text: str = field(repr=False)
    token: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """What is entered of a key: its kind and place, the file of a PKCS#12 key, and the picture of hand or seal."""

    kind: str
    place: Mapping[str, str] = field(default_factory=dict)
    file: bytes = field(default=b"", repr=False)
    picture: Picture | None = None


def key_digest(account: str, agency: str, new: NewKey) -> str:
    """Return what the permit to enter a key is bound to."""
    return digest_of(
        account=account,
        agency=agency,
        kind=new.kind,
        place=dict(new.place),
        file=hashlib.sha256(new.file).hexdigest(),
    )


def enter(by: Permit, group_id: int, new: NewKey, secret: Secret, *, agency: str = "", name: str = "") -> KeyInfo:
    """Enter a key in place of the one in use; permit for kind `signing_key`, id the account's or the agency's.

    Args:
        by: the permit; without `agency` the key is the actor's own.
        group_id: the group in which it is used.
        new: the key.
        secret: opens it once, to read the certificate; not kept.
        agency: code of the agency whose seal it is.
        name: whose certificate it has to be; empty is not asked.
    """
    account = "" if agency else by.actor.account
    if new.picture is not None:
        ink = signatures.Ink.RED if agency else signatures.Ink.BLUE
        new = replace(new, picture=replace(new.picture, png=signatures.take_picture(new.picture.png, ink)))
    read = signatures.read_certificate(_signer(new.kind, new.place, new.file, secret), clock.now(), trust(), name)
    kept = _kept(new)
    with transaction.atomic():
        held = models.SigningKey.objects.select_for_update().filter(
            group_id=group_id, account=account, agency=agency, retired_at=None
        )
        held.update(retired_at=by.at)
        row = models.SigningKey.objects.create(
            group_id=group_id,
            account=account,
            agency=agency,
            fingerprint=read.fingerprint,
            holder=read.holder,
            issuer=read.issuer,
            valid_until=read.valid_until,
            added_at=by.at,
            **kept,
        )
        bound = key_digest(account, agency, new)
        scope, named = row.group.slug, by.obj.id
        ledger.append(by, scope=scope, kind="signing_key", object_id=named, digest=row.fingerprint, bound=bound)
    return _info(row)


def _kept(new: NewKey) -> dict[str, Any]:
    """Keep the file and the picture of a key, and return what its row says of them and of its place."""
    picture_ = new.picture
    return {
        "kind": new.kind,
        "place": dict(new.place),
        "file_sha256": _keep_file(new.file) if new.file else "",
        "picture_sha256": store.keep(picture_.png, "png") if picture_ else "",
        "width_mm": picture_.width_mm if picture_ else 0,
        "height_mm": picture_.height_mm if picture_ else 0,
    }


def retire(by: Permit, key_id: int) -> None:
    """Use a key no longer; what it signed stays signed."""
    with transaction.atomic():
        row = models.SigningKey.objects.select_for_update().select_related("group").get(pk=key_id)
        row.retired_at = row.retired_at or by.at
        row.save(update_fields=["retired_at"])
        digest = digest_of(key=row.fingerprint)
        ledger.append(
            by, scope=row.group.slug, kind="signing_key", object_id=by.obj.id, digest=row.fingerprint, bound=digest
        )


def in_use(group_id: int, *, account: str = "", agency: str = "") -> KeyInfo | None:
    """Return the key that a person or an agency signs with in a group."""
    row = _row(group_id, account, agency)
    return _info(row) if row else None


def _row(group_id: int, account: str, agency: str) -> models.SigningKey | None:
    return models.SigningKey.objects.filter(group_id=group_id, account=account, agency=agency, retired_at=None).first()


def required(group_id: int, *, account: str = "", agency: str = "") -> KeyInfo:
    """Return the key that a person or an agency signs with, or say that none was entered."""
    return _info(_needed(group_id, account, agency))


def _needed(group_id: int, account: str, agency: str) -> models.SigningKey:
    row = _row(group_id, account, agency)
    if row is None:
        raise BadInput(
            "Chưa khai khóa ký số: mở «Khóa ký số» để khai tệp, thiết bị hoặc dịch vụ ký.",
            "No key for digital signatures was entered: open “Signing keys” and enter a file, token or service.",
        )
    return row


def means(group_id: int, secret: Secret, *, account: str = "", agency: str = "") -> Means:
    """Return with what a person or an agency signs: a key opened by a secret, time stamps, and whom to believe."""
    row = _needed(group_id, account, agency)
    if not settings.TSA_URL:
        raise Unavailable(
            "Chưa khai dịch vụ dấu thời gian (DEAN06_TSA): báo người vận hành; chưa có gì được ký.",
            "No time stamp service is set (DEAN06_TSA): tell the operator; nothing was signed.",
        )
    content = _file(row.file_sha256) if row.file_sha256 else b""
    return Means(
        signer=_signer(row.kind, row.place, content, secret),
        tsa=signatures.time_stamps(settings.TSA_URL),
        validation=trust(),
        expected=Expected(fingerprint=row.fingerprint),
    )


def libraries() -> tuple[str, ...]:
    """Return the libraries of tokens that the operator permits."""
    return tuple(settings.PKCS11_LIBRARIES)


def services() -> tuple[str, ...]:
    """Return the addresses of remote signing services that the operator permits."""
    return tuple(settings.CSC_SERVICES)


def picture(key: KeyInfo) -> Picture | None:
    """Return the picture of the hand or of the seal that goes with a key."""
    if not key.picture_sha256:
        return None
    png = store.path_of(key.picture_sha256, "png").read_bytes()
    return Picture(png, key.width_mm, key.height_mm)


def trust() -> signatures.Validation:
    """Return whom this installation believes: the certificates of its folder `tin-cay`."""
    return signatures.Validation(trust=signatures.load_trust(Path(settings.HOME) / TRUST))


def _signer(kind: str, place: Mapping[str, str], content: bytes, secret: Secret) -> Signer:
    match kind:
        case "pkcs12":
            return signatures.Pkcs12File(content, secret.text)
        case "pkcs11":
            library = Path(_permitted(place.get("library", ""), settings.PKCS11_LIBRARIES, "DEAN06_PKCS11"))
            token = place.get("token", "")
            return signatures.Pkcs11Token(library, token, secret.text, place.get("label", ""))
        case "csc":
            return signatures.RemoteSigner(
                url=_permitted(place.get("url", ""), settings.CSC_SERVICES, "DEAN06_CSC"),
                credential=place.get("credential", ""),
                token=secret.token,
                pin=secret.text,
                otp=secret.otp,
            )
        case _:
            raise BadInput("Chọn tệp, thiết bị hoặc dịch vụ ký.", "Choose a file, a token or a signing service.")


def _permitted(given: str, known: tuple[str, ...], setting: str) -> str:
    """Return a library or an address that the operator permits: nobody else has this machine load or ask another."""
    if given in known:
        return given
    raise BadInput(
        f"Người vận hành chưa cho phép thư viện hoặc dịch vụ ký này ({setting}): chọn trong danh sách.",
        f"The operator does not permit this library or signing service ({setting}): choose from the list.",
    )


def _place(sha256: str) -> Path:
    return Path(settings.HOME) / "keys" / "signing" / f"{sha256}.p12"


def _keep_file(content: bytes) -> str:
    """Keep a locked key file for the eyes of this installation alone, whole or not at all."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _place(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)
    return sha256


def _file(sha256: str) -> bytes:
    try:
        return _place(sha256).read_bytes()
    except OSError as problem:
        raise Unavailable(
            "Tệp khóa ký không còn trong hệ thống: khai lại khóa, hoặc khôi phục từ bản sao lưu.",
            "The key file is no longer here: enter the key again, or restore it from a backup.",
        ) from problem


def _info(row: models.SigningKey) -> KeyInfo:
    return KeyInfo(
        id=row.pk,
        account=row.account,
        agency=row.agency,
        kind=row.kind,
        holder=row.holder,
        issuer=row.issuer,
        fingerprint=row.fingerprint,
        valid_until=row.valid_until,
        picture_sha256=row.picture_sha256,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
    )
