"""A score taken apart is the score: every level of every field, by the engine's own SQL and by the pure sum."""

from __future__ import annotations

import itertools

import duckdb
import pytest

from dean06.reconcile import engine
from dean06.reconcile.engine import explain, levels, scoring
from dean06.reconcile.engine.again import weigh
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import learnt
from reconcile.matching import match, prepare, write_batch

PEOPLE = 12_345
MODEL = learnt({"ln": {9: 700, 8: 40, 5: 11}, "ld": {8: 650}}, {2: 3, 1: 20, 0: 900}, coverage=0.93, clump=1234)
# Every level of one field beside a few of the others: what a term asks for besides its own field is here too.
SPANS = {
    "ln": range(-1, 10),
    "ld": range(-1, 9),
    "lx": range(-1, 2),
    "ls": range(-1, 2),
    "lc": range(-1, 4),
    "lm": range(-1, 4),
    "la": range(-1, 2),
    "li": range(7),
}
BESIDE = (("ln", "ld"), ("ln", "ls"), ("lx", "la"), ("li", "ln"), ("lc", "lm"))
FLAGS = ("known_name", "known_folded", "bare", "first_day", "s_month", "fits")
WORTHS = {name: 3000 + 977 * at for at, name in enumerate((*explain.PERSON_WORTH, "s_nk", "s_fk", "s_rare", "s_day"))}


def cases():
    usual = {"ln": 9, "ld": 8, "lx": 1, "ls": 1, "lc": -1, "lm": -1, "la": -1, "li": 1}
    for one, other in BESIDE:
        for here, there in itertools.product(SPANS[one], SPANS[other]):
            for told in itertools.product((True, False), repeat=len(FLAGS)):
                yield usual | {one: here, other: there} | dict(zip(FLAGS, told, strict=True))


def by_sql(rows: list[dict], columns: list[str]) -> list[int]:
    given = ", ".join(
        f"unnest($1[{at}])::{'boolean' if name in FLAGS else 'int'} as {name}" for at, name in enumerate(columns, 1)
    )
    with duckdb.connect() as db:
        db.execute(f"create table pair as select {given}", [[[int(row[name]) for row in rows] for name in columns]])
        bench = Bench(db, has_parents=True, has_address=True)
        found = db.execute(
            f"select ({scoring.score(bench, MODEL, PEOPLE, levels.LAST)})::int from pair order by rowid"
        ).fetchall()
    return [score for (score,) in found]


def test_the_terms_of_every_level_add_up_to_the_score():
    rows = [WORTHS | one for one in cases()]
    scores = by_sql(rows, list(rows[0]))
    for row, score in zip(rows, scores, strict=True):
        told = explain.of_pair(MODEL, PEOPLE, row)
        assert tuple(told) == explain.TERMS
        assert sum(told.values()) == score, {name: row[name] for name in (*SPANS, *FLAGS)}


PERSON = {"gioi_tinh": "Nữ", "thuong_tru_xa": "19225", "tinh_trang": "song"}
SISTERS = (
    {"so_dinh_danh": "044190000011", "ho_ten": "Trần Thị Hoa Mai", "ngay_sinh": "1990-02-03"},
    {"so_dinh_danh": "044190000012", "ho_ten": "Trần Thị Hoa Mai", "ngay_sinh": "1990-11-20"},
    {"so_dinh_danh": "044185000013", "ho_ten": "Lê Văn Bình", "ngay_sinh": "1985-06-07"},
)
DOUBT = {"ho_ten": "Trần Thị Hoa Mai", "ngay_sinh": "1990", "ma_xa": "19225", "gioi_tinh": "Nữ"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("so"), [PERSON | one for one in SISTERS])


def test_rows_weighed_again_alone_weigh_what_they_weighed_in_the_run(prepared, tmp_path):
    rows = [
        {"ho_ten": "Lê Văn Bình", "ngay_sinh": "07/06/1985", "ma_xa": "19225", "gioi_tinh": "Nam"},
        DOUBT,
        {"ho_ten": "Người Lạ", "ngay_sinh": "01/02/1970", "ma_xa": "19225", "gioi_tinh": "Nam"},
    ]
    found = match(prepared, rows, tmp_path, accept=0.98, model=MODEL)
    assert found[1]["ket_qua"] == "NGHI_VAN"
    options = engine.Options(accept=0.98, model=MODEL)
    told = weigh(prepared, tmp_path / "batch.parquet", [1], options, tmp_path / "tam")
    assert not (tmp_path / "tam").exists()
    assert {one.number for one in told} == {one["so_dinh_danh"] for one in found[1]["ung_vien"]}
    parts = {one.number: 2 ** (one.score / 1000) for one in told}
    for one in found[1]["ung_vien"]:
        assert one["xac_suat"] == pytest.approx(parts[one["so_dinh_danh"]] / (sum(parts.values()) + 1), abs=1e-3)
    for one in told:
        assert sum(one.terms.values()) == one.score


def test_nothing_is_weighed_without_the_weights_of_the_run(prepared, tmp_path):
    listed = write_batch(tmp_path / "batch.parquet", [DOUBT])
    assert weigh(prepared, listed, [0], engine.Options(), tmp_path / "tam") == []
