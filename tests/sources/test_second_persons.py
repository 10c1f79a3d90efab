"""Lists that read another's file for the second person of its rows: whom they read and pass over, what is said."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.sources import live
from dean06.sources.contract import Contract, load
from dean06.sources.headings import Headings

SECOND = sorted(one.id for one in live.contracts().values() if one.beside)
MARRIAGES, WIVES = live.contract("ket-hon"), live.contract("ket-hon-vo")
HUSBAND = {"ho_ten": "Họ tên chồng", "ngay_sinh": "Ngày sinh chồng", "so_giay_to": "Số định danh chồng"}
WIFE = {"ho_ten": "Họ tên vợ", "ngay_sinh": "Ngày sinh vợ", "so_giay_to": "Số định danh vợ"}
DAY = date(2026, 6, 30)


def written(rows: Sequence[Sequence[str]], path: Path, header: Sequence[str] = ()) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["STT", "Số đăng ký", *(header or (*HUSBAND.values(), *WIFE.values()))], *rows])
    return path


def read(path: Path, contract: Contract, folder: Path) -> tuple[list[tuple[object, ...]], live.Batch]:
    batch = live.read_batch(path, contract, folder)
    with duckdb.connect() as link:
        roles = ", ".join(one if one in batch.roles else "null" for one in HUSBAND)
        told = link.execute(f"select dong, {roles} from read_parquet('{batch.parquet}') order by stt").fetchall()
    return told, batch


def passed(batch: live.Batch) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in batch.skipped:
        counts[one.reason_code] = counts.get(one.reason_code, 0) + one.count
    return counts


# ------------------------------------------------------------ the contracts


def test_each_names_the_list_it_stands_beside_and_is_named_by_it():
    assert SECOND == [
        "hon-nhan-vc",
        "ket-hon-vo",
        "khai-sinh-cha",
        "khai-sinh-me",
        "nuoi-con-nuoi-cha",
        "nuoi-con-nuoi-me",
    ]
    for one in SECOND:
        assert one in live.SHIPPED.beside(live.contract(one).beside or "")


@pytest.mark.parametrize("source", SECOND)
def test_it_holds_under_the_ground_owner_and_cadence_of_the_list(source):
    contract = live.contract(source)
    first = live.contract(contract.beside or "")
    for shared in ("system", "owner", "cadence", "legal", "layout", "dates", "sex_codes", "absence", "subject", "key"):
        assert getattr(contract, shared) == getattr(first, shared), shared
    assert contract.person != first.person


@pytest.mark.parametrize("source", SECOND)
def test_every_heading_is_the_same_column_as_in_the_list(source):
    contract = live.contract(source)
    first = live.contract(contract.beside or "")
    here, there = Headings(contract), Headings(first)
    place = {one.code: at for at, one in enumerate(first.fields)}
    for at, one in enumerate(first.fields):
        for heading in one.headers:
            known, claim = there.exact(heading), here.exact(heading)
            assert known is not None
            assert claim is not None
            assert contract.fields[place[known.code]].code == claim.code, heading
        assert contract.fields[at].title == one.title


@pytest.mark.parametrize("source", SECOND)
def test_nobody_else_of_the_row_has_a_role_and_no_cell_is_judged_twice(source):
    contract = live.contract(source)
    assert {one.code for one in contract.fields if one.role} == contract.second
    assert all(one.code == one.role for one in contract.fields if one.role)
    assert not [one for one in contract.fields if one.code in live.ROLES and one.role is None]
    assert not [one for one in contract.fields if one.required or live.promises_of(contract, one)]
    assert not {one.code for one in contract.rules} & {one.code for one in live.contract(contract.beside or "").rules}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("beside: ket-hon", "beside: khac", "as: Extra"),
        ("ho_ten_vo: ho_ten", "ten_ai_do: ho_ten", "as: Extra"),
        ("ngay_sinh_vo: ngay_sinh", "ngay_sinh_vo: sinh", "role"),
        ("version: 1", "version: 1\nalso: [chung]", "no third one"),
    ],
)
def test_a_faulty_one_is_refused_with_the_place(old, new, said, tmp_path):
    shipped = Path(live.__file__).parents[1] / "contracts" / "ket-hon-vo.yaml"
    path = tmp_path / "thu.yaml"
    path.write_text(shipped.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(path, live.SHIPPED.find)
    assert said in caught.value.en


def test_a_list_of_a_stranger_brings_no_other_source_along():
    stranger = MARRIAGES.model_copy(update={"also": ("khai-tu", "khong-co", "ket-hon-vo")})
    assert live.Contracts({"ket-hon": stranger}).beside("ket-hon") == ("ket-hon-vo",)


# ------------------------------------------------------------ the rows

ROWS = [
    ["1", "01", "Nguyễn Văn An", "01/02/1990", "036090000001", "Trần Thị Bình", "02/03/1992", "036192000002"],
    ["2", "02", "Nguyễn Văn Bi", "01/02/1990", "036090000003", "", "", ""],
    ["3", "03", "Nguyễn Văn Bo", "01/02/1990", "036090000004", "-", "", "..."],
    ["", "04", "Nguyễn Văn Ca", "01/02/1990", "036090000005", "", "", ""],
    ["5", "05", "Nguyễn Văn Do", "01/02/1990", "036090000006", "", "", "036192000007"],
    ["Tổng cộng", "5", "", "", "", "", "", ""],
]


def test_a_row_that_names_no_second_person_is_none_of_this_list(tmp_path):
    told, batch = read(written(ROWS, tmp_path / "a.csv"), WIVES, tmp_path / "lo")
    assert [row[0] for row in told] == [2, 6]
    assert passed(batch) == {"tieu_de_cot": 1, "khong_co_nguoi": 3, "tong_cong": 1}
    assert batch.rows_in_file == len(ROWS) + 1


def test_so_it_is_in_a_columnar_file(tmp_path):
    path = written(ROWS[:-1], tmp_path / "a.csv")
    duckdb.sql(f"copy (select * from read_csv('{path}', all_varchar = true)) to '{tmp_path}/a.parquet'")
    told, batch = read(tmp_path / "a.parquet", WIVES, tmp_path / "lo")
    assert [row[0] for row in told] == [1, 5]  # such a file has no header row
    assert passed(batch) == {"khong_co_nguoi": 3}


@pytest.mark.parametrize(
    ("header", "rows"),
    [(tuple(HUSBAND.values()), [row[:5] for row in ROWS]), ((), [row[:5] + [""] * 3 for row in ROWS[:4]])],
)
def test_a_file_of_nobody_s_wife_says_so(header, rows, tmp_path):
    path = written(rows, tmp_path / "a.csv", header)
    assert live.read_batch(path, MARRIAGES, tmp_path / "mot").rows
    with pytest.raises(BadInput, match="không ghi người vợ ở dòng nào"):
        live.read_batch(path, WIVES, tmp_path / "hai")


def test_columns_that_the_list_reads_together_are_read_together_here(tmp_path):
    header = (*HUSBAND.values(), *WIFE.values(), "Năm sinh vợ")
    rows = [[*ROWS[0][:6], "", ROWS[0][7], "1992"]]
    told, _ = read(written(rows, tmp_path / "a.csv", header), WIVES, tmp_path / "lo")
    assert told == [(2, "Trần Thị Bình", "1992", "036192000002")]


def test_it_says_of_a_row_only_what_the_list_does_not(tmp_path):
    rows = [[*ROWS[0][:6], "32/13/1992", ROWS[0][7]], [*ROWS[0][:5], "Lê Thị Khác", "02/03/1992", ROWS[0][7]]]
    path = written(rows, tmp_path / "a.csv")
    said = {}
    for contract in (MARRIAGES, WIVES):
        _, batch = read(path, contract, tmp_path / contract.id)
        live.check(batch, contract, DAY, tmp_path / contract.id / "l.parquet")
        places = live.broken_places(batch, tmp_path / contract.id / "l.parquet")
        said[contract.id] = {(one.row, one.rule, one.field) for one in places}
    assert (2, "sai_ngay", "ngay_sinh_vo") in said["ket-hon"]
    assert said["ket-hon-vo"] == {(2, "mot_so_mot_ten", "ho_ten"), (3, "mot_so_mot_ten", "ho_ten")}


NAMES = st.sampled_from(["Trần Thị Bình", "LÊ THỊ CA", "Phạm  Thị Dung", "Nguyễn Thị Giang"])
BIRTHS = st.sampled_from(["02/03/1992", "1995", "5/1990", "32/13/1990"])
NUMBERS = st.sampled_from(["036192000002", "36192000003", "036 192 000 004", "161234567"])
PERSON = st.one_of(st.tuples(NAMES, BIRTHS, NUMBERS), st.tuples(NAMES, st.just(""), NUMBERS))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(couples=st.lists(st.tuples(PERSON, PERSON), min_size=1, max_size=6))
def test_what_is_read_of_the_wives_is_what_a_file_with_the_columns_changed_over_says_of_the_husbands(couples, tmp_path):
    rows = [[str(at), f"{at:03}", *one, *other] for at, (one, other) in enumerate(couples, 1)]
    over = [[str(at), f"{at:03}", *other, *one] for at, (one, other) in enumerate(couples, 1)]
    wives, _ = read(written(rows, tmp_path / "a.csv"), WIVES, tmp_path / "vo")
    husbands, _ = read(written(over, tmp_path / "b.csv"), MARRIAGES, tmp_path / "chong")
    assert wives == husbands
