"""What a contract lets its lists say of a person beside the register: which field, under which ground, for what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.sources.rule import Code, When, Words

__all__ = ["Predicate", "StatementRule", "predicates", "purposes"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Predicate(_Strict):
    """One thing that may be said, and how its value is written so that the same thing is the same text."""

    code: Code
    form: Literal["phone", "email", "serial"]
    title: Words


class StatementRule(_Strict):
    """One field of a contract that makes statements.

    `basis` is the ground of the contract that allows it, counted from 1. `said` is the field with the day on which the
    source itself had it confirmed, else the day of the data; `since` and `until` the fields that bound its validity,
    and `months` how long it holds where no end is named. A row to which one of `unless` applies says nothing.
    """

    predicate: Code
    field: Code
    basis: int = Field(ge=1)
    purposes: tuple[Code, ...] = Field(min_length=1)
    said: Code | None = None
    since: Code | None = None
    until: Code | None = None
    months: int = Field(ge=1, le=120)
    unless: tuple[When, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """Return the fields that must be dates."""
        return tuple(name for name in (self.said, self.since, self.until) if name)


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("dean06.sources").joinpath("statements.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def _said(row: Mapping[str, str]) -> Words:
    return Words(vi=row["vi"], en=row["en"])


@cache
def predicates() -> Mapping[str, Predicate]:
    """Return what may be said of a person, by code."""
    return {
        row["code"]: Predicate.model_validate({"code": row["code"], "form": row["form"], "title": _said(row)})
        for row in _table()["predicates"]
    }


@cache
def purposes() -> Mapping[str, Words]:
    """Return what statements may be read for, by code."""
    return {row["code"]: _said(row) for row in _table()["purposes"]}
