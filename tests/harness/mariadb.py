"""A private MariaDB: made in a directory of its own, reached by a socket, gone at the end. No TCP, no durability."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pymysql

PR_SET_PDEATHSIG = 1
QUICK = (
    "--skip-networking",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=8M",
    "--performance-schema=OFF",
    "--character-set-server=utf8mb4",
)


def program(name: str) -> str:
    """Return where a program of MariaDB lies."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise SystemExit("MariaDB is not installed: run `make test`, or `apt-get install mariadb-server`.")
    return found


def _identity() -> dict[str, Any]:
    """Return whom to run as, in the words of `subprocess`: a server that listens to strangers is not run as root."""
    if os.getuid() != 0:
        return {}
    owner = pwd.getpwnam("mysql")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateMariaDB:
    """A running server; `stop` ends it and removes its directory."""

    directory: Path
    process: subprocess.Popen[bytes]

    @property
    def socket(self) -> Path:
        """Return the path of its socket."""
        return self.directory / "s"

    @classmethod
    def start(cls) -> Self:
        """Make and start a server, ready for connections when this returns."""
        directory = Path(tempfile.mkdtemp(prefix="d06my-", dir="/tmp"))
        identity = _identity()
        if identity:
            shutil.chown(directory, identity["user"], identity["group"])
        data = f"--datadir={directory / 'data'}"
        making = [program("mariadb-install-db"), "--no-defaults", data, "--auth-root-authentication-method=normal"]
        making += ["--skip-test-db", "--skip-name-resolve", *QUICK[2:5]]
        subprocess.run(making, check=True, capture_output=True, cwd=directory, **identity)
        with (directory / "log").open("wb") as sink:
            process = subprocess.Popen(
                [program("mariadbd"), "--no-defaults", data, f"--socket={directory / 's'}", *QUICK],
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  the suite has one thread when it starts the server
                **identity,
            )
        server = cls(directory=directory, process=process)
        server._wait()
        return server

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while True:
            try:
                self.run("CREATE DATABASE nguon")
            except pymysql.err.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"MariaDB did not start:\n{(self.directory / 'log').read_text()}") from None
                time.sleep(0.1)
            else:
                return

    def run(self, *statements: str) -> None:
        """Run statements as the owner of the server."""
        link = pymysql.connect(unix_socket=str(self.socket), user="root", autocommit=True, charset="utf8mb4")
        with link, link.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def stop(self) -> None:
        """End the server at once and remove what it wrote."""
        self.process.kill()
        self.process.wait(timeout=30)
        shutil.rmtree(self.directory, ignore_errors=True)
