"""`demo create`: the same bytes everywhere, whole or not at all, and files that the house's own reader takes."""

import json
import os
import subprocess
import sys

import pytest

from dean06.cli.main import main
from dean06.clock.errors import BadInput
from dean06.demo.service import Fix, World, create
from dean06.sources.live import contract, read_batch

SMALL = ["--persons", "260", "--seed", "11", "--setting", "ninh-chau-2026", "--json"]


def test_two_processes_make_the_same_bytes(tmp_path, capsys):
    assert main(["demo", "create", str(tmp_path / "a"), *SMALL]) == 0
    here = json.loads(capsys.readouterr().out)
    command = [sys.executable, "-m", "dean06", "demo", "create", str(tmp_path / "b b"), *SMALL]
    there = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "99"}, capture_output=True, check=True)
    assert json.loads(there.stdout)["files"] == here["files"]
    assert len(here["files"]) == 5 + 4 * 4
    assert {one["kind"] for one in here["files"]} == {"register", "delivery"}


def test_the_directory_explains_itself(tmp_path):
    made = create(tmp_path / "out", World(1, 120), sources=["bhyt"], fix=Fix(share=1.0))
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    for one in made:
        assert one.path in text
        assert (tmp_path / "out" / one.path).stat().st_size > 0
    assert "register load registers/so_dan_cu_2022-06-30.csv --as-of 2022-06-30" in text  # the month of the first list
    truths = sorted(path.name for path in (tmp_path / "out" / "truth").iterdir())
    assert truths == [f"bhyt_2022-0{month}.truth.csv" for month in (6, 7, 8, 9)]


def test_an_interrupted_making_leaves_nothing(tmp_path):
    def stop(done, _total, _what):
        if done > 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create(tmp_path / "out", World(1, 50), progress=stop)
    assert list(tmp_path.iterdir()) == []
    assert create(tmp_path / "out", World(1, 50))


def test_a_directory_with_something_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("x")
    with pytest.raises(BadInput):
        create(tmp_path, World(1, 50))
    assert main(["demo", "create", str(tmp_path), "--persons", "50"]) == 3
    assert str(tmp_path) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_path_that_cannot_be_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["demo", "create", str(tmp_path / "file" / "out"), "--persons", "5"]) == 3
    assert str(tmp_path / "file" / "out") in capsys.readouterr().err


@pytest.mark.parametrize("place", ["quang-ninh-2022", "ninh-chau-2026"])
def test_even_one_person_makes_a_whole_demonstration(tmp_path, place):
    made = create(tmp_path / "out", World(1, 1, place))
    assert all((tmp_path / "out" / one.path).is_file() for one in made)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--setting", "atlantis"],
        ["--persons", "0"],
        ["--persons", "10", "--scale", "0.1"],
        ["--scale", "-1"],
        ["--source", "thue"],
        ["--fixed", "2"],
        ["--persons", "ten"],
    ],
)
def test_wrong_arguments_are_refused_with_nothing_made(tmp_path, wrong):
    try:
        code = main(["demo", "create", str(tmp_path / "out"), *wrong])
    except SystemExit as refused:
        code = refused.code
    assert code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_scale_of_the_full_size(tmp_path, capsys):
    arguments = ["demo", "create", str(tmp_path / "out"), "--setting", "ninh-chau-2026", "--scale", "0.01", "--json"]
    assert main([*arguments, "--source", "chung"]) == 0
    assert json.loads(capsys.readouterr().out)["persons"] == 300


def test_making_people_needs_no_django():
    code = "import sys, dean06.demo.service, dean06.cli.demo_commands; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_house_reads_every_delivery_row_for_row(tmp_path):
    world = World(4, 400, "quang-ninh-2022", units=("19201", "19204", "19225"))
    made = create(tmp_path / "out", world)
    for one in made:
        if one.kind == "delivery" and one.month != "2022-08":
            path = tmp_path / "out" / one.path
            batch = read_batch(path, contract(one.source), tmp_path / "work")
            assert batch.rows == one.rows, one.path
