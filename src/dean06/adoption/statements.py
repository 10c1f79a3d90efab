"""Statements of compliance: the duties of a month as they stood on one day, frozen with the hash of every byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from dean06.adoption.models import Statement
from dean06.charter.types import Obligation, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical

# Format 1 knew no duty that cannot be recorded yet, and no reply that changes how a duty stands.
FORMAT = "dean06-statement/2"

__all__ = [
    "StatementInfo",
    "freeze",
    "statement",
    "statement_bytes",
    "statement_content",
    "statement_digest",
    "statements",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementInfo:
    """A frozen statement in its format's version: `items` are obligations as the command line prints them."""

    month: str
    charter_hash: str
    as_of: datetime
    sha256: str
    made_by: str
    format: str
    items: tuple[dict[str, object], ...]


def statement_content(month: str, charter_hash: str, as_of: datetime, items: Sequence[Obligation]) -> str:
    """Return the canonical JSON of a statement; the same duties give the same bytes."""
    return canonical(
        {
            "format": FORMAT,
            "month": month,
            "charter": charter_hash,
            "as_of": as_of.isoformat(),
            "items": [item.as_json() for item in items],
        }
    )


def statement_digest(content: str) -> str:
    """Return the SHA-256 (hex) of a statement's canonical JSON, to which its permit is bound."""
    return hashlib.sha256(content.encode()).hexdigest()


def freeze(by: Permit, group_id: int, month: str, content: str) -> StatementInfo:
    """Keep the statement of a month for good; there is one a month, and it is never made again."""
    known = json.loads(content)
    digest = statement_digest(content)
    try:
        with transaction.atomic():
            row = Statement.objects.create(
                group_id=group_id,
                month=month,
                charter_hash=known["charter"],
                as_of=datetime.fromisoformat(known["as_of"]),
                canonical=content,
                sha256=digest,
                made_by=by.actor.account,
            )
            slug = row.group.slug
            object_id = f"{slug}:{month}"
            ledger.append(by, scope=slug, kind="statement", object_id=object_id, digest=digest, bound=digest)
    except IntegrityError as problem:
        raise BadInput(
            f"Bản tuân thủ tháng {clock.as_read(month)} đã chốt: số liệu về sau chỉ hiện ở phần chênh lệch.",
            f"The statement of {clock.as_read(month)} is frozen already: later facts show as differences only.",
        ) from problem
    return _info(row)


def statement(group_id: int, month: str) -> StatementInfo | None:
    """Return the frozen statement of a month, checked against its hash; None where there is none."""
    row = Statement.objects.filter(group_id=group_id, month=month).first()
    return _info(row) if row else None


def statement_bytes(group_id: int, month: str) -> bytes | None:
    """Return the bytes whose SHA-256 a statement shows."""
    row = Statement.objects.filter(group_id=group_id, month=month).first()
    return row.canonical.encode() if row else None


@clock.once_a_moment
def statements(group_id: int) -> dict[str, StatementInfo]:
    """Return every frozen statement of a group by month, the newest first."""
    rows = Statement.objects.filter(group_id=group_id).order_by("-month")
    return {row.month: _info(row) for row in rows}


def _info(row: Statement) -> StatementInfo:
    if statement_digest(row.canonical) != row.sha256:
        raise BadInput(
            f"Bản tuân thủ tháng {clock.as_read(row.month)} không khớp mã băm của chính nó: báo người vận hành.",
            f"The statement of {clock.as_read(row.month)} does not fit its own hash: tell the operator.",
        )
    known = json.loads(row.canonical)
    return StatementInfo(
        month=row.month,
        charter_hash=row.charter_hash,
        as_of=row.as_of,
        sha256=row.sha256,
        made_by=str(row.made_by),
        format=str(known["format"]),
        items=tuple(known["items"]),
    )
