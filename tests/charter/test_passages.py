"""The pieces of a text that are looked at, each under its nearest address, and how words are quoted and compared."""

from __future__ import annotations

import pytest

from dean06.charter import service
from dean06.charter.importing import set_phrases
from dean06.charter.importing.warned import Passage, first_words, passages, shown


def _node(kind: str, *below: service.Node, cite: str | None = None, heading: str = "", text: str = "") -> service.Node:
    return service.Node(kind=kind, label="1", cite=cite, heading=heading, text=text, children=below)


def _part(label: str, *below: service.Node, heading: str = "", text: str = "") -> service.Node:
    return service.Node(kind="part", label=label, heading=heading, text=text, children=below)


def test_headings_and_texts_stand_under_their_addresses_in_order():
    clause = _node("clause", _node("point", cite="1.1.a", text="Điểm."), cite="1.1", text="Khoản.")
    article = _node("article", clause, cite="1", heading="Một", text="Lời.")
    assert passages((_part("QC", article),)) == (
        Passage("1", "QC", "heading", "Một"),
        Passage("1", "QC", "text", "Lời."),
        Passage("1.1", "QC", "text", "Khoản."),
        Passage("1.1.a", "QC", "text", "Điểm."),
    )


def test_a_paragraph_stands_under_the_item_it_belongs_to():
    inner = _node("paragraph", _node("dash", text="Gạch."), text="Đoạn.")
    article = _node("article", _node("clause", inner, cite="1.1"), cite="1")
    assert passages((_part("QC", article),)) == (
        Passage("1.1", "QC", "text", "Đoạn."),
        Passage("1.1", "QC", "text", "Gạch."),
    )


def test_what_holds_articles_stands_under_the_first_of_them():
    first, second = _node("article", cite="1", heading="Một"), _node("article", cite="2", heading="Hai")
    chapter = _node("chapter", first, second, heading="CHƯƠNG", text="Lời.")
    assert passages((_part("QC", chapter),)) == (
        Passage("1", "QC", "heading", "CHƯƠNG"),
        Passage("1", "QC", "text", "Lời."),
        Passage("1", "QC", "heading", "Một"),
        Passage("2", "QC", "heading", "Hai"),
    )
    section = _node("section", second, heading="MỤC")
    assert passages((_part("QC", _node("chapter", section, heading="CHƯƠNG")),)) == (
        Passage("QC", "QC", "heading", "CHƯƠNG"),
        Passage("2", "QC", "heading", "MỤC"),
        Passage("2", "QC", "heading", "Hai"),
    )


def test_a_signature_stands_at_the_end_of_a_regulation_and_with_the_recipients_of_a_decision():
    signed = _node("paragraph", text="TỔ TRƯỞNG")
    assert passages((_part("QĐ", signed), _part("QC", signed))) == (
        Passage("QĐ-recipients", "QĐ", "signature", "TỔ TRƯỞNG"),
        Passage("end", "QC", "signature", "TỔ TRƯỞNG"),
    )


def test_only_a_regulation_has_a_title():
    title = Passage("title", "QC", "title", "QUY CHẾ\n(Kèm theo)")
    assert passages((_part("QC", heading="QUY CHẾ", text="(Kèm theo)"),)) == (title,)
    assert passages((_part("QC", text="(Kèm theo)"),)) == (Passage("title", "QC", "title", "(Kèm theo)"),)
    assert passages((_part("QC"), _part("QĐ", heading="QUYẾT ĐỊNH", text="Lời."))) == ()


def test_an_appendix_is_not_looked_at():
    article = _node("article", cite="1", heading="Một")
    assert passages((_part("PL", article, heading="PHỤ LỤC"), _part("QC", article))) == (
        Passage("1", "QC", "heading", "Một"),
    )


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([], ""),
        (["một"], "«một»"),
        (["một  lời\nhai", "ba", "một lời hai"], "«một lời hai», «ba»"),
        (["x" * 60], f"«{'x' * 60}»"),
        (["x" * 61], f"«{'x' * 60}…»"),
    ],
)
def test_words_are_quoted_once_and_no_longer_than_sixty_characters(texts: list[str], told: str):
    assert shown(texts) == told


def test_the_first_words_of_a_text_are_small_and_without_marks():
    assert first_words("«Chế độ», HỌP của tổ", 3) == "chế độ họp"
    assert first_words("", 2) == ""


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Hòa", "hoa\u0300"),
        ("hoà", "hoa\u0300"),
        ("xóa", "xoa\u0301"),
        ("lõa", "loa\u0303"),
        ("thỏa", "thoa\u0309"),
        ("họa", "hoa\u0323"),
        ("xuất", "xuât\u0301"),
        ("đường", "đương\u0300"),
    ],
)
def test_a_word_keeps_its_letters_and_its_tone_stands_last(word: str, told: str):
    assert set_phrases.marks(word) == told


def test_a_word_looks_like_its_plain_letters():
    assert set_phrases.bare("ĐƯỜNG") == "duong"
    assert set_phrases.key(["Đữ", "liệu"]) == "du lieu"
    assert set_phrases.key(["xóa"]) == "xoa"


def test_a_set_phrase_may_be_spelt_in_several_ways_and_the_first_is_meant():
    assert set_phrases.known()["thong tu"] == ("thông tư", {"thông tư", "thông tư\u0300"})
