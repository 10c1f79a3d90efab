"""Each kind of dirt and each kind of danger, one person each, all in one list."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from reconcile.matching import match, prepare

SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"]
MIDDLES = ["Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Thanh", "Ngọc"]
GIVENS = ["Hùng", "Bình", "Cường", "Dũng", "Giang", "Khoa", "Long", "Phúc", "Sơn", "Tùng", "Vinh"]
EXACT, HEALED, WRONG = "KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH"
NAMED = {EXACT, HEALED, WRONG, "TRUNG", "DA_CHET", "DA_CHUYEN_DI"}


def person(at: int, **changed: str | None) -> dict[str, str | None]:
    year, month, day = 1950 + at % 55, 1 + at % 12, 13 + at % 15
    century = 2 if year >= 2000 else 0
    return {
        "so_dinh_danh": f"044{century}{year % 100:02d}{(at * 7919) % 10**6:06d}",
        "so_cmnd": f"19{(at * 104729) % 10**7:07d}",
        "ho_ten": f"{SURNAMES[at % 10]} {MIDDLES[at // 10 % 8]} {GIVENS[at % 11]}",
        "ngay_sinh": f"{year}-{month:02d}-{day:02d}",
        "gioi_tinh": "Nam",
        "thuong_tru_xa": f"{19200 + 3 * (at % 8)}",
        "tinh_trang": "song",
        **changed,
    }


def row(known: dict[str, str | None], **changed: str | None) -> dict[str, str | None]:
    year, month, day = str(known["ngay_sinh"]).split("-")
    written = {
        "ho_ten": known["ho_ten"],
        "ngay_sinh": f"{day}/{month}/{year}",
        "gioi_tinh": known["gioi_tinh"],
        "so_giay_to": known["so_dinh_danh"],
        "ma_xa": known["thuong_tru_xa"],
    }
    return {**written, **changed}


def dmy(at: int) -> tuple[str, str, str]:
    year, month, day = str(person(at)["ngay_sinh"]).split("-")
    return day, month, year


def number(at: int) -> str:
    return str(person(at)["so_dinh_danh"])


def name(at: int) -> str:
    return str(person(at)["ho_ten"])


def slipped(at: int) -> str:
    return number(at)[:-1] + str((int(number(at)[-1]) + 3) % 10)


# What the row says otherwise than the register's person `at`, and what must come of it.
CASES: dict[str, tuple[int, dict[str, str | None], str, set[str]]] = {
    "all as written": (1, {}, EXACT, set()),
    "iso date is as written": (2, {"ngay_sinh": person(2)["ngay_sinh"]}, EXACT, set()),
    "old number of nine digits": (3, {"so_giay_to": person(3)["so_cmnd"]}, EXACT, set()),
    "no number at all": (4, {"so_giay_to": None}, EXACT, set()),
    "lost leading zero": (5, {"so_giay_to": number(5).lstrip("0")}, HEALED, set()),
    "spaces in the number": (6, {"so_giay_to": f"{number(6)[:4]} {number(6)[4:8]} {number(6)[8:]}"}, HEALED, set()),
    "apostrophe before the number": (7, {"so_giay_to": f"'{number(7)}"}, HEALED, set()),
    "number with dots": (8, {"so_giay_to": f"{number(8)[:3]}.{number(8)[3:6]}.{number(8)[6:]}"}, HEALED, set()),
    "number as a float": (9, {"so_giay_to": f"{number(9)}.0"}, HEALED, set()),
    "number in exponents is lost": (10, {"so_giay_to": "4.4E+10"}, WRONG, {"so_dinh_danh"}),
    "decomposed name": (11, {"ho_ten": unicodedata.normalize("NFD", "Trần Thị Thuỳ Dương")}, HEALED, set()),
    "capitals": (12, {"ho_ten": name(12).upper()}, HEALED, set()),
    "spaces": (13, {"ho_ten": "  " + name(13).replace(" ", "\u00a0 ")}, HEALED, set()),
    "title and note": (14, {"ho_ten": f"Ông {name(14)} (chết)"}, HEALED, set()),
    "no marks": (15, {"ho_ten": "Dang Duc Giang", "so_giay_to": None}, WRONG, {"ho_ten"}),
    "no marks but the number": (16, {"ho_ten": "Bui Duc Khoa"}, WRONG, {"ho_ten"}),
    "reversed": (17, {"ho_ten": " ".join(reversed(name(17).split()))}, WRONG, {"ho_ten"}),
    "one letter": (18, {"ho_ten": name(18) + "h"}, WRONG, {"ho_ten"}),
    "one letter, no number": (19, {"ho_ten": name(19).replace("Đức", "Đứcc"), "so_giay_to": None}, WRONG, {"ho_ten"}),
    "year only": (20, {"ngay_sinh": dmy(20)[2]}, HEALED, set()),
    "year only, no number": (21, {"ngay_sinh": dmy(21)[2], "so_giay_to": None}, HEALED, set()),
    "month and year": (22, {"ngay_sinh": f"{dmy(22)[1]}/{dmy(22)[2]}"}, HEALED, set()),
    "date of one digit": (24, {"ngay_sinh": f"{int(dmy(24)[0])}/{int(dmy(24)[1])}/{dmy(24)[2]}"}, HEALED, set()),
    "date with dots": (23, {"ngay_sinh": ".".join(dmy(23))}, HEALED, set()),
    "tone placement": (58, {"ho_ten": "Trần Thị Thùy Dung"}, HEALED, set()),
    "year of two digits": (25, {"ngay_sinh": f"{dmy(25)[0]}/{dmy(25)[1]}/{dmy(25)[2][2:]}"}, HEALED, set()),
    "american date": (26, {"ngay_sinh": f"{dmy(26)[1]}/{dmy(26)[0]}/{dmy(26)[2]}"}, HEALED, set()),
    "another year": (27, {"ngay_sinh": f"{dmy(27)[0]}/{dmy(27)[1]}/{int(dmy(27)[2]) + 1}"}, WRONG, {"ngay_sinh"}),
    "first of january": (28, {"ngay_sinh": f"01/01/{dmy(28)[2]}"}, WRONG, {"ngay_sinh"}),
    "date nobody remembers": (29, {"ngay_sinh": "không nhớ"}, WRONG, {"ngay_sinh"}),
    "no date": (30, {"ngay_sinh": None}, EXACT, set()),
    "other sex": (31, {"gioi_tinh": "Nữ"}, WRONG, {"gioi_tinh"}),
    "other sex, no number": (32, {"gioi_tinh": "Nữ", "so_giay_to": None}, WRONG, {"gioi_tinh"}),
    "sex in small letters": (33, {"gioi_tinh": "nam"}, HEALED, set()),
    "sex empty": (34, {"gioi_tinh": None}, EXACT, set()),
    "other commune": (35, {"ma_xa": "19299"}, WRONG, {"noi_o"}),
    "unknown unit code": (36, {"ma_xa": "xã nhà"}, WRONG, {"noi_o"}),
    "old unit code of one successor": (37, {"ma_xa": "09001"}, HEALED, set()),
    "old unit code of several": (38, {"ma_xa": "09002"}, HEALED, set()),
    "old unit code of others": (39, {"ma_xa": "09003"}, WRONG, {"noi_o"}),
    "one digit of the number": (40, {"so_giay_to": slipped(40)}, WRONG, {"so_dinh_danh"}),
    "one digit and no date": (41, {"so_giay_to": slipped(41), "ngay_sinh": None}, WRONG, {"so_dinh_danh"}),
    "a number nobody has": (42, {"so_giay_to": "001077123459"}, WRONG, {"so_dinh_danh"}),
    "cancelled number": (43, {"so_giay_to": "044077000043"}, WRONG, {"so_dinh_danh"}),
    "name and date wrong, number right": (
        44,
        {"ho_ten": name(44) + "g", "ngay_sinh": f"{dmy(44)[0]}/{dmy(44)[1]}/1999"},
        "",
        set(),
    ),
    "dead": (45, {}, "DA_CHET", set()),
    "dead and wrong": (46, {"ma_xa": "19299"}, "DA_CHET", {"noi_o"}),
    "moved away": (47, {"ho_ten": name(47).upper()}, "DA_CHUYEN_DI", set()),
    "missing": (48, {}, EXACT, set()),
    "nothing to search with": (49, {"ngay_sinh": None, "so_giay_to": None, "ma_xa": None}, "SAI_DINH_DANG", set()),
    "nobody": (
        50,
        {"ho_ten": "Quàng Thị Lả", "ngay_sinh": "30/06/2003", "so_giay_to": "001303999999"},
        "KHONG_TIM_THAY",
        set(),
    ),
    "the number and nothing else": (51, dict.fromkeys(("ho_ten", "ngay_sinh", "gioi_tinh", "ma_xa")), EXACT, set()),
    "look-alike đ": (55, {"ho_ten": "Ðặng Ðức Ðông"}, HEALED, set()),
    "serial of a spreadsheet": (56, {"ngay_sinh": "38694"}, HEALED, set()),
    "parent in capitals": (59, {"ho_ten_me": "TRẦN THỊ MAI"}, HEALED, set()),
    "parent as written": (60, {"ho_ten_cha": "Lê Văn Tám"}, EXACT, set()),
    "mother's name": (57, {"ho_ten_me": "Lê Thị Hoa"}, WRONG, {"khac"}),
}
STATES = {45: "chet", 46: "chet", 47: "chuyen_di", 48: "mat_tich"}
OTHERWISE: dict[int, dict[str, str | None]] = {
    11: {"ho_ten": "Trần Thị Thuỳ Dương"},
    38: {"thuong_tru_xa": "19203"},
    37: {"thuong_tru_xa": "19206"},
    43: {"so_dinh_danh_cu": "044077000043;190000043"},
    55: {"ho_ten": "Đặng Đức Đông"},
    56: {"ngay_sinh": "2005-12-08"},
    57: {"ho_ten_me": "Trần Thị Mai"},
    58: {"ho_ten": "Trần Thị Thuỳ Dung"},
    59: {"ho_ten_me": "Trần Thị Mai"},
    60: {"ho_ten_cha": "Lê Văn Tám"},
}
UNITS = {"09001": frozenset({"19206"}), "09002": frozenset({"19200", "19203"}), "09003": frozenset({"19299"})}


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("verdicts")
    people = {at: person(at, **OTHERWISE.get(at, {})) for at in range(400)}
    for at, state in STATES.items():
        people[at]["tinh_trang"] = state
    rows = [row(people[at], **changed) for at, changed, _, _ in CASES.values()]
    found = match(prepare(folder, list(people.values())), rows, folder, units=UNITS)
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("case", [case for case, (_, _, verdict, _) in CASES.items() if verdict])
def test_verdict_and_wrong_fields(results, case):
    at, _, verdict, wrong = CASES[case]
    found = results[case]
    assert (found["ket_qua"], found["sai_truong"]) == (verdict, wrong), found["ly_do"]
    assert set(found["goi_y"]) == wrong if wrong != {"khac"} else set(found["goi_y"]) == {"ho_ten_me"}
    if verdict in NAMED:
        assert found["so_dinh_danh"] == person(at)["so_dinh_danh"]
        assert found["do_tin_cay"] >= 0.5
    else:
        assert found["so_dinh_danh"] is None


def test_every_row_has_a_sentence_a_pass_and_its_place(results):
    for at, found in enumerate(results.values()):
        assert found["ly_do"].endswith(".")
        assert found["lop"] in {"0", "1", "2", "3", "4"}
        assert (found["trang_tinh"], found["dong"]) == ("Trang 1", at + 2)
    assert "mất tích" in results["missing"]["ly_do"]


def test_suggestions_are_what_the_register_says(results):
    assert results["other commune"]["goi_y"] == {"noi_o": person(35)["thuong_tru_xa"]}
    assert results["cancelled number"]["goi_y"] == {"so_dinh_danh": person(43)["so_dinh_danh"]}
    assert results["no marks"]["goi_y"] == {"ho_ten": person(15)["ho_ten"]}
    assert results["another year"]["goi_y"] == {"ngay_sinh": person(27)["ngay_sinh"]}
    assert results["mother's name"]["goi_y"] == {"ho_ten_me": "Trần Thị Mai"}


def test_a_number_alone_does_not_carry_another_name_and_date(results):
    found = results["name and date wrong, number right"]
    assert found["ket_qua"] in {WRONG, "NGHI_VAN"}
