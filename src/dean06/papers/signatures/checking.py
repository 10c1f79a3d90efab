"""Before a signature: is this certificate fit to sign with, now, and the one that is expected here?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.sign import signers
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)

from dean06.clock.service import TZ
from dean06.papers.signatures.errors import ServiceSilent, SigningRefused
from dean06.papers.signatures.own_thread import in_own_thread
from dean06.papers.signatures.trust import Validation

USAGES = {"non_repudiation", "digital_signature"}

__all__ = ["NOBODY", "Expected", "check_key", "named", "organisation_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Whose certificate an account or an agency signs with; what is empty is not asked.

    `fingerprint` is the SHA-256 (hex) of the certificate that was registered.
    """

    fingerprint: str = ""
    name: str = ""
    organisation: str = ""


NOBODY = Expected()


def named(certificate: x509.Certificate) -> str:
    """Return the name that a certificate speaks for."""
    return _part(certificate, "common_name") or certificate.subject.human_friendly


def organisation_of(certificate: x509.Certificate) -> str:
    """Return the organisation that a certificate names, the department before it where there is one."""
    parts = (_part(certificate, "organizational_unit_name"), _part(certificate, "organization_name"))
    return ", ".join(part for part in parts if part)


def _part(certificate: x509.Certificate, kind: str) -> str:
    value = certificate.subject.native.get(kind, "")
    return value if isinstance(value, str) else ", ".join(value)


def check_key(key: signers.Signer, at: datetime, validation: Validation, expected: Expected) -> x509.Certificate:
    """Return the certificate of a key that may sign.

    Raises:
        SigningRefused: it is not yet or no longer valid, revoked, of an unknown issuer, not for signing, not the one
            expected; `code` says which.
        ServiceSilent: its issuer was asked about revocation and did not answer.
    """
    certificate = key.signing_cert
    if certificate is None:
        raise SigningRefused("no_key", "Khóa ký không kèm chứng thư số.", "The key has no certificate.")
    _check_holder(certificate, expected)
    _check_period(certificate, at)
    _check_usage(certificate)
    _check_path(key, certificate, at, validation)
    return certificate


def _check_holder(certificate: x509.Certificate, expected: Expected) -> None:
    other = (
        (expected.fingerprint and expected.fingerprint != certificate.sha256.hex())
        or (expected.name and _plain(expected.name) != _plain(named(certificate)))
        or (expected.organisation and _plain(expected.organisation) not in _plain(organisation_of(certificate)))
    )
    if other:
        raise SigningRefused(
            "holder",
            "Chứng thư số này không phải của người hoặc cơ quan được ký văn bản: chọn đúng chứng thư đã đăng ký.",
            "This certificate is not that of the person or agency who may sign: choose the one registered.",
        )


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _check_period(certificate: x509.Certificate, at: datetime) -> None:
    if at < certificate.not_valid_before:
        raise SigningRefused(
            "not_yet",
            f"Chứng thư số chưa có hiệu lực: từ {_day(certificate.not_valid_before)} mới ký được.",
            f"The certificate is not valid yet: it can sign from {_day(certificate.not_valid_before)}.",
        )
    if at > certificate.not_valid_after:
        raise SigningRefused(
            "expired",
            f"Chứng thư số đã hết hạn ngày {_day(certificate.not_valid_after)}: gia hạn rồi ký lại.",
            f"The certificate expired on {_day(certificate.not_valid_after)}: renew it, then sign.",
        )


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(TZ):%d/%m/%Y}"


def _check_usage(certificate: x509.Certificate) -> None:
    usage = certificate.key_usage_value
    if usage is None or not USAGES & set(usage.native) or certificate.ca:
        raise SigningRefused(
            "usage",
            "Chứng thư số không cấp để ký văn bản (key usage không có digitalSignature hoặc nonRepudiation).",
            "The certificate was not issued for signing (its key usage lacks digitalSignature and nonRepudiation).",
        )


def _check_path(key: signers.Signer, certificate: x509.Certificate, at: datetime, validation: Validation) -> None:
    async def check() -> None:
        # The issuer is known before anything that the certificate says, an address above all, is acted upon.
        await CertificateValidator(
            certificate, intermediate_certs=key.cert_registry, validation_context=validation.offline(at)
        ).async_validate_usage(set())
        context = validation.context(at)
        try:
            await CertificateValidator(
                certificate, intermediate_certs=key.cert_registry, validation_context=context
            ).async_validate_usage(set())
        finally:
            await context.aclose()

    try:
        in_own_thread(check())
    except (PathBuildingError, PathValidationError, ValidationError) as error:
        raise _refusal(error) from error
    except OSError as error:
        raise ServiceSilent(
            "revocation",
            "Nơi cấp chứng thư số không trả lời về việc thu hồi: chưa ký gì; thử lại sau.",
            "The issuer of the certificate does not answer about revocation: nothing is signed; try again later.",
        ) from error


def _refusal(error: Exception) -> SigningRefused:
    code, vi, en = next(told for kind, told in _TOLD if isinstance(error, kind))
    return SigningRefused(code, vi, en)


_TOLD: tuple[tuple[type[Exception], tuple[str, str, str]], ...] = (
    (
        RevokedError,
        (
            "revoked",
            "Chứng thư số (của người ký hoặc của nơi cấp) đã bị thu hồi: không ký được; xin cấp chứng thư mới.",
            "The certificate (the signer's or its issuer's) was revoked: it cannot sign; ask for a new one.",
        ),
    ),
    (
        InsufficientRevinfoError,
        (
            "unchecked",
            "Chưa biết chứng thư số có bị thu hồi hay không (thiếu CRL hoặc OCSP còn hạn): chưa ký; thử lại sau.",
            "Whether the certificate was revoked is not known (no fresh CRL or OCSP): not signed; try again online.",
        ),
    ),
    (ExpiredError, ("issuer_expired", "Chứng thư của nơi cấp đã hết hạn.", "The issuer's certificate has expired.")),
    (NotYetValidError, ("issuer_not_yet", "Chứng thư của nơi cấp chưa có hiệu lực.", "The issuer is not valid yet.")),
    (
        PathBuildingError,
        (
            "unknown_issuer",
            "Nơi cấp chứng thư số không có trong kho tin cậy: thêm chứng thư gốc, hoặc chọn chứng thư khác.",
            "The issuer of the certificate is not in the trust store: add its root, or choose another certificate.",
        ),
    ),
    (
        Exception,
        (
            "unfit",
            "Chứng thư số không đạt khi kiểm tra: không phải do nơi cấp tin cậy cấp, hoặc đã bị sửa.",
            "The certificate does not pass its check: not issued by an authority believed here, or altered.",
        ),
    ),
)
