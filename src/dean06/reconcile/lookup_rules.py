"""How far looking people up reaches and what it shows: the shipped table, read once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

TABLE = Path(__file__).with_name("lookups.yaml")
Told = Literal["whole", "masked", "nothing"]

__all__ = ["Limit", "LookupField", "Said", "Told", "fields", "limit", "limits", "opened_by", "told"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """A text in the two languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Limit(_Strict):
    """A number that bounds an address, and where it comes from."""

    value: int = Field(ge=1)
    source: Said


class LookupField(_Strict):
    """One field of a person: its column in the register, the role of a list that opens it, what is shown without."""

    id: str = Field(pattern=r"^[a-z_]+$")
    vi: str
    en: str
    column: str
    role: str | None = None
    asked: str | None = None
    else_: Told


class _Table(_Strict):
    format: Literal["dean06-lookups/1"]
    limits: Mapping[str, Limit]
    fields: tuple[LookupField, ...]


@cache
def _table() -> _Table:
    return _Table.model_validate(YAML(typ="safe", pure=True).load(TABLE.read_text(encoding="utf-8")))


def limits() -> Mapping[str, Limit]:
    """Return every limit by name."""
    return _table().limits


def limit(name: str) -> int:
    """Return the number of one limit."""
    return _table().limits[name].value


def fields() -> Mapping[str, LookupField]:
    """Return the fields of a person by id, in the order in which they are offered."""
    return {one.id: one for one in _table().fields}


def opened_by(roles: Collection[str]) -> tuple[str, ...]:
    """Return the fields that a list whose contract has these roles is shown whole.

    A list that has a number without saying of which kind (`so_giay_to`) holds the personal number too.
    """
    held = {*roles, *(("so_cccd",) if "so_giay_to" in roles else ())}
    return tuple(one.id for one in _table().fields if one.role in held)


def told(field: LookupField, opened: Collection[str]) -> Told:
    """Say how a field is shown to an address that was opened for these fields."""
    return "whole" if field.id in opened else field.else_
