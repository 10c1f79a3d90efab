"""Tìm: whatever has a page, with and without tone marks, best first; and the few that are offered while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from dean06.adoption import service as adoption
from dean06.catalogue.service import searching
from dean06.catalogue.types import Asked, Found, Results
from dean06.flows import cataloguing, finding
from dean06.flows.desk import overseers
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Facet, Facets, Pager
from dean06.web.reader import Reader, group_page

LONGEST = 120
ALL, ONE_KIND, OFFERED, OF_EACH = 60, 30, 8, 6

__all__ = ["search", "suggest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was found: where it leads, its title and number, its kind, and its group where it is another."""

    href: str
    title: str
    label: str
    kind: str
    group: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the reader asked for: words, a kind, this group or all of theirs."""

    text: str
    kind: str
    everywhere: bool

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {"q": self.text, "loai": self.kind, "to": "tat-ca" if self.everywhere else ""} | changed
        return urlencode({key: value for key, value in given.items() if value})


def _chosen(request: HttpRequest) -> Chosen:
    kind = request.GET.get("loai", "")
    return Chosen(
        text=" ".join(request.GET.get("q", "").split())[:LONGEST],
        kind=kind if kind in cataloguing.kinds() else "",
        everywhere=request.GET.get("to") == "tat-ca",
    )


def _see_all(reader: Reader, *, everywhere: bool) -> Mapping[int, frozenset[str]]:
    """Return, by group, the roles that its charter makes answer for the whole of it."""
    if not everywhere:
        return {reader.group.id: reader.see_all}
    return {one.id: overseers(adoption.charter_of(one.charter_line, reader.today, one.ending)) for one in reader.groups}


def _asked(reader: Reader, chosen: Chosen, *, size: int, number: int = 1) -> Asked:
    return Asked(
        text=chosen.text,
        groups=frozenset() if chosen.everywhere else frozenset({reader.group.id}),
        kinds=frozenset({chosen.kind} if chosen.kind else ()),
        see_all=_see_all(reader, everywhere=chosen.everywhere),
        number=number,
        size=size,
    )


def kind_words(kind: str) -> str:
    """Return the name of a kind in the reader's language."""
    return words(*cataloguing.kinds()[kind])


def line_of(reader: Reader, one: Found) -> Line | None:
    """Return one thing as a list shows it; None where its page has gone since it was entered."""
    group = next((each for each in reader.groups if each.id == one.group_id), None)
    if group is None or one.kind not in cataloguing.kinds():
        return None
    try:
        href = reverse(one.route, args=[group.slug, *one.args])
    except NoReverseMatch:
        return None
    query = f"?{urlencode(one.query)}" if one.query else ""
    fragment = f"#{one.fragment}" if one.fragment else ""
    return Line(
        href=f"{href}{query}{fragment}",
        title=one.title,
        label=one.label,
        kind=kind_words(one.kind),
        group="" if group.id == reader.group.id else group.short_name,
        when="" if one.kind == "clause" else writing.day(one.at),
    )


def _lines(reader: Reader, found: Sequence[Found]) -> list[Line]:
    return [line for one in found if (line := line_of(reader, one)) is not None]


def _grouped(reader: Reader, chosen: Chosen, result: Results) -> list[tuple[str, str, list[Line], Link | None]]:
    """Return what was found by kind, the kind of the best one first; of several kinds, the first few of each."""
    kinds = list(dict.fromkeys(one.kind for one in result.items))
    grouped = []
    for kind in kinds:
        lines = _lines(reader, [one for one in result.items if one.kind == kind])
        count = result.counts.get(kind, len(lines))
        more = None
        if not chosen.kind and count > OF_EACH:
            label = words(f"Xem cả {_count(result, count)}", f"See all {_count(result, count)}")
            more = Link(label=label, href=f"?{chosen.query(loai=kind)}")
            lines = lines[:OF_EACH]
        grouped.append((kind_words(kind), _count(result, count), lines, more))
    return grouped


def _count(result: Results, count: int) -> str:
    return f"{writing.number(count)}{'+' if result.more else ''}"


def _facets(chosen: Chosen, result: Results) -> Facets | None:
    if not result.counts:
        return None
    every = Facet(
        label=words("Tất cả", "All"),
        count=_count(result, result.total),
        href=f"?{chosen.query(loai='')}",
        current=not chosen.kind,
    )
    kinds = tuple(
        Facet(
            label=words(*named),
            count=_count(result, result.counts[kind]),
            href=f"?{chosen.query(loai=kind)}",
            current=chosen.kind == kind,
        )
        for kind, named in cataloguing.kinds().items()
        if kind in result.counts
    )
    return Facets(label=words("Lọc kết quả", "Filter results"), items=(every, *kinds))


def _pager(chosen: Chosen, result: Results, number: int) -> Pager | None:
    count = result.counts.get(chosen.kind, 0)
    if not chosen.kind or count <= ONE_KIND:
        return None
    pages = min(-(-count // ONE_KIND), searching.DEEPEST // ONE_KIND)
    return Pager(text=_count(result, count), page=min(number, pages), pages=pages, query=chosen.query())


def _head(reader: Reader, chosen: Chosen) -> PageHead:
    actions: tuple[Action, ...] = ()
    if len(reader.groups) > 1 and chosen.text:
        there = "" if chosen.everywhere else "tat-ca"
        label = (
            words("Chỉ tổ này", "This group only") if chosen.everywhere else words("Mọi tổ của tôi", "All my groups")
        )
        actions = (Action(label=label, href=f"?{chosen.query(to=there)}"),)
    meta = (f"«{chosen.text}»",) if chosen.text else ()
    return PageHead(title=words("Tìm", "Search"), meta=meta, actions=actions)


@group_page
def search(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what fits the words."""
    chosen, number = _chosen(request), page_number(request)
    size = ONE_KIND if chosen.kind else ALL
    asked = _asked(reader, chosen, size=size, number=number if chosen.kind else 1)
    result = finding.search(reader.viewer, reader.groups, asked)
    shown = {
        "head": _head(reader, chosen),
        "chosen": chosen,
        "facets": _facets(chosen, result),
        "groups": _grouped(reader, chosen, result),
        "pager": _pager(chosen, result, number),
        "empty": Empty(
            title=words("Không thấy gì trong phạm vi của bạn", "Nothing found within what you may see"),
            text=words(
                "Thử ít chữ hơn, hoặc số văn bản; gõ không dấu cũng được.",
                "Try fewer words, or a paper's number; tone marks are not needed.",
            ),
            sign="find",
        ),
    }
    return render(request, "dean06/pages/search.html", shown)


@require_GET
@group_page
def suggest(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Offer the best few while somebody types in the box of the bar."""
    chosen = _chosen(request)
    asked = _asked(reader, chosen, size=OFFERED)
    found = finding.suggest(reader.viewer, reader.groups, asked) if chosen.text else ()
    shown = {
        "lines": _lines(reader, found),
        "text": chosen.text,
        "all_href": f"{reader.url('search')}?{chosen.query()}",
    }
    return render(request, "dean06/pages/search_offered.html", shown)
