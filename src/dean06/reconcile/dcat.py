"""The lists of a group as a catalogue that other catalogues read: DCAT-AP 3.0, descriptions alone.

Lists of people have no distribution: who may have them, and how, is for the law; their access is restricted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from dean06.reconcile.open_terms import VCARD, concept, said, terms, themes_of
from dean06.sources.live import Contract

VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not know yet

__all__ = ["Agency", "Catalogue", "Dataset", "at", "describe", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who publishes and whom to ask: an agency by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One list: its contract, the agency that keeps it, and the page that describes its columns."""

    contract: Contract
    agency: Agency
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A group's lists: `base` is the address under which everything in it is named."""

    base: str
    group: Agency
    territory: str
    unit_code: str
    as_of: date
    datasets: Sequence[Dataset]


def at(base: str, kind: str, code: str) -> URIRef:
    """Return the address of something in the catalogue."""
    return URIRef(f"{base}#{kind}-{code}")


def place(catalogue: Catalogue) -> URIRef:
    """Return the address of the group's territory."""
    return at(catalogue.base, "noi", catalogue.unit_code)


def describe(graph: Graph, catalogue: Catalogue) -> URIRef:
    """Describe the catalogue and each of its lists; returns the catalogue's address."""
    own, known = URIRef(catalogue.base), terms()
    graph.add((own, RDF.type, DCAT.Catalog))
    name = catalogue.group.name
    said(graph, own, DCTERMS.title, f"Danh mục dữ liệu của {name}", f"Data catalogue of {name}")
    said(
        graph,
        own,
        DCTERMS.description,
        "Các danh sách được đối soát với dữ liệu dân cư và chất lượng của chúng; không có dữ liệu của người nào.",
        "Lists that are checked against the population register, and their quality; no data of any person.",
    )
    graph.add((own, DCTERMS.publisher, _agent(graph, catalogue.base, catalogue.group)))
    graph.add((own, FOAF.homepage, URIRef(catalogue.base)))
    graph.add((URIRef(catalogue.base), RDF.type, FOAF.Document))
    graph.add((own, DCTERMS.language, known.language))
    graph.add((known.language, RDF.type, DCTERMS.LinguisticSystem))
    graph.add((own, DCTERMS.modified, Literal(catalogue.as_of.isoformat(), datatype=XSD.date)))
    graph.add((own, DCTERMS.spatial, place(catalogue)))
    graph.add((own, DCAT.themeTaxonomy, known.theme_scheme))
    graph.add((known.theme_scheme, RDF.type, SKOS.ConceptScheme))
    said(graph, known.theme_scheme, DCTERMS.title, "Chủ đề dữ liệu (EU)", "Data theme")
    _territory(graph, catalogue)
    for one in catalogue.datasets:
        graph.add((own, DCAT.dataset, _dataset(graph, catalogue, one)))
    return own


def _territory(graph: Graph, catalogue: Catalogue) -> None:
    where = place(catalogue)
    graph.add((where, RDF.type, DCTERMS.Location))
    graph.add((where, RDFS.label, Literal(catalogue.territory, lang="vi")))
    graph.add((where, DCTERMS.identifier, Literal(catalogue.unit_code)))


def _agent(graph: Graph, base: str, agency: Agency) -> URIRef:
    who = at(base, "co-quan", agency.code)
    graph.add((who, RDF.type, FOAF.Agent))
    graph.add((who, FOAF.name, Literal(agency.name, lang="vi")))
    return who


def _dataset(graph: Graph, catalogue: Catalogue, one: Dataset) -> URIRef:
    contract, known = one.contract, terms()
    own = at(catalogue.base, "bo", contract.id)
    graph.add((own, RDF.type, DCAT.Dataset))
    graph.add((own, DCTERMS.identifier, Literal(contract.id)))
    said(graph, own, DCTERMS.title, contract.title.vi, contract.title.en)
    said(graph, own, DCTERMS.description, contract.legal.purpose.vi, contract.legal.purpose.en)
    for ground in contract.legal.basis:
        said(graph, own, DCTERMS.description, ground.vi, ground.en)
    graph.add((own, DCTERMS.publisher, _agent(graph, catalogue.base, one.agency)))
    graph.add((own, DCAT.contactPoint, _contact(graph, catalogue, one.agency)))
    for theme in themes_of(contract):
        graph.add((own, DCAT.theme, theme.at))
        concept(graph, theme.at, theme.vi, theme.en, scheme=known.theme_scheme)
    said(graph, own, DCAT.keyword, contract.subject.vi, contract.subject.en)
    if contract.system:
        graph.add((own, DCAT.keyword, Literal(contract.system, lang="en")))
    every = known.frequencies[contract.cadence.every]
    graph.add((own, DCTERMS.accrualPeriodicity, every.at))
    graph.add((every.at, RDF.type, DCTERMS.Frequency))
    said(graph, every.at, RDFS.label, every.vi, every.en)
    graph.add((own, DCTERMS.accessRights, known.access.at))
    graph.add((known.access.at, RDF.type, DCTERMS.RightsStatement))
    said(graph, known.access.at, RDFS.label, known.access.vi, known.access.en)
    graph.add((own, DCTERMS.language, known.language))
    graph.add((own, DCTERMS.spatial, place(catalogue)))
    graph.add((own, DCTERMS.issued, Literal(contract.valid_from.isoformat(), datatype=XSD.date)))
    graph.add((own, VERSION, Literal(str(contract.version))))
    layout = URIRef(one.package)
    graph.add((own, DCTERMS.conformsTo, layout))
    graph.add((layout, RDF.type, DCTERMS.Standard))
    said(graph, layout, DCTERMS.title, f"Cấu trúc: {contract.title.vi}", f"Layout: {contract.title.en}")
    return own


def _contact(graph: Graph, catalogue: Catalogue, agency: Agency) -> URIRef:
    who = at(catalogue.base, "lien-he", agency.code)
    graph.add((who, RDF.type, VCARD.Kind))
    graph.add((who, RDF.type, VCARD.Organization))
    graph.add((who, VCARD.fn, Literal(agency.name, lang="vi")))
    graph.add((who, VCARD.hasURL, URIRef(catalogue.base)))
    return who
