"""The face of taking back: an issued paper recalled, replaced or voided, by whom, why, by which paper; the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.edxml.types import tidy
from dean06.papers.keeping import circulation
from dean06.papers.models import Channel, Dispatch, Notice, State, Withdrawal
from dean06.papers.post.carrying import step
from dean06.papers.post.outgoing import ready

__all__ = [
    "Kind",
    "Link",
    "NoticeInfo",
    "Withdraw",
    "chain",
    "mark_notice",
    "notice_ref",
    "ref",
    "standing",
    "withdraw",
]

Kind = Withdrawal.Kind
ELECTRONIC = (Channel.EDXML, Channel.EMAIL, Channel.PORTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """What is decided: which paper, recalled or replaced, why, and the paper that says so or stands in its place."""

    paper_id: int
    kind: Kind
    reason: str
    by_paper_id: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", tidy(self.reason, "lý do", empty=False)[:500])
        if self.kind is Kind.REPLACEMENT and self.by_paper_id is None:
            raise BadInput("Thay thế phải nêu văn bản thay thế.", "A replacement names the paper that replaces.")
        if self.kind is Kind.VOID and self.by_paper_id is not None:
            raise BadInput("Bỏ số thì không nêu văn bản khác.", "A number is voided without another paper.")
        if self.by_paper_id == self.paper_id:
            raise BadInput("Văn bản không tự thu hồi, thay thế chính nó.", "A paper does not withdraw itself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInfo:
    """What one recipient was told, and whether they said that it is done."""

    id: int
    recipient: str
    channel: Channel
    state: State
    sent_at: datetime | None
    note: str

    @property
    def confirmed(self) -> bool:
        """Say whether the recipient has confirmed."""
        return self.state is State.RECALLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One paper of a chain, oldest first: what befell it, when, why, by which paper, and what its recipients said."""

    paper_id: int
    label: str
    kind: Kind | None = None
    at: datetime | None = None
    reason: str = ""
    decided_by: str = ""
    by_paper_id: int | None = None
    by_label: str = ""
    notices: tuple[NoticeInfo, ...] = ()


def ref(one: Withdraw) -> ObjectRef:
    """Return what the permit to recall or replace is given for."""
    digest = digest_of(kind=one.kind.value, reason=one.reason, by=str(one.by_paper_id or ""))
    return ObjectRef(kind="paper", id=str(one.paper_id), digest=digest)


def withdraw(by: Permit, one: Withdraw) -> None:
    """Recall or replace an issued paper: it keeps its number, and every electronic recipient is told.

    What still waits to be sent is not sent; a number is voided only while nobody has the paper. The packets are queued
    and carried by `dispatching.deliver`. The permit is for `document.void` where a number is voided, else for
    `document.recall`: what a stranger reads of the paper's standing follows the action in the ledger.
    """
    with transaction.atomic():
        paper = models.Paper.objects.select_for_update().get(pk=one.paper_id)
        ready(paper)
        by_paper = _by_paper(paper, one)
        if Withdrawal.objects.filter(paper=paper).exists():
            raise BadInput("Văn bản này đã được thu hồi hoặc thay thế.", "The paper was withdrawn already.")
        if one.kind is Kind.VOID:
            _require_unsent(paper)
        row = Withdrawal.objects.create(
            group_id=paper.group_id,
            paper=paper,
            kind=one.kind,
            by_paper=by_paper,
            reason=one.reason,
            at=by.at,
            decided_by=by.actor.role,
        )
        for dispatch in Dispatch.objects.select_for_update().filter(paper=paper).order_by("pk"):
            _tell(row, dispatch)
        ledger.append(
            by,
            scope=paper.group.slug,
            kind="paper",
            object_id=str(paper.pk),
            digest=paper.pdf_sha256,
            bound=ref(one).digest,
            note={"withdrawn": one.kind.value, "by_paper": one.by_paper_id or 0},
        )


def _require_unsent(paper: models.Paper) -> None:
    if Dispatch.objects.filter(Q(handed_over=True) | ~Q(sent_at=None), paper=paper).exists():
        raise BadInput(
            "Văn bản đã gửi đi thì không bỏ số được: thu hồi hoặc thay thế.",
            "A paper that was sent is not voided: recall or replace it.",
        )


def _by_paper(paper: models.Paper, one: Withdraw) -> models.Paper | None:
    if one.by_paper_id is None:
        return None
    by_paper = models.Paper.objects.filter(pk=one.by_paper_id, group_id=paper.group_id).first()
    if by_paper is None or by_paper.number is None:
        raise BadInput(
            "Văn bản thu hồi, thay thế phải là văn bản của tổ đã ký và cấp số.",
            "The paper that recalls or replaces must be the group's own, signed and numbered.",
        )
    if hasattr(by_paper, "withdrawal"):
        raise BadInput("Văn bản thay thế đã bị thu hồi.", "The paper that replaces was itself withdrawn.")
    return by_paper


def _tell(row: Withdrawal, dispatch: Dispatch) -> None:
    unsent = dispatch.state in (State.QUEUED, State.FAILED) and not dispatch.handed_over
    if unsent or dispatch.state == State.REFUSED:
        if unsent:
            dispatch.state, dispatch.leased_until = State.RECALLED, None
            dispatch.note = "Thu hồi, thay thế trước khi gửi."
            dispatch.save(update_fields=["state", "note", "leased_until"])
            step(dispatch, dispatch.note)
        return
    notice = Notice.objects.create(
        group_id=row.group_id,
        withdrawal=row,
        dispatch=dispatch,
        channel=dispatch.channel if dispatch.channel in ELECTRONIC else Channel.PAPER,
        address=dispatch.address,
        organ_code=dispatch.organ_code,
        state=State.QUEUED,
        queued_at=row.at,
    )
    step(notice, row.reason)


def notice_ref(notice_id: int) -> ObjectRef:
    """Return what the permit to write down a recipient's answer by hand is given for."""
    return ObjectRef(kind="notice", id=str(notice_id), digest=digest_of(state=State.RECALLED.value))


def mark_notice(by: Permit, notice_id: int, note: str) -> None:
    """Write down by hand that a recipient gave the paper back or destroyed it, and by what it is known."""
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice_id)
        if row.state == State.RECALLED:
            raise BadInput("Nơi nhận này đã xác nhận.", "This recipient has confirmed already.")
        row.state, row.note = State.RECALLED, tidy(note, "ghi chú", empty=False)[:500]
        row.save(update_fields=["state", "note"])
        step(row, row.note)
        one = notice_ref(notice_id)
        ledger.append(by, scope=row.group.slug, kind=one.kind, object_id=one.id, digest=one.digest, bound=one.digest)


def standing(viewer: Viewer, group_id: int) -> dict[int, Kind]:
    """Return what befell those papers of a group that were taken back, by number of the paper."""
    if not viewer.sees_summaries_of(group_id):
        return {}
    rows = Withdrawal.objects.filter(group_id=group_id).values_list("paper_id", "kind")
    return {paper_id: Kind(kind) for paper_id, kind in rows}


def chain(viewer: Viewer, paper_id: int) -> tuple[Link, ...]:
    """Return the chain of replacements and recalls that a paper stands in, oldest first, to those who may see it."""
    paper = models.Paper.objects.filter(pk=paper_id).exclude(number=None).first()
    if paper is None or not circulation.reads(viewer, paper):
        return ()
    seen: list[models.Paper] = [paper]
    while (earlier := Withdrawal.objects.filter(by_paper=seen[0]).order_by("pk").first()) is not None:
        seen.insert(0, earlier.paper)
    while (later := Withdrawal.objects.filter(paper=seen[-1]).exclude(by_paper=None).first()) is not None:
        seen.append(later.by_paper or paper)
    return tuple(_link(one) for one in seen)


def _link(paper: models.Paper) -> Link:
    label = ready(paper).label
    row = Withdrawal.objects.filter(paper=paper).select_related("by_paper").first()
    if row is None:
        return Link(paper_id=paper.pk, label=label)
    return Link(
        paper_id=paper.pk,
        label=label,
        kind=Kind(row.kind),
        at=row.at,
        reason=row.reason,
        decided_by=row.decided_by,
        by_paper_id=row.by_paper_id,
        by_label=ready(row.by_paper).label if row.by_paper else "",
        notices=tuple(
            NoticeInfo(
                id=one.pk,
                recipient=one.dispatch.recipient,
                channel=Channel(one.channel),
                state=State(one.state),
                sent_at=one.sent_at,
                note=one.note,
            )
            for one in row.notices.select_related("dispatch").order_by("pk")
        ),
    )
