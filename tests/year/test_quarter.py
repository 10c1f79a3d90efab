"""A quarter of one district, played through the web and counted again."""

from __future__ import annotations

import json

from dean06.clock import service as clock
from year.driver import play
from year.house import found
from year.script import read


def test_try(db, home):
    script = read("quang-ninh-quy-1")
    house = found(script)
    play([house], script.at("01/04 00:00"))
    deputy = house.person("standing_deputy")
    with clock.pinned(script.at("03/04 09:00")):
        for month in script.months:
            page = deputy.open("tuan-thu/")
            deputy.press(page, f"{month}/chot/")
            items = json.loads(deputy.file(f"tuan-thu/{month}/ban.json"))
            for one in items["duties" if "duties" in items else "items"]:
                if one["status"] not in ("not_testable",):
                    print(month, one["action"], one["object"], one["bearer"], one["period"], one["due_before"], one["status"], one["satisfied_by"])
