"""Taking in what the axis holds for a group: each packet once, whatever the line does.

A packet is kept in the archive first, then taken in within one transaction, then confirmed to the axis. A kill between
any two of these makes the axis offer it again, and it is known by its checksum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.reading import Opened, open_packet
from dean06.papers.edxml.types import Attachment, Edoc, PaperRef, StatusMessage
from dean06.papers.errors import PaperRefused
from dean06.papers.keeping import archive, store
from dean06.papers.models import (
    Answer,
    Channel,
    Dispatch,
    Incoming,
    IncomingFile,
    Notice,
    Paper,
    SetAside,
    State,
    Withdrawal,
)
from dean06.papers.post import exchange_client as client
from dean06.papers.post.arriving import KeptFile
from dean06.papers.post.carrying import step
from dean06.papers.post.exchange_client import Axis, Message

ORDER = (State.QUEUED, State.SENT, State.ARRIVED, State.RECEIVED)
OPEN = ORDER[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A packet as the axis handed it out: what it says, or why it cannot be read."""

    packet_id: str
    sender: str
    sha256: str
    opened: Opened | None
    problem: BadInput | None


def arrivals(axis: Axis) -> Iterator[Arrived]:
    """Give the packets that lie on the axis; one that came broken is asked for once more."""
    messages: tuple[Message, ...] = ("edoc", "status")
    for message in messages:
        for lying in client.waiting(axis, message):
            first = _arrived(axis, lying)
            yield first if first.opened else _arrived(axis, lying)


def _arrived(axis: Axis, lying: client.Waiting) -> Arrived:
    content = client.get(axis, lying.packet_id)
    told = {"packet_id": lying.packet_id, "sender": lying.sender, "sha256": hashlib.sha256(content).hexdigest()}
    try:
        opened = open_packet(content)
        _same_sender(lying.sender, opened.packet.sender.code)
        return Arrived(**told, opened=opened, problem=None)
    except BadInput as refusal:
        return Arrived(**told, opened=None, problem=refusal)


def _same_sender(known_to_axis: str, written: str) -> None:
    """Refuse a packet that names another sender than the one whose key brought it to the axis."""
    if known_to_axis and known_to_axis != written:
        raise PaperRefused(
            "MessageHeader/From/OrganId",
            "khác đơn vị mà trục biết đã gửi gói; không nhận, hỏi lại đơn vị gửi",
            "is not the office that the axis knows to have sent it; ask that office",
        )


def known(group_id: int, arrived: Arrived) -> bool:
    """Say whether a packet was taken in or set aside already."""
    taken = Incoming.objects.filter(group_id=group_id, packet_digest=arrived.sha256)
    aside = SetAside.objects.filter(group_id=group_id, packet_id=arrived.packet_id)
    return taken.exists() or aside.exists()


def set_aside(group_id: int, arrived: Arrived, vi: str, en: str) -> SetAside:
    """Keep a packet that cannot be taken in, with the reason."""
    return SetAside.objects.create(
        group_id=group_id,
        packet_id=arrived.packet_id,
        sender=arrived.sender,
        digest=arrived.sha256,
        at=clock.now(),
        reason_vi=vi[:1000],
        reason_en=en[:1000],
    )


def keep(files: Iterable[Attachment]) -> tuple[KeptFile, ...]:
    """Keep files in the archive and return how a register names them."""
    return tuple(
        KeptFile(name=one.name, sha256=store.keep(one.content, one.suffix), suffix=one.suffix, size=len(one.content))
        for one in files
    )


def attach(row: Incoming, files: Iterable[KeptFile]) -> None:
    """Write down the files of a paper that came."""
    IncomingFile.objects.bulk_create(
        IncomingFile(
            group_id=row.group_id,
            incoming=row,
            name=one.name[:300],
            sha256=one.sha256,
            suffix=one.suffix,
            size=one.size,
        )
        for one in files
    )


def take_paper(group_id: int, arrived: Arrived, packet: Edoc, at: datetime, files: Iterable[KeptFile]) -> Incoming:
    """Put a paper that came over the axis before the clerk, and do what it says to earlier ones."""
    paper = packet.paper
    row = Incoming(
        group_id=group_id,
        channel=Channel.EDXML,
        arrived_at=at,
        organ_code=packet.sender.code,
        organ_name=packet.sender.name[:300],
        label=paper.label[:120],
        dated=paper.day,
        document_id=paper.document_id[:400],
        kind=packet.type_name[:100],
        abstract=packet.subject[:2000],
        signer=packet.signer.name[:200],
        priority=packet.priority,
        due=packet.due,
        pages=packet.pages,
        business=int(packet.business),
        reason=packet.reason[:2000],
        packet_id=arrived.packet_id,
        packet_digest=arrived.sha256,
        sealed_by=arrived.opened.seal.subject[:500] if arrived.opened else "",
    )
    row.duplicate_of = same_paper(row)
    row.save()
    attach(row, files)
    answer(row, "arrived")
    if packet.business is Business.RECALL:
        for earlier in _named(group_id, packet.sender.code, packet.earlier or (paper,), row):
            ask_back(earlier, packet.reason, at)
    elif packet.business in (Business.REPLACEMENT, Business.UPDATE):
        for earlier in _named(group_id, packet.sender.code, packet.earlier, row):
            earlier.replaced_by = row
            earlier.save(update_fields=["replaced_by"])
    return row


def same_paper(row: Incoming) -> Incoming | None:
    """Return the earlier row of the same paper: the same office, number and symbol, and day."""
    if not row.label or row.dated is None or row.business == Business.RECALL:
        return None
    rows = Incoming.objects.filter(group_id=row.group_id, label=row.label, dated=row.dated, business=row.business)
    rows = rows.exclude(status=Incoming.Status.REFUSED).exclude(pk=row.pk)
    by_code = rows.filter(organ_code=row.organ_code).order_by("pk").first() if row.organ_code else None
    return by_code or rows.filter(organ_name__iexact=row.organ_name).order_by("pk").first()


def _named(group_id: int, organ: str, refs: Iterable[PaperRef], but: Incoming) -> list[Incoming]:
    """Return the incoming papers that a packet speaks of, for the office itself that sent them."""
    found: dict[int, Incoming] = {}
    for ref in refs:
        rows = Incoming.objects.select_for_update().filter(group_id=group_id, organ_code=organ).exclude(pk=but.pk)
        rows = rows.filter(document_id=ref.document_id) | rows.filter(label=ref.label, dated=ref.day)
        found |= {row.pk: row for row in rows}
    return list(found.values())


def ask_back(row: Incoming, reason: str, at: datetime) -> None:
    """Write down that the sender wants a paper back."""
    if row.recall_asked_at is None:
        row.recall_asked_at, row.recall_reason = at, reason[:2000]
        row.save(update_fields=["recall_asked_at", "recall_reason"])


def answer(row: Incoming, name: str, told: str = "") -> None:
    """Queue a status for the sender of a paper that came over the axis; each is told once."""
    if row.channel != Channel.EDXML or row.dated is None:
        return
    code = standard().status_named(name).code
    Answer.objects.get_or_create(
        incoming=row,
        code=code,
        defaults={
            "group_id": row.group_id,
            "channel": Channel.EDXML,
            "organ_code": row.organ_code,
            "state": State.QUEUED,
            "queued_at": clock.now(),
            "at": clock.now().replace(microsecond=0),
            "told": told[:500],
        },
    )


def take_status(group_id: int, packet: StatusMessage, at: datetime) -> bool:
    """Apply what a receiver tells, or a sender asks; says whether there is a paper that it speaks of."""
    row = standard().status(packet.code)
    if row is None:
        return False
    if row.outcome == "asked":
        papers = Incoming.objects.select_for_update().filter(group_id=group_id, organ_code=packet.sender.code)
        named = papers.filter(document_id=packet.about.document_id) | papers.filter(
            label=packet.about.label, dated=packet.about.day
        )
        found = list(named)
        for one in found:
            ask_back(one, packet.description, at)
        return bool(found)
    dispatch = _sent_paper(group_id, packet)
    if dispatch is None:
        return False
    told = " ".join(filter(None, (f"{row.vi}.", packet.description)))
    if row.outcome in {"recalled", "kept"}:
        _about_withdrawal(dispatch, told, recalled=row.outcome == "recalled")
    else:
        _moved(dispatch, State(row.outcome), told)
    return True


def _sent_paper(group_id: int, packet: StatusMessage) -> Dispatch | None:
    """Return our dispatch of the paper to the office that speaks; nobody speaks for another."""
    number, _, symbol = packet.about.label.partition("/")
    if not number.isdigit() or len(number) > 8:
        return None
    papers = Paper.objects.filter(group_id=group_id, number=int(number), symbol=symbol, year=packet.about.day.year)
    rows = Dispatch.objects.select_for_update().filter(paper__in=papers, organ_code=packet.sender.code)
    return rows.exclude(state=State.QUEUED, handed_over=False).first()


def _moved(dispatch: Dispatch, state: State, told: str) -> None:
    """Move a dispatch forward, never back: a receipt that comes late changes nothing that is further on."""
    current = State(dispatch.state)
    if after(current, state) is current:
        return
    dispatch.state, dispatch.note, dispatch.leased_until = state, told[:500], None
    dispatch.sent_at = dispatch.sent_at or clock.now()
    dispatch.save(update_fields=["state", "note", "leased_until", "sent_at"])
    step(dispatch, told)


def after(current: State, told: State) -> State:
    """Return the state after a receiver told one: it only moves on, whatever the order in which statuses come."""
    if current not in OPEN:
        return current
    if told is State.REFUSED or OPEN.index(current) < ORDER.index(told):
        return told
    return current


def _about_withdrawal(dispatch: Dispatch, told: str, *, recalled: bool) -> None:
    notice = Notice.objects.select_for_update().select_related("withdrawal").filter(dispatch=dispatch).first()
    if notice is None or notice.state == State.RECALLED:
        return
    notice.state, notice.note, notice.leased_until = State.RECALLED if recalled else State.REFUSED, told[:500], None
    notice.save(update_fields=["state", "note", "leased_until"])
    step(notice, told)
    if recalled and notice.withdrawal.kind == Withdrawal.Kind.RECALL:
        dispatch.state, dispatch.note = State.RECALLED, told[:500]
        dispatch.save(update_fields=["state", "note"])
        step(dispatch, told)


def destroy(files: Iterable[KeptFile]) -> None:
    """Destroy the files of a paper that was given back, where no row of the house names the same bytes any more."""
    for one in files:
        if not archive.still_named(one.sha256):
            store.drop(one.sha256, one.suffix)
