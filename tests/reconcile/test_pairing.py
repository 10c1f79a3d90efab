"""Where every row is a person of the register and no person is two rows, that promise is evidence of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.reconcile import engine
from dean06.reconcile.engine import pairing
from dean06.reconcile.engine.options import Cluster
from reconcile.matching import match, prepare, read_result, write_batch
from reconcile.test_accuracy import BENCHMARKS
from reconcile.test_engine_verdicts import NAMED, person, row

PEOPLE = [{**person(at), "so_cmnd": None, "thuong_tru_chi_tiet": f"Số {at} Thôn {at % 9}"} for at in range(120)]
DAMAGES = st.fixed_dictionaries(
    {},
    optional={
        "so_giay_to": st.sampled_from([None, "001199999999"]),
        "ho_ten": st.sampled_from([None, "Hoàng Thị Xuyến", "Nguyen Van"]),
        "ngay_sinh": st.sampled_from([None, "1961", "02/03/1977"]),
        "ma_xa": st.sampled_from([None, "19200"]),
    },
)
LISTS = st.dictionaries(st.integers(0, len(PEOPLE) - 1), DAMAGES, min_size=1, max_size=25)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("pairing"), PEOPLE)


def written(at: int, **changed: str | None) -> dict[str, str | None]:
    return {**row(PEOPLE[at]), "dia_chi": PEOPLE[at]["thuong_tru_chi_tiet"], **changed, "goc_dau": f"{at}"}


def run(prepared, rows, folder, **options):
    out = folder / "out.parquet"
    asked = engine.Options(one_to_one=True, **options)
    return out, engine.run(prepared, write_batch(folder / "in.parquet", rows), out, asked)


WRECK = {"so_giay_to": "001199999999", "ho_ten": "Hoàng Thị Xuyến", "ngay_sinh": "02/03/1957"}


def test_what_the_careful_rules_leave_to_a_person_is_paired_by_the_promise(prepared, tmp_path):
    """Another name and another number are somebody else, unless somebody must be this row's and nobody else fits."""
    rows = [written(7, so_giay_to="001199999999", ho_ten="Hoàng Thị Xuyến")]
    [plain] = match(prepared, rows, tmp_path)
    [paired] = match(prepared, rows, tmp_path, one_to_one=True)
    assert plain["ket_qua"] not in NAMED
    assert (paired["so_dinh_danh"], paired["lop"]) == (PEOPLE[7]["so_dinh_danh"], "5")
    assert paired["ly_do"].startswith("Tìm thấy khi ghép mỗi dòng với một người, mỗi người một dòng")
    assert {"so_dinh_danh", "ho_ten"} <= paired["sai_truong"]


def test_the_fewer_people_are_left_the_less_it_takes(prepared, tmp_path):
    """Where place and year alone are right, it is nobody's row among many, and the last one's when all are paired."""
    others = [written(at) for at in range(len(PEOPLE)) if at != 7]
    alone = match(prepared, [written(7, **WRECK)], tmp_path, one_to_one=True)
    among = match(prepared, [*others, written(7, **WRECK)], tmp_path, one_to_one=True)
    assert alone[0]["do_tin_cay"] < among[-1]["do_tin_cay"]
    assert among[-1]["so_dinh_danh"] == PEOPLE[7]["so_dinh_danh"]


def test_two_rows_that_fit_one_person_alike_are_left_to_a_person(prepared, tmp_path):
    rows = [written(7, so_giay_to=None, ho_ten="Hoàng Thị Xuyến", goc_lan=str(one)) for one in (1, 2)]
    found = match(prepared, rows, tmp_path, one_to_one=True)
    assert [one["ket_qua"] in NAMED for one in found] == [False, False]


def test_a_row_that_looks_like_somebody_with_a_partner_is_not_pushed_on_another(tmp_path):
    """Two rows are written like one person: the promise is broken there, and nobody else is named."""
    twin = {**PEOPLE[7], "so_dinh_danh": "044199000001", "ho_ten": "Trần Thị Khác"}
    apart = prepare(tmp_path, [*PEOPLE, twin])
    rows = [written(7), written(7, so_giay_to=None, gioi_tinh=None)]
    found = match(apart, rows, tmp_path, one_to_one=True)
    assert twin["so_dinh_danh"] not in {one["so_dinh_danh"] for one in found}


def test_a_row_without_number_and_date_keeps_the_careful_rules(prepared, tmp_path):
    rows = [written(7, so_giay_to=None, ngay_sinh=None, ho_ten="Hoàng Thị Xuyến")]
    plain, paired = (match(prepared, rows, tmp_path, one_to_one=promise) for promise in (False, True))
    assert plain == paired


@settings(max_examples=5)
@given(LISTS, st.randoms(use_true_random=False))
def test_threads_processes_and_order_change_nothing_and_nobody_is_paired_twice(
    prepared, tmp_path_factory, damaged, random
):
    folder = tmp_path_factory.mktemp("alike")
    rows = [written(at, **changed) for at, changed in damaged.items()]
    made = [run(prepared, rows, folder, threads=threads)[0].read_bytes() for threads in (1, 3)]
    assert made[0] == made[1]
    straight = {one["goc_dau"]: one for one in read_result(run(prepared, rows, folder)[0])}
    random.shuffle(rows)
    for one in read_result(run(prepared, rows, folder)[0]):
        other = straight[one["goc_dau"]]
        assert {**one, "dong": 0} == {**other, "dong": 0}
    paired = [one["so_dinh_danh"] for one in straight.values() if one["lop"] == "5" and one["so_dinh_danh"]]
    assert len(paired) == len(set(paired))


@pytest.mark.proof
def test_processes_find_the_same(prepared, tmp_path):
    rows = [written(at, so_giay_to=None, ho_ten="Nguyen Van") for at in range(40)]
    alone, many = (run(prepared, rows, tmp_path, processes=n)[0].read_bytes() for n in (0, 2))
    assert alone == many


@settings(max_examples=5)
@given(LISTS)
def test_without_the_promise_nothing_of_it_is_there(prepared, tmp_path_factory, damaged):
    folder = tmp_path_factory.mktemp("plain")
    found = match(prepared, [written(at, **changed) for at, changed in damaged.items()], folder)
    assert "5" not in {one["lop"] for one in found}


def test_it_is_not_carried_to_a_cluster():
    with pytest.raises(ValueError, match="cluster"):
        engine.Options(one_to_one=True, cluster=Cluster())


# ------------------------------------------------------------ budgets


def test_blocks_within_the_budget_are_not_told(prepared, tmp_path):
    rows = [written(at, so_giay_to=None, ho_ten="Nguyen Van") for at in range(20)]
    out = tmp_path / "out.parquet"
    report = engine.run(prepared, write_batch(tmp_path / "in.parquet", rows), out, engine.Options())
    assert report.blocks == ()


def test_blocks_over_the_budget_are_told_by_kind_and_size_and_never_by_value(prepared, tmp_path):
    rows = [written(at, so_giay_to=None, ho_ten="Nguyen Van") for at in range(20)]
    [told] = engine.run(
        prepared, write_batch(tmp_path / "in.parquet", rows), tmp_path / "out.parquet", engine.Options(budget=1)
    ).blocks
    born = [one["ngay_sinh"] for one in PEOPLE]
    days = [one["ngay_sinh"] for one in PEOPLE[:20]]
    assert (told.step, told.key, told.rows) == ("4", "ngay_sinh", 20)
    assert told.people == sum(born.count(day) for day in set(days))
    assert told.pairs == sum(born.count(day) for day in days)


def test_the_promise_looks_by_keys_when_everyone_left_would_be_too_many(prepared, tmp_path):
    """The smallest blocks come first; what is beyond the share of a key is told."""
    rows = [written(at, so_giay_to="001199999999", ho_ten="Hoàng Thị Xuyến") for at in range(60)]
    out, report = run(prepared, rows, tmp_path, budget=8 * 60)
    told = {one.key: one for one in report.blocks if one.step == "5"}
    assert set(told) <= {key.kind for key in pairing.KEYS}
    assert report.pairs["5"] <= 8 * 60 + report.pairs["4"]
    assert "xa_va_nam" not in told or told["xa_va_nam"].pairs >= told["xa_va_nam"].people
    found = read_result(out)
    right = sum(one["so_dinh_danh"] == PEOPLE[int(one["goc_dau"])]["so_dinh_danh"] for one in found)
    assert right == len(rows)
    shown = json.dumps([(one.step, one.key, one.rows, one.people, one.pairs) for one in report.blocks])
    assert "Nguyễn" not in shown


# ------------------------------------------------------------ another country's people


@pytest.mark.proof
def test_the_public_set_is_matched_without_a_label():
    """FEBRL 4, and lists of another hand where the promise holds: the bars are the benchmark's own."""
    command = [sys.executable, str(BENCHMARKS / "bench_febrl.py"), "--ours", "--register", "4000", "--rows", "2000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "| ours, one to one |" in done.stdout
