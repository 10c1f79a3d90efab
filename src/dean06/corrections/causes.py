"""Causes: what a verdict means for the one who corrects. Pure; the table is data, checked when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.corrections.errors import CausesInvalid
from dean06.corrections.types import Cause, Verdict

TABLE = Path(__file__).with_name("causes.yaml")
WHOLE_RECORD = "ho_so"
DIFFERS = "KHOP_SAI_LECH"

RuleForm = Literal[
    "order",
    "apart",
    "needs",
    "bans",
    "differ",
    "alike",
    "once",
    "between",
    "thieu",
    "sai_mau",
    "ngoai_danh_muc",
    "sai_ngay",
    "sai_so",
    "tuong_lai",
    "both",
    "number",
]
FieldCode = Literal["ho_so", "so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac"]
COMPARED: tuple[FieldCode, ...] = ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac")
Severity = Annotated[int, Field(ge=1, le=3)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, Field(min_length=1, max_length=200)]


class CauseEntry(BaseModel):
    """One cause as written in the table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    vi: Label
    en: Label
    severity: Severity
    fields: tuple[FieldCode, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    details: tuple[Code, ...] = ()
    rules: tuple[RuleForm, ...] = ()

    @model_validator(mode="after")
    def _of_one_kind(self) -> CauseEntry:
        if bool(self.rules) == bool(self.fields and self.verdicts):
            raise ValueError("a cause names either fields and verdicts, or rules")
        return self

    def fits(self, verdict: str, field: str, details: frozenset[str]) -> bool:
        """Say whether a difference of this kind has this cause."""
        here = verdict in self.verdicts and field in self.fields
        return here and (not self.details or not details.isdisjoint(self.details))


class Table(BaseModel):
    """The table of causes; every field that can differ has a cause whatever its details."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-causes/1"]
    working_days: dict[Severity, Annotated[int, Field(gt=0)]]
    causes: tuple[CauseEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Table:
        codes = [cause.code for cause in self.causes]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"a cause stands twice: {', '.join(twice)}")
        if set(self.working_days) != {1, 2, 3}:
            raise ValueError("working_days names the severities 1, 2 and 3")
        caught = {field for c in self.causes if not c.details and DIFFERS in c.verdicts for field in c.fields}
        if missing := sorted(set(COMPARED) - caught):
            raise ValueError(f"no cause without details for: {', '.join(missing)}")
        if missing := sorted(set(get_args(RuleForm)) - {form for cause in self.causes for form in cause.rules}):
            raise ValueError(f"no cause for broken rules of the form: {', '.join(missing)}")
        return self


def read(path: Path) -> Table:
    """Read and check a table of causes; every fault is named with its place."""
    try:
        return Table.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except (ValidationError, YAMLError) as fault:
        places = (
            "; ".join(f"{'.'.join(map(str, e['loc'])) or 'causes'}: {e['msg']}" for e in fault.errors())
            if isinstance(fault, ValidationError)
            else str(fault)
        )
        raise CausesInvalid(
            f"Bảng nguyên nhân {path.name} sai: {places}.", f"The table of causes {path.name} is wrong: {places}."
        ) from fault


@lru_cache(maxsize=1)
def _shipped() -> Table:
    return read(TABLE)


def _cause(entry: CauseEntry) -> Cause:
    return Cause(code=entry.code, vi=entry.vi, en=entry.en, severity=entry.severity)


def causes() -> dict[str, Cause]:
    """Return every cause by its code, in the table's order."""
    return {entry.code: _cause(entry) for entry in _shipped().causes}


@lru_cache(maxsize=4096)
def _cause_of(verdict: str, field: str, details: frozenset[str], *, by_detail: bool = False) -> Cause | None:
    """Return the first cause that fits; `by_detail` leaves out those that fit whatever the details say."""
    fitting = (entry for entry in _shipped().causes if entry.fits(verdict, field, details))
    return next((_cause(entry) for entry in fitting if entry.details or not by_detail), None)


def causes_of(
    verdict: str, wrong: Iterable[str], details: Mapping[str, frozenset[str]] | None = None
) -> tuple[tuple[str, Cause], ...]:
    """Return the findings of one row as (field, cause), from its verdict, its `sai_truong` and the details by field.

    A verdict about the whole record gives one finding on `ho_so` and none on its fields. A field that does not differ
    gives one only where a detail asks for it: normalising heals a former commune's code, yet it is to be corrected.
    """
    known = details or {}
    whole = _cause_of(verdict, WHOLE_RECORD, known.get(WHOLE_RECORD, frozenset()))
    if whole is not None:
        return ((WHOLE_RECORD, whole),)
    differing = dict.fromkeys(wrong)
    found = [
        (field, _cause_of(verdict, field, known.get(field, frozenset()), by_detail=field not in differing))
        for field in dict.fromkeys([*differing, *known])
    ]
    return tuple((field, cause) for field, cause in found if cause is not None)


@lru_cache(maxsize=64)
def cause_of_rule(form: str) -> Cause:
    """Return the cause of rows that break a rule of this form."""
    return next(_cause(entry) for entry in _shipped().causes if form in entry.rules)


def working_days(severity: int, local: Mapping[int, int] | None = None) -> int:
    """Return the working days to correct a finding of this severity; the group's local rule wins over the table."""
    return (local or {}).get(severity) or _shipped().working_days[severity]
