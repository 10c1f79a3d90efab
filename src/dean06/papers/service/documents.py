"""Papers themselves: a draft kept, numbered at issue, its files handed out to whoever may see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction
from pydantic import TypeAdapter

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.docx.file import render_docx
from dean06.papers.keeping import circulation, store
from dean06.papers.pdf.file import render_pdf
from dean06.papers.printing.annex_xlsx import render_annex
from dean06.papers.printing.booklet import Booklet, render_booklet
from dean06.papers.types import Annex, Paper, PaperInfo

FileKind = Literal["docx", "pdf", "xlsx", "annex", "scan"]
CONTENT = TypeAdapter(Paper)
BY_HAND = (models.Channel.NONE, models.Channel.PAPER)

__all__ = [
    "FileKind",
    "Rendered",
    "content",
    "dispatch",
    "dispatch_digest",
    "dispatches",
    "draft",
    "file",
    "for_work",
    "given",
    "info",
    "issued_of_forms",
    "keep_annex",
    "keep_booklet",
    "many_for_work",
    "paper",
    "papers",
    "render",
    "replies",
    "require_open_draft",
    "unissued",
]


def info(row: models.Paper) -> PaperInfo:
    """Return a row as other rooms know it."""
    return PaperInfo(
        id=row.pk,
        group_id=row.group_id,
        kind=row.kind,
        symbol=row.symbol,
        number=row.number,
        year=row.year,
        abstract=row.abstract,
        created_at=row.created_at,
        issued_at=row.issued_at,
        issued_on=row.issued_at.astimezone(clock.TZ).date() if row.issued_at else None,
        signer=row.signer,
        recipients=tuple(row.recipients),
        docx_sha256=row.docx_sha256,
        pdf_sha256=row.pdf_sha256,
        annex_sha256=row.annex_sha256,
        annex_kind=row.annex_kind,
        form=row.form,
        stated=tuple(row.stated),
        state=row.state,
        manner=row.manner,
        signed_sha256=row.signed_sha256,
        scan_sha256=row.scan_sha256,
        seal=row.seal,
        sealed_at=row.sealed_at,
        drafter=row.drafter,
        reply_to=row.reply_to_id,
        circle=circulation.circle_of(row),
    )


def keep_annex(annex: Annex) -> str:
    """Render an annex, keep it, and return its SHA-256, so that the paper can name it."""
    return store.keep(render_annex(annex), "xlsx")


def keep_booklet(booklet: Booklet, created: datetime) -> str:
    """Render a booklet as PDF/A, keep it, and return its SHA-256, so that a paper can have it as its annex."""
    return store.keep(render_booklet(booklet, created), "pdf")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A draft whose files lie in the archive already: what a permit to draft is given for."""

    document: Paper
    docx_sha256: str
    pdf_sha256: str
    annex_sha256: str
    annex_kind: str = "xlsx"
    form: str = ""
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    stated: tuple[str, ...] = ()
    reply_to: int | None = None

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the files together, and of what is answered, to which the permit is bound."""
        answers = {} if self.reply_to is None else {"reply_to": self.reply_to}
        return digest_of(docx=self.docx_sha256, pdf=self.pdf_sha256, annex=self.annex_sha256, **answers)


def render(
    document: Paper,
    at: datetime,
    annex_sha256: str = "",
    *,
    annex_kind: str = "xlsx",
    form: str = "",
    facts: Mapping[str, object] | None = None,
    stated: Iterable[str] = (),
    reply_to: int | None = None,
) -> Rendered:
    """Make the files of a draft as of an instant; work of its own, outside of any transaction."""
    if not document.draft:
        raise BadInput("Bản dự thảo phải mang dấu dự thảo.", "A draft must be marked as one.")
    return Rendered(
        document=document,
        docx_sha256=store.keep(render_docx(document), "docx"),
        pdf_sha256=store.keep(render_pdf(document, at), "pdf"),
        annex_sha256=annex_sha256,
        annex_kind=annex_kind,
        form=form,
        facts=facts or {},
        stated=tuple(stated),
        reply_to=reply_to,
    )


def draft(by: Permit, group_id: int, rendered: Rendered, *, paper_id: int | None = None) -> PaperInfo:
    """Keep a draft, new or in place of an earlier draft of the group; it has no number and no effect."""
    document = rendered.document
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().filter(pk=paper_id).first() if paper_id else None
        if row and (row.number is not None or row.group_id != group_id):
            raise BadInput(
                "Văn bản đã cấp số hoặc của tổ khác, không sửa được.",
                "The paper has its number, or is another group's, and cannot be changed.",
            )
        require_open_draft(row)
        row = row or _begun(by, group_id, rendered.reply_to)
        row.kind, row.symbol, row.abstract = document.kind, document.symbol, document.abstract[:500]
        row.content = CONTENT.dump_python(document, mode="json")
        row.recipients = list(dict.fromkeys((*document.addressees, *document.recipients)))
        row.docx_sha256, row.pdf_sha256 = rendered.docx_sha256, rendered.pdf_sha256
        row.annex_sha256, row.annex_kind = rendered.annex_sha256, rendered.annex_kind
        row.form, row.facts, row.stated = rendered.form, dict(rendered.facts), list(rendered.stated)
        row.save()
        _keep_version(by, row)
        ledger.append(
            by,
            scope=row.group.slug,
            kind="paper",
            object_id=by.obj.id,  # a new draft has no number yet: the journey names it, its content is bound
            digest=rendered.docx_sha256,
            bound=rendered.digest(),
        )
    return info(row)


def _begun(by: Permit, group_id: int, reply_to: int | None) -> models.Paper:
    """Return a new row; what it answers came to the same group."""
    if reply_to is not None and not models.Incoming.objects.filter(pk=reply_to, group_id=group_id).exists():
        raise BadInput("Văn bản đến không phải của tổ này.", "The incoming paper is not of this group.")
    return models.Paper(group_id=group_id, created_at=by.at, drafter=by.actor.account, reply_to_id=reply_to)


def replies(viewer: Viewer, incoming_id: int) -> list[PaperInfo]:
    """Return the papers that answer one that came, newest first, to those who sit in the group."""
    rows = models.Paper.objects.filter(reply_to_id=incoming_id, group_id__in=viewer.groups).exclude(state="dropped")
    return [info(row) for row in rows if viewer.sits_in(row.group_id) and circulation.reads(viewer, row)]


def require_open_draft(row: models.Paper | None) -> None:
    """Refuse to change a paper that lies before its signer, is signed, or was dropped."""
    told = {
        "asked": (
            "Văn bản đang trình ký: rút khỏi người ký rồi sửa.",
            "The paper lies before its signer: take it back, then change it.",
        ),
        "signed": (
            "Văn bản đã ký: cấp số để phát hành; sai thì bỏ chữ ký và soạn lại từ bản trước.",
            "The paper is signed: number it; if it is wrong, drop the signature and draft it again.",
        ),
        "dropped": ("Dự thảo đã bỏ: lập dự thảo mới.", "The draft was dropped: make another."),
    }
    if row is not None and row.state in told:
        raise BadInput(*told[row.state])


def _keep_version(by: Permit, row: models.Paper) -> None:
    last = row.versions.order_by("-number").first()
    if last is not None and last.docx_sha256 == row.docx_sha256:
        return
    models.Version.objects.create(
        group_id=row.group_id,
        paper=row,
        number=last.number + 1 if last else 1,
        content=row.content,
        docx_sha256=row.docx_sha256,
        pdf_sha256=row.pdf_sha256,
        account=by.actor.account,
        at=by.at,
    )


def dispatch_digest(paper_id: int, to: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of a paper and its recipients, to which the permit of the dispatch is bound."""
    return digest_of(paper=paper_id, to="; ".join(sorted(to)))


def dispatch(by: Permit, paper_id: int, to: Iterable[str]) -> list[tuple[str, datetime]]:
    """Record that an issued paper went to each recipient; one that has it already keeps its first day."""
    names = tuple(dict.fromkeys(to))
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        if row.number is None:
            raise BadInput("Chỉ gửi văn bản đã ký và cấp số.", "Only a signed and numbered paper can be sent.")
        unsent = row.dispatches.filter(sent_at=None, recipient__in=names, channel__in=BY_HAND)
        unsent.update(sent_at=by.at, state=models.State.SENT)
        done = set(row.dispatches.values_list("recipient", flat=True))
        models.Dispatch.objects.bulk_create(
            models.Dispatch(group_id=row.group_id, paper=row, recipient=name, sent_at=by.at)
            for name in names
            if name not in done
        )
        digest = dispatch_digest(paper_id, names)
        ledger.append(
            by, scope=row.group.slug, kind="paper", object_id=str(paper_id), digest=row.pdf_sha256, bound=digest
        )
    return dispatches(paper_id)


def dispatches(paper_id: int) -> list[tuple[str, datetime]]:
    """Return to whom an issued paper was sent, and when; what only waits to be sent is not among them."""
    rows = models.Dispatch.objects.filter(paper_id=paper_id).exclude(sent_at=None).order_by("sent_at", "pk")
    return [(name, at) for name, at in rows.values_list("recipient", "sent_at") if at is not None]


def content(paper_id: int) -> Paper:
    """Return the typed document a paper is rendered from."""
    return CONTENT.validate_python(models.Paper.objects.get(pk=paper_id).content)


def given(paper_id: int) -> dict[str, object]:
    """Return the facts that were given to the form of a paper."""
    return dict(models.Paper.objects.get(pk=paper_id).facts)


def for_work(paper_id: int) -> PaperInfo:
    """Return one paper for the journeys, which check the actor themselves."""
    return info(models.Paper.objects.get(pk=paper_id))


def many_for_work(paper_ids: Iterable[int]) -> dict[int, PaperInfo]:
    """Return many papers by their number, for the journeys that show what became of them; one query."""
    return {row.pk: info(row) for row in models.Paper.objects.filter(pk__in=set(paper_ids)).defer("content")}


def papers(viewer: Viewer, group_id: int, among: Iterable[int] | None = None) -> list[PaperInfo]:
    """Return a group's papers, newest first, to those who sit in it; a parent group sees the issued ones.

    One of restricted circulation is for its circle alone. With `among` of these alone.
    """
    rows = circulation.readable(viewer, group_id, models.Paper.objects.filter(group_id=group_id))
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    return [info(row) for row in rows.defer("content")]


def issued_of_forms(group_id: int, forms: Iterable[str]) -> list[PaperInfo]:
    """Return a group's issued papers of some forms, the earliest first, for the duties that are judged from them."""
    rows = models.Paper.objects.filter(group_id=group_id, form__in=list(forms)).exclude(number=None)
    return [info(row) for row in rows.defer("content").order_by("issued_at", "pk")]


def unissued(group_id: int) -> int:
    """Return how many drafts of a group have no number."""
    return models.Paper.objects.filter(group_id=group_id, number=None).count()


def paper(viewer: Viewer, paper_id: int) -> PaperInfo | None:
    """Return one paper if the reader may see it."""
    row = models.Paper.objects.filter(pk=paper_id).first()
    return info(row) if row is not None and circulation.reads(viewer, row) else None


def file(viewer: Viewer, paper_id: int, kind: FileKind) -> Path | None:
    """Return the file of a paper the reader may see, its checksum verified; `annex` is the annex of whatever kind."""
    found = paper(viewer, paper_id)
    if found is None:
        return None
    sha256, suffix = {
        "docx": (found.docx_sha256, "docx"),
        "pdf": (found.pdf_sha256, "pdf"),
        "xlsx": (found.annex_sha256 if found.annex_kind == "xlsx" else "", "xlsx"),
        "scan": (found.scan_sha256, "pdf"),
        "annex": (found.annex_sha256, found.annex_kind),
    }[kind]
    return store.path_of(sha256, suffix) if sha256 else None
