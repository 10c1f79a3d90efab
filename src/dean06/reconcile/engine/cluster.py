"""What goes to a cluster before the pairs are weighed: the register's and the list's keys, as Parquet.

The door reads and normalises a list, and follows its numbers, wherever the file arrives; the cluster gets keys alone,
and gives back whom each row named.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dean06.reconcile.engine import blocks, levels
from dean06.reconcile.engine.connection import Bench, quoted

# Sorted by birth date, so that the statistics of each file and group of rows tell which days it holds.
FORM = "format parquet, compression zstd, compression_level 1, row_group_size 122880"
PEOPLE = "person"
REGISTER = {
    PEOPLE: "select * from reg.person order by dob, pid",
    "day_count": "select * from reg.day_count order by dob",
    "meta": "select * from reg.meta",
}


def name_of(prepared: Path) -> str:
    """Return the folder's name for the keys of a prepared register: another file gives another name."""
    state = prepared.stat()
    return f"register-{state.st_size:x}-{state.st_mtime_ns:x}"


@contextmanager
def workplace(folder: Path, kind: str) -> Iterator[Path]:
    """Give a directory in a shared folder that goes when the work is done; what a killed run left there goes too.

    Owner and group may read it: the group is the one that the workers are in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ours = f"{kind}-{socket.gethostname()}-"
    for left in folder.glob(f"{ours}*"):
        if not _alive(int(left.name.removeprefix(ours).split("-")[0])):
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f"{ours}{os.getpid()}-", dir=folder))
    made.chmod(0o750)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def export(bench: Bench, prepared: Path, folder: Path) -> Path:
    """Write the keys of an attached register for a cluster, whole or not at all, once for each prepared register."""
    done = folder / name_of(prepared)
    if done.is_dir():
        return done
    with workplace(folder, "part") as part:
        bench.run("set preserve_insertion_order = true")
        for name, query in REGISTER.items():
            files = ", file_size_bytes '256MB'" if name == PEOPLE else ""
            target = part / name if files else part / f"{name}.parquet"
            bench.run(f"copy ({query}) to {quoted(target)} ({FORM}{files})")
        bench.run("set preserve_insertion_order = false")
        try:
            part.rename(done)
        except OSError:  # another run was quicker
            if not done.is_dir():
                raise
    return done


def list_tables() -> dict[str, str]:
    """Return the queries of what the cluster must know of a list that was read."""
    address = levels.written_address("dia_chi")
    return {
        "s": blocks.keyed("s"),
        "hits": "select stt, pid, way, first, r_nk, r_dob from hits",
        "settled": "select stt, pid, lop::int as lop, p from settled",
        "t": f"select stt, id12, dia_chi, case when dia_chi is not null then {address} end as ad from t",
    }
