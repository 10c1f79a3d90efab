"""A made-up certification service for the demonstration: root, issuing authority, time stamps, people, agencies.

Its keys lie in the installation's own folder, its password is public, its names are invented: nothing it signs means
anything outside of the demonstration.

    pki = make(home, [Holder("to-truong", "Lê Quang Thử", "UBND xã Mẫu")], [Holder("ubnd", "UBND xã Mẫu")])
    pki.key_file("to-truong")        # PKCS#12, opened by PASSWORD
    pki.time_stamps(at)              # an RFC 3161 service inside this process, its clock at a given moment
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from ruamel.yaml import YAML

# The password of the demonstration's accounts too: a page shows one, and it opens everything made up.
PASSWORD = "trinh-dien-06"  # noqa: S105  public, for the demonstration alone
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
ROOT, ISSUER, STAMPER = (
    "Gốc trình diễn dean06",
    "Dịch vụ chứng thực trình diễn dean06",
    "Dấu thời gian trình diễn dean06",
)
_COUNTRY = "VN"
FOLDER, _TRUST = "demo/chung-thu", "tin-cay"

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

__all__ = ["FOLDER", "PASSWORD", "SINCE", "UNTIL", "Holder", "Pki", "make"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate is for; `slug` names its file, an agency itself has no `organisation`."""

    slug: str
    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a certificate departs from the ordinary one."""

    since: datetime = SINCE
    until: datetime = UNTIL
    signing: bool = True
    elliptic: bool = True


@dataclass(frozen=True, slots=True)
class Pki:
    """The made-up service, as it lies in its folder; `address` is where it would answer on the network."""

    folder: Path
    trust: Path
    address: str = ""

    def key_file(self, slug: str) -> Path:
        """Return the PKCS#12 file of a holder."""
        return self.folder / f"{slug}.p12"

    def issue(self, holder: Holder, terms: Terms | None = None) -> Path:
        """Return the key file of a holder, made unless it is there."""
        terms = terms or Terms()
        path = self.key_file(holder.slug)
        if path.exists():
            return path
        key: Key = ec.generate_private_key(ec.SECP256R1()) if terms.elliptic else _rsa()
        issuer_key, issuer = self._authority("cap")
        builder = _builder(_name(holder.name, holder.organisation or holder.name), issuer.subject, key, terms)
        builder = _extended(builder, issuer, self._places("cap"))
        certificate = builder.add_extension(_usage(signing=terms.signing), critical=True).sign(
            issuer_key, hashes.SHA256()
        )
        chain = [issuer, self._authority("goc")[1]]
        locked = serialization.BestAvailableEncryption(PASSWORD.encode())
        _write(path, pkcs12.serialize_key_and_certificates(holder.slug.encode(), key, certificate, chain, locked))
        return path

    def certificate(self, slug: str) -> x509.Certificate:
        """Return the certificate of a holder."""
        _, certificate, _ = pkcs12.load_key_and_certificates(self.key_file(slug).read_bytes(), PASSWORD.encode())
        if certificate is None:
            raise FileNotFoundError(slug)
        return certificate

    def key(self, slug: str) -> Key:
        """Return the private key of a holder."""
        key, _, _ = pkcs12.load_key_and_certificates(self.key_file(slug).read_bytes(), PASSWORD.encode())
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise FileNotFoundError(slug)
        return key

    def chain(self) -> list[x509.Certificate]:
        """Return the issuing authority and the root."""
        return [self._authority("cap")[1], self._authority("goc")[1]]

    def publish(self) -> None:
        """Write the revocation lists of both authorities into the trust store."""
        _write(self.trust / "goc.crl", self.listed("goc"))
        _write(self.trust / "cap.crl", self.listed("cap"))

    def listed(
        self,
        authority: str,
        revoked: Iterable[tuple[str, datetime]] = (),
        at: datetime = SINCE,
        until: datetime = UNTIL,
    ) -> bytes:
        """Return a revocation list of an authority, `goc` or `cap`: holders and when, its own day and its end."""
        gone = [(self.certificate(slug).serial_number, when) for slug, when in revoked]
        return self._list(authority, gone, (at, until))

    def revocation_list(self, authority: str) -> bytes:
        """Return the published list of an authority, `goc` or `cap`."""
        return (self.trust / f"{authority}.crl").read_bytes()

    def issuing(self) -> tuple[Key, x509.Certificate]:
        """Return key and certificate of the issuing authority."""
        return self._authority("cap")

    def time_stamps(self, at: datetime | None = None) -> DummyTimeStamper:
        """Return the time stamp service, its clock held at a moment or running."""
        key, certificate = self._authority("thoi-gian")
        own = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
        secret = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain = SimpleCertificateStore()
        for each in self.chain():
            chain.register(asn1_x509.Certificate.load(each.public_bytes(serialization.Encoding.DER)))
        return DummyTimeStamper(own, asn1_keys.PrivateKeyInfo.load(secret), certs_to_embed=chain, fixed_dt=at)

    def found(self) -> None:
        """Make root, issuing authority and time stamp service, unless they are there."""
        if (self.folder / "thoi-gian.pem").exists():
            return
        for folder in (self.folder, self.trust):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        root = ec.generate_private_key(ec.SECP256R1())
        name = _name(ROOT, ROOT)
        ca = x509.BasicConstraints(ca=True, path_length=None)
        certificate = _builder(name, name, root, Terms()).add_extension(ca, critical=True)
        certificate = certificate.add_extension(_usage(authority=True), critical=True)
        self._keep("goc", root, certificate.sign(root, hashes.SHA256()))
        self._under_root("cap", ec.generate_private_key(ec.SECP256R1()), ISSUER)
        self._under_root("thoi-gian", _rsa(), STAMPER)
        (self.trust / "demo-goc.pem").write_bytes((self.folder / "goc.pem").read_bytes())
        entry = {"file": "demo-goc.pem", "name": ROOT, "since": SINCE.date(), "until": UNTIL.date(), "anchor": True}
        with (self.trust / "nguon.yaml").open("w", encoding="utf-8") as out:
            YAML(typ="safe").dump({"format": "dean06-trust/1", "authorities": [entry]}, out)
        self.publish()

    def _under_root(self, file: str, key: Key, name: str) -> None:
        root_key, root = self._authority("goc")
        builder = _builder(_name(name, name), root.subject, key, Terms())
        builder = _extended(builder, root, self._places("goc", ocsp=False))
        if file == "cap":
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            builder = builder.add_extension(_usage(authority=True), critical=True)
        else:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            builder = builder.add_extension(_usage(signing=True), critical=True)
        self._keep(file, key, builder.sign(root_key, hashes.SHA256()))

    def _places(self, authority: str, *, ocsp: bool = True) -> list[tuple[x509.ExtensionType, bool]]:
        if not self.address:
            return []
        where = x509.UniformResourceIdentifier(f"{self.address}/{authority}.crl")
        found: list[tuple[x509.ExtensionType, bool]] = [
            (x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)]), False)
        ]
        if ocsp:
            answer = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, answer)
            found.append((x509.AuthorityInformationAccess([access]), False))
        return found

    def _list(self, authority: str, gone: list[tuple[int, datetime]], period: tuple[datetime, datetime]) -> bytes:
        key, certificate = self._authority(authority)
        builder = x509.CertificateRevocationListBuilder().issuer_name(certificate.subject)
        builder = builder.last_update(period[0]).next_update(period[1])
        builder = builder.add_extension(x509.CRLNumber(int(period[0].timestamp())), critical=False)
        known = x509.AuthorityKeyIdentifier.from_issuer_public_key(certificate.public_key())  # type: ignore[arg-type]  # CA keys are EC
        builder = builder.add_extension(known, critical=False)
        for serial, when in gone:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _keep(self, file: str, key: Key, certificate: x509.Certificate) -> None:
        plain = serialization.NoEncryption()
        pem = serialization.Encoding.PEM
        _write(self.folder / f"{file}.key", key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
        _write(self.folder / f"{file}.pem", certificate.public_bytes(pem))

    def _authority(self, file: str) -> tuple[Key, x509.Certificate]:
        key = serialization.load_pem_private_key((self.folder / f"{file}.key").read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise TypeError("an authority's key is of RSA or an elliptic curve")
        return key, x509.load_pem_x509_certificate((self.folder / f"{file}.pem").read_bytes())


def make(home: Path, people: Iterable[Holder], agencies: Iterable[Holder], address: str = "") -> Pki:
    """Return the made-up service of an installation with keys for people and agencies; what is there already stays."""
    pki = Pki(home / FOLDER, home / _TRUST, address)
    pki.found()
    for person in people:
        pki.issue(person)
    for agency in agencies:
        pki.issue(agency, Terms(elliptic=False))
    return pki


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(name: str, organisation: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, _COUNTRY), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name)]
    return x509.Name([x509.NameAttribute(kind, value[:64]) for kind, value in parts])


def _builder(subject: x509.Name, issuer: x509.Name, key: Key, terms: Terms) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(terms.since).not_valid_after(terms.until)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _extended(
    builder: x509.CertificateBuilder, issuer: x509.Certificate, places: list[tuple[x509.ExtensionType, bool]]
) -> x509.CertificateBuilder:
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())  # type: ignore[arg-type]  # CA keys are EC
    builder = builder.add_extension(known, critical=False)
    for extension, critical in places:
        builder = builder.add_extension(extension, critical=critical)
    return builder


def _usage(*, signing: bool = False, authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,
        key_encipherment=not signing and not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
