"""The duties behind a number of the board, one a row: of a cell, of a row, of a state, of a bearer."""

from __future__ import annotations

from django.utils.html import format_html

from dean06.charter.types import Obligation
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.compliance import parts, rows
from dean06.web.pages.compliance.parts import Board
from dean06.web.pages.listing import sliced
from dean06.web.parts.tables import Column, Row, Table

SIZE = 50

__all__ = ["listed", "title"]


def title(board: Board) -> str:
    """Say which duties are listed, and how many."""
    found = board.listed
    named = [parts.duty_title(found[0][1].action, found[0][1].object_kind)] if board.picked_norm and found else []
    if board.picked_month in board.months:
        named.append(words(f"tháng {writing.month(board.picked_month)}", writing.month(board.picked_month)))
    if board.picked_state:
        named.append(parts.state_words(board.picked_state).lower())
    if board.bearer:
        named.append(parts.party(board.reader, board.bearer))
    told = ", ".join(named)
    told = f"{told[:1].upper()}{told[1:]}"
    return words(f"{told}: {len(found)} lượt", f"{told}: {len(found)}")


def listed(board: Board, number: int) -> Table | None:
    """Return a page of the picked duties, each leading to its cell; None where nothing is picked."""
    found = board.listed
    if not found:
        return None
    part, pager = sliced(found, number, SIZE, text=title(board), query=board.picked_query)
    tasks = rows.known_tasks(board.reader, (one.period for _, one in part))
    return Table(
        caption=title(board),
        columns=(*rows.columns(), Column(label=words("Ô của bảng", "Cell"), nowrap=True)),
        rows=tuple(_row(board, month, one, tasks) for month, one in part),
        pager=pager if len(found) > SIZE else None,
    )


def _row(board: Board, month: str, one: Obligation, tasks: rows.Tasks) -> Row:
    cell = marks.link(writing.month(month), board.address("nghia-vu", o=one.norm, thang=month))
    return Row(cells=(*rows.cells(board.reader, one.as_json(), tasks), format_html("{}", cell)))
