"""How long files are kept, and which a group usually opens: the shipped table, checked when it is read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput

TABLE = Path(__file__).with_name("work_files.yaml")
PERMANENT, UNTIL_REPEALED = "permanent", "until_repealed"

Seen = Literal["read", "recalled"]
Years = Annotated[int, Field(ge=1, le=99)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]


@dataclass(frozen=True, slots=True)
class Term:
    """How long a file is kept: for ever, until its texts are repealed, or so many years."""

    kind: Literal["permanent", "until_repealed", "years"]
    years: int = 0

    def __post_init__(self) -> None:
        if (self.kind == "years") != (1 <= self.years <= 99):
            raise BadInput(
                "Thời hạn lưu trữ phải là vĩnh viễn, đến khi văn bản hết hiệu lực, hoặc từ 1 đến 99 năm.",
                "A file is kept for ever, until its texts are repealed, or from 1 to 99 years.",
            )

    @property
    def vi(self) -> str:
        """The term as lists print it."""
        named = {PERMANENT: "Vĩnh viễn", UNTIL_REPEALED: "Đến khi văn bản hết hiệu lực"}
        return named.get(self.kind) or f"{self.years:02d} năm"

    @property
    def en(self) -> str:
        """The term in English."""
        named = {PERMANENT: "for ever", UNTIL_REPEALED: "until repealed"}
        return named.get(self.kind) or f"{self.years} years"

    @property
    def for_ever(self) -> bool:
        """Say whether the term never ends."""
        return self.kind == PERMANENT


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Closed):
    """A limit in years with where it stands."""

    years: Years
    source: Words
    seen: Seen


class Rules(_Closed):
    """The limits that the law sets on work files."""

    hand_in: Rule
    kept_back: Rule
    owed_from: Rule
    counted_from: Rule


class TermTable(_Closed):
    """A regulation on terms, and the days in which it is in force."""

    key: Key
    title: Words
    issued: date
    from_: date = Field(alias="from")
    until: date | None = None
    seen: Seen
    note: str = ""


class FileClass(_Closed):
    """A class of files with its term under each table."""

    key: Key
    vi: Words
    en: Words
    terms: dict[Key, Literal["permanent", "until_repealed"] | Years]
    seen: Seen

    def term(self, table: str) -> Term:
        """Return how long its files are kept under a table."""
        given = self.terms[table]
        return Term("years", given) if isinstance(given, int) else Term(given)


class TypicalFile(_Closed):
    """A file that a group usually opens; `{year}` in its title is the year of the list."""

    title: Words
    class_: Key = Field(alias="class")
    keeper: Key


class Heading(_Closed):
    """A heading of the list, with the letters that stand in its files' symbols."""

    code: Annotated[str, Field(pattern=r"^[A-ZĐ]{1,10}$")]
    title: Words
    files: tuple[TypicalFile, ...] = Field(min_length=1)


class WorkFiles(_Closed):
    """The whole table."""

    format: Literal["dean06-work-files/1"]
    last_checked: date
    rules: Rules
    tables: tuple[TermTable, ...] = Field(min_length=1)
    classes: tuple[FileClass, ...] = Field(min_length=1)
    headings: tuple[Heading, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> WorkFiles:
        tables, classes = {one.key for one in self.tables}, {one.key for one in self.classes}
        for one in self.classes:
            if set(one.terms) != tables:
                raise ValueError(f"class {one.key}: a term for each of {sorted(tables)}")
        unknown = {each.class_ for one in self.headings for each in one.files} - classes
        if unknown:
            raise ValueError(f"headings: no such classes {sorted(unknown)}")
        ends = [one.until for one in self.tables]
        starts = [one.from_ for one in self.tables[1:]]
        if [one and one + timedelta(days=1) for one in ends] != [*starts, None]:
            raise ValueError("tables: each ends the day before the next begins, and the last has no end")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFile:
    """A file as the shipped list proposes it."""

    heading: str
    heading_title: str
    number: int
    title: str
    term: Term
    term_source: str
    compared: bool
    keeper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerm:
    """A class of files with its term on a day, and whether the term was compared with the official table."""

    key: str
    vi: str
    en: str
    term: Term
    source: str
    compared: bool


@lru_cache(maxsize=1)
def table() -> WorkFiles:
    """Return the shipped table."""
    try:
        return WorkFiles.model_validate(YAML(typ="safe").load(TABLE.read_text(encoding="utf-8")))
    except (OSError, YAMLError, ValidationError) as problem:
        raise BadInput(
            f"{TABLE.name}: bảng thời hạn lưu trữ không đọc được; cài lại phần mềm. {problem}",
            f"{TABLE.name}: the table of terms cannot be read; install the software again. {problem}",
        ) from problem


def terms_on(day: date) -> TermTable:
    """Return the table of terms in force on a day; before the first one, the first."""
    held = [one for one in table().tables if one.from_ <= day]
    return held[-1] if held else table().tables[0]


def classes_on(day: date) -> list[KnownTerm]:
    """Return every class of files with its term on a day."""
    source = terms_on(day)
    return [
        KnownTerm(
            key=one.key,
            vi=one.vi,
            en=one.en,
            term=one.term(source.key),
            source=source.title,
            compared=one.seen == source.seen == "read",
        )
        for one in table().classes
    ]


def proposed(year: int, day: date) -> list[ProposedFile]:
    """Return the typical list of a year, with the terms in force on a day."""
    found, known = [], {one.key: one for one in classes_on(day)}
    for heading in table().headings:
        for number, one in enumerate(heading.files, start=1):
            here = known[one.class_]
            found.append(
                ProposedFile(
                    heading=heading.code,
                    heading_title=heading.title,
                    number=number,
                    title=one.title.format(year=year),
                    term=here.term,
                    term_source=here.source,
                    compared=here.compared,
                    keeper=one.keeper,
                )
            )
    return found


def hand_in_before(ended_on: date) -> date:
    """Return the first day on which a file is late at the archive, from the day its work ended."""
    return _years_after(ended_on, table().rules.hand_in.years) + timedelta(days=1)


def is_owed(term: Term) -> bool:
    """Say whether files of a term go to the archive at all."""
    return term.kind != "years" or term.years >= table().rules.owed_from.years


def kept_until(term: Term, ended_on: date) -> date | None:
    """Return the last day on which a file must be kept; None where no year ends it."""
    if term.kind != "years":
        return None
    return date(ended_on.year + table().rules.counted_from.years + term.years, 1, 1) - timedelta(days=1)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)
