"""The archived page as it is drawn, to the millimetre and the point, against Decree 30/2020, Appendix I."""

from __future__ import annotations

from typing import Any

import pytest

from dean06.papers.checks import decree30 as decree
from dean06.papers.pdf.file import render_pdf
from dean06.papers.pdf.measure import Drawing, Drawn, sheets
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import CopyForm, CopyMark, Paper, Signature, Urgency
from dean06.papers.writing.sections import Outline, Section, prose
from papers.samples import CREATED, decision, letter, monthly_report

LEFT, RIGHT, TOP, BOTTOM = 30.0, 195.0, 20.0, 277.0
LONG = monthly_report(body=(*(prose(f"Đoạn văn thứ {at} của báo cáo dài nhiều trang. " * 6) for at in range(1, 40)),))


def right_edge(drawn: Drawn) -> float:
    return drawn.right


def pages(paper: Paper) -> list[Drawing]:
    return sheets(render_pdf(paper, CREATED))


@pytest.mark.parametrize(
    "paper", [monthly_report(), decision(), letter(), LONG], ids=["bao-cao", "quyet-dinh", "cong-van", "dai"]
)
def test_every_page_is_a4_and_keeps_its_margins(paper: Paper) -> None:
    for number, sheet in enumerate(pages(paper), start=1):
        assert (sheet.width, sheet.height) == pytest.approx((210, 297), abs=0.01)
        body = [each for each in sheet.drawn if each.y > TOP]
        assert min(each.x for each in body) >= LEFT - 0.01
        assert max(right_edge(each) for each in body) <= RIGHT + 0.8  # without kerning a line measures a little longer
        assert max(each.y for each in body) <= BOTTOM
        in_top_margin = [each for each in sheet.drawn if each.y <= TOP]
        assert [each.text for each in in_top_margin] == ([] if number == 1 else [str(number)])


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_page_two() -> None:
    later = pages(LONG)[1:]
    assert len(later) >= 2
    for sheet in later:
        (number,) = [each for each in sheet.drawn if each.y <= TOP]
        assert 13 <= number.size <= 14
        assert number.font == "Tinos"
        assert (number.x + right_edge(number)) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.1)


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        (decree.NATION, decree.NATION_SET),
        (decree.MOTTO, decree.MOTTO_SET),
        ("UBND HUYỆN", decree.PARENT_SET),
        ("TRIỂN KHAI ĐỀ ÁN 06", decree.ISSUER_SET),
        ("Số: 05/", decree.NUMBER_SET),
        ("Quảng Ninh, ngày 05", decree.DATE_SET),
        ("BÁO CÁO", decree.TYPE_SET),
        ("Kết quả triển khai", decree.ABSTRACT_SET),
        ("Kính gửi:", decree.ADDRESSEE_SET),
        ("Thực hiện Quy chế", decree.BODY_SET),
        ("Nơi nhận:", decree.LABEL_SET),
        ("- Như trên;", decree.RECIPIENT_SET),
        ("- Lưu: VT, CA.", decree.RECIPIENT_SET),
        ("KT. TỔ TRƯỞNG", decree.AUTHORITY_SET),
        ("TRƯỞNG CÔNG AN HUYỆN", decree.AUTHORITY_SET),
        ("Thượng tá Lê Quang Thử", decree.NAME_SET),
    ],
)
def test_each_part_has_its_size_and_style(text: str, setting: decree.Setting) -> None:
    drawn = next(each for sheet in pages(monthly_report()) for each in sheet.drawn if text in each.text)
    assert setting.sizes[0] <= drawn.size <= setting.sizes[1]
    assert (drawn.font, drawn.bold, drawn.italic) == ("Tinos", setting.bold, setting.italic)


def test_rules_under_agency_motto_and_abstract_have_their_length_and_place() -> None:
    sheet = pages(monthly_report())[0]
    agency, motto, abstract = sheet.strokes[:3]
    name, words = sheet.find("TRIỂN KHAI ĐỀ ÁN 06"), sheet.find(decree.MOTTO)
    line = sheet.find("địa bàn huyện Quảng Ninh tháng 9")
    assert motto.length == pytest.approx(right_edge(words) - words.x, rel=0.02)
    for rule, text in ((agency, name), (abstract, line)):
        width = right_edge(text) - text.x
        assert width / 3 <= rule.length <= width / 2
    for rule, text in ((agency, name), (motto, words), (abstract, line)):
        assert 0 < rule.y - text.y < 4
        assert rule.x + rule.length / 2 == pytest.approx((text.x + right_edge(text)) / 2, abs=0.6)


def test_number_and_date_stand_on_one_line_and_each_column_on_its_axis() -> None:
    sheet = pages(monthly_report())[0]
    number, day = sheet.find("Số: 05/"), sheet.find("ngày 05 tháng 10")
    assert number.y == pytest.approx(day.y, abs=0.01)
    for text, axis in (("UBND HUYỆN", 65.0), ("Số: 05/", 65.0), (decree.NATION, 147.5), ("ngày 05 tháng 10", 147.5)):
        drawn = sheet.find(text)
        assert (drawn.x + right_edge(drawn)) / 2 == pytest.approx(axis, abs=0.6)


def test_paragraphs_are_indented_and_spaced() -> None:
    sheet = pages(monthly_report())[0]
    first, second = sheet.find("Thực hiện Quy chế"), sheet.find("Quảng Ninh, Tổ công tác báo cáo")
    assert first.x - LEFT == pytest.approx(12.7, abs=0.05)
    assert second.x == pytest.approx(LEFT, abs=0.05)
    single = 14 * 1.149 * 25.4 / 72
    assert single <= second.y - first.y <= 1.5 * single
    last, heading = sheet.find("như sau:"), sheet.find("CÔNG TÁC CHỈ ĐẠO")
    assert heading.y - last.y >= (second.y - first.y) + 6 * 25.4 / 72 - 0.01


@pytest.mark.parametrize("ending", [{}, {"closing": None}, {"closing": None, "annexes": ()}])
def test_the_signature_block_is_never_parted_from_the_end_of_the_text(ending: dict[str, Any]) -> None:
    for length in range(20, 32):
        body = tuple(
            prose(f"Đoạn {at} đủ dài để chiếm hai dòng của trang giấy khi in ra, như báo cáo thật.")
            for at in range(length)
        )
        last = pages(monthly_report(body=body, **ending))[-1]
        texts = [each.text for each in last.drawn]
        assert any(text.endswith("./.") for text in texts)
        assert "Nơi nhận:" in texts
        assert "Thượng tá Lê Quang Thử" in texts


def test_the_mark_of_urgency_is_a_box_of_the_size_the_decree_gives() -> None:
    paper = letter(urgency=Urgency.HOA_TOC)
    sheet = pages(paper)[0]
    mark, number = sheet.find("HỎA TỐC"), sheet.find("Số: 108/")
    assert 13 <= mark.size <= 14
    assert (mark.font, mark.bold) == ("Tinos", True)
    assert mark.y > number.y
    assert right_edge(mark) - mark.x < 30


def test_a_second_signer_a_drafters_code_and_a_copys_mark_have_their_places() -> None:
    mark = CopyMark(form=CopyForm.SAO_Y, agency="Văn phòng HĐND và UBND huyện", at=CREATED)
    second = Signature(title="Thư ký", name="Trần Thị Ghi")
    (sheet,) = pages(decision(second=second, drafter="NVA.15", copy_mark=mark))
    left, right = sheet.find("Trần Thị Ghi"), sheet.find("Hoàng Văn Mẫu")
    assert left.y == pytest.approx(right.y, abs=0.01)
    titles = [each for each in sheet.drawn if each.text == "TỔ TRƯỞNG TỔ CÔNG TÁC" and each.y > 150]
    assert sheet.find("THƯ KÝ").y == pytest.approx(titles[0].y, abs=0.01)
    assert left.x < right.x
    assert sheet.find("Nơi nhận:").y > left.y
    code = sheet.find("NVA.15")
    assert (code.size, code.bold, code.x) == (11, False, pytest.approx(LEFT, abs=0.05))
    copied = sheet.find("SAO Y; Văn phòng")
    assert (copied.size, copied.bold, copied.italic) == (10, False, False)
    assert copied.y < TOP
    assert right_edge(copied) == pytest.approx(RIGHT, abs=0.8)
    assert copied.text.endswith("2022-10-05T09:30:00+07:00")


def test_an_annex_is_set_and_numbered_as_the_decree_says() -> None:
    annexes = tuple(
        Attachment(title=title, body=tuple(prose("Nội dung. " * 40) for _ in range(12)), landscape=wide)
        for title, wide in (("Danh mục nhiệm vụ", False), ("Bảng số liệu", True))
    )
    sheets_ = pages(decision(attachments=annexes))
    firsts = [at for at, sheet in enumerate(sheets_) if any(each.text.startswith("Phụ lục") for each in sheet.drawn)]
    assert len(firsts) == 2
    for at, name, title in zip(firsts, ("Phụ lục I", "Phụ lục II"), ("DANH MỤC NHIỆM VỤ", "BẢNG SỐ LIỆU"), strict=True):
        sheet, after = sheets_[at], sheets_[at + 1]
        label, named, note = sheet.find(name), sheet.find(title), sheet.find("(Kèm theo Quyết định số 12/QĐ-TCTĐA")
        assert (label.size, label.bold, named.bold, note.bold, note.italic) == (14, True, True, False, True)
        assert 13 <= named.size <= 14
        assert label.y < named.y < note.y
        assert not [each for each in sheet.drawn if each.y <= TOP]
        assert [each.text for each in after.drawn if each.y <= TOP] == ["2"]
    wide = sheets_[firsts[1]]
    assert (wide.width, wide.height) == pytest.approx((297, 210), abs=0.01)
    assert (sheets_[0].width, sheets_[0].height) == pytest.approx((210, 297), abs=0.01)


def test_a_chapter_stands_in_the_middle_above_its_articles() -> None:
    body = (Section("c", "QUY ĐỊNH CHUNG", (), (Section("d", "Phạm vi", (prose("Quy chế này."),)),)),)
    text = Attachment(form=Attached.TEXT, title="Quy chế", abstract="Hoạt động", body=body, outline=Outline.CHUONG)
    sheet = pages(decision(attachments=(text,)))[1]
    for words in ("Chương I", "QUY ĐỊNH CHUNG", "QUY CHẾ", "Hoạt động"):
        drawn = sheet.find(words)
        assert (drawn.x + right_edge(drawn)) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.6)
        assert drawn.bold
    assert sheet.find("Chương I").y < sheet.find("QUY ĐỊNH CHUNG").y < sheet.find("Điều 1.").y
