"""From the YAML of declared differences to their compiled form: shape first, then codes and addresses."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from dean06.charter import yaml_reader
from dean06.charter.declared import FOLDER, Differences, digest_of, from_plain
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.schema import Said, Slug
from dean06.charter.types import canonical_json

Address = Annotated[str, StringConstraints(pattern=r"^[^.\s]+(\.[^.\s]+){0,2}$", max_length=30)]
NormName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]+(#[a-z_]+)?$", max_length=120)]


class _Closed(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Words(_Closed):
    vi: Said
    en: Said


class _Side(_Words):
    cites: list[Address] = []


class _Shown(_Closed):
    head: list[Said] = []
    text_a: list[Address] = []
    text_b: list[Address] = []
    norms_a: list[NormName] = []
    norms_b: list[NormName] = []
    same: list[NormName] = []

    @model_validator(mode="after")
    def _something(self) -> _Shown:
        if not any((self.head, self.text_a, self.text_b, self.norms_a, self.norms_b)):
            raise ValueError("names nothing that differs")
        return self


class _Difference(_Closed):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]+$", max_length=12)]
    matter: _Words
    a: _Side | None
    b: _Side | None
    shown_by: _Shown


class _Aside(_Shown):
    reason: _Words


class DifferencesSource(_Closed):
    """A file of declared differences between two lines."""

    format: Literal["dean06-differences/1"]
    a: Slug
    b: Slug
    differences: Annotated[list[_Difference], Field(max_length=500)]
    also_differs: list[_Aside] = []


def sources() -> list[Path]:
    """Return the shipped files of differences."""
    return sorted(FOLDER.glob("*.yaml"))


def compile_differences(path: Path) -> Differences:
    """Read a file of differences, or refuse it with every fault and its place."""
    return from_plain(_plain(path))


def write_differences() -> None:
    """Compile every shipped file of differences and write the compiled form beside it."""
    for path in sources():
        target = path.with_suffix(".json")
        draft = target.with_name(f"{target.name}.part")
        draft.write_text(canonical_json(_plain(path) | {"digest": digest_of(path)}) + "\n", encoding="utf-8")
        draft.replace(target)


def differences(a: str, b: str) -> Differences | None:
    """Return what is declared between two lines, in either order, from the sources themselves."""
    for path in sources():
        found = compile_differences(path)
        if (found.a, found.b) == (a, b):
            return found
        if (found.a, found.b) == (b, a):
            return found.turned()
    return None


def _plain(path: Path) -> dict[str, object]:
    value, faults = yaml_reader.read(path)
    if faults:
        raise CharterInvalid(tuple(faults))
    try:
        source = DifferencesSource.model_validate(value)
    except ValidationError as error:
        raise CharterInvalid(tuple(_fault(path.name, row["loc"], row["msg"]) for row in error.errors())) from error
    codes = Counter(one.code for one in source.differences)
    twice = [code for code, count in codes.items() if count > 1]
    if twice:
        vi, en = f"Mã {', '.join(twice)} viết hai lần.", f"The code {', '.join(twice)} stands twice."
        raise CharterInvalid((Fault(path.name, "differences", vi, en),))
    plain: dict[str, object] = json.loads(source.model_dump_json())
    return plain


def _fault(file: str, where: tuple[int | str, ...], message: str) -> Fault:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")
    return Fault(file, path, f"Giá trị không đúng mẫu ({message}).", f"{message}.")
