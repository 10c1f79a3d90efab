"""A list read by two contracts, so that it can be seen what a change would do; nothing of it is kept but counts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dean06.clock.errors import BadInput, HouseError
from dean06.sources import live, shelf
from dean06.sources.contract import Contract
from dean06.sources.keeping import kept, private, vault
from dean06.sources.models import Delivery
from dean06.sources.types import Checked, Trial, TrialCount

__all__ = ["original_of_delivery", "try_contracts"]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A list as one contract sees it; no counts where it cannot be read."""

    rows: int | None = None
    quarantined: int | None = None
    known: int | None = None
    checked: Checked | None = None
    problem: HouseError | None = None


def original_of_delivery(delivery_id: int) -> tuple[Path, str]:
    """Return the file of a delivery as it came, and the name it came under."""
    row = Delivery.objects.get(pk=delivery_id)
    file = kept(vault() / row.directory)
    if file is None:
        raise BadInput(
            f"Tệp «{row.file_name}» không còn trong kho: thử trên một tệp khác.",
            f"The file {row.file_name!r} is no longer in the vault: try another file.",
        )
    return file, row.file_name


def try_contracts(file: Path, name: str, before: Contract | None, after: Contract, draft: str, day: date) -> Trial:
    """Read and check a list by both contracts; `draft` is the digest of what is tried."""
    folder = shelf.workplace(private(vault() / "trials"))  # what a killed trial left there goes with the next one
    try:
        was = _seen(file, before, folder / "truoc", day) if before else _Seen()
        now = _seen(file, after, folder / "sau", day)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    vi, en = (text.replace(file.name, name) for text in (now.problem.vi, now.problem.en)) if now.problem else ("", "")
    return Trial(
        draft=draft,
        file_name=name,
        rows=(was.rows, now.rows),
        quarantined=(was.quarantined, now.quarantined),
        known=(was.known, now.known),
        broken_rows=(_broken(was.checked), _broken(now.checked)),
        rules=_rules(was.checked, now.checked),
        problem_vi=vi,
        problem_en=en,
    )


def _seen(file: Path, contract: Contract, folder: Path, day: date) -> _Seen:
    folder.mkdir(mode=0o700)
    try:
        batch = live.read_batch(file, contract, folder)
    except HouseError as problem:
        return _Seen(problem=problem)
    checked = None
    with suppress(duckdb.Error):  # what DuckDB says may quote a row, and goes no further
        checked = live.check(batch, contract, day, folder / "trai-luat.parquet")
    known = sum(one.column in batch.roles for one in contract.own_fields)
    return _Seen(rows=batch.rows, quarantined=len(batch.quarantined), known=known, checked=checked)


def _broken(checked: Checked | None) -> int | None:
    return checked.broken_rows if checked else None


def _rules(was: Checked | None, now: Checked | None) -> tuple[TrialCount, ...]:
    """Return the rules that find something before or after."""
    before, after = _counts(was), _counts(now)
    told = [
        TrialCount(rule=rule, field=field, before=before.get((rule, field)), after=after.get((rule, field)))
        for rule, field in dict.fromkeys((*before, *after))
    ]
    return tuple(one for one in told if one.before or one.after)


def _counts(checked: Checked | None) -> Mapping[tuple[str, str], int]:
    return {(one.rule, one.field): one.broken for one in checked.rules} if checked else {}
