"""Writing the old ways: known samples, and nothing lost on the way where nothing may be lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.demo.encodings import cp1258, decomposed, mojibake, tcvn3, vni

LETTERS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
]
VIETNAMESE = st.text(st.sampled_from([*LETTERS, *"bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX '-"]), max_size=30)


@pytest.mark.parametrize(
    ("way", "written"),
    [(tcvn3, "NguyÔn V¨n Hßa"), (vni, "Nguyeãn Vaên Hoøa"), (mojibake, "Nguyá»…n VÄƒn HÃ²a")],
)
def test_the_same_name_in_three_encodings(way, written):
    assert way("Nguyễn Văn Hòa") == written


def test_a_capital_with_a_tone_has_no_place_in_tcvn3():
    assert tcvn3("Ánh") == tcvn3("ánh")
    assert tcvn3("Đỗ") != tcvn3("đỗ")


@given(VIETNAMESE)
def test_code_page_1258_holds_every_name(text):
    assert unicodedata.normalize("NFC", cp1258(text).encode("cp1258").decode("cp1258")) == text


@given(VIETNAMESE)
def test_decomposing_and_misreading_can_be_undone(text):
    assert unicodedata.normalize("NFC", decomposed(text)) == text
    shapes = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(256)}
    assert bytes(shapes[c] for c in mojibake(text)).decode("utf-8") == text


@given(VIETNAMESE)
def test_each_small_letter_has_its_own_shape(text):
    small = text.lower()
    assert len({tcvn3(letter) for letter in set(small)}) == len(set(small))
    assert len({vni(letter) for letter in set(small)}) == len(set(small))
