"""From columns to roles, in SQL: the contract's fields out of the file's columns, parts joined, marks read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dean06.sources.contract import Contract, FieldType
from dean06.sources.survey import BLANK, FAILURES, FILLED, composed

_HEALED = frozenset({FieldType.NAME, FieldType.TEXT, FieldType.SEX})
_ADDRESS = ("thon", "xa", "huyen", "tinh")
_DAY_AND_MONTH = r"\s*[0-9]{1,2}[/.-][0-9]{1,2}\s*"
_TYPED_YEAR = r"^[0-3][0-9]/0[3-7]/1905$"

Claims = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class Roles:
    """The columns of the batch: each role's SQL, the columns it was read from, and conditions that count as repairs."""

    sql: dict[str, str] = field(default_factory=dict)
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    repairs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Care:
    """Columns that need care: those with odd cells, and of these the ones with a table of changes."""

    odd: Collection[int]
    mapped: Collection[int]


def healed_columns(contract: Contract, claims: Claims) -> list[int]:
    """Return the columns whose text may have been typed in a legacy encoding."""
    types = {rule.code: rule.type for rule in contract.fields}
    return sorted({at for code, columns in claims.items() if types[code] in _HEALED for at in columns})


def roles(contract: Contract, claims: Claims, care: Care, *, from_workbook: bool) -> Roles:
    """Work out the SQL of every role that the claims allow; `raw` and the tables `m<column>` are in scope."""
    made = Roles()
    read = _Reader(contract, claims, care)
    _name(read, made)
    _birth(read, made, from_workbook=from_workbook)
    _sex(read, made)
    _address(read, made)
    for rule in contract.own_fields:
        if rule.column in made.sql or rule.code not in claims:
            continue
        made.sql[rule.column] = read.first(rule.code)
        made.columns[rule.column] = tuple(claims[rule.code])
    used = sorted({at for columns in made.columns.values() for at in columns if at in care.odd})
    made.repairs["o_loi_bo_qua"] = " or ".join(f"coalesce(c{at} in ({FAILURES}), false)" for at in used)
    return made


class _Reader:
    """The SQL of one column as text: healed, composed, NULL when blank."""

    def __init__(self, contract: Contract, claims: Claims, care: Care) -> None:
        self.claims = claims
        self._types = {rule.code: rule.type for rule in contract.fields}
        self._care = care

    def has(self, *codes: str) -> bool:
        return any(code in self.claims for code in codes)

    def first(self, code: str) -> str:
        """Return SQL for the first of a field's columns that holds something."""
        columns = [self.column(at, self._types[code]) for at in self.claims.get(code, ())]
        return (
            columns[0]
            if len(columns) == 1
            else f"coalesce({', '.join(columns)})"
            if columns
            else "cast(null as varchar)"
        )

    def column(self, at: int, kind: FieldType) -> str:
        text = f"c{at}"
        if at not in self._care.odd:
            return text
        if kind in _HEALED:
            text = composed(text)
        if at in self._care.mapped:
            text = f"coalesce(m{at}.good, {text})"
        return f"case when regexp_matches(c{at}, '{FILLED}') and c{at} not in ({FAILURES}) then {text} end"

    def columns(self, codes: Sequence[str]) -> tuple[int, ...]:
        return tuple(at for code in codes for at in self.claims.get(code, ()))


def _name(read: _Reader, made: Roles) -> None:
    parts = [code for code in ("ho_dem", "ho", "dem", "ten") if read.has(code)]
    if read.has("ho_ten"):
        made.sql["ho_ten"] = read.first("ho_ten")
        made.columns["ho_ten"] = read.columns(["ho_ten"])
    elif parts:
        joined = ", ".join(f"trim({read.first(code)}, {BLANK})" for code in parts)
        made.sql["ho_ten"] = f"nullif(concat_ws(' ', {joined}), '')"
        made.columns["ho_ten"] = read.columns(parts)
        if len(parts) > 1:
            made.repairs["tach_ho_ten"] = f"({made.sql['ho_ten']}) is not null"


def _birth(read: _Reader, made: Roles, *, from_workbook: bool) -> None:
    options: list[str] = []
    split = ("sinh_ngay_so", "sinh_thang_so", "sinh_nam_so")
    if read.has("ngay_sinh") and read.has("nam_sinh"):
        day, year = read.first("ngay_sinh"), read.first("nam_sinh")
        options.append(
            f"case when regexp_full_match({day}, '{_DAY_AND_MONTH}') then trim({day}) || '/' || trim({year}) end"
        )
    if read.has("ngay_sinh"):
        options.append(read.first("ngay_sinh"))
    if read.has("sinh_nam_so"):
        joined = _joined_date(*(read.first(code) for code in split))
        options.append(joined)
        made.repairs["tach_ngay_sinh"] = f"({joined}) is not null"
    if read.has("sinh_nam", "sinh_nu"):
        options += [read.first("sinh_nam"), read.first("sinh_nu")]
        made.repairs["nam_sinh_theo_gioi"] = f"coalesce({read.first('sinh_nam')}, {read.first('sinh_nu')}) is not null"
    if read.has("nam_sinh"):
        options.append(read.first("nam_sinh"))
    if not options:
        return
    date = options[0] if len(options) == 1 else f"coalesce({', '.join(options)})"
    if from_workbook:  # a year typed into a cell formatted as a date shows as a day of spring 1905
        typed = f"regexp_matches({date}, '{_TYPED_YEAR}')"
        serial = f"date_diff('day', date '1899-12-30', strptime({date}, '%d/%m/%Y')::date)"
        made.repairs["nam_trong_o_ngay"] = typed
        date = f"case when {typed} then {serial}::varchar else {date} end"
    made.sql["ngay_sinh"] = date
    made.columns["ngay_sinh"] = read.columns(["ngay_sinh", *split, "sinh_nam", "sinh_nu", "nam_sinh"])


def _joined_date(day: str, month: str, year: str) -> str:
    d, m, y = (f"trim({part}, {BLANK})" for part in (day, month, year))
    two = "lpad({0}, greatest(2, length({0}))::integer, '0')"
    return f"""case when length({d}) > 2 then {d}
        when {y} is null then nullif(concat_ws('/', {d}, {m}), '')
        when {m} is null then {y}
        else concat_ws('/', {two.format(d)}, {two.format(m)}, {y}) end"""


def _sex(read: _Reader, made: Roles) -> None:
    options: list[str] = []
    if read.has("gioi_tinh"):
        options.append(read.first("gioi_tinh"))
    man, woman = read.first("gioi_nam"), read.first("gioi_nu")
    if read.has("gioi_nam", "gioi_nu"):
        marked = _marked(read, man, woman)
        options.append(marked)
        made.repairs["danh_dau_gioi_tinh"] = f"({marked}) is not null"
    if read.has("sinh_nam", "sinh_nu"):
        options.append(
            f"case when {read.first('sinh_nam')} is not null and {read.first('sinh_nu')} is null then 'Nam' "
            f"when {read.first('sinh_nu')} is not null and {read.first('sinh_nam')} is null then 'Nữ' end"
        )
    if options:
        made.sql["gioi_tinh"] = options[0] if len(options) == 1 else f"coalesce({', '.join(options)})"
        made.columns["gioi_tinh"] = read.columns(["gioi_tinh", "gioi_nam", "gioi_nu", "sinh_nam", "sinh_nu"])


def _marked(read: _Reader, man: str, woman: str) -> str:
    """Read a mark in the men's or women's column; with one column alone, no mark means the other sex."""
    no = "('0', 'không', 'khong', 'false', '-')"
    is_man = f"({man} is not null and lower(trim({man})) not in {no} and lower(trim({man})) not in ('nữ', 'nu'))"
    is_woman = f"({woman} is not null and lower(trim({woman})) not in {no} and lower(trim({woman})) <> 'nam')"
    if read.has("gioi_nam") and read.has("gioi_nu"):
        return f"case when {is_man} and not {is_woman} then 'Nam' when {is_woman} and not {is_man} then 'Nữ' end"
    if read.has("gioi_nu"):
        return f"case when {is_woman} then 'Nữ' else 'Nam' end"
    return f"case when {is_man} then 'Nam' else 'Nữ' end"


def _address(read: _Reader, made: Roles) -> None:
    parts = [code for code in _ADDRESS if read.has(code)]
    whole = [read.first("dia_chi")] if read.has("dia_chi") else []
    joined = ", ".join(f"trim({part}, {BLANK})" for part in [*whole, *(read.first(code) for code in parts)])
    if parts:
        made.sql["dia_chi"] = f"nullif(concat_ws(', ', {joined}), '')"
        made.columns["dia_chi"] = read.columns(["dia_chi", *parts])
