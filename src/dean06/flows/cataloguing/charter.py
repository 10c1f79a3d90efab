"""Clauses of the text in force as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from dean06.adoption import service as adoption
from dean06.catalogue.types import NewEntry
from dean06.charter import service as charters
from dean06.charter.types import Provision
from dean06.clock import service as clock
from dean06.flows.cataloguing.shapes import Provider
from dean06.offices.types import GroupInfo

__all__ = ["CLAUSES"]


def _clauses(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    """Return every clause of the text in force, as the page of its article shows it."""
    charter = adoption.charter_of(group.charter_line, clock.today(group), group.ending)
    at = clock.at_start_of(group.unit_on)
    return list(_walked(group, charter.provisions, at))


def _walked(group: GroupInfo, nodes: Iterable[Provision], at: datetime) -> Iterator[NewEntry]:
    for node in nodes:
        if node.cite is not None and (node.summary.vi or node.heading):
            cited, label = node.cite, charters.clause_label(node.cite)
            yield NewEntry(
                group_id=group.id,
                kind="clause",
                key=cited.dotted,
                title=node.summary.vi or node.heading,
                label=label,
                words=f"{node.heading} {node.summary.en}",
                codes=(cited.dotted, label),
                route="charter-article",
                args=(cited.article,),
                query={"khoan": cited.dotted} if cited.clause else {},
                fragment=f"d-{cited.dotted.replace('.', '-')}" if cited.clause else "",
                at=at,
            )
        yield from _walked(group, node.children, at)


CLAUSES = Provider(
    kind="clause",
    vi="Điều khoản",
    en="Clauses",
    follows=frozenset({"charter", "group", "charter_draft"}),
    touched=_clauses,
    every=_clauses,
    whole=True,
)
