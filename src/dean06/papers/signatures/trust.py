"""Whom to believe: roots of certification services as data, with names and dates; nothing is fetched unless asked.

    tin-cay/nguon.yaml        format: dean06-trust/1; authorities: [{file, name, since, until, anchor}]
    tin-cay/*.pem             the certificates named there
    tin-cay/*.crl, *.ocsp     revocation lists and answers (DER) that came by other ways than the network

An authority with `anchor: false` only completes chains.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from asn1crypto import crl, ocsp, pem, x509
from pydantic import BaseModel, ConfigDict, ValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput
from dean06.clock.service import TZ

LIST = "nguon.yaml"
FORMAT = "dean06-trust/1"

Proof = TypeVar("Proof", crl.CertificateList, ocsp.OCSPResponse)

__all__ = ["Authority", "TrustStore", "Validation", "load_trust"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: str
    name: str
    since: date | None = None
    until: date | None = None
    anchor: bool = True


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: str
    authorities: list[_Entry]


@dataclass(frozen=True, slots=True)
class Authority:
    """A certification authority: its name for people, and the days on which it is believed (both inclusive)."""

    name: str
    certificate: x509.Certificate
    since: date | None = None
    until: date | None = None
    anchor: bool = True

    def believed(self, day: date) -> bool:
        """Say whether it is an anchor of trust on a day."""
        return self.anchor and (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The authorities that this installation believes, and what it knows of revoked certificates."""

    authorities: tuple[Authority, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()

    def anchors(self, at: datetime) -> list[x509.Certificate]:
        """Return the certificates believed at a moment."""
        day = at.astimezone(TZ).date()
        return [each.certificate for each in self.authorities if each.believed(day)]

    def certificates(self) -> list[x509.Certificate]:
        """Return every certificate, to complete chains."""
        return [each.certificate for each in self.authorities]

    def name_of(self, certificate: x509.Certificate) -> str:
        """Return how people call an authority of this store, or nothing."""
        return next((each.name for each in self.authorities if each.certificate == certificate), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What certificates are checked against, and whether revocation may be asked of their issuers over the network."""

    trust: TrustStore
    fetch: bool = False
    timeout: float = 10.0
    extra: tuple[x509.Certificate, ...] = field(default=())

    def context(self, at: datetime) -> ValidationContext:
        """Return pyHanko's frame for checking certificates as of a moment; every revocation must be known."""
        seconds = max(1, round(self.timeout))
        return ValidationContext(
            trust_roots=self.trust.anchors(at),
            other_certs=[*self.trust.certificates(), *self.extra],
            crls=self.trust.crls,
            ocsps=self.trust.ocsps,
            moment=at,
            allow_fetching=self.fetch,
            fetcher_backend=AIOHttpFetcherBackend(per_request_timeout=seconds) if self.fetch else None,
            revocation_mode="require",
        )

    def offline(self, at: datetime) -> ValidationContext:
        """Return the frame for asking who issued a certificate, without the network and without revocation."""
        return ValidationContext(
            trust_roots=self.trust.anchors(at),
            other_certs=[*self.trust.certificates(), *self.extra],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )


def load_trust(folder: Path) -> TrustStore:
    """Return the trust store of a folder; an absent folder believes nobody.

    Raises:
        BadInput: the list or a file of it cannot be read; the file is named.
    """
    listed = folder / LIST
    if not listed.exists():
        return TrustStore()
    try:
        entries = _List.model_validate(YAML(typ="safe").load(listed.read_text(encoding="utf-8")))
    except (YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise _unread(LIST) from error
    if entries.format != FORMAT:
        raise _unread(LIST)
    return TrustStore(
        authorities=tuple(
            Authority(each.name, _certificate(folder, each.file), each.since, each.until, each.anchor)
            for each in entries.authorities
        ),
        crls=tuple(_loaded(path, crl.CertificateList) for path in sorted(folder.glob("*.crl"))),
        ocsps=tuple(_loaded(path, ocsp.OCSPResponse) for path in sorted(folder.glob("*.ocsp"))),
    )


def _certificate(folder: Path, name: str) -> x509.Certificate:
    path = folder / Path(name).name
    try:
        content = path.read_bytes()
        _, _, der = pem.unarmor(content) if pem.detect(content) else ("", {}, content)
        certificate = x509.Certificate.load(der, strict=True)
        certificate.subject.native  # noqa: B018  asn1crypto parses when asked
    except (OSError, ValueError, TypeError) as error:
        raise _unread(path.name) from error
    return certificate


def _loaded(path: Path, kind: type[Proof]) -> Proof:
    try:
        found = kind.load(path.read_bytes(), strict=True)
        found.native  # noqa: B018  asn1crypto parses when asked
    except (OSError, ValueError, TypeError) as error:
        raise _unread(path.name) from error
    return found


def _unread(name: str) -> BadInput:
    return BadInput(
        f"Kho chứng thư tin cậy: không đọc được tệp {name}; sửa hoặc bỏ tệp rồi làm lại.",
        f"Trust store: the file {name} cannot be read; mend or remove it and try again.",
    )
