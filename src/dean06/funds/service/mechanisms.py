"""The face of proposals of a funding mechanism, each with the paper drafted from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsRefused
from dean06.funds.models import Mechanism
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

__all__ = [
    "MechanismInfo",
    "content_digest",
    "mechanisms",
    "next_number",
    "of_flow",
    "propose",
    "ref_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismInfo:
    """A proposal as other rooms know it."""

    id: int
    title: str
    content: str
    at: datetime
    account: str
    role: str
    agency: str
    paper_id: int | None
    clauses: tuple[tuple[str, str], ...]


def ref_of(slug: str, number: int) -> str:
    """Return the id under which permits and the ledger name a proposal."""
    return f"{slug}:CCKP-{number}"


def next_number(group_id: int) -> int:
    """Return the number that the next proposal of a group takes."""
    return Mechanism.objects.filter(group_id=group_id).count() + 1


def content_digest(title: str, content: str) -> str:
    """Return what the permit to propose binds."""
    return digest_of(title=title, content=content)


def propose(by: Permit, group_id: int, title: str, content: str, paper_id: int | None = None) -> MechanismInfo:
    """Enter a proposal of the mechanism by which the data's upkeep is paid for."""
    if not title or not content:
        raise FundsRefused("Đề xuất cần tên và nội dung.", "A proposal wants its title and its content.")
    with transaction.atomic():
        posting.hold(group_id)
        row = Mechanism.objects.create(
            group_id=group_id,
            title=title,
            content=content,
            at=by.at,
            account=by.actor.account,
            role=by.actor.role,
            agency=by.actor.agency or "",
            clauses=posting.clauses_of(by),
            paper_id=paper_id,
            permit=by.digest(),
        )
        bound = content_digest(title, content)
        scope = offices.group_by_id(group_id).slug
        ledger.append(by, scope=scope, kind="mechanism", object_id=by.obj.id, digest=bound, bound=bound)
    return _info(row)


def _info(row: Mechanism) -> MechanismInfo:
    return MechanismInfo(
        id=row.pk,
        title=row.title,
        content=row.content,
        at=row.at,
        account=row.account,
        role=row.role,
        agency=row.agency,
        paper_id=row.paper_id,
        clauses=tuple((line, label) for line, label in row.clauses),
    )


def of_flow(group_id: int) -> tuple[MechanismInfo, ...]:
    """Return the proposals of a group for the house's own work."""
    return tuple(_info(row) for row in Mechanism.objects.filter(group_id=group_id).order_by("pk"))


def mechanisms(viewer: Viewer, group_id: int) -> tuple[MechanismInfo, ...]:
    """Return the proposals of a group, newest first, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return ()
    return tuple(_info(row) for row in Mechanism.objects.filter(group_id=group_id).order_by("-pk"))
