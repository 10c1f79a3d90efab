"""Each tampering is refused: by our verification always, by poppler where it can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import crl
from ruamel.yaml import YAML

from dean06.demo.pki import PASSWORD, SINCE, UNTIL, Pki, make
from dean06.papers.service import signatures
from dean06.papers.service.signatures import Change, Means, Picture, Pkcs12File, TrustStore, Validation, Verdict
from papers.signatures.conftest import AGENCY, AT, PERSON, Carried
from papers.signatures.strangers import pdfsig
from papers.signatures.tampering import WAYS, contents_of


@dataclass(frozen=True)
class Case:
    """One row of the list."""

    name: str
    on: str
    verdict: str
    pdfsig: bool
    what: str


CASES = [Case(**row) for row in YAML(typ="safe").load(Path(__file__).with_name("tamperings.yaml").read_text())]
ELSEWHERE = {"same_name_other_service", "proof_of_revocation_exchanged"}


@pytest.fixture(scope="module")
def forged(carried: Carried, means: Callable[..., Means], hand: Picture, seal_picture: Picture, tmp_path_factory):
    """The same paper, signed and sealed in the same names by another service."""
    pki = make(tmp_path_factory.mktemp("dich-vu-khac"), [PERSON], [AGENCY])
    validation = Validation(trust=signatures.load_trust(pki.trust))

    def mine(slug: str) -> Means:
        key = Pkcs12File(pki.key_file(slug).read_bytes(), PASSWORD)
        return means(signer=key, tsa=pki.time_stamps(AT), validation=validation)

    signed = signatures.sign_person(carried.prepared, mine(PERSON.slug), hand, AT)
    numbered = signatures.fill_number(signed, "Số: 05/BC-TCTĐA", "Quảng Ninh, ngày 05 tháng 01 năm 2026")
    return signatures.seal(numbered, mine(AGENCY.slug), seal_picture, AT)


def tampered(
    case: Case, carried: Carried, request: pytest.FixtureRequest, trust: TrustStore
) -> tuple[bytes, TrustStore]:
    if case.name == "same_name_other_service":
        return request.getfixturevalue("forged"), trust
    if case.name == "proof_of_revocation_exchanged":
        pki: Pki = request.getfixturevalue("pki")
        gone = ((PERSON.slug, AT - timedelta(days=1)),)
        told = (pki.listed("goc", (), SINCE, UNTIL), pki.listed("cap", gone, AT + timedelta(days=1), UNTIL))
        return carried.sealed, replace(trust, crls=tuple(map(crl.CertificateList.load, told)))
    return WAYS[case.name](getattr(carried, case.on)), trust


def test_the_list_is_whole() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 20
    assert set(names) - ELSEWHERE == set(WAYS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_tampering_is_refused(
    case: Case, carried: Carried, request: pytest.FixtureRequest, trust: TrustStore, tmp_path: Path
) -> None:
    pdf, known = tampered(case, carried, request, trust)
    found = signatures.verify(pdf, known, AT + timedelta(days=3))
    assert found.verdict is Verdict(case.verdict)
    assert "hợp lệ: văn bản" not in found.sentence.vi
    told = pdfsig(pdf, tmp_path)
    wanted = 1 if case.on == "numbered" else 2
    whole = told.whole or case.on == "numbered"
    accepts = told.count == told.valid == wanted and whole
    if case.on != "numbered":
        assert accepts is not case.pdfsig


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("page_appended", Change.PAGES),
        ("content_overridden", Change.CONTENT),
        ("annotation_over_the_text", Change.ANNOTATION),
        ("number_after_the_seal", Change.FORM),
        ("description_exchanged", Change.OTHER),
    ],
)
def test_what_was_changed_is_named(name: str, change: Change, carried: Carried, trust: TrustStore) -> None:
    last = signatures.verify(WAYS[name](carried.sealed), trust, AT).signatures[-1]
    assert (last.changes.change, last.changes.permitted) == (change, False)


def test_every_byte_counts(carried: Carried, trust: TrustStore) -> None:
    """Flip a bit here and there: whatever can still be read says that something is wrong.

    Left out are a signature's own bytes, which cannot sign themselves; what stands behind them is not.
    """
    size = len(carried.sealed)
    gaps = [contents_of(carried.sealed, at) for at in (0, 1)]
    inside = [at for at in range(97, size, size // 14) if not any(start <= at < end for start, end in gaps)]
    for at in (*inside, gaps[0][1] - 3, gaps[1][1] - 3):
        pdf = carried.sealed[:at] + bytes([carried.sealed[at] ^ 4]) + carried.sealed[at + 1 :]
        assert told(pdf, trust) in ("broken", "changed", "unsigned", "untrusted", "not_pdf")


def told(pdf: bytes, trust: TrustStore) -> str:
    """The verdict, or why the file cannot be read."""
    try:
        return signatures.verify(pdf, trust, AT).verdict
    except signatures.SigningRefused as refused:
        return refused.code
