"""What an engineer looks at first: interpreter, state directory, disk, database, time zone, a running service."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dean06.cli.occupancy import occupy
from dean06.clock.errors import Unavailable

ENOUGH = 5  # GB: a register of a million people with its prepared keys, a month of deliveries and their results


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: whether it is in order, and a sentence that says what to do when not."""

    name: str
    sound: bool
    vi: str
    en: str


def examine(home: Path) -> list[Check]:
    """Look at everything; nothing is changed."""
    return [*_machine(), *_state(home), *_database(home)]


def _machine() -> Iterator[Check]:
    version = sys.version.split()[0]
    yield Check(name="python", sound=sys.version_info >= (3, 11), vi=f"Python {version}", en=f"Python {version}")
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
        known = True
    except ZoneInfoNotFoundError:
        known = False
    advice = "" if known else "; hãy cài gói tzdata"
    yield Check(name="time-zone", sound=known, vi=f"Múi giờ Asia/Ho_Chi_Minh{advice}", en="time zone data")


def _state(home: Path) -> Iterator[Check]:
    there = home if home.exists() else home.parent
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    yield Check(
        name="home", sound=writable, vi=f"Thư mục dữ liệu {home} ghi được", en=f"state directory {home} writable"
    )
    if writable:
        free = shutil.disk_usage(there).free / 2**30
        yield Check(
            name="disk",
            sound=free >= ENOUGH,
            vi=f"Ổ đĩa còn {free:.1f} GB, cần {ENOUGH} GB",
            en=f"{free:.1f} GB free, {ENOUGH} GB wanted",
        )
    if home.is_dir():
        closed = home.stat().st_mode & 0o077 == 0
        vi = "Thư mục dữ liệu chỉ chủ đọc được" if closed else f"Người khác đọc được {home}; hãy chạy: chmod 700 {home}"
        yield Check(name="privacy", sound=closed, vi=vi, en="state directory readable by its owner alone")
        yield _service(home)


def _service(home: Path) -> Check:
    try:
        occupy(home).close()
    except Unavailable as running:
        return Check(name="service", sound=True, vi=running.vi.split(",")[0], en=running.en.split(",")[0])
    return Check(name="service", sound=True, vi="dean06 không chạy lúc này", en="dean06 is not running now")


def _database(home: Path) -> Iterator[Check]:
    path = home / "dean06.sqlite3"
    if os.environ.get("DATABASE_URL"):
        yield from _schema("PostgreSQL")
    elif path.exists():
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
            try:
                whole = database.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            except sqlite3.DatabaseError:
                whole = False
        vi = "Cơ sở dữ liệu SQLite nguyên vẹn" if whole else "SQLite bị hỏng; hãy khôi phục từ bản sao lưu"
        yield Check(name="sqlite", sound=whole, vi=vi, en="SQLite is whole")
        if whole:
            yield from _schema("SQLite")
    else:
        yield Check(name="database", sound=True, vi="Chưa có cơ sở dữ liệu; lần chạy đầu sẽ tạo", en="no database yet")


def _schema(engine: str) -> Iterator[Check]:
    """Check the shape of the database, and where it is right the archive that its rows name."""
    shape = _migrated(engine)
    yield shape
    if shape.sound:
        yield _archive()


def _archive() -> Check:
    command = [sys.executable, "-m", "dean06.cli.archive_check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  a fixed command
    if done.returncode:
        vi = "Kho văn bản chưa kiểm được; xem lỗi bằng: python -m dean06.cli.archive_check"
        return Check(name="papers", sound=False, vi=vi, en="the archive of papers could not be checked")
    told = json.loads(done.stdout)
    size, wrong = told["size"] / 2**20, [*told["missing"], *told["changed"]]
    if wrong:
        vi = f"Kho văn bản thiếu {len(told['missing'])}, đổi {len(told['changed'])} tệp: {wrong[0]}; khôi phục sao lưu"
        return Check(name="papers", sound=False, vi=vi, en=f"{len(wrong)} files of the archive are missing or changed")
    left = f", {len(told['unnamed'])} tệp không dòng nào trỏ tới ({told['unnamed_size'] / 2**20:.1f} MB)"
    return Check(
        name="papers",
        sound=True,
        vi=f"Kho văn bản đủ và nguyên vẹn: {told['files']} tệp, {size:.1f} MB{left if told['unnamed'] else ''}",
        en="every paper of the archive is there and unchanged",
    )


def _migrated(engine: str) -> Check:
    command = [sys.executable, "-m", "dean06.cli.shape", "--check"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  a fixed command
    sound = done.returncode == 0
    vi = (
        f"Lược đồ {engine} đúng phiên bản"
        if sound
        else f"{engine} chưa kết nối được hoặc còn phiên bản cũ; chạy dean06 serve"
    )
    return Check(name="schema", sound=sound, vi=vi, en="the database's shape is this version's")
