"""People whom a list mixes up: parents, spouses, twins, namesakes, a father and his son; nobody is merged silently."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.desk import load, matched
from conformance.oracle import NAMED
from conformance.people import person, written

HOMES = ("Xóm Trại", "Xóm Đình", "Xóm Chùa", "Xóm Bến", "Xóm Cầu")
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hồ")
MOTHERS = ("Sáu", "Bảy", "Tám", "Chín", "Tư")
Known = dict[str, str]


def one(number: str, name: str, day: str, sex: str, **more: str) -> Known:
    own = {"so_dinh_danh": number, "ho_ten": name, "ngay_sinh": day, "gioi_tinh": sex, "so_cmnd": ""}
    return person(0, **{**own, **more})


def family(at: int) -> list[Known]:
    """Return a father, a mother, their daughter and their twin sons, in a house of their own."""
    home = {"thuong_tru_xa": "19207", "thuong_tru_chi_tiet": f"Số {at + 1}, {HOMES[at]}"}
    surname, father, mother = SURNAMES[at], f"{SURNAMES[at]} Văn Lâm", f"Đinh Thị {MOTHERS[at]}"
    child = {"ho_ten_cha": father, "ho_ten_me": mother, **home}
    return [
        one(f"04408000000{at}", father, f"1980-04-1{at}", "Nam", **home),
        one(f"04418200000{at}", mother, f"1982-09-2{at}", "Nữ", **home),
        one(f"04431000000{at}", f"{surname} Thu Quỳnh", f"2010-06-1{at}", "Nữ", **child),
        one(f"04421400000{at}", f"{surname} Văn Hưng", f"2014-02-2{at}", "Nam", **child),
        one(f"04421410000{at}", f"{surname} Văn Hùng", f"2014-02-2{at}", "Nam", **child),
    ]


FAMILIES = [family(at) for at in range(5)]
FATHERS, WIVES, DAUGHTERS, TWINS, OTHERS = zip(*FAMILIES, strict=True)
GRANDFATHER = one("044048000001", "Mai Xuân Trường", "1948-03-09", "Nam")
SON = one("044071000002", "Mai Xuân Trường", "1971-11-27", "Nam", ho_ten_cha="Mai Xuân Trường")
NAMESAKES = [
    one(f"04406500000{at}", "Lê Văn Nam", "1965-03-14", "Nam", thuong_tru_xa=unit)
    for at, unit in enumerate(("19204", "19207", "19225", "19237"))
]
REGISTER = [*(known for each in FAMILIES for known in each), GRANDFATHER, SON, *NAMESAKES]


def under(known: Known) -> Known:
    """Return what a row says otherwise when it carries this person's number."""
    return {"so": known["so_dinh_danh"]}


ALONE = {"so": ""}
NEWBORN = {"ho_ten": "Hồ An Nhiên", "ngay_sinh": "05/05/2024"}
# Each: whom the row describes, what it says otherwise, who may be named (None: nobody), and what must differ.
CASES: dict[str, tuple[Known, Known, Known | None, str]] = {
    "a child under the father's number": (DAUGHTERS[0], under(FATHERS[0]), DAUGHTERS[0], "so_dinh_danh"),
    "a child under the mother's number": (DAUGHTERS[1], under(WIVES[1]), DAUGHTERS[1], "so_dinh_danh"),
    "a husband under his wife's number": (FATHERS[2], under(WIVES[2]), FATHERS[2], "so_dinh_danh"),
    "a wife under her husband's number": (WIVES[3], under(FATHERS[3]), WIVES[3], "so_dinh_danh"),
    "a newborn under the father's number": (DAUGHTERS[4], {**NEWBORN, **under(FATHERS[4])}, None, ""),
    "a twin by name alone": (TWINS[0], ALONE, TWINS[0], ""),
    "a twin without marks": (TWINS[1], {**ALONE, "ho_ten": "TRAN VAN HUNG"}, None, ""),
    "a twin under the brother's number": (TWINS[2], under(OTHERS[2]), None, ""),
    "a father by his date": (GRANDFATHER, ALONE, GRANDFATHER, ""),
    "a son by his date": (SON, ALONE, SON, ""),
    "a father with another's date": (GRANDFATHER, {**ALONE, "ngay_sinh": "15/08/1990"}, None, ""),
    "a namesake in his commune": (NAMESAKES[0], ALONE, NAMESAKES[0], ""),
    "a namesake anywhere": (NAMESAKES[1], {**ALONE, "ma_xa": ""}, None, ""),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("mistaken")
    register = load(folder, [*(person(at) for at in range(10, 200)), *REGISTER])
    rows = [written(known, **changed) for known, changed, _, _ in CASES.values()]
    return dict(zip(CASES, matched(register, rows, folder), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_the_right_person_or_nobody(results, case):
    _, _, wanted, wrong = CASES[case]
    row = results[case]
    if wanted is None:
        assert row["ket_qua"] in {"NGHI_VAN", "KHONG_TIM_THAY"}, row["ly_do"]
        return
    assert row["ket_qua"] in NAMED, row
    assert row["so_dinh_danh"] == wanted["so_dinh_danh"]
    assert (row["sai_truong"] or "") == wrong


def test_a_person_chooses_between_at_most_three(results):
    namesakes = json.loads(results["a namesake anywhere"]["ung_vien"])
    assert len(namesakes) == 3
    assert {rival["so_dinh_danh"] for rival in namesakes} < {known["so_dinh_danh"] for known in NAMESAKES}
    twins = json.loads(results["a twin under the brother's number"]["ung_vien"])
    assert {rival["so_dinh_danh"] for rival in twins} == {TWINS[2]["so_dinh_danh"], OTHERS[2]["so_dinh_danh"]}
    for rival in (*namesakes, *twins):
        assert 0 < rival["xac_suat"] < 1
        assert rival["ly_do"]
        assert all(isinstance(reason, str) and reason for reason in rival["ly_do"])
    shares = [rival["xac_suat"] for rival in namesakes]
    assert shares == sorted(shares, reverse=True)
