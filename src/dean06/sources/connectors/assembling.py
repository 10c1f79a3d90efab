"""One file out of the pieces of a pull, always the same bytes for the same pieces; intake takes it like any other."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dean06.clock.errors import BadInput
from dean06.sources.connectors.spool import Kept, Spool, written
from dean06.sources.contract import ORDINAL, Contract, FieldRule

FLUSHED = 1 << 20
ENDS = str.maketrans({"\0": " ", "\r": " ", "\n": " "})
ENDING = re.compile("[\0\r\n]").search

__all__ = ["Assembled", "assemble"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """The file that a pull comes to; None for `path` where there was nothing."""

    path: Path | None
    file_name: str
    period: str
    rows: int
    keys: tuple[str, ...]


def assemble(spool: Spool, contract: Contract, name: str, period: str) -> Assembled:
    """Make the file of a whole spool beside its pieces.

    A whole file stays as it is. Rows become one CSV under the contract's own headings, in the contract's order, with
    the columns that any row names.
    """
    kept = spool.kept()
    whole = [one for one in kept if one.file_name]
    if whole:
        return _whole(spool, whole, period)
    rows = sum(one.rows for one in kept)
    path = spool.folder / f"ghep-{name}.csv" if rows else None
    if path is not None:
        columns = _columns(spool, contract)
        written(path, lambda out: _write(out, spool, columns))
    keys = tuple(one.key for one in kept)
    return Assembled(path=path, file_name=f"{name}-{period}.csv", period=period, rows=rows, keys=keys)


def _whole(spool: Spool, whole: Sequence[Kept], period: str) -> Assembled:
    if len(whole) > 1 or len(spool.kept()) > 1:
        raise BadInput(
            "Bộ đọc của kết nối đưa nhiều tệp trong một lần lấy: báo người vận hành.",
            "The reader of the feed brought several files in one pull: tell the operator.",
        )
    one = whole[0]
    path = spool.folder / f"ghep{Path(one.file_name).suffix.lower()}"
    spool.bytes_of(one, path)
    return Assembled(path=path, file_name=one.file_name, period=one.period or period, rows=0, keys=(one.key,))


def _columns(spool: Spool, contract: Contract) -> list[FieldRule]:
    named = {field for one in spool.kept() for field in one.fields}
    known = [one for one in contract.fields if one.code != ORDINAL]
    if odd := sorted(named - {one.code for one in known}):
        raise BadInput(
            f"Dữ liệu lấy về có trường mà hợp đồng không có: {', '.join(odd)[:200]}. Sửa phần ghép trường của kết nối.",
            f"What was pulled has fields that the contract has not: {', '.join(odd)[:200]}. Mend the feed's mapping.",
        )
    return [one for one in known if one.code in named]


def _write(out: IO[bytes], spool: Spool, columns: list[FieldRule]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.headers[0] if one.headers else one.title.vi for one in columns])
    codes = [one.code for one in columns]
    for row in spool.rows():
        writer.writerow([_one_line(row.get(code, "")) for code in codes])
        if text.tell() > FLUSHED:
            out.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
    out.write(text.getvalue().encode())


def _one_line(text: str) -> str:
    """Return a value with line ends and nulls as spaces: a row of a list is one line of it."""
    return text.translate(ENDS) if ENDING(text) else text
