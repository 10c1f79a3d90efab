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


def _codes(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "quy-che.txt").write_text(f"QUY CHẾ\n\nĐiều 1. Một\n\n1. {text}\n\n2. Hết.\n", "utf-8")
    return [one.code for one in service.import_regulation(tmp_path / "quy-che.txt").warnings]


@pytest.mark.parametrize(
    "word", ["phòng", "ban", "tổ", "số", "đội", "chương", "mục", "cục", "sở", "bộ", "ngành", "vụ", "tại"]
)
def test_a_name_begins_no_sentence(tmp_path: Path, word: str) -> None:
    assert _codes(tmp_path, f"Văn bản gửi {word} Tổng hợp văn bản.") == []
    assert _codes(tmp_path, "Văn bản gửi huyện Tổng hợp văn bản.") == ["run_together"]


NEVER = [
    "các",
    "của",
    "và",
    "với",
    "cho",
    "được",
    "trong",
    "theo",
    "tại",
    "là",
    "những",
    "do",
    "về",
    "để",
    "có",
    "phải",
]


@pytest.mark.parametrize("word", NEVER)
def test_a_word_that_is_never_said_twice(tmp_path: Path, word: str) -> None:
    assert _codes(tmp_path, f"Văn bản {word} {word} xã.") == ["doubtful_word"]
    assert _codes(tmp_path, "Văn bản luôn luôn xã.") == []
