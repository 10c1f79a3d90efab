"""Decisions are numbered, dated, have a state, and a superseded one points on."""

from __future__ import annotations

import re

from harness.tree import ROOT

FOLDER = ROOT / "docs" / "adr"
NAME = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
STATE = re.compile(r"^Status: (proposed|accepted|superseded by (\d{4}))$", re.MULTILINE)
DAY = re.compile(r"^Date: \d{4}-\d{2}-\d{2}$", re.MULTILINE)
PARTS = ("## Context", "## Decision", "## Consequences")


def decisions() -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(FOLDER.iterdir())}


def test_each_has_a_number_of_its_own():
    names = [NAME.match(name) for name in decisions()]
    assert all(names)
    numbers = [name[1] for name in names if name]
    assert numbers
    assert len(set(numbers)) == len(numbers)


def test_each_is_titled_dated_and_has_a_state():
    for name, text in decisions().items():
        assert text.startswith(f"# {int(name[:4])}. "), name
        assert STATE.search(text), name
        assert DAY.search(text), name
        assert all(part in text for part in PARTS), name


def test_a_superseded_one_points_at_one_that_exists():
    numbers = {name[:4] for name in decisions()}
    for name, text in decisions().items():
        state = STATE.search(text)
        assert state is None or state[2] is None or state[2] in numbers - {name[:4]}, name
