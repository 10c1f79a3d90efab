"""How anything queued is carried: one worker at a time, the try written down before the line is used, then settled.

A worker may die at any point. What it had in hand is free again after a while; what it may have handed over is looked
up on the axis before it is handed over again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.papers.edxml.codes import standard
from dean06.papers.edxml.types import Organ
from dean06.papers.models import Answer, Carried, Channel, Dispatch, Notice, State, Step
from dean06.papers.post import exchange_client as client
from dean06.papers.post.exchange_client import Axis, Message, Unsure

LEASE = timedelta(minutes=2)
CARRIED = (Channel.EDXML, Channel.EMAIL, Channel.PORTAL)
LONGEST_PAUSE = timedelta(hours=1)
Row = TypeVar("Row", Dispatch, Notice, Answer)


def step(row: Carried, note: str = "") -> None:
    """Write down the state that something sent has now."""
    told = {"group_id": row.group_id, "state": row.state, "at": clock.now(), "note": note[:500]}
    if isinstance(row, Dispatch):
        Step.objects.create(dispatch=row, **told)
    elif isinstance(row, Notice):
        Step.objects.create(notice=row, **told)


def queued(kind: type[Row], group_id: int) -> Iterator[Row]:
    """Give what is queued and free, one by one, each in this worker's hand for a while."""
    free = Q(leased_until=None) | Q(leased_until__lte=clock.now())
    free &= Q(group_id=group_id, state=State.QUEUED, channel__in=CARRIED)
    for pk in list(kind.objects.filter(free).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if (row := kind.objects.select_for_update().filter(free, pk=pk).first()) is None:
                continue
            row.leased_until, row.tries = clock.now() + LEASE, row.tries + 1
            row.save(update_fields=["leased_until", "tries"])
        yield row


def begin(row: Carried, content: bytes) -> None:
    """Write down, before the line is used, what is about to be handed over."""
    row.handed_over, row.packet_digest = True, hashlib.sha256(content).hexdigest()
    row.save(update_fields=["handed_over", "packet_digest"])


def settle(row: Carried, state: State, *, packet_id: str = "", note: str = "") -> None:
    """Write down that it went, or that it never will."""
    row.state, row.note, row.leased_until = state, note[:500], None
    row.packet_id = packet_id or row.packet_id
    fields = ["state", "note", "leased_until", "packet_id"]
    if state == State.SENT and isinstance(row, Dispatch | Notice):
        row.sent_at = clock.now()
        fields.append("sent_at")
    with transaction.atomic():
        row.save(update_fields=fields)
        step(row, note)


def put_off(row: Carried, note: str) -> None:
    """Leave it queued for a later try, each pause twice as long as the last."""
    pause = min(timedelta(minutes=1) * 2 ** min(row.tries - 1, 10), LONGEST_PAUSE)
    row.leased_until, row.note = clock.now() + pause, note[:500]
    row.save(update_fields=["leased_until", "note", "handed_over"])


def put(
    axis: Axis, row: Carried, packet: bytes, *, message: Message, sender: Organ, notations: tuple[str, ...] = ()
) -> str:
    """Hand a packet over and return its id on the axis; one that a broken try left there is found, not sent again."""
    if row.handed_over and notations and (found := left_there(axis, row, message, notations)):
        return found
    if len(packet) > (most := standard().limits.packet_bytes):
        raise BadInput(
            f"Gói {len(packet) >> 20} MB lớn hơn mức {most >> 20} MB của trục: gửi bớt phụ lục hoặc gửi kênh khác.",
            f"The packet has {len(packet) >> 20} MB, the axis takes {most >> 20}: send less of it, or another way.",
        )
    begin(row, packet)
    try:
        return client.send(axis, packet, message=message, sender=sender.code, to=[row.organ_code])
    except Unsure:
        raise
    except Unavailable:
        row.handed_over = False  # the axis was not reached: it cannot have it
        raise


def left_there(axis: Axis, row: Carried, message: Message, notations: tuple[str, ...]) -> str:
    """Return the id of a packet of ours for this receiver that the axis has and no row knows, or nothing."""
    kinds: tuple[type[Dispatch | Notice], ...] = (Dispatch, Notice)
    known = {name for kind in kinds for name in _ids(kind, row.group_id)}
    for one in client.sent(axis, message):
        if one.to == row.organ_code and one.notation in notations and one.packet_id not in known:
            return one.packet_id
    return ""


def _ids(kind: type[Dispatch | Notice], group_id: int) -> list[str]:
    return list(kind.objects.filter(group_id=group_id).exclude(packet_id="").values_list("packet_id", flat=True))


def each(kind: type[Row], group_id: int, carry: Callable[[Row], None]) -> int:
    """Carry all that is queued and free of a kind; returns how many were taken up."""
    count = 0
    for row in queued(kind, group_id):
        carry(row)
        count += 1
    return count
