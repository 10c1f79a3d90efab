"""Every oddity of a text is warned of at its place in both languages, one case a text of `cases/oddities.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("oddities.yaml"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_oddity(case: dict[str, Any], tmp_path: Path) -> None:
    titled = case["text"] if case["text"].startswith(("QUY CHẾ", "QUYẾT ĐỊNH")) else f"QUY CHẾ\n{case['text']}"
    (tmp_path / "quy-che.txt").write_text(titled, "utf-8")
    imported = service.import_regulation(tmp_path / "quy-che.txt")
    told = [
        {"at": one.where, "code": one.code, "vi": one.sentence.vi, "en": one.sentence.en} for one in imported.warnings
    ]
    assert told == case["warns"]
