"""A paper in work: its versions, what others say of it, the appraisal a charter demands, and the way to its signer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.service import documents
from dean06.papers.types import Paper, PaperInfo

__all__ = [
    "AppraisalInfo",
    "CommentInfo",
    "RequestInfo",
    "VersionInfo",
    "appraisals",
    "appraise",
    "appraised",
    "ask",
    "ask_digest",
    "comment",
    "comments",
    "decline",
    "drop",
    "queue",
    "request",
    "requests",
    "said_digest",
    "settle",
    "take_back",
    "version",
    "versions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One version of a draft, as other rooms know it."""

    number: int
    docx_sha256: str
    pdf_sha256: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentInfo:
    """One comment on a draft."""

    id: int
    version: int
    section: str
    text: str
    author: str
    account: str
    at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalInfo:
    """One opinion on a draft; `holds` says that the draft has not changed since."""

    agrees: bool
    text: str
    author: str
    agency: str
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInfo:
    """A paper put before a seat: waiting, signed, declined or taken back."""

    paper_id: int
    seat: int
    title: str
    asked_by: str
    asked_at: datetime
    note: str
    state: str
    decided_at: datetime | None
    reason: str
    docx_sha256: str


def versions(paper_id: int) -> list[VersionInfo]:
    """Return the versions of a draft, oldest first."""
    rows = models.Version.objects.filter(paper_id=paper_id).defer("content")
    return [
        VersionInfo(
            number=row.number, docx_sha256=row.docx_sha256, pdf_sha256=row.pdf_sha256, account=row.account, at=row.at
        )
        for row in rows
    ]


def version(paper_id: int, number: int) -> Paper | None:
    """Return the typed content of one version, to be compared with another or taken up again."""
    row = models.Version.objects.filter(paper_id=paper_id, number=number).first()
    return documents.CONTENT.validate_python(row.content) if row else None


def said_digest(paper_id: int, section: str, text: str) -> str:
    """Return the SHA-256 (hex) of a comment or an opinion, to which its permit is bound."""
    return digest_of(paper=paper_id, section=section, text=text)


def comment(by: Permit, paper_id: int, text: str, author: str, *, section: str = "") -> CommentInfo:
    """Keep what somebody says of a draft; permit for kind `paper_comment`, id the paper's, `said_digest`."""
    text = _filled(text, "lời góp ý", "the comment")
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        _require_unsigned(row)
        last = row.versions.order_by("-number").first()
        made = models.Comment.objects.create(
            group_id=row.group_id,
            paper=row,
            version=last.number if last else 1,
            section=section,
            text=text,
            account=by.actor.account,
            author=author,
            at=by.at,
        )
        digest = said_digest(paper_id, section, text)
        ledger.append(
            by, scope=row.group.slug, kind="paper_comment", object_id=str(paper_id), digest=digest, bound=digest
        )
    return _comment(made)


def settle(by: Permit, comment_id: int) -> CommentInfo:
    """Mark a comment as dealt with; permit for kind `paper_comment`, id the paper's."""
    with transaction.atomic():
        row = models.Comment.objects.select_for_update().select_related("group").get(pk=comment_id)
        row.settled_at = row.settled_at or by.at
        row.save(update_fields=["settled_at"])
        digest = said_digest(row.paper_id, row.section, row.text)
        ledger.append(
            by, scope=row.group.slug, kind="paper_comment", object_id=str(row.paper_id), digest=digest, bound=digest
        )
    return _comment(row)


def comments(paper_id: int) -> list[CommentInfo]:
    """Return what was said of a draft, oldest first."""
    return [_comment(row) for row in models.Comment.objects.filter(paper_id=paper_id)]


def _comment(row: models.Comment) -> CommentInfo:
    return CommentInfo(
        id=row.pk,
        version=row.version,
        section=row.section,
        text=row.text,
        author=row.author,
        account=row.account,
        at=row.at,
        settled_at=row.settled_at,
    )


def appraise(by: Permit, paper_id: int, text: str, author: str, *, agrees: bool) -> AppraisalInfo:
    """Keep the opinion of the body that appraises papers before their signature; it holds for this very draft."""
    text = _filled(text, "ý kiến thẩm định", "the opinion")
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        _require_unsigned(row)
        made = models.Appraisal.objects.create(
            group_id=row.group_id,
            paper=row,
            docx_sha256=row.docx_sha256,
            agrees=agrees,
            text=text,
            agency=by.actor.agency or "",
            author=author,
            account=by.actor.account,
            at=by.at,
        )
        digest = digest_of(docx=row.docx_sha256, text=text, agrees=agrees)
        ledger.append(by, scope=row.group.slug, kind="appraisal", object_id=str(paper_id), digest=digest, bound=digest)
    return _appraisal(made, row)


def appraisals(paper_id: int) -> list[AppraisalInfo]:
    """Return the opinions on a draft, oldest first."""
    row = models.Paper.objects.get(pk=paper_id)
    return [_appraisal(one, row) for one in row.appraisals.all()]


def appraised(paper_id: int) -> bool:
    """Say whether the draft as it stands has an opinion that agrees, the newest one on it."""
    row = models.Paper.objects.get(pk=paper_id)
    last = row.appraisals.filter(docx_sha256=row.docx_sha256).last()
    return last is not None and last.agrees


def _appraisal(one: models.Appraisal, row: models.Paper) -> AppraisalInfo:
    return AppraisalInfo(
        agrees=one.agrees,
        text=one.text,
        author=one.author,
        agency=one.agency,
        at=one.at,
        holds=one.docx_sha256 == row.docx_sha256,
    )


def ask_digest(info: PaperInfo, seat: int) -> str:
    """Return what the permit to put a paper before a seat is bound to."""
    return digest_of(docx=info.docx_sha256, seat=seat)


def ask(by: Permit, paper_id: int, seat: int, title: str, *, note: str = "") -> RequestInfo:
    """Put a draft before the holder of a seat; the text stands still until it is signed, returned or taken back."""
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        documents.require_open_draft(row)
        if row.number is not None:
            raise BadInput("Văn bản đã có số, không trình ký nữa.", "The paper has its number and is not signed again.")
        made = models.SigningRequest.objects.create(
            group_id=row.group_id,
            paper=row,
            seat=seat,
            title=title,
            docx_sha256=row.docx_sha256,
            asked_by=by.actor.account,
            asked_at=by.at,
            note=note.strip()[:1000],
        )
        row.state = "asked"
        row.save(update_fields=["state"])
        _told(by, row, ask_digest(documents.info(row), seat))
    return _request(made)


def decline(by: Permit, paper_id: int, reason: str) -> RequestInfo:
    """Return a paper unsigned, with the reason; it is a draft again."""
    return _end(by, paper_id, "declined", _filled(reason, "lý do trả lại", "the reason"))


def take_back(by: Permit, paper_id: int) -> RequestInfo:
    """Take a paper back from its signer, to change it; it is a draft again."""
    return _end(by, paper_id, "taken", "")


def _end(by: Permit, paper_id: int, state: str, reason: str) -> RequestInfo:
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        waiting = row.requests.select_for_update().filter(state="waiting").first()
        if row.state != "asked" or waiting is None:
            raise BadInput("Văn bản không nằm ở người ký nào.", "The paper lies before no signer.")
        waiting.state, waiting.decided_at, waiting.reason = state, by.at, reason[:1000]
        waiting.save(update_fields=["state", "decided_at", "reason"])
        row.state = "draft"
        row.save(update_fields=["state"])
        _told(by, row, digest_of(docx=row.docx_sha256, reason=reason))
    return _request(waiting)


def drop(by: Permit, paper_id: int) -> PaperInfo:
    """Drop a draft; it has no number, so no series gets a hole."""
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        documents.require_open_draft(row)
        _require_unsigned(row)
        row.state = "dropped"
        row.save(update_fields=["state"])
        _told(by, row, digest_of(docx=row.docx_sha256))
    return documents.info(row)


def request(paper_id: int) -> RequestInfo | None:
    """Return the request that waits, if the paper lies before somebody."""
    row = models.SigningRequest.objects.filter(paper_id=paper_id, state="waiting").first()
    return _request(row) if row else None


def requests(paper_id: int) -> list[RequestInfo]:
    """Return before whom a paper lay, oldest first."""
    return [_request(row) for row in models.SigningRequest.objects.filter(paper_id=paper_id)]


def queue(viewer: Viewer, group_id: int) -> list[RequestInfo]:
    """Return what waits for the reader's own signature in a group, oldest first."""
    seats = [one.seat_id for one in viewer.capacities if one.group_id == group_id and not one.reading]
    rows = models.SigningRequest.objects.filter(group_id=group_id, seat__in=seats, state="waiting")
    return [_request(row) for row in rows]


def _request(row: models.SigningRequest) -> RequestInfo:
    return RequestInfo(
        paper_id=row.paper_id,
        seat=row.seat,
        title=row.title,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        note=row.note,
        state=row.state,
        decided_at=row.decided_at,
        reason=row.reason,
        docx_sha256=row.docx_sha256,
    )


def _told(by: Permit, row: models.Paper, digest: str) -> None:
    ledger.append(by, scope=row.group.slug, kind="paper", object_id=str(row.pk), digest=digest, bound=digest)


def _require_unsigned(row: models.Paper) -> None:
    if row.number is not None or row.state in {"signed", "issued"}:
        raise BadInput("Văn bản đã ký: dự thảo không đổi nữa.", "The paper is signed: the draft changes no more.")


def _filled(text: str, vi: str, en: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise BadInput(f"Ghi {vi} rồi gửi lại.", f"Write {en}, then send again.")
    return text[:2000]
