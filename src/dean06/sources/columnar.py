"""Reading .parquet: the file stays where it is and SQL reads it; no row passes through Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from dean06.orthography.sql import identifier, quoted
from dean06.sources import refusals
from dean06.sources.collecting import Collection
from dean06.sources.contract import Contract
from dean06.sources.file_kind import MOST_ROWS, damaged, too_many_rows
from dean06.sources.header import Header, TwoClaims, find_header
from dean06.sources.headings import Headings
from dean06.sources.roles import healed_columns
from dean06.sources.rows import QUARANTINED, Layout
from dean06.sources.survey import BLANK, DAMAGED, FAILURES, survey

_WHOLE = ("DOUBLE", "FLOAT")
SAYS = r"[\p{L}\p{N}]"


def collect(path: Path, contract: Contract, headings: Headings, db: duckdb.DuckDBPyConnection) -> Collection:
    """Return the file's columns as a view `raw`, with damaged and blank rows accounted for."""
    source = f"read_parquet({quoted(str(path))}, file_row_number = true)"
    try:
        described = db.execute(f"describe select * exclude (file_row_number) from {source}").fetchall()
        count = int(db.execute(f"select count(*) from {source}").fetchall()[0][0])
    except duckdb.Error as problem:
        raise damaged(path) from problem
    if count > MOST_ROWS:
        raise too_many_rows(path)
    names = [str(name) for name, *_ in described]
    taken = Collection(path, contract, headings, db)
    header = _lay(taken, names)
    columns = ", ".join(f"{_text(name, kind)} as c{at}" for at, (name, kind, *_) in enumerate(described))
    db.execute(f"create view every_row as select file_row_number, {columns} from {source}")
    text = healed_columns(contract, taken.claims)
    other = sorted({at for columns in taken.claims.values() for at in columns} - set(text))
    taken.survey = survey(db, "every_row", text, other, len(names))
    _account(taken, Layout(header, contract.key, headings, strict_width=False), count)
    return taken


def _lay(taken: Collection, names: Sequence[str]) -> Header:
    try:
        header = find_header([names], taken.headings)
    except TwoClaims as problem:
        raise refusals.two_claims(taken.path, "", 1, problem, taken.contract) from problem
    if header is None:
        raise refusals.unknown_header(taken.path, "", [(1, list(names), "")], taken.contract)
    taken.sheets.append("")
    taken.lay(header)
    return header


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


def _account(taken: Collection, layout: Layout, count: int) -> None:
    """Pass blank rows over, number the rest, and part the sound ones from those that are set aside."""
    db, width = taken.db, layout.width
    careful = taken.survey.careful()
    reasons = [_damage(at, searched=at in layout.searched) for at in layout.header.claims if at in careful]
    why = f"coalesce({', '.join([*reasons, 'null'])})"
    passed = _passed(layout)
    odd: list[tuple[int, str | None, str]] = []
    if reasons or taken.survey.blank_rows or layout.second:
        odd = db.execute(
            f"""select file_row_number, {passed}, {why} from every_row where {passed} is not null or {why} is not null
                order by 1"""
        ).fetchall()
    for number, no_data, reason in odd:
        if no_data:
            taken.pass_over("", number + 1, number + 1, no_data)
        else:
            taken.set_aside("", number + 1, reason)
    blanks = len(odd) - len(taken.quarantined)
    taken.rows = count - blanks
    if taken.rows == 0:
        raise refusals.no_rows(taken.path, [], taken.contract)
    columns = ", ".join(f"c{at}" for at in range(width))
    order = "row_number() over (order by file_row_number) - 1" if blanks else "file_row_number"
    db.execute(
        f"""create view numbered as select {order}::bigint as stt, '' as trang_tinh,
            (file_row_number + 1)::integer as dong, {columns}, {why} as cach_ly
            from every_row {f"where {passed} is null" if blanks else ""}"""
    )
    _part(db, mixed=bool(taken.quarantined))


def _passed(layout: Layout) -> str:
    """Return SQL for why a row is no data: it is blank, or names nobody whom this list speaks of; null where it is."""
    blank = " and ".join(f"c{at} is null" for at in range(layout.width))
    nobody = " and ".join(f"coalesce(not regexp_matches(c{at}, '{SAYS}'), true)" for at in layout.second)
    unnamed = f"when {nobody} then 'khong_co_nguoi'" if nobody else ""
    return f"case when {blank} then 'dong_trong' {unnamed} end"


def _part(db: duckdb.DuckDBPyConnection, *, mixed: bool) -> None:
    """Part the sound rows from the others, as the intake store does."""
    sound = "where cach_ly is null" if mixed else ""
    db.execute(f"create view raw as select * exclude (cach_ly) from numbered {sound}")
    told = " ".join(f"when {quoted(code)} then {quoted(sentence)}" for code, sentence in QUARANTINED.items())
    db.execute(
        f"""create view aside as select * replace (case cach_ly {told} end as cach_ly) from numbered
            where cach_ly is not null"""
    )


def _damage(at: int, *, searched: bool) -> str:
    """Return SQL for the reason that a cell gives to set its row aside; null when it gives none."""
    failed = f"when case when contains(c{at}, '#') then trim(c{at}, {BLANK}) in ({FAILURES}) end then 'o_loi_cong_thuc'"
    return f"""case when regexp_matches(c{at}, '{DAMAGED}') then
        case when regexp_extract(c{at}, '{DAMAGED}') = chr(65533) then 'ky_tu_hong' else 'ky_tu_dieu_khien' end
        {failed if searched else ""} end"""
