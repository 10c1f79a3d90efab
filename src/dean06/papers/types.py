"""What crosses the threshold of the papers room besides the document itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dean06.papers.forms.catalogue import Form
from dean06.papers.forms.facts import ColumnRule, FactRule, FactType
from dean06.papers.forms.template import AttachedWords, PartWords, Template
from dean06.papers.keeping.filing import (
    FateInfo,
    FileListInfo,
    FileState,
    HandInInfo,
    NewFate,
    NewFile,
    NewPiece,
    Outcome,
    PieceInfo,
    PieceKind,
    Signer,
    WorkFileInfo,
)
from dean06.papers.keeping.printed import Letterhead
from dean06.papers.keeping.retention import ProposedFile, Term
from dean06.papers.printing.annex_xlsx import Annex, AnnexTable, Reference
from dean06.papers.printing.booklet import Booklet, Part, Passage, Reading
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.composing import IssuingHouse
from dean06.papers.writing.document import (
    AnnexNote,
    CopyForm,
    CopyMark,
    Issuer,
    Paper,
    Secrecy,
    Signature,
    SignForm,
    Urgency,
)
from dean06.papers.writing.sections import Align, BulletList, Cell, Column, Outline, Paragraph, Ref, Run, Section, Table

__all__ = [
    "Align",
    "Annex",
    "AnnexNote",
    "AnnexTable",
    "Attached",
    "AttachedWords",
    "Attachment",
    "Booklet",
    "BulletList",
    "Cell",
    "Circle",
    "Column",
    "ColumnRule",
    "CopyForm",
    "CopyMark",
    "FactRule",
    "FactType",
    "FateInfo",
    "FileListInfo",
    "FileState",
    "Form",
    "HandInInfo",
    "Hole",
    "Issuer",
    "IssuingHouse",
    "Letterhead",
    "NewFate",
    "NewFile",
    "NewPiece",
    "Outcome",
    "Outline",
    "Paper",
    "PaperInfo",
    "Paragraph",
    "Part",
    "PartWords",
    "Passage",
    "PieceInfo",
    "PieceKind",
    "ProposedFile",
    "Reading",
    "Ref",
    "Reference",
    "Run",
    "Secrecy",
    "Section",
    "SeriesInfo",
    "SignForm",
    "Signature",
    "Signed",
    "Signer",
    "Table",
    "Template",
    "Term",
    "Urgency",
    "WorkFileInfo",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInfo:
    """The numbers of one group, symbol and year: the last one given, and since when none is given any more."""

    symbol: str
    year: int
    last: int
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A number of a series that no paper carries; where the ledger tells, the paper it was given to, and the entry."""

    number: int
    paper_id: str = ""
    entry: int | None = None

    @property
    def explained(self) -> bool:
        """Say whether the ledger tells what became of the number."""
        return self.entry is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature on a paper: whose, a person's or the agency's, digital or by hand, with what certificate."""

    kind: str = "person"
    name: str
    title: str
    manner: str
    certificate: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """For whom a paper of restricted circulation is, beside its drafter and whoever signed it or was asked to.

    Attributes:
        roles: roles of its group that read every such paper; the house's rules name them.
        agencies: agencies whose people read this one.
    """

    roles: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInfo:
    """A paper as other rooms know it; `circle` is None for one that everybody of its group reads."""

    id: int
    group_id: int
    kind: str
    symbol: str
    number: int | None
    year: int | None
    abstract: str
    created_at: datetime
    issued_at: datetime | None
    issued_on: date | None
    signer: str
    recipients: tuple[str, ...]
    docx_sha256: str
    pdf_sha256: str
    annex_sha256: str
    annex_kind: str
    form: str = ""
    stated: tuple[str, ...] = ()
    state: str = "draft"
    manner: str = ""
    signed_sha256: str = ""
    scan_sha256: str = ""
    seal: str = ""
    sealed_at: datetime | None = None
    drafter: str = ""
    reply_to: int | None = None
    circle: Circle | None = None

    @property
    def issued(self) -> bool:
        """Say whether the paper has its number and signer."""
        return self.number is not None

    @property
    def label(self) -> str:
        """Return number and symbol as printed: 05/BC-TCTĐA, or … for a draft."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else f"…/{self.symbol}"
