"""The whole year 2023 of both districts, played through the web layer and counted again from the scripts alone."""

from __future__ import annotations

import pytest

from year.comparing import at_the_end, month_by_month
from year.house import found
from year.script import read

pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]


@pytest.mark.parametrize("name", ["quang-ninh-2023", "xuan-truong-2023"])
def test_a_year_of_a_district_stands_as_its_script_is_counted(db, home, name):
    script = read(name)
    house = found(script)
    wrong, number = month_by_month([house])
    wrong += at_the_end(house, script.at("03/01/2024 09:00"))
    assert not wrong, "\n".join(wrong)
    assert number > 200
