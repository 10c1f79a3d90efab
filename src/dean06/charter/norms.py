"""The grains of a charter: addresses, words, norms and provisions as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dean06.charter.errors import BadAddress


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """The address of a clause by its labels as printed; the n-th dash of a clause is point `-n`."""

    article: str
    clause: str | None = None
    point: str | None = None

    @classmethod
    def parse(cls, dotted: str) -> Citation:
        """Read `7.2.k`, `6.1.-2`, `9` or `QĐ-2`."""
        parts = dotted.split(".")
        if not 1 <= len(parts) <= 3 or not all(parts):
            raise BadAddress(dotted)
        return cls(*parts)

    @property
    def dotted(self) -> str:
        """The address as one string."""
        return ".".join(part for part in (self.article, self.clause, self.point) if part is not None)

    def as_json(self) -> dict[str, str | None]:
        """Return the three fields of the contract."""
        return {"article": self.article, "clause": self.clause, "point": self.point}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or label in both languages, Vietnamese first."""

    vi: str
    en: str

    def as_json(self) -> dict[str, str]:
        """Return both languages by code."""
        return {"vi": self.vi, "en": self.en}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a norm speaks of: a role, and the agency where the norm names one."""

    role: str
    agency: str | None = None

    @property
    def party(self) -> str:
        """`member:BHXH`, or the role alone."""
        return f"{self.role}:{self.agency}" if self.agency else self.role


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty falls due, in one of the vocabulary's forms."""

    form: str
    day: int | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A note that goes beyond the letter of a clause, with the lead agency it reads into it, if any."""

    vi: str
    en: str
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An oddity of the text, shown on its clause."""

    code: str
    where: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Norm:
    """One rule read out of one clause."""

    key: str
    cite: Citation
    type: str
    bearers: tuple[Bearer, ...]
    action: str | None
    when: tuple[tuple[str, ...], ...]
    systems: tuple[str, ...]
    joined_with: tuple[str, ...]
    document_kinds: tuple[str, ...]
    meeting_kinds: tuple[str, ...]
    coordinators: tuple[str, ...]
    on_behalf_of: str | None
    delegate: str | None
    sign_form: str | None
    seal: str | None
    seal_by: str | None
    deadline: Deadline | None
    recipients: tuple[str, ...]
    via: str | None
    after: tuple[str, ...]
    blocks: tuple[str, ...]
    extends_to: tuple[str, ...]
    fulfilled_by: str | None
    evidence: tuple[str, ...]
    enforcement: str
    testable: bool
    why_not_testable: str | None
    dormant: str | None
    gaps: tuple[str, ...]
    reading: Reading | None
    source: str
    last_checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A chapter, article, clause, point or dash: label as printed, heading and summary in our own words."""

    kind: str
    label: str
    cite: Citation | None
    heading: str
    summary: Words
    no_norm: str | None
    children: tuple[Provision, ...]
