"""What both regulations say was owed on the same facts, line by line, as `cases/obligations/*.yaml` say."""

from __future__ import annotations

from typing import Any

import pytest

from charter.case_files import REGULATIONS, Line, owed, owed_line, rows
from dean06.charter.types import Obligation

CASES = rows("obligations")
JUDGED = [pytest.param(case, short, id=f"{case['id']} ({short})") for case in CASES for short in REGULATIONS]


def _picked(items: list[Obligation], line: Line) -> Obligation:
    found = [
        item
        for item in items
        if item.action == line.action
        and item.bearer == line.bearer
        and line.kind in (None, item.object_kind)
        and line.period in (None, item.period)
    ]
    found = [item for item in found if {cite.dotted for cite in item.citations} == line.cites] or found
    assert len(found) == 1, (line, [(item.period, item.object_kind) for item in found])
    return found[0]


@pytest.mark.parametrize(("case", "short"), JUDGED)
def test_case(case: dict[str, Any], short: str) -> None:
    items = owed(REGULATIONS[short], case)
    for text in case[short]:
        line = owed_line(text)
        if line.status == "no":
            listed = [item for item in items if item.action == line.action and line.period in (None, item.period)]
            assert listed == [], text
            continue
        item = _picked(items, line)
        assert item.status == line.status, text
        assert {cite.dotted for cite in item.citations} == line.cites, text
        if "by" in line.said:
            assert sorted(item.satisfied_by) == sorted(line.said["by"]), text
        if item.status in ("missed", "pending", "not_testable"):
            assert item.satisfied_by == (), text
        for word, told in (("to", item.recipients), ("gap", item.gaps)):
            assert sorted(told) == sorted(line.said.get(word, told)), text
        assert [item.via] == line.said.get("via", [item.via]), text
        if "before" in line.said:
            assert item.due_before is not None
            assert item.due_before.isoformat() == f"{line.said['before'][0]}T00:00:00+07:00", text


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 100
