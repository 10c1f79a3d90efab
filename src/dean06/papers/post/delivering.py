"""Carrying what is queued, after the acts that queued it: over the axis, by e-mail, onto the portal.

It may be run at any time, by any number of workers, and again after a kill.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.edxml.signature import Sealing
from dean06.papers.edxml.types import Organ, PaperRef, StatusMessage
from dean06.papers.edxml.writing import write
from dean06.papers.errors import PaperRefused
from dean06.papers.models import Answer, Carried, Channel, Dispatch, Incoming, Notice, State
from dean06.papers.post import carrying, mailing, portal
from dean06.papers.post.exchange_client import Axis
from dean06.papers.post.outgoing import Ready, packet, ready, take_back
from dean06.papers.service import addressing


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """By what a group's papers leave: its place on the axis, how links to this house are written, the packets' key."""

    axis: Axis | None = None
    sender: Organ | None = None
    link: mailing.Link | None = None
    sealing: Sealing | None = None
    trouble: BadInput | None = None

    @classmethod
    def of(cls, group_id: int, link: mailing.Link | None = None) -> Post:
        """Return the post of a group as its address book has it."""
        where = addressing.place(group_id)
        sender = where.organ if where else None
        try:
            return cls(axis=addressing.axis(group_id), sender=sender, link=link)
        except BadInput as trouble:  # letters and the page go all the same
            return cls(sender=sender, link=link, trouble=trouble)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one round of carrying came to."""

    taken_up: int
    waiting: int
    failed: int


def deliver(group_id: int, post: Post | None = None) -> Tally:
    """Carry all that a group has queued; notices first, for they may bring the paper that stands in another's place."""
    group = offices.group_by_id(group_id)
    way = post or Post.of(group_id)
    count = carrying.each(Notice, group_id, lambda row: _carry(row, lambda: _notice(row, way, group)))
    count += carrying.each(Dispatch, group_id, lambda row: _carry(row, lambda: _dispatch(row, way, group)))
    count += carrying.each(Answer, group_id, lambda row: _carry(row, lambda: _answer(row, way)))
    return Tally(taken_up=count, waiting=_left(group_id, State.QUEUED), failed=_left(group_id, State.FAILED))


def _left(group_id: int, state: State) -> int:
    counts = (kind.objects.filter(group_id=group_id, state=state).count() for kind in (Dispatch, Notice, Answer))
    return sum(counts)


def _carry(row: Carried, work: Callable[[], None]) -> None:
    """Do one piece of carrying and write down what came of it; nothing that goes wrong with one stops the others."""
    try:
        work()
    except Unavailable as problem:
        carrying.put_off(row, problem.vi)
    except (SMTPException, OSError):
        carrying.put_off(row, "Máy chủ thư không nhận: sẽ gửi lại.")
    except BadInput as problem:
        carrying.settle(row, State.FAILED, note=problem.vi)


def _line(post: Post) -> tuple[Axis, Organ]:
    if post.trouble is not None:
        raise Unavailable(post.trouble.vi, post.trouble.en)
    if post.axis is None or post.sender is None:
        raise Unavailable(
            "Tổ chưa kết nối trục liên thông: khai kết nối trong sổ địa chỉ, văn bản sẽ tự gửi.",
            "The group is not connected to the axis: enter the connection in the address book.",
        )
    return post.axis, post.sender


def _to(row: Carried, name: str) -> Organ:
    return Organ(code=row.organ_code, name=name)


def _notations(paper: Ready) -> tuple[str, ...]:
    return paper.label, paper.row.symbol


def _dispatch(row: Dispatch, post: Post, group: GroupInfo) -> None:
    paper = ready(row.paper)
    if hasattr(row.paper, "withdrawal"):
        _not_any_more(row, post, paper)
    elif row.channel == Channel.EDXML:
        axis, sender = _line(post)
        at = row.queued_at or paper.issued_at
        whole = packet(paper, sender, _to(row, row.recipient), at, sealing=post.sealing)
        packet_id = carrying.put(axis, row, whole, message="edoc", sender=sender, notations=_notations(paper))
        carrying.settle(row, State.SENT, packet_id=packet_id)
    elif row.channel == Channel.EMAIL:
        _mail(row, mailing.letter(row, paper, group.name, post.link))
    else:
        portal.publish(group.id, group.slug, group.name)
        carrying.settle(row, State.SENT)


def _not_any_more(row: Dispatch, post: Post, paper: Ready) -> None:
    """Settle a try that was broken off before the paper was withdrawn: it left or it never will."""
    axis, _ = _line(post)
    packet_id = carrying.left_there(axis, row, "edoc", _notations(paper)) if row.handed_over else ""
    note = "" if packet_id else "Thu hồi, thay thế trước khi gửi."
    carrying.settle(row, State.SENT if packet_id else State.RECALLED, packet_id=packet_id, note=note)


def _mail(row: Dispatch | Notice, mail: EmailMessage) -> None:
    carrying.begin(row, mail.message().as_bytes())
    mail.send()
    carrying.settle(row, State.SENT)


def _notice(row: Notice, post: Post, group: GroupInfo) -> None:
    if row.dispatch.state == State.QUEUED:
        raise Unavailable("Chờ biết gói trước đã đi hay chưa.", "It is not known yet whether the paper left.")
    if row.dispatch.state == State.RECALLED and row.dispatch.sent_at is None:
        carrying.settle(row, State.RECALLED, note="Nơi nhận này chưa từng được gửi.")
        return
    withdrawal, earlier = row.withdrawal, ready(row.dispatch.paper)
    by = ready(withdrawal.by_paper) if withdrawal.by_paper else None
    if row.channel == Channel.EMAIL:
        _mail(row, mailing.withdrawal(row, earlier, by, group.name, post.link))
    elif row.channel == Channel.PORTAL:
        portal.publish(group.id, group.slug, group.name)
        carrying.settle(row, State.RECALLED, note="Trang công bố đã ghi nhận.")
    else:
        _notice_over_axis(row, post, earlier, by)
        return
    if by is not None:
        _went_along(row, by)


def _notice_over_axis(row: Notice, post: Post, earlier: Ready, by: Ready | None) -> None:
    axis, sender = _line(post)
    at = row.queued_at or row.withdrawal.at
    if by is None:
        whole = take_back(earlier, sender, row.organ_code, at, row.withdrawal.reason)
        packet_id = carrying.put(axis, row, whole, message="status", sender=sender)
        carrying.settle(row, State.SENT, packet_id=packet_id)
        return
    to = _to(row, row.dispatch.recipient)
    whole = packet(by, sender, to, at, sealing=post.sealing, withdrawn=(row.withdrawal, earlier))
    packet_id = carrying.put(axis, row, whole, message="edoc", sender=sender, notations=_notations(by))
    with transaction.atomic():
        carrying.settle(row, State.SENT, packet_id=packet_id)
        _went_along(row, by)


def _went_along(notice: Notice, by: Ready) -> None:
    """Write down that the paper which recalls or replaces went to this recipient with the notice."""
    if notice.channel == Channel.PORTAL:
        return
    row = Dispatch.objects.select_for_update().filter(paper=by.row, recipient=notice.dispatch.recipient).first()
    row = row or Dispatch(group_id=notice.group_id, paper=by.row, recipient=notice.dispatch.recipient)
    if row.sent_at is not None:
        return
    row.channel, row.address, row.organ_code = notice.channel, notice.address, notice.organ_code
    row.state, row.queued_at, row.sent_at = State.SENT, notice.queued_at, clock.now()
    row.packet_id, row.packet_digest, row.leased_until = notice.packet_id, notice.packet_digest, None
    row.save()
    carrying.step(row, "Đi cùng gói thu hồi, thay thế.")


def _answer(row: Answer, post: Post) -> None:
    axis, sender = _line(post)
    paper = row.incoming
    message = StatusMessage(
        sender=sender, about=about(paper), to=row.organ_code, code=row.code, description=row.told, at=row.at
    )
    packet_id = carrying.put(axis, row, write(message), message="status", sender=sender)
    carrying.settle(row, State.SENT, packet_id=packet_id)


def about(paper: Incoming) -> PaperRef:
    """Return an incoming paper as its sender names it on the axis."""
    if paper.dated is None:
        raise PaperRefused("văn bản đến", "không ghi ngày nên không trả lời qua trục được", "has no day to be named by")
    ref = PaperRef(organ=paper.organ_code, day=paper.dated, label=paper.label)
    same = paper.document_id in {"", ref.document_id}
    return ref if same else PaperRef(organ=ref.organ, day=ref.day, label=ref.label, given=paper.document_id)
