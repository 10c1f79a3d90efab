"""The face of sending: queue an issued paper in the act's own transaction, carry it later, tell how far it came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.keeping import circulation
from dean06.papers.models import Channel, Dispatch, Notice, State
from dean06.papers.post.carrying import step
from dean06.papers.post.delivering import Post, Tally, deliver
from dean06.papers.post.mailing import named
from dean06.papers.post.outgoing import Ready, ready
from dean06.papers.service.addressing import Route, resolve
from dean06.papers.service.documents import dispatch_digest

__all__ = [
    "Channel",
    "DispatchInfo",
    "LetterInfo",
    "Post",
    "State",
    "StepInfo",
    "Tally",
    "confirm_by_link",
    "deliver",
    "letter_of",
    "mark",
    "mark_ref",
    "of_paper",
    "queue",
    "retry",
    "unsettled",
]

HAND = {State.SENT: (State.QUEUED,), State.RECEIVED: (State.SENT, State.ARRIVED), State.REFUSED: (State.SENT,)}
FINAL = (State.RECEIVED, State.REFUSED, State.RECALLED)


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A state that something sent had, since when, and what was said of it."""

    state: State
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchInfo:
    """One recipient of a paper: how it goes there, how far it has come, and what to do where it cannot."""

    id: int
    paper_id: int
    recipient: str
    channel: Channel
    state: State
    queued_at: datetime | None
    sent_at: datetime | None
    packet_id: str
    packet_digest: str
    tries: int
    note: str
    steps: tuple[StepInfo, ...]

    @property
    def state_vi(self) -> str:
        """Return the state in words."""
        return str(State(self.state).label)


def queue(by: Permit, paper_id: int, to: Iterable[str]) -> tuple[Route, ...]:
    """Queue an issued paper for its recipients; nothing leaves before the transaction is whole.

    Who has it already keeps it; who could not be reached is looked up in the address book again.
    The permit is for object kind `paper`, the paper's id and `dispatch_digest` of the names.
    """
    names = tuple(dict.fromkeys(to))
    with transaction.atomic():
        row = models.Paper.objects.select_for_update().get(pk=paper_id)
        paper = ready(row)
        if hasattr(row, "withdrawal"):
            raise BadInput(
                "Văn bản đã thu hồi hoặc thay thế, không gửi nữa.", "The paper was withdrawn: it is not sent."
            )
        found = resolve(row.group_id, names, by.at.astimezone(clock.TZ).date())
        routes = tuple(_permitted(route, paper) for route in found)
        for route in routes:
            _queue_one(row, route, by.at)
        digest = dispatch_digest(paper_id, names)
        ledger.append(
            by, scope=row.group.slug, kind="paper", object_id=str(paper_id), digest=row.pdf_sha256, bound=digest
        )
    return routes


def _permitted(route: Route, paper: Ready) -> Route:
    """Turn a way that the paper's own mark closes into one by hand: secret papers travel by none of these lines."""
    if paper.document.secrecy and route.channel in (Channel.EDXML, Channel.EMAIL, Channel.PORTAL):
        hint = "Văn bản mật không gửi qua các kênh này: gửi bản giấy theo quy định bảo vệ bí mật nhà nước."
        return Route(name=route.name, channel=Channel.PAPER, address=route.address, hint=hint)
    closed = paper.document.circulation or circulation.circle_of(paper.row) is not None
    if closed and route.channel == Channel.PORTAL:
        hint = "Văn bản có phạm vi lưu hành: không công bố lên cổng."
        return Route(name=route.name, channel=Channel.NONE, hint=hint)
    return route


def _queue_one(paper: models.Paper, route: Route, at: datetime) -> None:
    row = Dispatch.objects.select_for_update().filter(paper=paper, recipient=route.name).first()
    if row is not None and not (row.state == State.FAILED or (row.channel == Channel.NONE and row.sent_at is None)):
        return
    row = row or Dispatch(group_id=paper.group_id, paper=paper, recipient=route.name)
    row.channel, row.address, row.organ_code = route.channel, route.address, route.organ_code
    row.state, row.queued_at, row.leased_until, row.note = State.QUEUED, at, None, route.hint
    row.save()
    step(row, route.hint)


def mark_ref(row_id: int, state: State) -> ObjectRef:
    """Return what the permit to write down a state by hand is given for."""
    return ObjectRef(kind="dispatch", id=str(row_id), digest=digest_of(state=state.value))


def mark(by: Permit, dispatch_id: int, state: State, note: str = "") -> None:
    """Write down by hand how far a paper came: handed over on paper, receipt signed, refused."""
    with transaction.atomic():
        row = Dispatch.objects.select_for_update().get(pk=dispatch_id)
        allowed = HAND.get(state, ())
        by_hand = row.channel in (Channel.PAPER, Channel.NONE) or state != State.SENT
        if row.state not in allowed or not by_hand:
            raise BadInput(
                f"«{row.recipient}»: đang ở trạng thái {row.get_state_display().lower()}, không ghi được bước này.",
                f"{row.recipient}: the state is {row.state}, this step does not follow.",
            )
        row.state, row.note = state, note[:500]
        row.sent_at = row.sent_at or by.at
        row.save(update_fields=["state", "note", "sent_at"])
        step(row, note)
        _record(by, row, mark_ref(dispatch_id, state))


def retry(by: Permit, dispatch_id: int) -> None:
    """Put back into the queue what could not be sent, by the way the address book gives today."""
    with transaction.atomic():
        row = Dispatch.objects.select_for_update().select_related("paper").get(pk=dispatch_id)
        if row.state != State.FAILED and row.channel != Channel.NONE:
            raise BadInput("Chỉ gửi lại nơi nhận chưa gửi được.", "Only what could not be sent is sent again.")
        found = resolve(row.group_id, [row.recipient], by.at.astimezone(clock.TZ).date())
        route = _permitted(found[0], ready(row.paper))
        row.state = State.FAILED
        row.save(update_fields=["state"])
        _queue_one(row.paper, route, by.at)
        _record(by, row, mark_ref(dispatch_id, State.QUEUED))


def _record(by: Permit, row: Dispatch, ref: ObjectRef) -> None:
    ledger.append(
        by,
        scope=row.group.slug,
        kind=ref.kind,
        object_id=ref.id,
        digest=ref.digest,
        bound=ref.digest,
        note={"paper": row.paper_id},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterInfo:
    """What the holder of a letter's link may see: which paper, by whom, whether it is taken back, whether confirmed."""

    label: str
    sender: str
    taking_back: bool
    confirmed: bool


def letter_of(token: str) -> LetterInfo:
    """Return what a letter's link stands for; a link that was made up is refused."""
    of_paper_itself, pk = named(token)
    if of_paper_itself:
        row = Dispatch.objects.select_related("paper__group").filter(pk=pk).first()
        paper, done = row.paper if row else None, row is not None and row.state in FINAL
    else:
        notice = Notice.objects.select_related("dispatch__paper__group").filter(pk=pk).first()
        paper, done = notice.dispatch.paper if notice else None, notice is not None and notice.state == State.RECALLED
    if paper is None:
        raise BadInput("Đường dẫn xác nhận không còn.", "The link stands for nothing any more.")
    return LetterInfo(
        label=ready(paper).label, sender=paper.group.name, taking_back=not of_paper_itself, confirmed=done
    )


def confirm_by_link(token: str) -> str:
    """Take the receiver's word, by the link of a letter, that a paper came or was destroyed; returns the paper's label.

    Said twice it changes nothing. The link is the receiver's alone, so no permit of the group's is asked for.
    """
    of_paper_itself, pk = named(token)
    with transaction.atomic():
        if of_paper_itself:
            row = Dispatch.objects.select_for_update().select_related("paper").get(pk=pk)
            if row.state not in FINAL:
                row.state = State.RECEIVED
                row.save(update_fields=["state"])
                step(row, "Bên nhận xác nhận qua đường dẫn trong thư.")
            return ready(row.paper).label
        notice = Notice.objects.select_for_update().select_related("dispatch__paper").get(pk=pk)
        if notice.state != State.RECALLED:
            notice.state = State.RECALLED
            notice.save(update_fields=["state"])
            step(notice, "Bên nhận xác nhận qua đường dẫn trong thư.")
        return ready(notice.dispatch.paper).label


def of_paper(viewer: Viewer, paper_id: int) -> tuple[DispatchInfo, ...]:
    """Return the recipients of a paper and how far it came to each, to those who may see the group's papers."""
    rows = _rows().filter(paper_id=paper_id)
    return tuple(_info(row) for row in rows.select_related("paper") if circulation.reads(viewer, row.paper))


def unsettled(viewer: Viewer, group_id: int) -> tuple[DispatchInfo, ...]:
    """Return what waits, has no channel, failed or was refused, oldest first, to those who sit in the group."""
    if not viewer.sits_in(group_id):
        return ()
    open_states = (State.QUEUED, State.FAILED, State.REFUSED)
    seen = circulation.readable(viewer, group_id, models.Paper.objects.filter(group_id=group_id))
    rows = _rows().filter(paper__in=seen, state__in=open_states).order_by("queued_at", "pk")
    return tuple(_info(row) for row in rows)


def _rows() -> QuerySet[Dispatch]:
    return Dispatch.objects.prefetch_related(Prefetch("steps", models.Step.objects.order_by("pk"))).order_by("pk")


def _info(row: Dispatch) -> DispatchInfo:
    return DispatchInfo(
        id=row.pk,
        paper_id=row.paper_id,
        recipient=row.recipient,
        channel=Channel(row.channel),
        state=State(row.state),
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        packet_id=row.packet_id,
        packet_digest=row.packet_digest,
        tries=row.tries,
        note=row.note,
        steps=tuple(StepInfo(State(one.state), one.at, one.note) for one in row.steps.all()),
    )
