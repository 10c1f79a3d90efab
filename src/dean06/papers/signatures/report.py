"""What the verification of a PDF finds, as facts and as sentences for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dean06.clock.service import TZ
from dean06.papers.signatures.changes import Change, Changes

__all__ = ["CertificateState", "Sentence", "SignatureReport", "TimeSource", "Verdict", "Verification"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same in Vietnamese and English."""

    vi: str
    en: str


class CertificateState(StrEnum):
    """The state of a certificate at the moment of its signature."""

    TRUSTED = "trusted"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    UNKNOWN_ISSUER = "unknown_issuer"
    UNCHECKED = "unchecked"
    UNFIT = "unfit"


class TimeSource(StrEnum):
    """Who says when a signature was made."""

    TIMESTAMP = "timestamp"
    UNTRUSTED_TIMESTAMP = "untrusted_timestamp"
    BROKEN_TIMESTAMP = "broken_timestamp"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """The verdict on a whole file."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    INCOMPLETE = "incomplete"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReport:
    """One signature: who, for whom, when, over what, and what became of the file since."""

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    fingerprint: str
    is_timestamp: bool
    signed_at: datetime | None
    time_source: TimeSource
    intact: bool
    whole_file: bool
    changes: Changes
    certificate: CertificateState
    revoked_at: datetime | None
    expired_since: bool

    @property
    def sound(self) -> bool:
        """Whether the signature fits its bytes and nothing happened since that its signer did not permit."""
        return self.intact and self.changes.permitted

    def sentences(self) -> tuple[Sentence, ...]:
        """Return what a reader has to know of the signature."""
        told = [_who(self), _when(self), _integrity(self)]
        if self.intact:
            told.append(_since(self))
        told.append(_CERTIFICATE[self.certificate])
        if self.expired_since and self.certificate is CertificateState.TRUSTED:
            told.append(
                Sentence(
                    "Chứng thư nay đã hết hạn; chữ ký vẫn có giá trị vì được tạo khi chứng thư còn hiệu lực.",
                    "The certificate has expired since; the signature holds, for it was made while it was valid.",
                )
            )
        return tuple(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What is known of a PDF's signatures."""

    verdict: Verdict
    signatures: tuple[SignatureReport, ...]
    empty_fields: tuple[str, ...]
    stripped_fields: tuple[str, ...]
    warnings: tuple[Sentence, ...]

    @property
    def sentence(self) -> Sentence:
        """Return the verdict in a sentence."""
        return _VERDICTS[self.verdict]


def _moment(at: datetime) -> str:
    local = at.astimezone(TZ)
    return f"{local:%H:%M:%S} ngày {local:%d/%m/%Y}"


def _who(one: SignatureReport) -> Sentence:
    house_vi = f", {one.organisation}" if one.organisation else ""
    if one.is_timestamp:
        return Sentence(f"Dấu thời gian của {one.signer}.", f"Time stamp by {one.signer}.")
    return Sentence(
        f"Người ký: {one.signer}{house_vi}; chứng thư do {one.issuer} cấp.",
        f"Signed by {one.signer}{house_vi}; certificate issued by {one.issuer}.",
    )


def _when(one: SignatureReport) -> Sentence:
    if one.signed_at is None:
        return Sentence("Không ghi thời gian ký.", "The time of signing is not stated.")
    vi, en = _moment(one.signed_at), one.signed_at.astimezone(TZ).isoformat(timespec="seconds")
    match one.time_source:
        case TimeSource.TIMESTAMP:
            return Sentence(f"Ký lúc {vi} (có dấu thời gian tin cậy).", f"Signed at {en} (trusted time stamp).")
        case TimeSource.UNTRUSTED_TIMESTAMP:
            return Sentence(
                f"Ký lúc {vi} theo dấu thời gian của một nơi không có trong kho tin cậy.",
                f"Signed at {en} by a time stamp whose issuer is not in the trust store.",
            )
        case TimeSource.BROKEN_TIMESTAMP:
            return Sentence(
                f"Ký lúc {vi} theo lời người ký; dấu thời gian KHÔNG khớp với chữ ký.",
                f"Signed at {en} as the signer claims; the time stamp does NOT fit the signature.",
            )
        case _:
            return Sentence(
                f"Ký lúc {vi} theo lời người ký, không có dấu thời gian.",
                f"Signed at {en} as the signer claims, without a time stamp.",
            )


def _integrity(one: SignatureReport) -> Sentence:
    if not one.intact:
        return Sentence(
            "Nội dung đã ký KHÔNG còn nguyên vẹn, hoặc chữ ký không phải do khóa này tạo.",
            "What was signed is NOT intact, or the signature was not made by this key.",
        )
    if one.whole_file:
        return Sentence("Chữ ký phủ toàn bộ tệp.", "The signature covers the whole file.")
    return Sentence("Phần đã ký còn nguyên vẹn.", "What was signed is intact.")


def _since(one: SignatureReport) -> Sentence:
    after, fields = one.changes, ", ".join(one.changes.fields)
    if after.change is Change.NONE:
        return Sentence("Từ khi ký, tệp không thay đổi.", "Nothing was changed since.")
    vi, en = _CHANGES[after.change]
    if fields:
        vi, en = f"{vi} ({fields})", f"{en} ({fields})"
    if after.permitted:
        return Sentence(f"Sau khi ký: {vi}; người ký cho phép.", f"Since then: {en}; the signer permits this.")
    return Sentence(f"Sau khi ký: {vi}; KHÔNG được phép.", f"Since then: {en}; this is NOT permitted.")


_CHANGES = {
    Change.PROOF: ("có thêm bằng chứng để lưu giữ lâu dài", "proof for long keeping was added"),
    Change.FORM: ("có điền ô hoặc ký thêm", "fields were filled or signed"),
    Change.ANNOTATION: ("có thêm, bớt hoặc sửa chú thích", "annotations were added, removed or changed"),
    Change.PAGES: ("có thêm hoặc bớt trang", "pages were added or removed"),
    Change.CONTENT: ("nội dung trang bị đổi", "the content of a page was changed"),
    Change.OTHER: ("cấu trúc hoặc thông tin của tệp bị đổi", "the structure or information of the file was changed"),
    Change.COVERAGE: ("chữ ký không phủ hết phần của nó", "the signature does not cover its part of the file"),
}

_CERTIFICATE = {
    CertificateState.TRUSTED: Sentence(
        "Chứng thư có hiệu lực và tin cậy khi ký.", "The certificate was valid and trusted when signing."
    ),
    CertificateState.EXPIRED: Sentence("Chứng thư đã HẾT HẠN khi ký.", "The certificate had EXPIRED when signing."),
    CertificateState.NOT_YET: Sentence(
        "Chứng thư CHƯA có hiệu lực khi ký.", "The certificate was NOT YET valid when signing."
    ),
    CertificateState.REVOKED: Sentence(
        "Chứng thư đã bị THU HỒI trước khi ký.", "The certificate had been REVOKED before signing."
    ),
    CertificateState.UNKNOWN_ISSUER: Sentence(
        "KHÔNG rõ nơi cấp: chứng thư gốc không có trong kho tin cậy.",
        "UNKNOWN issuer: its root is not in the trust store.",
    ),
    CertificateState.UNCHECKED: Sentence(
        "CHƯA biết chứng thư có bị thu hồi hay không: tệp không kèm CRL hoặc OCSP của lúc ký.",
        "Whether the certificate was revoked is NOT known: no CRL or OCSP of that time comes with the file.",
    ),
    CertificateState.UNFIT: Sentence(
        "Chứng thư KHÔNG cấp để ký văn bản, không phải do nơi tin cậy cấp, hoặc đã bị sửa.",
        "The certificate was NOT issued for signing, not by an authority believed here, or was altered.",
    ),
}

_VERDICTS = {
    Verdict.VALID: Sentence(
        "Chữ ký số hợp lệ: văn bản còn nguyên vẹn, chứng thư tin cậy.",
        "The signatures are valid: the paper is intact and the certificates are trusted.",
    ),
    Verdict.UNTRUSTED: Sentence(
        "Văn bản còn nguyên vẹn, nhưng có chứng thư không tin cậy được.",
        "The paper is intact, but a certificate cannot be trusted.",
    ),
    Verdict.INCOMPLETE: Sentence(
        "Chữ ký đã có thì hợp lệ, nhưng còn ô chữ ký để trống.",
        "The signatures that are there are valid, but a signature field is empty.",
    ),
    Verdict.UNSIGNED: Sentence("Tệp không có chữ ký số nào.", "The file has no digital signature."),
    Verdict.CHANGED: Sentence(
        "KHÔNG hợp lệ: tệp bị thay đổi sau khi ký.", "NOT valid: the file was changed after signing."
    ),
    Verdict.BROKEN: Sentence(
        "KHÔNG hợp lệ: chữ ký không khớp với nội dung.", "NOT valid: a signature does not fit the content."
    ),
}
