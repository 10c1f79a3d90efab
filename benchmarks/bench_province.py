"""How fast the pages are in a province of 150 groups with a million tasks and five years of meetings.

A scratch home is filled (province.py) and `dean06 serve` runs it on 127.0.0.1. First one reader at a time follows every
link from the desk of two groups and of the province above them; a figure is the time from sending a request to its last
byte, and the bar is 95 of 100 requests for any kind of page in under 200 ms. A page of a large group must put as many
questions to the database as the same page of a group with 60 tasks and 12 meetings. Then fifty people of fifty groups
work at once for two minutes: each follows links from the desk with a pause between, as a reader has, and now and then
writes down a directive or reports progress. The bar: nothing is answered with an error, and nothing written is lost.

    python benchmarks/bench_province.py [--groups 150] [--tasks 1000000] [--rounds 12] [--seconds 120] [--home DIR]

With --home, or BENCH_PROVINCE_HOME in the environment, the filled home stays and is used as it lies the next time.
"""

# ruff: noqa: PLC0415  imports of the product wait for the settings of the scratch home
from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import bench_pages as pages
import province
from bench_pages import Browser, Kind, Person
from province import Place

BAR = 200.0
PEOPLE = 50
PAUSES = (1.0, 5.0)  # seconds between two pages of one person
WRITES = 0.1  # of the turns


@dataclass
class Walker:
    """One of the fifty: what they asked for, how long it took, what went wrong."""

    person: Person
    place: Place
    tasks: list[int]
    milliseconds: list[float] = field(default_factory=list)
    written: int = 0
    errors: list[str] = field(default_factory=list)


def main() -> int:
    """Fill a scratch home, measure its pages, let fifty people at it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--groups", type=int, default=150)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--home", type=Path, default=os.environ.get("BENCH_PROVINCE_HOME"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dean06-bench-tinh-") as scratch:
        home = Path(given.home or scratch)
        home.mkdir(parents=True, exist_ok=True)
        parent, children, few = province.filled(home, given.groups, given.tasks)
        with pages.served(home) as port:
            started = time.perf_counter()
            walked = [walk(port, *one, given.rounds) for one in readers(parent, children)]
            seconds = time.perf_counter() - started
            small = walk(port, few, "leader", 0)
            before = there()
            crowd = at_once(port, children, given.seconds)
            wrote = like_the_crowd(port, [children[0], few])
        for kinds in [*walked, small]:
            pages.count_work(next(iter(kinds.values())).person, kinds)
        code = pages.report(walked, given.rounds, seconds, BAR)
        same = constant(walked[0], small)
        return max(code, 0 if same else 1, together(crowd, there() - before - wrote, given.seconds))


def readers(parent: Place, children: list[Place]) -> list[tuple[Place, str]]:
    """Return whose pages are measured."""
    first, last = children[0], children[-1]
    return [(first, "leader"), (first, "secretariat"), (last, "BHXH"), (parent, "leader")]


def person(place: Place, who: str) -> Person:
    """Return somebody of a group who can sign in."""
    return Person(place.username(who), province.PASSWORD, place.accounts[who], place.slug, who)


def walk(port: int, place: Place, who: str, rounds: int) -> dict[str, Kind]:
    """Let one person look at every kind of page they can reach, each `rounds` times."""
    print(f"{who}, {place.slug} …", file=sys.stderr)
    reader = person(place, who)
    browser = pages.sign_in(reader, port)
    kinds = pages.walk(reader, browser)
    pages.measure(browser, kinds, rounds)
    return kinds


def constant(large: dict[str, Kind], small: dict[str, Kind]) -> bool:
    """Say of which pages the questions to the database grow with what the group has."""
    both = sorted(large.keys() & small.keys())
    grown = [name for name in both if large[name].queries > small[name].queries]
    print(f"\n{len(both)} kinds of page in a large and a small group; with more questions in the large: {len(grown)}.")
    for name in grown:
        print(f"- `{name}`: {large[name].queries} ({small[name].queries})")
    return not grown


def at_once(port: int, children: list[Place], seconds: float) -> list[Walker]:
    """Let fifty people work at once; return what each met."""
    chance = random.Random(6)  # noqa: S311  no secret
    crowd = []
    for number, place in enumerate(chance.sample(children, min(PEOPLE, len(children)))):
        who = ("leader", "secretariat", "BHXH")[number % 3]
        crowd.append(Walker(person(place, who), place, own_tasks(place)))
    end = time.monotonic() + seconds
    hands = [
        threading.Thread(target=work, args=(port, one, end, random.Random(number)))  # noqa: S311  no secret
        for number, one in enumerate(crowd)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return crowd


def like_the_crowd(port: int, places: list[Place]) -> int:
    """Write in the groups that are compared what the crowd writes, so that neither lacks it; returns how much.

    A directive is found by the search; what a member reports is told to whoever gave the task.
    """
    from dean06.jobs import service as jobs
    from dean06.ledger import service as ledger

    written = 0
    for place in places:
        for who in ("secretariat", "BHXH"):
            walker = Walker(person(place, who), place, own_tasks(place))
            browser = pages.sign_in(walker.person, port)
            write(browser, walker, random.Random(1))  # noqa: S311  no secret
            written += walker.written
            if walker.errors:
                raise SystemExit("; ".join(walker.errors))
    ledger.sequence()
    jobs.follow()
    return written


def own_tasks(place: Place) -> list[int]:
    """Return some open tasks that an agency of a group leads."""
    from dean06.work.models import Task

    found = Task.objects.filter(group_id=place.group_id, lead="BHXH", status="open").values_list("pk", flat=True)
    return list(found[:20])


def there() -> int:
    """Count what people write in this benchmark: directives, and what happened to tasks."""
    from dean06.work.models import Directive, TaskEvent

    return Directive.objects.count() + TaskEvent.objects.count()


def work(port: int, walker: Walker, end: float, chance: random.Random) -> None:
    """Follow links and write now and then, until the time is over."""
    start = f"/t/{walker.person.group}/"
    try:
        time.sleep(chance.uniform(0, PAUSES[1]))
        browser, address = pages.sign_in(walker.person, port), start
        while time.monotonic() < end:
            if chance.random() < WRITES:
                write(browser, walker, chance)
            status, page, spent = browser.ask(address)
            walker.milliseconds.append(spent)
            if status >= 400:
                walker.errors.append(f"{address}: {status}")
            found = [urljoin(address, href).partition("#")[0] for href in pages.Links(page).found]
            onward = [one for one in found if pages.is_page(one, walker.person.group)]
            address = chance.choice(onward) if onward and chance.random() < 0.8 else start
            time.sleep(chance.uniform(*PAUSES))
    except (OSError, SystemExit, ValueError) as problem:
        walker.errors.append(f"{type(problem).__name__}: {problem}")


def write(browser: Browser, walker: Walker, chance: random.Random) -> None:
    """Write a directive down; a member reports progress of a task of their agency."""
    start = f"/t/{walker.person.group}/nhiem-vu/"
    if walker.person.role == "BHXH":
        task = chance.choice(walker.tasks)
        form = {"phan_tram": str(chance.randrange(1, 99)), "loi": f"Đã làm thêm một phần ({walker.written})."}
        status = browser.post(f"{start}{task}/bao-cao/", f"{start}{task}/", form)
    else:
        form = {
            "noi_dung": f"Rà soát lại danh sách lần {walker.written}.",
            "nguoi": "Tổ trưởng",
            "ngay": f"{province.TODAY:%d/%m/%Y}",
            "nguon_ghi": "Họp giao ban",
        }
        status = browser.post(f"{start}chi-dao/", f"{start}chi-dao/", form)
    if status == 302:
        walker.written += 1
    else:
        walker.errors.append(f"written by {walker.person.role}: {status}")


def together(crowd: list[Walker], kept: int, seconds: float) -> int:
    """Tell what the fifty met; 1 where anything failed or anything written is not there."""
    times = sorted(spent for one in crowd for spent in one.milliseconds)
    errors = [error for one in crowd for error in one.errors]
    written = sum(one.written for one in crowd)
    for error in sorted(set(errors))[:20]:
        print(f"- {error}")
    if not times:
        return 1
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    print(
        f"\n{len(crowd)} people of {len(crowd)} groups at once for {seconds:g} s on {len(os.sched_getaffinity(0))} "
        f"cores, which they share with what asks: {len(times):,} pages, median {statistics.median(times):.0f} ms, 95 "
        f"of 100 in {p95:.0f} ms, the slowest {times[-1]:.0f} ms; {written} things "
        f"written, {kept} of them found again; errors: {len(errors)}."
    )
    return 1 if errors or kept != written else 0


if __name__ == "__main__":
    sys.exit(main())
