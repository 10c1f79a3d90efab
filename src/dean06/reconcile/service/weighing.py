"""What the scores of a few rows of a run were made of, weighed again with the weights that the run kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dean06.population import service as population
from dean06.reconcile import live
from dean06.reconcile.engine.again import Weighed, weigh
from dean06.reconcile.engine.again import nearest as near
from dean06.reconcile.service import runs
from dean06.reconcile.stopped import EngineStopped
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources

__all__ = ["Weighed", "nearest", "of_rows"]


def of_rows(run: RunInfo, stts: Sequence[int]) -> Mapping[int, Sequence[Weighed]]:
    """Return the best candidates of each row with the terms of their scores.

    None for a run that kept no weights, and for one that asked a service: what it was told is gone.
    """
    if run.result is None or not run.register_id:
        return {}
    options, batch = runs.options_of(run.id), sources.batch(run.delivery_id)
    if options.model is None:
        return {}
    prepared = live.ensure_prepared(population.register(run.register_id).directory)
    found: dict[int, list[Weighed]] = {}
    with TemporaryDirectory(prefix=".can-lai-", dir=run.result.parent) as folder:
        stopped = False
        try:
            for one in weigh(prepared, batch.parquet, stts, options, Path(folder) / "tam"):
                found.setdefault(one.stt, []).append(one)
        except duckdb.Error:  # what it says may quote a row
            stopped = True
    if stopped:
        raise EngineStopped(batch.parquet)
    return found


def nearest(run: RunInfo, stt: int) -> tuple[str, ...]:
    """Return the numbers of the people most like a row, however unlike; none for a run that asked a service."""
    if run.result is None or not run.register_id:
        return ()
    options, batch = runs.options_of(run.id), sources.batch(run.delivery_id)
    prepared = live.ensure_prepared(population.register(run.register_id).directory)
    with TemporaryDirectory(prefix=".gan-nhat-", dir=run.result.parent) as folder:
        found: list[str] | None = None
        with suppress(duckdb.Error):  # what it says may quote a row
            found = near(prepared, batch.parquet, stt, options, Path(folder) / "tam")
    if found is None:
        raise EngineStopped(batch.parquet)
    return tuple(found)
