"""Kinds of notices, read from `kinds.yaml` once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, model_validator
from ruamel.yaml import YAML

from dean06.notices.errors import UnknownKind
from dean06.notices.types import Mail


class Kind(BaseModel):
    """One kind: its words, the act of the charter it is about, how it is mailed by default, its heading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    vi: str
    en: str
    action: str
    mail: Mail
    part: str


class Part(BaseModel):
    """A heading under which kinds stand together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    vi: str
    en: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: str
    parts: tuple[Part, ...]
    kinds: tuple[Kind, ...]

    @model_validator(mode="after")
    def _under_known_parts(self) -> _File:
        known = {part.code for part in self.parts}
        strange = sorted({kind.code for kind in self.kinds if kind.part not in known})
        if strange:
            raise ValueError(f"kinds under no heading: {', '.join(strange)}")
        return self


@lru_cache(maxsize=1)
def _file() -> _File:
    text = files("dean06.notices").joinpath("kinds.yaml").read_text(encoding="utf-8")
    return _File.model_validate(YAML(typ="safe").load(text))


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Return every kind by its code, in the order of the page of choices."""
    return {kind.code: kind for kind in _file().kinds}


def parts() -> tuple[Part, ...]:
    """Return the headings of the kinds, in the order of the pages."""
    return _file().parts


def kind(code: str) -> Kind:
    """Return one kind."""
    found = kinds().get(code)
    if found is None:
        known = ", ".join(kinds())
        raise UnknownKind(f"Không có loại tin «{code}»: dùng {known}.", f"There is no kind {code!r}: use {known}.")
    return found
