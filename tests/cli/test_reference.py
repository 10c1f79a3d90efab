"""The command reference is the parsers' own words."""

from __future__ import annotations

from harness.tree import ROOT, load_tool


def test_the_reference_is_up_to_date():
    written = (ROOT / "docs" / "lenh.md").read_text()
    assert written == load_tool("command_reference").reference(), "run `make docs`"
