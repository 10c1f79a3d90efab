"""A frozen month's scores as measurements of quality: W3C DQV over the datasets of a catalogue, no cell of few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import DCTERMS, PROV, QB, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from dean06.reconcile.dcat import Catalogue, at, place
from dean06.reconcile.open_terms import ATTRIBUTE, DIMENSION, DQV, concept, said, terms
from dean06.reconcile.types import Measure

PLACES = Decimal("0.000001")

__all__ = ["Metric", "Taken", "axes_and_metrics", "measurements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure as it is published: its axis with the words of both, and the characteristic of ISO/IEC 25012."""

    code: str
    axis: str
    axis_words: tuple[str, str]
    words: tuple[str, str]
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was measured of one list in one month: cells that are safe to tell; `statement` is where they stand."""

    source: str
    agency: str
    month: str
    cells: Mapping[tuple[str, str], Measure]
    communes: Mapping[str, str]
    statement: str
    sha256: str


def axes_and_metrics(graph: Graph, base: str, metrics: Iterable[Metric]) -> None:
    """Declare the axes as dimensions, mapped to ISO/IEC 25012, and each measure as a metric in its axis."""
    scheme = at(base, "thang", "iso-iec-25012")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    said(graph, scheme, DCTERMS.title, "Đặc tính chất lượng dữ liệu, ISO/IEC 25012:2008", "ISO/IEC 25012:2008")
    for one in metrics:
        axis, own = at(base, "truc", one.axis), at(base, "phep", one.code)
        graph.add((axis, RDF.type, DQV.Dimension))
        concept(graph, axis, *one.axis_words)
        standard = at(base, "iso25012", one.standard)
        concept(graph, standard, *terms().characteristics[one.standard], scheme=scheme, code=one.standard)
        graph.add((axis, SKOS.relatedMatch, standard))
        graph.add((own, RDF.type, DQV.Metric))
        concept(graph, own, *one.words, code=one.code)
        graph.add((own, SKOS.relatedMatch, standard))
        graph.add((own, DQV.inDimension, axis))
        graph.add((own, DQV.expectedDataType, XSD.decimal))
    _properties(graph, base)


def _own(base: str) -> Namespace:
    return Namespace(f"{base}#d06-")


def _properties(graph: Graph, base: str) -> None:
    """Declare what this catalogue says beyond the public vocabularies."""
    own = _own(base)
    for name, kind, vi, en in (
        ("agency", QB.DimensionProperty, "cơ quan giữ danh sách", "agency that keeps the list"),
        ("good", QB.AttributeProperty, "số đạt", "number that is good"),
        ("total", QB.AttributeProperty, "số đo", "number that was measured"),
        ("low", QB.AttributeProperty, "cận dưới 95 % (Wilson)", "lower bound, 95 % (Wilson)"),
        ("high", QB.AttributeProperty, "cận trên 95 % (Wilson)", "upper bound, 95 % (Wilson)"),
        ("threshold", QB.AttributeProperty, "ngưỡng", "threshold"),
        ("hidden", QB.AttributeProperty, "không nêu vì mẫu nhỏ", "not told: a small sample"),
    ):
        graph.add((own[name], RDF.type, kind))
        graph.add((own[name], RDF.type, RDF.Property))
        said(graph, own[name], RDFS.label, vi, en)


def measurements(graph: Graph, catalogue: Catalogue, taken: Taken) -> int:
    """State every measurement of one list; returns how many."""
    statement = URIRef(taken.statement)
    graph.add((statement, RDF.type, PROV.Entity))
    graph.add((statement, DCTERMS.identifier, Literal(f"sha256:{taken.sha256}")))
    for commune, name in taken.communes.items():
        concept(graph, at(catalogue.base, "noi", commune), name, "", code=commune)
    told = 0
    for (commune, code), one in sorted(taken.cells.items()):
        if one.total or one.hidden:
            _measurement(graph, catalogue, taken, commune, code, one)
            told += 1
    return told


def _measurement(graph: Graph, catalogue: Catalogue, taken: Taken, commune: str, code: str, one: Measure) -> None:
    base, own = catalogue.base, _own(catalogue.base)
    here = at(base, "do", f"{taken.source}-{taken.month}-{commune or 'ca'}-{code}")
    dataset = at(base, "bo", taken.source)
    graph.add((here, RDF.type, DQV.QualityMeasurement))
    graph.add((here, DQV.computedOn, dataset))
    graph.add((dataset, DQV.hasQualityMeasurement, here))
    graph.add((here, DQV.isMeasurementOf, at(base, "phep", code)))
    graph.add((here, DIMENSION.refPeriod, Literal(taken.month, datatype=XSD.gYearMonth)))
    graph.add((here, DIMENSION.refArea, at(base, "noi", commune) if commune else place(catalogue)))
    graph.add((here, own["agency"], at(base, "co-quan", taken.agency)))
    graph.add((here, PROV.wasDerivedFrom, URIRef(taken.statement)))
    if one.target is not None:
        graph.add((here, own["threshold"], _decimal(one.target)))
    if one.hidden:
        graph.add((here, own["hidden"], Literal("true", datatype=XSD.boolean)))
        graph.add((here, ATTRIBUTE.confStatus, URIRef("http://purl.org/linked-data/sdmx/2009/code#confStatus-C")))
        said(graph, here, RDFS.comment, "mẫu nhỏ", "small sample")
        return
    graph.add((here, DQV.value, _decimal(one.share or 0.0)))
    for name, count in (("good", one.good), ("total", one.total)):
        graph.add((here, own[name], Literal(count, datatype=XSD.nonNegativeInteger)))
    for name, bound in (("low", one.low), ("high", one.high)):
        graph.add((here, own[name], _decimal(bound)))


def _decimal(value: float) -> Literal:
    return Literal(Decimal(str(value)).quantize(PLACES), datatype=XSD.decimal)
