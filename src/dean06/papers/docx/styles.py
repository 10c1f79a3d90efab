"""The paragraph styles of the .docx: one for each part of a paper, named as a clerk would name it.

An edited file is read back by these names, so they are stable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dean06.papers.printing.flow import Style
from dean06.papers.printing.layout import LAYOUT

FONT = "Times New Roman"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style is set; lengths in points, indents in millimetres."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "center"
    first_line_mm: float = 0
    before: float = 0
    after: float = 0
    multiple: float = 1
    keep_next: bool = False
    outline: int | None = None
    left_mm: float = 0
    hanging_mm: float = 0

    def xml(self, key: str) -> str:
        """Write the style in the order of elements that the schema fixes (ECMA-376, part 1, 17.3 and 17.7)."""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{self._paragraph()}</w:pPr>'
            f"<w:rPr>{letters(size=self.size, bold=self.bold, italic=self.italic)}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        line = round(240 * self.multiple)
        first = f' w:firstLine="{twips(self.first_line_mm)}"' if self.first_line_mm else ""
        hanging = f' w:hanging="{twips(self.hanging_mm)}"' if self.hanging_mm else ""
        return (
            ("<w:keepNext/>" if self.keep_next else "")
            + f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}" '
            f'w:line="{line}" w:lineRule="auto"/><w:ind w:left="{twips(self.left_mm)}"{first}{hanging}/>'
            f'<w:jc w:val="{self.align}"/>'
            + (f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "")
        )


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def letters(*, size: float | None = None, bold: bool = False, italic: bool = False) -> str:
    """Write the properties of a run."""
    half = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "") + half


_RUNNING = Look(
    "VB Thân văn bản",
    LAYOUT.body_pt,
    align="both",
    first_line_mm=LAYOUT.indent_mm,
    after=LAYOUT.after_pt,
    multiple=LAYOUT.line_multiple,
)


def _body(name: str, **changes: Any) -> Look:
    return replace(_RUNNING, name=name, **changes)


_HEADING = {"keep_next": True}
_CENTRED = {"align": "center", "first_line_mm": 0, "keep_next": True}
_OVER_TABLE = {"first_line_mm": 0, "after": 3, "multiple": 1, "keep_next": True}

_AROUND = {
    "QuocHieu": Look("VB Quốc hiệu", LAYOUT.national_pt, bold=True),
    "TieuNgu": Look("VB Tiêu ngữ", LAYOUT.motto_pt, bold=True),
    "ChuQuan": Look("VB Cơ quan chủ quản", LAYOUT.issuer_pt),
    "CoQuan": Look("VB Cơ quan ban hành", LAYOUT.issuer_pt, bold=True),
    "SoKyHieu": Look("VB Số, ký hiệu", LAYOUT.number_pt, before=6),
    "TrichYeuCongVan": Look("VB Trích yếu công văn", LAYOUT.letter_abstract_pt),
    "DiaDanh": Look("VB Địa danh, thời gian", LAYOUT.date_pt, italic=True, before=6),
    "DauChi": Look("VB Dấu chỉ", LAYOUT.mark_pt, bold=True, before=6),
    "TenLoai": Look("VB Tên loại", LAYOUT.type_pt, bold=True, before=16),
    "TrichYeu": Look("VB Trích yếu", LAYOUT.abstract_pt, bold=True, before=2),
    "KinhGui": Look("VB Kính gửi", LAYOUT.body_pt, before=14),
    "KinhGuiDau": Look("VB Kính gửi, dòng đầu", LAYOUT.body_pt, align="left", before=14, left_mm=30),
    "KinhGuiDong": Look("VB Kính gửi, từng nơi", LAYOUT.body_pt, align="left", before=2, left_mm=52),
    "DuongKe": Look("VB Đường kẻ", 1),
    "SoTrang": Look("VB Số trang", LAYOUT.page_number_pt),
    "OBang": Look("VB Ô bảng", LAYOUT.table_pt, align="left"),
    "SoPhuLuc": Look("VB Số phụ lục", LAYOUT.type_pt, bold=True),
    "TenPhuLuc": Look("VB Tên phụ lục", LAYOUT.type_pt, bold=True, before=2),
    "KemTheo": Look("VB Kèm theo", LAYOUT.abstract_pt, italic=True, before=2),
    "BanSao": Look("VB Bản sao", LAYOUT.copy_mark_pt, align="right"),
    "NoiNhan": Look("VB Nơi nhận", LAYOUT.recipients_pt, bold=True, italic=True, align="left", before=8),
    "NoiNhanDong": Look("VB Nơi nhận, từng nơi", LAYOUT.small_pt, align="left"),
    "NguoiSoan": Look("VB Ký hiệu người soạn thảo", LAYOUT.small_pt, align="left", before=6),
    "QuyenHan": Look("VB Quyền hạn, chức vụ", LAYOUT.signature_pt, bold=True),
    "HoTen": Look("VB Họ tên", LAYOUT.signature_pt, bold=True),
    "Het": Look("VB Hết", 1),
}

_WITHIN = {
    Style.AUTHORITY.value: _body("VB Thẩm quyền", bold=True, **_CENTRED),
    Style.GROUND.value: _body("VB Căn cứ", italic=True),
    Style.ENACTING.value: _body("VB Quyết định", bold=True, **_CENTRED),
    Style.CHAPTER.value: _body("VB Chương", bold=True, outline=0, **_CENTRED),
    Style.HEADING_1.value: _body("VB Mục cấp 1", bold=True, outline=0, **_HEADING),
    Style.HEADING_2.value: _body("VB Mục cấp 2", bold=True, outline=1, **_HEADING),
    Style.HEADING_3.value: _body("VB Mục cấp 3", outline=2, **_HEADING),
    Style.LEAD_1.value: _body("VB Điều"),
    Style.LEAD_2.value: _body("VB Khoản"),
    Style.LEAD_3.value: _body("VB Điểm"),
    Style.BODY.value: _body("VB Thân văn bản"),
    Style.BULLET.value: _body("VB Gạch đầu dòng"),
    Style.CAPTION.value: _body("VB Tên bảng", size=LAYOUT.caption_pt, bold=True, align="center", **_OVER_TABLE),
    Style.UNIT.value: _body("VB Đơn vị tính", size=LAYOUT.table_pt, italic=True, align="right", **_OVER_TABLE),
    Style.ANNEX.value: _body("VB Phụ lục kèm theo", italic=True),
    Style.CLOSING.value: _body("VB Kết thúc", keep_next=True),
}

LOOKS = {**_AROUND, **_WITHIN}
COUNTED = "VB Số liệu"
SOURCE = "VB Mã nguồn"


def style_id(key: str) -> str:
    """Return the id that a style has in the file."""
    return f"VB{key[0].upper()}{key[1:]}"


@cache
def styles_xml() -> str:
    """Write word/styles.xml."""
    face = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {face}/><w:color w:val="000000"/><w:kern w:val="2"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    edges = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{edges}</w:tblCellMar></w:tblPr></w:style>"
    )
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    paragraphs = "".join(look.xml(style_id(key)) for key, look in LOOKS.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{WORD}">{defaults}{normal}{table}'
        f"{_character('VBSoLieu', COUNTED)}{_character('VBMaNguon', SOURCE, raised)}{paragraphs}</w:styles>"
    )


def _character(key: str, name: str, look: str = "") -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f"{look}</w:style>"
    )
