"""A paper that breaks a rule cannot be constructed; one that can is in one form."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter

from dean06.papers.errors import PaperRefused
from dean06.papers.forms.kinds import KINDS
from dean06.papers.printing.letters import balanced, face
from dean06.papers.writing.attachments import Attachment
from dean06.papers.writing.document import AnnexNote, CopyForm, CopyMark, Issuer, Paper, Signature, SignForm
from dean06.papers.writing.sections import BulletList, Column, Outline, Paragraph, Ref, Run, Section, Table, prose
from dean06.papers.writing.wording import number, signature_lines
from papers.samples import decision, letter, monthly_report, row, words
from papers.strategies import papers


def _points(count: int) -> tuple[Section, ...]:
    points = tuple(Section(f"d{at}", "", (prose("Điểm."),)) for at in range(count))
    return (Section("i", "I", (), (Section("k", "1", (), points),)),)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"kind": "XX"}, "loại văn bản"),
        ({"symbol": "QĐ-TCTĐA"}, "ký hiệu"),
        ({"symbol": "BC - TCTĐA"}, "ký hiệu"),
        ({"symbol": "BC-TCT/ĐA"}, "ký hiệu"),
        ({"number": 0}, "số văn bản"),
        ({"draft": True}, "số văn bản"),
        ({"abstract": "  "}, "trích yếu"),
        ({"place": ""}, "địa danh"),
        ({"recipients": ("Công an tỉnh", ".")}, "nơi nhận"),
        ({"kept_by": ("CA",)}, "nơi nhận"),
        ({"kept_by": ()}, "nơi nhận"),
        ({"body": ()}, "thân văn bản"),
        ({"body": (Section("a", "A"), prose("sau mục"))}, "thân văn bản"),
        ({"body": (Section("a", "A"), Section("a", "B"))}, "mục"),
        ({"body": (prose("một", "p"), prose("hai", "p"))}, "đoạn văn"),
        ({"body": _points(24)}, "mục k"),
        ({"abstract": "Báo cáo \U0001f600"}, "trích yếu"),
        ({"abstract": "dòng một\ndòng hai"}, "trích yếu"),
        ({"abstract": "che \u202emắt"}, "trích yếu"),
        ({"abstract": "trang \u200b trắng"}, "trích yếu"),
        ({"abstract": "thư mục שלום"}, "trích yếu"),
        ({"abstract": "dấu \u0301đứng riêng"}, "trích yếu"),
        ({"abstract": "hỏng \ud800"}, "trích yếu"),
        ({"abstract": "riêng \ue000"}, "trích yếu"),
    ],
)
def test_a_paper_against_the_rules_is_refused_at_its_part(changes: dict[str, object], where: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        monthly_report(**changes)
    assert refused.value.where == where
    assert refused.value.exit_code == 3
    assert refused.value.explain("en") != refused.value.explain("vi")


def test_a_fourth_level_is_refused() -> None:
    deep = Section("a", "A", (), (Section("b", "B", (), (Section("c", "C", (), (Section("d", "D"),)),)),))
    with pytest.raises(PaperRefused):
        monthly_report(body=(deep,))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Ref("12", "mã dẫn"),
        lambda: Ref("", "S01"),
        lambda: Paragraph((Run("   "),)),
        lambda: BulletList(()),
        lambda: BulletList(((Run(" "),),)),
        lambda: Table("T", (), ()),
        lambda: Table("T", (Column("A"),), ()),
        lambda: Table("T", (Column("A"),), (row("1", "2"),)),
        lambda: Column("A", share=0),
        lambda: Section("Hoa", "A"),
        lambda: Section("a" * 29, "A"),
        lambda: Section("a", "", (BulletList((words("x"),)),)),
        lambda: Issuer(body=()),
        lambda: AnnexNote(title="Phụ lục", file_name="a.xlsx", sha256="AB"),
        lambda: Signature(form=SignForm.KT, title="Phó"),
        lambda: Signature(form=SignForm.TM, title="Tổ trưởng"),
        lambda: Signature(form=SignForm.OWN, title="Tổ trưởng", signed_for="Chủ tịch"),
        lambda: Signature(form=SignForm.KT, title="Phó", signed_for="Trưởng", deputised="Trưởng phòng"),
        lambda: Attachment(title="", body=(prose("a"),)),
        lambda: Attachment(title="ῖ", body=(prose("a"),)),
        lambda: Attachment(title="A", body=()),
        lambda: Attachment(title="A", body=(prose("a"), Section("a", "", (prose("b"),))), outline=Outline.CHUONG),
        lambda: CopyMark(form=CopyForm.SAO_Y, agency="A", at=datetime(2026, 1, 1)),  # noqa: DTZ001  the fault under test
    ],
)
def test_a_part_against_the_rules_is_refused(make) -> None:
    with pytest.raises(PaperRefused):
        make()


def test_a_refusal_holds_no_text_of_the_paper() -> None:
    with pytest.raises(PaperRefused) as refused:
        monthly_report(signature=Signature(title="Tổ trưởng", name="Ngô Bí Mật \U0001f600"))
    assert "Ngô" not in refused.value.vi + refused.value.en
    assert "U+1F600" in refused.value.vi


def test_a_draft_may_lack_its_signer_and_a_final_paper_may_not() -> None:
    unsigned = Signature(title="Tổ trưởng")
    assert monthly_report(draft=True, number=None, signature=unsigned).signature.name == ""
    with pytest.raises(PaperRefused, match="họ tên người ký"):
        monthly_report(signature=unsigned)


def test_text_is_composed_and_spaces_are_single() -> None:
    paper = monthly_report(abstract=unicodedata.normalize("NFD", "  Kết   quả  thực hiện "))
    assert paper.abstract == "Kết quả thực hiện"
    spread = (Run("một "), Run("hai"), Run(" "), Run(" ba", bold=True), Run("", italic=True))
    assert (
        Paragraph(spread).words == (Run("một hai "), Run(" ba", bold=True)) == Paragraph(Paragraph(spread).words).words
    )


def test_stops_at_the_end_of_lists_are_the_papers_own() -> None:
    paper = monthly_report(recipients=("Công an tỉnh;", "Các xã ."), closing=prose("Kính báo cáo./."))
    assert paper.recipients == ("Công an tỉnh", "Các xã")
    assert paper.closing == prose("Kính báo cáo")


@settings(max_examples=25)
@given(papers())
def test_a_paper_survives_its_record_and_its_own_construction(paper: Paper) -> None:
    record = TypeAdapter(Paper)
    assert record.validate_python(record.dump_python(paper, mode="json")) == paper
    assert record.validate_json(record.dump_json(paper)) == paper


def test_numbers_keep_their_codes_in_reading_order() -> None:
    codes = [ref.ref for ref in monthly_report().refs()]
    assert codes[:6] == ["V01", "H01", "N10", "S26", "S27", "S30"]
    assert codes[-1] == "N09"


@pytest.mark.parametrize(
    ("signature", "above", "below"),
    [
        (
            Signature(form=SignForm.KT, signed_for="Tổ trưởng", title="Tổ phó", post="Chánh Văn phòng", name="Lê A"),
            ("KT. TỔ TRƯỞNG", "TỔ PHÓ", "CHÁNH VĂN PHÒNG"),
            ("Lê A",),
        ),
        (
            Signature(form=SignForm.TM, collective="Ủy ban nhân dân", title="Chủ tịch", name="Lê A"),
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            ("Lê A",),
        ),
        (
            Signature(
                form=SignForm.KT, collective="Ủy ban nhân dân", signed_for="Chủ tịch", title="Phó Chủ tịch", name="Lê A"
            ),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            ("Lê A",),
        ),
        (
            Signature(form=SignForm.TUQ, signed_for="Chủ tịch", title="Trưởng phòng", name="Lê A"),
            ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"),
            ("Lê A",),
        ),
        (
            Signature(form=SignForm.TL, signed_for="Chủ tịch", title="Chánh Văn phòng", name="Lê A"),
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
            ("Lê A",),
        ),
        (
            Signature(
                form=SignForm.TL,
                signed_for="Chủ tịch",
                deputised="Chánh Văn phòng",
                title="Phó Chánh Văn phòng",
                name="Lê A",
            ),
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
            ("Lê A",),
        ),
        (
            Signature(form=SignForm.Q, collective="Ủy ban nhân dân", title="Chủ tịch", name="Lê A"),
            ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
            ("Lê A",),
        ),
        (Signature(form=SignForm.Q, title="Trưởng phòng", name="Lê A"), ("Q. TRƯỞNG PHÒNG",), ("Lê A",)),
        (
            Signature(title="Tổ trưởng", post="Chủ tịch", name="Lê A", post_below=True),
            ("TỔ TRƯỞNG",),
            ("CHỦ TỊCH", "Lê A"),
        ),
    ],
)
def test_the_signature_is_worded_as_its_form_asks(signature, above, below) -> None:
    assert signature_lines(signature) == (above, below)


def test_kinds_are_those_of_appendix_three() -> None:
    abbrevs = [kind.abbrev for kind in KINDS.values() if kind.abbrev and kind.of_decree]
    assert len(set(abbrevs)) == len(abbrevs) == 27
    assert {"NQ", "QĐ", "CT", "QyĐ", "CTr", "TTr", "BGN", "GNP", "CĐ"} <= set(abbrevs)
    assert letter().type.abbrev == ""
    assert decision().type.enacting == "QUYẾT ĐỊNH:"


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert [number(0), number(4812), number(1234567)] == ["0", "4.812", "1.234.567"]
    assert number(1234, 2) == "1.234,00"


def test_lines_of_the_head_are_broken_evenly_and_lose_no_letter() -> None:
    name = "TỔ CÔNG TÁC TRIỂN KHAI ĐỀ ÁN PHÁT TRIỂN ỨNG DỤNG DỮ LIỆU VỀ DÂN CƯ, ĐỊNH DANH VÀ XÁC THỰC ĐIỆN TỬ"
    lines = balanced(name, 12, 68, bold=True)
    widths = [face(bold=True).width(line, 12) for line in lines]
    assert " ".join(lines) == name
    assert max(widths) <= 68
    assert min(widths) > 0.6 * max(widths)
