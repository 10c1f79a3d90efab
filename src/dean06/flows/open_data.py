"""What a group publishes of its lists: who keeps each, how often it comes, and how good it was in a frozen month."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph

from dean06.charter import service as charters
from dean06.charter.types import Charter
from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.places import service as places
from dean06.reconcile.service import open_data
from dean06.reconcile.service.month_scores import FrozenScores
from dean06.reconcile.service.open_data import Agency, Catalogue, Dataset
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.live import Contract

__all__ = ["catalogue", "told"]


def catalogue(
    group: GroupInfo,
    charter: Charter,
    frozen: FrozenScores | None,
    base: str,
    package: Callable[[str], str],
    only: str = "",
) -> Catalogue:
    """Return the lists of a group: those given to an agency, and those that a frozen month tells of; or one of them.

    `package` gives the address at which the columns of a list are described.
    """
    standing, today = sources.assignments(group.id), clock.today(group)
    counted = {str(node["source"]): str(node["agency"]) for node in frozen.sources if node["run"]} if frozen else {}
    own = sorted(one for one in {*standing, *counted} if only in {"", one})
    names, unit = offices.agency_names(group.id), places.unit(group.unit_code, group.unit_on)

    def keeper(contract: Contract) -> Agency:
        held = standing.get(contract.id)
        answering = charters.answerable(charter, contract.system) if contract.system else None
        code = counted.get(contract.id) or (held.agency if held else answering.agency if answering else "")
        return Agency(code=code or group.slug, name=names.get(code, group.name))

    return Catalogue(
        base=base,
        group=Agency(code=group.slug, name=group.name),
        territory=unit.name if unit else group.short_name,
        unit_code=group.unit_code,
        as_of=frozen.frozen_at.astimezone(clock.TZ).date() if frozen else today,
        datasets=[
            Dataset(contract=one, agency=keeper(one), package=package(one.id)) for one in map(contracts.contract, own)
        ],
    )


def told(catalogue: Catalogue, frozen: FrozenScores | None, statement: str, *, by_commune: bool = False) -> Graph:
    """Return what is told of the lists, as statements; `statement` is where the frozen month lies."""
    return open_data.graph(catalogue, frozen, statement, by_commune=by_commune)
