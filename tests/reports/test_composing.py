"""Sections from facts: a number is only ever a fact's code, and the clerk's words outlive a remaking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.reports.composing import changes, compose, facts_named, keep_edits, number
from dean06.reports.types import Fact, FactSheet, Paragraph, Source

SOURCE = Source(kind="run", id="L1", label="Lượt L1", sha256="a" * 64)
CODES = [
    "nv.giao",
    "nv.xong_dung_han",
    "nv.xong_tre",
    "nv.dang_mo",
    "nv.qua_han",
    "nop.so_lan",
    "nop.so_dong",
    "nop.cach_ly",
    "so.ngay",
    "so.so_nguoi",
    "kq.khop",
    "kq.ti_le_khop",
    "kq.sai_lech",
    "kq.nghi_van",
    "kq.khong_thay",
    "kq.trung",
    "kq.da_chet",
    "kq.da_chuyen",
    "sl.moi",
    "sl.chung_minh",
    "sl.mo_lai",
    "sl.con_mo",
    "sl.khai_sai",
    "sl.don_qua_han",
]


def sheet(**values: int) -> FactSheet:
    given_values = {code: values.get(code.replace(".", "_"), 1) for code in CODES}
    return FactSheet(
        group_id=1,
        month="2022-09",
        since=date(2022, 8, 1),
        until=date(2022, 8, 31),
        span_rule="mặc định",
        facts=tuple(
            Fact(code=code, label=code, value=value, sources=(SOURCE,)) for code, value in given_values.items()
        ),
        words={
            "charter": "Quy chế",
            "body": "Tổ",
            "since": "01/08/2022",
            "until": "31/08/2022",
            "span_rule": "mặc định",
        },
    )


def test_a_number_without_a_source_cannot_be_made():
    with pytest.raises(ValueError, match="no source"):
        Fact(code="x", label="x", value=1, sources=())


def test_every_number_of_the_text_is_a_fact_of_the_sheet():
    made = sheet()
    named = {code for section in compose(made) for one in section.paragraphs for code in facts_named(one.text)}
    assert named <= set(made.by_code())
    assert {"nv.giao", "kq.khop", "sl.chung_minh"} <= named
    assert not any(ch.isdigit() for section in compose(made) for one in section.paragraphs for ch in strip(one.text))


def strip(text: str) -> str:
    for word in ("01/08/2022", "31/08/2022"):
        text = text.replace(word, "")
    return text


def test_a_paragraph_about_nothing_is_left_out():
    keys = {one.key for section in compose(sheet(nv_qua_han=0, sl_khai_sai=0)) for one in section.paragraphs}
    assert "iii.1" not in keys
    assert "ii.2.2" not in keys
    assert "ii.2.1" in keys


@given(st.integers(0, 10**9))
def test_numbers_are_written_as_offices_write_them(value):
    assert int(number(value).replace(".", "")) == value
    assert number(value).count(".") == (len(str(value)) - 1) // 3


def test_shares_have_a_comma():
    assert number(92.0) == "92,0"
    assert number(1234.5) == "1.234,5"


def test_the_clerk_s_words_stay_and_their_numbers_follow():
    first = compose(sheet())
    edited = tuple(
        replace(
            section,
            paragraphs=tuple(
                Paragraph(key=one.key, text="Lời của văn thư, {nv.giao} việc.", edited=True)
                if one.key == "i.1"
                else one
                for one in section.paragraphs
            ),
        )
        for section in first
    )
    again = keep_edits(edited, compose(sheet(nv_giao=9)))
    words = {one.key: one for section in again for one in section.paragraphs}
    assert words["i.1"].text == "Lời của văn thư, {nv.giao} việc."
    assert words["i.2"].text == {one.key: one.text for section in first for one in section.paragraphs}["i.2"]


def test_an_edited_paragraph_that_would_now_be_left_out_stays():
    first = compose(sheet(nv_qua_han=3))
    edited = tuple(
        replace(section, paragraphs=tuple(replace(one, edited=one.key == "iii.1") for one in section.paragraphs))
        for section in first
    )
    again = keep_edits(edited, compose(sheet(nv_qua_han=0)))
    assert "iii.1" in {one.key for section in again for one in section.paragraphs}


@given(st.dictionaries(st.sampled_from(["nv_giao", "kq_khop", "sl_moi"]), st.integers(0, 50)))
def test_changes_name_exactly_the_facts_that_differ(values):
    before, after = sheet(), sheet(**values)
    told = {one.code for one in changes(before, after)}
    assert told == {code for code in CODES if before.by_code()[code].value != after.by_code()[code].value}
