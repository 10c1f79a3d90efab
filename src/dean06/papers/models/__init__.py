"""Storage of papers, one module a noun."""

from __future__ import annotations

from dean06.papers.models.documents import Dispatch, Paper, Series
from dean06.papers.models.drafting import Appraisal, Comment, Version
from dean06.papers.models.keeping import Fate, FileList, HandIn, Piece, QrChoice, WorkFile
from dean06.papers.models.keys import SigningKey
from dean06.papers.models.signing import Signature, SigningRequest

__all__ = [
    "Appraisal",
    "Comment",
    "Dispatch",
    "Fate",
    "FileList",
    "HandIn",
    "Paper",
    "Piece",
    "QrChoice",
    "Series",
    "Signature",
    "SigningKey",
    "SigningRequest",
    "Version",
    "WorkFile",
]
