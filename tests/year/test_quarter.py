"""A quarter of one district, played through the web layer and counted again from its script alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from year.comparing import at_the_end, month_by_month
from year.house import found
from year.script import read

pytestmark = pytest.mark.either_database  # its rooms are asked on both databases by tests of their own

HERE = Path(__file__).parent
RECOUNT = (
    "recount.py",
    "recount_of_conduct.py",
    "recount_of_money.py",
    "recount_of_papers.py",
    "recount_of_votes.py",
    "recount_of_work.py",
    "script.py",
)


@pytest.mark.parametrize("name", RECOUNT)
def test_the_recount_knows_nothing_of_the_product(name):
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
    named = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    named += [alias.name for one in ast.walk(tree) if isinstance(one, ast.Import) for alias in one.names]
    assert not [one for one in named if one.startswith(("dean06", "django"))]
    assert all(one.removeprefix("year.") + ".py" in RECOUNT for one in named if one.startswith("year."))


def test_a_quarter_of_a_district_stands_as_its_script_is_counted(db, home):
    script = read("quang-ninh-quy-1")
    house = found(script)
    wrong, number = month_by_month([house])
    assert not wrong, "\n".join(wrong)
    assert number > 50
    wrong = at_the_end(house, script.at("03/04 09:00"))
    assert not wrong, "\n".join(wrong)
