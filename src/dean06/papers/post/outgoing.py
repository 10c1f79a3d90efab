"""What leaves: an issued paper as a packet of the axis, with its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.papers import models
from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.signature import Sealing
from dean06.papers.edxml.types import (
    Attachment,
    Edoc,
    Organ,
    PaperRef,
    Replaced,
    Signer,
    StatusMessage,
    Trace,
)
from dean06.papers.edxml.writing import write
from dean06.papers.forms.kinds import KINDS
from dean06.papers.keeping import store
from dean06.papers.service.documents import CONTENT
from dean06.papers.writing.document import Paper
from dean06.papers.writing.wording import signature_lines, two_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An issued paper with what sending needs of it: its typed document and its files under the names they go by."""

    row: models.Paper
    document: Paper
    number: int
    issued_at: datetime

    @property
    def label(self) -> str:
        """Return number and symbol as printed."""
        return f"{two_digits(self.number)}/{self.row.symbol}"

    @property
    def stem(self) -> str:
        """Return the beginning of the names of its files."""
        return f"{two_digits(self.number)}_{self.row.symbol}".replace("/", "-")

    def files(self) -> tuple[Attachment, ...]:
        """Return the files that go out: the signed PDF, or the scan of a paper signed by hand, then the annex."""
        by_hand = self.row.manner == "hand" and self.row.scan_sha256
        body = store.path_of(self.row.scan_sha256 if by_hand else self.row.pdf_sha256, "pdf").read_bytes()
        found = [Attachment(name=f"{self.stem}.pdf", content=body)]
        if self.row.annex_sha256:
            kind = self.row.annex_kind
            annex = store.path_of(self.row.annex_sha256, kind).read_bytes()
            found.append(Attachment(name=f"{self.stem}_phu-luc.{kind}", content=annex))
        return tuple(found)

    def ref(self, organ: str) -> PaperRef:
        """Return the paper as the axis names it."""
        return PaperRef(organ=organ, day=self.issued_at.astimezone(clock.TZ).date(), label=self.label)


def ready(row: models.Paper) -> Ready:
    """Return an issued paper ready to be sent; a draft is refused."""
    if row.number is None or row.issued_at is None:
        raise BadInput("Chỉ gửi văn bản đã ký và cấp số.", "Only a signed and numbered paper can be sent.")
    return Ready(row=row, document=CONTENT.validate_python(row.content), number=row.number, issued_at=row.issued_at)


def packet(
    paper: Ready,
    sender: Organ,
    to: Organ,
    at: datetime,
    *,
    sealing: Sealing | None = None,
    withdrawn: tuple[models.Withdrawal, Ready] | None = None,
) -> bytes:
    """Return the packet of a paper for one receiver; the same paper, receiver and instant give the same bytes.

    Args:
        paper: the paper.
        sender: the group's office on the axis.
        to: the receiver's.
        at: when it was queued.
        sealing: the key that signs the packet; without one it carries checksums alone.
        withdrawn: the paper that this one takes back or replaces.
    """
    plain = _plain(paper, sender, to, at)
    return write(plain if withdrawn is None else _withdrawing(plain, *withdrawn), sealing)


def _plain(paper: Ready, sender: Organ, to: Organ, at: datetime) -> Edoc:
    document, files = paper.document, paper.files()
    return Edoc(
        sender=sender,
        to=(to,),
        number=two_digits(paper.number),
        symbol=paper.row.symbol,
        place=document.place,
        day=paper.issued_at.astimezone(clock.TZ).date(),
        type_name=KINDS[document.kind].name,
        subject=document.abstract,
        signer=_signer(document),
        priority=standard().priority_of(document.urgency.value if document.urgency else ""),
        pages=_pages(files[0]),
        places=document.recipients,
        appendixes=tuple(annex.title for annex in document.annexes),
        traces=(Trace(organ=sender.code, at=at.replace(microsecond=0)),),
        attachments=files,
    )


def _withdrawing(plain: Edoc, withdrawal: models.Withdrawal, earlier: Ready) -> Edoc:
    """Return a packet that takes an earlier paper back, or stands in its place for this receiver."""
    ref = earlier.ref(plain.sender.code)
    if withdrawal.kind == models.Withdrawal.Kind.RECALL:
        return replace(plain, business=Business.RECALL, reason=withdrawal.reason, answers=(ref,))
    replaced = Replaced(paper=ref, organs=(plain.to[0].code,))
    return replace(plain, business=Business.REPLACEMENT, reason=withdrawal.reason, replaces=(replaced,))


def _signer(document: Paper) -> Signer:
    above, below = signature_lines(document.signature)
    competence = above[0] if len(above) > 1 else ""
    return Signer(competence=competence, position=above[-1], name=below[-1] if below else "")


def _pages(file: Attachment) -> int:
    """Return how many pages a file has; a scan that says it wrongly counts as nought."""
    try:
        return len(PdfReader(store.path_of(file.sha256, "pdf")).pages)
    except (PyPdfError, ValueError, KeyError, TypeError):
        return 0


def take_back(paper: Ready, sender: Organ, to: str, at: datetime, reason: str) -> bytes:
    """Return the packet that asks a receiver for a paper back, where no paper of its own says so."""
    code = standard().status_named("take_back").code
    about = paper.ref(sender.code)
    return write(
        StatusMessage(sender=sender, about=about, to=to, code=code, description=reason, at=at.replace(microsecond=0))
    )
