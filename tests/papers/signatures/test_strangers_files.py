"""Any file may be put before the verification: each gets a clear sentence, none breaks it, none is run."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfTimeStamper, sign_pdf
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from dean06.demo.pki import PASSWORD, Pki
from dean06.papers.pdf.file import render_pdf
from dean06.papers.service import signatures
from dean06.papers.service.signatures import (
    CertificateState,
    Change,
    Means,
    SigningRefused,
    TimeSource,
    TrustStore,
    Verdict,
    Verification,
)
from dean06.papers.signatures import opening, verification
from harness.own_thread import in_own_thread
from papers.samples import letter
from papers.signatures.conftest import AGENCY, AT, PERSON, Carried

PLAIN = render_pdf(letter(), AT)


def check(pdf: bytes, trust: TrustStore) -> Verification:
    return signatures.verify(pdf, trust, AT)


def written(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PLAIN)))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def refused(pdf: bytes, trust: TrustStore) -> str:
    with pytest.raises(SigningRefused) as error:
        check(pdf, trust)
    assert error.value.vi.startswith(("Tệp", "Không"))
    return error.value.code


def bomb() -> bytes:
    """A table of 100 MB of zeros, packed twice into some hundred bytes."""
    packed = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<</Type/XRef/Size 2/W[1 4 2]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
        % len(packed)
    )
    return head + table + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"", "not_pdf"),
        (b"PK\x03\x04" + bytes(100), "not_pdf"),
        ("Công văn số 5".encode(), "not_pdf"),
        (b"%PDF-1.7\n", "broken"),
        (b"%PDF-1.7\nstartxref\n99999\n%%EOF", "broken"),
        (PLAIN[: len(PLAIN) // 2], "broken"),
        (PLAIN[:-40], "broken"),
        (bomb(), "broken"),
        (PLAIN + b"\nstartxref" * 300, "too_large"),
    ],
    ids=["empty", "zip", "text", "head", "astray", "half", "tail", "bomb", "revisions"],
)
def test_what_cannot_be_read_is_said(pdf: bytes, code: str, trust: TrustStore) -> None:
    assert refused(pdf, trust) == code


def test_a_file_too_large_and_one_of_too_many_pages(trust: TrustStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_PAGES", 1)
    assert refused(written(lambda writer: [writer.add_blank_page() for _ in range(4)]), trust) == "too_large"
    monkeypatch.setattr(opening, "MOST_BYTES", len(PLAIN) - 1)
    assert refused(PLAIN, trust) == "too_large"


def test_a_file_of_too_many_signature_fields(
    trust: TrustStore, carried: Carried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "MOST_SIGNATURES", 1)
    assert refused(carried.sealed, trust) == "too_large"


def test_pages_that_lead_back_to_themselves_come_to_an_end(trust: TrustStore) -> None:
    looped = PLAIN.replace(b"/Kids[", b"/Kids[1 0 R ", 1)
    with pytest.raises(SigningRefused):
        check(looped, trust)


def test_a_file_without_signatures(trust: TrustStore) -> None:
    found = check(PLAIN, trust)
    assert (found.verdict, found.signatures, found.warnings) == (Verdict.UNSIGNED, (), ())
    assert found.sentence.vi == "Tệp không có chữ ký số nào."


def test_a_password_is_asked_for_in_a_sentence_and_an_empty_one_is_told(
    trust: TrustStore, means: Callable[..., Means]
) -> None:
    assert refused(written(lambda writer: writer.encrypt("mat-khau", algorithm="AES-256")), trust) == "encrypted"
    weak = written(lambda writer: writer.encrypt("", "chu", algorithm="AES-128"))
    found = check(weak, trust)
    assert found.verdict is Verdict.UNSIGNED
    assert "mã hóa" in found.warnings[0].vi
    with pytest.raises(SigningRefused) as error:
        signatures.seal_annex(weak, means(AGENCY.slug), "05/BC", AT)
    assert error.value.code == "unsafe"


def add_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('xin chao')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def test_a_script_is_told_and_such_a_file_is_not_signed(trust: TrustStore, means: Callable[..., Means]) -> None:
    scripted = written(add_script)
    found = check(scripted, trust)
    assert "JavaScript" in found.warnings[0].vi
    with pytest.raises(SigningRefused) as error:
        signatures.seal_annex(scripted, means(AGENCY.slug), "05/BC", AT)
    assert error.value.code == "unsafe"


def test_a_note_laid_on_the_paper_before_it_was_signed_is_no_fault(means: Callable[..., Means], trust: TrustStore):
    note = FreeText(text="Đã duyệt", rect=(50, 550, 200, 650), font_size="12pt")
    sealed = signatures.seal_annex(written(lambda w: w.add_annotation(0, note)), means(AGENCY.slug), "05/BC", AT)
    assert check(sealed, trust).verdict is Verdict.VALID


# ---------------------------------------------------------------- signed by other programs


def by_another_program(pki: Pki, **changes) -> bytes:
    """Signed as a plain PDF signature, without time stamp or proof of revocation."""
    key = SimpleSigner.load_pkcs12(str(pki.key_file(PERSON.slug)), passphrase=PASSWORD.encode())
    out = BytesIO()
    meta = PdfSignatureMetadata(field_name="Signature1", reason="Duyệt", **changes)
    plain, field = IncrementalPdfFileWriter(BytesIO(PLAIN)), SigFieldSpec("Signature1")
    in_own_thread(lambda: sign_pdf(plain, meta, key, output=out, new_field_spec=field))
    return out.getvalue()


def test_a_plain_signature_is_read_and_what_it_lacks_is_said(pki: Pki, trust: TrustStore) -> None:
    signed = by_another_program(pki)
    (report,) = check(signed, trust).signatures
    assert (report.signer, report.time_source) == (PERSON.name, TimeSource.CLAIMED)
    assert report.certificate is CertificateState.TRUSTED
    assert "theo lời người ký" in " ".join(each.vi for each in report.sentences())
    unknown = TrustStore(authorities=trust.authorities)
    assert check(signed, unknown).signatures[0].certificate is CertificateState.UNCHECKED
    assert check(signed, unknown).verdict is Verdict.UNTRUSTED


def test_proof_for_long_keeping_added_by_another_program_changes_nothing(
    carried: Carried, pki: Pki, trust: TrustStore
) -> None:
    later = AT + timedelta(days=30)
    roots = [each.certificate for each in trust.authorities]
    context = ValidationContext(trust_roots=roots, crls=trust.crls, moment=later)
    out = BytesIO()
    stamper = PdfTimeStamper(pki.time_stamps(later))
    sealed = IncrementalPdfFileWriter(BytesIO(carried.sealed))
    in_own_thread(lambda: stamper.timestamp_pdf(sealed, "sha256", context, output=out))
    found = signatures.verify(out.getvalue(), trust, later)
    assert found.verdict is Verdict.VALID
    assert found.signatures[1].changes.change is Change.PROOF
    assert found.signatures[2].is_timestamp
    assert found.signatures[2].signed_at == later
    assert found.signatures[2].sentences()[0].vi.startswith("Dấu thời gian của")


@given(data=st.data())
@settings(max_examples=15)
def test_whatever_befalls_a_file_it_is_answered(data: st.DataObject, trust: TrustStore, carried: Carried) -> None:
    source = data.draw(st.sampled_from([carried.sealed, carried.numbered, PLAIN]))
    pdf = bytearray(source[: data.draw(st.integers(200, len(source)))] if data.draw(st.booleans()) else source)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(pdf) - 1))
        pdf[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    try:
        found = check(bytes(pdf), trust)
    except SigningRefused as error:
        code = error.code
        assert code in {"broken", "not_pdf", "too_large", "encrypted"}
    else:
        assert found.sentence.vi
