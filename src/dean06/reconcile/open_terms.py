"""The words of public vocabularies by which lists and their quality are described to other catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, PROV, QB, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from ruamel.yaml import YAML

from dean06.sources.live import Contract

DQV = Namespace("http://www.w3.org/ns/dqv#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DIMENSION = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
ATTRIBUTE = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
PREFIXES = {
    "dcat": DCAT,
    "dct": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "prov": PROV,
    "qb": QB,
    "skos": SKOS,
    "vcard": VCARD,
    "sdmx-dimension": DIMENSION,
    "sdmx-attribute": ATTRIBUTE,
    "xsd": XSD,
}

__all__ = ["ATTRIBUTE", "DIMENSION", "DQV", "PREFIXES", "VCARD", "Term", "concept", "said", "terms", "themes_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a public vocabulary: its address, and its words in both languages."""

    at: URIRef
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms that the table gives."""

    access: Term
    language: URIRef
    frequencies: Mapping[str, Term]
    themes: Mapping[str, Term]
    of_systems: Mapping[str, tuple[str, ...]]
    of_others: tuple[str, ...]
    characteristics: Mapping[str, tuple[str, str]]
    theme_scheme: URIRef


@lru_cache(maxsize=1)
def terms() -> Terms:
    """Return the table of public terms."""
    text = resources.files("dean06.reconcile").joinpath("open_data.yaml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    authority = table["authority"]

    def term(kind: str, row: Mapping[str, str], code: str = "") -> Term:
        return Term(at=URIRef(f"{authority}{kind}/{code or row['code']}"), vi=row["vi"], en=row["en"])

    return Terms(
        access=term("access-right", table["access"]),
        language=URIRef(f"{authority}language/{table['language']}"),
        frequencies={every: term("frequency", row) for every, row in table["frequencies"].items()},
        themes={code: term("data-theme", row, code) for code, row in table["themes"].items()},
        of_systems={system: tuple(codes) for system, codes in table["themes_of_systems"].items()},
        of_others=tuple(table["themes_of_others"]),
        characteristics={code: (row["vi"], row["en"]) for code, row in table["characteristics"].items()},
        theme_scheme=URIRef(f"{authority}data-theme"),
    )


def themes_of(contract: Contract) -> tuple[Term, ...]:
    """Return the themes under which a list stands."""
    known = terms()
    codes = known.of_systems.get(contract.system or "", known.of_others)
    return tuple(known.themes[code] for code in codes)


def said(graph: Graph, at: URIRef, how: URIRef, vi: str, en: str) -> None:
    """Say something of a thing in both languages."""
    graph.add((at, how, Literal(vi, lang="vi")))
    if en:
        graph.add((at, how, Literal(en, lang="en")))


def concept(graph: Graph, at: URIRef, vi: str, en: str, *, scheme: URIRef | None = None, code: str = "") -> None:
    """Say that something is a concept, and what it is called."""
    graph.add((at, RDF.type, SKOS.Concept))
    said(graph, at, SKOS.prefLabel, vi, en)
    if scheme is not None:
        graph.add((at, SKOS.inScheme, scheme))
    if code:
        graph.add((at, SKOS.notation, Literal(code)))
