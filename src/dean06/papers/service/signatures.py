"""The face of digital signatures: prepare, sign, fill, seal, verify. No state here: who signed what is kept elsewhere.

    prepared = signatures.prepare(paper, at)                     # a final paper without number
    signed = signatures.sign_person(prepared.pdf, means, picture, at)
    numbered = signatures.fill_number(signed, numbered_paper)    # the paper with the number that the register gave
    sealed = signatures.seal(numbered, agency_means, seal_picture, at)
    signatures.verify(sealed, trust, now).verdict

No act writes a file or changes one: each returns the bytes of the next state or raises, so nothing is signed by halves.
A signature asks services over the network: never inside a transaction.
"""

from __future__ import annotations

from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

from dean06.papers.document import Paper
from dean06.papers.errors import PaperRefused
from dean06.papers.signatures import sealing
from dean06.papers.signatures.changes import Change, Changes
from dean06.papers.signatures.checking import Expected
from dean06.papers.signatures.entering import CertificateRead, read_certificate
from dean06.papers.signatures.errors import ServiceSilent, SigningRefused
from dean06.papers.signatures.fields import AGENCY, DATE, NUMBER, PERSON, SEAL_MM, Prepared
from dean06.papers.signatures.fields import render_for_signing as prepare
from dean06.papers.signatures.remote import RemoteSigner
from dean06.papers.signatures.report import (
    CertificateState,
    Sentence,
    SignatureReport,
    TimeSource,
    Verdict,
    Verification,
)
from dean06.papers.signatures.sealing import CopyForm, Means, seal, seal_annex, seal_copy, sign_person
from dean06.papers.signatures.signers import Pkcs11Token, Pkcs12File, Signer, SignerKind
from dean06.papers.signatures.stamps import Picture
from dean06.papers.signatures.trust import Authority, TrustStore, Validation, load_trust
from dean06.papers.signatures.verification import verify
from dean06.papers.wording import number_line, place_date_line

__all__ = [
    "AGENCY",
    "DATE",
    "NUMBER",
    "PERSON",
    "SEAL_MM",
    "Authority",
    "CertificateRead",
    "CertificateState",
    "Change",
    "Changes",
    "CopyForm",
    "Expected",
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
    "time_stamps",
    "verify",
]


def fill_number(pdf: bytes, paper: Paper) -> bytes:
    """Return a signed paper with the number and the date of the typed paper filled in, once."""
    if paper.number is None or paper.issued_on is None:
        raise PaperRefused("số văn bản", "chưa được cấp", "was not given yet")
    return sealing.fill_number(pdf, number_line(paper), place_date_line(paper.place, paper.issued_on))


def time_stamps(url: str, timeout: float = 10.0) -> TimeStamper:
    """Return a time stamp service (RFC 3161) at an address."""
    return HTTPTimeStamper(url, timeout=timeout)
