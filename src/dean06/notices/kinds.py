"""Kinds of notices, read from `kinds.yaml` once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from dean06.notices.errors import UnknownKind
from dean06.notices.types import Mail


class Kind(BaseModel):
    """One kind: its words, the act of the charter it is about, and how it is mailed until the reader chooses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    vi: str
    en: str
    action: str
    mail: Mail


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: str
    kinds: tuple[Kind, ...]


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Return every kind by its code, in the order of the page of choices."""
    text = files("dean06.notices").joinpath("kinds.yaml").read_text(encoding="utf-8")
    return {kind.code: kind for kind in _File.model_validate(YAML(typ="safe").load(text)).kinds}


def kind(code: str) -> Kind:
    """Return one kind."""
    found = kinds().get(code)
    if found is None:
        known = ", ".join(kinds())
        raise UnknownKind(f"Không có loại tin «{code}»: dùng {known}.", f"There is no kind {code!r}: use {known}.")
    return found
