"""What a group tells of its lists to everybody: the catalogue with the quality of a frozen month, in three formats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rdflib import Graph

from dean06.places import service as places
from dean06.reconcile import dcat, dqv
from dean06.reconcile.dcat import Agency, Catalogue, Dataset
from dean06.reconcile.disclosure import WHOLE, Cells
from dean06.reconcile.open_terms import PREFIXES, Term, terms, themes_of
from dean06.reconcile.service import scores
from dean06.reconcile.service.month_scores import FrozenScores, listed
from dean06.reconcile.types import Measure

# How a catalogue is written: the name rdflib knows, and the type a browser is told.
FORMATS: Mapping[str, tuple[str, str]] = {
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
}

__all__ = [
    "FORMATS",
    "Agency",
    "Catalogue",
    "Dataset",
    "Term",
    "frequency",
    "graph",
    "serialize",
    "themes_of",
    "told_cells",
]


def frequency(every: str) -> Term:
    """Return the public term for how often a list comes."""
    return terms().frequencies[every]


def told_cells(node: Mapping[str, object]) -> Cells:
    """Return the cells of one source of a frozen month that may be told to everybody."""
    targets = {one["measure"]: one["value"] for one in listed(node, "thresholds")}
    cells: Cells = {}
    for one in listed(node, "cells"):
        code, target = str(one["measure"]), targets.get(one["measure"])
        cells[(str(one["commune"]), code)] = Measure(
            code=code,
            good=int(str(one["good"])),
            total=int(str(one["total"])),
            low=float(str(one["low"])),
            high=float(str(one["high"])),
            target=None if target is None else float(str(target)),
        )
    return scores.without_few(cells)


def graph(catalogue: Catalogue, frozen: FrozenScores | None, statement: str, *, by_commune: bool = False) -> Graph:
    """Return the catalogue as statements, with the quality of a frozen month where there is one.

    It tells of whole lists; `by_commune` of communes too, which is for a catalogue of few lists.
    """
    made = Graph()
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)
    made.bind("d06", f"{catalogue.base}#")
    dcat.describe(made, catalogue)
    if frozen is not None:
        dqv.axes_and_metrics(made, catalogue.base, _metrics())
        own = {one.contract.id for one in catalogue.datasets}
        for node in frozen.sources:
            if node["run"] and node["source"] in own:
                dqv.measurements(made, catalogue, _taken(node, frozen, statement, by_commune=by_commune))
    return made


def _metrics() -> list[dqv.Metric]:
    axes = {axis.code: (axis.vi, axis.en) for axis in scores.AXES}
    return [
        dqv.Metric(
            code=one.code,
            axis=one.axis,
            axis_words=axes[one.axis],
            words=(one.vi, one.en),
            standard=one.standard,
        )
        for one in scores.measures().values()
        if one.axis in axes
    ]


def _taken(node: Mapping[str, object], frozen: FrozenScores, statement: str, *, by_commune: bool) -> dqv.Taken:
    told, on = told_cells(node), date.fromisoformat(str(node["register_as_of"]))
    cells = told if by_commune else {key: one for key, one in told.items() if key[0] == WHOLE}
    communes = {}
    for code in sorted({commune for commune, _ in cells if commune}):
        unit = places.unit(code, on)
        communes[code] = unit.name if unit else code
    own = {axis.code for axis in scores.AXES}
    return dqv.Taken(
        source=str(node["source"]),
        agency=str(node["agency"]),
        month=frozen.month,
        cells={key: one for key, one in cells.items() if scores.axis_of(one.code) in own},
        communes=communes,
        statement=statement,
        sha256=frozen.sha256,
    )


def serialize(made: Graph, kind: str) -> bytes:
    """Return the catalogue in one of the formats; the same statements give the same bytes."""
    name, _ = FORMATS[kind]
    return bytes(made.serialize(format=name, encoding="utf-8"))
