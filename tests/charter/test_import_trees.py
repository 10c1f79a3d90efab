"""How the rows of a text become its tree, one case a text of `cases/imports.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("imports.yaml"))


def _rows(nodes: tuple[service.Node, ...], depth: int = 0) -> Iterator[str]:
    for node in nodes:
        said = f"{node.heading} | {node.text}" if node.heading and node.text else node.heading or node.text
        yield "  " * depth + f"{node.kind} {node.cite or node.label}: {said}".replace("\n", " / ").rstrip()
        yield from _rows(node.children, depth + 1)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_tree(case: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "quy-che.txt").write_text(case["text"], "utf-8")
    imported = service.import_regulation(tmp_path / "quy-che.txt")
    assert list(_rows(imported.provisions)) == [row.rstrip() for row in case["tree"].splitlines()]
    assert [f"{one.where} {one.code}" for one in imported.warnings] == case["warns"]
