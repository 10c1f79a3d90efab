"""The checker passes our papers and finds each planted departure, with the address of its rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.papers.checklist import check_docx
from dean06.papers.document import Paper, Urgency
from dean06.papers.docx_file import render_docx
from dean06.papers.wording import number_line, place_date_line
from papers.reading import rewritten
from papers.samples import decision, letter, monthly_report


@pytest.mark.parametrize(
    "paper",
    [
        monthly_report(),
        monthly_report(number=None, issued_on=None, draft=True, urgency=Urgency.KHAN),
        decision(),
        letter(),
        letter(addressees=("Công an huyện",)),
    ],
    ids=["bao-cao", "du-thao", "quyet-dinh", "cong-van", "mot-noi-nhan"],
)
def test_our_papers_depart_in_nothing(paper: Paper) -> None:
    assert check_docx(render_docx(paper)) == ()


@dataclass(frozen=True)
class Plant:
    rule: str
    part: str
    change: Callable[[str], str]
    where: str = "word/document.xml"
    paper: Paper | None = None
    follows: str = ""


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, "the planting place is gone"
        return text.replace(old, new, count)

    return change


def style(name: str, old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        found = re.search(rf'<w:style [^>]*><w:name w:val="{name}"/>.*?</w:style>', text)
        assert found is not None
        assert old in found.group(), "the planting place is gone"
        return text.replace(found.group(), found.group().replace(old, new))

    return change


STYLES = "word/styles.xml"
BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"
WIDER = "mục II.5"  # a rule set by its indents changes with the width of the text
PLANTS = {
    "letter_paper": Plant("mục I.1", "khổ giấy", swap('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    "landscape": Plant(
        "mục I.1", "khổ giấy", swap('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'), follows=WIDER
    ),
    "top_margin": Plant("mục I.3", "lề trên", swap('w:top="1134"', 'w:top="900"')),
    "bottom_margin": Plant("mục I.3", "lề dưới", swap('w:bottom="1134"', 'w:bottom="1701"')),
    "left_margin": Plant("mục I.3", "lề trái", swap('w:left="1701" w:header', 'w:left="1440" w:header')),
    "right_margin": Plant(
        "mục I.3", "lề phải", swap('w:right="850" w:bottom', 'w:right="1440" w:bottom'), follows=WIDER
    ),
    "font": Plant("mục I.4", "phông chữ", swap('w:ascii="Times New Roman"', 'w:ascii="Arial"'), STYLES),
    "colour": Plant("mục I.4", "phông chữ", swap('w:val="000000"/><w:kern', 'w:val="1F3864"/><w:kern'), STYLES),
    "numbered_first_page": Plant("mục I.7", "số trang", swap("<w:titlePg/>", "")),
    "number_at_the_right": Plant("mục I.7", "số trang", style("VB Số trang", '"center"', '"right"'), STYLES),
    "small_number": Plant("mục I.7", "số trang", style("VB Số trang", 'sz w:val="26"', 'sz w:val="22"'), STYLES),
    "no_number": Plant("mục I.7", "số trang", swap("PAGE", "DATE"), "word/header1.xml"),
    "nation_size": Plant("mục II.1", "Quốc hiệu", style("VB Quốc hiệu", 'sz w:val="24"', 'sz w:val="28"'), STYLES),
    "nation_light": Plant("mục II.1", "Quốc hiệu", style("VB Quốc hiệu", BOLD, ""), STYLES),
    "nation_missing": Plant("mục II.1", "Quốc hiệu", swap("CHỦ NGHĨA VIỆT NAM", "CHỦ NGHĨA")),
    "motto_hyphens": Plant("mục II.1", "Tiêu ngữ", swap("Độc lập - Tự do", "Độc lập-Tự do")),
    "motto_slanted": Plant("mục II.1", "Tiêu ngữ", style("VB Tiêu ngữ", BOLD, BOLD + ITALIC), STYLES),
    "motto_rule": Plant("mục II.1", "Tiêu ngữ", lambda text: rule(text, 1, 2000)),
    "issuer_light": Plant("mục II.2", "tên cơ quan ban hành", swap("TỔ CÔNG TÁC<", "Tổ công tác<")),
    "issuer_rule_long": Plant("mục II.2", "tên cơ quan ban hành", lambda text: rule(text, 0, 500)),
    "issuer_rule_gone": Plant("mục II.2", "tên cơ quan ban hành", lambda text: rule(text, 0, None)),
    "parent_slanted": Plant(
        "mục II.2", "tên cơ quan chủ quản", style("VB Cơ quan chủ quản", "<w:rPr>", f"<w:rPr>{ITALIC}"), STYLES
    ),
    "number_size": Plant("mục II.3", "số, ký hiệu", style("VB Số, ký hiệu", 'sz w:val="26"', 'sz w:val="28"'), STYLES),
    "number_zero": Plant("mục II.3", "số, ký hiệu", swap("Số: 05/", "Số: 5/")),
    "number_spaced": Plant("mục II.3", "số, ký hiệu", swap("Số: 05/BC-", "Số: 05 / BC - ")),
    "number_missing": Plant("mục II.3", "số, ký hiệu", swap("Số: 05/BC-TCTĐA", "BC-TCTĐA")),
    "day_zero": Plant("mục II.4", "địa danh và thời gian", swap("ngày 05 tháng 10", "ngày 5 tháng 10")),
    "month_zero": Plant("mục II.4", "địa danh và thời gian", swap("tháng 10 năm 2022<", "tháng 2 năm 2022<")),
    "month_zero_too_many": Plant("mục II.4", "địa danh và thời gian", swap("tháng 10 năm 2022<", "tháng 09 năm 2022<")),
    "date_in_figures": Plant("mục II.4", "địa danh và thời gian", swap("ngày 05 tháng 10 năm 2022", "ngày 05/10/2022")),
    "date_upright": Plant("mục II.4", "địa danh và thời gian", style("VB Địa danh, thời gian", ITALIC, ""), STYLES),
    "type_small": Plant("mục II.5", "tên loại", style("VB Tên loại", 'sz w:val="28"', 'sz w:val="32"'), STYLES),
    "type_lower": Plant("mục II.5", "tên loại", swap("BÁO CÁO", "Báo cáo")),
    "abstract_light": Plant("mục II.5", "trích yếu", style("VB Trích yếu", BOLD, ""), STYLES),
    "abstract_rule": Plant("mục II.5", "trích yếu", lambda text: rule(text, 2, 1000)),
    "letter_abstract": Plant(
        "mục II.5",
        "trích yếu công văn",
        style("VB Trích yếu công văn", 'sz w:val="24"', 'sz w:val="28"'),
        STYLES,
        letter(),
    ),
    "body_size": Plant("mục II.6", "nội dung", style("VB Thân văn bản", 'sz w:val="28"', 'sz w:val="24"'), STYLES),
    "body_indent": Plant(
        "mục II.6", "nội dung", style("VB Thân văn bản", 'firstLine="720"', 'firstLine="400"'), STYLES
    ),
    "body_left": Plant("mục II.6", "nội dung", style("VB Thân văn bản", '"both"', '"left"'), STYLES),
    "body_gap": Plant("mục II.6", "nội dung", style("VB Thân văn bản", 'after="120"', 'after="0"'), STYLES),
    "body_lines": Plant("mục II.6", "nội dung", style("VB Thân văn bản", 'line="276"', 'line="480"'), STYLES),
    "body_end": Plant("mục II.6", "nội dung", swap("chỉ đạo./.", "chỉ đạo.")),
    "ground_end": Plant("mục II.6", "căn cứ", swap("của Tổ công tác;", "của Tổ công tác,"), paper=decision()),
    "authority_lower": Plant("mục II.7", "quyền hạn, chức vụ của người ký", swap("KT. TỔ TRƯỞNG", "KT. Tổ trưởng")),
    "authority_size": Plant(
        "mục II.7",
        "quyền hạn, chức vụ của người ký",
        style("VB Quyền hạn, chức vụ", 'sz w:val="28"', 'sz w:val="24"'),
        STYLES,
    ),
    "name_light": Plant("mục II.7", "họ tên người ký", style("VB Họ tên", BOLD, ""), STYLES),
    "name_with_degree": Plant("mục II.7", "họ tên người ký", swap("Thượng tá Lê", "TS. Lê")),
    "label_size": Plant("mục II.9", "từ Nơi nhận", style("VB Nơi nhận", 'sz w:val="24"', 'sz w:val="28"'), STYLES),
    "label_upright": Plant("mục II.9", "từ Nơi nhận", style("VB Nơi nhận", ITALIC, ""), STYLES),
    "label_missing": Plant("mục II.9", "từ Nơi nhận", swap("Nơi nhận:", "Gửi:")),
    "recipients_size": Plant(
        "mục II.9", "danh sách nơi nhận", style("VB Nơi nhận, từng nơi", 'sz w:val="22"', 'sz w:val="26"'), STYLES
    ),
    "recipients_stop": Plant("mục II.9", "danh sách nơi nhận", swap("Các thành viên Tổ công tác;", "Các thành viên;,")),
    "archive_missing": Plant("mục II.9", "danh sách nơi nhận", swap("- Lưu: VT, CA.", "- Công an huyện.")),
    "addressee_size": Plant("mục II.9", "kính gửi", style("VB Kính gửi", 'sz w:val="28"', 'sz w:val="24"'), STYLES),
}


def rule(text: str, at: int, indent: int | None) -> str:
    """Change the at-th rule: its indents on both sides, or take it away."""
    rules = re.findall(r'<w:p><w:pPr><w:pStyle w:val="VBDuongKe"/>.*?</w:p>', text)
    if indent is None:
        return text.replace(rules[at], rules[at].replace('<w:top w:val="single"', '<w:top w:val="nil"'), 1)
    changed = re.sub(r'w:left="\d+" w:right="\d+"', f'w:left="{indent}" w:right="{indent}"', rules[at])
    return text.replace(rules[at], changed, 1)


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_departure_is_found_with_its_rule(name: str) -> None:
    plant = PLANTS[name]
    found = check_docx(rewritten(render_docx(plant.paper or monthly_report()), plant.where, plant.change))
    assert (plant.rule, plant.part) in {(each.rule, each.part) for each in found}
    assert {each.rule for each in found} - {plant.follows} == {plant.rule}, [each.sentence() for each in found]


def test_a_departure_is_a_sentence_with_the_address() -> None:
    plant = PLANTS["number_zero"]
    (found,) = check_docx(rewritten(render_docx(monthly_report()), plant.where, plant.change))
    assert found.where == "bảng 1, hàng 2, “Số: 5/BC-TCTĐA”"
    assert found.sentence() == (
        "Số, ký hiệu: số nhỏ hơn 10 thiếu chữ số 0; phải là thêm chữ số 0 phía trước "
        "(Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3). "
        "[bảng 1, hàng 2, “Số: 5/BC-TCTĐA”]"
    )


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(BadInput):
        check_docx(b"%PDF-1.7")


@settings(max_examples=60)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 5000))
def test_numbers_days_and_months_have_zeros_where_the_decree_asks(day: date, number: int) -> None:
    paper = monthly_report(number=number, issued_on=day)
    assert number_line(paper) == f"Số: {'0' * (number < 10)}{number}/BC-TCTĐA"
    month = f"{'0' * (day.month in (1, 2))}{day.month}"
    days = f"{'0' * (day.day < 10)}{day.day}"
    assert place_date_line("Quảng Ninh", day) == f"Quảng Ninh, ngày {days} tháng {month} năm {day.year}"
