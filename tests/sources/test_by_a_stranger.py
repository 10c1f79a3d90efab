"""The ten files of planted faults read by a stranger, frictionless, by what a contract says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dean06.sources import live
from sources.test_planted_faults import DAY, FILES, found, written

FRICTIONLESS = Path(sys.executable).with_name("frictionless")
IDS = [one["source"] for one in FILES]


def read_by_a_stranger(told, path: Path) -> dict[int, str]:
    """Return row → the kind of its first fault, as frictionless finds them by the source's Table Schema."""
    contract = live.contract(told["source"])
    schema = live.data_package(contract, DAY)["resources"][0]["schema"]
    said = {one["name"]: one for one in schema["fields"]}
    columns = {code: contract.field(code).headers[0] for code in {**told["row"], **told.get("also", {})}}
    fields = [{"name": "STT", "type": "integer"}, *(said[code] | {"name": head} for code, head in columns.items())]
    schema |= {
        "fields": fields,
        "primaryKey": [columns[code] for code in schema.get("primaryKey", []) if code in columns],
    }
    path.with_name("schema.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    command = [FRICTIONLESS, "validate", path.name, "--schema", "schema.json", "--json"]
    answer = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    report = json.loads(answer.stdout)
    assert report["stats"]["tasks"] == 1, answer.stdout
    assert not report["errors"], report["errors"]
    return {fault["rowNumber"]: fault["type"] for task in report["tasks"] for fault in task["errors"]}


@pytest.mark.proof
@pytest.mark.parametrize("told", FILES, ids=IDS)
def test_sound_files_are_sound_to_a_stranger(told, tmp_path):
    assert read_by_a_stranger(told, written(told, tmp_path, ())) == {}


@pytest.mark.parametrize(
    "told", [*FILES[:3], *(pytest.param(one, marks=pytest.mark.proof) for one in FILES[3:])], ids=IDS
)
def test_a_stranger_finds_some_of_the_faults_and_none_that_we_miss(told, tmp_path):
    path = written(told, tmp_path, told["faults"])
    theirs = read_by_a_stranger(told, path)
    ours = {int(line.split()[0]) for line in found(told["source"], path)}
    assert theirs
    assert theirs.keys() <= ours
