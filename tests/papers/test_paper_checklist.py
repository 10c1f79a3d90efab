"""The checkers pass sound papers and find each planted departure, with the address of its rule, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dean06.papers.checks.checklist import check_docx, check_pdf
from dean06.papers.checks.decree30 import METRIC_TWINS, Departure
from dean06.papers.docx.file import render_docx
from dean06.papers.forms.catalogue import catalogue
from dean06.papers.pdf.file import render_pdf
from dean06.papers.writing.document import Paper, Urgency
from dean06.papers.writing.wording import number_line, place_date_line
from papers import planting, planting_pdf, strangers
from papers.golden_pages import issued
from papers.houses import GROUPS
from papers.samples import CREATED, decision, letter, monthly_report

PLANTED: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("planted.yaml"))
FIRST, *OTHERS = GROUPS
EVERY = [
    *((FIRST, code) for code in catalogue()),
    *(pytest.param(group, code, marks=pytest.mark.proof) for group in OTHERS for code in catalogue()),
]
OURS = {
    "bao-cao": monthly_report,
    "du-thao": lambda: monthly_report(number=None, issued_on=None, draft=True, urgency=Urgency.KHAN),
    "quyet-dinh": decision,
    "cong-van": letter,
    "mot-noi-nhan": lambda: letter(addressees=("Công an huyện",)),
    "hoa-toc": lambda: letter(urgency=Urgency.HOA_TOC, circulation="Lưu hành nội bộ"),
    "dai": planting_pdf.SOUND["dai"],
}


def said(found: tuple[Departure, ...]) -> list[str]:
    return [each.sentence() for each in found]


@pytest.mark.parametrize("paper", OURS.values(), ids=OURS)
def test_our_papers_depart_in_nothing(paper: Callable[[], Paper]) -> None:
    assert said(check_docx(render_docx(paper()))) == []
    assert said(check_pdf(render_pdf(paper(), CREATED))) == []


@pytest.mark.parametrize(("group", "code"), EVERY)
def test_every_form_of_every_house_departs_in_nothing_as_a_pdf(group: str, code: str) -> None:
    assert said(check_pdf(render_pdf(issued(group, code), CREATED, proof="https://example.vn/xac-thuc/1"))) == []


@pytest.mark.parametrize("made", strangers.SOUND.values(), ids=strangers.SOUND)
def test_sound_files_of_other_offices_depart_in_nothing(made: Callable[[], str]) -> None:
    assert said(check_docx(strangers.packed(made()))) == []


def test_the_list_of_planted_departures_is_whole() -> None:
    kinds = [each["tep"] for each in PLANTED]
    assert kinds.count("docx") >= 35
    assert kinds.count("pdf") >= 25
    assert {each["gieo"] for each in PLANTED} == set(planting.PLANTS) | set(planting_pdf.PLANTS)


@pytest.mark.parametrize("case", PLANTED, ids=[each["gieo"] for each in PLANTED])
def test_a_planted_departure_is_found_with_its_rule_and_nothing_else(case: dict[str, Any]) -> None:
    if case["tep"] == "docx":
        found = check_docx(planting.planted(case["gieo"], case["van_ban"]))
    else:
        found = check_pdf(planting_pdf.planted_pdf(case["gieo"], case["van_ban"]))
    named = {(each.rule, each.part) for each in found}
    asked = (case["quy_tac"], case["phan"])
    brought = {(each["quy_tac"], each["phan"]) for each in case.get("keo_theo", ())}
    assert asked in named, said(found)
    assert named <= {asked, *brought}, said(found)
    assert all(each.where for each in found if each.rule == "mục II.6")


def test_a_departure_is_a_sentence_with_the_address_and_the_place() -> None:
    (found,) = check_docx(planting.planted("number_zero", "bao-cao"))
    assert found.where == "bảng 1, hàng 2, “Số: 5/BC-TCTĐA”"
    assert found.sentence() == (
        "Số, ký hiệu: số nhỏ hơn 10 thiếu chữ số 0; phải là thêm chữ số 0 phía trước "
        "(Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3). [bảng 1, hàng 2, “Số: 5/BC-TCTĐA”]"
    )


def test_many_places_of_one_departure_are_said_once() -> None:
    (found,) = check_pdf(planting_pdf.planted_pdf("pdf_body_indent", "bao-cao"))
    assert found.where.startswith("trang 1, “Thực hiện Quy chế hoạt động …”; trang 1, “I. CÔNG TÁC")
    assert found.where.endswith("chỗ khác")


def test_a_twin_of_the_font_counts_in_a_pdf_alone_and_with_its_reason() -> None:
    assert all(METRIC_TWINS.values())
    assert said(check_pdf(render_pdf(letter(), CREATED))) == []
    tinos = strangers.packed(
        strangers.by_table(), **{"word/theme/theme1.xml": strangers.THEME.replace("Times New Roman", "Tinos")}
    )
    assert [(each.rule, each.found) for each in check_docx(tinos)] == [("mục I.4", "Tinos")]


@settings(max_examples=60)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 5000))
def test_numbers_days_and_months_have_zeros_where_the_decree_asks(day: date, number: int) -> None:
    paper = monthly_report(number=number, issued_on=day)
    assert number_line(paper) == f"Số: {'0' * (number < 10)}{number}/BC-TCTĐA"
    month = f"{'0' * (day.month in (1, 2))}{day.month}"
    days = f"{'0' * (day.day < 10)}{day.day}"
    assert place_date_line("Quảng Ninh", day) == f"Quảng Ninh, ngày {days} tháng {month} năm {day.year}"
