"""The annex leads each code of a paper to a checksum; it is the same every time and nothing in it acts."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.papers.errors import PaperRefused
from dean06.papers.printing.annex_xlsx import FIRST_SHEET, Annex, AnnexTable, Format, Reference, render_annex, untraced
from papers.samples import monthly_report


def references(codes: list[str]) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            code=code,
            meaning="Số bản ghi khớp hoàn toàn",
            value=at * 1000,
            run="41",
            delivery="17",
            task="9",
            file_name="bhyt-2022-09.xlsx",
            sha256=f"{at:064x}",
        )
        for at, code in enumerate(codes)
    )


def annex(**changes) -> Annex:
    facts = {
        "title": "Phụ lục số liệu",
        "issuer": "Tổ công tác triển khai Đề án 06 huyện Quảng Ninh",
        "subtitle": "Kèm theo Báo cáo tháng 10 năm 2022",
        "references": references(["S11", "S12"]),
        "tables": (
            AnnexTable(
                title="Kết quả theo xã",
                header=("Xã", "Tổng số", "Tỉ lệ", "Ngày giao", "Ghi chú"),
                rows=(
                    ("Xã Võ Ninh", 7305, 0.9461, date(2022, 9, 30), None),
                    ("Cộng", 18244, Decimal("0.9397"), None, "=1+1"),
                ),
                formats=(Format.TEXT, Format.WHOLE, Format.PERCENT, Format.DATE, Format.TEXT),
                sheet="Theo xã",
            ),
        ),
    }
    return Annex(**{**facts, **changes})


def book(made: Annex) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_annex(made)))


def test_the_first_sheet_leads_each_code_to_its_file() -> None:
    sheet = book(annex())[FIRST_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0] == [
        "Mã",
        "Nội dung",
        "Giá trị",
        "Lượt đối soát",
        "Đợt giao dữ liệu",
        "Nhiệm vụ",
        "Tên tệp",
        "SHA-256",
    ]
    assert rows[2] == ["S12", "Số bản ghi khớp hoàn toàn", 1000, "41", "17", "9", "bhyt-2022-09.xlsx", f"{1:064x}"]
    assert sheet["A1"].value == "Phụ lục số liệu"


def test_tables_keep_types_formats_and_order() -> None:
    sheets = book(annex())
    assert sheets.sheetnames == [FIRST_SHEET, "Theo xã"]
    cells = sheets["Theo xã"][6]
    assert [cell.value for cell in cells[:3]] == ["Xã Võ Ninh", 7305, 0.9461]
    assert cells[3].value.date() == date(2022, 9, 30)
    assert [cell.number_format for cell in cells[:4]] == ["@", "#,##0", "0.00%", "dd/mm/yyyy"]


def test_nothing_in_a_cell_acts_as_a_formula_or_link() -> None:
    made = annex(references=references(['=HYPERLINK("http://x")', "https://x.vn", "{=1}", "@SUM(1)"]))
    with zipfile.ZipFile(io.BytesIO(render_annex(made))) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet or "hyperlink" in sheet.lower() for sheet in sheets)
    assert book(made)["Theo xã"]["E7"].data_type == "s"


def test_the_same_annex_gives_the_same_bytes() -> None:
    assert render_annex(annex()) == render_annex(annex())


def test_codes_that_the_annex_does_not_explain_are_named() -> None:
    paper = monthly_report()
    codes = list(dict.fromkeys(ref.ref for ref in paper.refs()))
    assert untraced(paper, annex(references=references(codes))) == ()
    assert untraced(paper, annex(references=references(codes[2:]))) == tuple(codes[:2])


def test_an_uneven_table_is_refused() -> None:
    with pytest.raises(PaperRefused):
        AnnexTable(title="T", header=("A", "B"), rows=((1,),))
    with pytest.raises(PaperRefused):
        AnnexTable(title="T", header=("A", "B"), rows=((1, 2),), formats=(Format.WHOLE,))


@settings(max_examples=25)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=60))
def test_any_title_gives_a_workbook_that_opens(titles: list[str], value: str) -> None:
    tables = tuple(AnnexTable(title=title, header=(title,), rows=((value,), (3,))) for title in titles)
    sheets = book(annex(tables=tables))
    assert len(sheets.sheetnames) == len(titles) + 1
    assert len({name.casefold() for name in sheets.sheetnames}) == len(titles) + 1
