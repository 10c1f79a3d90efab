import unicodedata

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.orthography import sql
from dean06.orthography.service import (
    clean_name,
    fold,
    hash63,
    modern_tones,
    name_key,
    name_keys,
    nfc_clean,
    normal_name,
    phonetic_key,
    search_key,
)

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđbcdghklmnpqrstvx"
ODDITIES = "\u0301\u0303\u031b\u0323\u0302\u00a0\u200b\u00ad\u00b4\u0131 ''’`.-–()[]/,;:0123456789ðÐƉɖİÅñçJǰfjwzFW"
SYLLABLES = st.sampled_from(
    [
        "Nguyễn",
        "Thị",
        "Hoà",
        "hòa",
        "Thuỷ",
        "thúy",
        "quý",
        "Quỳ",
        "Hoàn",
        "đặng",
        "Đỗ",
        "Ông",
        "bà",
        "anh",
        "cô",
        "Ô.",
        "Bé",
        "-",
        "(chết)",
        "đã",
        "chết",
        "H'Loan",
        "H’Loan",
        "Y",
        "Bha",
        "Ksor",
        "1.",
        "nguyễn",
        "uý",
    ]
)
MESSY = st.one_of(
    st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + ODDITIES, max_size=24),
    st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join),
)


def sql_keys(names: list[str]) -> dict[str, tuple[str, str, int, int, int, int, int, int]]:
    with duckdb.connect() as connection:
        connection.execute("create table t (raw varchar)")
        connection.executemany("insert into t values (?)", [[name] for name in names])
        rows = connection.execute(sql.name_keys("select distinct raw from t")).fetchall()
    return {row[0]: row[1:] for row in rows}


@settings(max_examples=30, deadline=None)
@given(st.lists(MESSY, min_size=1, max_size=30))
def test_sql_and_python_compute_the_same_keys(names):
    computed = sql_keys(names)
    for name in names:
        keys = name_keys(name)
        assert computed[name] == (
            keys.normal,
            keys.folded,
            keys.normal_key,
            keys.spelt_key,
            keys.folded_key,
            keys.sound_key,
            keys.given_key,
            keys.ends_key,
        )


@given(MESSY)
def test_normal_form_is_stable_and_blind_to_composition_case_and_spaces(name):
    normal = normal_name(name)
    assert nfc_clean(nfc_clean(name)) == nfc_clean(name)
    assert normal_name("  " + unicodedata.normalize("NFD", name) + "\u00a0") == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("NGUYỄN  VĂN\u00a0AN ", "nguyễn văn an"),
        ("Trần Thị Hoà", "trần thị hòa"),
        ("Lê Thuý Quỳnh", "lê thúy quỳnh"),
        ("Phan Quý Hoàn", "phan quý hoàn"),
        ("Ðặng Văn Ðức", "đặng văn đức"),
        ("Ông Nguyễn Văn A (chết)", "nguyễn văn a"),
        ("Nguyễn Thị B - vợ", "nguyễn thị b"),
        ("1. Bà Lê Thị C", "lê thị c"),
        ("anh Nguyễn Văn D", "nguyễn văn d"),
        ("Anh Hoàng Nguyễn", "anh hoàng nguyễn"),
        ("H’Loan Mlô", "h'loan mlô"),
        ("Y Bhăm Niê", "y bhăm niê"),
    ],
)
def test_what_stands_around_a_name_is_healed(written, normal):
    assert normal_name(written) == normal


def test_repairs_are_named_and_case_is_kept():
    assert clean_name("Ông Nguyễn Văn Anh (đã chết)") == ("Nguyễn Văn Anh", ("ghi_chu", "danh_xung"))
    assert clean_name("Nguyễn Văn Anh") == ("Nguyễn Văn Anh", ())


def test_a_mark_is_never_lost_by_normalising():
    assert normal_name("Nguyễn Thị Hoa") != normal_name("Nguyễn Thị Hòa")
    assert normal_name("Lý Mỹ") != normal_name("Lí Mĩ")


def test_folding_sound_and_order():
    assert fold("Đặng Thị Ngữ") == "dang thi ngu"
    assert search_key("H’LOAN  Ksơr") == "h loan ksor"
    assert name_key("An Văn Nguyễn") == name_key("nguyen van an")
    assert phonetic_key("nghiem xuan truong") == phonetic_key("ngiem suan chuong")


def test_modern_tones_keep_case():
    assert modern_tones("HOÀ Thuỷ quý hoàn") == "HÒA Thủy quý hoàn"


def test_hash_is_the_documented_one():
    assert hash63("") == 0x04B2008FD98C1DD4  # d41d8cd98f00b204…, the MD5 of nothing
    assert hash63("nguyễn văn an") == 5822730885807231591
    with duckdb.connect() as connection:
        for text in ("", "nguyễn văn an", "đ", "\U0001f600"):
            assert connection.execute(f"select {sql.hash63('?::varchar')}", [text]).fetchall()[0][0] == hash63(text)
