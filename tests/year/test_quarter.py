"""A quarter of one district, played through the web and counted again."""

from __future__ import annotations

import ast
from pathlib import Path

from dean06.clock import service as clock
from year import shown
from year.driver import Driver
from year.house import found
from year.recount import Recount
from year.script import read

HERE = Path(__file__).parent


def test_the_recount_knows_nothing_of_the_product():
    for name in ("recount.py", "script.py"):
        tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
        named = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        named += [alias.name for one in ast.walk(tree) if isinstance(one, ast.Import) for alias in one.names]
        assert not [one for one in named if one.startswith(("dean06", "django"))]


def compare(house, month, now):
    counted = {one.key: one for one in Recount(house.script, now).owed() if one.month == month}
    told = {one.key: one for one in shown.duties(house, month)}
    wrong = [(counted.get(key), told.get(key)) for key in {*counted, *told} if counted.get(key) != told.get(key)]
    return wrong, len(counted)


def test_try(db, home):
    script = read("quang-ninh-quy-1")
    house = found(script)
    driver = Driver.of([house])
    all_wrong = []
    for month, at in zip(script.months, ("03/02 09:00", "03/03 09:00", "03/04 09:00")):
        driver.until(script.at(at))
        with clock.pinned(script.at(at)):
            shown.freeze(house, month)
            wrong, n = compare(house, month, script.at(at))
            print(month, n)
            all_wrong += wrong
    for one in all_wrong:
        print(one)
    assert not all_wrong
