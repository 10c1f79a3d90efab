"""The face of digital signatures: prepare, sign, fill, seal, verify. No state here: who signed what is kept elsewhere.

    prepared = signatures.prepare(paper, at)                     # a final paper without number
    signed = signatures.sign_person(prepared.pdf, means, picture, at)
    numbered = signatures.fill_number(signed, number_line, date_line)         # as the register gave them
    sealed = signatures.seal(numbered, agency_means, seal_picture, at)
    signatures.verify(sealed, trust, now).verdict

No act writes a file or changes one: each returns the bytes of the next state or raises, so nothing is signed by halves.
A signature asks services over the network: never inside a transaction.
"""

from __future__ import annotations

from pyhanko.sign.timestamps import TimeStamper

from dean06.papers.signatures.changes import Change, Changes
from dean06.papers.signatures.checking import Expected
from dean06.papers.signatures.entering import CertificateRead, read_certificate
from dean06.papers.signatures.errors import ServiceSilent, SigningRefused
from dean06.papers.signatures.fields import AGENCY, DATE, NUMBER, PERSON, SEAL_MM, SECOND, Prepared
from dean06.papers.signatures.fields import render_for_signing as prepare
from dean06.papers.signatures.pictures import Ink, take_picture
from dean06.papers.signatures.remote import RemoteSigner
from dean06.papers.signatures.report import (
    CertificateState,
    Sentence,
    SignatureReport,
    TimeSource,
    Verdict,
    Verification,
)
from dean06.papers.signatures.sealing import Means, fill_number, seal, seal_annex, seal_copy, sign_person
from dean06.papers.signatures.signers import Pkcs11Token, Pkcs12File, Signer, SignerKind
from dean06.papers.signatures.stamping import NetworkStamps
from dean06.papers.signatures.stamps import Picture
from dean06.papers.signatures.trust import Authority, TrustStore, Validation, load_trust
from dean06.papers.signatures.verification import verify
from dean06.papers.writing.document import CopyForm

__all__ = [
    "AGENCY",
    "DATE",
    "NUMBER",
    "PERSON",
    "SEAL_MM",
    "SECOND",
    "Authority",
    "CertificateRead",
    "CertificateState",
    "Change",
    "Changes",
    "CopyForm",
    "Expected",
    "Ink",
    "Means",
    "Picture",
    "Pkcs11Token",
    "Pkcs12File",
    "Prepared",
    "RemoteSigner",
    "Sentence",
    "ServiceSilent",
    "SignatureReport",
    "Signer",
    "SignerKind",
    "SigningRefused",
    "TimeSource",
    "TimeStamper",
    "TrustStore",
    "Validation",
    "Verdict",
    "Verification",
    "fill_number",
    "load_trust",
    "prepare",
    "read_certificate",
    "seal",
    "seal_annex",
    "seal_copy",
    "sign_person",
    "take_picture",
    "time_stamps",
    "verify",
]


def time_stamps(url: str, timeout: float = 10.0) -> TimeStamper:
    """Return a time stamp service (RFC 3161) at an address."""
    return NetworkStamps(url, timeout=timeout)
