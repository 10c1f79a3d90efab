"""Making the catalogue anew, kind by kind and group by group: what is done stays done when the work is broken off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from dean06.catalogue.models import Entry, Making

__all__ = ["Unit", "begin", "done", "end", "forget", "units"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A kind of a group that is to be made anew; `leaf` is where the ledger stood when the work began."""

    id: int
    group_id: int
    kind: str
    leaf: int
    count: int | None


def units() -> tuple[Unit, ...]:
    """Return the units of a work under way, the ones done among them; none where no work is."""
    return tuple(
        Unit(id=row.pk, group_id=row.group_id, kind=row.kind, leaf=row.leaf, count=row.count)
        for row in Making.objects.order_by("pk")
    )


def begin(wanted: Iterable[tuple[int, str]], leaf: int) -> None:
    """Write down what is to be made anew, all of it or nothing."""
    with transaction.atomic():
        Making.objects.bulk_create(Making(group_id=group, kind=kind, leaf=leaf) for group, kind in wanted)


def done(unit: Unit, count: int) -> None:
    """Remember that a unit is made."""
    Making.objects.filter(pk=unit.id).update(count=count)


def end(kinds: Iterable[str]) -> dict[str, int]:
    """End the work: kinds that nothing enters any more go; returns how many things there are of each."""
    with transaction.atomic():
        Entry.objects.exclude(kind__in=list(kinds)).delete()
        Making.objects.all().delete()
    return dict(Entry.objects.order_by("kind").values_list("kind").annotate(count=Count("pk")))


def forget() -> None:
    """Forget a work that was broken off."""
    Making.objects.all().delete()
