"""A delivery as text: UTF-8, UTF-16 or code page 1258, with the lines that spreadsheets leave around a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from dean06.demo.encodings import DAMAGES, as_is, cp1258
from dean06.demo.entries import Cell, Entry
from dean06.demo.pages import Getter
from dean06.demo.truth import Judge, TruthRow

_SEPARATOR = {"utf-16": "\t", "cp1258": ";"}
_CHUNK = 20_000


def write_csv(
    path: Path,
    encoding: str,
    damage: str,
    lines: tuple[list[list[str]], list[str], list[list[str]]],
    rows: tuple[list[Entry], list[Getter | None]],
    judge: Judge,
) -> list[TruthRow]:
    """Write one list (`lines` are those above, the heads, those below) and return its truth; rows count from 1."""
    above, heads, below = lines
    entries, cells = rows
    truth: list[TruthRow] = []
    with path.open("wb") as out:
        sink = _Sink(out.write, encoding, DAMAGES[damage])
        sink.put([*above, heads])
        first = len(above) + 2
        for start in range(0, len(entries), _CHUNK):
            part = entries[start : start + _CHUNK]
            sink.put(_rendered(part, cells, start + 1))
            truth.extend(judge.row("", first + start + at, entry, damage) for at, entry in enumerate(part))
        sink.put(below)
    return truth


def _rendered(entries: list[Entry], cells: list[Getter | None], first: int) -> Iterable[list[Cell]]:
    for ordinal, entry in enumerate(entries, first):
        yield [ordinal if cell is None else cell(entry) for cell in cells]


class _Sink:
    """Turns rows into bytes of one encoding, the byte order mark once."""

    def __init__(self, write: Callable[[bytes], int], encoding: str, damaged: Callable[[str], str]) -> None:
        self._write = write
        self._damaged = damaged
        self._settled = cp1258 if encoding == "cp1258" else as_is
        self._codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
        self._separator = _SEPARATOR.get(encoding, ",")
        write({"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}.get(encoding, b""))

    def put(self, rows: Iterable[Iterable[Cell]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._separator, lineterminator="\r\n").writerows(rows)
        self._write(self._settled(self._damaged(text.getvalue())).encode(self._codec))
