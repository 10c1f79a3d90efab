"""Twins, namesakes, parents' and spouses' numbers: never merged silently."""

from __future__ import annotations

from typing import Any

import pytest

from reconcile.matching import match, prepare
from reconcile.test_engine_verdicts import NAMED, person

HOME = {"thuong_tru_xa": "19200", "thuong_tru_chi_tiet": "Số 5, thôn Trung Hoà"}
FATHER = person(1, so_dinh_danh="044080000001", ho_ten="Nguyễn Văn Hải", ngay_sinh="1980-04-15", **HOME)
MOTHER = person(
    2, so_dinh_danh="044182000002", ho_ten="Trần Thị Hoa", ngay_sinh="1982-09-20", gioi_tinh="Nữ", so_cmnd=None, **HOME
)
PARENTS = {"ho_ten_cha": "Nguyễn Văn Hải", "ho_ten_me": "Trần Thị Hoa", "so_cmnd": None}
CHILD = person(3, so_dinh_danh="044210000003", ho_ten="Nguyễn Minh Quân", ngay_sinh="2010-06-18", **HOME, **PARENTS)
TWIN = person(4, so_dinh_danh="044214000004", ho_ten="Nguyễn Văn Hưng", ngay_sinh="2014-02-21", **HOME, **PARENTS)
OTHER_TWIN = person(5, so_dinh_danh="044214000005", ho_ten="Nguyễn Văn Hùng", ngay_sinh="2014-02-21", **HOME, **PARENTS)
NAMESAKE = person(6, so_dinh_danh="044071000006", ho_ten="Lê Văn Nam", ngay_sinh="1971-03-14", thuong_tru_xa="19200")
OTHER_NAMESAKE = person(
    7, so_dinh_danh="044071000007", ho_ten="Lê Văn Nam", ngay_sinh="1971-03-14", thuong_tru_xa="19203"
)
FAMILY = (FATHER, MOTHER, CHILD, TWIN, OTHER_TWIN, NAMESAKE, OTHER_NAMESAKE)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    people = [person(at) for at in range(20, 420)]
    return prepare(tmp_path_factory.mktemp("dangers"), [*people, *FAMILY])


@pytest.fixture
def one(prepared, tmp_path):
    def matched(known: dict[str, str | None], **changed: str | None) -> dict[str, Any]:
        year, month, day = str(known["ngay_sinh"]).split("-")
        row = {
            "ho_ten": known["ho_ten"],
            "ngay_sinh": f"{day}/{month}/{year}",
            "gioi_tinh": known["gioi_tinh"],
            "so_giay_to": known["so_dinh_danh"],
            "ma_xa": known["thuong_tru_xa"],
            **changed,
        }
        return match(prepared, [row], tmp_path)[0]

    return matched


def test_a_parents_number_used_for_a_child_names_the_child_and_says_the_number_is_wrong(one):
    for parent in (FATHER, MOTHER):
        found = one(CHILD, so_giay_to=parent["so_dinh_danh"])
        assert found["so_dinh_danh"] == CHILD["so_dinh_danh"]
        assert found["ket_qua"] == "KHOP_SAI_LECH"
        assert "so_dinh_danh" in found["sai_truong"]


def test_a_parents_number_for_a_child_the_register_does_not_know_names_nobody(one):
    found = one(CHILD, ho_ten="Nguyễn Hoài An", ngay_sinh="05/05/2022", so_giay_to=FATHER["so_dinh_danh"])
    assert found["ket_qua"] in {"NGHI_VAN", "KHONG_TIM_THAY"}


def test_spouses_with_swapped_numbers_are_named_by_what_the_rows_say_of_them(one):
    for spouse, other in ((FATHER, MOTHER), (MOTHER, FATHER)):
        found = one(spouse, so_giay_to=other["so_dinh_danh"])
        assert found["so_dinh_danh"] == spouse["so_dinh_danh"]
        assert "so_dinh_danh" in found["sai_truong"]


def test_twins_with_swapped_numbers_are_left_to_a_person(one):
    found = one(TWIN, so_giay_to=OTHER_TWIN["so_dinh_danh"])
    assert found["ket_qua"] == "NGHI_VAN"
    assert {candidate["so_dinh_danh"] for candidate in found["ung_vien"]} == {
        TWIN["so_dinh_danh"],
        OTHER_TWIN["so_dinh_danh"],
    }


def test_a_twin_without_number_or_marks_could_be_either(one):
    assert one(TWIN, so_giay_to=None)["so_dinh_danh"] == TWIN["so_dinh_danh"]
    assert one(TWIN, so_giay_to=None, ho_ten="NGUYEN VAN HUNG")["ket_qua"] == "NGHI_VAN"


def test_namesakes_of_one_day_are_told_apart_by_commune_or_not_at_all(one):
    assert one(NAMESAKE, so_giay_to=None)["so_dinh_danh"] == NAMESAKE["so_dinh_danh"]
    assert one(NAMESAKE, so_giay_to=None, ma_xa=None)["ket_qua"] == "NGHI_VAN"


def test_candidates_carry_number_probability_and_reasons(one):
    found = one(NAMESAKE, so_giay_to=None, ma_xa=None)
    assert len(found["ung_vien"]) == 2
    for candidate in found["ung_vien"]:
        assert set(candidate) == {"so_dinh_danh", "xac_suat", "ly_do"}
        assert 0 < candidate["xac_suat"] < 0.5
        assert "cùng họ tên" in candidate["ly_do"]


def test_a_father_is_not_his_son(one):
    found = one(FATHER, ngay_sinh="18/06/2010", so_giay_to=None)
    assert found["so_dinh_danh"] != FATHER["so_dinh_danh"] or found["ket_qua"] not in NAMED


def test_accept_moves_the_bar(prepared, tmp_path):
    row = {"ho_ten": "Lê Văn Nam", "ngay_sinh": "14/03/1971", "ma_xa": "19200"}
    certain = match(prepared, [row], tmp_path)[0]
    assert certain["ket_qua"] in NAMED
    bar = min(1.0, certain["do_tin_cay"] + 0.0001)
    if bar < 1.0:
        assert match(prepared, [row], tmp_path, accept=bar)[0]["ket_qua"] == "NGHI_VAN"
