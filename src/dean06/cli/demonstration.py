"""The demonstration: made once, beside the state directory, and renamed into place when it is whole.

The maker is `dean06.demo.history.build(progress)`, looked up by name so that an installation without it still serves:

    build(progress: Callable[[float, float, str], None]) -> Sequence[Mapping[str, str]]

It finds a migrated, empty database and an empty DEAN06_HOME, and returns the accounts to sign in with, each a mapping
with `username`, `password`, `role` and `group`. `progress(done, total, sentence)` may be called as often as it likes.
A making that was interrupted is thrown away and made again.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from dean06.cli import shape
from dean06.cli.occupancy import Occupied, occupy
from dean06.cli.progress import Bar
from dean06.clock.errors import HouseError, Unavailable

MAKER = ("dean06.demo.history", "build")
CERTIFIER = "dean06.demo.pki_server"
KEEPER = "dean06.demo.service_server"
CONNECTIONS = "dean06.demo.connection_room"
STAND_INS = Path("demo") / "dich-vu.json"
MADE_UP_KEYS = Path("demo") / "chung-thu"
NOTE = "demo.json"


def offered() -> bool:
    """Say whether this build of dean06 has a demonstration."""
    return find_spec(MAKER[0]) is not None


def accounts(home: Path) -> Sequence[Mapping[str, str]]:
    """Return the demonstration's accounts; none when this installation is not a demonstration."""
    try:
        found = json.loads((home / NOTE).read_text())
    except (OSError, ValueError):
        return []
    return list(found["accounts"])


def certifier(home: Path) -> Sequence[str]:
    """Return the command of the made-up certification service whose keys a demonstration holds; empty without any.

    It wants the state directory and a port; its time stamps stand at `/tsa`.
    """
    return [sys.executable, "-m", CERTIFIER] if offered() and (home / MADE_UP_KEYS).is_dir() else []


def stand_ins(home: Path) -> int | None:
    """Return the first of the two ports to which a demonstration's feeds lead; None where nothing stands around it."""
    try:
        port: int = json.loads((home / STAND_INS).read_text())["port"]
    except (OSError, ValueError, KeyError):
        return None
    return port if offered() else None


def keeper(home: Path, port: int) -> Sequence[str]:
    """Return the command of the stand-ins, which answer at a port and the next."""
    return [sys.executable, "-m", KEEPER, str(home), str(port)]


def lead_to(home: Path, port: int, environment: Mapping[str, str]) -> None:
    """Lead the feeds of a demonstration to another port than they were set up with, in a process of its own."""
    command = [sys.executable, "-m", "dean06.cli.demonstration", str(port)]
    done = subprocess.run(command, env={**environment, "DEAN06_HOME": str(home)}, check=False)  # noqa: S603  a fixed command
    if done.returncode != 0:
        raise Unavailable(
            "Chưa dẫn được kết nối trình diễn tới cổng mới; xem các dòng trên rồi chạy lại.",
            "The demonstration's feeds were not led to their new port; see the lines above and run again.",
        )


def holds_state(home: Path) -> bool:
    """Say whether this directory is an installation already: tables, a vault, papers, or keys that sign."""
    kept = any((home / name).exists() for name in ("vault", "papers", NOTE))
    signs = any(path.name != "secret-key" for path in (home / "keys").glob("*"))
    return kept or signs or _has_tables(home / "dean06.sqlite3")


def _has_tables(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with contextlib.closing(sqlite3.connect(path, timeout=20)) as database:
        return database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def ensure(home: Path) -> Occupied:
    """Return the state directory, held, with the demonstration in it; make it on the first start."""
    if not offered():
        return occupy(home)
    if holds_state(home):
        if not (home / NOTE).exists():
            print(f"{home} đã là một bản cài đặt; không tạo trình diễn ở đó. (An installation; no demonstration made.)")
        return occupy(home)
    if os.environ.get("DATABASE_URL"):
        raise Unavailable(
            "Dữ liệu trình diễn chỉ được tạo trên SQLite; hãy bỏ DATABASE_URL, hoặc chạy `dean06 serve` không --demo.",
            "The demonstration is made on SQLite only; unset DATABASE_URL, or run `dean06 serve` without --demo.",
        )
    part = home.with_name(home.name + ".part")
    held = occupy(part)
    try:
        if not (part / NOTE).exists():
            _make(part)
        _move(part, home)
    except BaseException:
        held.close()
        raise
    return Occupied(home, held.descriptor)


def _make(part: Path) -> None:
    for left in part.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    print("Tạo dữ liệu trình diễn, chỉ lần đầu … (making the demonstration, this once)", flush=True)
    command = [sys.executable, "-m", "dean06.cli.demonstration"]
    done = subprocess.run(command, env={**os.environ, "DEAN06_HOME": str(part)}, check=False)  # noqa: S603  a fixed command
    if done.returncode != 0:
        raise Unavailable(
            "Chưa tạo xong dữ liệu trình diễn; xem các dòng trên rồi chạy lại, lần sau làm lại từ đầu.",
            "The demonstration was not finished; see the lines above and run again, it starts afresh.",
        )


def _move(part: Path, home: Path) -> None:
    """Put the finished directory in place; a start that dies between the two renames is finished by the next."""
    aside = home.with_name(home.name + ".empty")
    if home.exists():
        occupy(home).close()  # a start without --demo may be making its own state there
        shutil.rmtree(aside, ignore_errors=True)
        home.rename(aside)
    part.rename(home)
    shutil.rmtree(aside, ignore_errors=True)


def make() -> int:
    """Fill this process's own DEAN06_HOME; the note that it is whole is written last."""
    import django
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    django.setup()
    shape.bring_up()
    bar = Bar(stages=True)
    try:
        made = getattr(importlib.import_module(MAKER[0]), MAKER[1])(bar)
        importlib.import_module("dean06.ledger.service").sequence()  # no worker runs beside the making
        importlib.import_module("dean06.jobs.service").follow()
    except HouseError as error:
        print(error.vi, error.en, sep="\n", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    finally:
        bar.close()
    connections.close_all()
    home = Path(os.environ["DEAN06_HOME"])
    part = home / (NOTE + ".part")
    part.write_text(json.dumps({"accounts": [dict(account) for account in made]}, ensure_ascii=False, indent=1))
    part.replace(home / NOTE)
    return 0


def lead(port: int) -> int:
    """Lead the feeds of this process's own DEAN06_HOME to a port."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    django.setup()
    importlib.import_module(CONNECTIONS).lead_to(Path(os.environ["DEAN06_HOME"]), port)
    return 0


if __name__ == "__main__":
    sys.exit(lead(int(sys.argv[1])) if sys.argv[1:] else make())
