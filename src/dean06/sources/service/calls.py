"""The face of calls: how often what feeds a source was answered, of the pulls that were begun at certain hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from dean06.clock import service as clock
from dean06.sources.connectors import patience
from dean06.sources.models import Pull

__all__ = ["in_hours", "made"]


def in_hours(at: datetime) -> bool:
    """Say whether an instant lies in the hours of an office, whatever the day."""
    table, local = patience.shipped(), at.astimezone(clock.TZ).time()
    return table.office_from <= local < table.office_to


def made(
    group_id: int, since: datetime, until: datetime, counts: Callable[[datetime], bool]
) -> dict[str, tuple[int, int]]:
    """Return, by source, how many calls were answered and how many were made by pulls begun from `since` to `until`.

    Each failure of a pull is a call that was not answered; a pull that ended well was answered once. `counts` says
    whether a pull begun at that instant counts.
    """
    answered: Counter[str] = Counter()
    called: Counter[str] = Counter()
    begun = Pull.objects.filter(Q(state=Pull.State.DONE) | Q(tries__gt=0), group_id=group_id)
    rows = begun.filter(begun_at__gte=since, begun_at__lt=until)
    for source, at, tries, state in rows.values_list("feed__source", "begun_at", "tries", "state"):
        if counts(at):
            answered[source] += state == Pull.State.DONE
            called[source] += tries + (state == Pull.State.DONE)
    return {source: (answered[source], count) for source, count in called.items()}
