"""One contract per sector dataset: its fields, header spellings, codes, date grammar, cadence and legal ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput
from dean06.sources import code_list
from dean06.sources.inherited import KEY, with_inherited
from dean06.sources.rule import DATA_DAY, DATES, Between, Code, Rule, Words
from dean06.sources.statement import StatementRule, predicates, purposes

SHIPPED = Path(__file__).parent / "contracts"
GENERAL = "chung"
ORDINAL = "stt"  # a row's place in its list: no column of the batch has it

Role = Literal[
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "so_giay_to",
    "so_cccd",
    "so_cmnd",
    "ma_xa",
    "dia_chi",
    "ho_ten_cha",
    "ho_ten_me",
    "khoa",
]
ROLES: tuple[str, ...] = get_args(Role)


class FieldType(StrEnum):
    """How the text of a field is treated at the door."""

    NAME = "name"
    TEXT = "text"
    DATE = "date"
    SEX = "sex"
    NUMBER = "number"
    CODE = "code"
    MARK = "mark"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldRule(_Strict):
    """One field: how its column is recognised and what it holds.

    `headers` are whole headings, written as an office writes them; `contains` are sets of words that a longer heading
    must hold, `lacks` words that it must not. `part_of` names the field that this one is joined into. `codes` are the
    values the field may hold, each with what it stands for; `catalogue` names a list of codes with dates instead, and
    `dated_by` the field whose day says which of them stood.
    """

    code: Code
    title: Words
    type: FieldType
    role: Role | None = None
    part_of: str | None = None
    headers: tuple[str, ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    required: bool = False
    pattern: str | None = None
    codes: Mapping[str, str] = Field(default_factory=dict)
    catalogue: str | None = None
    dated_by: str | None = None
    sensitive: bool = False

    @property
    def column(self) -> str:
        """Return the name of the column this field becomes in the batch."""
        return self.role or self.code


class DateGrammar(_Strict):
    """How dates are written: the order of day and month, and how exact a date may be."""

    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    precision: tuple[Literal["day", "month", "year"], ...] = ("day", "month", "year")
    spreadsheet_serials: bool = True


SPAN_OF = {"month": 1, "quarter": 3, "year": 12}


def _month(counted: int) -> str:
    return f"{counted // 12}-{counted % 12 + 1:02d}"


class Cadence(_Strict):
    """When a delivery is expected: every month by the agreed day (a local agreement, not a clause)."""

    every: Literal["month", "quarter", "year", "once"]
    day: int = Field(ge=1, le=28)

    def newest(self, today: date) -> tuple[str, str, date] | None:
        """Return the first and last month of the newest span that has ended, and the day by which its list is due.

        None where a list comes once, whenever it comes.
        """
        months = SPAN_OF.get(self.every)
        if months is None:
            return None
        ended = (today.year * 12 + today.month - 1) // months * months  # the month after the span's last, counted
        first, last = ended - months, ended - 1
        due = date(ended // 12, ended % 12 + 1, self.day)
        return _month(first), _month(last), due


class Legal(_Strict):
    """Why the data may be held and compared."""

    purpose: Words
    basis: tuple[Words, ...] = Field(min_length=1)
    retention_months: int = Field(ge=1, le=240)
    sensitivity: Literal["basic", "sensitive"]


class Target(_Strict):
    """Whom a programme is for, so that it can be said who is missing; age is counted by the calendar year."""

    least_age: int | None = Field(default=None, ge=0, le=130)
    most_age: int | None = Field(default=None, ge=0, le=130)
    sex: Literal["Nam", "Nữ"] | None = None
    source: Words


class Freshness(_Strict):
    """Which dates of a row say how current it is.

    `event` and `entered`: when something happened (a birth, a death, a move, a marriage) and when the data first showed
    it. `confirmed` with `months`: when the record was last confirmed or changed, and for how long that holds; or
    `until`: the day to which the record itself says that it holds.
    """

    event: str | None = None
    entered: str | None = None
    confirmed: str | None = None
    months: int | None = Field(default=None, ge=1, le=240)
    until: str | None = None
    source: Words

    @property
    def names(self) -> tuple[str, ...]:
        """Return the fields it names."""
        return tuple(name for name in (self.event, self.entered, self.confirmed, self.until) if name)

    @model_validator(mode="after")
    def _whole(self) -> Freshness:
        if (self.event is None) != (self.entered is None):
            raise ValueError("`event` and `entered` go together")
        if (self.confirmed is None) != (self.months is None):
            raise ValueError("`confirmed` and `months` go together")
        if self.confirmed and self.until:
            raise ValueError("say either `confirmed` or `until`")
        if not self.names:
            raise ValueError("say which dates tell how current a row is")
        return self


class Layout(_Strict):
    """Where the layout comes from: a document, or assumed from known facts until the agency hands over its own."""

    kind: Literal["assumed", "documented"]
    source: Words


class Absence(StrEnum):
    """What it means that a person is not in a delivery."""

    PROVES_NOTHING = "proves_nothing"
    PROVES_IF_COMPLETE = "proves_if_complete"


PERSON = Words(vi="Người", en="Person")
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class Contract(_Strict):
    """The contract of one source.

    `subject` is what a row speaks of; where that is no person, `person` is the one in it who is matched (whoever
    represents an enterprise, uses a parcel): the roles are that person's. `owner` is the agency that answers where no
    charter names one. `rules_off` stand written and are not tested.

    `also` are contracts that read the same file with another person of the row as the one who is matched; each of them
    names this one as the list it stands `beside`. Where `recurs`, one person may rightly stand in several rows.
    `keeps` says whom the list rightly keeps though the register has them dead or gone: an entry of what once happened
    stays right.
    """

    id: Id
    version: int = Field(ge=1)
    valid_from: date
    valid_to: date | None = None
    title: Words
    system: str | None = Field(default=None, pattern=r"^S(0[1-9]|1[0-9]|2[0-8])$")
    subject: Words = PERSON
    person: Words = PERSON
    layout: Layout
    dates: DateGrammar = Field(default_factory=DateGrammar)
    sex_codes: Mapping[str, Literal["Nam", "Nữ", ""]]
    cadence: Cadence
    legal: Legal
    owner: str | None = Field(default=None, pattern=r"^[A-Z0-9]{2,20}$")
    absence: Absence
    target: Target | None = None
    freshness: Freshness | None = None
    key: str | None = None
    also: tuple[Id, ...] = ()
    beside: Id | None = None
    recurs: bool = False
    keeps: tuple[Literal["chet", "chuyen_di"], ...] = ()
    fields: tuple[FieldRule, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    rules_off: tuple[Rule, ...] = ()
    statements: tuple[StatementRule, ...] = ()

    @model_validator(mode="after")
    def _agree(self) -> Contract:
        codes = [field.code for field in self.fields]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise _wrong("field_twice", "field declared twice: {names}", twice)
        if orphans := sorted(field.code for field in self.fields if field.part_of and field.part_of not in codes):
            raise _wrong("part_of_nothing", "part of an unknown field: {names}", orphans)
        key = [field.code for field in self.fields if field.role == "khoa"]
        if (self.key is None) != (not key) or (self.key and key != [self.key]):
            raise _wrong("key_unclear", "`key` must name the one field whose role is `khoa`", key)
        if self.beside == self.id or self.id in self.also or (self.beside and self.also):
            raise _wrong("beside_itself", "a list stands beside another, and no third one beside it", [self.id])
        self._rules_fit()
        self._statements_fit()
        return self

    def _rules_fit(self) -> None:
        kinds = {field.code: field.type for field in self.fields}
        told = [rule.code for rule in (*self.rules, *self.rules_off)]
        if twice := sorted({code for code in told if told.count(code) > 1}):
            raise _wrong("rule_twice", "rule declared twice: {names}", twice)
        dated = {field.dated_by for field in self.fields if field.dated_by}
        if odd := sorted(name for name in dated if kinds.get(name) is not FieldType.DATE):
            raise _wrong("dated_by_no_date", "codes are dated by what is no date: {names}", odd)
        told_by = self.freshness.names if self.freshness else ()
        if odd := sorted(name for name in told_by if kinds.get(name) is not FieldType.DATE):
            raise _wrong("freshness_no_date", "freshness is told by what is no date: {names}", odd)
        parts = {field.code for field in self.fields if field.part_of}
        for rule in self.rules:
            if lost := sorted(set(rule.names) & parts):
                raise _wrong("rule_of_part", "rule {rule} names what is joined into another field: {names}", lost, rule)
            if unknown := sorted(set(rule.names) - {*kinds, DATA_DAY}):
                raise _wrong("rule_of_nothing", "rule {rule} names unknown fields: {names}", unknown, rule)
            dates = (rule.earlier, rule.later) if isinstance(rule, DATES) else ()
            if odd := sorted(name for name in dates if name != DATA_DAY and kinds[name] is not FieldType.DATE):
                raise _wrong("rule_of_no_date", "rule {rule} compares what is no date: {names}", odd, rule)
            if isinstance(rule, Between) and kinds[rule.field] is not FieldType.NUMBER:
                raise _wrong("rule_of_no_number", "rule {rule} measures what is no number: {names}", [rule.field], rule)

    def _statements_fit(self) -> None:
        """Refuse a statement of anything but a channel: who somebody is and where they live is the register's alone."""
        kinds = {field.code: field for field in self.fields if not field.part_of}
        for one in self.statements:
            read = (one.field, *one.days, *(when.field for when in one.unless))
            if unknown := sorted(set(read) - set(kinds)):
                raise ValueError(f"statement {one.predicate} names unknown fields: {', '.join(unknown)}")
            said = kinds[one.field]
            if said.role not in {None, "khoa"} or said.type not in {FieldType.CODE, FieldType.TEXT}:
                raise ValueError(f"statement {one.predicate} tells who a person is: {one.field}")
            if one.predicate not in predicates():
                raise ValueError(f"no such predicate: {one.predicate}")
            if strange := sorted(set(one.purposes) - set(purposes())):
                raise ValueError(f"statement {one.predicate} has unknown purposes: {', '.join(strange)}")
            if odd := sorted(name for name in one.days if kinds[name].type is not FieldType.DATE):
                raise ValueError(f"statement {one.predicate} is dated by what is no date: {', '.join(odd)}")
            if one.basis > len(self.legal.basis):
                raise ValueError(f"statement {one.predicate} rests on a ground that the contract does not name")
        told = [(one.predicate, one.field) for one in self.statements]
        if len(told) != len(set(told)):
            raise ValueError("statement declared twice")

    def field(self, code: str) -> FieldRule:
        """Return one field of the contract."""
        return next(field for field in self.fields if field.code == code)

    @property
    def second(self) -> frozenset[str]:
        """Return the fields that speak of the person matched where that one is the second of a row, else none."""
        return (
            frozenset(one.code for one in self.fields if one.role and one.role != KEY) if self.beside else frozenset()
        )

    @property
    def own_fields(self) -> tuple[FieldRule, ...]:
        """Return the fields that a row is made of: not its place in the list, nor what is joined into another field."""
        return tuple(one for one in self.fields if one.code != ORDINAL and not one.part_of)

    def spellings(self, field: FieldRule, day: date | None = None) -> dict[str, str]:
        """Return every spelling of a field's codes, each with its code; none where the field is free.

        With a day, a dated list gives the codes that stood on it; without, whenever they stood.
        """
        if field.type is FieldType.SEX:
            return {code: sex or code for code, sex in self.sex_codes.items()}
        if field.catalogue:
            listed = code_list.shipped(field.catalogue)
            return {text: code.code for code in (listed.on(day) if day else listed.codes) for text in code.spellings}
        return {text: code for code, words in field.codes.items() for text in (code, words)}


def _wrong(kind: str, said: str, names: Sequence[str], rule: Rule | None = None) -> PydanticCustomError:
    """Return a fault of the whole contract under a name of its own, so that it can be told in another language."""
    return PydanticCustomError(kind, said, {"names": ", ".join(names), "rule": rule.code if rule else ""})


Known = Callable[[str], "Contract | None"]


def load(path: Path, known: Known = lambda _: None) -> Contract:
    """Read and check one contract; each error names the file and the path inside it.

    `known` finds the contract that this one extends.
    """
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as problem:
        raise BadInput(
            f"Hợp đồng dữ liệu «{path.name}» không đọc được như YAML: sửa tệp rồi chạy lại.",
            f"Contract {path.name!r} cannot be read as YAML ({type(problem).__name__}): correct it and run again.",
        ) from problem
    try:
        return Contract.model_validate(with_inherited(data, known))
    except ValidationError as problem:
        raise _unfit(path, problem) from problem


def _unfit(path: Path, problem: ValidationError) -> BadInput:
    where = [
        f"{'.'.join(str(step) for step in error['loc']) or '(tệp)'}: {error['msg']}"
        for error in problem.errors(include_url=False, include_input=False)
    ]
    listing = "; ".join(where)
    return BadInput(
        f"Hợp đồng dữ liệu «{path.name}» sai ở {len(where)} chỗ: {listing}.",
        f"Contract {path.name!r} is wrong in {len(where)} places: {listing}.",
    )


@cache
def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the contracts that come with the product, the general one first."""
    return GENERAL, *sorted(path.stem for path in SHIPPED.glob("*.yaml") if path.stem != GENERAL)


@cache
def shipped(source: str) -> Contract:
    """Return one contract that comes with the product."""
    return load(SHIPPED / f"{source}.yaml", lambda parent: shipped(parent) if parent in shipped_ids() else None)
