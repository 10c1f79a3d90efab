"""Names and sizes: no drawers, no long module, no long function, and every exception to a rule says why."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.tree import PACKAGE, modules, place, python_files

DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "managers", "mixins", "constants"}
DRAWERS |= {"core", "mixin", "shared", "lib"}
PRINTS = {"cli"}
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec|djlint)\b(?P<rest>.*)", re.IGNORECASE)
REASON = re.compile(r"^(:\s*[A-Z0-9, ]+|\[[\w, -]+\])\s+(#\s*)?\w.{7,}")
CHARTER_NAMES = re.compile(r"quang[-_ ]ninh|xuan[-_ ]truong|Quảng Ninh|Xuân Trường|cap[-_](tinh|xa)\b", re.IGNORECASE)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_module_is_a_drawer():
    named = [
        path for path in modules() if path.stem in DRAWERS or DRAWERS & {part.lower() for part in path.parts[-2:-1]}
    ]
    assert not named, "\n".join(map(place, named))


def test_no_module_is_longer_than_400_lines():
    assert {place(path): count for path in modules() if (count := len(path.read_text().splitlines())) > 400} == {}


def test_every_function_is_under_40_lines():
    long = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(ast.parse(path.read_text()))
        if (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert not long, "\n".join(long)


def test_only_the_command_line_prints():
    printing = [
        f"{place(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] not in PRINTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing, "\n".join(printing)


def test_facts_come_back_as_return_values_not_signals():
    listening = [
        f"{place(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and re.match(r"django\.(dispatch|(\w+\.)*signals)", node.module or "")
    ]
    assert not listening, "\n".join(listening)


def compared_words(path: Path) -> Iterator[tuple[int, str]]:
    """Give every text that a condition of this module compares with."""
    for node in ast.walk(ast.parse(path.read_text())):
        sides: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        for side in sides:
            for leaf in ast.walk(side):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    yield leaf.lineno, leaf.value


def test_no_condition_names_a_regulation_or_a_province():
    named = [
        f"{place(path)}:{line} {word}"
        for path in modules()
        for line, word in compared_words(path)
        if CHARTER_NAMES.search(word)
    ]
    assert not named, "\n".join(named)


def unexplained(line: str) -> bool:
    """Say whether a line suspends a rule without codes and a reason."""
    found = EXCUSE.search(line)
    return found is not None and REASON.match(found["rest"]) is None


def test_every_suspended_rule_has_its_reason_on_the_line():
    bare = [
        f"{place(path)}:{number}: {line.strip()}"
        for path in python_files()
        if path.name != Path(__file__).name
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if unexplained(line)
    ]
    assert not bare, "\n".join(bare)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("x = 1  # noqa: S608  table names are constants", False),
        ("x = 1  # type: ignore[attr-defined]  # pytest-django takes any setting", False),
        ("x = 1  # noqa: S608", True),
        ("x = 1  # noqa", True),
        ("x = 1  # type: ignore[attr-defined]", True),
        ("x = 1  # a comment", False),
    ],
)
def test_the_reason_is_looked_for(line, wrong):
    assert unexplained(line) is wrong
