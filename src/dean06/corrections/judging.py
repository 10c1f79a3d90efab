"""What a run shows of the words that agencies gave: a correction that is there, and one that is not."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.corrections.models import Disposition, Order, Run
from dean06.corrections.types import OPEN_STATES, DispositionKind, DispositionOutcome

WAITING = DispositionOutcome.WAITING.value
OWED = [status.value for status in OPEN_STATES]


def judge(run: Run) -> None:
    """Say what a run showed of the answers on its source's findings; inside the transaction that records the run."""
    rows = Disposition.objects.filter(group_id=run.group_id, finding__source=run.source, outcome=WAITING)
    proved = rows.filter(finding__closed_by=run)
    denied = rows.filter(kind=DispositionKind.FIXED.value, finding__last_run=run, finding__status__in=OWED)
    for found, outcome in ((proved, DispositionOutcome.PROVED), (denied, DispositionOutcome.CONTRADICTED)):
        listed = list(found.values_list("pk", flat=True))
        Disposition.objects.filter(pk__in=listed).update(outcome=outcome.value, run=run)


def unjudge(run: Run, voided: Iterable[Order]) -> None:
    """Take back what a run said of answers, since it is taken back; answers on the orders it opened end with them."""
    Disposition.objects.filter(order__in=list(voided), outcome=WAITING).update(outcome=DispositionOutcome.VOID.value)
    told = Disposition.objects.filter(run=run)
    newer = set(
        Disposition.objects.filter(finding__in=told.values("finding_id"), outcome=WAITING).values_list(
            "finding_id", flat=True
        )
    )
    told.filter(finding_id__in=newer).update(outcome=DispositionOutcome.REPLACED.value, run=None)
    Disposition.objects.filter(run=run).update(outcome=WAITING, run=None)
