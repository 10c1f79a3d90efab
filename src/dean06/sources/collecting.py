"""Collecting the rows of all tables of a file under one set of columns, each row accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import duckdb

from dean06.sources import refusals
from dean06.sources.contract import Contract
from dean06.sources.file_kind import MOST_ROWS, too_many_rows
from dean06.sources.header import SEARCHED, Header, TwoClaims, find_header
from dean06.sources.headings import Headings
from dean06.sources.roles import healed_columns
from dean06.sources.rows import QUARANTINED, SKIPPED, Layout, judge
from dean06.sources.store import RowStore
from dean06.sources.survey import Survey, survey
from dean06.sources.table import Record, Table
from dean06.sources.types import Quarantined, Skipped

_MOST_COLUMNS = 600
_CONTROL = re.compile("[\x00-\x1f\x7f]+")
_LIST_CELL = re.compile(r"\s*(\d{9,12}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*")


@dataclass(frozen=True, slots=True)
class _Bare:
    """A table without a header that anyone knows."""

    table: Table
    preview: Sequence[Record]
    last: int


class Collection:
    """Rows and columns taken so far; `claims` maps a field's code to the columns `c0`, `c1`, … that say they are it."""

    def __init__(self, path: Path, contract: Contract, headings: Headings, db: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.contract = contract
        self.headings = headings
        self.db = db
        self.rows = 0
        self.sheets: list[str] = []
        self.claims: dict[str, list[int]] = {}
        self.quarantined: list[Quarantined] = []
        self.skipped: list[Skipped] = []
        self.survey = Survey(odd={}, blank_rows=0)
        self._names: list[str] = []
        self._index: dict[tuple[str, int], int] = {}
        self._unnamed: set[int] = set()
        self._straight = False
        self._store: RowStore | None = None

    # ------------------------------------------------------------ rows

    def take(self, tables: Iterable[Table]) -> None:
        """Take every table; a sentence when none has a header, or a list stands without one."""
        self._store = RowStore(self.db)
        bare: list[_Bare] = []
        for table in tables:
            left = self._take_table(table, self._store)
            if left:
                bare.append(left)
        self.rows = self._store.finish()
        self._settle(bare)
        text = healed_columns(self.contract, self.claims)
        other = sorted({at for columns in self.claims.values() for at in columns} - set(text))
        self.survey = survey(self.db, "raw", text, other, len(self._names))

    def _settle(self, bare: Sequence[_Bare]) -> None:
        lists = [left for left in bare if not self.sheets or _is_list(left.preview)]
        if lists:
            worst = max(lists, key=lambda left: len(left.preview))
            raise refusals.unknown_header(self.path, worst.table.title, worst.preview, self.contract)
        if not self.sheets:
            raise refusals.empty(self.path)
        for left in bare:
            self.pass_over(left.table.title, 1, left.last, "trang_khong_co_bang")
        if self.rows == 0:
            raise refusals.no_rows(self.path, self.sheets, self.contract)

    def _take_table(self, table: Table, store: RowStore) -> _Bare | None:
        records = iter(table.rows)
        preview = list(islice(records, SEARCHED + 4))
        if not any(cell.strip() for _, cells, _ in preview for cell in cells):
            rest = _last_number(records, preview)
            if rest:
                self.pass_over(table.title, 1, rest, "dong_trong")
            return None
        header = self._find(table, preview)
        if header is None:
            return _Bare(table, preview, _last_number(records, preview))
        self.sheets.append(table.title)
        for number, cells, _ in preview[: header.first]:
            blank = not any(map(str.strip, cells))
            self.pass_over(table.title, number, number, "dong_trong" if blank else "tieu_de_bang")
        for number, _, _ in preview[header.first : header.last + 1]:
            self.pass_over(table.title, number, number, "tieu_de_cot")
        self._take_rows(table, header, chain(preview[header.last + 1 :], records), store)
        return None

    def _find(self, table: Table, preview: Sequence[Record]) -> Header | None:
        try:
            return find_header(
                [cells for _, cells, _ in preview],
                self.headings,
                table.merged,
                [number - 1 for number, _, _ in preview],
            )
        except TwoClaims as problem:
            raise refusals.two_claims(
                self.path, table.title, preview[problem.row][0], problem, self.contract
            ) from problem

    def _take_rows(self, table: Table, header: Header, records: Iterator[Record], store: RowStore) -> None:
        title, layout = table.title, Layout(header, self.contract.key, self.headings, table.strict_width)
        places = self.lay(header, store)
        for number, cells, fault in records:
            kind, reason = ("quarantine", fault) if fault else judge(cells, layout)
            if kind == "data":
                if len(cells) > len(places):
                    self._lay_more(places, cells, store)
                store.add(title, number, self._placed(cells, places))
            elif kind == "quarantine":
                # A slipped row keeps its cells, as many as there is room for: it alone is no reason to refuse a file.
                kept = cells[: len(places) + _MOST_COLUMNS - len(self._names)]
                if len(kept) > len(places):
                    self._lay_more(places, kept, store)
                store.add(title, number, self._placed(kept, places), QUARANTINED[reason])
                self.set_aside(title, number, reason)
            else:
                self.pass_over(title, number, number, reason)
                if kind == "header":
                    layout = self._again(table, cells, number, layout)
                    places = self.lay(layout.header, store)
            if store.taken > MOST_ROWS:
                raise too_many_rows(self.path)

    def _again(self, table: Table, cells: Sequence[str], number: int, layout: Layout) -> Layout:
        header = self._find(table, [(number, list(cells), "")])
        return Layout(header, self.contract.key, self.headings, table.strict_width) if header else layout

    def _placed(self, cells: list[str], places: list[int]) -> list[str]:
        if self._straight and len(cells) == len(self._names):
            return cells
        row = [""] * len(self._names)
        for place, cell in zip(places, cells, strict=False):
            row[place] = cell
        return row

    # ------------------------------------------------------------ accounts

    def set_aside(self, sheet: str, number: int, reason: str) -> None:
        """Put a row in quarantine."""
        self.quarantined.append(Quarantined(sheet, number, reason, QUARANTINED[reason]))

    def pass_over(self, sheet: str, first: int, last: int, reason: str) -> None:
        """Count rows as not data; neighbours with the same reason are kept as one run."""
        if self.skipped:
            before = self.skipped[-1]
            if (before.sheet, before.reason_code, before.until + 1) == (sheet, reason, first):
                self.skipped[-1] = Skipped(sheet, before.row, last, reason, SKIPPED[reason])
                return
        self.skipped.append(Skipped(sheet, first, last, reason, SKIPPED[reason]))

    # ------------------------------------------------------------ columns

    def lay(self, header: Header, store: RowStore | None = None) -> list[int]:
        """Return, for each column of a header, its column in the store; new names make new columns."""
        seen: Counter[str] = Counter()
        places = []
        for at, name in enumerate(header.names):
            shown = _CONTROL.sub(" ", name).strip()
            key = shown.casefold() if shown else f"\x00{at}"
            places.append(self._column(shown or f"Cột {column_letters(at)}", (key, seen[key]), named=bool(shown)))
            seen[key] += 1
        for code in {claim.code for claim in header.claims.values()}:
            known = self.claims.setdefault(code, [])
            known.extend(places[at] for at in header.columns(code) if places[at] not in known)
        self._straight = places == list(range(len(self._names)))
        if store:
            store.widen(len(self._names))
        return places

    def _lay_more(self, places: list[int], cells: list[str], store: RowStore) -> None:
        while cells and not cells[-1].strip() and len(cells) > len(places):
            cells.pop()
        places += [
            self._column(f"Cột {column_letters(at)}", (f"\x00{at}", 0), named=False)
            for at in range(len(places), len(cells))
        ]
        self._straight = places == list(range(len(self._names)))
        store.widen(len(self._names))

    def _column(self, name: str, key: tuple[str, int], *, named: bool) -> int:
        if key not in self._index:
            if len(self._names) >= _MOST_COLUMNS:
                raise refusals.too_wide(self.path, _MOST_COLUMNS)
            self._index[key] = len(self._names)
            self._names.append(name if key[1] == 0 else f"{name} ({key[1] + 1})")
            if not named:
                self._unnamed.add(self._index[key])
        return self._index[key]

    def originals(self) -> dict[int, str]:
        """Return the columns to keep as they came, with their names; without heading and content they are left out."""
        used = set(range(len(self._names))) - self._empty_unnamed()
        return {at: f"goc_{name}" for at, name in enumerate(self._names) if at in used}

    def _empty_unnamed(self) -> set[int]:
        if not self._unnamed:
            return set()
        order = sorted(self._unnamed)
        counts = self.db.execute(f"select {', '.join(f'count(c{at})' for at in order)} from every_row").fetchall()[0]
        return {at for at, count in zip(order, counts, strict=True) if count == 0}


def _last_number(records: Iterator[Record], preview: Sequence[Record]) -> int:
    for record in records:
        preview = (record,)
    return preview[-1][0] if preview else 0


def _is_list(preview: Sequence[Record]) -> bool:
    """Tell whether rows look like people's rows: several cells, one of them a date or a long number."""
    people = sum(
        sum(bool(cell.strip()) for cell in cells) >= 3 and any(_LIST_CELL.fullmatch(cell) for cell in cells)
        for _, cells, _ in preview
    )
    return people >= 2


def column_letters(at: int) -> str:
    """Return a column's letters as a spreadsheet shows them (0 is A, 26 is AA)."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
