"""One contract per sector dataset: its fields, header spellings, codes, date grammar, cadence and legal ground."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput

SHIPPED = Path(__file__).parent / "contracts"
GENERAL = "chung"

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


class Words(_Strict):
    """A text in Vietnamese and English."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class FieldRule(_Strict):
    """One field: how its column is recognised and what it holds.

    `headers` are whole headings, written as an office writes them; `contains` are sets of words that a longer heading
    must hold, `lacks` words that it must not. `part_of` names the field that this one is joined into.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
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


class Cadence(_Strict):
    """When a delivery is expected: every month by the agreed day (a local agreement, not a clause)."""

    every: Literal["month", "quarter", "year", "once"]
    day: int = Field(ge=1, le=28)


class Legal(_Strict):
    """Why the data may be held and compared."""

    purpose: Words
    basis: tuple[Words, ...] = Field(min_length=1)
    retention_months: int = Field(ge=1, le=240)
    sensitivity: Literal["basic", "sensitive"]


class Layout(_Strict):
    """Where the layout comes from: a document, or assumed from known facts until the agency hands over its own."""

    kind: Literal["assumed", "documented"]
    source: Words


class Absence(StrEnum):
    """What it means that a person is not in a delivery."""

    PROVES_NOTHING = "proves_nothing"
    PROVES_IF_COMPLETE = "proves_if_complete"


class Contract(_Strict):
    """The contract of one source."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    valid_from: date
    valid_to: date | None = None
    title: Words
    system: str | None = Field(default=None, pattern=r"^S(0[1-9]|1[0-9]|2[0-8])$")
    layout: Layout
    dates: DateGrammar = Field(default_factory=DateGrammar)
    sex_codes: Mapping[str, Literal["Nam", "Nữ", ""]]
    cadence: Cadence
    legal: Legal
    absence: Absence
    key: str | None = None
    fields: tuple[FieldRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _agree(self) -> Contract:
        codes = [field.code for field in self.fields]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"field declared twice: {', '.join(twice)}")
        orphans = sorted(field.code for field in self.fields if field.part_of and field.part_of not in codes)
        if orphans:
            raise ValueError(f"part of an unknown field: {', '.join(orphans)}")
        key = [field.code for field in self.fields if field.role == "khoa"]
        if (self.key is None) != (not key) or (self.key and key != [self.key]):
            raise ValueError("`key` must name the one field whose role is `khoa`")
        return self

    def field(self, code: str) -> FieldRule:
        """Return one field of the contract."""
        return next(field for field in self.fields if field.code == code)


def load(path: Path, inherit: Mapping[str, Contract] | None = None) -> Contract:
    """Read and check one contract; each error names the file and the path inside it."""
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as problem:
        raise BadInput(
            f"Hợp đồng dữ liệu «{path.name}» không đọc được như YAML: sửa tệp rồi chạy lại.",
            f"Contract {path.name!r} cannot be read as YAML ({type(problem).__name__}): correct it and run again.",
        ) from problem
    try:
        return Contract.model_validate(_with_inherited(data, inherit or {}))
    except ValidationError as problem:
        raise _unfit(path, problem) from problem


def _with_inherited(data: Any, known: Mapping[str, Contract]) -> Any:
    if not isinstance(data, dict) or "extends" not in data:
        return data
    own = {key: value for key, value in data.items() if key != "extends"}
    parent = known.get(str(data["extends"]))
    rules = own.get("fields")
    if parent is None or not isinstance(rules, list):
        return data  # left as it is: validation then names `extends` or `fields`
    declared = {rule.get("code") for rule in rules if isinstance(rule, dict)}
    kept = [field.model_dump(mode="json") for field in parent.fields if field.code not in declared]
    return own | {"fields": rules + kept}


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
    known = {} if source == GENERAL else {GENERAL: shipped(GENERAL)}
    return load(SHIPPED / f"{source}.yaml", known)
