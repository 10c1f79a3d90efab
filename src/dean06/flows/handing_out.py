"""A large result as a workbook: made ahead by a job, held a day for those who may take it out, then gone.

Small results are written while the reader waits. What is made ahead lies in a private directory of the installation,
and taking it out is the look that is recorded.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from dean06.clock import service as clock
from dean06.flows import looking
from dean06.offices import service as offices
from dean06.reconcile import live as matching
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources

LARGE = 10_000  # rows that are written as a workbook in two seconds
KEPT = 24 * 3600

__all__ = ["LARGE", "is_large", "make", "ready", "sweep", "written"]


def _shelf() -> Path:
    shelf = Path(settings.HOME) / "run" / "downloads"
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    return shelf


def _place(run: RunInfo) -> Path:
    return _shelf() / f"{run.label}-{run.result_sha256[:16]}.xlsx"


def is_large(run: RunInfo) -> bool:
    """Say whether a workbook of a run is made ahead."""
    return run.rows > LARGE


def ready(run: RunInfo) -> Path | None:
    """Return the workbook of a run that was made ahead, while it is held."""
    place = _place(run)
    return place if place.exists() and not _is_old(place) else None


def make(account: str, run_id: int, tell: Callable[[str, float], None]) -> None:
    """Make the workbook of a run ahead; whether the account that asked for it may take it out is decided again."""
    sweep()
    run = runs.for_work(run_id)
    viewer = offices.viewer(account, clock.today())
    result = looking.exportable(viewer, run_id)
    with TemporaryDirectory(prefix=".dang-lap-", dir=_shelf()) as folder:
        out = Path(folder) / "ket-qua.xlsx"
        summary = looking.summary_of(run, sources.delivery_for_work(run.delivery_id))
        matching.write_result(result, out, summary, lambda share: tell("lap-tep", share))
        out.chmod(0o600)
        out.replace(_place(run))


@contextmanager
def written(result: Path, kind: str, summary: dict[str, object]) -> Iterator[Path]:
    """Give a result written as a small file of a kind; it is gone afterwards, also when something fails."""
    with TemporaryDirectory(prefix=".dang-tai-", dir=_shelf()) as folder:
        out = Path(folder) / f"ket-qua.{kind}"
        matching.write_result(result, out, summary)
        yield out


def sweep() -> None:
    """Delete what was held a day, and what a killed download or upload left behind."""
    for folder in (_shelf(), Path(settings.FILE_UPLOAD_TEMP_DIR)):
        _sweep(folder)


def _sweep(folder: Path) -> None:
    for left in folder.iterdir():
        if not _is_old(left):
            continue
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < clock.now().timestamp() - KEPT
    except FileNotFoundError:
        return False
