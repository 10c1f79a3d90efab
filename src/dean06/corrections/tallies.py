"""Tallies: what a run did, counted once when it is recorded and kept, so that a report of last spring never changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from dean06.corrections.models import Order, Run
from dean06.corrections.types import OrderCount, Outcome, Tally


def tally(counts: Counter[tuple[str, str, str]], orders: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
    """Return the counts of a run as they are stored."""
    whole: Counter[str] = Counter()
    causes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    communes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (kind, cause, commune), count in sorted(counts.items()):
        whole[kind] += count
        causes[cause][kind] += count
        communes[commune][kind] += count
    return {
        "whole": dict(whole),
        "causes": {code: dict(kinds) for code, kinds in causes.items()},
        "communes": {code: dict(kinds) for code, kinds in communes.items()},
        "orders": {str(order_id): list(progress) for order_id, progress in sorted(orders.items())},
    }


def outcome(run: Run) -> Outcome:
    """Return what a recorded run changed."""
    return outcomes([run])[0]


def outcomes(runs: Iterable[Run]) -> list[Outcome]:
    """Return what recorded runs changed; one query whatever their number."""
    listed = list(runs)
    orders = {int(key) for run in listed for key in run.tally["orders"]}
    tasks = dict(Order.objects.filter(pk__in=orders).values_list("pk", "task_id"))
    return [_outcome(run, tasks) for run in listed]


def _outcome(run: Run, tasks: Mapping[int, int | None]) -> Outcome:
    orders: dict[str, list[int]] = run.tally["orders"]
    return Outcome(
        run_id=run.run_id,
        source=run.source,
        at=run.at,
        complete=run.complete,
        whole=Tally(**run.tally["whole"]),
        by_cause={code: Tally(**kinds) for code, kinds in run.tally["causes"].items()},
        by_commune={code: Tally(**kinds) for code, kinds in run.tally["communes"].items()},
        by_order=tuple(
            OrderCount(order_id=int(key), task_id=tasks.get(int(key)), proved=proved, total=total)
            for key, (proved, total) in orders.items()
        ),
    )
