"""The proof of any PDF, ours or not: who signed, when, unchanged or not, with which certificate. Nothing is fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from asn1crypto import cms, core, crl, ocsp, tsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.sign.validation.errors import (
    NoDSSFoundError,
    SignatureValidationError,
    ValidationInfoReadingError,
)
from pyhanko.sign.validation.generic_cms import collect_timing_info, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)

from dean06.papers.signatures.changes import Change, Changes, changes_after
from dean06.papers.signatures.checking import USAGES, named, organisation_of
from dean06.papers.signatures.errors import SigningRefused
from dean06.papers.signatures.objects import dictionary, items, value
from dean06.papers.signatures.opening import Opened, open_pdf, reading
from dean06.papers.signatures.own_thread import in_own_thread
from dean06.papers.signatures.report import (
    CertificateState,
    Sentence,
    SignatureReport,
    TimeSource,
    Verdict,
    Verification,
)
from dean06.papers.signatures.trust import TrustStore

MOST_SIGNATURES = 100
DEEPEST = 20

Proof = TypeVar("Proof", x509.Certificate, crl.CertificateList, ocsp.OCSPResponse)

__all__ = ["verify"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What certificates can be checked with: the trust store and what the file brings along."""

    trust: TrustStore
    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()

    def context(self, at: datetime, others: list[x509.Certificate]) -> ValidationContext:
        return ValidationContext(
            trust_roots=self.trust.anchors(at),
            other_certs=[*self.trust.certificates(), *self.certificates, *others],
            crls=[*self.trust.crls, *self.crls],
            ocsps=[*self.trust.ocsps, *self.ocsps],
            moment=at,
            allow_fetching=False,
            revocation_mode="require",
            retroactive_revinfo=True,
        )


def verify(pdf: bytes, trust: TrustStore, now: datetime) -> Verification:
    """Return what is known of a PDF's signatures.

    Args:
        pdf: any file.
        trust: the authorities believed here.
        now: what stands for the present, to say which certificates have expired since.

    Raises:
        SigningRefused: the file cannot be read as a PDF; `code` says why.
    """
    opened = open_pdf(pdf)
    with reading():
        return in_own_thread(_verified(opened, trust, now))


async def _verified(opened: Opened, trust: TrustStore, now: datetime) -> Verification:
    known = _brought(opened.reader, trust)
    reports: list[SignatureReport] = []
    empty: list[str] = []
    stripped: list[str] = []
    for name, field in _signature_fields(opened.reader):
        if "/V" not in field:
            (stripped if _was_signed(opened.reader, field) else empty).append(name)
        else:
            reports.append(await _report(opened.reader, name, field, known, now))
    return Verification(
        verdict=Verdict.CHANGED if stripped else _verdict(reports, empty),
        signatures=tuple(reports),
        empty_fields=tuple(empty),
        stripped_fields=tuple(stripped),
        warnings=tuple(_warnings(opened, stripped)),
    )


def _brought(reader: PdfFileReader, trust: TrustStore) -> _Known:
    """Read the certificates and proofs of revocation that a file brings along; what is no such thing is passed over."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except (NoDSSFoundError, ValidationInfoReadingError):
        return _Known(trust)
    return _Known(
        trust,
        tuple(_parsed(x509.Certificate, store.certs.values())),
        tuple(_parsed(crl.CertificateList, store.crls)),
        tuple(_parsed(ocsp.OCSPResponse, store.ocsps)),
    )


def _parsed(kind: type[Proof], streams: Iterable[generic.IndirectObject]) -> Iterator[Proof]:
    for each in streams:
        try:
            found = kind.load(each.get_object().data, strict=True)
            found.native  # noqa: B018  asn1crypto parses when asked
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        yield found


def _signature_fields(reader: PdfFileReader) -> list[tuple[str, generic.DictionaryObject]]:
    """Return the signature fields of the newest revision, in the order of their signatures' places in the file."""
    top = items(dictionary(reader.root, "/AcroForm"), "/Fields")
    found = list(islice(_fields(top, "", 0), MOST_SIGNATURES + 1))
    if len(found) > MOST_SIGNATURES:
        raise SigningRefused(
            "too_large",
            f"Tệp PDF có quá nhiều ô chữ ký: chỉ kiểm tra đến {MOST_SIGNATURES} ô.",
            f"The PDF has too many signature fields: up to {MOST_SIGNATURES} are verified.",
        )
    return sorted(found, key=lambda each: _end(each[1]))


def _fields(nodes: list[object], above: str, depth: int) -> Iterator[tuple[str, generic.DictionaryObject]]:
    for field in nodes if depth < DEEPEST else ():
        if not isinstance(field, generic.DictionaryObject):
            continue
        name = ".".join(part for part in (above, str(value(field, "/T") or "")) if part)
        if value(field, "/FT") == "/Sig":
            yield name, field
        else:
            yield from _fields(items(field, "/Kids"), name, depth + 1)


def _was_signed(reader: PdfFileReader, field: generic.DictionaryObject) -> bool:
    """Say whether an empty field held a signature in an earlier revision of the file."""
    reference = field.container_ref
    if not isinstance(reference, generic.Reference):
        return False
    before = (
        reader.get_historical_resolver(at).get_object(reference)
        for at in range(reader.xrefs.total_revisions)
        if reference in reader.xrefs.explicit_refs_in_revision(at)
    )
    return any(isinstance(each, generic.DictionaryObject) and "/V" in each for each in before)


def _end(field: generic.DictionaryObject) -> int:
    spans = items(value(field, "/V"), "/ByteRange")
    return sum(int(each) for each in spans[2:4] if isinstance(each, int))


async def _report(
    reader: PdfFileReader, name: str, field: generic.DictionaryObject, known: _Known, now: datetime
) -> SignatureReport:
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        certificate = signature.signer_cert
    except (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, AttributeError, AssertionError):
        return _unreadable(name)
    intact, changes = _integrity(signature)
    is_timestamp = signature.sig_object_type == "/DocTimeStamp"
    signed_at, source = await _time(signature, known)
    state, revoked_at = await _certificate(signature, known, signed_at or now, is_timestamp=is_timestamp)
    return SignatureReport(
        field=name,
        signer=named(certificate),
        organisation=organisation_of(certificate),
        issuer=str(certificate.issuer.native.get("common_name", "")) or certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.sha256.hex(),
        is_timestamp=is_timestamp,
        signed_at=signed_at,
        time_source=source,
        intact=intact,
        whole_file=changes.change is Change.NONE,
        changes=changes,
        certificate=state,
        revoked_at=revoked_at,
        expired_since=now > certificate.not_valid_after,
    )


def _unreadable(name: str) -> SignatureReport:
    return SignatureReport(
        field=name,
        signer="?",
        organisation="",
        issuer="?",
        serial="",
        fingerprint="",
        is_timestamp=False,
        signed_at=None,
        time_source=TimeSource.UNKNOWN,
        intact=False,
        whole_file=False,
        changes=Changes(Change.OTHER, permitted=False),
        certificate=CertificateState.UNFIT,
        revoked_at=None,
        expired_since=False,
    )


def _integrity(signature: EmbeddedPdfSignature) -> tuple[bool, Changes]:
    """Say whether the signature fits its bytes, and what became of the file since."""
    content = signature.signed_data["encap_content_info"]
    kind = content["content_type"].native
    try:
        changes = changes_after(signature)
        if kind == "tst_info":
            imprint = content["content"].parsed["message_imprint"]["hashed_message"].native
            held = imprint == signature.compute_digest()
            raw = signature.signer_info["digest_algorithm"]["algorithm"].native
            digest = hashlib.new(raw, bytes(content["content"])).digest()
        else:
            held, digest = True, signature.compute_digest()
        fits, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, kind, digest)
    except (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, AttributeError, OSError):
        return False, Changes(Change.OTHER, permitted=False)
    return held and fits and valid and _is_padded(signature), changes


def _is_padded(signature: EmbeddedPdfSignature) -> bool:
    """Say whether nothing but zeros stands in the file behind a signature's own bytes."""
    content = signature.pkcs7_content
    own = len(cms.ContentInfo.load(content).dump())
    return not content[own:].strip(b"\0")


async def _time(signature: EmbeddedPdfSignature, known: _Known) -> tuple[datetime | None, TimeSource]:
    claimed = signature.self_reported_timestamp
    token = _token(signature)
    if token is None:
        return claimed, TimeSource.CLAIMED if claimed else TimeSource.UNKNOWN
    stamped = token["encap_content_info"]["content"].parsed["gen_time"].native
    if token is signature.signed_data:  # a time stamp of the document: its certificate is looked at by itself
        return stamped, TimeSource.TIMESTAMP
    certificates = [each.chosen for each in token["certificates"] if each.name == "certificate"]
    context = known.context(stamped, certificates)
    try:
        told = await collect_timing_info(signature.signer_info, context, signature.compute_digest)
    except (SignatureValidationError, ValidationError, ValueError):
        return claimed, TimeSource.BROKEN_TIMESTAMP
    status = told.get("timestamp_validity")
    if status is None or not (status.intact and status.valid):
        return claimed, TimeSource.BROKEN_TIMESTAMP
    return stamped, TimeSource.TIMESTAMP if status.trusted else TimeSource.UNTRUSTED_TIMESTAMP


def _token(signature: EmbeddedPdfSignature) -> cms.SignedData | None:
    if signature.sig_object_type == "/DocTimeStamp":
        return signature.signed_data
    attributes = signature.signer_info["unsigned_attrs"]
    for each in attributes if attributes is not core.VOID and attributes.native is not None else ():
        if each["type"].native == "signature_time_stamp_token":
            token: cms.SignedData = each["values"][0]["content"]
            return token if isinstance(token["encap_content_info"]["content"].parsed, tsp.TSTInfo) else None
    return None


async def _certificate(
    signature: EmbeddedPdfSignature, known: _Known, at: datetime, *, is_timestamp: bool
) -> tuple[CertificateState, datetime | None]:
    certificate = signature.signer_cert
    usage = certificate.key_usage_value
    if usage is None or (not is_timestamp and not USAGES & set(usage.native)):
        return CertificateState.UNFIT, None
    context = known.context(at, signature.other_embedded_certs)
    checker = CertificateValidator(certificate, validation_context=context)
    asked = {"time_stamping"} if is_timestamp else set()
    try:
        await checker.async_validate_usage(set(), asked)
    except RevokedError as error:
        return CertificateState.REVOKED, error.revocation_dt
    except (PathBuildingError, PathValidationError, ValidationError) as error:
        state = next(state for kind, state in _STATES if isinstance(error, kind))
        return state, None
    return CertificateState.TRUSTED, None


_STATES: tuple[tuple[type[Exception], CertificateState], ...] = (
    (InsufficientRevinfoError, CertificateState.UNCHECKED),
    (ExpiredError, CertificateState.EXPIRED),
    (NotYetValidError, CertificateState.NOT_YET),
    (PathBuildingError, CertificateState.UNKNOWN_ISSUER),
    (Exception, CertificateState.UNFIT),
)


def _verdict(reports: list[SignatureReport], empty: list[str]) -> Verdict:
    if not reports:
        return Verdict.UNSIGNED
    if not all(one.intact for one in reports):
        return Verdict.BROKEN
    if not all(one.changes.permitted for one in reports):
        return Verdict.CHANGED
    if not all(one.certificate is CertificateState.TRUSTED for one in reports):
        return Verdict.UNTRUSTED
    if any(one.time_source is TimeSource.BROKEN_TIMESTAMP for one in reports):
        return Verdict.UNTRUSTED
    return Verdict.INCOMPLETE if empty else Verdict.VALID


def _warnings(opened: Opened, stripped: list[str]) -> Iterator[Sentence]:
    for name in stripped:
        yield Sentence(
            f"Chữ ký ở ô {name} đã bị gỡ khỏi tệp.", f"The signature of the field {name} was removed from the file."
        )
    if opened.active:
        yield Sentence(
            "Tệp có mã lệnh hoặc hành động tự chạy (JavaScript, mở chương trình…): chỉ mở bằng phần mềm không chạy mã.",
            "The file has scripts or actions that run by themselves: open it only with a reader that runs none.",
        )
    if opened.encrypted:
        yield Sentence("Tệp được mã hóa.", "The file is encrypted.")
    if opened.irregular:
        yield Sentence(
            "Cấu trúc tệp không đúng chuẩn PDF: kết quả có thể không đầy đủ.",
            "The structure of the file is against the PDF standard: the result may be incomplete.",
        )
