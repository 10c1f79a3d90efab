"""A province of 150 communes: their monthly reports of a year, and what the province sees of them."""

from __future__ import annotations

import time

import pytest

from year import province as places
from year.driver import Driver
from year.script import read
from datetime import datetime
from year.script import TZ


def test_measure(db, home, tmp_path, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    script = read("tinh-2026")
    script.told["communes"] = 12
    began = time.process_time()
    made = places.found(script, tmp_path)
    print("found", time.process_time() - began)
    driver = Driver(sorted(((one.at, one) for one in places.deeds(made, range(1, 4))), key=lambda pair: pair[0]))
    for month in (2, 3, 4):
        began = time.process_time()
        driver.until(datetime(2026, month, 1, tzinfo=TZ))
        print(month, time.process_time() - began)
