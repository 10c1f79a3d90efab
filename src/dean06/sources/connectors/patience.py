"""How long to wait after a failure: the waits double, without chance, up to a bound; then the pull is given up."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

Count = Annotated[int, Field(ge=1)]

__all__ = ["Patience", "shipped"]


class Patience(BaseModel):
    """The table of `patience.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-patience/1"]
    first_wait_seconds: Count
    factor: Count
    longest_wait_seconds: Count
    tries: Count
    longest_asked_wait_seconds: Count
    kept_files: Count
    pieces: Count
    office_from: time
    office_to: time

    def wait(self, tries: int, asked: int = 0) -> int:
        """Return the seconds to wait after this many failures in a row, and not less than what was asked for."""
        doubled: int = self.first_wait_seconds * self.factor ** min(tries - 1, 64)
        own = min(doubled, self.longest_wait_seconds)
        return max(own, min(asked, self.longest_asked_wait_seconds))


@lru_cache(maxsize=1)
def shipped() -> Patience:
    """Return the table that comes with the product."""
    text = resources.files("dean06.sources.connectors").joinpath("patience.yaml").read_text(encoding="utf-8")
    return Patience.model_validate(YAML(typ="safe", pure=True).load(text))
