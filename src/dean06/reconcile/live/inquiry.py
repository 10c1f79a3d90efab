"""The Django-free face of matching without a register: the population service is asked about each row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.inquiry import running
from dean06.reconcile.inquiry.running import Call, InquiryReport
from dean06.reconcile.inquiry.speaking import STATES
from dean06.reconcile.live import STOPPED
from dean06.reconcile.stopped import EngineStopped
from dean06.sources.live.inquiry import Asking

__all__ = ["STATES", "Call", "InquiryReport", "match_by_asking"]


def match_by_asking(
    asking: Asking,
    batch_parquet: Path,
    out_parquet: Path,
    options: Options,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[RunReport, InquiryReport]:
    """Match a batch by asking the service about its rows, and write the result whole, also where asking came to no end.

    What is made on the way lies in the folder `options.temp`, which the caller removes.
    """
    try:
        return running.match_by_asking(asking, batch_parquet, out_parquet, options, tell)
    except STOPPED as problem:
        raise EngineStopped(out_parquet) from problem
