"""One typed source, two files, the same text: golden pages, awkward letters, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from dean06.papers.docx.file import render_docx
from dean06.papers.docx.reading import read_docx
from dean06.papers.pdf.file import render_pdf
from dean06.papers.writing.document import Paper, Secrecy, Urgency
from dean06.papers.writing.sections import BulletList, Column, Paragraph, Run, Section, Table, prose
from papers.reading import (
    docx_lines,
    expected_lines,
    first_difference,
    letters,
    pdf_pages,
    poppler_pages,
    table_headers,
)
from papers.samples import CREATED, decision, letter, monthly_report, row
from papers.strategies import papers

GOLDEN = Path(__file__).parent / "golden"
TYPST = [
    "#let x = 1", '#import "x"', "$x^2$", "*đậm*", "_nghiêng_", "@ref <label>", "[a] (b) {c}", "\\ \\u{1F600}",
    "`mã` ```", "~ -- --- ...", "// ghi chú", "/* ghi chú */", "= Mục", "- gạch", "+ số", "/ từ: nghĩa",
    "\"thẳng\" 'đơn' “cong”", "https://example.vn/a?b=c&d", "&lt;w:t&gt; <w:t>", "]]>", "100% ^ | § № ½ ²", "C:\\new",
]  # fmt: skip


@pytest.mark.parametrize("name", ["bao-cao", "quyet-dinh", "cong-van", "du-thao"])
def test_both_files_say_the_golden_text(name: str) -> None:
    paper = {
        "bao-cao": monthly_report(),
        "quyet-dinh": decision(),
        "cong-van": letter(),
        "du-thao": monthly_report(number=None, issued_on=None, draft=True),
    }[name]
    golden = GOLDEN.joinpath(f"{name}.txt").read_text(encoding="utf-8")
    assert "\n".join(docx_lines(render_docx(paper))) + "\n" == golden
    assert letters("".join(pdf_pages(render_pdf(paper, CREATED)))) == letters(golden)


@settings(max_examples=25)
@given(papers())
def test_any_text_is_the_same_in_both_files_and_comes_back(paper: Paper) -> None:
    expected = letters("".join(expected_lines(paper)))
    docx = render_docx(paper)
    assert letters("".join(docx_lines(docx))) == expected
    assert first_difference(poppler_pages(render_pdf(paper, CREATED)), expected, table_headers(paper)) == ""
    edited = read_docx(docx, paper)
    assert edited.onto(paper) == paper


def test_markup_is_printed_and_never_acts() -> None:
    table = Table("#caption $1$", (Column("*a*"), Column("@b")), (row("<x>", "#panic()"),))
    sections = tuple(Section(f"m{at}", line, (BulletList(((Run(line),),)),)) for at, line in enumerate(TYPST))
    paper = monthly_report(body=(*map(prose, TYPST), table, *sections))
    lines = docx_lines(render_docx(paper))
    assert all(line in lines for line in TYPST)
    expected = letters("".join(expected_lines(paper)))
    assert first_difference(poppler_pages(render_pdf(paper, CREATED)), expected, table_headers(paper)) == ""


def test_letters_of_the_highland_languages_are_printed() -> None:
    text = "Y Ƀih Niê Kđăm, buôn Čư̆ Ê̆a, Ơ̆i, H'ñiên"
    paper = monthly_report(body=(prose(text),))
    assert unicodedata.normalize("NFC", text) in docx_lines(render_docx(paper))
    assert "NiêKđăm,buônČ" in letters("".join(pdf_pages(render_pdf(paper, CREATED))))


def test_words_longer_than_a_line_stay_on_the_page() -> None:
    long = "Nguyễn" + "Thị" * 60
    table = Table(long, (Column(long, 0.1), Column("b")), (row(f"{{{10**14}|S01}}", long),))
    signature = replace(monthly_report().signature, name=long)
    paper = monthly_report(body=(prose(long), Section("a", long, (table,))), abstract=long, signature=signature)
    expected = letters("".join(expected_lines(paper)))
    assert first_difference(poppler_pages(render_pdf(paper, CREATED)), expected, table_headers(paper)) == ""


def test_a_row_taller_than_a_page_runs_on_and_loses_nothing() -> None:
    table = Table("T", (Column("A", 0.05), Column("B", 4)), (row("9" * 200, "chữ " * 900), row("{1|S01}", "b")))
    expected = letters("".join(expected_lines(monthly_report(body=(table,)))))
    assert Counter("".join(poppler_pages(render_pdf(monthly_report(body=(table,)), CREATED)))) >= Counter(expected)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render_docx(monthly_report()) == render_docx(monthly_report())
    assert render_pdf(monthly_report(), CREATED) == render_pdf(monthly_report(), CREATED)
    assert render_pdf(monthly_report(), CREATED) == render_pdf(monthly_report(), CREATED.astimezone(UTC))
    later = render_pdf(monthly_report(), CREATED + timedelta(days=1))
    assert hashlib.sha256(later).digest() != hashlib.sha256(render_pdf(monthly_report(), CREATED)).digest()


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        render_pdf(monthly_report(), datetime(2022, 10, 5))  # noqa: DTZ001  the fault under test


def test_the_archived_file_claims_pdf_a_and_pdf_ua_and_is_built_so() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(monthly_report(), CREATED)))
    catalog = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert str(catalog["/Lang"]).lower().startswith("vi")
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata.creation_date == CREATED
    assert "Kết quả triển khai thực hiện Đề án 06" in str(reader.metadata.title)
    assert not reader.is_encrypted
    assert "/AA" not in catalog
    assert "/OpenAction" not in catalog
    assert all("/JavaScript" not in names for names in [catalog.get("/Names", {})])


def test_every_letter_of_the_archived_file_is_tinos_and_embedded() -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(render_pdf(monthly_report(), CREATED))).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        assert "+Tinos" in font["/BaseFont"]
        assert _program(font)
        assert "/ToUnicode" in font


def _program(font: DictionaryObject) -> bytes:
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return descriptor.get("/FontFile2", descriptor.get("/FontFile3")).get_data()


def test_marks_of_urgency_secrecy_circulation_and_draft_are_printed() -> None:
    paper = monthly_report(
        urgency=Urgency.HOA_TOC, secrecy=Secrecy.MAT, circulation="lưu hành nội bộ", number=None, draft=True
    )
    expected = expected_lines(paper)
    assert {"DỰ THẢO", "HỎA TỐC", "MẬT", "LƯU HÀNH NỘI BỘ"} <= set(expected)
    assert docx_lines(render_docx(paper)) == expected
    assert letters("".join(pdf_pages(render_pdf(paper, CREATED)))) == letters("".join(expected))


def test_a_paper_without_closing_words_still_ends_as_the_decree_says() -> None:
    ends_in_text = monthly_report(closing=None, annexes=(), body=(prose("Một đoạn duy nhất."),))
    ends_in_table = monthly_report(closing=None, annexes=(), body=(Table("T", (Column("A"),), (row("1"),)),))
    ends_in_annex = monthly_report(closing=None, body=(prose("Một đoạn duy nhất."),))
    for paper in (ends_in_text, ends_in_table, ends_in_annex):
        before = docx_lines(render_docx(paper))
        assert before[before.index("Nơi nhận:") - 1].endswith("./.")
        assert letters("".join(before)) == letters("".join(pdf_pages(render_pdf(paper, CREATED))))
    assert Paragraph((Run("Một đoạn duy nhất."),)) in read_docx(render_docx(ends_in_text), ends_in_text).body
