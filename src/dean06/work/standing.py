"""How a group's tasks stand at an instant, counted by the database: for a board, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Min, Q

from dean06.work.models import Task
from dean06.work.types import OPEN_STATES, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Tasks open and overdue at an instant, the earliest last day among the open ones, and those closed in a span."""

    open: int
    overdue: int
    oldest: date | None
    in_time: int
    late: int


def standing(group_id: int, since: datetime, at: datetime) -> Standing:
    """Count a group's tasks as they stood at an instant, and those closed between `since` and then; one query.

    What was cancelled or handed over since is left out of the past too: the count speaks of tasks that stayed.
    """
    still = Q(status__in=[one.value for one in OPEN_STATES]) | Q(status=Status.DONE.value, closed_at__gt=at)
    closed = Q(status=Status.DONE.value, closed_at__gt=since, closed_at__lte=at)
    found = Task.objects.filter(group_id=group_id, opened_at__lte=at).aggregate(
        open=Count("pk", filter=still),
        overdue=Count("pk", filter=still & Q(bound__lte=at)),
        oldest=Min("due", filter=still),
        in_time=Count("pk", filter=closed & Q(closed_at__lt=F("bound"))),
        late=Count("pk", filter=closed & Q(closed_at__gte=F("bound"))),
    )
    return Standing(**found)
