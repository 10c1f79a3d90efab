"""From a sector's file to its scorecard: 200,000 rows taken in, profiled, checked by rules, matched and scored.

    python benchmarks/bench_river.py [--rows 200000]

A scratch home with one group, its register and its health-insurance list, made here and seeded. The file is handed in
and carried through by the product's own flow, as the worker does it; steps are told by the flow itself. The bar is 30 s
on two cores from the file's arrival to its scorecard. What comes after (findings recorded, orders given) is shown, and
so is the time that frictionless takes to check the same file against the same contract's Table Schema.
"""

# ruff: noqa: PLC0415  imports of the product wait for the settings of the scratch home
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from dean06.cli.memory import peak_mb

BAR = 30.0
SINCE = date(2022, 5, 20)
MONTH = "2022-06"
SOURCE = "bhyt"
SHARE = 0.83  # of the people, those whom the list names


def main() -> int:
    """Fill a scratch home, carry one list through, and say how long each step took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as scratch:
        home = Path(scratch, "home")
        home.mkdir()
        os.environ |= {"DEAN06_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dean06.settings"}
        import django

        django.setup()
        account, group, path = filled(Path(scratch), rows)
        steps, seconds, told = carried(account, group, path)
        return report(steps, seconds, told, stranger(path))


def filled(folder: Path, rows: int):
    """Set a group up, load its register, write its list; returns the member's account, the group, the list."""
    from django.core.management import call_command

    from dean06.clock import service as clock
    from dean06.demo import service as demo
    from dean06.flows import ordering, register, setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup

    call_command("migrate", verbosity=0, interactive=False)
    started = time.perf_counter()
    with clock.pinned(datetime(SINCE.year, SINCE.month, SINCE.day, 9, tzinfo=clock.TZ)):
        admin = setup.found_installation("quan-tri", None, "Quản Trị", is_demo=True).public_id
        new = NewGroup(
            slug="do",
            name="Tổ công tác",
            short_name="Tổ",
            level="district",
            unit_code="456",
            unit_on=SINCE,
            charter_line="quang-ninh-2022",
        )
        group = setup.found_group(admin, new, "quang-ninh-2022")
        accounts = {}
        for role, agency in (("leader", "PC"), ("register_keeper", "POL"), ("member", "BHXH")):
            accounts[role] = setup.open_account(admin, f"{role}", None, role).public_id
            seat = Member(role=role, agency=agency, holder=role, account=accounts[role], since=SINCE)
            setup.seat(admin, group, seat)
        ordering.assign_source(accounts["leader"], group, SOURCE)
    world = demo.World(6, round(rows / SHARE), "quang-ninh-2022")
    book, path = folder / "so.csv", folder / "bhyt.csv"
    demo.write_register(world, MONTH, book)
    demo.write_delivery(world, SOURCE, MONTH, path)
    with clock.pinned(datetime(2022, 6, 30, 20, tzinfo=clock.TZ)):
        register.load(accounts["register_keeper"], group, book, date(2022, 6, 30))
    print(f"filled in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return accounts["member"], group, path


def carried(account: str, group, path: Path):
    """Hand the list in and carry it through; returns when each step began, the whole time, and what it came to."""
    from dean06.clock import service as clock
    from dean06.flows import intake
    from dean06.sources import service as sources

    steps: list[tuple[str, float]] = []
    with clock.pinned(datetime(2022, 6, 30, 22, tzinfo=clock.TZ)):
        started = time.perf_counter()

        def tell(step: str, _share: float) -> None:
            if not steps or steps[-1][0] != step:
                steps.append((step, time.perf_counter() - started))

        given = intake.HandIn(source=SOURCE, period=MONTH, agency="BHXH", file=path, file_name=path.name)
        delivery = intake.hand_in(account, group, given)
        run = intake.process(account, delivery.id, tell)
        seconds = time.perf_counter() - started
    assert run is not None
    assert run.state == "done", run.problem_vi
    checked = sources.examined_for_work(delivery.id)
    return steps, seconds, {"rows": run.rows, "rules": len(checked.rules) if checked else 0}


def stranger(path: Path) -> float:
    """Return how long frictionless takes over the same file and the same contract."""
    from dean06.sources import live

    schema = live.data_package(live.contract(SOURCE), date(2022, 6, 30))["resources"][0]["schema"]
    said = {head: one for one in schema["fields"] for head in live.contract(SOURCE).field(one["name"]).headers}
    with path.open(encoding="utf-8-sig") as lines:
        heads = next(line for line in lines if "STT" in line).rstrip("\n").split(",")
    fields = [said.get(head, {"type": "any"}) | {"name": head} for head in heads]
    path.with_name("schema.json").write_text(json.dumps({"fields": fields, "missingValues": [""]}))
    started = time.perf_counter()
    command = [Path(sys.executable).with_name("frictionless"), "validate", path.name, "--schema", "schema.json"]
    said = subprocess.run(
        [*command, "--limit-errors", "1000000", "--json"], cwd=path.parent, capture_output=True, text=True, check=False
    ).stdout
    seconds = time.perf_counter() - started
    report = json.loads(said)
    assert not report["errors"], report["errors"]
    return seconds


def report(steps, seconds: float, told, peer: float) -> int:
    """Print the steps as a table; returns 1 when the scorecard stood later than the bar."""
    scored = dict(steps)["ghi-sai-lech"]
    print("| from | to | seconds |\n| --- | --- | ---: |")
    for (step, begun), (following, ended) in zip(steps, [*steps[1:], ("end", seconds)], strict=True):
        print(f"| {step} | {following} | {ended - begun:.1f} |")
    print(
        f"\n{told['rows']:,} rows, {told['rules']} rules: the scorecard stood after **{scored:.1f} s** (bar {BAR:.0f}),"
    )
    print(f"findings and orders after {seconds:.1f} s; peak memory {peak_mb():.0f} MB.")
    print(f"\nfrictionless checks the same file in {peer:.1f} s: its form alone, no rule across fields, no match.")
    return 0 if scored <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
