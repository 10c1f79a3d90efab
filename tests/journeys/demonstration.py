"""A small demonstration commune, made by a process of its own: `python -m journeys.demonstration HOME`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

GROUP = "ninh-chau"
PERSONS, MONTHS = 600, 3


def make(home: Path) -> None:
    """Make three months of the commune's work in a home with tables: all rooms, followed to the end of the ledger."""
    os.environ |= {"DEAN06_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dean06.settings"}
    import django

    django.setup()
    from dean06.demo import history
    from dean06.demo.stages import STAGES
    from dean06.jobs import service as jobs
    from dean06.ledger import service as ledger

    scale = PERSONS / STAGES[GROUP].place.persons
    history.build(lambda *_: None, scale=scale, groups=(GROUP,), months=MONTHS)
    ledger.sequence()
    jobs.follow()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
