"""Legacy encodings: tables that agree with the standard, round trips, and columns told apart by their words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.orthography.legacy_tables import TCVN3, TO_VNI, as_bytes_1252, shown_as_1252
from dean06.orthography.service import Encoding, decode, detect_column, encode, heal_column, readings
from dean06.orthography.syllables import is_syllable, name_words, weight

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = sorted({unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưy" for tone in TONES} | {"đ"})
CAPITALS = [letter.upper() for letter in SMALL]
PLAIN = "abcdghklmnpqrstvx"
WORDS = sorted(name_words())
LEGACY = [Encoding.TCVN3, Encoding.VNI, Encoding.CP1258, Encoding.MOJIBAKE, Encoding.MOJIBAKE_TWICE, Encoding.ENTITIES]

NAMES_TEXT = (
    "Nguyễn Văn Hòa, Trần Thị Thương, Lê Thị Ánh, Đặng Hữu Phước, Phạm Thị Hường, Lưu Đức Hưng, Hà Thị Thu, "
    "Võ Văn Tư, Đỗ Quốc Trưng, Trương Thị Như, Nguyễn Thị Hồng Nhung, Hồ Văn Ước, Ngô Quỳnh Thủy, Đỗ Thị Bằng"
)
NAMES = NAMES_TEXT.split(", ")


def name(count=3):
    return st.lists(st.sampled_from(WORDS), min_size=2, max_size=count + 1).map(lambda words: " ".join(words).title())


def test_every_small_letter_has_one_tcvn3_form():
    letters = [letter for letter in SMALL if not letter.isascii()]
    assert sorted(TCVN3.values()) == sorted([*letters, *"ĐĂÂÊÔƠƯ"])
    assert len({encode(letter, Encoding.TCVN3) for letter in letters}) == len(letters)


def test_every_letter_has_a_vni_form():
    assert all(letter in TO_VNI or letter.isascii() for letter in [*SMALL, *CAPITALS])


@pytest.mark.parametrize(
    ("encoding", "typed"),
    [
        (Encoding.TCVN3, "NguyÔn V¨n Hßa"),
        (Encoding.VNI, "Nguyeãn Vaên Hoøa"),
        (Encoding.MOJIBAKE, "Nguyá»…n VÄƒn HÃ²a"),
        (Encoding.CP1258, "NguyêÞn Vãn HoÌa"),
        (Encoding.ENTITIES, "Nguy&#7877;n V&#259;n H&ograve;a"),
    ],
)
def test_the_name_every_clerk_has_seen(encoding, typed):
    assert decode(typed, encoding) == "Nguyễn Văn Hòa"


@pytest.mark.parametrize("byte", range(256))
def test_every_byte_is_shown_and_comes_back(byte):
    assert as_bytes_1252(shown_as_1252(bytes([byte]))) == bytes([byte])


@given(text=st.text(st.sampled_from([*SMALL, *CAPITALS, *PLAIN, *PLAIN.upper(), *" -'.0123456789"]), max_size=30))
def test_round_trips_without_loss(text):
    for encoding in (Encoding.DECOMPOSED, Encoding.CP1258, Encoding.MOJIBAKE, Encoding.MOJIBAKE_TWICE):
        assert decode(encode(text, encoding), encoding) == unicodedata.normalize("NFC", text)


@given(text=name())
def test_names_survive_vni_whole_and_tcvn3_but_for_case(text):
    assert decode(encode(text, Encoding.VNI), Encoding.VNI) == text
    assert decode(encode(text, Encoding.TCVN3), Encoding.TCVN3).casefold() == text.casefold()


@given(text=st.text(max_size=60), encoding=st.sampled_from(list(Encoding)))
def test_decoding_any_text_never_fails_and_composes(text, encoding):
    assert unicodedata.is_normalized("NFC", decode(text, encoding))
    assert readings(text)[0] == unicodedata.normalize("NFC", text)


def test_text_that_an_encoding_cannot_hold_is_said():
    with pytest.raises(ValueError, match=r"U\+4E2D"):
        encode("中", Encoding.TCVN3)


@pytest.mark.parametrize("encoding", [Encoding.UNICODE, Encoding.DECOMPOSED, *LEGACY])
@pytest.mark.parametrize("case", [str.title, str.upper])
def test_a_column_is_told_by_its_words(encoding, case):
    names = [case(name) for name in NAMES]
    typed = [encode(name, encoding) for name in names]
    assert detect_column(typed) is encoding
    healing = heal_column(typed)
    assert [healing.changed.get(value, value) for value in typed] == names


@given(names=st.lists(name(), min_size=12, max_size=30, unique=True), encoding=st.sampled_from(LEGACY))
def test_columns_of_any_names_are_told_and_read(names, encoding):
    typed = [encode(name, encoding) for name in names]
    if sum(not value.isascii() or "&" in value for value in typed) < 8:
        return
    healing = heal_column(typed)
    assert healing.encoding is encoding
    read = [healing.changed.get(value, value) for value in typed]
    assert sum(a.casefold() == b.casefold() for a, b in zip(read, names, strict=True)) >= len(names) - 1


@given(names=st.lists(name(), min_size=1, max_size=30))
def test_unicode_columns_are_left_alone(names):
    assert detect_column(names) is Encoding.UNICODE
    assert heal_column(names).changed == {}


def test_names_of_minorities_and_foreigners_are_left_alone():
    names = ["Y Niê", "H'Bưng Mlô", "Ksor Rơ Châm", "José Müller", "Giàng A Páo", "Zoë Ångström", "K’ Brêp"]
    assert heal_column([*NAMES, *names]).changed == {}


def test_a_stripped_soft_hyphen_is_given_back():
    typed = [encode(name, Encoding.TCVN3).replace("\u00ad", "") for name in NAMES]
    healing = heal_column(typed)
    assert [healing.changed.get(value, value) for value in typed] == NAMES


def test_bytes_lost_from_mojibake_are_guessed_by_the_words():
    typed = [
        "".join(letter for letter in encode(name, Encoding.MOJIBAKE) if not "\x80" <= letter <= "\x9f")
        .replace("\u00a0", " ")
        .replace("\u00ad", "")
        for name in NAMES
    ]
    healing = heal_column(typed)
    assert [healing.changed.get(value, value) for value in typed] == NAMES


def test_values_typed_in_unicode_inside_a_legacy_column_stay():
    typed = [encode(name, Encoding.TCVN3) for name in NAMES]
    healing = heal_column([*typed, "Nguyễn Thị Hằng", "Lê Hà"])
    assert healing.encoding is Encoding.TCVN3
    assert "Nguyễn Thị Hằng" not in healing.changed
    assert "Lê Hà" not in healing.changed


def test_why_a_value_changed_is_said():
    healing = heal_column(
        ["Nguyễn Văn Hòa", "Lê Ðức Hưng", unicodedata.normalize("NFD", "Trần Thị Mận"), "Nguyeãn Vaên Hoøa"]
    )
    assert healing.reasons == {
        "Lê Ðức Hưng": "chu_dong_dang",
        unicodedata.normalize("NFD", "Trần Thị Mận"): "nfd",
        "Nguyeãn Vaên Hoøa": "vni",
    }


@pytest.mark.parametrize(
    "word", ["nguyễn", "quý", "giếng", "gìn", "khuỷu", "yến", "thuở", "xoong", "hòa", "hoà", "ước", "quốc"]
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nguyốn", "hât", "tòc", "ĂN", "ngâyn", "hoøa", "nguyÔn", "brànǵ", "wính", ""])
def test_no_syllables(word):
    assert not is_syllable(word)


def test_words_are_weighed():
    assert weight("Nguyễn") == 3
    assert weight("(khoẳng)") == 1
    assert weight("19207") == 0
    assert weight("V¨n") < 0


def test_without_a_sign_of_stripping_no_letter_is_added():
    typed = [encode(name, Encoding.TCVN3) for name in ("Nguyễn Văn Tu", "Trần Thị Lan", "Lê Hồng Lu", "Phạm Đức Bình")]
    healing = heal_column(typed)
    assert [healing.changed.get(value, value) for value in typed] == [decode(value, Encoding.TCVN3) for value in typed]
