"""Finding the header of a table: after title rows, over one to three rows, and which column is which field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dean06.orthography.service import fold, readings
from dean06.sources.headings import Claim, Headings, about_kin, words_of

SEARCHED = 120
_DEEPEST = 3
_LONGEST_HEADING = 120
_DATA = re.compile(r"\s*('?\d[\d .]{4,}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(19|20)\d{2})\s*")
_SPACES = re.compile("[ \t\r\n]+")
_NAME_PARTS = ("ho_ten", "ho_dem", "ho", "ten")
_PARTS = {
    "sinh_ngay_so": ("ngay", "sinh ngay", "ngay sinh"),
    "sinh_thang_so": ("thang", "thang sinh"),
    "sinh_nam_so": ("nam", "nam sinh"),
}
_BIRTH_WORDS = frozenset({"nu", *(word for words in _PARTS.values() for word in words)})

Row = Sequence[str]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its rows (`first` to `last`, 0-based in the rows searched), names and claims by column."""

    first: int
    last: int
    names: tuple[str, ...]
    claims: Mapping[int, Claim]
    cells: frozenset[str]

    def columns(self, code: str) -> list[int]:
        """Return the columns that say they are this field, the likeliest first."""
        found = [(claim.rank, claim.order, at) for at, claim in self.claims.items() if claim.code == code]
        return [at for _, _, at in sorted(found)]


class TwoClaims(Exception):
    """Two columns say that they are the same field, equally well."""

    def __init__(self, code: str, row: int, first: str, second: str) -> None:
        super().__init__(code)
        self.code, self.row, self.first, self.second = code, row, first, second


def find_header(
    rows: Sequence[Row], headings: Headings, merged: Merged = (), numbers: Sequence[int] = ()
) -> Header | None:
    """Return the first header among the rows, or None; TwoClaims when a field that must be one is claimed twice.

    `numbers` are the rows' numbers in the sheet, so that merged ranges can be laid over them.
    """
    for at in range(min(len(rows), SEARCHED)):
        header = _header_at(rows, at, headings, _Merges(merged, numbers or range(len(rows))))
        if header is not None:
            _refuse_two(header, headings.single)
            return header
    return None


def likeliest(rows: Sequence[Row]) -> int:
    """Return the index of the row that looks most like a header nobody knows: the most short texts, no data."""
    return max(range(min(len(rows), SEARCHED)), key=lambda at: (_labels(rows[at]), -at), default=0)


def _labels(row: Row) -> int:
    cells = [cell for cell in row if cell.strip()]
    return 0 if any(_DATA.fullmatch(cell) for cell in cells) else sum(len(cell) <= _LONGEST_HEADING for cell in cells)


def _header_at(rows: Sequence[Row], at: int, headings: Headings, merges: _Merges) -> Header | None:
    if not _is_label_row(rows[at]) or not any(
        cell.strip() and _claim((_one_line(cell),), headings) for cell in rows[at]
    ):
        return None  # a title above the header has no heading of its own
    best: Header | None = None
    for depth in range(1, _DEEPEST + 1):
        span = rows[at : at + depth]
        if len(span) < depth or (depth > 1 and not _is_label_row(span[-1])):
            break
        header = _read(span, at, headings, merges)
        if header and (best is None or len(_codes(header)) > len(_codes(best))):
            best = header
    if best is None:
        return None
    return _read(rows[at : max(best.last, merges.bottom(at)) + 1], at, headings, merges) or best


def _is_label_row(row: Row) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return bool(cells) and not any(_DATA.fullmatch(cell) or len(cell) > _LONGEST_HEADING for cell in cells)


def _codes(header: Header) -> set[str]:
    return {claim.code for claim in header.claims.values()}


def _read(span: Sequence[Row], at: int, headings: Headings, merges: _Merges) -> Header | None:
    width = max(map(len, span))
    levels = [_filled(row, width, at + step, merges, last=step == len(span) - 1) for step, row in enumerate(span)]
    paths = [_path([level[column] for level in levels]) for column in range(width)]
    claims = _claims(paths, headings)
    header = Header(
        first=at,
        last=at + len(span) - 1,
        names=tuple(" / ".join(path) for path in paths),
        claims=claims,
        cells=frozenset(words_of(cell) for row in span for cell in row if cell.strip()),
    )
    codes = _codes(header)
    return header if any(code in codes for code in _NAME_PARTS) and len(codes) >= 2 and not _lonely(codes) else None


def _lonely(codes: set[str]) -> bool:
    """A name and an ordinal alone are a signature list, not something to search with."""
    return codes <= {*_NAME_PARTS, "dem", "stt"}


def _filled(row: Row, width: int, at: int, merges: _Merges, *, last: bool) -> list[str]:
    cells = [_one_line(cell) for cell in row] + [""] * (width - len(row))
    if last:
        return cells
    spread = list(cells)
    for column in range(1, width):
        if not cells[column] and merges.spreads(at, column, known=bool(spread[column - 1])):
            spread[column] = spread[column - 1]
    return spread


def _one_line(cell: str) -> str:
    return _SPACES.sub(" ", cell).strip(" ")  # a no-break space may be part of a garbled letter


def _path(levels: list[str]) -> tuple[str, ...]:
    path: list[str] = []
    for level in levels:
        if level and (not path or level != path[-1]):
            path.append(level)
    return tuple(path)


class _Merges:
    """Merged cells laid over the rows searched; where a format has none, an empty cell joins its left neighbour."""

    def __init__(self, merged: Merged, numbers: Sequence[int]) -> None:
        self._known = bool(merged)
        index = {number: at for at, number in enumerate(numbers)}
        self._over: set[tuple[int, int]] = set()
        self._bottom: dict[int, int] = {}
        for (top, left), (bottom, right) in merged:
            at = index.get(top)
            if at is None or at >= SEARCHED:
                continue
            self._over.update((at, column) for column in range(left + 1, right + 1))
            last = index.get(bottom, at)
            if right - left < 3:
                self._bottom[at] = max(self._bottom.get(at, at), min(last, at + _DEEPEST - 1))

    def spreads(self, at: int, column: int, *, known: bool) -> bool:
        return (at, column) in self._over if self._known else known

    def bottom(self, at: int) -> int:
        return self._bottom.get(at, at)


# ---------------------------------------------------------------- which column is which field


def claims_by_name(names: Sequence[str], headings: Headings) -> dict[str, list[int]]:
    """Return, by field, which of a batch's headings say they are it; the levels of a heading are joined by ` / `."""
    claims = _claims([tuple(name.split(" / ")) if name else () for name in names], headings)
    header = Header(first=0, last=0, names=tuple(names), claims=claims, cells=frozenset())
    return {code: header.columns(code) for code in {claim.code for claim in claims.values()}}


def _claims(paths: Sequence[tuple[str, ...]], headings: Headings) -> dict[int, Claim]:
    claims = {at: claim for at, path in enumerate(paths) if path and (claim := _claim(path, headings))}
    claims |= {at: claim for at, claim in _split_births(paths).items() if claim.code in headings.codes}
    return claims


def _claim(path: tuple[str, ...], headings: Headings) -> Claim | None:
    whole = " ".join(path)
    own = path[-1]
    kin = len(path) > 1 and about_kin(" ".join(path[:-1]))
    return headings.exact(whole) or (None if kin or len(path) == 1 else headings.exact(own)) or headings.holding(whole)


def _split_births(paths: Sequence[tuple[str, ...]]) -> dict[int, Claim]:
    """Read `Ngày | Tháng | Năm` and `Nam | Nữ` under a heading of birth: which one, the neighbours tell."""
    groups: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for at, path in enumerate(paths):
        if path and not about_kin(" ".join(path)):
            groups[path[:-1]].setdefault(_plain(path[-1]), at)
    found: dict[int, Claim] = {}
    for parent, children in groups.items():
        born = "sinh" in _plain(" ".join(parent)).split()
        found |= _of_sex(children) if born else {}
        found |= _of_date(children, born=born)
    return found


def _of_sex(children: Mapping[str, int]) -> dict[int, Claim]:
    if not {"nam", "nu"} <= children.keys():
        return {}
    return {children["nam"]: Claim("sinh_nam", 0, 0), children["nu"]: Claim("sinh_nu", 0, 0)}


def _of_date(children: Mapping[str, int], *, born: bool) -> dict[int, Claim]:
    found = {code: next((children[word] for word in words if word in children), None) for code, words in _PARTS.items()}
    day, month, year = found.values()
    if month is None or year is None:
        return {}
    side_by_side = day is not None and day + 2 == month + 1 == year
    if not (born or side_by_side or "thang sinh" in children):
        return {}
    return {at: Claim(code, 0, 0) for code, at in found.items() if at is not None}


def _plain(heading: str) -> str:
    forms = [fold(words_of(reading)) for reading in readings(heading)]
    return next((form for form in forms if form in _BIRTH_WORDS), forms[0])


def _refuse_two(header: Header, single: frozenset[str]) -> None:
    by_code: dict[str, list[int]] = defaultdict(list)
    for at, claim in header.claims.items():
        by_code[claim.code].append(at)
    for code, columns in by_code.items():
        best = min(header.claims[at].rank for at in columns)
        rivals = [at for at in columns if header.claims[at].rank == best]
        if len(rivals) > 1 and code in single:
            raise TwoClaims(code, header.last, header.names[rivals[0]], header.names[rivals[1]])
