"""What the document checker says of a text, case by case, as a jurist can read them in `proofreading_cases.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dean06.papers.proofreading.checking import Remark, Surroundings, proofread
from dean06.papers.proofreading.known import known
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import Outline, Section, prose
from papers.samples import decision, letter, monthly_report
from papers.strategies import papers as any_paper

TABLE: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("proofreading_cases.yaml"))
CASES: list[dict[str, Any]] = TABLE["cases"]
CODES = {
    "dangling_reference", "unknown_paper", "blank_number", "blank_date", "wrong_level", "unknown_abbreviation",
    "unit_not_in_force", "law_not_in_force",
}  # fmt: skip


def house(name: str) -> Surroundings:
    facts = TABLE["nha"][name]
    return Surroundings(
        on=facts["ngay"],
        level=facts["cap"],
        unit=facts["don_vi"],
        abbreviations=frozenset({"PC06", "TCTĐA"}),
        series=frozenset({"QĐ-TCT", "BC-TCT"}),
        papers={"7/QĐ-TCT": (date(2026, 1, 12),)},
    )


def article(at: int, said: str | dict[str, Any], prefix: str) -> Section:
    facts = {"loi": said} if isinstance(said, str) else said
    clauses = tuple(
        Section(f"{prefix}{at}-k{number}", "", (prose(text),)) for number, text in enumerate(facts.get("khoan", ()), 1)
    )
    return Section(f"{prefix}{at}", "", (prose(facts["loi"]),), clauses)


def made(case: dict[str, Any]) -> Paper:
    """The paper that a case describes; what it leaves out says nothing that could be remarked on."""
    facts: dict[str, Any] = {
        "abstract": "Kết quả công tác",
        "authority": "",
        "grounds": tuple(case.get("can_cu", ())),
        "recipients": tuple(case.get("noi_nhan", ("Các thành viên",))),
        "addressees": (),
        "closing": None,
        "annexes": (),
        "attachments": tuple(
            Attachment(title=f"Phụ lục {at}", body=(prose("Số liệu."),)) for at in range(case.get("phu_luc", 0))
        ),
    }
    if "quy_che" in case:
        body = tuple(article(at, said, "q") for at, said in enumerate(case["quy_che"], 1))
        rules = Attachment(form=Attached.TEXT, title="Quy chế", abstract="Hoạt động", outline=Outline.DIEU, body=body)
        facts["attachments"] = (rules,)
    if "dieu" in case:
        body = tuple(article(at, said, "d") for at, said in enumerate(case["dieu"], 1))
        return decision(**facts, body=body, outline=Outline.DIEU)
    parts = tuple(Section(f"p{at}", title, (prose(text),)) for at, (title, text) in enumerate(case.get("phan", ()), 1))
    opening = tuple(prose(text) for text in case.get("doan", ("Kết quả như sau.",)))
    return monthly_report(**facts, body=(*opening, *parts))


def fits(remark: Remark, asked: dict[str, str]) -> bool:
    return (
        remark.code == asked["ma"]
        and remark.severity == asked.get("muc", remark.severity)
        and remark.where.endswith(asked.get("o", ""))
        and asked.get("co", "") in remark.sentence()
    )


@pytest.mark.parametrize("case", CASES, ids=[case["ten"] for case in CASES])
def test_a_text_gets_these_remarks_and_no_other(case: dict[str, Any]) -> None:
    found = list(proofread(made(case), house(case["nha"])))
    said = [(each.code, each.severity, each.sentence()) for each in found]
    for asked in case.get("nhan_xet", ()):
        match = next((each for each in found if fits(each, asked)), None)
        assert match is not None, (asked, said)
        found.remove(match)
    assert found == [], said


def test_the_cases_are_enough_and_try_every_code() -> None:
    with_remarks = [case for case in CASES if case.get("nhan_xet")]
    assert len(CASES) >= 60
    assert len(with_remarks) >= 35
    assert {asked["ma"] for case in with_remarks for asked in case["nhan_xet"]} == CODES


@pytest.mark.parametrize("paper", [monthly_report(), decision(), letter()], ids=["bao-cao", "quyet-dinh", "cong-van"])
def test_our_samples_of_2022_are_clean_in_2022(paper: Paper) -> None:
    of_then = Surroundings(
        on=date(2022, 10, 5), level="huyen", unit="456", abbreviations=frozenset({"TCTĐA", "PC06", "CA"})
    )
    assert [each.sentence() for each in proofread(paper, of_then)] == []


def test_a_remark_has_its_place_and_what_to_do_in_both_languages() -> None:
    case = CASES[0]
    (found,) = proofread(made(case), house(case["nha"]))
    assert (found.key, found.paragraph) == ("d2", 1)
    assert found.sentence() == (
        "Điều 2: dẫn tới Điều 7 nhưng văn bản chỉ có 3 điều; sửa số dẫn chiếu, hoặc ghi rõ văn bản được dẫn."
    )
    assert found.en
    assert found.do_en


def test_every_law_of_the_table_has_its_source_and_is_found_by_its_own_name() -> None:
    for law in known().legal_texts:
        paper = made({"can_cu": [f"Căn cứ {law.name}"]})
        after = proofread(paper, Surroundings(on=date(2026, 3, 2), level="xa"))
        before = proofread(paper, Surroundings(on=law.ends.replace(year=law.ends.year - 1), level="xa"))
        assert "law_not_in_force" in {each.code for each in after}, law.name
        assert law.name not in {each.vi.partition(" không còn")[0] for each in before}
        assert law.source


@settings(max_examples=30, deadline=None)
@given(any_paper(), st.sampled_from(["xa-2026", "huyen-2022", "tinh-2026"]))
def test_any_paper_can_be_read(paper: Paper, name: str) -> None:
    for remark in proofread(paper, house(name)):
        assert remark.code in CODES
        assert remark.sentence().endswith(".")
