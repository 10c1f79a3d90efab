"""Departures planted in PDFs: a sound paper set from a changed template or changed words, or a sound PDF rewritten."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from dean06.papers.pdf import file as pdf_file
from dean06.papers.printing import typesetting
from dean06.papers.printing.letters import FONT_DIR
from dean06.papers.writing.document import Paper, Urgency
from dean06.papers.writing.sections import prose
from papers.samples import decision, letter, monthly_report

TEMPLATE = (Path(typesetting.__file__).parent / "typst" / pdf_file.TEMPLATE).read_text()
Data = dict[str, Any]
SOUND: dict[str, Callable[[], Paper]] = {
    "bao-cao": monthly_report,
    "quyet-dinh": decision,
    "cong-van": letter,
    "cong-van-khan": lambda: letter(urgency=Urgency.HOA_TOC),
    "dai": lambda: monthly_report(
        body=tuple(prose(f"Đoạn văn thứ {at} của báo cáo dài nhiều trang. " * 6) for at in range(1, 40))
    ),
}


@dataclass(frozen=True)
class PdfPlant:
    """What is changed: the template's text, the values given to it, or the finished file."""

    template: tuple[tuple[str, str], ...] = ()
    data: Callable[[Data], None] | None = None
    file: Callable[[bytes], bytes] | None = None


def layout(**changes: float) -> PdfPlant:
    return PdfPlant(data=lambda data: data["layout"].update(changes))


def text(*pairs: tuple[str, str]) -> PdfPlant:
    return PdfPlant(template=pairs)


def words(part: str, name: str, old: str, new: str) -> PdfPlant:
    """Change words of the head or foot."""

    def change(data: Data) -> None:
        written = json.dumps(data[part][name], ensure_ascii=False)
        assert old in written, "the planting place is gone"
        data[part][name] = json.loads(written.replace(old, new))

    return PdfPlant(data=change)


def in_flow(old: str, new: str) -> PdfPlant:
    def change(data: Data) -> None:
        written = json.dumps(data["flow"], ensure_ascii=False)
        assert old in written, "the planting place is gone"
        data["flow"] = json.loads(written.replace(old, new))

    return PdfPlant(data=change)


def renamed_fonts(data: bytes) -> bytes:
    """The same letters under the name of another family."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():
            name = str(font.get_object()["/BaseFont"]).replace("Tinos", "Arial")
            font.get_object()[NameObject("/BaseFont")] = NameObject(name)
    return written(writer)


def blue_ink(data: bytes) -> bytes:
    """The first page's letters in the blue of a letterhead."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    page = writer.pages[0]
    content = page.get_contents()
    assert content is not None
    content.set_data(content.get_data().replace(b"BT", b"0.1 0.2 0.6 rg BT"))
    assert b"0.1 0.2 0.6 rg" in content.get_data()
    page.replace_contents(content)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])


def planted_pdf(name: str, paper: str) -> bytes:
    """A sound paper's PDF with one departure planted in it."""
    plant = PLANTS[name]
    template, data = TEMPLATE, {**pdf_file._data(SOUND[paper]()), "proof": None}
    for old, new in plant.template:
        assert old in template, "the planting place is gone"
        template = template.replace(old, new)
    if plant.data is not None:
        plant.data(data)
    pdf = compiled(template, data)
    return plant.file(pdf) if plant.file is not None else pdf


def compiled(template: str, data: Data) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.typ"
        path.write_text(template)
        pdf = typst.compile(str(path), font_paths=fonts(), sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    assert isinstance(pdf, bytes)
    return pdf


NATION_LINE = 'centred(L.national_pt, "bold", data.nation)'
MOTTO_LINE = 'centred(L.motto_pt, "bold", data.motto)'
ISSUER_LINE = 'for line in h.issuer { centred(L.issuer_pt, "bold", line) }'
NUMBER_LINE = 'centred(L.number_pt, "regular", h.number)'
DATE_LINE = 'text(size: pt(L.date_pt), style: "italic", h.place_date)'
LABEL_LINE = 'weight: "bold", style: "italic", data.recipients_label'
PAGE_LINE = "align(center, text(size: pt(L.page_number_pt), str(page)))"

PLANTS: dict[str, PdfPlant] = {
    "pdf_letter_paper": layout(page_width_mm=215.9, page_height_mm=279.4),
    "pdf_landscape": layout(page_width_mm=297, page_height_mm=210),
    "pdf_left_margin": layout(left_mm=25),
    "pdf_right_margin": layout(right_mm=25),
    "pdf_right_margin_narrow": layout(right_mm=10),
    "pdf_top_margin": layout(top_mm=15),
    "pdf_top_margin_wide": layout(top_mm=35),
    "pdf_bottom_margin": layout(bottom_mm=12),
    "pdf_font": PdfPlant(file=renamed_fonts),
    "pdf_ink": PdfPlant(file=blue_ink),
    "pdf_no_page_number": text((PAGE_LINE, "[]")),
    "pdf_page_number_right": text((PAGE_LINE, PAGE_LINE.replace("center", "right"))),
    "pdf_page_number_small": layout(page_number_pt=10),
    "pdf_page_number_first": text(("if page > 1 {", "if page > 0 {")),
    "pdf_page_number_foot": text(("header-ascent: 4mm,\n  header: context", "footer: context")),
    "pdf_nation_size": layout(national_pt=14),
    "pdf_motto_light": text((MOTTO_LINE, MOTTO_LINE.replace('"bold"', '"regular"'))),
    "pdf_motto_capitals": PdfPlant(data=lambda data: data.update(motto="Độc Lập - Tự Do - Hạnh Phúc")),
    "pdf_motto_rule_short": PdfPlant(data=lambda data: data["head"].update(motto_rule_mm=30)),
    "pdf_motto_rule_dashed": text(
        ("rule(h.motto_rule_mm)", 'line(length: mm(h.motto_rule_mm), stroke: (thickness: 0.75pt, dash: "dashed"))')
    ),
    "pdf_issuer_light": text((ISSUER_LINE, ISSUER_LINE.replace('"bold"', '"regular"'))),
    "pdf_issuer_rule_gone": text(("rule(h.issuer_rule_mm)", "[]")),
    "pdf_number_size": layout(number_pt=12),
    "pdf_number_zero": words("head", "number", "Số: 05/", "Số: 5/"),
    "pdf_number_left": text((NUMBER_LINE, "align(left, text(size: pt(L.number_pt), h.number))")),
    "pdf_day_zero": words("head", "place_date", "ngày 05", "ngày 5"),
    "pdf_date_upright": text((DATE_LINE, DATE_LINE.replace('style: "italic", ', ""))),
    "pdf_type_lower": words("head", "type_name", "BÁO CÁO", "Báo cáo"),
    "pdf_abstract_light": text(('text(size: pt(L.abstract_pt), weight: "bold"', "text(size: pt(L.abstract_pt)")),
    "pdf_abstract_rule_long": PdfPlant(data=lambda data: data["head"].update(abstract_rule_mm=90)),
    "pdf_letter_abstract": layout(letter_abstract_pt=14),
    "pdf_body_size": layout(body_pt=12),
    "pdf_body_indent": layout(indent_mm=6),
    "pdf_body_ragged": text(("justify: true,\n  leading", "justify: false,\n  leading")),
    "pdf_body_gap": layout(after_pt=1),
    "pdf_body_lines": layout(line_multiple=2),
    "pdf_body_end": in_flow("./.", "."),
    "pdf_ground_upright": in_flow('"bold": false, "italic": true', '"bold": false, "italic": false'),
    "pdf_article_light": in_flow('"label_bold": true', '"label_bold": false'),
    "pdf_signature_size": layout(signature_pt=12),
    "pdf_signature_light": text(
        (
            'for line in below { centred(L.signature_pt, "bold"',
            'for line in below { centred(L.signature_pt, "regular"',
        )
    ),
    "pdf_name_with_degree": words("foot", "below", "Thượng tá", "ThS."),
    "pdf_label_upright": text((LABEL_LINE, LABEL_LINE.replace('style: "italic", ', ""))),
    "pdf_recipients_size": layout(small_pt=13),
    "pdf_recipients_stop": words("foot", "recipients", "Tổ công tác;", "Tổ công tác,"),
    "pdf_archive_missing": words("foot", "recipients", "- Lưu: VT, CA.", "- Công an huyện."),
    "pdf_stamp_unframed": text(('stroke: 1pt + if text_ in data.red_marks { rgb("#c00000") } else { black },', "")),
    "pdf_stamp_wide": PdfPlant(data=lambda data: data["head"].update(marks=[["HỎA TỐC", 45.0]])),
    "pdf_stamp_black": text(('fill: if text_ in data.red_marks { rgb("#c00000") } else { black },', "")),
}
