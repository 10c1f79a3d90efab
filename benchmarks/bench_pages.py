"""How fast the pages of a group are.

`dean06 serve` runs the whole demonstration on 127.0.0.1. In each group a leader, a member and the secretariat sign in,
follow every link from their desk, state a purpose where rows of people want one, and ask for each page 40 times; pages
of one kind (one route, no filter or one) share the 40, over up to four of them. A figure is the time from sending a
request to its last byte, one reader at a time; the worst reader of a page stands for it. The bar: 95 of 100 requests
for any page come back in under 150 ms. What is downloaded (`?dang`), and what is asked for as work (`?kiem`, the check
of the whole ledger), is no page. Processor time and queries are counted afterwards, one request at a time.

    python benchmarks/bench_pages.py [--home DIR] [--rounds 40] [--scale 1]

DIR, or DEAN06_BENCH_HOME, is the state directory of a demonstration; it is copied first and stays as it is. Without one
a demonstration is made, which takes minutes; `--scale 0.05` makes a small one.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import math
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

BAR = 150.0
ROLES = ("leader", "member", "secretariat")
SAMPLES = 4
MOST_PAGES = 400  # of one reader; a site that grows links without end stops here
PURPOSE = "Kiểm tra kết quả đối soát"
NO_PAGE = {"kiem", "dang"}
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PATIENCE = 120
AGAIN = 3


@dataclass(frozen=True)
class Person:
    """Who signs in: an account of the demonstration, in one group, in one role."""

    username: str
    password: str
    public_id: str
    group: str
    role: str


@dataclass
class Kind:
    """Pages of one kind as one person sees them."""

    person: Person
    addresses: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    queries: int = 0
    cpu: float = 0.0

    @property
    def p95(self) -> float:
        """The time that 95 of 100 requests keep."""
        return sorted(self.milliseconds)[math.ceil(0.95 * len(self.milliseconds)) - 1]


class Links(HTMLParser):
    """Collects where a page leads to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link."""
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


class Browser:
    """One person's browser: a kept connection, cookies, nothing else."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Send one request; return the status, the body and the milliseconds to the last byte."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = FORM
        started = time.perf_counter()
        self.link.request("POST" if form else "GET", address, urlencode(form) if form else None, headers)
        answer = self.link.getresponse()
        body = answer.read()
        spent = (time.perf_counter() - started) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body.decode("utf-8", "replace"), spent

    def post(self, address: str, seen_on: str, form: dict[str, str]) -> int:
        """Fill a form that stands on a page."""
        token = TOKEN.search(self.ask(seen_on)[1])
        if token is None:
            raise SystemExit(f"{seen_on} has no form")
        return self.ask(address, {**form, "csrfmiddlewaretoken": token[1]})[0]


def prepared(given: str | None, scale: float, folder: Path) -> Path:
    """Return a demonstration's state directory that nobody else uses."""
    home = folder / "home"
    if given is None:
        home.mkdir()
        make = [sys.executable, str(Path(__file__).resolve()), "--make", "--scale", str(scale)]
        made = subprocess.run(make, env=environment(home), stdout=sys.stderr, check=False)
        if made.returncode:
            raise SystemExit("no demonstration was made; name one with --home or DEAN06_BENCH_HOME")
        return home
    source = Path(given)
    if not (source / "demo.json").is_file():
        raise SystemExit(f"{source} is no demonstration")
    left = shutil.ignore_patterns("*.sqlite3*", "run", "static")
    shutil.copytree(source, home, ignore=left, copy_function=linked)
    database = f"file:{(source / 'dean06.sqlite3').as_posix()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(database, uri=True)) as original,
        contextlib.closing(sqlite3.connect(home / "dean06.sqlite3")) as copy,
    ):
        original.backup(copy)
    for twin in source.rglob("*.sqlite3"):
        if twin.parent != source:
            linked(str(twin), str(home / twin.relative_to(source)))
    return home


def linked(source: str, target: str) -> None:
    """Link a file of the vault, which is never changed, or copy it where links cannot go."""
    if "vault" in Path(source).parts:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def make(scale: float) -> int:
    """Make the demonstration in this process's own DEAN06_HOME, as `dean06 serve --demo` would."""
    from functools import partial  # noqa: PLC0415  used by this road alone
    from importlib import import_module  # noqa: PLC0415  used by this road alone

    import django  # noqa: PLC0415  its settings read the environment

    from dean06.cli import demonstration  # noqa: PLC0415  used by this road alone

    module, name = demonstration.MAKER
    if not demonstration.offered():
        return 5
    if scale != 1:
        django.setup()
        history = import_module(module)
        setattr(history, name, partial(getattr(history, name), scale=scale))
    return demonstration.make()


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installation of its own."""
    return {**os.environ, "DEAN06_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dean06.settings"}


@contextlib.contextmanager
def served(home: Path) -> Iterator[int]:
    """Run the whole installation; give its port; stop it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "dean06", "serve", "--port", str(port)]
    with (
        (home / "bench.log").open("w") as log,
        subprocess.Popen(command, env=environment(home), stdout=log, stderr=log, start_new_session=True) as serving,
    ):
        try:
            end = time.monotonic() + PATIENCE
            while not answers(port):
                if serving.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"dean06 serve did not come up:\n{(home / 'bench.log').read_text()}")
                time.sleep(0.1)
            yield port
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                serving.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(serving.pid, signal.SIGKILL)


def answers(port: int) -> bool:
    """Say whether the pages answer."""
    try:
        return Browser(port).ask("/dang-nhap/")[0] == 200
    except OSError:
        return False


def people(home: Path) -> list[Person]:
    """Return who signs in: of each group, the first account of each role."""
    from dean06.clock import service as clock  # noqa: PLC0415  after Django is set up
    from dean06.identity import service as identity  # noqa: PLC0415  after Django is set up
    from dean06.offices import service as offices  # noqa: PLC0415  after Django is set up

    passwords = {one["username"]: one["password"] for one in json.loads((home / "demo.json").read_text())["accounts"]}
    found: dict[tuple[str, str], Person] = {}
    for username, password in passwords.items():
        public_id = identity.account(username).public_id
        for seat in offices.viewer(public_id, clock.today()).capacities:
            group = offices.group_by_id(seat.group_id).slug
            if seat.role in ROLES:
                found.setdefault((group, seat.role), Person(username, password, public_id, group, seat.role))
    return [found[key] for key in sorted(found)]


def sign_in(person: Person, port: int) -> Browser:
    """Open a browser and sign a person in."""
    browser = Browser(port)
    form = {"username": person.username, "password": person.password}
    if browser.post("/dang-nhap/", "/dang-nhap/", form) != 302:
        raise SystemExit(f"{person.username} was not let in")
    return browser


def kind_of(address: str) -> str:
    """Return the route of an address and the names of what it asks for, as the table shows them."""
    from django.urls import resolve  # noqa: PLC0415  after Django is set up

    parts = urlsplit(address)
    asked = sorted({name for name, _ in parse_qsl(parts.query)})
    route = re.sub(r"<\w+:(\w+)>", r"<\1>", resolve(parts.path).route)
    return f"/{route}" + (f"?{'&'.join(asked)}" if asked else "")


def is_page(address: str, group: str) -> bool:
    """Say whether an address is a page of the group."""
    parts = urlsplit(address)
    asked = {name for name, _ in parse_qsl(parts.query)}
    here = parts.path.startswith(f"/t/{group}/") and parts.path.endswith("/")
    return here and not parts.netloc and len(asked) <= 1 and not asked & NO_PAGE


def walk(person: Person, browser: Browser) -> dict[str, Kind]:
    """Follow every link of the group from the desk, and return its pages by kind."""
    start = f"/t/{person.group}/"
    kinds: dict[str, Kind] = {}
    waiting, known, seen = [start, f"{start}tim/?q=giao"], {start}, 0
    while waiting and seen < MOST_PAGES:
        address = waiting.pop(0)
        kind = kinds.get(kind_of(address))
        if kind is not None and len(kind.addresses) >= SAMPLES:
            continue
        status, page, _ = browser.ask(address)
        seen += 1
        if purpose := re.search(rf'action="({start}doi-soat/luot/\d+/muc-dich/)"', page):
            browser.post(purpose[1], address, {"muc_dich": PURPOSE})
            status, page, _ = browser.ask(address)
        if status >= 400:
            raise SystemExit(f"{person.role} of {person.group}: {address} answers {status}")
        if status != 200:
            continue
        kinds.setdefault(kind_of(address), Kind(person)).addresses.append(address)
        for href in Links(page).found:
            target = urljoin(address, href).partition("#")[0]
            if target not in known and is_page(target, person.group):
                known.add(target)
                waiting.append(target)
    return kinds


def measure(browser: Browser, kinds: dict[str, Kind], rounds: int) -> None:
    """Ask for every page in turn, so that a slow moment of the machine falls on all of them alike."""
    for turn in range(rounds):
        for kind in kinds.values():
            _, _, spent = browser.ask(kind.addresses[turn % len(kind.addresses)])
            kind.milliseconds.append(spent)


def count_work(person: Person, kinds: dict[str, Kind]) -> None:
    """Count queries and processor time of the first page of each kind, in this process, free of the load of others."""
    from django.db import connection  # noqa: PLC0415  after Django is set up
    from django.test import Client  # noqa: PLC0415  after Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  after Django is set up

    from dean06.identity.models import Account  # noqa: PLC0415  after Django is set up

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Account.objects.get(public_id=person.public_id), "django.contrib.auth.backends.ModelBackend")
    for kind in kinds.values():
        address = kind.addresses[0]
        if run := re.match(r"/t/[^/]+/doi-soat/luot/\d+/", address):
            client.post(f"{run[0]}muc-dich/", {"muc_dich": PURPOSE})
        client.get(address)
        with CaptureQueriesContext(connection) as work:
            client.get(address)
        kind.queries, started = len(work), time.process_time()
        for _ in range(AGAIN):
            client.get(address)
        kind.cpu = (time.process_time() - started) * 1000 / AGAIN


def report(walked: list[dict[str, Kind]], rounds: int, seconds: float, bar: float = BAR) -> int:
    """Print the table, the slowest page first; 1 when the bar does not hold."""
    worst: dict[str, Kind] = {}
    for kinds in walked:
        for name, kind in kinds.items():
            if name not in worst or kind.p95 > worst[name].p95:
                worst[name] = kind
    total = sum(len(kind.milliseconds) for kinds in walked for kind in kinds.values())
    everything = sorted(ms for kinds in walked for kind in kinds.values() for ms in kind.milliseconds)
    over = [name for name, kind in worst.items() if kind.p95 > bar]
    print(
        f"{len(worst)} kinds of page, {len(walked)} readers, {rounds} requests a kind and reader, {total:,} in all in "
        f"{seconds:.0f} s; median of all {statistics.median(everything):.0f} ms, 95th percentile "
        f"{everything[math.ceil(0.95 * total) - 1]:.0f} ms. Load of the machine at the end: {os.getloadavg()[0]:.1f}. "
        f"Bar: {bar:.0f} ms for each page; over it: {len(over)}.\n"
    )
    heads = ("page", "slowest for", "median ms", "p95 ms", "processor ms", "queries")
    print(f"| {' | '.join(heads)} |\n| --- | --- | ---: | ---: | ---: | ---: |")
    for name, kind in sorted(worst.items(), key=lambda pair: -pair[1].p95):
        mark = "**" if kind.p95 > bar else ""
        who = f"{kind.person.role}, {kind.person.group}"
        middle = statistics.median(kind.milliseconds)
        print(f"| `{name}` | {who} | {middle:.0f} | {mark}{kind.p95:.0f}{mark} | {kind.cpu:.0f} | {kind.queries} |")
    return 1 if over else 0


def main() -> int:
    """Prepare, serve, walk, measure, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--home", default=os.environ.get("DEAN06_BENCH_HOME"))
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        return make(args.scale)
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as folder:
        home = prepared(args.home, args.scale, Path(folder))
        os.environ.update(environment(home))
        import django  # noqa: PLC0415  its settings read the environment

        django.setup()
        started = time.perf_counter()
        walked = []
        with served(home) as port:
            for person in people(home):
                print(f"{person.role}, {person.group} …", file=sys.stderr)
                browser = sign_in(person, port)
                walked.append(walk(person, browser))
                measure(browser, walked[-1], args.rounds)
        seconds = time.perf_counter() - started
        for kinds in walked:
            count_work(next(iter(kinds.values())).person, kinds)
        return report(walked, args.rounds, seconds)


if __name__ == "__main__":
    sys.exit(main())
