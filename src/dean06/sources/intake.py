"""Intake: a sector file becomes a batch; every row of it is data, set aside with a reason, or passed over with one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import duckdb

from dean06.orthography.sql import identifier
from dean06.sources import columnar, delimited, refusals, shelf, workbook
from dean06.sources.collecting import Collection
from dean06.sources.contract import Contract
from dean06.sources.file_kind import Kind, kind_of, sha256
from dean06.sources.headings import Headings
from dean06.sources.healing import Healed, heal
from dean06.sources.roles import Care, Roles, healed_columns, roles
from dean06.sources.store import connect, write_parquet
from dean06.sources.table import Table
from dean06.sources.types import Batch

Progress = Callable[[float], None]


def read_batch(path: Path, contract: Contract, workdir: Path, *, progress: Progress | None = None) -> Batch:
    """Read a sector file into `workdir` as a batch, whole or not at all; BadInput says what is wrong and what to do."""
    kind = kind_of(path)
    tell = progress or (lambda _: None)
    folder = shelf.workplace(workdir)
    try:
        with connect(folder) as db:
            taken = _take(path, kind, contract, db, tell)
            tell(0.7)
            batch = _written(
                taken, contract, path, folder / "batch.parquet", from_workbook=kind in (Kind.XLSX, Kind.XLS)
            )
        tell(0.95)
        return shelf.put(batch, workdir)
    except duckdb.OutOfMemoryException as problem:
        raise refusals.too_large(path) from problem
    except (OSError, duckdb.IOException) as problem:
        raise refusals.cannot_write(workdir, path) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take(path: Path, kind: Kind, contract: Contract, db: duckdb.DuckDBPyConnection, tell: Progress) -> Collection:
    headings = Headings(contract)
    if kind is Kind.PARQUET:
        return columnar.collect(path, contract, headings, db)
    collection = Collection(path, contract, headings, db)
    collection.take(_tables(path, kind, headings, lambda share: tell(0.05 + 0.6 * share)))
    return collection


def _tables(path: Path, kind: Kind, headings: Headings, progress: Progress) -> Iterator[Table]:
    if kind is Kind.TEXT:
        return iter([delimited.table(path, headings, progress)])
    return workbook.tables(path, kind, progress)


def _written(taken: Collection, contract: Contract, path: Path, out: Path, *, from_workbook: bool) -> Batch:
    db, claims = taken.db, taken.claims
    careful, text = taken.survey.careful(), healed_columns(contract, claims)
    healed = heal(db, [at for at in text if at in careful], taken.sheets, taken.rows)
    made = roles(contract, claims, Care(careful, healed.mapped), from_workbook=from_workbook)
    joins = " ".join(
        f"left join m{at} on raw.trang_tinh = m{at}.sheet and raw.c{at} = m{at}.bad" for at in sorted(healed.mapped)
    )
    originals = taken.originals()
    columns = [
        "raw.stt, raw.trang_tinh, raw.dong",
        *(f"{sql} as {identifier(role)}" for role, sql in made.sql.items()),
        *(f"raw.c{at} as {identifier(name)}" for at, name in originals.items()),
    ]
    role_columns = {role: tuple(originals[at] for at in used if at in originals) for role, used in made.columns.items()}
    facts = {"contract": contract.id, "version": contract.version, "role_columns": role_columns}
    query = f"select {', '.join(columns)} from raw {joins} {'order by raw.stt' if joins else ''}"
    if taken.quarantined:
        query = _with_set_aside(query, list(made.sql), originals)
    rows = write_parquet(db, query, out, facts)
    return Batch(
        parquet=out,
        rows=rows,
        roles=tuple(made.sql),
        original_columns=tuple(originals.values()),
        role_columns=role_columns,
        file_name=path.name,
        file_sha256=sha256(path),
        sheets=tuple(taken.sheets),
        quarantined=tuple(taken.quarantined),
        skipped=tuple(taken.skipped),
        repairs=dict(healed.repairs) | _counted(db, made, joins),
        encodings={role: _met(used, healed) for role, used in made.columns.items() if used[0] in text},
        contract_id=contract.id,
    )


def _with_set_aside(sound: str, roles: Iterable[str], originals: Mapping[int, str]) -> str:
    """Return a query of all rows in input order: those set aside have no role, and say why under `cach_ly`."""
    columns = [
        "stt, trang_tinh, dong",
        *(f"null::varchar as {identifier(role)}" for role in roles),
        *(f"c{at} as {identifier(name)}" for at, name in originals.items()),
        "cach_ly",
    ]
    return f"""select * from (select *, null::varchar as cach_ly from ({sound})
        union all select {", ".join(columns)} from aside) order by stt"""


def _met(columns: Iterable[int], healed: Healed) -> str:
    """Return the encodings met in a role's columns, `;`-joined."""
    return ";".join(sorted({met for at in columns for met in healed.encodings.get(at, {"unicode"})}))


def _counted(db: duckdb.DuckDBPyConnection, made: Roles, joins: str) -> dict[str, int]:
    conditions = {reason: sql for reason, sql in made.repairs.items() if sql}
    if not conditions:
        return {}
    counts = ", ".join(f"count(*) filter (where {sql})" for sql in conditions.values())
    found = db.execute(f"select {counts} from raw {joins}").fetchall()[0]
    return {reason: int(count) for reason, count in zip(conditions, found, strict=True) if count}
