"""Sixty faults planted in ten files: every one is found with its row, rule and column, and none is invented."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.sources import live

FILES = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("planted.yaml").read_text(encoding="utf-8"))
DAY = date(2026, 6, 30)
ROWS = 160
SYLLABLES = ("An", "Bình", "Cúc", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga")


def row(template: Mapping[str, str], number: int) -> dict[str, str]:
    """Return one sound row of a file."""
    day, month = f"{number % 27 + 1:02}", f"{number % 11 + 1:02}"
    word = f"{SYLLABLES[number % 10]} {SYLLABLES[number // 10 % 10]} {SYLLABLES[number // 100]}"
    return {code: text.format(n=number, d=day, m=month, w=word) for code, text in template.items()}


def written(told: Mapping[str, Any], folder: Path, faults: Sequence[Mapping[str, Any]]) -> Path:
    """Write a file with these faults and return where."""
    contract = live.contract(told["source"])
    template = {**told["row"], **told.get("also", {})}
    rows = [row(template, number) for number in range(1, ROWS + 1)]
    for fault in faults:
        rows[fault["at"] - 2] |= fault["write"]
    path = folder / f"{told['source']}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["STT", *(contract.field(code).headers[0] for code in template)])
        writer.writerows([number, *one.values()] for number, one in enumerate(rows, 1))
    return path


def found(source: str, path: Path) -> list[str]:
    contract = live.contract(source)
    batch = live.read_batch(path, contract, path.parent / "lo")
    assert not batch.quarantined
    live.check(batch, contract, DAY, path.parent / "lo" / "l.parquet")
    places = live.broken_places(batch, path.parent / "lo" / "l.parquet")
    return sorted(f"{one.row} {one.rule} {one.field}" for one in places)


def test_there_are_sixty_in_ten_files():
    assert (len(FILES), sum(len(one["faults"]) for one in FILES)) == (10, 60)


@pytest.mark.parametrize("told", FILES, ids=[one["source"] for one in FILES])
def test_every_fault_is_found_and_none_invented(told, tmp_path):
    assert found(told["source"], written(told, tmp_path, ())) == []
    expected = sorted(line for fault in told["faults"] for line in fault["found"])
    assert found(told["source"], written(told, tmp_path, told["faults"])) == expected
