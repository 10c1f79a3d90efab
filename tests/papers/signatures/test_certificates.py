"""A certificate is looked at before it signs, and as it was at the time when a signature is verified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import crl
from pyhanko.pdf_utils.reader import PdfFileReader

from dean06.clock.errors import BadInput
from dean06.demo.loopback import Answer, Loopback
from dean06.demo.pki import PASSWORD, UNTIL, Holder, Pki, Terms, make
from dean06.demo.pki_server import PkiServer
from dean06.papers.service import signatures
from dean06.papers.service.signatures import (
    CertificateState,
    Expected,
    Means,
    Picture,
    Pkcs12File,
    ServiceSilent,
    SigningRefused,
    TimeSource,
    TrustStore,
    Validation,
    Verdict,
)
from papers.signatures.conftest import AT, PERSON, Carried

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def others(pki: Pki) -> Pki:
    """The same service with certificates that are no good today."""
    pki.issue(Holder("het-han", "Ngô Hết Hạn", "UBND xã Mẫu"), Terms(until=AT - DAY))
    pki.issue(Holder("chua-den", "Ngô Chưa Đến", "UBND xã Mẫu"), Terms(since=AT + DAY))
    pki.issue(Holder("ma-hoa", "Ngô Mã Hóa", "UBND xã Mẫu"), Terms(signing=False))
    return pki


@pytest.fixture
def sign(carried: Carried, hand: Picture) -> Callable[[Means], bytes]:
    return lambda means: signatures.sign_person(carried.prepared, means, hand, AT)


def lists(pki: Pki, trust: TrustStore, revoked: datetime | None, at: datetime, until: datetime = UNTIL) -> TrustStore:
    """The trust store with newer revocation lists, which do not reach the service's own folder."""
    gone = () if revoked is None else ((PERSON.slug, revoked),)
    told = (pki.listed("goc", (), at, until), pki.listed("cap", gone, at, until))
    return replace(trust, crls=tuple(crl.CertificateList.load(each) for each in told))


@pytest.mark.parametrize(("slug", "code"), [("het-han", "expired"), ("chua-den", "not_yet"), ("ma-hoa", "usage")])
def test_a_certificate_out_of_its_time_or_use_does_not_sign(
    slug: str, code: str, others: Pki, means: Callable[..., Means], sign: Callable[[Means], bytes]
) -> None:
    with pytest.raises(SigningRefused) as refused:
        sign(means(slug))
    assert refused.value.code == code
    assert refused.value.vi.startswith("Chứng thư số")


def test_a_revoked_certificate_does_not_sign(
    pki: Pki, trust: TrustStore, means: Callable[..., Means], sign: Callable[[Means], bytes]
) -> None:
    known = lists(pki, trust, AT - DAY, AT - timedelta(hours=1))
    with pytest.raises(SigningRefused) as refused:
        sign(means(validation=Validation(trust=known)))
    assert refused.value.code == "revoked"


def test_without_a_fresh_word_on_revocation_nothing_is_signed(
    pki: Pki, trust: TrustStore, means: Callable[..., Means], sign: Callable[[Means], bytes]
) -> None:
    for crls in ((), lists(pki, trust, None, AT - 9 * DAY, AT - 2 * DAY).crls):
        with pytest.raises(SigningRefused) as refused:
            sign(means(validation=Validation(trust=replace(trust, crls=crls))))
        assert refused.value.code == "unchecked"


def test_an_issuer_nobody_entered_does_not_sign(
    trust: TrustStore, means: Callable[..., Means], sign: Callable[[Means], bytes], tmp_path: Path
) -> None:
    foreign = make(tmp_path, [PERSON], [])
    for validation, signer in (
        (Validation(trust=TrustStore()), means().signer),
        (Validation(trust=trust), Pkcs12File(foreign.key_file(PERSON.slug).read_bytes(), PASSWORD)),
    ):
        with pytest.raises(SigningRefused) as refused:
            sign(means(validation=validation, signer=signer))
        assert refused.value.code in ("unknown_issuer", "unfit")


def test_an_authority_is_believed_on_its_days_alone(trust: TrustStore, means: Callable[..., Means], sign) -> None:
    gone = replace(trust, authorities=tuple(replace(each, until=AT.date() - DAY) for each in trust.authorities))
    with pytest.raises(SigningRefused) as refused:
        sign(means(validation=Validation(trust=gone)))
    assert refused.value.code == "unknown_issuer"


@pytest.mark.parametrize(
    "expected",
    [
        Expected(name="Lê Quang Khác"),
        Expected(organisation="UBND tỉnh"),
        Expected(fingerprint="0" * 64),
        Expected(name=PERSON.name, organisation="UBND tỉnh"),
    ],
)
def test_the_certificate_of_somebody_else_does_not_sign(expected: Expected, means: Callable[..., Means], sign) -> None:
    with pytest.raises(SigningRefused) as refused:
        sign(means(expected=expected))
    assert refused.value.code == "holder"


def test_the_certificate_expected_signs(means: Callable[..., Means], sign, trust: TrustStore) -> None:
    plain = signatures.verify(sign(means()), trust, AT).signatures[0]
    wanted = Expected(name="lê  quang thử", organisation=PERSON.organisation, fingerprint=plain.fingerprint)
    assert signatures.verify(sign(means(expected=wanted)), trust, AT).verdict is Verdict.INCOMPLETE


# ---------------------------------------------------------------- asked over the network


def test_revocation_is_asked_of_the_issuer_and_the_answer_kept_in_the_file(
    services: PkiServer, trust: TrustStore, means: Callable[..., Means], sign
) -> None:
    bare = replace(trust, crls=())
    signed = sign(means(validation=Validation(trust=bare, fetch=True, timeout=5)))
    store = PdfFileReader(BytesIO(signed)).root["/DSS"]
    assert len(store["/OCSPs"]) == 1
    assert len(store["/CRLs"]) == 1
    assert signatures.verify(signed, bare, AT).verdict is Verdict.INCOMPLETE


def test_a_certificate_of_nobody_known_makes_us_ask_nowhere(
    trust: TrustStore, means: Callable[..., Means], sign, tmp_path: Path
) -> None:
    asked: list[str] = []
    with Loopback(lambda question: asked.append(question.path) or Answer(404, b"")) as door:
        foreign = make(tmp_path, [Holder("ai-do", "Ngô Ai Đó", "UBND xã Mẫu")], [], door.address)
        signer = Pkcs12File(foreign.key_file("ai-do").read_bytes(), PASSWORD)
        with pytest.raises(SigningRefused) as refused:
            sign(means(signer=signer, validation=Validation(trust=trust, fetch=True, timeout=2)))
    assert refused.value.code in ("unknown_issuer", "unfit")
    assert not asked


def test_an_issuer_that_answers_revoked_is_believed(
    services: PkiServer, pki: Pki, trust: TrustStore, means: Callable[..., Means], sign
) -> None:
    serial = pki.certificate(PERSON.slug).serial_number
    services.revoked[serial] = AT - DAY
    try:
        with pytest.raises(SigningRefused) as refused:
            sign(means(validation=Validation(trust=replace(trust, crls=()), fetch=True, timeout=5)))
    finally:
        services.revoked.clear()
    assert refused.value.code == "revoked"


def test_an_issuer_that_does_not_answer_leaves_nothing_signed(
    services: PkiServer, trust: TrustStore, means: Callable[..., Means], sign
) -> None:
    services.door.silent = True
    try:
        with pytest.raises(ServiceSilent) as silent:
            sign(means(validation=Validation(trust=replace(trust, crls=()), fetch=True, timeout=1)))
    finally:
        services.door.silent = False
    assert silent.value.code == "revocation"


# ---------------------------------------------------------------- as it was when it signed


@pytest.mark.parametrize(
    ("revoked", "state", "verdict"),
    [
        (AT - DAY, CertificateState.REVOKED, Verdict.UNTRUSTED),
        (AT + DAY, CertificateState.TRUSTED, Verdict.VALID),
    ],
)
def test_what_counts_is_the_time_of_signing(
    revoked: datetime, state: CertificateState, verdict: Verdict, pki: Pki, trust: TrustStore, carried: Carried
) -> None:
    later = lists(pki, trust, revoked, AT + 2 * DAY)
    found = signatures.verify(carried.sealed, later, AT + 3 * DAY)
    assert (found.signatures[0].certificate, found.verdict) == (state, verdict)
    assert found.signatures[0].revoked_at == (revoked if state is CertificateState.REVOKED else None)


def test_long_after_a_certificate_expired_its_signature_holds_and_this_is_said(
    trust: TrustStore, carried: Carried
) -> None:
    found = signatures.verify(carried.sealed, trust, datetime(2050, 1, 1, tzinfo=UTC))
    assert found.verdict is Verdict.VALID
    assert all(each.expired_since for each in found.signatures)
    assert any("nay đã hết hạn" in each.vi for each in found.signatures[0].sentences())


def test_a_file_whose_issuers_are_unknown_here_is_intact_but_not_trusted(carried: Carried) -> None:
    found = signatures.verify(carried.sealed, TrustStore(), AT)
    assert found.verdict is Verdict.UNTRUSTED
    for each in found.signatures:
        assert each.sound
        assert each.certificate is CertificateState.UNKNOWN_ISSUER
        assert each.time_source is TimeSource.UNTRUSTED_TIMESTAMP


# ---------------------------------------------------------------- the trust store


def test_an_absent_store_believes_nobody(tmp_path: Path) -> None:
    assert signatures.load_trust(tmp_path / "khong-co") == TrustStore()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nguon.yaml", b"format: dean06-trust/1\nauthorities: [{file: a.pem}]\n"),
        ("nguon.yaml", b"format: khac/1\nauthorities: []\n"),
        ("nguon.yaml", b"authorities: [\n"),
        ("demo-goc.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ("cap.crl", b"khong phai"),
    ],
)
def test_a_broken_store_names_the_file(name: str, content: bytes, tmp_path: Path) -> None:
    pki = make(tmp_path, [], [])
    (pki.trust / name).write_bytes(content)
    with pytest.raises(BadInput) as refused:
        signatures.load_trust(pki.trust)
    assert name in refused.value.vi


def test_the_store_of_the_demonstration_is_read(pki: Pki, trust: TrustStore) -> None:
    (root,) = trust.authorities
    assert trust.name_of(root.certificate) == "Gốc trình diễn dean06"
    assert root.anchor
    assert len(trust.crls) == 2
