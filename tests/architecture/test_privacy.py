"""Rows of people stay silent: the rooms that hold them have no way to log."""

from __future__ import annotations

import ast

import pytest

from harness.tree import PACKAGE, place

LOGGERS = {"logging", "structlog", "loguru", "warnings", "pprint", "syslog"}


@pytest.mark.parametrize("room", ["population", "sources", "reconcile"])
def test_a_room_with_rows_of_people_never_logs(room):
    paths = sorted((PACKAGE / room).rglob("*.py"))
    assert paths
    logging = [
        f"{place(path)}:{node.lineno} {name}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        for name in imported(node)
        if name.split(".")[0] in LOGGERS
    ]
    assert not logging, "\n".join(logging)


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
