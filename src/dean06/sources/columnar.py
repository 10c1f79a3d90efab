"""Reading .parquet: the file stays where it is and SQL reads it; no row passes through Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from dean06.sources import refusals
from dean06.sources.collecting import Collection
from dean06.sources.contract import Contract
from dean06.sources.file_kind import MOST_ROWS, damaged, too_many_rows
from dean06.sources.header import TwoClaims, find_header
from dean06.sources.headings import Headings
from dean06.sources.roles import healed_columns
from dean06.sources.store import identifier, literal
from dean06.sources.survey import DAMAGED, survey

_WHOLE = ("DOUBLE", "FLOAT")


def collect(path: Path, contract: Contract, headings: Headings, db: duckdb.DuckDBPyConnection) -> Collection:
    """Return the file's columns as a view `raw`, with damaged and blank rows accounted for."""
    source = f"read_parquet({literal(str(path))}, file_row_number = true)"
    try:
        described = db.execute(f"describe select * exclude (file_row_number) from {source}").fetchall()
        count = int(db.execute(f"select count(*) from {source}").fetchall()[0][0])
    except duckdb.Error as problem:
        raise damaged(path) from problem
    if count > MOST_ROWS:
        raise too_many_rows(path)
    names = [str(name) for name, *_ in described]
    taken = Collection(path, contract, headings, db)
    _lay(taken, names)
    columns = ", ".join(f"{_text(name, kind)} as c{at}" for at, (name, kind, *_) in enumerate(described))
    db.execute(f"create view every_row as select file_row_number, {columns} from {source}")
    text = healed_columns(contract, taken.claims)
    other = sorted({at for columns in taken.claims.values() for at in columns} - set(text))
    taken.survey = survey(db, "every_row", text, other, len(names))
    _account(taken, len(names), count)
    return taken


def _lay(taken: Collection, names: Sequence[str]) -> None:
    try:
        header = find_header([names], taken.headings)
    except TwoClaims as problem:
        raise refusals.two_claims(taken.path, "", 1, problem, taken.contract) from problem
    if header is None:
        raise refusals.unknown_header(taken.path, "", [(1, list(names), "")], taken.contract)
    taken.sheets.append("")
    taken.lay(header)


def _text(name: str, kind: str) -> str:
    column = identifier(name)
    if kind == "VARCHAR":
        return f"nullif({column}, '')"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"strftime({column}, '%d/%m/%Y')"
    if kind in _WHOLE:
        whole = f"{column} = trunc({column}) and abs({column}) < 1e18"
        return f"case when {whole} then {column}::bigint::varchar else {column}::varchar end"
    return f"{column}::varchar"


def _account(taken: Collection, width: int, count: int) -> None:
    """Set damaged rows aside, pass blank ones over, and number the rest."""
    db = taken.db
    careful = sorted(taken.survey.careful())
    damage = " or ".join(f"coalesce(regexp_matches(c{at}, '{DAMAGED}'), false)" for at in careful) or "false"
    blank = " and ".join(f"c{at} is null" for at in range(width))
    odd: list[tuple[int, bool]] = []
    if careful or taken.survey.blank_rows:
        odd = db.execute(
            f"select file_row_number, {blank} from every_row where ({damage}) or ({blank}) order by 1"
        ).fetchall()
    for number, is_blank in odd:
        if is_blank:
            taken.pass_over("", number + 1, number + 1, "dong_trong")
        else:
            taken.set_aside("", number + 1, "ky_tu_dieu_khien")
    columns = ", ".join(f"c{at}" for at in range(width))
    kept = f"where not (({damage}) or ({blank}))" if odd else ""
    order = "row_number() over (order by file_row_number) - 1" if odd else "file_row_number"
    db.execute(
        f"""create view raw as select {order}::bigint as stt, '' as trang_tinh, (file_row_number + 1)::integer as dong,
            {columns} from every_row {kept}"""
    )
    taken.rows = count - len(odd)
    if taken.rows == 0 and not taken.quarantined:
        raise refusals.no_rows(taken.path, [])
