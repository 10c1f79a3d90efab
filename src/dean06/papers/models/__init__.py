"""Storage of papers, one module a noun."""

from __future__ import annotations

from dean06.papers.models.carriage import Carried, Channel, State
from dean06.papers.models.documents import Dispatch, Paper, Series
from dean06.papers.models.drafting import Appraisal, Comment, Version
from dean06.papers.models.exchange import (
    AddressEntry,
    Answer,
    Connection,
    DistributionList,
    Incoming,
    IncomingFile,
    IncomingSeries,
    Notice,
    SetAside,
    Step,
    Withdrawal,
)
from dean06.papers.models.keeping import Fate, FileList, HandIn, Piece, QrChoice, WorkFile
from dean06.papers.models.keys import SigningKey
from dean06.papers.models.signing import Signature, SigningRequest
from dean06.papers.models.templates import Template

__all__ = [
    "AddressEntry",
    "Answer",
    "Appraisal",
    "Carried",
    "Channel",
    "Comment",
    "Connection",
    "Dispatch",
    "DistributionList",
    "Fate",
    "FileList",
    "HandIn",
    "Incoming",
    "IncomingFile",
    "IncomingSeries",
    "Notice",
    "Paper",
    "Piece",
    "QrChoice",
    "Series",
    "SetAside",
    "Signature",
    "SigningKey",
    "SigningRequest",
    "State",
    "Step",
    "Template",
    "Version",
    "Withdrawal",
    "WorkFile",
]
