"""Checking a .docx or PDF against the layout of Decree 30/2020, Appendix I: each departure with its rule and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dean06.papers.checks.body_rules import check_body, check_foot
from dean06.papers.checks.decree30 import Departure
from dean06.papers.checks.head_rules import check_head, check_letters, check_page_numbers, check_pages, check_title
from dean06.papers.checks.measured import Sheet
from dean06.papers.checks.recognising import recognise
from dean06.papers.docx.measure import measure_package
from dean06.papers.docx.opening import opened
from dean06.papers.docx.remarks import refuse_revisions
from dean06.papers.pdf.measure import sheets
from dean06.papers.pdf.sheet import sheet

MOST_PLACES = 3


def check_docx(data: bytes) -> tuple[Departure, ...]:
    """Return every departure of a .docx once, in the order of the Appendix."""
    package = opened(data)
    refuse_revisions(package)
    return check(measure_package(package))


def check_pdf(data: bytes) -> tuple[Departure, ...]:
    """Return every departure of a PDF once, in the order of the Appendix."""
    return check(sheet(sheets(data)))


def check(found: Sheet) -> tuple[Departure, ...]:
    """Return every departure of a measured file once, in the order of the Appendix."""
    parts = recognise(found)
    return _once(
        (
            *check_pages(found),
            *check_letters(found, parts),
            *check_page_numbers(found),
            *check_head(parts),
            *check_title(parts),
            *check_body(parts),
            *check_foot(parts),
        )
    )


def _once(found: Iterable[Departure]) -> tuple[Departure, ...]:
    """Say a departure once, with the first of its places and how many more there are."""
    places: dict[Departure, list[str]] = {}
    for departure in found:
        places.setdefault(replace(departure, where=""), []).append(departure.where)
    return tuple(replace(departure, where=_places(each)) for departure, each in places.items())


def _places(each: list[str]) -> str:
    named = list(dict.fromkeys(place for place in each if place))
    more = f" và {len(named) - MOST_PLACES} chỗ khác" if len(named) > MOST_PLACES else ""
    return "; ".join(named[:MOST_PLACES]) + more
