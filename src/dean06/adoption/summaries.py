"""Frozen statements of many groups at once, for whoever oversees them: summaries, never a row of their records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from dean06.adoption.models import Statement


def statements_of_groups(group_ids: Iterable[int], month: str) -> dict[int, list[Mapping[str, object]]]:
    """Return, by group, the duties in the frozen statement of a month; a group that froze none is not there.

    One query. The hash is checked where a statement itself is opened.
    """
    rows = Statement.objects.filter(group_id__in=list(group_ids), month=month)
    return {group_id: json.loads(text)["items"] for group_id, text in rows.values_list("group_id", "canonical")}


def last_months(group_id: int, until: str, count: int) -> dict[str, list[Mapping[str, object]]]:
    """Return the duties in a group's newest frozen statements up to a month, the oldest first."""
    rows = Statement.objects.filter(group_id=group_id, month__lte=until).order_by("-month")[:count]
    return {row.month: json.loads(row.canonical)["items"] for row in reversed(rows)}
