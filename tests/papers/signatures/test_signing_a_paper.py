"""A paper is signed, numbered and sealed, in this order, and everybody who checks it agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from dean06.papers.errors import PaperRefused
from dean06.papers.pdf.file import render_pdf
from dean06.papers.service import signatures
from dean06.papers.service.signatures import (
    AGENCY,
    DATE,
    NUMBER,
    CertificateState,
    Change,
    CopyForm,
    Means,
    Picture,
    SigningRefused,
    TimeSource,
    TrustStore,
    Verdict,
)
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Paper, Signature
from dean06.papers.writing.sections import prose
from papers.samples import decision, letter, monthly_report
from papers.signatures import pictures
from papers.signatures.conftest import AGENCY as HOUSE
from papers.signatures.conftest import AT, Carried, lines_of
from papers.signatures.strangers import by_pyhanko, pdf_text, pdfsig, word_boxes

MM = 72 / 25.4


def widgets(pdf: bytes) -> dict[str, tuple[int, list[float]]]:
    """The fields by name: page from 0, rectangle from the bottom left corner."""
    return {
        note["/T"]: (at, [float(each) for each in note["/Rect"]])
        for at, page in enumerate(PdfReader(BytesIO(pdf)).pages)
        for note in (each.get_object() for each in page.get("/Annots", ()))
    }


def test_poppler_accepts_both_signatures_and_the_seal_covers_the_whole_file(carried: Carried, tmp_path: Path) -> None:
    told = pdfsig(carried.sealed, tmp_path)
    assert (told.count, told.valid, told.whole) == (2, 2, True)


def test_pyhanko_accepts_both_as_signatures_for_long_keeping(carried: Carried, trust: TrustStore) -> None:
    person, agency = by_pyhanko(carried.sealed, trust, AT)
    for status in (person, agency):
        assert status.bottom_line
        assert status.trusted
        assert status.timestamp_validity.trusted
    assert person.modification_level.name == "FORM_FILLING"
    assert agency.coverage.name == "ENTIRE_FILE"


def test_our_own_verification_names_who_when_and_what_came_after(carried: Carried, trust: TrustStore) -> None:
    found = signatures.verify(carried.sealed, trust, AT)
    assert found.verdict is Verdict.VALID
    assert not found.warnings
    person, agency = found.signatures
    assert (person.signer, person.organisation) == ("Lê Quang Thử", "Công an huyện Quảng Ninh")
    assert (agency.signer, agency.organisation) == (HOUSE.name, HOUSE.organisation)
    assert person.signed_at == agency.signed_at == AT
    assert person.time_source is agency.time_source is TimeSource.TIMESTAMP
    assert person.certificate is agency.certificate is CertificateState.TRUSTED
    assert (person.changes.change, person.changes.fields) == (Change.FORM, (AGENCY, DATE, NUMBER))
    assert agency.changes.change is Change.NONE
    assert "Ký lúc 10:30:15 ngày 05/01/2026 (có dấu thời gian tin cậy)." in [each.vi for each in person.sentences()]


def test_each_state_on_the_way_is_told_apart(carried: Carried, trust: TrustStore) -> None:
    verdicts = [
        signatures.verify(pdf, trust, AT).verdict
        for pdf in (carried.prepared, carried.signed, carried.numbered, carried.sealed)
    ]
    assert verdicts == [Verdict.UNSIGNED, Verdict.INCOMPLETE, Verdict.INCOMPLETE, Verdict.VALID]


def test_signed_and_numbered_it_says_what_the_final_paper_says(carried: Carried) -> None:
    for pdf in (carried.numbered, carried.sealed):
        assert pdf_text(pdf) == pdf_text(carried.final)
    assert "Số: 05/BC-TCTĐA" in pdf_text(carried.sealed)
    assert "Số: …/BC-TCTĐA" in pdf_text(carried.signed)


@pytest.mark.parametrize("sample", [monthly_report, decision, letter])
def test_number_and_date_stand_where_the_final_paper_has_them(
    sample: Callable[..., Paper], means: Callable[..., Means], hand: Picture
) -> None:
    final = sample(number=9731, issued_on=date(2026, 2, 3))
    prepared = signatures.prepare(sample(number=None, issued_on=None), AT)
    assert "9731" not in pdf_text(prepared.pdf)
    numbered = signatures.fill_number(signatures.sign_person(prepared.pdf, means(), hand, AT), *lines_of(final))
    ours, theirs = sorted(word_boxes(numbered)), sorted(word_boxes(render_pdf(final, AT)))
    assert [text for text, _ in ours] == [text for text, _ in theirs]
    for (_, got), (_, wanted) in zip(ours, theirs, strict=True):
        assert got == pytest.approx(wanted, abs=0.01)
    texts = PdfReader(BytesIO(numbered)).get_fields()
    assert texts[NUMBER]["/V"] == f"Số: 9731/{final.symbol}"
    assert texts[DATE]["/V"] == f"{final.place}, ngày 03 tháng 02 năm 2026"


def bundle(**changes) -> Paper:
    """Minutes with two signers, a text behind them with a head of its own, and two annexes, one on its side."""
    facts = {
        "second": Signature(title="Thư ký", name="Vũ Thị Mẫu"),
        "attachments": (
            Attachment(form=Attached.TEXT, title="Quy chế", abstract="Trao đổi dữ liệu", body=(prose("Nội dung."),)),
            Attachment(title="Danh sách đơn vị", body=(prose("Đơn vị thứ nhất."),)),
            Attachment(title="Số liệu", body=(prose("Số liệu ngang."),), landscape=True),
        ),
    }
    return monthly_report(**{**facts, **changes})


@pytest.mark.parametrize("turns", [(False, True), (True, False)])
def test_two_people_sign_in_either_order_and_what_is_attached_names_the_number(
    turns: tuple[bool, bool], means: Callable[..., Means], hand: Picture, seal_picture: Picture, trust: TrustStore,
    tmp_path: Path,
) -> None:  # fmt: skip
    final = bundle(number=7, issued_on=date(2026, 1, 5))
    pdf = signatures.prepare(bundle(number=None, issued_on=None), AT).pdf
    for second in turns:
        with pytest.raises(SigningRefused):
            signatures.fill_number(pdf, *lines_of(final))
        pdf = signatures.sign_person(pdf, means(), hand, AT, second=second)
    numbered = signatures.fill_number(pdf, *lines_of(final))
    assert pdf_text(numbered) == pdf_text(render_pdf(final, AT))
    assert pdf_text(numbered).replace("\n", " ").count("số 07/BC-TCTĐA ngày 05 tháng 01 năm 2026") == 3
    sealed = signatures.seal(numbered, means(HOUSE.slug), seal_picture, AT)
    assert signatures.verify(sealed, trust, AT).verdict is Verdict.VALID
    assert pdfsig(sealed, tmp_path).valid == 3


def test_the_hand_stands_between_title_and_name_and_the_seal_covers_its_left_third(carried: Carried) -> None:
    places = widgets(carried.sealed)
    page, (left, low, right, high) = places["nguoi_ky"]
    seal_page, (seal_left, seal_low, seal_right, seal_high) = places["co_quan"]
    assert page == seal_page == 1
    assert seal_right - seal_left == pytest.approx(36 * MM, abs=0.01)
    assert seal_high - seal_low == pytest.approx(36 * MM, abs=0.01)
    assert (seal_right - left) / (right - left) == pytest.approx(1 / 3, abs=0.01)
    assert seal_left < left
    assert (right - left) / (high - low) == pytest.approx(350 / 150, abs=0.02)
    words = pdf_text(carried.sealed, "-bbox", "-f", "2")
    title, name = (float(words.split(f">{each}<")[0].rsplit(f'{side}="', 1)[1].split('"')[0])
                   for each, side in (("HUYỆN", "yMax"), ("Thử", "yMin")))  # fmt: skip
    tall = 841.8898
    assert title <= tall - high + 1
    assert tall - low - 1 <= name


def test_the_file_stays_an_archive_file(carried: Carried) -> None:
    before, after = PdfFileReader(BytesIO(carried.prepared)), PdfFileReader(BytesIO(carried.sealed))
    assert before.root["/Metadata"].data == after.root["/Metadata"].data
    assert b"pdfaid:part>2<" in after.root["/Metadata"].data
    assert before.trailer["/Info"] == after.trailer["/Info"]
    assert "/Version" not in after.root
    assert "/NeedAppearances" not in after.root["/AcroForm"]
    numbers = after.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for entry in after.root["/AcroForm"]["/Fields"]:
        field = entry.get_object()
        element = owners[int(field["/StructParent"])]
        assert element["/S"] == "/Form"
        assert element["/K"]["/Obj"]["/T"] == field["/T"]
        assert field["/TU"]
        assert int(field["/F"]) & 4
    for page in PdfReader(BytesIO(carried.sealed)).pages:
        for note in page.get("/Annots", ()):
            for font in _fonts(note.get_object()["/AP"]["/N"].get_object()):
                assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def _fonts(form) -> list:
    own = form.get("/Resources", {}).get("/Font", {})
    inner = form.get("/Resources", {}).get("/XObject", {})
    found = [each.get_object() for each in own.values()]
    return found + [font for each in inner.values() if each.get_object()["/Subtype"] == "/Form"
                    for font in _fonts(each.get_object())]  # fmt: skip


def test_proof_of_revocation_lies_in_the_file(carried: Carried) -> None:
    store = PdfFileReader(BytesIO(carried.sealed)).root["/DSS"]
    assert len(store["/CRLs"]) == 2
    assert len(store["/Certs"]) >= 4


def test_the_order_is_kept(carried: Carried, means: Callable[..., Means], hand: Picture, seal_picture: Picture) -> None:
    lines = lines_of(monthly_report(number=6, issued_on=date(2026, 1, 5)))
    for act in (
        lambda: signatures.fill_number(carried.prepared, *lines),
        lambda: signatures.fill_number(carried.numbered, *lines),
        lambda: signatures.fill_number(carried.sealed, *lines),
        lambda: signatures.sign_person(carried.signed, means(), hand, AT),
        lambda: signatures.seal(carried.prepared, means(HOUSE.slug), seal_picture, AT),
        lambda: signatures.seal(carried.signed, means(HOUSE.slug), seal_picture, AT),
        lambda: signatures.seal(carried.sealed, means(HOUSE.slug), seal_picture, AT),
        lambda: signatures.sign_person(carried.final, means(), hand, AT),
        lambda: signatures.sign_person(carried.prepared, means(), hand, AT, second=True),
        lambda: signatures.fill_number(carried.signed, "Số: …/BC-TCTĐA", lines[1]),
    ):
        with pytest.raises(SigningRefused) as refused:
            act()
        assert refused.value.code == "order"


def test_a_numbered_paper_and_a_draft_are_not_prepared() -> None:
    for paper in (monthly_report(), monthly_report(number=None, issued_on=None, draft=True)):
        with pytest.raises(PaperRefused):
            signatures.prepare(paper, AT)


def test_without_images_the_signatures_say_who_and_when(means: Callable[..., Means], trust: TrustStore) -> None:
    prepared = signatures.prepare(monthly_report(number=None, issued_on=None), AT).pdf
    signed = signatures.sign_person(prepared, means(), None, AT)
    numbered = signatures.fill_number(signed, *lines_of(monthly_report()))
    sealed = signatures.seal(numbered, means(HOUSE.slug), None, AT)
    assert signatures.verify(sealed, trust, AT).verdict is Verdict.VALID
    told = pdf_text(sealed, "-raw")
    assert "Người ký:" in told
    assert told.replace("\n", "").count("2026-01-05T10:30:15+07:00") == 2


@pytest.mark.parametrize(
    "image",
    [b"GIF89a" + bytes(100), pictures.png(4, 4, lambda x, y: (255, 0, 0), colour=2), pictures.hand()[:400]],
)
def test_an_image_that_is_no_transparent_png_is_refused(carried: Carried, means: Callable[..., Means], image: bytes):
    with pytest.raises(SigningRefused) as refused:
        signatures.sign_person(carried.prepared, means(), Picture(image), AT)
    assert refused.value.code == "image"


def test_a_seal_larger_than_its_room_is_refused(carried: Carried, means: Callable[..., Means]) -> None:
    with pytest.raises(SigningRefused) as refused:
        signatures.seal(carried.numbered, means(HOUSE.slug), Picture(pictures.seal(), 40, 40), AT)
    assert refused.value.code == "image"


def test_an_annex_of_its_own_is_signed_top_right_without_image(
    means: Callable[..., Means], trust: TrustStore, carried: Carried, tmp_path: Path
) -> None:
    annex = signatures.seal_annex(carried.final, means(HOUSE.slug), "05/BC-TCTĐA", AT)
    assert signatures.verify(annex, trust, AT).verdict is Verdict.VALID
    assert pdfsig(annex, tmp_path).valid == 1
    assert "05/BC-TCTĐA; 2026-01-05T10:30:15+07:00" in pdf_text(annex, "-raw")
    ((page, (_, low, right, high)),) = widgets(annex).values()
    assert page == 0
    assert right == pytest.approx((210 - 15) * MM, abs=0.1)
    assert high == pytest.approx((297 - 10) * MM, abs=0.1)
    assert high - low == pytest.approx(12, abs=0.1)


@pytest.mark.parametrize("form", list(CopyForm))
def test_a_copy_names_its_form_its_agency_and_the_time(
    form: CopyForm, means: Callable[..., Means], trust: TrustStore, carried: Carried
) -> None:
    copy = signatures.seal_copy(carried.final, means(HOUSE.slug), form, "UBND huyện Quảng Ninh", AT)
    assert signatures.verify(copy, trust, AT).verdict is Verdict.VALID
    told = pdf_text(copy, "-raw")
    assert f"{form.value}; UBND huyện Quảng Ninh; 2026-01-05T10:30:15+07:00" in told


def test_a_changed_paper_is_not_sealed(carried: Carried, means: Callable[..., Means], seal_picture: Picture) -> None:
    at = carried.numbered.index(b"/Title")
    changed = carried.numbered[: at + 20] + b"\x41" + carried.numbered[at + 21 :]
    with pytest.raises(SigningRefused) as refused:
        signatures.seal(changed, means(HOUSE.slug), seal_picture, AT + timedelta(minutes=1))
    assert refused.value.code == "order"
    assert "Không đóng dấu" in refused.value.vi
