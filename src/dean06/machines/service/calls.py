"""What software asked: each call with its purpose, how often it may call, and answers that are given again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction

from dean06.clock import service as clock
from dean06.ledger.types import digest_of
from dean06.machines.errors import KeyTaken
from dean06.machines.models import Answer, Call, Machine
from dean06.machines.types import Kept, MachineInfo

MOST, WINDOW = 300, timedelta(minutes=1)
ANSWERS_FOR = timedelta(hours=24)
CALLS_FOR = timedelta(days=730)

__all__ = ["ANSWERS_FOR", "MOST", "WINDOW", "Pace", "once", "pace", "record", "request_digest", "sweep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many calls are left in this window, and in how many seconds it ends."""

    left: int
    seconds: int


def pace(machine: MachineInfo) -> Pace:
    """Return how many calls a piece of software has left in this minute."""
    now = clock.now()
    start = now.replace(second=0, microsecond=0)
    made = Call.objects.filter(machine__public_id=machine.public_id, at__gte=start).count()
    return Pace(left=max(0, MOST - made), seconds=max(1, int((start + WINDOW - now).total_seconds())))


def record(machine: MachineInfo, operation: str, object_id: str, status: int, purpose: str) -> None:
    """Keep one call; its purpose is the caller's word and stays here alone."""
    row = Machine.objects.get(public_id=machine.public_id)
    now = clock.now()
    Call.objects.create(
        group_id=row.group_id,
        machine=row,
        at=now,
        operation=operation[:40],
        object_id=object_id[:40],
        status=status,
        purpose=purpose[:200],
    )
    Machine.objects.filter(pk=row.pk).update(called_at=now)


def once(machine: MachineInfo, key: str, request: str, act: Callable[[], Kept]) -> tuple[Kept, bool]:
    """Do an act once for a key of repetition; the same request with it gets the same answer, and nothing is done again.

    Args:
        machine: who asks.
        key: the caller's own word for this request.
        request: the digest of method, address and body: with the same key another request is refused.
        act: does it and returns the answer; where it raises, nothing is kept and it may be tried again.

    Returns:
        The answer, and whether it is one given before.
    """
    named = hashlib.sha256(key.encode()).hexdigest()
    with transaction.atomic():
        row = Machine.objects.select_for_update().get(public_id=machine.public_id)  # one request of it at a time
        kept = Answer.objects.select_for_update().filter(machine=row, key=named).first()
        if kept is not None and kept.at > clock.now() - ANSWERS_FOR:
            if kept.digest != request:
                raise KeyTaken(
                    "Idempotency-Key này đã dùng cho một yêu cầu khác: gửi khóa mới.",
                    "This Idempotency-Key was used for another request: send a new one.",
                )
            return Kept(status=kept.status, body=kept.body, etag=kept.etag), True
        if kept is not None:
            kept.delete()
        return _done(row, named, request, act), False


def _done(row: Machine, named: str, request: str, act: Callable[[], Kept]) -> Kept:
    answer = act()
    try:
        with transaction.atomic():
            Answer.objects.create(
                group_id=row.group_id,
                machine=row,
                key=named,
                digest=request,
                status=answer.status,
                body=answer.body,
                etag=answer.etag,
                at=clock.now(),
            )
    except IntegrityError as problem:  # the whole act is undone with the transaction around it
        raise KeyTaken(
            "Yêu cầu cùng Idempotency-Key đang được xử lý: gửi lại sau.",
            "A request with this Idempotency-Key is being answered: send it again later.",
        ) from problem
    return answer


def request_digest(method: str, path: str, body: bytes) -> str:
    """Return the digest under which a request is known again."""
    return digest_of(method=method, path=path, body=hashlib.sha256(body).hexdigest())


def sweep() -> None:
    """Forget answers and calls whose time is over."""
    now = clock.now()
    Answer.objects.filter(at__lt=now - ANSWERS_FOR).delete()
    Call.objects.filter(at__lt=now - CALLS_FOR).delete()
