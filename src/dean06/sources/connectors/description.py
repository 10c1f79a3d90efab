"""A service described as data: where it is asked, in which course, what its codes and dates mean, what its errors say.

A description names fields of one contract and places in answers, and nothing else: no expression, no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput
from dean06.sources import contract as contracts
from dean06.sources.contract import Contract
from dean06.sources.rule import Words

SHIPPED = Path(__file__).parent / "services"
MOST_BYTES = 200_000
BLANK = re.compile(r"\{([^{}]*)\}")
# What a question may be filled in with: days and pages of the window, what was listed, and what the connection says.
BLANKS = frozenset(
    {"day", "from", "to", "from_ms", "to_ms", "page", "offset", "limit", "id", "ids", "queue", "request"}
)
SETTINGS = frozenset({"ma_don_vi", "ma_tinh"})

Path_ = Annotated[str, Field(pattern=r"^/[!-~]*$")]
Place = Annotated[str, Field(pattern=r"^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*$")]
Means = Literal["access", "later", "form", "nothing"]

__all__ = [
    "Call",
    "Catalogue",
    "Description",
    "Envelope",
    "Fault",
    "FieldOf",
    "bounded_text",
    "load",
    "shipped",
    "shipped_ids",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Call(_Strict):
    """One operation: its path, and what is sent with it; `{…}` is filled in, `["{ids}"]` with a list.

    With GET what is asked stands in the query string, with POST in a JSON body.
    """

    path: Path_
    method: Literal["GET", "POST"] = "POST"
    ask: Mapping[str, str | tuple[str]] = Field(default_factory=dict)

    @property
    def blanks(self) -> frozenset[str]:
        """Return what has to be filled in."""
        texts = (text for told in self.ask.values() for text in ((told,) if isinstance(told, str) else told))
        return frozenset(name for text in texts for name in BLANK.findall(text))


class Fault(_Strict):
    """What one code of the service means: no access, ask later, a question or answer out of form, or nothing there."""

    means: Means
    says: Words


class Envelope(_Strict):
    """Where in an answer the state, the error's code, the rows and their number stand.

    `rows` may hold a JSON list, one object, or a text with JSON or XML; empty where the answer itself is the row.
    `counts` says whether the number is that of this answer or of all there is.
    """

    state: Place | None = None
    good: tuple[str, ...] = ()
    code: Place | None = None
    rows: Place | None = None
    count: Place | None = None
    counts: Literal["page", "all"] = "page"


class Catalogue(_Strict):
    """A list of the service's own codes, fetched from it once a pull."""

    call: Call
    envelope: Envelope
    code: Place
    text: Place


class FieldOf(_Strict):
    """Where a field of the contract is read from, and how it is to be understood.

    Attributes:
        of: the place in the row; of several the first that is filled.
        within: which answer: the detail (as usual), the list's row, or the further question's.
        codes: the service's own table; a code that is not in it stops the pull.
        catalogue: the same, fetched from the service.
        dates: how a date is written: `dmy` day, month and year as far as known; `ymd` run together.
        known: with `ymd`, the place that says how much of the date is known: 0 all, 1 the year, 2 year and month.
    """

    of: Place | tuple[Place, ...]
    within: Literal["detail", "list", "more"] = "detail"
    codes: Mapping[str, str] | None = None
    catalogue: str | None = None
    dates: Literal["dmy", "ymd"] | None = None
    known: Place | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Return where the text is read from."""
        return (self.of,) if isinstance(self.of, str) else self.of

    @model_validator(mode="after")
    def _one_way(self) -> FieldOf:
        if sum(way is not None for way in (self.codes, self.catalogue, self.dates)) > 1:
            raise ValueError("say one of `codes`, `catalogue`, `dates`")
        if (self.dates == "ymd") != (self.known is not None):
            raise ValueError("`ymd` goes with `known`")
        return self


class Dated(_Strict):
    """Course: for each window of days a list is asked for, page by page, then the details of what it names."""

    course: Literal["dated"]
    days: int = Field(ge=1, le=31)
    page: int | None = Field(default=None, ge=1, le=1000)
    list: Call
    list_envelope: Envelope
    id: Place
    detail: Call
    detail_envelope: Envelope
    detail_id: Place
    many: int = Field(default=1, ge=1, le=500)
    more: Call | None = None
    more_envelope: Envelope | None = None
    more_by: Place | None = None


class Waiting(_Strict):
    """Course: the service hands out what waits to be fetched; what was delivered is marked as taken."""

    course: Literal["waiting"]
    queues: Mapping[str, str] = Field(min_length=1)
    list: Call
    list_envelope: Envelope
    id: Place
    taken: Call
    taken_envelope: Envelope


class Listed(_Strict):
    """Course: each number of a list that the agency keeps is asked for."""

    course: Literal["listed"]
    pattern: str
    many: int = Field(default=100, ge=1, le=1000)
    detail: Call
    detail_envelope: Envelope
    number_to: str


class Description(_Strict):
    """A service of the platform."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: Words
    contract: str
    layout: contracts.Layout
    token: Path_ = "/token"  # noqa: S105  a path, not a secret
    course: Dated | Waiting | Listed = Field(discriminator="course")
    fields: Mapping[str, FieldOf] = Field(min_length=1)
    catalogues: Mapping[str, Catalogue] = Field(default_factory=dict)
    faults: Mapping[str, Fault] = Field(default_factory=dict)

    @property
    def calls(self) -> Iterator[Call]:
        """Give every operation that is asked."""
        yield from (told for _name, told in self.course if isinstance(told, Call))
        yield from (one.call for one in self.catalogues.values())

    @property
    def needs(self) -> frozenset[str]:
        """Return the settings of a connection without which nothing can be asked."""
        wanted = frozenset(name for call in self.calls for name in call.blanks) & SETTINGS
        return wanted | ({"danh_sach"} if isinstance(self.course, Listed) else frozenset())

    @model_validator(mode="after")
    def _sound(self) -> Description:
        unknown = sorted({name for call in self.calls for name in call.blanks} - BLANKS - SETTINGS)
        if unknown:
            raise ValueError(f"nobody fills in: {', '.join(unknown)}")
        named = {one.catalogue for one in self.fields.values() if one.catalogue}
        if lost := sorted(named - self.catalogues.keys()):
            raise ValueError(f"no such catalogue: {', '.join(lost)}")
        if self.contract not in contracts.shipped_ids():
            raise ValueError(f"no such contract: {self.contract}")
        self._fits(contracts.shipped(self.contract))
        return self

    def _fits(self, contract: Contract) -> None:
        kinds = {field.code: field for field in contract.fields}
        extra = (self.course.number_to,) if isinstance(self.course, Listed) else ()
        if lost := sorted({*self.fields, *extra} - kinds.keys()):
            raise ValueError(f"the contract {contract.id} has no field {', '.join(lost)}")
        for code, one in self.fields.items():
            known = set(contract.spellings(kinds[code]))
            if known and one.codes and (odd := sorted(set(one.codes.values()) - known - {""})):
                raise ValueError(f"{code}: the contract {contract.id} does not know {', '.join(odd)}")


def bounded_text(path: Path, most: int) -> str | None:
    """Return the text of a small file of this machine; None where there is none, or it is no such file."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > most:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def load(path: Path) -> Description:
    """Read and check one description; each error names the file and the place in it."""
    try:
        data = YAML(typ="safe").load(bounded_text(path, MOST_BYTES) or "")
    except YAMLError as problem:
        raise BadInput(
            f"Mô tả dịch vụ «{path.name}» không đọc được như YAML: sửa tệp rồi thử lại.",
            f"The service description {path.name!r} cannot be read as YAML: correct it and try again.",
        ) from problem
    try:
        return Description.model_validate(data)
    except ValidationError as problem:
        told = problem.errors(include_url=False, include_input=False)
        listing = "; ".join(f"{'.'.join(map(str, one['loc'])) or '(tệp)'}: {one['msg']}" for one in told)
        raise BadInput(
            f"Mô tả dịch vụ «{path.name}» sai ở {len(told)} chỗ: {listing}.",
            f"The service description {path.name!r} is wrong in {len(told)} places: {listing}.",
        ) from problem


def shipped_ids() -> tuple[str, ...]:
    """Return the services that come with the product."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def shipped(service: str) -> Description:
    """Return one service that comes with the product."""
    return load(SHIPPED / f"{service}.yaml")
