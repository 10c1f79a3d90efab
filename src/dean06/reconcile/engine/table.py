"""Match a table at hand: rows, a DataFrame, an Arrow table or a file, from a notebook or another program.

>>> from dean06.reconcile import engine                                        # doctest: +SKIP
>>> found = engine.match("register.parquet", frame, {"Họ và tên": "ho_ten"})   # doctest: +SKIP
>>> found.df()                                                                 # doctest: +SKIP
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from typing_extensions import override

from dean06.orthography import sql
from dean06.reconcile.engine.batch import ORIGINAL, ROLES
from dean06.reconcile.engine.connection import quoted
from dean06.reconcile.engine.match import run
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.engine.prepare import FILE, FORMAT, prepare, prepared_format


class Matched:
    """The result of a list: one row per row given, in the order given, the columns of the result file (design §9).

    It lives in a private directory that goes when this object does, or at `close`, and shows no row, only counts.
    """

    def __init__(self, folder: Path, report: RunReport) -> None:
        self.report = report
        self._folder = folder
        self.path = folder / "result.parquet"

    def relation(self) -> duckdb.DuckDBPyRelation:
        """Return the rows as a DuckDB relation: `.df()`, `.arrow()`, `.pl()`, `.filter(…)`."""
        return duckdb.read_parquet(str(self.path))

    def df(self) -> Any:
        """Return the rows as a pandas DataFrame; wants pandas."""
        return self.relation().df()

    def arrow(self) -> Any:
        """Return the rows as an Arrow table; wants pyarrow."""
        return self.relation().to_arrow_table()

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        found = self.relation()
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def close(self) -> None:
        """Remove the rows from the disk."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __del__(self) -> None:
        self.close()

    @override
    def __repr__(self) -> str:
        counts = ", ".join(f"{code} {n:,}" for code, n in self.report.by_result.items())
        return f"Matched({self.report.rows:,} rows: {counts})"

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<tr><td>{code}</td><td style='text-align:right'>{n:,}</td></tr>"
            for code, n in self.report.by_result.items()
        )
        return f"<table><caption>{self.report.rows:,} dòng</caption>{cells}</table>"


def match(
    register: str | Path,
    rows: Sequence[Mapping[str, Any]] | str | Path | Any,
    columns: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Matched:
    """Match a list against a register and return the result.

    Args:
        register: a register file of the contract as Parquet, or a directory it was prepared in; a file is prepared
            beside itself once, in `<name>.prepared`.
        rows: dictionaries, a Parquet or CSV file, a DataFrame, an Arrow table: whatever DuckDB reads.
        columns: which column plays which role (`ho_ten`, `ngay_sinh`, `gioi_tinh`, `so_giay_to`, `so_cccd`, `so_cmnd`,
            `ma_xa`, `dia_chi`, `ho_ten_cha`, `ho_ten_me`); columns named like a role need not be told.
        options: how to match.

    Raises:
        ValueError: a role that does not exist, a column that is not there, or no column with a role.
    """
    prepared = _prepared(Path(register))
    folder = Path(tempfile.mkdtemp(prefix="dean06-"))
    try:
        _write_batch(rows, columns or {}, folder / "batch.parquet")
        report = run(prepared, folder / "batch.parquet", folder / "result.parquet", options or Options())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # half a list of people is not left behind
        raise
    return Matched(folder, report)


def _prepared(register: Path) -> Path:
    if register.is_dir():
        return register / FILE
    folder = register.with_name(register.name + ".prepared")
    fresh = (folder / FILE).is_file() and (folder / FILE).stat().st_mtime >= register.stat().st_mtime
    if not fresh or prepared_format(folder / FILE) != FORMAT:
        return prepare(register, folder)
    return folder / FILE


def _write_batch(rows: Any, columns: Mapping[str, str], out: Path) -> None:
    """Write the batch as the door does: place, roles, then the columns untouched."""
    with duckdb.connect() as link:
        names = _read(link, rows)
        roles = {name: name for name in names if name in ROLES} | dict(columns)
        _check(roles, names)
        played = "".join(f", {sql.identifier(name)}::varchar as {role}" for name, role in roles.items())
        kept = "".join(f", {sql.identifier(name)} as {sql.identifier(ORIGINAL + name)}" for name in names)
        link.execute(
            f"""copy (select (row_number() over () - 1)::bigint as stt, '' as trang_tinh,
  (row_number() over ())::int as dong{played}{kept} from given) to {quoted(out)} (format parquet)"""
        )


def _read(link: duckdb.DuckDBPyConnection, rows: Any) -> list[str]:
    """Make the rows the table `given`, in their order, and return its columns."""
    if isinstance(rows, str | Path):
        reader = "read_parquet" if str(rows).lower().endswith(".parquet") else "read_csv"
        kept = "" if reader == "read_parquet" else ", all_varchar = true"
        link.execute(f"create table given as select * from {reader}({quoted(rows)}{kept})")
    elif isinstance(rows, Iterable) and not hasattr(rows, "columns") and not hasattr(rows, "schema"):
        listed = list(rows)
        names = list(dict.fromkeys(name for row in listed for name in row))
        link.execute(
            f"create table given ({', '.join(f'{sql.identifier(name)} varchar' for name in names) or 'ho_ten varchar'})"
        )
        if listed and names:
            values = [[None if row.get(name) is None else str(row[name]) for name in names] for row in listed]
            link.executemany(f"insert into given values ({', '.join('?' * len(names))})", values)
    else:
        link.register("frame", rows)
        link.execute("create table given as select * from frame")
    return [str(row[0]) for row in link.execute("describe given").fetchall()]


def _check(roles: Mapping[str, str], names: Sequence[str]) -> None:
    """Refuse what cannot be matched, in one sentence."""
    for name, role in roles.items():
        if role not in ROLES:
            raise ValueError(f"Không có vai trò «{role}»; các vai trò: {', '.join(ROLES)}. (No such role.)")
        if name not in names:
            raise ValueError(f"Danh sách không có cột «{name}»; các cột: {', '.join(names)}. (No such column.)")
    if not roles:
        raise ValueError(
            f"Chưa cột nào có vai trò: nói cột nào là ho_ten, ngay_sinh… qua `columns`; các cột: {', '.join(names)}."
            " (No column has a role.)"
        )
