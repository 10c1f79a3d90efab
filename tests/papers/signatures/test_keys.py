"""One interface, three kinds of keys, each against the real thing; whatever goes wrong, nothing is signed by halves."""

from __future__ import annotations

import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.ec import decode_ec_private_key, encode_named_curve_parameters
from pkcs11.util.rsa import decode_rsa_private_key

from dean06.demo.loopback import Answer, Loopback
from dean06.demo.pki import PASSWORD, Pki
from dean06.demo.pki_server import PkiServer
from dean06.demo.remote_signer import Credential, Manner, RemoteService
from dean06.papers.service import signatures
from dean06.papers.service.signatures import (
    Means,
    Picture,
    Pkcs11Token,
    Pkcs12File,
    RemoteSigner,
    ServiceSilent,
    Signer,
    SignerKind,
    SigningRefused,
    TrustStore,
    Verdict,
)
from dean06.papers.signatures.deadline import within
from papers.signatures.conftest import AGENCY, AT, PERSON, Carried

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, TOKEN = "246810", "the-ten-mat"
PHONE_PIN = "112233"

Act = Callable[[Means], bytes]


@pytest.fixture(scope="session")
def token(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Plug in a token of SoftHSM with the person's key, and give its label."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        label = "the-ky"
        asked = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "13579135"]
        subprocess.run(asked, check=True, capture_output=True, timeout=60)
        with pkcs11.lib(str(LIBRARY)).get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
            for slug in (PERSON.slug, AGENCY.slug):
                _put(session, pki, slug)
        yield label


def _put(session: pkcs11.Session, pki: Pki, slug: str) -> None:
    key = pki.key(slug)
    form = serialization.PrivateFormat.PKCS8
    if isinstance(key, ec.EllipticCurvePrivateKey):
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        facts = decode_ec_private_key(der)
        facts[Attribute.EC_PARAMS] = encode_named_curve_parameters("secp256r1")
    else:
        form = serialization.PrivateFormat.TraditionalOpenSSL
        facts = decode_rsa_private_key(
            key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
        )
    common = {Attribute.ID: slug.encode(), Attribute.LABEL: slug, Attribute.TOKEN: True}
    session.create_object({**facts, **common, Attribute.SIGN: True, Attribute.PRIVATE: True})
    certificate = pki.certificate(slug)
    session.create_object(
        {
            **common,
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: pkcs11.constants.CertificateType.X_509,
            Attribute.SUBJECT: certificate.subject.public_bytes(),
            Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
        }
    )
    for at, above in enumerate(pki.chain()):
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.constants.CertificateType.X_509,
                Attribute.ID: f"ca-{slug}-{at}".encode(),
                Attribute.LABEL: f"ca-{slug}-{at}",
                Attribute.TOKEN: True,
                Attribute.SUBJECT: above.subject.public_bytes(),
                Attribute.VALUE: above.public_bytes(serialization.Encoding.DER),
            }
        )


@pytest.fixture
def service(pki: Pki) -> Iterator[RemoteService]:
    """A signing service with the person's key (PIN and one-time code) and the agency's (PIN)."""

    def credential(slug: str, *, coded: bool) -> Credential:
        return Credential(pki.key(slug), (pki.certificate(slug), *pki.chain()), PHONE_PIN, coded)

    kept = {"nguoi": credential(PERSON.slug, coded=True), "co-quan": credential(AGENCY.slug, coded=False)}
    with RemoteService(kept, "phien-lam-viec") as running:
        yield running


def remote(service: RemoteService, version: int = 1, **changes) -> RemoteSigner:
    """The person's key, with a code that was just sent."""
    facts = {"credential": "nguoi", "token": "phien-lam-viec", "pin": PHONE_PIN, "version": version}
    signer = RemoteSigner(url=service.url(version), **{**facts, **changes})
    if "otp" not in changes:
        RemoteSigner(url=service.url(version), **facts).send_code()
        signer = replace(signer, otp=service.sent["nguoi"])
    return signer


@pytest.fixture
def sign(carried: Carried, hand: Picture) -> Act:
    return lambda means: signatures.sign_person(carried.prepared, means, hand, AT)


def accepted(pdf: bytes, trust: TrustStore) -> None:
    (report,) = signatures.verify(pdf, trust, AT).signatures
    assert report.signer == PERSON.name
    assert signatures.verify(pdf, trust, AT).verdict is Verdict.INCOMPLETE


# ---------------------------------------------------------------- the three kinds


@pytest.mark.parametrize("kind", list(SignerKind))
def test_each_kind_of_key_signs(
    kind: SignerKind, request: pytest.FixtureRequest, means: Callable[..., Means], sign: Act, trust: TrustStore
) -> None:
    signer: Signer = means().signer
    if kind is SignerKind.TOKEN:
        signer = Pkcs11Token(LIBRARY, request.getfixturevalue("token"), PIN, PERSON.slug)
    elif kind is SignerKind.REMOTE:
        signer = remote(request.getfixturevalue("service"))
    assert signer.kind is kind
    accepted(sign(means(signer=signer)), trust)


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_of_the_remote_api_sign_with_both_kinds_of_keys(
    version: int, service: RemoteService, means: Callable[..., Means], carried: Carried, seal_picture: Picture,
    sign: Act, trust: TrustStore,
) -> None:  # fmt: skip
    accepted(sign(means(signer=remote(service, version))), trust)
    agency = remote(service, version, credential="co-quan", otp="")
    sealed = signatures.seal(carried.numbered, means(signer=agency), seal_picture, AT)
    assert signatures.verify(sealed, trust, AT).verdict is Verdict.VALID
    assert service.signed == 2


def test_the_agencys_rsa_key_on_a_token_seals(
    token: str, means: Callable[..., Means], carried: Carried, seal_picture: Picture, trust: TrustStore
) -> None:
    signer = Pkcs11Token(LIBRARY, token, PIN, AGENCY.slug)
    sealed = signatures.seal(carried.numbered, means(signer=signer), seal_picture, AT)
    assert signatures.verify(sealed, trust, AT).verdict is Verdict.VALID


def test_no_secret_is_shown(pki: Pki, service: RemoteService) -> None:
    signers = (
        Pkcs12File(pki.key_file(PERSON.slug).read_bytes(), PASSWORD),
        Pkcs11Token(LIBRARY, "the-ky", PIN),
        remote(service),
    )
    shown = " ".join(map(repr, signers))
    assert not [each for each in (PASSWORD, PIN, PHONE_PIN, service.sent["nguoi"], "phien-lam-viec") if each in shown]


# ---------------------------------------------------------------- what goes wrong


def refused(act: Callable[[], object], kind: type[SigningRefused | ServiceSilent] = SigningRefused) -> str:
    with pytest.raises(kind) as error:
        act()
    assert error.value.vi[0].isupper()
    assert error.value.vi.endswith((".", "!"))
    assert error.value.en
    return error.value.code


def test_a_key_file_with_the_wrong_password_or_of_another_kind_is_refused(
    pki: Pki, means: Callable[..., Means], sign: Act
) -> None:
    good = pki.key_file(PERSON.slug).read_bytes()
    for signer in (Pkcs12File(good, "sai"), Pkcs12File(b"\x30\x03\x02\x01\x00", ""), Pkcs12File(good[:200], PASSWORD)):
        assert refused(lambda signer=signer: sign(means(signer=signer))) == "password"


def test_a_token_says_what_is_wrong(token: str, means: Callable[..., Means], sign: Act, tmp_path: Path) -> None:
    def told(signer: Pkcs11Token, kind=SigningRefused) -> str:
        return refused(lambda: sign(means(signer=signer)), kind)

    assert told(Pkcs11Token(LIBRARY, token, "000000", PERSON.slug)) == "pin"
    assert told(Pkcs11Token(LIBRARY, token, PIN)) == "many_keys"
    assert told(Pkcs11Token(LIBRARY, token, PIN, "ai-do")) == "no_key"
    assert told(Pkcs11Token(LIBRARY, "rut-ra", PIN), ServiceSilent) == "token_absent"
    assert told(Pkcs11Token(tmp_path / "khong-co.so", token, PIN), ServiceSilent) == "library"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pin": "999999"}, "pin"),
        ({"otp": "000000"}, "otp"),
        ({"token": "het-phien"}, "token"),
        ({"credential": "ai-do"}, "denied"),
        ({"url": "http://192.0.2.1/csc/v1"}, "address"),
        ({"url": "ftp://127.0.0.1/"}, "address"),
    ],
)
def test_a_remote_service_that_refuses_is_understood(
    changes: dict[str, str], code: str, service: RemoteService, means: Callable[..., Means], sign: Act
) -> None:
    signer = replace(remote(service), **changes)
    assert refused(lambda: sign(means(signer=signer))) == code
    assert service.signed == 0


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        (Manner.SHORT_SIGNATURE, "unsound"),
        (Manner.OTHER_KEY, "unsound"),
        (Manner.FAILS, "service"),
        (Manner.NONSENSE, "nonsense"),
    ],
)
def test_a_remote_service_that_fails_leaves_nothing_signed(
    manner: Manner, code: str, service: RemoteService, means: Callable[..., Means], sign: Act
) -> None:
    service.manner = manner
    assert refused(lambda: sign(means(signer=remote(service))), ServiceSilent) == code


def test_a_disabled_key_and_an_unreachable_service(
    service: RemoteService, means: Callable[..., Means], sign: Act
) -> None:
    service.credentials["nguoi"] = replace(service.credentials["nguoi"], enabled=False)
    assert refused(lambda: sign(means(signer=remote(service)))) == "key_disabled"
    nobody = replace(remote(service), url="http://127.0.0.1:9/csc/v1")
    assert refused(lambda: sign(means(signer=nobody)), ServiceSilent) == "service"


def test_a_release_of_the_key_serves_one_hash_once_and_only_for_a_while(service: RemoteService) -> None:
    signer = remote(service)
    digest = bytes(32)
    spent = signer._post(
        "credentials/authorize",
        {"credentialID": "nguoi", "numSignatures": 1, "hash": [_b64(digest)], "PIN": PHONE_PIN, "OTP": signer.otp},
    )["SAD"]

    def ask(release: str, hashed: bytes) -> object:
        order = {"credentialID": "nguoi", "SAD": release, "hash": [_b64(hashed)], "hashAlgo": "2.16.840.1.101.3.4.2.1"}
        return signer._post("signatures/signHash", order)

    assert refused(lambda: ask(spent, bytes([1] * 32))) == "sad"
    assert refused(lambda: ask(spent, digest)) == "sad"
    service.released_for = 0.0
    signer = remote(service)
    assert refused(lambda: signer.sign(digest, "1.2.840.10045.4.3.2")) == "sad"


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


def test_a_code_serves_one_try(
    service: RemoteService, means: Callable[..., Means], sign: Act, trust: TrustStore
) -> None:
    signer = remote(service)
    accepted(sign(means(signer=signer)), trust)
    assert refused(lambda: sign(means(signer=signer))) == "otp"
    other = remote(service)
    assert refused(lambda: sign(means(signer=replace(other, otp="khong phai")))) == "otp"
    assert refused(lambda: sign(means(signer=other))) == "otp"


def test_a_slow_service_is_waited_for(
    service: RemoteService, means: Callable[..., Means], sign: Act, trust: TrustStore
):
    service.delay = 0.2
    accepted(sign(means(signer=remote(service))), trust)


@pytest.mark.parametrize("who", ["key", "act"])
def test_a_service_that_hangs_is_given_up_in_time(
    who: str, service: RemoteService, means: Callable[..., Means], sign: Act
) -> None:
    service.manner = Manner.HANGS_AT_SIGNING
    signer = remote(service, timeout=0.5 if who == "key" else 30.0)
    begun = time.monotonic()
    code = refused(lambda: sign(means(signer=signer, timeout=30.0 if who == "key" else 0.8)), ServiceSilent)
    assert time.monotonic() - begun < 3
    assert code == ("service" if who == "key" else "deadline")
    assert service.signed == 0


def test_whatever_hangs_is_given_up_and_its_late_answer_is_dropped() -> None:
    done = []

    def work() -> None:
        time.sleep(0.3)
        done.append(1)

    with pytest.raises(ServiceSilent):
        within(0.05, work)
    assert within(1, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(1, lambda: 1 // 0)


# ---------------------------------------------------------------- time stamps


def test_a_time_stamp_service_over_the_network_is_used(
    services: PkiServer, means: Callable[..., Means], sign: Act, trust: TrustStore
) -> None:
    signed = sign(means(tsa=signatures.time_stamps(f"{services.address}/tsa", timeout=5)))
    (report,) = signatures.verify(signed, trust, datetime(2026, 2, 1, tzinfo=UTC)).signatures
    assert report.signed_at == AT


@pytest.mark.parametrize("fault", ["silent", "absent", "html", "garbage"])
def test_a_time_stamp_service_that_fails_leaves_nothing_signed(
    fault: str, means: Callable[..., Means], sign: Act
) -> None:
    answers = {
        "silent": Answer(200, b""),
        "absent": Answer(404, b"", "text/plain"),
        "html": Answer(200, b"<html>", "text/html"),
        "garbage": Answer(200, b"\x30\x02\x01", "application/timestamp-reply"),
    }
    with Loopback(lambda asked: answers[fault], silent=fault == "silent") as door:
        stamper = signatures.time_stamps(f"{door.address}/tsa", timeout=0.5)
        assert refused(lambda: sign(means(tsa=stamper)), ServiceSilent) == "tsa"
