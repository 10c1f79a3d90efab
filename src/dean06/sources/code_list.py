"""Lists of codes with dates: which codes stood on a day, and how each may be written."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput
from dean06.sources.rule import Words

SHIPPED = Path(__file__).parent / "catalogues"

__all__ = ["CodeList", "ListedCode", "load", "shipped", "shipped_ids"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListedCode(_Strict):
    """One code: what it stands for, other spellings, and the days on which it stands (`valid_to` excluded)."""

    code: str = Field(min_length=1)
    vi: str = Field(min_length=1)
    en: str = ""
    also: tuple[str, ...] = ()
    valid_from: date
    valid_to: date | None = None

    def stands_on(self, day: date) -> bool:
        """Say whether the code is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every way in which a list may write it."""
        return self.code, self.vi, *self.also


class CodeList(_Strict):
    """A list of codes with its source."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Words
    source: Words
    codes: tuple[ListedCode, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_code_twice_at_once(self) -> CodeList:
        for at, one in enumerate(self.codes):
            for other in self.codes[:at]:
                later, sooner = max(one.valid_from, other.valid_from), min(_end(one), _end(other))
                if one.code == other.code and later < sooner:
                    raise ValueError(f"code {one.code} stands twice on {later:%Y-%m-%d}")
        return self

    def on(self, day: date) -> tuple[ListedCode, ...]:
        """Return the codes that are valid on a day."""
        return tuple(one for one in self.codes if one.stands_on(day))


def _end(one: ListedCode) -> date:
    return one.valid_to or date.max


def load(path: Path) -> CodeList:
    """Read and check one list of codes; each error names the file and the path inside it."""
    try:
        return CodeList.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, YAMLError) as problem:
        raise BadInput(
            f"Danh mục mã «{path.name}» không đọc được như YAML: sửa tệp rồi chạy lại.",
            f"The list of codes {path.name!r} cannot be read as YAML: correct it and run again.",
        ) from problem
    except ValidationError as problem:
        found = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or '(tệp)'}: {one['msg']}"
            for one in problem.errors(include_url=False, include_input=False)
        )
        raise BadInput(f"Danh mục mã «{path.name}» sai: {found}.", f"{path.name!r} is wrong: {found}.") from problem


@cache
def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the lists that come with the product."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


@cache
def shipped(catalogue: str) -> CodeList:
    """Return one list that comes with the product."""
    return load(SHIPPED / f"{catalogue}.yaml")
