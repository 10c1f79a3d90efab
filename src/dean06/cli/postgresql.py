"""PostgreSQL's own tools, for backup and restore of the main database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from dean06.clock.errors import Unavailable


def dump(target: Path) -> None:
    """Write the database of DATABASE_URL to one file."""
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", f"--dbname={os.environ['DATABASE_URL']}")


def load(source: Path) -> None:
    """Fill the empty database of DATABASE_URL from a dump, whole or not at all."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        raise Unavailable(
            "Bản sao lưu này từ PostgreSQL; hãy đặt DATABASE_URL tới một cơ sở dữ liệu trống.",
            "This backup came from PostgreSQL; point DATABASE_URL at an empty database.",
        )
    _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={address}", str(source))


def _tool(name: str) -> str:
    newest = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(re.sub(r"\D", "", str(path)))
    )
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise Unavailable(
            f"Thiếu chương trình {name}; hãy cài gói postgresql-client.",
            f"The program {name} is missing; install the package postgresql-client.",
        )
    return found


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run([_tool(name), *arguments], capture_output=True, text=True, check=False)  # noqa: S603  fixed tools
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Unavailable(f"{name} không xong: {last}", f"{name} failed: {last}")
