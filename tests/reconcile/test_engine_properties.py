"""What must hold of any list: the same bytes, every row accounted for, the order of verdicts."""

from __future__ import annotations

import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.reconcile import engine
from reconcile.matching import match, prepare, read_result, write_batch
from reconcile.test_engine_verdicts import NAMED, person, row

PEOPLE = [
    {
        **person(at % 90),
        "so_dinh_danh": f"044{at:09d}",
        "so_cmnd": None if at % 4 == 0 else f"19{at:07d}",
        "tinh_trang": ("chet", "chuyen_di", "song", "song", "song", "song")[at % 6],
        "thuong_tru_xa": f"{19200 + at % 5}",
    }
    for at in range(180)
]
VERDICTS = {*NAMED, "NGHI_VAN", "KHONG_TIM_THAY", "SAI_DINH_DANG"}
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "so_giay_to": st.sampled_from([None, "", "044000000007", "001199999999", "4E+10"]),
        "ho_ten": st.sampled_from([None, "Nguyễn Văn Hùng", "TRAN VAN BINH", "Lê Minh Cường (chết)", "Bùi"]),
        "ngay_sinh": st.sampled_from([None, "1961", "01/01/1950", "không nhớ", "20/05/1954"]),
        "gioi_tinh": st.sampled_from([None, "Nữ", "x"]),
        "ma_xa": st.sampled_from([None, "19200", "99", "xã"]),
    },
)
ROWS = st.lists(st.tuples(st.integers(0, len(PEOPLE) - 1), CHANGES), min_size=1, max_size=25)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("properties"), PEOPLE)


def written(rows):
    return [{**row(PEOPLE[at]), **changed, "goc_dau": f"{at}"} for at, changed in rows]


def run(prepared, rows, folder, **options):
    out = folder / "out.parquet"
    engine.run(prepared, write_batch(folder / "in.parquet", rows), out, engine.Options(**options))
    return out


@settings(max_examples=5)
@given(ROWS)
def test_threads_change_no_byte_and_every_row_is_accounted_for(prepared, tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("threads")
    given_rows = written(rows)
    made = [run(prepared, given_rows, folder, threads=threads).read_bytes() for threads in (1, 3)]
    assert made[0] == made[1]
    found = read_result(folder / "out.parquet")
    assert [one["dong"] for one in found] == [at + 2 for at in range(len(rows))]
    assert [one["goc_dau"] for one in found] == [str(at) for at, _ in rows]
    assert {one["ket_qua"] for one in found} <= VERDICTS
    for one in found:
        named = one["ket_qua"] in NAMED
        assert (one["so_dinh_danh"] is not None) == named
        assert named or not one["sai_truong"]
        assert set(one["goi_y"]) <= {"so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "so_cmnd"}
        assert bool(one["ung_vien"]) == (one["ket_qua"] == "NGHI_VAN")
        assert len(one["ung_vien"]) <= 3
        assert 0 <= one["do_tin_cay"] <= 1
        assert not named or one["do_tin_cay"] >= 0.5
        assert one["ly_do"].endswith(".")


@settings(max_examples=5)
@given(ROWS, st.randoms(use_true_random=False))
def test_permuting_the_input_permutes_the_output_only(prepared, tmp_path_factory, rows, random):
    folder = tmp_path_factory.mktemp("permuted")
    order = list(range(len(rows)))
    random.shuffle(order)
    straight = read_result(run(prepared, written(rows), folder))
    shuffled = read_result(run(prepared, written([rows[at] for at in order]), folder))
    for place, at in enumerate(order):
        one, other = straight[at], shuffled[place]
        twice = {"TRUNG", "KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH"}
        if one["ket_qua"] != other["ket_qua"]:
            assert {one["ket_qua"], other["ket_qua"]} <= twice  # which of several is first may change
        for column in ("so_dinh_danh", "do_tin_cay", "sai_truong", "goi_y", "ung_vien", "lop", "goc_dau"):
            assert one[column] == other[column]


@settings(max_examples=5)
@given(ROWS)
def test_the_first_living_row_of_a_person_keeps_its_class_and_the_later_are_twice(prepared, tmp_path_factory, rows):
    found = read_result(run(prepared, written(rows), tmp_path_factory.mktemp("twice")))
    state = {person["so_dinh_danh"]: person["tinh_trang"] for person in PEOPLE}
    seen = set()
    for one in found:
        number = one["so_dinh_danh"]
        if number is None:
            continue
        expected = {"chet": "DA_CHET", "chuyen_di": "DA_CHUYEN_DI"}.get(str(state[number]))
        if expected:
            assert one["ket_qua"] == expected
        else:
            assert (one["ket_qua"] == "TRUNG") == (number in seen)
        seen.add(number)


def test_a_saved_model_gives_the_same_bytes_and_an_unrelated_person_changes_no_certain_match(prepared, tmp_path):
    rows = [row(PEOPLE[at]) for at in range(0, 60, 2)]
    out = tmp_path / "first.parquet"
    batch = write_batch(tmp_path / "in.parquet", rows)
    report = engine.run(prepared, batch, out, engine.Options())
    again = tmp_path / "again.parquet"
    model = engine.kept(json.loads(json.dumps(report.model.saved())))
    assert model == report.model
    engine.run(prepared, batch, again, engine.Options(model=model))
    assert out.read_bytes() == again.read_bytes()
    stranger = person(7, so_dinh_danh="001077000001", ho_ten="Quàng Văn Lả", ngay_sinh="1977-02-02")
    more = match(prepare(tmp_path, [*PEOPLE, stranger]), rows, tmp_path, model=report.model)
    named = [one["so_dinh_danh"] for one in read_result(out)]
    assert [one["so_dinh_danh"] for one in more] == named


def test_an_empty_list_is_an_empty_result(prepared, tmp_path):
    assert match(prepared, [], tmp_path) == []


def test_a_list_of_one_column_is_matched_as_far_as_it_goes(prepared, tmp_path):
    alive = PEOPLE[2]
    found = match(prepared, [{"so_cccd": alive["so_dinh_danh"]}, {"so_cccd": "x"}], tmp_path)
    assert [one["ket_qua"] for one in found] == ["KHOP_HOAN_TOAN", "SAI_DINH_DANG"]


def test_the_report_counts_what_the_file_holds(prepared, tmp_path):
    rows = [row(PEOPLE[at]) for at in range(20)]
    report = engine.run(
        prepared, write_batch(tmp_path / "in.parquet", rows), tmp_path / "out.parquet", engine.Options()
    )
    found = read_result(tmp_path / "out.parquet")
    assert report.rows == len(found) == sum(report.by_result.values()) == sum(report.by_pass.values())
    assert report.register_rows == len(PEOPLE)
    assert json.dumps(dict(report.by_result))


@pytest.mark.parametrize("order", ["k", "-k"])
def test_many_row_groups_come_out_in_input_order_wherever_the_rows_lie(prepared, tmp_path, order):
    """A list longer than a row group, once lying in its order and once not."""
    number, name = PEOPLE[3]["so_dinh_danh"], PEOPLE[3]["ho_ten"]
    batch, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    with duckdb.connect() as link:
        link.execute(
            f"""copy (select k as stt, 'T' as trang_tinh, (k + 2)::int as dong, '{name}' as ho_ten,
  case when k % 1000 = 0 then '{number}' end as so_cccd, k::varchar as goc_k from range(260000) r (k) order by {order})
to '{batch}' (format parquet)"""
        )
        engine.run(prepared, batch, out, engine.Options(threads=3))
        wrong = link.execute(
            f"""select count(*) from read_parquet('{out}', file_row_number = true)
where goc_k <> file_row_number::varchar or dong <> file_row_number + 2
  or (so_dinh_danh is null) <> (goc_k::int % 1000 <> 0)"""
        ).fetchall()
    assert wrong == [(0,)]


def test_a_row_the_door_set_aside_says_the_door_s_sentence(prepared, tmp_path):
    why = "Ô có chữ đã hỏng khi chuyển mã."
    nothing = dict.fromkeys(row(PEOPLE[2]))
    rows = [{**nothing, "goc_dau": "0", "cach_ly": why}, {**row(PEOPLE[2]), "goc_dau": "1", "cach_ly": None}, nothing]
    found = match(prepared, rows, tmp_path)
    assert [one["ket_qua"] for one in found] == ["SAI_DINH_DANG", "KHOP_CHUAN_HOA", "SAI_DINH_DANG"]
    assert found[0]["ly_do"] == why
    assert found[2]["ly_do"].startswith("Không đủ dữ liệu")
    assert list(found[0])[-1] == "goc_dau"
    assert {key: found[0][key] for key in found[0].keys() - {"ly_do", "dong", "goc_dau"}} == {
        key: found[2][key] for key in found[2].keys() - {"ly_do", "dong", "goc_dau"}
    }


@pytest.mark.parametrize("processes", [1, 3])
def test_processes_with_some_years_each_give_the_bytes_of_one(prepared, tmp_path, processes):
    changes = [{}, {"so_giay_to": None}, {"so_giay_to": None, "ho_ten": "TRAN VAN BINH"}, {"ngay_sinh": "1961"}]
    changes += [{"so_giay_to": None, "ngay_sinh": day} for day in ("01/01/1950", "20/05/1954", None)]
    rows = written([(at * 7 % len(PEOPLE), changes[at % len(changes)]) for at in range(300)])
    alone = run(prepared, rows, tmp_path).read_bytes()
    assert run(prepared, rows, tmp_path, processes=processes).read_bytes() == alone
    assert not list(tmp_path.glob(".out*"))
