"""What goes to a cluster before the pairs are weighed: the register's and the list's keys, as Parquet.

The door reads and normalises a list, and follows its numbers, wherever the file arrives; the cluster gets keys alone,
and gives back whom each row named.
"""

from __future__ import annotations

import shutil
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


def export(bench: Bench, prepared: Path, folder: Path) -> Path:
    """Write the keys of an attached register for a cluster, whole or not at all, once for each prepared register."""
    done = folder / name_of(prepared)
    if done.is_dir():
        return done
    part = folder / f"{done.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    bench.run("set preserve_insertion_order = true")
    for name, query in REGISTER.items():
        files = ", file_size_bytes '256MB'" if name == PEOPLE else ""
        target = part / name if files else part / f"{name}.parquet"
        bench.run(f"copy ({query}) to {quoted(target)} ({FORM}{files})")
    bench.run("set preserve_insertion_order = false")
    part.replace(done)
    return done


def list_tables() -> dict[str, str]:
    """Return the queries of what the cluster must know of a list that was read."""
    address = levels.written_address("dia_chi")
    return {
        "s": blocks.keyed("s"),
        "hits": "select stt, pid, way, r_nk, r_dob from hits",
        "settled": "select stt, pid, lop::int as lop, p from settled",
        "t": f"select stt, id12, dia_chi, case when dia_chi is not null then {address} end as ad from t",
    }
