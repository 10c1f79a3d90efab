"""Versions and drafts of contracts, as they cross the threshold of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dean06.ledger.types import canonical, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version of a contract that is to bind from a day: which text, begun from which, and why."""

    group_id: int
    source: str
    version: int
    sha256: str
    base_sha256: str
    in_force_from: date
    reason: str

    def ref(self, slug: str) -> str:
        """Return the id under which permits and the ledger name it."""
        return contract_ref(slug, self.source, self.version)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is adopted, to which its permit is bound."""
        return digest_of(
            source=self.source,
            version=self.version,
            contract=self.sha256,
            base=self.base_sha256,
            since=self.in_force_from.isoformat(),
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """A group's version of a contract, as it was adopted."""

    source: str
    version: int
    sha256: str
    base_sha256: str
    in_force_from: date
    adopted_at: datetime
    adopted_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCount:
    """What one rule of a contract finds in a list before and after a change; None where it is not there."""

    rule: str
    field: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a list would be under another contract: counts alone. `draft` is the digest of what was tried.

    `quarantined`, `broken_rows` and `known` (columns that are recognised) are before and after; a None says that the
    list could not be read at all, and `problem` why.
    """

    draft: str
    file_name: str
    rows: tuple[int | None, int | None]
    quarantined: tuple[int | None, int | None]
    broken_rows: tuple[int | None, int | None]
    known: tuple[int | None, int | None]
    rules: tuple[TrialCount, ...]
    problem_vi: str = ""
    problem_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInfo:
    """What is being written of a contract; `digest` is that of its body as it stands."""

    source: str
    body: Mapping[str, Any]
    base_sha256: str
    digest: str
    begun_at: datetime
    changed_at: datetime
    changed_by: str
    trial: Trial | None


def contract_ref(slug: str, source: str, version: int) -> str:
    """Return the id under which permits and the ledger name a version of a contract."""
    return f"{slug}:{source}:v{version}"


def contract_draft_ref(slug: str, source: str) -> str:
    """Return the id under which permits and the ledger name the draft of a contract."""
    return f"{slug}:{source}:nhap"


def draft_act_digest(act: str, body: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of an act on a draft, such as `saved`, to which its permit is bound."""
    return digest_of(act=act, body=body_digest(body))


def body_digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a contract's body as it is being written."""
    return digest_of(body=canonical(dict(body)))
