"""A private PostgreSQL cluster: made in a directory of its own, reached by a socket, gone at the end.

No TCP, no durability, no system cluster touched. PostgreSQL refuses to run as root, so root starts it as `postgres`.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psycopg

PR_SET_PDEATHSIG = 1
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "autovacuum": "off",
    "jit": "off",  # tables without statistics look large to the planner, and compiling costs more than the questions
}


def binaries() -> Path | None:
    """Return the folder with the newest `initdb` on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", str(path))))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _identity() -> dict[str, Any]:
    """Return whom to run as, in the words of `subprocess`: PostgreSQL takes anybody but root."""
    if os.getuid() != 0:
        return {}
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        owner = pwd.getpwnam("nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateCluster:
    """A running cluster; `stop` ends it and removes its directory."""

    directory: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, **changes: str) -> Self:
        """Make and start a cluster, ready for connections when this returns; `changes` are settings of PostgreSQL."""
        tools = binaries()
        if tools is None:
            raise SystemExit("PostgreSQL is not installed: run `make test`, or `apt-get install postgresql`.")
        directory = Path(tempfile.mkdtemp(prefix="d06pg-", dir="/tmp"))  # a socket's path must stay short
        identity = _identity()
        if identity:
            shutil.chown(directory, identity["user"], identity["group"])
        data, log = directory / "data", directory / "log"
        making: list[str | Path] = [
            tools / "initdb",
            "-D",
            data,
            "-U",
            "dean06",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        subprocess.run(making, check=True, stdout=subprocess.DEVNULL, cwd=directory, **identity)
        options = [word for name, value in {**QUICK, **changes}.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [tools / "postgres", "-D", data, "-k", directory, *options],
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  the suite has one thread when it starts the cluster
                **identity,
            )
        cluster = cls(directory=directory, process=process)
        cluster._wait(log)
        return cluster

    def _wait(self, log: Path) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE dean06")
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"the private PostgreSQL did not start:\n{log.read_text()}") from None
                time.sleep(0.05)
            else:
                return

    def url(self, database: str) -> str:
        """Return the address of a database of this cluster, as DATABASE_URL wants it."""
        return f"postgresql://dean06@/{database}?host={self.directory}"

    def stop(self) -> None:
        """End the cluster at once and remove what it wrote."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)
        shutil.rmtree(self.directory, ignore_errors=True)
