"""Units, each on a date: the traps of a reused code, of repeated names and of spellings."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.places.service import (
    ancestors,
    catalogue,
    children,
    heirs_of_name,
    known_codes,
    old_codes,
    predecessors,
    resolve_name,
    successors,
    unit,
)

IN_2022 = date(2022, 8, 15)
IN_MAY_2025 = date(2025, 5, 15)
LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)
IN_2026 = date(2026, 7, 15)
DAYS = st.dates(date(2008, 8, 1), date(2030, 1, 1))


def codes(units):
    return [u.code for u in units]


def test_63_provinces_became_34_on_the_first_of_july_2025():
    assert len(catalogue(LAST_DAY, "tinh")) == 63
    assert len(catalogue(FIRST_DAY, "tinh")) == 34


def test_districts_went_and_10035_communes_became_3321():
    """The figures of Decision 19/2025/QĐ-TTg, and of the list of units on the day before it."""
    kinds = Counter(u.kind for u in catalogue(LAST_DAY) if u.level != "tinh")
    districts = {"huyen": 508, "thanh_pho": 87, "thi_xa": 52, "quan": 49}
    assert kinds == districts | {"xa": 7695, "phuong": 1724, "thi_tran": 616}
    assert len(catalogue(FIRST_DAY, "huyen")) == 0
    assert Counter(u.kind for u in catalogue(FIRST_DAY, "xa")) == {"xa": 2621, "phuong": 687, "dac_khu": 13}
    assert len(children("25", FIRST_DAY)) == 148  # Phú Thọ


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("19225", LAST_DAY, "Gia Ninh"),
        ("19225", FIRST_DAY, "Ninh Châu"),
        ("14089", LAST_DAY, "Xuân Trường"),
        ("14104", IN_2022, "Xuân Phong"),
        ("14104", IN_MAY_2025, "Xuân Giang"),
        ("19207", IN_2022, "Lương Ninh"),
        ("19207", IN_MAY_2025, "Quán Hàu"),
        ("19207", IN_2026, "Quảng Ninh"),
        ("44", LAST_DAY, "Quảng Bình"),
        ("44", FIRST_DAY, "Quảng Trị"),
        ("15", LAST_DAY, "Yên Bái"),
        ("15", FIRST_DAY, "Lào Cai"),
        ("46", date(2024, 12, 31), "Thừa Thiên Huế"),
    ],
)
def test_a_reused_code_means_the_unit_of_the_day(code, day, name):
    found = unit(code, day)
    assert found is not None
    assert found.name == name
    assert found.legal_basis


def test_a_town_and_the_commune_that_took_its_code_differ_in_kind():
    assert unit("14089", LAST_DAY).kind == "thi_tran"
    assert unit("14089", FIRST_DAY).kind == "xa"
    assert unit("14089", FIRST_DAY).full_name == "xã Xuân Trường"


@pytest.mark.parametrize(
    ("district", "counts"),
    [("456", {IN_2022: 15, IN_MAY_2025: 14, IN_2026: 0}), ("364", {IN_2022: 20, IN_MAY_2025: 14, IN_2026: 0})],
)
def test_the_communes_of_a_district_by_date(district, counts):
    assert {day: len(children(district, day)) for day in counts} == counts


def test_a_district_handed_its_work_to_four_communes_each():
    assert codes(successors("456", IN_2022)) == ["19204", "19207", "19225", "19237"]
    assert codes(successors("364", IN_2022)) == ["14089", "14095", "14104", "14122"]
    assert unit("456", FIRST_DAY) is None


def test_two_mergers_in_a_row_are_followed():
    assert codes(successors("14107", IN_2022)) == ["14104"]
    assert successors("14107", IN_2022)[0].name == "Xuân Giang"
    assert successors("14107", IN_2022, IN_MAY_2025)[0].parent == "364"
    assert successors("19201", IN_2022)[0].name == "Quảng Ninh"


def test_predecessors_just_before_and_on_a_day():
    assert codes(predecessors("19225", IN_2026)) == ["456", "19216", "19222", "19225", "19234"]
    assert codes(predecessors("14104", IN_2026, IN_2022)) == ["364", "14104", "14107", "14110", "14113", "14128"]
    assert codes(predecessors("37", IN_2026)) == ["35", "36", "37"]


def test_old_codes_lead_to_the_communes_of_the_day():
    moved = old_codes(IN_2026)
    assert moved["19228"] == ("19204",)
    assert moved["14137"] == ("14089",)
    assert "19225" not in moved  # Gia Ninh went into the commune that bears its code now
    assert {heir for heirs in moved.values() for heir in heirs} <= {u.code for u in catalogue(IN_2026, "xa")}
    assert sum(len(heirs) > 1 for heirs in moved.values()) == 471  # divided among several: a code alone cannot tell
    assert old_codes(IN_2022) == {}


def test_a_commune_lies_in_a_district_before_the_reform_and_in_a_province_after():
    assert codes(ancestors("19225", IN_2022)) == ["456", "44"]
    assert [u.name for u in ancestors("19225", IN_2026)] == ["Quảng Trị"]
    assert [u.name for u in ancestors("14122", IN_2026)] == ["Ninh Bình"]


@pytest.mark.parametrize(
    ("text", "within", "day", "code"),
    [
        ("xã Gia Ninh", "456", IN_2022, "19225"),
        ("GIA NINH", "456", IN_2022, "19225"),
        ("X. Gia Ninh, H. Quảng Ninh, T. Quảng Bình", None, IN_2022, "19225"),
        ("Thôn Trung, xa Vo Ninh, huyen Quang Ninh", None, IN_2022, "19213"),
        ("TT Quán Hàu", "456", IN_2022, "19201"),
        ("TT. Quán Hàu", "456", IN_MAY_2025, "19207"),
        ("Quan Hau", "456", IN_2022, "19201"),
        ("xã Xuân Ninh", "364", IN_2022, "14143"),
        ("xã Xuân Ninh", "456", IN_2022, "19237"),
        ("xã Xuân Ninh, huyện Xuân Trường", None, IN_2022, "14143"),
        ("Xuân Thuỷ", "364", IN_2022, "14113"),
        ("huyện Quảng Ninh", None, IN_2022, "456"),
        ("tỉnh Quảng Ninh", None, IN_2022, "22"),
        ("xã Quảng Ninh, tỉnh Quảng Trị", None, IN_2026, "19207"),
        ("TT Xuân Trường", None, IN_2022, "14089"),
        ("huyện Xuân Trường", None, IN_2022, "364"),
        ("Đội 4 - xã Xuân Hòa - huyện Xuân Trường", None, IN_2022, "14146"),
    ],
)
def test_names_as_people_write_them(text, within, day, code):
    found = resolve_name(text, within, day)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "within", "day"),
    [
        ("xã Xuân Ninh", None, IN_2022),  # one in each district: nobody can tell
        ("xã Gia Ninh", "364", IN_2022),
        ("xã Gia Ninh, huyện Xuân Trường", None, IN_2022),
        ("xã Gia Ninh", "44", IN_2026),  # gone by then
        ("", None, IN_2022),
        ("thôn Đông", None, IN_2022),
    ],
)
def test_what_cannot_be_told_is_not_guessed(text, within, day):
    assert resolve_name(text, within, day) is None


def test_an_old_address_leads_to_the_commune_of_today():
    assert codes(heirs_of_name("xã Gia Ninh, huyện Quảng Ninh, tỉnh Quảng Bình", None, IN_2026)) == ["19225"]
    assert codes(heirs_of_name("Xóm 3, Xuân Kiên, Xuân Trường, Nam Định", None, IN_2026)) == ["14089"]
    assert codes(heirs_of_name("xã Ninh Châu", "44", IN_2026)) == ["19225"]
    assert heirs_of_name("thôn Đông", None, IN_2026) == ()


@given(DAYS)
def test_at_any_date_a_code_means_one_unit_and_every_parent_exists(day):
    here = catalogue(day)
    assert len({u.code for u in here}) == len(here)
    for u in here:
        assert unit(u.code, day) == u
        assert u.parent is None or unit(u.parent, day) is not None


@given(st.sampled_from(sorted(known_codes())), DAYS)
def test_nothing_vanishes_and_the_way_back_leads_to_the_start(code, day):
    start = unit(code, day)
    if start is None:
        return
    heirs = successors(code, day)
    assert heirs
    for heir in heirs:
        assert heir.valid_to is None
        assert start in predecessors(heir.code, heir.valid_from, day)


@given(st.sampled_from(sorted(known_codes())), DAYS)
def test_a_unit_ends_exactly_when_its_successors_begin(code, day):
    start = unit(code, day)
    if start is None or start.valid_to is None:
        return
    after = start.valid_to + timedelta(days=1)
    assert start.successors
    assert all(unit(heir, after) is not None for heir in start.successors)
