"""One plan on two engines: the bytes of the result are the same, on a Spark of two workers and in this process."""

from __future__ import annotations

import random
import string
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dean06.reconcile import engine
from dean06.reconcile.engine import distances, powers
from dean06.reconcile.engine.options import Cluster
from dean06.sources import live as sources
from harness.tree import ROOT
from reconcile import spark_cluster
from reconcile.matching import prepare, write_batch
from reconcile.test_engine_properties import PEOPLE
from reconcile.test_engine_verdicts import row

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(1500),
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(spark_cluster.missing() is not None, reason=f"{spark_cluster.missing()} is not on this machine"),
]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
FATHERS = ("Nguyễn Văn An", "TRAN VAN BINH", "Lê Cường", None)
HOMES = ("thôn 1, xã Đông Phú", "Thôn 1 - xã Đông Phú", "tổ 3, phường Nam Hải", None)


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    with spark_cluster.cluster(tmp_path_factory.mktemp("spark")) as remote:
        yield remote


def both(prepared: Path, batch: Path, folder: Path, remote: str, partitions: int) -> tuple[bytes, bytes]:
    """Match a list with each engine and give the bytes of the two results."""
    made = []
    where = Cluster(remote=remote, folder=folder / "cluster", partitions=partitions)
    for at, options in enumerate((engine.Options(), engine.Options(cluster=where))):
        out = folder / f"{at}.parquet"
        engine.run(prepared, batch, out, options)
        made.append(out.read_bytes())
    assert [path.name for path in (folder / "cluster").iterdir() if path.name.startswith("list")] == []
    return made[0], made[1]


def altered(at: int, dice: random.Random) -> dict[str, str | None]:
    """Write a person down with the slips of a clerk."""
    told = row(PEOPLE[at])
    number, day, name = str(told["so_giay_to"]), str(told["ngay_sinh"]), str(told["ho_ten"])
    spot = dice.randrange(12)
    slips = {
        "so_giay_to": [None, number[:spot] + str((int(number[spot]) + 3) % 10) + number[spot + 1 :], "044000000007"],
        "ngay_sinh": [
            None,
            day[6:],
            f"01/01/{day[6:]}",
            f"{day[3:5]}/{day[:2]}/{day[6:]}",
            f"{day[:6]}{int(day[6:]) + 1}",
        ],
        "ho_ten": [name.upper(), name[:-1], " ".join(reversed(name.split())), "Nguyễn " + name],
        "gioi_tinh": ["Nữ", None],
        "ma_xa": ["19204", None],
    }
    for field in dice.sample(sorted(slips), dice.randrange(4)):
        told[field] = dice.choice(slips[field])
    parents = {"ho_ten_cha": dice.choice(FATHERS), "ho_ten_me": dice.choice(FATHERS)}
    return {**told, **parents, "dia_chi": dice.choice(HOMES), "goc_dau": str(at)}


def test_slips_of_every_kind_give_the_same_bytes(spark, tmp_path):
    dice = random.Random(6)  # noqa: S311  a list that is the same each time
    people = [
        {
            **one,
            "ho_ten_cha": dice.choice(FATHERS),
            "ho_ten_me": dice.choice(FATHERS),
            "thuong_tru_chi_tiet": dice.choice(HOMES),
            "so_dinh_danh_cu": f"{dice.randrange(10**8, 10**9)}" if at % 9 == 0 else None,
        }
        for at, one in enumerate(PEOPLE)
    ]
    prepared = prepare(tmp_path, people)
    batch = write_batch(tmp_path / "in.parquet", [altered(dice.randrange(len(PEOPLE)), dice) for _ in range(600)])
    embedded, far = both(prepared, batch, tmp_path, spark, 2)
    assert embedded == far


@pytest.fixture(scope="module")
def another_hand(tmp_path_factory):
    """A register of 20,000 and a list of 2,000, by the hand the benchmarks use."""
    folder = tmp_path_factory.mktemp("another")
    script = ROOT / "benchmarks" / "another_hand.py"
    subprocess.run([sys.executable, script, folder, "--register", "20000", "--rows", "2000"], check=True)
    prepared = engine.prepare(folder / "register.parquet", folder / "prepared")
    return prepared, sources.read_batch(folder / "list.parquet", sources.contract("chung"), folder / "work").parquet


@pytest.mark.parametrize("partitions", [1, 2, 4])
def test_however_the_rows_are_dealt_the_bytes_are_the_same(spark, another_hand, tmp_path, partitions):
    embedded, far = both(*another_hand, tmp_path, spark, partitions)
    assert embedded == far


def pairs_of_texts(count: int) -> list[tuple[str | None, str | None]]:
    """Give pairs of names, slips of names, short, empty, absent and foreign texts."""
    dice = random.Random(1)  # noqa: S311  texts that are the same each time

    def word(most: int) -> str:
        letters = string.ascii_lowercase if dice.random() < 0.8 else LETTERS
        return " ".join("".join(dice.choices(letters, k=dice.randrange(1, 6))) for _ in range(dice.randrange(most)))

    def slip(text: str) -> str:
        at = dice.randrange(len(text) + 1)
        return (
            text[:at]
            + dice.choice(("", "a", text[at + 1 : at + 2] + text[at : at + 1]))
            + text[at + dice.randrange(3) :]
        )

    made: list[tuple[str | None, str | None]] = [(None, "a"), ("a", None), ("", ""), ("", "a"), ("李明", "李光明")]
    while len(made) < count:
        one = word(5)
        made.append((one, slip(one) if dice.random() < 0.7 else word(5)))
    return made


def test_each_distance_and_power_is_one_number_on_both_engines(spark, tmp_path):
    from dean06.reconcile.engine import spark as plan

    texts = tmp_path / "texts.parquet"
    measured = f"select k, {', '.join(f'{name}(a, b) as {name}' for name in distances.DEFINITIONS)} from texts"
    counted = f"select k, {powers.of('(k - 25000)::int')} as counted from texts"
    with duckdb.connect() as link:
        link.execute(distances.MACRO)
        link.execute(powers.MACRO)
        link.execute("set variable powers = ?::bigint[]", [powers.table()])
        link.execute("create table one (n int, a varchar, b varchar)")
        link.executemany(
            "insert into one values (?, ?, ?)", [(n, *pair) for n, pair in enumerate(pairs_of_texts(2_000))]
        )
        # Each text with its own slip and with 54 others.
        link.execute(
            f"""copy (select row_number() over () as k, one.a, other.b from one join one other
  on (other.n - one.n + 2000) % 2000 < 55) to '{texts}'"""
        )
        link.execute(f"create view texts as select * from '{texts}'")
        with plan._session(Cluster(remote=spark)) as session:
            session.read.parquet(str(texts)).createOrReplaceTempView("texts")
            for query in (measured, counted):
                far = session.sql(plan.translated(query)).toArrow()
                assert far.num_rows == 110_000
                link.register("far", far)
                assert link.execute(f"select count(*) from (({query}) except select * from far)").fetchall() == [(0,)]
