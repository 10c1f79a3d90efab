"""The words of a paper: in a browser's boxes, in an edited .docx, and one state beside another."""

from __future__ import annotations

from dean06.papers.docx.reading import read_docx
from dean06.papers.types import Paper
from dean06.papers.writing.comparing import Changed, Piece, carried, differences
from dean06.papers.writing.editing import CLOSING, OPENING, Passage, passages, rewritten

__all__ = [
    "CLOSING",
    "OPENING",
    "Changed",
    "Passage",
    "Piece",
    "carried",
    "differences",
    "from_docx",
    "passages",
    "rewritten",
]


def from_docx(data: bytes, paper: Paper) -> Paper:
    """Return the paper with the text of an edited .docx of it, or refuse the file with every reason by name."""
    return read_docx(data, paper).onto(paper)
