"""A province of 150 communes: their monthly reports made, signed and laid beside each other.

150 groups under one parent, each made, signed and sent for one month through the product's own flows, both files
rendered, on as many hands as the machine has cores. The bar: all of them in under 60 s; the roll-up of the month in
under 200 ms and in as many queries for 150 groups as for 15.

    python benchmarks/bench_rollup.py [--groups 150]

Everything is made in a scratch directory and thrown away.
"""

# ruff: noqa: PLC0415  each hand loads the product with a state directory of its own

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

ALL_S, PAGE_MS = 60.0, 200.0
MONTH, DAY = "2026-10", date(2026, 10, 5)
PACKAGE, PARENT_PACKAGE = "quang-ninh-2022", "quang-ninh-2022"
ROUNDS = 20


def ready(home: str) -> None:
    """Load the product with a state directory of its own."""
    os.environ |= {"DEAN06_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dean06.settings"}
    import django

    django.setup()


def found(count: int) -> tuple[str, list[str], dict[str, str]]:
    """Set up the parent and the groups under it; returns the parent, the groups, and their people's accounts."""
    from django.core.management import call_command

    from dean06.clock import service as clock
    from dean06.flows import setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup

    call_command("migrate", verbosity=0, interactive=False)
    with clock.pinned(datetime(2026, 9, 1, 9, tzinfo=clock.TZ)):
        admin = setup.found_installation("quan-tri", None, "Quản Trị").public_id
        accounts = {
            role: setup.open_account(admin, role, None, role).public_id for role in ("leader", "secretariat", "clerk")
        }

        def group(slug: str, package: str, parent: int | None) -> Any:
            new = NewGroup(
                slug=slug, name=f"Tổ {slug}", short_name=f"Tổ {slug}", level="commune", unit_code="456",
                unit_on=date(2022, 6, 1), charter_line=package, parent_id=parent,
            )  # fmt: skip
            made = setup.found_group(admin, new, package)
            for role, agency in (("leader", "PC"), ("secretariat", "TEAM"), ("clerk", "OFF")):
                member = Member(role=role, agency=agency, holder=role, account=accounts[role], since=date(2026, 9, 1))
                setup.seat(admin, made, member)
            return made

        parent = group("tinh", PARENT_PACKAGE, None)
        children = [group(f"xa-{number:03d}", PACKAGE, parent.id).slug for number in range(count)]
    return parent.slug, children, accounts


def report(task: tuple[str, list[str], dict[str, str]]) -> int:
    """Make, sign and send the month's report of some groups; one hand's share."""
    home, slugs, accounts = task
    ready(home)
    from dean06.clock import service as clock
    from dean06.flows import reporting
    from dean06.offices import service as offices

    with clock.pinned(datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=clock.TZ)):
        for slug in slugs:
            group = offices.group(slug)
            reporting.make(accounts["secretariat"], group, MONTH)
            reporting.issue(accounts["leader"], group, MONTH)
            reporting.send(accounts["clerk"], group, MONTH)
    return len(slugs)


def rolled_up(parent: str, account: str) -> tuple[float, int]:
    """Return the median milliseconds of the roll-up's page of numbers, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dean06.offices import service as offices
    from dean06.reports.service import rollups

    times, asked = [], 0
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as told:
            started = time.perf_counter()
            viewer, group = offices.viewer(account, DAY), offices.group(parent)
            children = offices.children(viewer, group.id)
            made = rollups.rollup(viewer, [child.id for child in children], [MONTH])
            column = made.column([child.id for child in children], MONTH)
            for measure in rollups.measures():
                rollups.total(measure, column)
            times.append(1000 * (time.perf_counter() - started))
        asked = len(told)
    return sorted(times)[len(times) // 2], asked


def main() -> int:
    """Measure, print the table, and say whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=150)
    count = parser.parse_args().groups
    hands = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as folder:
        home = str(Path(folder))
        ready(home)
        parent, slugs, accounts = found(count)
        started = time.perf_counter()
        shares = [(home, slugs[place::hands], accounts) for place in range(hands)]
        with ProcessPoolExecutor(hands) as pool:
            made = sum(pool.map(report, shares))
        seconds = time.perf_counter() - started
        page, queries = rolled_up(parent, accounts["leader"])
    print("| what | figure | bar |\n| --- | --- | --- |")
    print(f"| {made} monthly reports made, signed, sent, on {hands} hands | {seconds:.1f} s | {ALL_S:g} s |")
    print(f"| the roll-up of {count} groups | {page:.0f} ms, {queries} queries | {PAGE_MS:g} ms |")
    return 0 if seconds < ALL_S and page < PAGE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
