"""Rows of the room as it hands them out, and which of them a reader may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from dean06.machines.models import Machine
from dean06.machines.types import MachineInfo, Scope
from dean06.offices.types import Viewer

Row = TypeVar("Row", bound=Model)


def own_rows(rows: QuerySet[Row], viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Row]:
    """Narrow rows with an agency to what a reader sees: their agencies', or the whole group where a role says so."""
    if any(held.group_id == group_id and held.role in see_all for held in viewer.capacities):
        return rows
    return rows.filter(agency__in=sorted(viewer.agencies_in(group_id)))


def machine_info(row: Machine) -> MachineInfo:
    """Return a stored account as other rooms know it."""
    return MachineInfo(
        public_id=str(row.public_id),
        group_id=row.group_id,
        name=row.name,
        agency=row.agency,
        scopes=tuple(Scope(one) for one in row.scopes),
        purpose=row.purpose,
        ends_on=row.ends_on,
        made_at=row.made_at,
        made_by=str(row.made_by),
        permit=row.permit,
        revoked_at=row.revoked_at,
        code_until=row.code_until if row.code_digest else None,
        thumbprint=row.thumbprint,
        key_at=row.key_at,
        called_at=row.called_at,
        refused=row.refused,
        refused_at=row.refused_at,
        refused_for=row.refused_for,
    )
