"""Checking what a paper says: references, blanks, levels, abbreviations, units and laws that no longer stand. Pure."""

from __future__ import annotations

from dean06.papers.proofreading.passages import pieces
from dean06.papers.proofreading.references import reference_remarks
from dean06.papers.proofreading.remarks import Remark, Surroundings
from dean06.papers.proofreading.standing import standing_remarks
from dean06.papers.proofreading.wording import abbreviation_remarks, blank_remarks
from dean06.papers.writing.document import Paper

__all__ = ["Remark", "Surroundings", "proofread"]


def proofread(paper: Paper, house: Surroundings) -> tuple[Remark, ...]:
    """Return every remark on a paper in reading order, what must be mended and what should be looked at."""
    found = pieces(paper)
    remarks = (
        *reference_remarks(found, house),
        *blank_remarks(found),
        *abbreviation_remarks(found, house),
        *standing_remarks(found, house),
    )
    order = {(passage.key, passage.paragraph): at for at, passage in reversed(list(enumerate(found.passages)))}
    return tuple(
        sorted(dict.fromkeys(remarks), key=lambda remark: (order[(remark.key, remark.paragraph)], remark.code))
    )
