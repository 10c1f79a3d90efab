"""How long a start takes.

A command that needs no database starts in under 0.3 s; the whole installation answers in under 5 s on a later start.
Each figure is the middle one of several starts; `dean06 serve` uses a state directory of its own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

LIGHT = ["charter", "register", "reconcile", "ledger"]
COMMAND = 0.3
SERVE = 5.0


def seconds_of_help(name: str) -> float:
    """Time one `dean06 NAME --help` from the outside."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "dean06", name, "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody holds now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def seconds_to_answer(home: str) -> float:
    """Start the installation, wait for its first answer, stop it."""
    port = free_port()
    started = time.perf_counter()
    command = [sys.executable, "-m", "dean06", "serve", "--port", str(port)]
    environment = {**os.environ, "DEAN06_HOME": home, "DATABASE_URL": ""}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
        while True:
            with contextlib.suppress(urllib.error.URLError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            if serving.poll() is not None or time.perf_counter() - started > 120:
                raise SystemExit("dean06 serve did not come up")
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        serving.send_signal(signal.SIGINT)
    return seconds


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    rows = [(f"`dean06 {name}`", statistics.median(seconds_of_help(name) for _ in range(5)), COMMAND) for name in LIGHT]
    with tempfile.TemporaryDirectory() as home:
        first = seconds_to_answer(home)
        later = statistics.median(seconds_to_answer(home) for _ in range(3))
    rows += [("`dean06 serve`, later start", later, SERVE)]
    print("| start | seconds | bar |\n| --- | --- | --- |")
    for what, seconds, bar in rows:
        print(f"| {what} | {seconds:.2f} | {bar:g} |")
    print(f"| `dean06 serve`, empty state directory | {first:.2f} | |")
    return 0 if all(seconds < bar for _, seconds, bar in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
