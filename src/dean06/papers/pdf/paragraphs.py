"""Rows that follow each other as the paragraphs they are: where they begin, how they end, how far apart they stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from dean06.papers.checks.measured import Align, Letters, Line, Side
from dean06.papers.checks.recognising import DASHED, DRAWN
from dean06.papers.pdf.measure import MM
from dean06.papers.pdf.rows import Row
from dean06.papers.printing.layout import SINGLE_LINE

_EDGE_MM = 0.7
_INDENT_MM = 3.0
_CENTRE_MM = 1.0
_SHORT_MM = 22.0
_FAR = 1.75
_QUOTED = 6
_STRAIGHT_ROWS = 3
_STRAIGHT_SHARE = 0.3
_WIDE = 0.6


@dataclass(frozen=True, slots=True)
class Set:
    """A row of the text, its page, and the table that it stands in, 0 for none."""

    row: Row
    page: int
    table: int = 0


def row_line(row: Row, page: int, *, side: Side = "", align: Align = "") -> Line:
    """Return a row as a line of its own; one of dashes or underscores alone is a rule."""
    if DRAWN.fullmatch(row.text):
        return Line(where=f"trang {page}", page=page, side=side, rule_mm=row.right - row.x, axis_mm=row.axis)
    return Line(
        where=place(page, row.text),
        page=page,
        runs=row.letters(),
        side=side,
        align=align,
        width_mm=row.right - row.x,
        axis_mm=row.axis,
    )


def place(page: int, text: str) -> str:
    """Return a place in words: the page and the first words that stand there."""
    words = text.split()
    more = " …" if len(words) > _QUOTED else ""
    return f"trang {page}, “{' '.join(words[:_QUOTED])}{more}”"


def text_edges(rows: Sequence[Row]) -> tuple[float, float, bool]:
    """Return where the text begins and ends, and whether rows enough end there."""
    left = min(row.x for row in rows)
    furthest = max(row.right for row in rows)
    wide = [row for row in rows if row.right - row.x > _WIDE * (furthest - left)]
    ends = sorted((row.right for row in wide), reverse=True) or [furthest]
    together = [sum(abs(other - end) < _EDGE_MM for other in ends) for end in ends]
    straight = max(together, default=0) >= max(_STRAIGHT_ROWS, _STRAIGHT_SHARE * len(ends))
    return left, ends[together.index(max(together))] if straight else ends[0], straight


def paragraphs(
    running: Sequence[Set], left: float, right: float, rules: Sequence[tuple[float, Line]]
) -> Iterator[Line]:
    """Give the text as paragraphs, table rows one by one, and the rules of the first page where they stand."""
    waiting = sorted(rules, key=lambda rule: rule[0])
    usual = _usual(running, left, right)
    above: Set | None = None
    group: list[Set] = []
    for each in running:
        while waiting and (each.page > 1 or waiting[0][0] < each.row.y):
            if group:
                yield _paragraph(group, left, right, above, usual)
                above, group = None, []
            yield waiting.pop(0)[1]
        if each.table:
            if group:
                yield _paragraph(group, left, right, above, usual)
            above, group = None, []
            yield replace(row_line(each.row, each.page), table=each.page * 100 + each.table)
        elif group and _begins(each, group, left, right, usual):
            yield _paragraph(group, left, right, above, usual)
            above, group = group[-1], [each]
        else:
            group.append(each)
    if group:
        yield _paragraph(group, left, right, above, usual)
    yield from (line for _, line in waiting)


def _usual(running: Sequence[Set], left: float, right: float) -> float:
    """Return the distance of two rows within a paragraph, as most rows have it; a single line where none is sure."""
    steps = [
        second.row.y - first.row.y
        for first, second in itertools.pairwise(running)
        if first.page == second.page
        and not (first.table or second.table)
        and first.row.size == second.row.size
        and abs(second.row.x - left) < _EDGE_MM
        and first.row.right > right - _SHORT_MM
    ]
    return median(steps) if steps else 14 * SINGLE_LINE * MM


def _centred(row: Row, left: float, right: float) -> bool:
    return (
        abs(row.axis - (left + right) / 2) < _CENTRE_MM and row.x > left + _INDENT_MM and row.right < right - _INDENT_MM
    )


def _begins(each: Set, group: Sequence[Set], left: float, right: float, usual: float) -> bool:
    """Say whether a row begins a new paragraph."""
    last, row = group[-1], each.row
    if _centred(last.row, left, right) or _centred(row, left, right):
        return True
    if row.x > left + _INDENT_MM and abs(row.x - last.row.x) > _EDGE_MM:
        return True
    if len(group) == 1 and abs(row.x - last.row.x) <= _EDGE_MM and row.x > left + _INDENT_MM:
        return True
    if last.row.right < right - _SHORT_MM or (DASHED.match(row.text) is not None and row.x > left + _INDENT_MM):
        return True
    return last.page == each.page and row.y - last.row.y > _FAR * max(usual, row.size * SINGLE_LINE * MM)


def _paragraph(group: Sequence[Set], left: float, right: float, above: Set | None, usual: float) -> Line:
    rows = [each.row for each in group]
    first, page = rows[0], group[0].page
    runs: list[Letters] = []
    for row in rows:
        letters = row.letters()
        runs.extend((replace(letters[0], text=f" {letters[0].text}"), *letters[1:]) if runs else letters)
    single = first.size * SINGLE_LINE * MM
    steps = [second.row.y - one.row.y for one, second in itertools.pairwise(group) if one.page == second.page]
    align = _align(rows, left, right)
    return Line(
        where=place(page, first.text),
        page=page,
        runs=tuple(runs),
        align=align,
        lead_mm=first.x - left,
        inset_mm=min(row.x for row in rows[1:]) - left if len(rows) > 1 else 0,
        gap_pt=_gap(group[0], above, steps, usual),
        spacing=median(steps) / single if steps else None,
        width_mm=max(row.right - row.x for row in rows),
        wraps=len(rows) > 1,
        axis_mm=first.axis,
    )


def _align(rows: Sequence[Row], left: float, right: float) -> Align:
    if len(rows) == 1:
        if _centred(rows[0], left, right):
            return "center"
        far = rows[0].x > left + 30 and abs(rows[0].right - right) < _EDGE_MM
        return "right" if far else "left"
    straight = sum(abs(row.right - right) < _EDGE_MM for row in rows[:-1])
    return "both" if straight * 5 >= 3 * (len(rows) - 1) else "left"


def _gap(first: Set, above: Set | None, steps: Sequence[float], usual: float) -> float | None:
    """Return the free space above a paragraph: what is more than from row to row."""
    if above is None or above.page != first.page or above.row.size != first.row.size:
        return None
    step = first.row.y - above.row.y
    return (step - (median(steps) if steps else usual)) / MM
