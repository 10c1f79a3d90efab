"""What stands on a paper, line by line, as both files print it: for a page that shows a paper before it is printed."""

from __future__ import annotations

from dean06.papers.printing.flow import Grid, Line, Style, attached_flow, flow
from dean06.papers.writing.wording import MOTTO, NATION, AttachedHead, Foot, Head, attached_head, day_line, foot, head

__all__ = [
    "MOTTO",
    "NATION",
    "AttachedHead",
    "Foot",
    "Grid",
    "Head",
    "Line",
    "Style",
    "attached_flow",
    "attached_head",
    "day_line",
    "flow",
    "foot",
    "head",
]
