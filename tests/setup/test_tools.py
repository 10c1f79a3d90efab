"""The tools beside the product: what `make` offers, and how measurements are gathered."""

from __future__ import annotations

import subprocess

import pytest

from harness.tree import ROOT, load_tool

GOOD = '"""How fast it is.\n\nMore."""\nprint("| a | b |")\n'
BAD = '"""How small it is."""\nimport sys\nprint("too large")\nsys.exit(1)\n'


@pytest.fixture
def measure(tmp_path, monkeypatch):
    tool = load_tool("measure")
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "PAGE", tmp_path / "docs" / "benchmarks.md")
    monkeypatch.setattr(tool, "NAMED", ["django"])
    return tool


def test_measurements_become_one_page(measure, tmp_path):
    (tmp_path / "benchmarks" / "bench_speed.py").write_text(GOOD)
    (tmp_path / "benchmarks" / "made_up.py").write_text(BAD)  # serves a benchmark, is none
    assert measure.main([]) == 0
    page = measure.PAGE.read_text()
    assert "**Machine.**" in page
    assert "## How fast it is\n\n`python benchmarks/bench_speed.py`" in page
    assert "| a | b |" in page


def test_a_bar_that_does_not_hold_is_said_and_fails(measure, tmp_path):
    (tmp_path / "benchmarks" / "bench_speed.py").write_text(GOOD)
    (tmp_path / "benchmarks" / "bench_size.py").write_text(BAD)
    assert measure.main([]) == 1
    assert "did not hold" in measure.PAGE.read_text()


def test_one_measured_again_takes_its_old_place_in_the_page(measure, tmp_path):
    speed = tmp_path / "benchmarks" / "bench_speed.py"
    speed.write_text(GOOD)
    (tmp_path / "benchmarks" / "bench_tail.py").write_text(GOOD.replace("fast", "late"))
    measure.main([])
    whole = measure.PAGE.read_text()
    speed.write_text(GOOD.replace("a | b", "a | c"))
    assert measure.main(["--put", "speed"]) == 0
    assert measure.PAGE.read_text() == whole.replace("| a | b |", "| a | c |", 1)
    (tmp_path / "benchmarks" / "bench_wide.py").write_text(GOOD.replace("fast", "wide"))
    assert measure.main(["--put", "wide"]) == 0
    page = measure.PAGE.read_text()
    assert page.count("How wide it is") == 2  # in the list, and as a section
    assert page.index("## How wide it is") > page.index("## How fast it is")
    measure.PAGE.write_text("# Benchmarks\n")
    with pytest.raises(SystemExit, match="make bench"):
        measure.main(["--put", "speed"])


def test_one_of_them_is_only_shown(measure, tmp_path, capsys):
    (tmp_path / "benchmarks" / "bench_speed.py").write_text(GOOD)
    (tmp_path / "benchmarks" / "bench_size.py").write_text(BAD)
    assert measure.main(["speed"]) == 0
    assert "## How fast it is" in capsys.readouterr().out
    assert not measure.PAGE.exists()


def test_make_alone_says_what_it_can_do():
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in ("run", "test", "check", "proof", "bench", "docs", "lock", "clean"):
        assert f"make {name} " in said


def test_continuous_integration_is_the_newcomers_command():
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")
