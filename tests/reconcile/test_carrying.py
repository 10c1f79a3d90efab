"""A list that hardly changed, and a register brought up to a later day: what a full run under the same weights says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.reconcile import engine
from reconcile.matching import match, prepare, read_result, write_batch, write_register
from reconcile.test_engine_properties import CHANGES, PEOPLE, written

ROWS = st.lists(st.tuples(st.integers(0, len(PEOPLE) - 1), CHANGES), min_size=1, max_size=25)
# Of so many a month changes few.
EVERYBODY = [
    *PEOPLE,
    *({**one, "so_dinh_danh": f"046{at:09d}", "so_cmnd": None} for at, one in enumerate(PEOPLE * 3)),
]
# What a month does to a person of the register; None takes the person out of it.
MONTH = st.sampled_from(
    [
        None,
        {"ho_ten": "Nguyễn Văn Hùng"},
        {"ho_ten": "Trần Văn Bình", "ngay_sinh": "1954-05-20"},
        {"ho_ten": "Đinh Thị Chưa Ai Có"},
        {"thuong_tru_xa": "19203"},
        {"tinh_trang": "chet"},
        {"so_cmnd": "199999999"},
        {"so_dinh_danh": "044199000001", "so_dinh_danh_cu": "044000000007"},
    ]
)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("before"), EVERYBODY)


def run(prepared, rows, out, **options):
    report = engine.run(prepared, write_batch(out.with_suffix(".in"), rows), out, engine.Options(**options))
    return report, out.read_bytes()


def carried(prepared, rows, folder, trail, **options):
    """Run a list with what the last run left, and in full under the weights that this used; return what was carried."""
    report, found = run(prepared, rows, folder / "carried.parquet", carry=trail, **options)
    _, whole = run(prepared, rows, folder / "whole.parquet", model=report.model, **options)
    assert found == whole
    return report.carried


@pytest.mark.parametrize("draws", [3, pytest.param(60, marks=[pytest.mark.proof, pytest.mark.timeout(900)])])
def test_a_list_that_changed_in_part_gives_the_bytes_of_a_full_run(before, tmp_path_factory, draws):
    @settings(max_examples=draws)
    @given(ROWS, ROWS, st.integers(1, 3))
    def changed(first, second, threads):
        folder = tmp_path_factory.mktemp("months")
        trail = folder / "vet"
        assert carried(before, written(first), folder, trail) == 0
        assert carried(before, written([*second, *first]), folder, trail, threads=threads) >= len(first)
        assert carried(before, written(second), folder, trail) == len(second)

    changed()


@pytest.mark.parametrize("draws", [2, pytest.param(40, marks=[pytest.mark.proof, pytest.mark.timeout(900)])])
def test_a_register_brought_up_carries_what_it_may_and_finds_the_rest(before, tmp_path_factory, draws):
    @settings(max_examples=draws)
    @given(ROWS, ROWS, st.dictionaries(st.integers(0, len(PEOPLE) - 1), MONTH, max_size=20), st.integers(0, 5))
    def brought_up(first, second, changes, born):
        folder = tmp_path_factory.mktemp("updated")
        trail = folder / "vet"
        run(before, written(first), folder / "first.parquet", carry=trail)
        updated = engine.update(before, of_a_later_month(folder, changes, born), folder / "updated.duckdb")
        assert engine.continues(trail, updated)
        carried(updated, written([*second, *first]), folder, trail)
        # By way of another month the register is the same, whatever place it keeps a person at.
        other = [{**one, "ho_ten": "Lò Thị Khác"} if at % 40 == 0 else one for at, one in enumerate(EVERYBODY)]
        between = engine.update(before, write_register(folder / "other.parquet", other), folder / "between.duckdb")
        around = engine.update(between, folder / "later.parquet", folder / "around.duckdb")
        report, straight = run(updated, written(second), folder / "straight.parquet")
        assert run(around, written(second), folder / "around.parquet", model=report.model)[1] == straight

    brought_up()


def of_a_later_month(folder, changes, born):
    """Write the register of a later month: some changed, some gone, some born, no number twice."""
    people = [{**one, **(changes.get(at) or {})} for at, one in enumerate(EVERYBODY) if changes.get(at, {}) is not None]
    people += [{**PEOPLE[at], "so_dinh_danh": f"047{at:09d}", "so_cmnd": None} for at in range(born)]
    numbers = [one["so_dinh_danh"] for one in people]
    people = [one for at, one in enumerate(people) if one["so_dinh_danh"] not in numbers[:at]]
    return write_register(folder / "later.parquet", people)


def test_rows_whose_person_changed_are_found_anew(before, tmp_path):
    rows = written([(at, {}) for at in range(40)])
    trail = tmp_path / "vet"
    run(before, rows, tmp_path / "first.parquet", carry=trail)
    later = [{**one, "thuong_tru_xa": "19299"} if at in (3, 8) else one for at, one in enumerate(EVERYBODY) if at != 5]
    updated = engine.update(before, write_register(tmp_path / "later.parquet", later), tmp_path / "updated.duckdb")
    report, _ = run(updated, rows, tmp_path / "second.parquet", carry=trail)
    assert 20 <= report.carried <= 37
    assert report.register_rows == len(EVERYBODY) - 1
    found = read_result(tmp_path / "second.parquet")
    assert [at for at, row in enumerate(found) if "noi_o" in row["sai_truong"]] == [3, 8]
    assert found[5]["so_dinh_danh"] != PEOPLE[5]["so_dinh_danh"]


@pytest.mark.parametrize(
    ("what", "options"),
    [
        ("another bound for naming", {"accept": 0.8}),
        ("months before days", {"date_order": "mdy"}),
        ("an old unit code with a successor", {"units": {"19200": frozenset({"19201"})}}),
        ("a code of sex of its own", {"gender_codes": {"1": "Nam"}}),
    ],
)
def test_what_was_found_under_other_options_is_not_carried(before, tmp_path, what, options):
    rows = written([(at, {}) for at in range(30)])
    trail = tmp_path / "vet"
    run(before, rows, tmp_path / "first.parquet", carry=trail)
    assert carried(before, rows, tmp_path, trail, **options) == 0, what
    assert carried(before, rows, tmp_path, trail, **options) == 30, what


def test_another_register_or_other_columns_carry_nothing(before, tmp_path):
    rows = written([(at, {}) for at in range(30)])
    trail = tmp_path / "vet"
    run(before, rows, tmp_path / "first.parquet", carry=trail)
    other = prepare(tmp_path, EVERYBODY[:-1])
    assert not engine.continues(trail, other)
    assert carried(other, rows, tmp_path, trail) == 0
    fewer = [{name: cell for name, cell in row.items() if name != "gioi_tinh"} for row in rows]
    assert carried(other, fewer, tmp_path, trail) == 0
    assert carried(other, fewer, tmp_path, trail) == 30


def test_communes_that_addresses_taught_are_part_of_the_weights(before, tmp_path):
    rows = [
        {**one, "ma_xa": None, "dia_chi": f"Thôn 1, xã Số {PEOPLE[at]['thuong_tru_xa']}"}
        for at, one in enumerate(written([(at, {}) for at in range(60)]))
    ]
    trail = tmp_path / "vet"
    report, _ = run(before, rows, tmp_path / "first.parquet", carry=trail)
    assert {unit for unit, _ in report.model.communes.values()} == {19200, 19201, 19202, 19203, 19204}
    assert carried(before, rows[:3], tmp_path, trail) == 3
    few = [{**rows[0], "so_giay_to": None}]
    assert carried(before, few, tmp_path, trail) == 0


def test_when_other_rows_narrow_the_last_pass_nothing_is_carried(before, tmp_path):
    apart = {"so_giay_to": None, "ho_ten": "Nguyễn Thị Xa Lạ"}
    first, second = written([(3, apart)]), written([(3, apart), (4, apart), (5, apart)])
    trail = tmp_path / "vet"
    run(before, first, tmp_path / "first.parquet", carry=trail, budget=10)
    assert carried(before, second, tmp_path, trail, budget=10) == 0
    assert carried(before, second, tmp_path, trail, budget=10) == 3


def test_a_file_that_no_run_left_is_refused_and_stays(before, tmp_path):
    rows = written([(3, {})])
    other = write_batch(tmp_path / "cua-toi.parquet", rows)
    kept = other.read_bytes()
    for name, content in (("cua-toi.parquet", None), ("ghi-chu.txt", b"ghi ch\xc3\xba"), ("trong", b"")):
        there = tmp_path / name
        if content is not None:
            there.write_bytes(content)
        with pytest.raises(engine.NotATrail):
            run(before, rows, tmp_path / "out.parquet", carry=there)
        assert there.read_bytes() == (kept if content is None else content)
    assert not (tmp_path / "out.parquet").exists()


def test_what_a_run_leaves_is_for_its_owner_alone_and_holds_no_name(before, tmp_path):
    trail = tmp_path / "vet"
    run(before, written([(at, {}) for at in range(9)]), tmp_path / "out.parquet", carry=trail)
    assert trail.stat().st_mode & 0o077 == 0
    with duckdb.connect() as link:
        cells = [str(cell) for row in link.execute(f"from read_parquet('{trail}')").fetchall() for cell in row]
    assert not {one["ho_ten"] for one in PEOPLE[:9]} & set(cells)


@pytest.mark.parametrize(
    ("why", "later"),
    [
        ("more than a tenth changed", lambda people: [{**one, "tinh_trang": "mat_tich"} for one in people]),
        ("a number twice", lambda people: [*people, {**people[0], "ho_ten": "Trần Thị Trùng Số"}]),
    ],
)
def test_a_register_that_cannot_be_brought_up_is_told(before, tmp_path, why, later):
    snapshot = write_register(tmp_path / "later.parquet", later(EVERYBODY))
    assert engine.update(before, snapshot, tmp_path / "updated.duckdb") is None, why
    assert [one.name for one in tmp_path.iterdir()] == ["later.parquet"]


def test_after_some_updates_the_counts_are_taken_anew(before, tmp_path):
    at = before
    snapshot = write_register(tmp_path / "same.parquet", EVERYBODY)
    made: list[Path | None] = []
    while at is not None:
        at = engine.update(at, snapshot, tmp_path / f"month{len(made)}.duckdb")
        made.append(at)
    assert len(made) == 6
    assert match(made[4], written([(3, {})]), tmp_path) == match(before, written([(3, {})]), tmp_path)
