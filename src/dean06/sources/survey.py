"""One pass over a file's columns that finds the columns needing care, so that all others are taken as they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from dean06.orthography.sql import quoted

_LETTERS = "".join(
    chr(code)
    for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))
    if chr(code).lower() in "àáâãèéêìíòóôõùúýăđĩũơư" or code >= 0x1EA0
)
# Letters no Vietnamese text in composed Unicode has, references, and pairs of vowels that only legacy encodings write.
FOREIGN = (
    rf"[^\x09\x0a\x0d\x20-\x7e\xa0‘’“”–—…{_LETTERS}]|&#?\w+;"
    r"|[aeouyAEOUY][õÕùÙ]|[aeyAEY][âÂ]|[oO][âÂ]|[aeAE][àáãÀÁÃ]|[a-zà-ỹ][ÌÒ]"
)
DAMAGED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffd}]"
FAILED = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
FAILURES = ", ".join(map(quoted, FAILED))
BLANK = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
FILLED = r"[^ \t\r\n\xa0]"
_BLANK = r"^[ \t\r\n\xa0]*$|^#"


def composed(text: str) -> str:
    """Return SQL for a text in composed form: what has no foreign letter is so already, and composing is dear."""
    return f"case when regexp_matches({text}, {quoted(FOREIGN)}) then nfc_normalize({text}) else {text} end"


@dataclass(frozen=True, slots=True)
class Survey:
    """Per column, how many cells are out of the ordinary; and how many rows are wholly blank."""

    odd: Mapping[int, int]
    blank_rows: int

    def careful(self) -> set[int]:
        """Return the columns that hold such cells."""
        return {at for at, count in self.odd.items() if count}


def survey(
    db: duckdb.DuckDBPyConnection, relation: str, text: Collection[int], other: Collection[int], width: int
) -> Survey:
    """Look once at every claimed column of a relation with columns `c0` to `c<width - 1>`."""
    columns = [*text, *other]
    patterns = [f"{FOREIGN}|{DAMAGED}|{_BLANK}"] * len(text) + [f"{DAMAGED}|{_BLANK}"] * len(other)
    counts = [
        f"count(*) filter (regexp_matches(c{at}, '{found}'))" for at, found in zip(columns, patterns, strict=True)
    ]
    blank = " and ".join(f"c{at} is null" for at in range(width))
    counted = db.execute(f"select count(*) filter ({blank}), {', '.join(counts)} from {relation}").fetchall()[0]
    return Survey(odd=dict(zip(columns, counted[1:], strict=True)), blank_rows=int(counted[0]))
