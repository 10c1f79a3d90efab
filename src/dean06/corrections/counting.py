"""Counts of findings for a report, and agencies' words beside what the next run proved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from dean06.corrections.models import Order, Run
from dean06.corrections.tallies import outcomes
from dean06.corrections.types import ClaimCheck, Counts, Outcome, SaidFixed, Tally


def counts(group_id: int, span: tuple[datetime, datetime]) -> Counts:
    """Return the facts of a span, its end excluded; each number is that of the runs it names."""
    since, until = span
    before_end = outcomes(Run.objects.filter(group_id=group_id, at__lt=until).defer("before").order_by("at", "pk"))
    within = tuple(told for told in before_end if told.at >= since)
    last: dict[str, Outcome] = {told.source: told for told in before_end}
    return Counts(runs=within, in_span=_sum(within), left_open=last)


def _sum(told: Iterable[Outcome]) -> Tally:
    """Add what runs changed; standing numbers of two runs of one source do not add up and are left at zero."""
    listed = list(told)
    moved = ("new", "proved", "reopened")
    return Tally(**{f.name: sum(getattr(o.whole, f.name) for o in listed) for f in fields(Tally) if f.name in moved})


def check_claims(group_id: int, said: Iterable[SaidFixed]) -> list[ClaimCheck]:
    """Set each claim beside the first run of its source that came after it: what was said, what was proved."""
    claims = list(said)
    sources = dict(
        Order.objects.filter(group_id=group_id, pk__in={claim.order_id for claim in claims}).values_list("pk", "source")
    )
    runs = list(
        Run.objects.filter(group_id=group_id, source__in=set(sources.values())).defer("before").order_by("at", "pk")
    )
    return [_checked(claim, [run for run in runs if run.source == sources.get(claim.order_id)]) for claim in claims]


def _checked(claim: SaidFixed, runs: list[Run]) -> ClaimCheck:
    run = next((run for run in runs if run.at > claim.at and str(claim.order_id) in run.tally["orders"]), None)
    return ClaimCheck(
        order_id=claim.order_id,
        at=claim.at,
        said=claim.count,
        proved=run.tally["orders"][str(claim.order_id)][0] if run else None,
        run_id=run.run_id if run else None,
    )
