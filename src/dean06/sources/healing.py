"""Healing text columns at the door: legacy encodings, mojibake and look-alikes, by distinct value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import duckdb

from dean06.orthography.service import Encoding, detect_column, heal_column
from dean06.sources.survey import FOREIGN, composed

_SAMPLE = 4000
_PLAIN = (Encoding.UNICODE, Encoding.DECOMPOSED)


@dataclass(slots=True)
class Healed:
    """What was healed: which columns have a table of changes, the encodings met, and how many rows changed why."""

    mapped: set[int] = field(default_factory=set)
    encodings: dict[int, set[str]] = field(default_factory=dict)
    repairs: Counter[str] = field(default_factory=Counter)


def heal(db: duckdb.DuckDBPyConnection, columns: Iterable[int], sheets: Sequence[str], rows: int) -> Healed:
    """Judge text columns of `raw` sheet by sheet and keep the changes in a table `m<column>` each."""
    healed = Healed()
    step = max(rows // _SAMPLE, 1)
    for column in columns:
        changes = [change for sheet in sheets for change in _changes(db, column, sheet, step, healed)]
        if changes:
            _keep(db, column, changes)
            healed.mapped.add(column)
        _count(db, column, healed)
    return healed


def _changes(
    db: duckdb.DuckDBPyConnection, column: int, sheet: str, step: int, healed: Healed
) -> list[tuple[str, str, str, str]]:
    encoding = detect_column(_distinct(db, column, sheet, f"stt % {step} = 0"))
    healed.encodings.setdefault(column, set()).add(str(encoding))
    # What holds nothing foreign as written holds nothing foreign when composed.
    foreign = "case when regexp_matches(text, $2) then regexp_matches(nfc_normalize(text), $2) else false end"
    doubtful = foreign if encoding in _PLAIN else "$2 <> ''"
    healing = heal_column(_distinct(db, column, sheet, doubtful, FOREIGN), encoding)
    return [(sheet, bad, good, healing.reasons[bad]) for bad, good in healing.changed.items()]


def _distinct(
    db: duckdb.DuckDBPyConnection, column: int, sheet: str, wanted: str, pattern: str | None = None
) -> list[str]:
    """Return the distinct texts of a column in one sheet, in the order they first appear."""
    found = db.execute(
        f"""select text from (select c{column} as text, min(stt) as first from raw
            where trang_tinh = $1 and c{column} is not null and {wanted.replace("(text", f"(c{column}")} group by 1)
            order by first""",
        [sheet] if pattern is None else [sheet, pattern],
    ).fetchall()
    return [text for (text,) in found]


def _keep(db: duckdb.DuckDBPyConnection, column: int, changes: Sequence[tuple[str, str, str, str]]) -> None:
    lists = [list(values) for values in zip(*changes, strict=True)]
    db.execute(
        f"""create table m{column} as select unnest($1::varchar[]) as sheet, unnest($2::varchar[]) as bad,
            unnest($3::varchar[]) as good, unnest($4::varchar[]) as why""",
        lists,
    ).fetchall()


def _count(db: duckdb.DuckDBPyConnection, column: int, healed: Healed) -> None:
    text = f"c{column}"
    if column in healed.mapped:
        found = db.execute(
            f"select why, count(*) from raw join m{column} on trang_tinh = sheet and {text} = bad group by 1 order by 1"
        ).fetchall()
        healed.repairs.update(dict(found))
        rest = f"and not exists (from m{column} where sheet = trang_tinh and bad = {text})"
    else:
        rest = ""
    apart = db.execute(f"select count(*) from raw where {text} <> {composed(text)} {rest}").fetchall()[0][0]
    if apart:
        healed.repairs[str(Encoding.DECOMPOSED)] += int(apart)
