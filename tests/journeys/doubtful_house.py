"""A house whose newest insurance list leaves doubts: people of one name and year of birth, rows that give no more.

    python -m journeys.doubtful_house HOME

adds the list to the house that lies in HOME. Import the fixture from here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.tree import ROOT
from journeys.conftest import House, served
from journeys.house import NEXT, PERSONS, SLUG, TODAY

PAIRS = 24
RUN = "luot-nghi.txt"


def doubt(home: Path) -> None:
    """Load a register with namesakes into the house and hand a list in that cannot tell them apart."""
    os.environ["DEAN06_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dean06.settings"
    import django

    django.setup()
    from dean06.demo import service as demo
    from dean06.offices import service as offices
    from dean06.offices.models import Group
    from flows.conftest import Office
    from flows.doubts import doubted

    group = offices.group_by_id(Group.objects.get(slug=SLUG).pk)
    held = {f"{one.role}:{one.agency or ''}": str(one.account) for one in offices.holders(group.id, TODAY)}
    folder = home / "tam"
    folder.mkdir(exist_ok=True)
    world = demo.World(6, PERSONS, "quang-ninh-2022")
    office = Office(group=group, admin="", accounts=held, world=world, folder=folder)
    (home.with_name("to-nop") / RUN).write_text(str(doubted(office, PAIRS, NEXT, TODAY)))


@pytest.fixture(scope="module", name="house")
def doubtful_house(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a copy of the house with the doubts until the module's journeys are over."""
    folder = tmp_path_factory.mktemp("doubts")
    shutil.copytree(pattern, folder, dirs_exist_ok=True)
    places = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(place for place in places if place)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "journeys.doubtful_house", str(folder / "home")]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    with served(folder, tmp_path_factory.mktemp("served")) as running:
        yield running


if __name__ == "__main__":
    doubt(Path(sys.argv[1]))
