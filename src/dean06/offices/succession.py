"""The end of a group and its successors: who reads what it left, and the part of a hand-over that closes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from dean06.charter.types import Ending, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.offices.models import Group, Service
from dean06.offices.rows import ending_of, info
from dean06.offices.types import GroupInfo


@clock.once_a_moment
def ending(group_id: int) -> Ending | None:
    """Return how a group ended, as it stands now; None while it is at work."""
    row = Group.objects.filter(pk=group_id, ended_on__isnull=False).first()
    return ending_of(row) if row else None


def predecessors(group_id: int) -> list[GroupInfo]:
    """Return the ended groups that a group succeeds, those before them included, the nearest first."""
    return [info(row) for row in ended_before({group_id})]


def successors(group_id: int) -> list[GroupInfo]:
    """Return the groups that succeed an ended group."""
    return [info(row) for row in Group.objects.filter(predecessors=group_id).order_by("pk")]


def ended_before(own: set[int]) -> list[Group]:
    """Return the ended groups that these succeed, at any distance."""
    found: dict[int, Group] = {}
    here = own
    while here:
        rows = Group.objects.filter(successors__in=here, ended_on__isnull=False).order_by("pk").distinct()
        fresh = {row.pk: row for row in rows if row.pk not in found}
        found |= fresh
        here = set(fresh)
    return list(found.values())


def around(own: set[int]) -> tuple[frozenset[int], list[tuple[int, int]]]:
    """Return (groups under these, pairs of one of these and an ended group that it succeeds, at any distance)."""
    near = Q(parent_id__in=own) | Q(successors__in=own, ended_on__isnull=False)
    rows = Group.objects.filter(near).order_by("pk").values_list("pk", "parent_id", "ended_on", "successors")
    below: set[int] = set()
    before: list[tuple[int, int]] = []
    for group_id, parent, ended_on, heir in rows:
        below |= {group_id} if parent in own else set()
        if ended_on is not None and heir in own:
            before += [(heir, group_id), *((heir, one.pk) for one in ended_before({group_id}))]
    return frozenset(below), list(dict.fromkeys(before))


def same_agencies(group_id: int, other_id: int) -> dict[str, str]:
    """Return the codes of agencies that serve both groups, or bear one name: the code here, and the one there."""
    here = Service.objects.filter(group_id=group_id).order_by("pk").values_list("code", "agency_id", "agency__name")
    there = Service.objects.filter(group_id=other_id).order_by("-pk").values_list("code", "agency_id", "agency__name")
    by_id = {agency: code for code, agency, _ in there}
    by_name = {name: code for code, _, name in there}
    found = {code: by_id.get(agency) or by_name.get(name) for code, agency, name in here}
    return {code: other for code, other in found.items() if other is not None}


def end_group(by: Permit, group_id: int, last_day: date, paper: tuple[str, date], heirs: Iterable[str]) -> None:
    """Close a group after its last day, under number and date of the paper that ends it, and name its successors.

    A part of the hand-over, whose one entry must stand already.
    """
    row = Group.objects.select_for_update().get(pk=group_id)
    ledger.require_recorded(by, row.slug)
    if row.ended_on is not None:
        raise BadInput(f"«{row.name}» đã kết thúc.", f"{row.name} has ended already.")
    row.ended_on = last_day
    row.ended_by, row.ended_signed_on = paper
    row.save(update_fields=["ended_on", "ended_by", "ended_signed_on"])
    row.successors.set(Group.objects.filter(slug__in=heirs))
