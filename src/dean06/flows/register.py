"""Loading a snapshot of the population register: verified whole, recorded, and prepared for matching once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from dean06.flows.authority import Act, bind, permit
from dean06.offices.types import GroupInfo
from dean06.population import service as population
from dean06.population.service import RegisterInfo
from dean06.reconcile import live as matching
from dean06.sources import service as sources

__all__ = ["load"]


def load(
    account: str, group: GroupInfo, file: Path, as_of: date, progress: Callable[[float], None] | None = None
) -> RegisterInfo:
    """Load a register file of a group's territory as of a day; only its keeper may."""
    sha256 = sources.fingerprint_file(file)
    act = Act(
        account=account,
        group=group,
        action="register.load",
        obj=bind("register", population.register_ref(group.slug, as_of, sha256), sha256=sha256),
        facts={"register.file_verified": True},
    )
    taken = population.take(permit(act), group.id, file, as_of)
    if progress:
        progress(0.6)
    matching.ensure_prepared(taken.directory)
    if progress:
        progress(1.0)
    return taken
