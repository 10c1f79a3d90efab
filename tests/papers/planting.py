"""Departures planted in sound .docx files: each mutation by its name in `planted.yaml`, where a jurist reads of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dean06.papers.docx.file import render_docx
from dean06.papers.writing.document import Urgency
from papers import strangers
from papers.reading import rewritten
from papers.samples import decision, letter, monthly_report

Change = Callable[[str], str]
MAIN, STYLES, HEADER, NUMBERING = "word/document.xml", "word/styles.xml", "word/header1.xml", "word/numbering.xml"
THEME = "word/theme/theme1.xml"
BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"


@dataclass(frozen=True)
class Plant:
    """A change of one part of a file."""

    change: Change
    part: str = MAIN


def swap(old: str, new: str, count: int = 1) -> Change:
    def change(text: str) -> str:
        assert old in text, "the planting place is gone"
        return text.replace(old, new, count)

    return change


def each(*changes: Change) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


def style(name: str, old: str, new: str) -> Plant:
    def change(text: str) -> str:
        found = re.search(rf'<w:style [^>]*><w:name w:val="{name}"/>.*?</w:style>', text)
        assert found is not None
        assert old in found.group(), "the planting place is gone"
        return text.replace(found.group(), found.group().replace(old, new))

    return Plant(change, STYLES)


def rule(at: int, indent: int | None) -> Plant:
    """Change the at-th rule: its indents on both sides, or take it away."""

    def change(text: str) -> str:
        found = re.findall(r'<w:p><w:pPr><w:pStyle w:val="VBDuongKe"/>.*?</w:p>', text)[at]
        if indent is None:
            return text.replace(found, found.replace('<w:top w:val="single"', '<w:top w:val="nil"'), 1)
        return text.replace(
            found, re.sub(r'w:left="\d+" w:right="\d+"', f'w:left="{indent}" w:right="{indent}"', found), 1
        )

    return Plant(change)


SOUND: dict[str, Callable[[], bytes]] = {
    "bao-cao": lambda: render_docx(monthly_report()),
    "quyet-dinh": lambda: render_docx(decision()),
    "cong-van": lambda: render_docx(letter()),
    "cong-van-khan": lambda: render_docx(letter(urgency=Urgency.HOA_TOC)),
    **{name: (lambda made=made: strangers.packed(made())) for name, made in strangers.SOUND.items()},
}

PLANTS: dict[str, Plant] = {
    # our own papers, changed as an editor would change them
    "letter_paper": Plant(swap('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    "landscape": Plant(swap('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"')),
    "top_margin": Plant(swap('w:top="1134"', 'w:top="900"')),
    "bottom_margin": Plant(swap('w:bottom="1134"', 'w:bottom="1701"')),
    "left_margin": Plant(swap('w:left="1701" w:header', 'w:left="1440" w:header')),
    "right_margin": Plant(swap('w:right="850" w:bottom', 'w:right="1440" w:bottom')),
    "font": Plant(swap('w:ascii="Times New Roman"', 'w:ascii="Arial"'), STYLES),
    "font_of_marked_letters": Plant(swap('w:hAnsi="Times New Roman"', 'w:hAnsi="Calibri"'), STYLES),
    "colour": Plant(swap('w:val="000000"/><w:kern', 'w:val="1F3864"/><w:kern'), STYLES),
    "numbered_first_page": Plant(swap("<w:titlePg/>", "")),
    "number_at_the_right": style("VB Số trang", '"center"', '"right"'),
    "small_number": style("VB Số trang", 'sz w:val="26"', 'sz w:val="22"'),
    "no_number": Plant(swap("PAGE", "DATE"), HEADER),
    "nation_size": style("VB Quốc hiệu", 'sz w:val="24"', 'sz w:val="28"'),
    "nation_light": style("VB Quốc hiệu", BOLD, ""),
    "nation_missing": Plant(swap("CHỦ NGHĨA VIỆT NAM", "CHỦ NGHĨA")),
    "motto_hyphens": Plant(swap("Độc lập - Tự do", "Độc lập-Tự do")),
    "motto_slanted": style("VB Tiêu ngữ", BOLD, BOLD + ITALIC),
    "motto_rule": rule(1, 2000),
    "issuer_lower": Plant(swap("TỔ CÔNG TÁC<", "Tổ công tác<")),
    "issuer_rule_long": rule(0, 500),
    "issuer_rule_gone": rule(0, None),
    "parent_slanted": style("VB Cơ quan chủ quản", "<w:rPr>", f"<w:rPr>{ITALIC}"),
    "number_size": style("VB Số, ký hiệu", 'sz w:val="26"', 'sz w:val="28"'),
    "number_zero": Plant(swap("Số: 05/", "Số: 5/")),
    "number_spaced": Plant(swap("Số: 05/BC-", "Số: 05 / BC - ")),
    "number_missing": Plant(swap("Số: 05/BC-TCTĐA", "BC-TCTĐA")),
    "day_zero": Plant(swap("ngày 05 tháng 10", "ngày 5 tháng 10")),
    "month_zero": Plant(swap("tháng 10 năm 2022<", "tháng 2 năm 2022<")),
    "month_zero_too_many": Plant(swap("tháng 10 năm 2022<", "tháng 09 năm 2022<")),
    "date_in_figures": Plant(swap("ngày 05 tháng 10 năm 2022", "ngày 05/10/2022")),
    "date_upright": style("VB Địa danh, thời gian", ITALIC, ""),
    "place_lower": Plant(swap("Quảng Ninh, ngày 05", "quảng Ninh, ngày 05")),
    "type_size": style("VB Tên loại", 'sz w:val="28"', 'sz w:val="32"'),
    "type_lower": Plant(swap("BÁO CÁO", "Báo cáo")),
    "abstract_light": style("VB Trích yếu", BOLD, ""),
    "abstract_rule": rule(2, 1000),
    "letter_abstract": style("VB Trích yếu công văn", 'sz w:val="24"', 'sz w:val="28"'),
    "body_size": style("VB Thân văn bản", 'sz w:val="28"', 'sz w:val="24"'),
    "body_indent": style("VB Thân văn bản", 'firstLine="720"', 'firstLine="400"'),
    "body_left": style("VB Thân văn bản", '"both"', '"left"'),
    "body_gap": Plant(
        each(
            *(
                style(f"VB {name}", 'after="120"', 'after="0"').change
                for name in ("Thân văn bản", "Mục cấp 1", "Mục cấp 2", "Điểm", "Gạch đầu dòng", "Phụ lục kèm theo")
            )
        ),
        STYLES,
    ),
    "body_lines": style("VB Thân văn bản", 'line="276"', 'line="480"'),
    "body_lines_exact": style("VB Thân văn bản", 'line="276" w:lineRule="auto"', 'line="240" w:lineRule="exact"'),
    "body_end": Plant(swap("chỉ đạo./.", "chỉ đạo.")),
    "ground_end": Plant(swap("của Tổ công tác;", "của Tổ công tác,")),
    "ground_upright": Plant(
        swap(f'<w:rPr>{ITALIC}</w:rPr><w:t xml:space="preserve">Căn cứ', '<w:rPr><w:i w:val="0"/></w:rPr><w:t>Căn cứ')
    ),
    "article_light": Plant(
        swap(f'<w:rPr>{BOLD}</w:rPr><w:t xml:space="preserve">Điều 2.', '<w:t xml:space="preserve">Điều 2.')
    ),
    "article_colon": Plant(swap(">Điều 2. <", ">Điều 2: <")),
    "authority_lower": Plant(swap("KT. TỔ TRƯỞNG", "KT. Tổ trưởng")),
    "authority_size": style("VB Quyền hạn, chức vụ", 'sz w:val="28"', 'sz w:val="24"'),
    "name_light": style("VB Họ tên", BOLD, ""),
    "name_in_capitals": Plant(swap("Thượng tá Lê Quang Thử", "LÊ QUANG THỬ")),
    "name_with_degree": Plant(swap("Thượng tá Lê", "TS. Lê")),
    "label_size": style("VB Nơi nhận", 'sz w:val="24"', 'sz w:val="28"'),
    "label_upright": style("VB Nơi nhận", ITALIC, ""),
    "label_missing": Plant(swap("Nơi nhận:", "Gửi:")),
    "recipients_size": style("VB Nơi nhận, từng nơi", 'sz w:val="22"', 'sz w:val="26"'),
    "recipients_stop": Plant(swap("Các thành viên Tổ công tác;", "Các thành viên;,")),
    "recipients_dash": Plant(swap("- Công an tỉnh", "Công an tỉnh")),
    "archive_missing": Plant(swap("- Lưu: VT, CA.", "- Công an huyện.")),
    "addressee_size": style("VB Kính gửi", 'sz w:val="28"', 'sz w:val="24"'),
    "stamp_unframed": Plant(lambda text: re.sub(r'<w:pBdr><w:top[^>]*w:color="C00000"/>.*?</w:pBdr>', "", text)),
    "stamp_black": Plant(swap('<w:color w:val="C00000"/>', "")),
    "stamp_wide": Plant(
        lambda text: re.sub(
            r'(<w:pStyle w:val="VBDauChi"/>.*?<w:ind w:left=")\d+(" w:right=")\d+', r"\g<1>500\g<2>500", text
        )
    ),
    # strangers' files, each in its own ways
    "tabs_nation_size": Plant(
        swap(strangers.r(f"\t{strangers.NATION}", 12, "b"), strangers.r(f"\t{strangers.NATION}", 14, "b"))
    ),
    "tabs_rule_short": Plant(swap(strangers.old_line(60.5, 87), strangers.old_line(40, 97))),
    "tabs_recipients_size": Plant(swap(strangers.r("- Lưu: VT, CA.", 11), strangers.r("- Lưu: VT, CA.", 13))),
    "boxes_motto_light": Plant(swap(strangers.r(strangers.MOTTO, 14, "b"), strangers.r(strangers.MOTTO, 14))),
    "boxes_rule_gone": Plant(swap(strangers.r("_" * 26, 13), strangers.r(" ", 13))),
    "columns_date_upright": Plant(swap(strangers.r(strangers.DATE, 13, "i"), strangers.r(strangers.DATE, 13))),
    "drawn_rule_too_long": Plant(swap(strangers.line(24, 22), strangers.line(40, 14))),
    "theme_font": Plant(
        swap('<a:minorFont><a:latin typeface="Times New Roman"/>', '<a:minorFont><a:latin typeface="Calibri"/>'), THEME
    ),
    "complex_size_only": Plant(
        swap('<w:sz w:val="24"/></w:rPr></w:style>', '<w:szCs w:val="24"/></w:rPr></w:style>'), STYLES
    ),
    "bold_twice_is_light": Plant(
        swap('<w:caps/><w:sz w:val="24"/>', '<w:b w:val="0"/><w:caps/><w:sz w:val="24"/>'), STYLES
    ),
    "list_indent": Plant(swap('<w:ind w:left="0" w:firstLine="567"/>', ""), STYLES),
    "list_label_colon": Plant(swap('"Điều %1."', '"Điều %1:"'), NUMBERING),
    "exact_lines_tight": Plant(swap('w:line="360" w:lineRule="exact"', 'w:line="260" w:lineRule="exact"'), STYLES),
    "table_rule_gone": Plant(swap(strangers.p(strangers.line(24, 22), strangers.CENTRE), strangers.p(""))),
    "stacked_head": Plant(
        lambda text: text.replace(
            re.findall(r"<w:tbl>.*?</w:tbl>", text)[0],
            strangers.RIGHT_HEAD
            + strangers.p(strangers.r("_" * 26, 13), strangers.CENTRE)
            + strangers.p(strangers.r("TỔ CÔNG TÁC ĐỀ ÁN 06", 13, "b"), strangers.CENTRE)
            + strangers.p(strangers.r("___________", 13), strangers.CENTRE)
            + strangers.p(strangers.r(strangers.NUMBER, 13), strangers.CENTRE)
            + strangers.p(strangers.r(strangers.DATE, 14, "i"), strangers.CENTRE),
        )
    ),
}


def planted(name: str, paper: str) -> bytes:
    """A sound file with one departure planted in it."""
    plant = PLANTS[name]
    sound = SOUND[paper]()
    changed = rewritten(sound, plant.part, plant.change)
    assert changed != sound, "nothing was planted"
    return changed
