"""The shape of a charter's source files, strict and frozen: an unknown key or a wrong type is refused with its path."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError


def _real(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day_unreal", "No such day in the calendar") from None
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=80)]
Label = Annotated[str, StringConstraints(pattern=r"^[^.\s]+$", max_length=20)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$", max_length=40)]
Party = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+(:[A-Za-z0-9_]+)?$", max_length=80)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=1200)]
FactName = Annotated[str, StringConstraints(pattern=r"^!?[a-z_]+\.[a-z_]+$")]
NormType = Literal["power", "duty", "prohibition", "procedure", "constitutive", "entitlement", "status"]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class When(_Strict):
    """Named facts that must be established: all of these, and one of those."""

    all: list[FactName] = []
    any: list[FactName] = []


class DeadlineSource(_Strict):
    """A deadline in one of the vocabulary's forms."""

    form: str
    day: Annotated[int, Field(ge=1, le=28)] | None = None
    event: str | None = None


class ReadingSource(_Strict):
    """A note beyond the letter."""

    vi: Said
    en: Said
    lead: Code | None = None


class NormSource(_Strict):
    """One norm as written in an article's file."""

    key: Key
    cite: str
    type: NormType
    bearer: list[Party] = []
    action: str | None = None
    when: When = When()
    systems: list[Code] = []
    joined_with: list[Code] = []
    documents: list[Code] = []
    meetings: list[Code] = []
    coordinators: list[Code] = []
    on_behalf_of: Code | None = None
    delegate: Code | None = None
    sign_form: Code | None = None
    seal: Code | None = None
    seal_by: Key | None = None
    deadline: DeadlineSource | None = None
    recipients: list[Party] = []
    via: Party | None = None
    after: list[Key] = []
    blocks: list[str] = []
    extends_to: list[str] = []
    fulfilled_by: FactName | None = None
    evidence: list[str] = []
    enforcement: Literal["block", "warn", "record"] = "warn"
    not_testable: Said | None = None
    dormant: Said | None = None
    gaps: list[str] = []
    reading: ReadingSource | None = None
    source: Said

    @field_validator("deadline", mode="before")
    @classmethod
    def _one_word(cls, value: object) -> object:
        return {"form": value} if isinstance(value, str) else value

    @field_validator("bearer", mode="before")
    @classmethod
    def _one_party(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class PointSource(_Strict):
    """A lettered point, or a dash with label `-n`."""

    label: Label
    vi: Said
    en: Said
    no_norm: Said | None = None


class ClauseSource(_Strict):
    """A numbered clause in our own words."""

    label: Label
    vi: Said
    en: Said
    no_norm: Said | None = None
    points: list[PointSource] = []


class ArticleSource(_Strict):
    """One article and the norms read out of it."""

    article: Label
    heading: Said
    vi: str = ""
    en: str = ""
    no_norm: Said | None = None
    last_checked: Day
    clauses: list[ClauseSource] = []
    norms: list[NormSource] = []


class IssuerSource(_Strict):
    """Who issued the text: a role of the group, or an agency."""

    role: Code | None = None
    agency: Code | None = None


class InstrumentSource(_Strict):
    """The act that issued the text; number and date are null where it leaves them blank."""

    kind: Literal["decision", "template", "installation"]
    number: str | None
    date: Day | None
    issuer: IssuerSource
    form: Code = "own"
    place: str = ""


class SpanSource(_Strict):
    """First and last day in force, both included."""

    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class BodySource(_Strict):
    """How the group signs for itself."""

    parent: Said
    name_lines: list[Said]
    short_name: Said
    place: Said
    symbols: dict[str, Said]
    archive: Said


class RoleSource(_Strict):
    """A role as this charter knows it."""

    title: Said
    post: str = ""
    agency: Code | None = None
    agency_by_reading: bool = False
    ex_officio: bool = False
    aliases: list[Said] = []


class AgencySource(_Strict):
    """An agency as this charter names it."""

    name: Said
    short: str = ""
    member: bool = False


class ChapterSource(_Strict):
    """A chapter and its articles in order."""

    label: Label
    heading: Said
    articles: list[Label]


class NoteSource(_Strict):
    """An oddity of the text, shown on its clause."""

    code: Said
    where: str
    vi: Said
    en: Said


class CharterSource(_Strict):
    """The head of a package: everything that is not an article."""

    format: Literal["dean06-charter/1"]
    line: Slug
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: Said
    kind: Literal["regulation", "template", "installation"]
    level: Literal["province", "district", "commune", "installation"]
    instrument: InstrumentSource
    in_force: SpanSource = SpanSource()
    body: BodySource
    roles: dict[Code, RoleSource]
    agencies: dict[Code, AgencySource] = {}
    seals: dict[Code, Said] = {}
    covering: list[Label] = []
    chapters: list[ChapterSource]
    notes: list[NoteSource] = []
    distribution: dict[str, list[Said]] = {}
