"""The day of the police of the territory: who to confirm, whom to go and see, what to decide on, what was returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

from dean06.adoption import service as adoption
from dean06.corrections import service as corrections
from dean06.corrections.types import ProposalInfo, ProposalState, Status
from dean06.flows.doubting import CONSIDER
from dean06.offices.types import GroupInfo, Viewer
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo, DisputeInfo

__all__ = ["PoliceDay", "considerers", "police_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceDay:
    """What waits for the police; counts by source or commune, the most first.

    Attributes:
        confirm: rows in which several people fit, by source.
        visit: rows whose person is to be seen at their door, by commune (empty where the list does not tell).
        decide: proposals on the register that wait for a decision, the oldest first.
        disputed: rules of which an agency says that they are wrong, and nobody has decided; the oldest first.
        returned: rows that came back after they were said to be corrected, by source.
        aside: the newest list of each source of which rows could not be used, or that could not be read.
    """

    confirm: Mapping[str, int]
    visit: Mapping[str, int]
    decide: tuple[ProposalInfo, ...]
    disputed: tuple[DisputeInfo, ...]
    returned: Mapping[str, int]
    aside: tuple[DeliveryInfo, ...]


@lru_cache(maxsize=1)
def _verdicts() -> Mapping[str, frozenset[str]]:
    text = resources.files("dean06.flows.day").joinpath("verdicts.yaml").read_text(encoding="utf-8")
    table = YAML(typ="safe", pure=True).load(text)
    return {name: frozenset(table[name]) for name in ("confirm", "visit")}


def considerers() -> frozenset[str]:
    """Return the roles that record what the register's owner decides: who has a day of this kind."""
    norms = (norm for norm in adoption.installation_charter().norms if norm.action == CONSIDER)
    return frozenset(bearer.role for norm in norms for bearer in norm.bearers)


def police_day(
    viewer: Viewer, group: GroupInfo, delivered: Iterable[DeliveryInfo], see_all: frozenset[str]
) -> PoliceDay:
    """Return the day of whoever confirms for the police."""
    see_all = see_all | considerers()  # whoever decides on the register sees what waits for it, whatever the seat
    verdicts = _verdicts()
    counted = corrections.open_counts(
        viewer, group.id, ("rule", "source", "status"), verdicts["confirm"] | verdicts["visit"], see_all=see_all
    )
    communes = corrections.open_counts(viewer, group.id, ("commune",), verdicts["visit"], see_all=see_all)
    waiting = [one for one in corrections.proposals(viewer, group.id) if one.state is ProposalState.WAITING]
    return PoliceDay(
        confirm=_summed((source, n) for (rule, source, _), n in counted.items() if rule in verdicts["confirm"]),
        visit=_summed((commune, n) for (commune,), n in communes.items()),
        decide=tuple(sorted(waiting, key=lambda one: one.number)),
        disputed=tuple(one for one in reversed(sources.disputes(viewer, group.id)) if one.waiting),
        returned=_summed((source, n) for (_, source, status), n in counted.items() if status == Status.REOPENED),
        aside=tuple(_aside(delivered)),
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, n in pairs:
        found[name] = found.get(name, 0) + n
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _aside(delivered: Iterable[DeliveryInfo]) -> Iterable[DeliveryInfo]:
    """Yield the newest delivery of each source where something of it could not be used; newest first."""
    newest: dict[str, DeliveryInfo] = {}
    for one in delivered:
        if one.state != "undone" and one.beside is None:  # the same rows of the same file are told of once
            newest.setdefault(one.source, one)
    return [one for one in newest.values() if one.quarantined or one.state == "refused"]
