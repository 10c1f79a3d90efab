"""What the document checker knows beside the group's own words, read from `known.yaml` and checked there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator
from ruamel.yaml import YAML

TABLE = Path(__file__).with_name("known.yaml")
_CLOSED = ConfigDict(extra="forbid", frozen=True)


class Abbreviations(BaseModel):
    """Abbreviations that need no explanation, and where they come from."""

    model_config = _CLOSED

    words: tuple[str, ...] = Field(min_length=1)
    source: str = Field(min_length=5)


class Level(BaseModel):
    """A level of government: the words that name it, its bodies, the last day it was there."""

    model_config = _CLOSED

    vi: str
    en: str
    kinds: tuple[str, ...]
    bodies: tuple[str, ...]
    until: date | None = None
    source: str = ""

    def stands(self, day: date) -> bool:
        """Say whether the level was there on a day."""
        return self.until is None or day <= self.until


class LegalText(BaseModel):
    """A legal text that was replaced: how it is cited, the first day without it, what took its place."""

    model_config = _CLOSED

    cited: tuple[str, ...] = Field(min_length=1)
    name: str
    ends: date
    heir: str
    source: str = Field(min_length=5)

    @field_validator("cited")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            re.compile(pattern)
        return patterns


class Known(BaseModel):
    """The whole table."""

    model_config = _CLOSED

    format: str = Field(pattern="^dean06-proofreading/1$")
    abbreviations: tuple[Abbreviations, ...]
    levels: Mapping[str, Level]
    ministries: tuple[str, ...]
    legal_texts: tuple[LegalText, ...]


@lru_cache(maxsize=1)
def known() -> Known:
    """Return the table of this version of the product."""
    return Known.model_validate(YAML(typ="safe").load(TABLE))


@lru_cache(maxsize=1)
def plain_abbreviations() -> frozenset[str]:
    """Return the abbreviations that need no explanation."""
    return frozenset(word for group in known().abbreviations for word in group.words)
