"""Nội quy hệ thống: the installation's own charter, which decides what no group's charter speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Provision
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import anchor
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

__all__ = ["house_rules"]


def _nodes(nodes: Iterable[Provision]) -> Iterator[Provision]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


@group_page
def house_rules(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every clause of the installation's charter, each under the address by which pages cite it."""
    charter = adoption.installation_charter()
    language = current_language()
    shown = {
        "head": PageHead(
            title=charter.title,
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(
                words("Quyết định những việc mà quy chế của tổ không nói tới", "Decides what no group's charter does"),
            ),
        ),
        "clauses": [
            {
                "id": anchor(node.cite),
                "label": charters.clause_label(node.cite, language),
                "heading": node.heading,
                "text": words(node.summary.vi, node.summary.en),
            }
            for node in _nodes(charters.tree(charter))
            if node.cite is not None
        ],
    }
    return render(request, "dean06/pages/house_rules.html", shown)
