"""Differing letters: what is marked, what stays, and that nothing of a value becomes HTML."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from dean06.web import marks, pairs

LETTERS = "aăâeêoôơuưyđAĐÐnghNGHý1234567890/-. <>&\"'̣́̀̉̃\u200d"
VALUES = st.text(alphabet=LETTERS, max_size=14) | st.text(max_size=10)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def shown(runs):
    return "".join(f"[{text}]" if differs else text for text, differs in runs)


@pytest.mark.parametrize(
    ("mine", "theirs", "marked_mine", "marked_theirs"),
    [
        ("Nguyễn Thị Hưong", "Nguyễn Thị Hương", "Nguyễn Thị Hư[o]ng", "Nguyễn Thị Hư[ơ]ng"),
        ("Trần Văn Thuân", "Trần Văn Thuận", "Trần Văn Thu[â]n", "Trần Văn Thu[ậ]n"),
        ("17/02/1948", "17/02/1943", "17/02/194[8]", "17/02/194[3]"),
        ("06/10/1952", "10/06/1952", "[06]/[10]/1952", "[10]/[06]/1952"),
        ("Lê Thị Tý", "Lê Thị Tính", "Lê Thị T[ý]", "Lê Thị T[ính]"),
        ("1950", "23/09/1950", "[]1950", "[23/09/]1950"),
        ("Bùi Xuân Ðạt", "Bùi Xuân Đạt", "Bùi Xuân [Ð]ạt", "Bùi Xuân [Đ]ạt"),
        ("Nguyễn Hương", "Nguyễn Thị Hương", "Nguyễn []Hương", "Nguyễn [Thị ]Hương"),
        ("Hơng", "Hương", "H[]ơng", "H[ư]ơng"),
    ],
)
def test_only_the_differing_letters_are_marked(mine, theirs, marked_mine, marked_theirs):
    first, second = pairs.differing(mine, theirs)
    assert (shown(first), shown(second)) == (marked_mine, marked_theirs)


def test_a_decomposed_letter_is_the_same_letter():
    composed = "Nguyễn Thị Thủy"
    assert shown(pairs.differing(unicodedata.normalize("NFD", composed), composed)[0]) == composed


def test_a_mark_that_nfc_cannot_join_stays_on_its_letter():
    assert pairs.graphemes("q\u0303x") == ["q\u0303", "x"]
    first, _ = pairs.differing("q\u0303a", "qa")
    assert shown(first) == "[q\u0303]a"


@given(mine=VALUES, theirs=VALUES)
@example(mine="", theirs="a")
def test_the_runs_are_the_values_and_the_unmarked_is_common(mine, theirs):
    first, second = pairs.differing(mine, theirs)
    assert "".join(text for text, _ in first) == unicodedata.normalize("NFC", mine)
    assert "".join(text for text, _ in second) == unicodedata.normalize("NFC", theirs)
    kept = ["".join(text for text, differs in runs if not differs) for runs in (first, second)]
    assert kept[0] == kept[1]


@given(value=VALUES)
def test_equal_values_have_no_mark(value):
    assert not any(differs for _, differs in pairs.differing(value, value)[0])
    assert "<mark" not in marks.pair(value, value)


GAP = re.compile(r'<span class="visually-hidden">.*?</span>')
OURS = re.compile(r'<(/?)(span|mark)( class="(pair|pair-to|d-from|d-to|d-from d-gap|d-to d-gap)")?>')


@given(mine=VALUES, theirs=VALUES)
def test_a_value_never_becomes_html_and_nothing_of_it_is_lost(mine, theirs):
    for shown_value, value in zip(marks.pair_of(mine, theirs), (mine, theirs), strict=True):
        bare = OURS.sub("", GAP.sub("", shown_value))
        assert "<" not in bare
        assert ">" not in bare
        assert html.unescape(bare) == html.unescape(html.escape(unicodedata.normalize("NFC", value)))


def test_script_in_a_name_is_shown_as_text():
    drawn = marks.pair("<script>alert(1)</script>", "Nguyễn")
    assert "<script" not in drawn
    assert "&lt;" in drawn


def test_a_value_missing_on_one_side():
    assert marks.pair(None, "Nguyễn").count("<mark") == 1
    assert "pair-to" not in marks.pair("Nguyễn", None)


def test_a_missing_letter_is_said_and_drawn_only_inside_a_value():
    assert "(thiếu)" in marks.pair("Nguyễn Hương", "Nguyễn Thị Hương")
    assert "d-gap" not in marks.pair("1950", "23/09/1950")
