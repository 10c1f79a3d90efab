"""Run every benchmark and write what it found to docs/benchmarks.md: `python tools/measure.py [--put] [NAME…]`.

A benchmark is a script benchmarks/bench_NAME.py; the other files there serve them. Its docstring's first line is the
heading; what it prints on stdout is Markdown and becomes its section; what it says on the way goes to stderr. Exit 0:
its bar holds; anything else: it does not. One that runs for more than an hour is stopped. Below the figures stands
benchmarks/sources.md: where the made-up lists take their facts from. `make bench` takes no names and writes the page;
names alone only show, and with `--put` their sections, which bear their day, take the place of the old ones.
"""

from __future__ import annotations

import ast
import os
import platform
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from dean06.clock import service as clock

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
SOURCES = "sources.md"
NAMED = ["django", "duckdb", "granian", "splink"]
LONGEST = 3600


def machine() -> str:
    """Describe this machine in one paragraph."""
    processor = next(
        (row.split(":", 1)[1].strip() for row in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in row),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = ", ".join(f"{name} {version(name)}" for name in NAMED)
    cores = len(os.sched_getaffinity(0))
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{processor}, {cores} cores, {memory:.0f} GB; {system}; Python {platform.python_version()}; {tools}."


def title(script: Path) -> str:
    """Return the first line of a benchmark's docstring."""
    described = ast.get_docstring(ast.parse(script.read_text())) or script.stem
    return described.splitlines()[0].rstrip(".")


def measure(script: Path) -> tuple[str, bool]:
    """Run one benchmark and return its section, and whether its bar holds."""
    print(f"{script.name} …", flush=True)
    started = time.monotonic()
    said, code = run(script)
    seconds = time.monotonic() - started
    ended = f"exit {code}" if code is not None else f"stopped after {LONGEST} s"
    verdict = "" if code == 0 else f"\n**This bar did not hold in this run ({ended}).**\n"
    command = f"`python benchmarks/{script.name}`, {seconds:.0f} s in all, {clock.today():%d/%m/%Y}"
    return f"## {title(script)}\n\n{command}\n{verdict}\n{said.strip()}\n", code == 0


def run(script: Path) -> tuple[str, int | None]:
    """Return what a benchmark prints and its exit code; None when it had to be stopped."""
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        try:
            return running.communicate(timeout=LONGEST)[0], running.returncode
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # with whatever it has started
            return running.communicate()[0], None
        except BaseException:
            os.killpg(running.pid, signal.SIGINT)
            raise


def put(sections: list[tuple[Path, str]]) -> None:
    """Put sections of the page in the place of those with the same heading; new ones come last, before the sources."""
    page = PAGE.read_text()
    for script, text in sections:
        heading = text.partition("\n")[0]
        before, found, rest = page.partition(f"{heading}\n")
        if found:
            after = rest.find("\n## ")
            page = f"{before}{text}{rest[after:] if after >= 0 else ''}"
            continue
        listed, last = page.rfind("\n- `bench_") + 1, page.rfind("\n## ") + 1
        if not listed or not last:
            raise SystemExit(f"{PAGE.name} is no page of measurements: run `make bench`")
        told = f"- `{script.name}`: {title(script)}\n"
        page = f"{page[:listed]}{told}{page[listed:last]}{text}\n{page[last:]}"
    PAGE.write_text(page)


def main(asked: list[str]) -> int:
    """Measure all benchmarks and write the page, or the named ones and only show them."""
    names = [name for name in asked if name != "--put"]
    found = sorted((ROOT / "benchmarks").glob("bench_*.py"))
    scripts = [path for path in found if not names or path.stem.removeprefix("bench_") in names]
    sections = [measure(script) for script in scripts]
    if names:
        print("\n".join(text for text, _ in sections))
        if "--put" in asked:
            put([(script, text) for script, (text, _) in zip(scripts, sections, strict=True)])
        return 0 if all(holds for _, holds in sections) else 1
    when = f"Written by `make bench` on {clock.today():%d/%m/%Y}."
    head = f"# Benchmarks\n\n{when} Ratios and memory bind; seconds depend on the machine.\n\n"
    order = "".join(f"- `{script.name}`: {title(script)}\n" for script in scripts)
    notes = ROOT / "benchmarks" / SOURCES
    sections.append((notes.read_text(), True) if notes.exists() else ("", True))
    PAGE.write_text(f"{head}**Machine.** {machine()}\n\n{order}\n" + "\n".join(text for text, _ in sections))
    print(PAGE.relative_to(ROOT))
    return 0 if all(holds for _, holds in sections) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
