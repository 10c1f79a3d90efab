"""A province of 150 communes: their monthly reports through the web layer, and what the province sees of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dean06.clock import service as clock
from year import province as places
from year import recount_of_province as recount
from year.driver import Driver
from year.house import House
from year.script import Script, read
from year.shown import workbook

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REPORT = "Gửi báo cáo tháng"


def shown_reports(house: House) -> Counter[tuple[str, ...]]:
    """The group's own monthly reports on its board: month, bound, state."""
    rows = workbook(house.person("leader").file("tuan-thu/", nam=str(house.script.year), dang="xlsx"))
    return Counter((str(row[0]), str(row[5]), str(row[6])) for row in rows if row[1] == "Điều 7 khoản 2")


def shown_above(province: places.Province, month: str) -> Counter[tuple[str, ...]]:
    """What the province's roll-up says of each commune and month."""
    rows = workbook(province.above.person("leader").file("tong-hop/", ky=month, dang="xlsx"))
    year = month[:4]
    return Counter((str(row[0]), str(row[1]), str(row[2])) for row in rows if str(row[1]).endswith(year))


def played(script: Script, folder: Path, months: range) -> None:
    province = places.found(script, folder)
    listed = sorted(((one.at, one) for one in places.deeds(province, months)), key=lambda pair: pair[0])
    end = recount.end_of(script, months)
    Driver(listed).until(end)
    with clock.pinned(end):
        for number, house in enumerate(province.communes, 1):
            told = {month: recount.of_commune(script, number, month) for month in months}
            counted = recount.reports(script, months, told, recount.COMMUNE, end)
            shown = Counter({key: n for key, n in shown_reports(house).items() if int(key[0][:2]) in months})
            assert shown == counted, house.group.slug
        own = recount.reports(script, months, script.table("province_reports"), recount.PROVINCE, end)
        shown = Counter({key: n for key, n in shown_reports(province.above).items() if int(key[0][:2]) in months})
        assert shown == own
        last = f"{script.year}-{months[-1]:02d}"
        above = Counter({key: n for key, n in shown_above(province, last).items() if int(key[1][:2]) in months})
        assert above == recount.rolled_up(script, months)


def test_a_province_of_a_few_communes(db, home, tmp_path, settings):
    settings.PASSWORD_HASHERS = FAST
    script = read("tinh-2026")
    script.told["communes"] = 2
    played(script, tmp_path, range(3, 4))


@pytest.mark.proof
@pytest.mark.timeout(1500)
def test_a_year_of_a_province_of_150_communes(db, home, tmp_path, settings):
    settings.PASSWORD_HASHERS = FAST
    played(read("tinh-2026"), tmp_path, range(1, 13))
