"""A key looked at when it is entered: whose certificate it has, by whom it was issued, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dean06.papers.signatures.checking import Expected, check_key, named
from dean06.papers.signatures.signers import Signer
from dean06.papers.signatures.trust import Validation

__all__ = ["CertificateRead", "read_certificate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRead:
    """What is kept of a certificate; `fingerprint` is its SHA-256 (hex)."""

    holder: str
    issuer: str
    fingerprint: str
    valid_until: datetime


def read_certificate(signer: Signer, at: datetime, validation: Validation, name: str = "") -> CertificateRead:
    """Return the certificate of a key that may sign now.

    Args:
        signer: the key, with its secret.
        at: now.
        validation: whom to believe.
        name: whose it has to be; empty is not asked.

    Raises:
        SigningRefused: the secret is wrong, or the certificate may not sign; `code` says why.
        ServiceSilent: the token or the service does not answer.
    """
    with signer.opened() as key:
        certificate = check_key(key, at, validation, Expected(name=name))
    return CertificateRead(
        holder=named(certificate),
        issuer=str(certificate.issuer.native.get("common_name", certificate.issuer.human_friendly)),
        fingerprint=certificate.sha256.hex(),
        valid_until=certificate.not_valid_after,
    )
