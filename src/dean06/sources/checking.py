"""Checking a batch against its contract: every row that breaks a rule, by row, rule and field; never by value.

What each field promises by itself (filled, readable, of its pattern, among its codes) is checked like a rule that the
contract spells out. A rule whose columns a delivery does not have is not tested, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import assert_never

import duckdb

from dean06.orthography import dates, sql
from dean06.sources.code_list import shipped
from dean06.sources.contract import Contract, FieldRule, FieldType
from dean06.sources.rule import (
    DATA_DAY,
    Alike,
    Apart,
    Bans,
    Between,
    Differ,
    Needs,
    Once,
    Order,
    Rule,
    When,
    Words,
)
from dean06.sources.store import connect, write_parquet
from dean06.sources.types import Batch, BrokenRow, Checked, RuleCount

# What a field promises by itself, and the sentence that tells a clerk what is wrong.
MISSING, PATTERN, CODE, DATE, NUMBER, FUTURE = "thieu", "sai_mau", "ngoai_danh_muc", "sai_ngay", "sai_so", "tuong_lai"
PROMISES: Mapping[str, Words] = {
    MISSING: Words(vi="Ô bắt buộc để trống", en="A required cell is empty"),
    PATTERN: Words(vi="Sai mẫu đã thỏa thuận", en="Not of the agreed pattern"),
    CODE: Words(vi="Không có trong danh mục mã ở ngày của dữ liệu", en="Not among the codes valid on the data's day"),
    DATE: Words(vi="Không đọc được như một ngày có thật", en="Cannot be read as a day of the calendar"),
    NUMBER: Words(vi="Không đọc được như một số", en="Cannot be read as a number"),
    FUTURE: Words(vi="Ngày sinh sau ngày của dữ liệu", en="A birth date after the data's day"),
}
AHEAD = 80  # years after the data's day that a date of expiry may lie
_BORN = "ngay_sinh"

__all__ = ["PROMISES", "broken_places", "check", "promises_of"]


@dataclass(frozen=True, slots=True)
class _Test:
    """One thing to test: SQL for the rows it can be tested on, and for those of them that break it."""

    rule: str
    kind: str
    field: str
    tested: str
    broken: str


def check(batch: Batch, contract: Contract, day: date, out: Path) -> Checked:
    """Write (stt, luat, truong) of every row that breaks a rule on a day to a Parquet file; return the counts."""
    out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with connect(out.parent) as db:
        columns = _columns(db, batch)
        bench = _Bench(db, contract, columns, day)
        tests = list(bench.tests())
        counts = _counted(db, tests)
        lists = [
            f"select stt, '{one.rule}' as luat, '{one.field}' as truong from typed where {one.broken}"
            for one in tests
            if counts[one.rule, one.field].broken
        ]
        nothing = "select null::bigint as stt, null::varchar as luat, null::varchar as truong where false"
        query = f"select * from ({' union all '.join(lists) or nothing}) order by stt, luat, truong"
        draft = out.with_suffix(".part")
        facts = {"contract": contract.id, "version": contract.version, "day": day.isoformat()}
        write_parquet(db, query, draft, facts)
        rows = db.execute(f"select count(distinct stt) from read_parquet({sql.quoted(str(draft))})").fetchall()[0][0]
    draft.replace(out)
    left = tuple(sorted({rule.code for rule in contract.rules} - {one.rule for one in tests}))
    return Checked(
        contract=contract.id,
        version=contract.version,
        day=day,
        rows=batch.rows - len(batch.quarantined),
        broken_rows=int(rows),
        rules=tuple(counts.values()),
        untested=left,
    )


def promises_of(contract: Contract, one: FieldRule) -> tuple[str, ...]:
    """Return what a field promises by itself, whichever columns a list has; a second list of a file leaves it."""
    if contract.beside:
        return ()
    told = (
        (MISSING, one.required),
        (PATTERN, bool(one.pattern)),
        (CODE, bool(one.catalogue or contract.spellings(one))),
        (DATE, one.type is FieldType.DATE),
        (NUMBER, one.type is FieldType.NUMBER),
        (FUTURE, one.role == _BORN),
    )
    return tuple(code for code, said in told if said)


def broken_places(batch: Batch, broken: Path) -> tuple[BrokenRow, ...]:
    """Return every breach that `check` wrote, by sheet and row of the batch's file."""
    with connect(broken.parent) as db:
        found = db.execute(
            f"""select trang_tinh, dong, luat, truong from read_parquet({sql.quoted(str(broken))})
                join (select stt, trang_tinh, dong from read_parquet({sql.quoted(str(batch.parquet))})) using (stt)
                order by stt, luat, truong"""
        ).fetchall()
    return tuple(BrokenRow(sheet=one[0] or "", row=int(one[1]), rule=one[2], field=one[3]) for one in found)


def _columns(db: duckdb.DuckDBPyConnection, batch: Batch) -> frozenset[str]:
    """Lay the sound rows of a batch as `lo` and return its columns."""
    source = f"read_parquet({sql.quoted(str(batch.parquet))})"
    names = frozenset(str(row[0]) for row in db.execute(f"describe select * from {source}").fetchall())
    sound = "where cach_ly is null" if "cach_ly" in names else ""
    db.execute(f"create view lo as select * from {source} {sound}")
    return names


def _counted(db: duckdb.DuckDBPyConnection, tests: Sequence[_Test]) -> dict[tuple[str, str], RuleCount]:
    if not tests:
        return {}
    asked = ", ".join(f"count(*) filter (where {one.tested}), count(*) filter (where {one.broken})" for one in tests)
    found = db.execute(f"select {asked} from typed").fetchall()[0]
    pairs = zip(found[::2], found[1::2], strict=True)
    return {
        (one.rule, one.field): RuleCount(
            rule=one.rule, kind=one.kind, field=one.field, tested=int(tested), broken=int(broken)
        )
        for one, (tested, broken) in zip(tests, pairs, strict=True)
    }


class _Bench:
    """The rows of a batch with each field typed once, and the tests that its contract asks for."""

    def __init__(self, db: duckdb.DuckDBPyConnection, contract: Contract, columns: frozenset[str], day: date) -> None:
        self._db, self._contract, self._day = db, contract, day
        self._fields = {one.code: one for one in contract.own_fields if one.column in columns}
        self._today = _as_number(day)
        self._type()

    def tests(self) -> Iterator[_Test]:
        """Yield what can be tested: first what each field promises, then the contract's own rules."""
        for one in self._fields.values():
            if not self._contract.beside:  # what a cell says of itself, the first list of the file tells
                yield from self._promises(one)
        for rule in self._contract.rules:
            if all(name in self._fields or name == DATA_DAY for name in rule.names):
                tested, broken = self._of(rule)
                yield _Test(rule.code, rule.kind, rule.blamed, tested, f"({tested}) and ({broken})")

    # ------------------------------------------------------------ what each field holds

    def _type(self) -> None:
        """Lay `typed`: each field's text `t_`, and its date `d_` or number `n_` where it is one."""
        columns, joins = ["lo.stt"], []
        needed = {name for rule in self._contract.rules for name in rule.names}
        for one in self._fields.values():
            if not self._is_read(one, needed):
                continue
            text = f"nullif({sql.single_spaces(f'lo.{sql.identifier(one.column)}')}, '')"
            columns.append(f"{text} as t_{one.code}")
            if one.type is FieldType.DATE:
                self._read_days(one)
                columns.append(f"y_{one.code}.dob as d_{one.code}, coalesce(y_{one.code}.odd, false) as o_{one.code}")
                joins.append(f"left join y_{one.code} on y_{one.code}.raw = lo.{sql.identifier(one.column)}")
            if one.type is FieldType.NUMBER:
                columns.append(f"{_number(text)} as n_{one.code}")
        self._db.execute(f"create table typed as select {', '.join(columns)} from lo {' '.join(joins)}")

    def _is_read(self, one: FieldRule, needed: set[str]) -> bool:
        promises = one.required or one.pattern or one.codes or one.catalogue
        return bool(promises) or one.code in needed or one.type in (FieldType.DATE, FieldType.NUMBER, FieldType.SEX)

    def _read_days(self, one: FieldRule) -> None:
        column = sql.identifier(one.column)
        spelt = f"select distinct {column} as raw from lo where {column} is not null"
        ahead = 3 if one.role == _BORN else AHEAD
        read = dates.parsed(spelt, order=self._contract.dates.order, newest=self._day.year, ahead=ahead)
        self._db.execute(f"create table y_{one.code} as {read}")

    # ------------------------------------------------------------ what each field promises

    def _promises(self, one: FieldRule) -> Iterator[_Test]:
        text, filled = f"t_{one.code}", f"t_{one.code} is not null"

        def broken(rule: str, condition: str) -> _Test:
            return _Test(rule, rule, one.code, filled, f"{filled} and ({condition})")

        if one.required:
            yield _Test(MISSING, MISSING, one.code, "true", f"{text} is null")
        if one.pattern:
            yield broken(PATTERN, f"not regexp_full_match({text}, {sql.quoted(one.pattern)})")
        if one.catalogue:
            yield broken(CODE, self._unlisted(one))
        elif listed := self._contract.spellings(one):
            known = ", ".join(map(sql.quoted, self._plain(listed)))
            yield broken(CODE, f"{sql.plain(text)} not in ({known})")
        if one.type is FieldType.DATE:
            yield broken(DATE, f"o_{one.code}")
        if one.type is FieldType.NUMBER:
            yield broken(NUMBER, f"n_{one.code} is null")
        if one.role == _BORN:
            yield broken(FUTURE, f"coalesce({_after(f'd_{one.code}', str(self._today))}, false)")

    def _unlisted(self, one: FieldRule) -> str:
        """Return SQL that says a code did not stand on the row's own day, else on the day of the data.

        A day that is known in part is any day of it.
        """
        rows = ", ".join(
            f"({sql.quoted(text)}, {_as_number(code.valid_from)}, {_as_number(code.valid_to or date.max)})"
            for code in shipped(one.catalogue or "").codes
            for text in code.spellings
        )
        table = f"l_{one.code}"
        told = f"select {sql.plain('raw')} as p, since, until from (values {rows}) v (raw, since, until)"
        self._db.execute(f"create table {table} as {told}")
        dated = f"d_{one.dated_by}" if one.dated_by in self._fields else "null"
        day = f"coalesce({dated}, {self._today})"
        first, last = (
            f"({day} + case when {day} % 10000 = 0 then {year} when {day} % 100 = 0 then {month} else 0 end)"
            for year, month in ((101, 1), (1231, 31))
        )
        return f"""not exists (select 1 from {table} where {table}.p = {sql.plain(f"t_{one.code}")}
            and {table}.since <= {last} and {first} < {table}.until)"""

    # ------------------------------------------------------------ rules

    def _date(self, name: str) -> str:
        return str(self._today) if name == DATA_DAY else f"d_{name}"

    def _filled(self, *names: str) -> str:
        return " and ".join(
            f"d_{name} is not null" if self._fields[name].type is FieldType.DATE else f"t_{name} is not null"
            for name in names
            if name != DATA_DAY
        )

    def _value(self, name: str) -> str:
        """Return SQL for what a field holds, written so that the same thing is the same text.

        A code of no list that has no digit says that there is none ("không", "chưa có"), and is nothing to compare.
        """
        one = self._fields[name]
        if one.type is FieldType.DATE:
            return f"d_{name}::varchar"
        if listed := self._contract.spellings(one):
            return self._code(f"t_{name}", listed)
        if one.type is FieldType.CODE:
            bare = sql.replaced(f"upper(t_{name})", r"[\s.-]")
            return f"case when regexp_matches(t_{name}, '[0-9]') then {bare} end"
        return sql.plain(f"t_{name}")

    def _code(self, text: str, listed: Mapping[str, str]) -> str:
        """Return SQL for the code that a text stands for; one that stands for none is itself, without its marks."""
        known = {str(plain): code for plain, code in self._plain(listed).items()}
        pairs = ", ".join(f"{sql.quoted(plain)}: {sql.quoted(code)}" for plain, code in known.items())
        return f"coalesce(map {{{pairs}}}[{sql.plain(text)}], {sql.plain(text)})"

    def _plain(self, listed: Mapping[str, str]) -> dict[str, str]:
        """Return the spellings as they are compared, each with its code."""
        asked = ", ".join(f"({sql.quoted(text)}, {sql.quoted(code)})" for text, code in listed.items())
        rows = self._db.execute(f"select {sql.plain('raw')}, code from (values {asked}) v (raw, code)").fetchall()
        return {str(plain): str(code) for plain, code in rows}

    def _when(self, when: When) -> str:
        if when.among:
            listed = self._contract.spellings(self._fields[when.field])

            def told(text: str) -> str:
                return self._code(text, listed) if listed else sql.plain(text)

            among = ", ".join(told(sql.quoted(one)) for one in when.among)
            return f"t_{when.field} is not null and {told(f't_{when.field}')} in ({among})"
        return f"t_{when.field} is {'not ' if when.filled else ''}null"

    def _of(self, rule: Rule) -> tuple[str, str]:
        """Return SQL for where a rule can be tested, and where it is broken."""
        match rule:
            case Order(earlier=earlier, later=later):
                broken = _after(self._date(earlier), self._date(later))
            case Apart(earlier=earlier, later=later):
                broken = _years_break(rule, self._date(earlier), self._date(later))
            case Needs(field=field):
                broken = f"t_{field} is null"
            case Bans(field=field):
                broken = f"t_{field} is not null"
            case Differ(fields=(one, other)):
                broken = f"coalesce({self._value(one)} = {self._value(other)}, false)"
            case Alike(by=by, field=field):
                value = self._value(field)
                broken = self._shared(self._value(by), rule.names, f"min({value}) <> max({value})")
            case Once(fields=fields):
                together = " || chr(31) || ".join(map(self._value, fields))  # nothing, where one of them is nothing
                broken = self._shared(together, fields, "count(*) > 1")
            case Between(field=field, least=least, most=most):
                bounds = [f"n_{field} {sign} {end}" for sign, end in (("<", least), (">", most)) if end is not None]
                broken = " or ".join(bounds)
            case _:
                assert_never(rule)
        return self._testable(rule), broken

    def _testable(self, rule: Rule) -> str:
        match rule:
            case Needs(when=when) | Bans(when=when):
                return self._when(when)
            case Apart(when=When() as when, earlier=earlier, later=later):
                return f"{self._filled(earlier, later)} and {self._when(when)}"
            case Between(field=field):
                return f"n_{field} is not null"
            case _:
                return self._filled(*rule.names)

    def _shared(self, group: str, names: Sequence[str], found: str) -> str:
        """Return SQL that finds a row by what it shares with other rows; the shared keys are worked out once."""
        table = f"k_{len(self._db.execute('show tables').fetchall())}"
        asked = f"select {group} as k from typed where {self._filled(*names)} group by 1 having {found}"
        self._db.execute(f"create table {table} as select * from ({asked}) where k is not null")
        return f"coalesce({group} in (select k from {table}), false)"


def _as_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _after(one: str, other: str) -> str:
    """Return SQL that says one date is after another for certain; what either does not know is not compared."""
    return f"""case when {one} % 10000 = 0 or {other} % 10000 = 0 then {one} // 10000 > {other} // 10000
        when {one} % 100 = 0 or {other} % 100 = 0 then {one} // 100 > {other} // 100 else {one} > {other} end"""


def _years_break(rule: Apart, earlier: str, later: str) -> str:
    """Return SQL that says the whole years between two dates are too few or too many for certain."""
    whole = f"{earlier} % 100 > 0 and {later} % 100 > 0"
    calendar = f"({later} // 10000 - {earlier} // 10000)"
    years = f"({calendar} - ({later} % 10000 < {earlier} % 10000)::int)"
    found = []
    if rule.least is not None:
        found.append(f"case when {whole} then {years} else {calendar} end < {rule.least}")
    if rule.most is not None:
        found.append(f"case when {whole} then {years} else {calendar} - 1 end > {rule.most}")
    return " or ".join(found)


def _number(text: str) -> str:
    """Return SQL for a number as Vietnamese or English lists write it; null where it is none."""
    bare = sql.replaced(text, r"[\s\x{a0}]")
    return f"""try_cast(case when regexp_full_match({bare}, '-?[0-9]{{1,3}}([.][0-9]{{3}})+(,[0-9]+)?')
        then replace(replace({bare}, '.', ''), ',', '.')
        when regexp_full_match({bare}, '-?[0-9]{{1,3}}(,[0-9]{{3}})+([.][0-9]+)?') then replace({bare}, ',', '')
        when regexp_full_match({bare}, '-?[0-9]+,[0-9]+') then replace({bare}, ',', '.') else {bare} end as double)"""
