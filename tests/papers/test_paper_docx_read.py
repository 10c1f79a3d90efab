"""An edited .docx comes back as sections' text; what does not fit is refused by name, and nothing is half-taken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from dean06.clock.errors import BadInput
from dean06.papers.docx.file import render_docx
from dean06.papers.docx.reading import read_docx
from dean06.papers.errors import DocxRefused
from dean06.papers.pdf.file import render_pdf
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Signature
from dean06.papers.writing.sections import BulletList, Column, Outline, Paragraph, Ref, Run, Section, Table, prose, walk
from papers.reading import docx_lines, letters, pdf_pages, rewritten
from papers.samples import CREATED, decision, letter, monthly_report, row, words

MAIN = "word/document.xml"


def edited(change: Callable[[DocxDocument], None], paper=None) -> bytes:
    document = Document(io.BytesIO(render_docx(paper or monthly_report())))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document: DocxDocument, start: str):
    return next(each for each in document.paragraphs if each.text.startswith(start))


def test_a_file_saved_by_another_program_comes_back_unchanged() -> None:
    for paper in (monthly_report(), decision(), letter()):
        read = read_docx(edited(lambda _: None, paper), paper)
        assert read.onto(paper) == paper


def test_words_a_clerk_changed_come_back_in_their_section() -> None:
    def change(document: DocxDocument) -> None:
        paragraph(document, "Dữ liệu học sinh").runs[0].text = "Dữ liệu học sinh đã được rà soát lại."
        heading = paragraph(document, "V. KIẾN NGHỊ")
        heading.insert_paragraph_before("Một đoạn mới do văn thư thêm.", style="VB Thân văn bản")
        heading.insert_paragraph_before("- Một dòng mới", style="VB Gạch đầu dòng")

    paper = monthly_report()
    read = read_docx(edited(change), paper)
    sections = {section.key: section for section in walk(read.onto(paper).sections)}
    assert sections["han_che"].blocks == (prose("Dữ liệu học sinh đã được rà soát lại."),)
    assert sections["thang_toi"].blocks[-2:] == (
        prose("Một đoạn mới do văn thư thêm."),
        BulletList((words("Một dòng mới"),)),
    )
    assert sections["ket_qua"] == {section.key: section for section in walk(paper.sections)}["ket_qua"]


def test_the_edited_text_is_the_same_in_both_files_again() -> None:
    def change(document: DocxDocument) -> None:
        paragraph(document, "Đề nghị Ủy ban").add_run(" Xin cảm ơn.").bold = True

    again = read_docx(edited(change), monthly_report()).onto(monthly_report())
    assert letters("".join(docx_lines(render_docx(again)))) == letters("".join(pdf_pages(render_pdf(again, CREATED))))
    assert "Xin cảm ơn." in "".join(docx_lines(render_docx(again)))


def test_a_new_heading_is_a_new_section_and_numbers_heal() -> None:
    def change(document: DocxDocument) -> None:
        heading = paragraph(document, "V. KIẾN NGHỊ")
        heading.insert_paragraph_before("7. CÔNG TÁC KHÁC", style="VB Mục cấp 1")
        heading.insert_paragraph_before("Nội dung khác.", style="Normal")

    again = read_docx(edited(change), monthly_report()).onto(monthly_report())
    assert [section.title for section in again.sections][-2:] == ["CÔNG TÁC KHÁC", "KIẾN NGHỊ, ĐỀ XUẤT"]
    assert "VI. KIẾN NGHỊ, ĐỀ XUẤT" in docx_lines(render_docx(again))


def with_attachments():
    chapters = (Section("c1", "CHUNG", (), (Section("d1", "Phạm vi", (prose("Quy chế này quy định."),)),)),)
    table = Table("Danh mục", (Column("A"), Column("B")), (row("1", "2"),))
    return decision(
        second=Signature(title="Thư ký", name="Trần Thị Ghi"),
        attachments=(
            Attachment(
                form=Attached.TEXT, title="Quy chế", abstract="Hoạt động", body=chapters, outline=Outline.CHUONG
            ),
            Attachment(title="Nhiệm vụ", body=(prose("Kèm bảng."), table), landscape=True),
            Attachment(title="Biểu mẫu", body=(prose("Một biểu mẫu."),)),
        ),
    )


def test_words_changed_behind_a_paper_come_back_in_their_attachment() -> None:
    paper = with_attachments()

    def change(document: DocxDocument) -> None:
        paragraph(document, "Quy chế này").runs[0].text = "Quy chế này quy định rõ hơn."
        paragraph(document, "Một biểu mẫu").insert_paragraph_before("Thêm một đoạn.", style="VB Thân văn bản")

    read = read_docx(edited(change, paper), paper).onto(paper)
    assert read.attachments[0].body[0].children[0].blocks == (prose("Quy chế này quy định rõ hơn."),)
    assert read.attachments[1] == paper.attachments[1]
    assert read.attachments[2].body == (prose("Thêm một đoạn."), prose("Một biểu mẫu."))
    assert read.body == paper.body


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (
            "phu_luc",
            lambda text: re.sub(
                r"<w:p><w:pPr><w:pStyle [^>]*/><w:sectPr>.*?</w:sectPr></w:pPr></w:p>", "", text, count=1
            ),
        ),
        ("phan_co_dinh", lambda text: text.replace("NHIỆM VỤ<", "VIỆC<", 1)),
        ("phan_co_dinh", lambda text: text.replace("Phụ lục II<", "Phụ lục III<")),
        ("phan_co_dinh", lambda text: text.replace("Trần Thị Ghi", "Trần Thị Khác")),
    ],
)
def test_annexes_and_their_heads_are_not_changed_in_the_file(code: str, change: Callable[[str], str]) -> None:
    paper = with_attachments()
    with pytest.raises(DocxRefused) as refused:
        read_docx(rewritten(render_docx(paper), MAIN, change), paper)
    assert code in {misfit.code for misfit in refused.value.misfits}


def test_keys_of_paragraphs_come_back() -> None:
    body = (
        Section("ii.1", "MỤC", (Paragraph(words("Đã đối soát {12|S01} bản ghi."), "ii.1.1"), prose("Hai", "ii.1-b_c"))),
    )
    paper = monthly_report(body=body)
    assert read_docx(edited(lambda _: None, paper), paper).body == body


def test_a_number_cut_into_runs_by_the_word_processor_is_still_one() -> None:
    paper = monthly_report(body=(Paragraph((Run("Đã có "), Ref("18.244", "S26"), Run(" bản ghi"))),))

    def cut(text: str) -> str:
        run = '<w:r><w:rPr><w:rStyle w:val="VBSoLieu"/></w:rPr><w:t xml:space="preserve">18.244</w:t></w:r>'
        assert run in text
        return text.replace(
            run, run.replace("18.244", "18.") + '<w:proofErr w:type="spellStart"/>' + run.replace("18.", "")
        )

    assert read_docx(rewritten(render_docx(paper), MAIN, cut), paper).body == paper.body


def test_a_number_that_lost_its_style_is_read_by_its_digits() -> None:
    paper = monthly_report(body=(Paragraph((Run("Đã có "), Ref("18.244", "S26"), Run(" bản ghi"))),))
    plain = rewritten(
        render_docx(paper), MAIN, lambda text: re.sub(r'<w:rPr><w:rStyle w:val="VBSoLieu"/></w:rPr>', "", text)
    )
    assert read_docx(plain, paper).body == paper.body


RUN = "<w:r><w:t>Chữ thêm</w:t></w:r>"
DELETED = '<w:del w:id="9" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>'
BARE_TABLE = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
CAPTION = '<w:p><w:pPr><w:pStyle w:val="VBCaption"/></w:pPr><w:r><w:t>Bảng 9. X</w:t></w:r></w:p>'
NUMBERED = '<w:p><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>'
MIDDLE = '<w:vAlign w:val="center"/></w:tcPr>'
PLACE = "Dữ liệu học sinh"


def beside(extra: str) -> Callable[[str], str]:
    """Put XML after the first run of a body paragraph."""

    def change(text: str) -> str:
        at = text.index("</w:r>", text.index(PLACE)) + len("</w:r>")
        return text[:at] + extra + text[at:]

    return change


def before_heading(extra: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        at = text.index('<w:p><w:pPr><w:pStyle w:val="VBHeading1"/>')
        return text[:at] + extra + text[at:]

    return change


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


BAD = {
    "tracked_insertion": ("sua_doi_theo_doi", beside(f'<w:ins w:id="9" w:author="a">{RUN}</w:ins>')),
    "tracked_deletion": ("sua_doi_theo_doi", beside(DELETED)),
    "picture": ("hinh_anh", beside("<w:r><w:drawing/></w:r>")),
    "old_picture": ("hinh_anh", beside("<w:r><w:pict/></w:r>")),
    "embedded_object": ("hinh_anh", beside("<w:r><w:object/></w:r>")),
    "comment": ("binh_luan", beside('<w:commentRangeStart w:id="1"/>')),
    "field": ("truong", beside('<w:fldSimple w:instr="DATE"/>')),
    "footnote": ("chu_thich", beside('<w:r><w:footnoteReference w:id="1"/></w:r>')),
    "content_control": ("khoi_noi_dung", before_heading("<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>")),
    "formula": ("cong_thuc", beside('<m:oMath xmlns:m="urn:m"/>')),
    "symbol": ("ky_hieu", beside('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')),
    "strange_element": ("thanh_phan_la", beside("<w:r><w:ruby/></w:r>")),
    "page_break": ("ngat_trang", beside('<w:r><w:br w:type="page"/></w:r>')),
    "raised": ("chu_nang", beside('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>')),
    "struck": ("chu_gach_an", beside("<w:r><w:rPr><w:strike/></w:rPr><w:t>bỏ</w:t></w:r>")),
    "hidden": ("chu_gach_an", beside("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>")),
    "unprintable": ("ky_tu", beside("<w:r><w:t>\U0001f600</w:t></w:r>")),
    "changed_number": ("so_lieu", swap(">18.244<", ">18.245<")),
    "invented_code": ("so_lieu", swap(">[S31]<", ">[S99]<")),
    "orphan_code": ("ma_nguon", beside('<w:r><w:rPr><w:rStyle w:val="VBMaNguon"/></w:rPr><w:t>[S26]</w:t></w:r>')),
    "changed_head": ("phan_co_dinh", swap("Số: 05/BC", "Số: 06/BC")),
    "changed_date": ("phan_co_dinh", swap("ngày 05 tháng 10", "ngày 06 tháng 10")),
    "changed_abstract": ("phan_co_dinh", swap("Kết quả triển khai", "Tình hình triển khai")),
    "changed_signer": ("phan_co_dinh", swap("Lê Quang Thử", "Lê Quang Khác")),
    "changed_recipient": ("phan_co_dinh", swap("- Công an tỉnh (PC06);", "- Công an tỉnh;")),
    "changed_annex": ("phan_co_dinh", swap("01234567 89abcdef", "01234567 89abcdee")),
    "skipped_level": ("cap_muc", swap('<w:pStyle w:val="VBHeading1"/>', '<w:pStyle w:val="VBHeading3"/>')),
    "table_without_caption": ("bang", before_heading(BARE_TABLE)),
    "merged_cells": ("bang", swap(MIDDLE, f"<w:vMerge/>{MIDDLE}")),
    "caption_without_table": ("ten_bang", before_heading(CAPTION)),
    "automatic_numbers": ("danh_so", before_heading(NUMBERED)),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_refused_by_name(name: str) -> None:
    code, change = BAD[name]
    with pytest.raises(DocxRefused) as refused:
        read_docx(rewritten(render_docx(monthly_report()), MAIN, change), monthly_report())
    assert code in {misfit.code for misfit in refused.value.misfits}
    assert all(misfit.vi and misfit.en and misfit.where for misfit in refused.value.misfits)


def test_all_reasons_are_listed_at_once() -> None:
    changes = [BAD[name][1] for name in ("picture", "tracked_insertion", "changed_number", "changed_signer")]

    def change(text: str) -> str:
        for each in changes:
            text = each(text)
        return text

    with pytest.raises(DocxRefused) as refused:
        read_docx(rewritten(render_docx(monthly_report()), MAIN, change), monthly_report())
    assert {misfit.code for misfit in refused.value.misfits} == {
        "hinh_anh",
        "sua_doi_theo_doi",
        "so_lieu",
        "phan_co_dinh",
    }


def test_a_file_without_its_head_is_refused() -> None:
    with pytest.raises(DocxRefused) as refused:
        read_docx(
            rewritten(render_docx(monthly_report()), MAIN, lambda text: re.sub(r"<w:tbl>.*</w:tbl>", "", text)),
            monthly_report(),
        )
    assert "mau" in {misfit.code for misfit in refused.value.misfits}


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "không phải .docx"),
        (b"%PDF-1.7 ...", "không phải .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu"),
        (packed(a=b"x"), "không phải .docx"),
        (packed(word__document_xml=b"x"), "không phải .docx"),
        (packed(**{"word/document.xml": b"<broken"}), "không phải .docx"),
        (packed(**{"word/document.xml": b"<w/>"}), "không phải .docx"),
        (packed(**{"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "macro"),
        (packed(**{"word/document.xml": b"<w>" + b" " * 31_000_000}), "bung ra quá lớn"),
        (packed(**{f"p{at}": b"" for at in range(2_001)}), "quá nhiều"),
        (render_docx(monthly_report())[:3_000], "không phải .docx"),
    ],
    ids=["empty", "pdf", "password", "zip", "other", "broken", "no_body", "macro", "bomb", "many", "cut"],
)
def test_what_is_no_whole_docx_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_docx(data, monthly_report())


def test_entities_of_a_strangers_file_are_not_expanded() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(text: str) -> str:
        head, rest = text.split("?>", 1)
        return f"{head}?>{bomb}{rest.replace('Dữ liệu học sinh', '&b; học sinh', 1)}"

    data = rewritten(render_docx(monthly_report()), MAIN, change)
    with pytest.raises(BadInput, match=r"không phải \.docx"):
        read_docx(data, monthly_report())
