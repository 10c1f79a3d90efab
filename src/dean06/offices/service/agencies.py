"""Agencies under the codes that a group's charter gives them."""

from __future__ import annotations

from dean06.offices.models import Service

__all__ = [
    "agency_name",
    "agency_names",
]


def agency_names(group_id: int) -> dict[str, str]:
    """Return code and name of every agency that serves a group."""
    rows = Service.objects.filter(group_id=group_id).select_related("agency").order_by("pk")
    return {row.code: row.agency.name for row in rows}


def agency_name(group_id: int, code: str) -> str:
    """Return an agency's name, or its code where the group has not named it."""
    row = Service.objects.filter(group_id=group_id, code=code).select_related("agency").first()
    return row.agency.name if row else code
