"""More time for a task: asked for with a ground, granted or refused under a clause; a granted day is no delay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.service import TZ, at_start_of
from dean06.ledger.types import digest_of
from dean06.work.errors import TaskRefused
from dean06.work.models import Extension, Task
from dean06.work.rows import WHOLE, Note, enter, info, locked, record, ref_of, state_of
from dean06.work.types import OPEN_STATES, ExtensionInfo, TaskInfo

GRANTED, REFUSED = "granted", "refused"
MOST_WORDS = 500

__all__ = ["answer_extension", "ask_extension", "extend", "extension_digest", "extensions", "extensions_waiting"]


def extension_digest(ref: str, day: date, words: str, answer: str = "") -> str:
    """Return the SHA-256 (hex) to which the permit of asking for time, or of answering, is bound."""
    return digest_of(ref=ref, day=day.isoformat(), words=words, answer=answer)


def ask_extension(by: Permit, task_id: int, wanted: date, ground: str) -> TaskInfo:
    """Ask for more time, with a ground; one request waits at a time."""
    with transaction.atomic():
        row = _open(task_id)
        _later(row, wanted, ground)
        if Extension.objects.filter(task=row, answer="").exists():
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: một đề nghị gia hạn đang chờ trả lời.",
                f"Task {row.number}: a request for time waits for its answer already.",
            )
        Extension.objects.create(
            group_id=row.group_id,
            task=row,
            asked_at=by.at,
            asked_by=by.actor.account,
            agency=by.actor.agency or "",
            wanted=wanted,
            ground=ground[:MOST_WORDS],
            before=row.due,
        )
        note = Note(code=wanted.isoformat(), words=ground[:MOST_WORDS])
        record(by, row, "asked_time", actor=by.actor.account, note=note, state={})
        enter(by, row, bound=extension_digest(ref_of(row.group.slug, row.number), wanted, ground), day=str(wanted))
    return info(row)


def answer_extension(by: Permit, task_id: int, given: date, reason: str, *, granted: bool) -> TaskInfo:
    """Grant the time that was asked for, or another day, or refuse it with a reason."""
    with transaction.atomic():
        row = _open(task_id)
        waiting = Extension.objects.select_for_update().filter(task=row, answer="").first()
        if waiting is None:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: không có đề nghị gia hạn nào chờ trả lời.",
                f"Task {row.number}: no request for time waits for an answer.",
            )
        if not granted and not reason.strip():
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: không đồng ý gia hạn thì ghi lý do.",
                f"Task {row.number}: a refusal of time gives its reason.",
            )
        waiting.answer = GRANTED if granted else REFUSED
        _answered(by, waiting, given if granted else None, reason)
        before = state_of(row, WHOLE)
        if granted:
            _move(row, given)
        kind = "extended" if granted else "kept_time"
        note = Note(code=given.isoformat() if granted else "", words=reason[:MOST_WORDS])
        record(by, row, kind, actor=by.actor.account, note=note, state=before | {"extension": waiting.pk})
        bound = extension_digest(ref_of(row.group.slug, row.number), given, reason, waiting.answer)
        enter(by, row, bound=bound, answer=waiting.answer, day=str(given) if granted else "")
    return info(row)


def extend(by: Permit, task_id: int, given: date, ground: str) -> TaskInfo:
    """Give more time of one's own accord, with a ground; a request that waits is answered with it."""
    with transaction.atomic():
        row = _open(task_id)
        _later(row, given, ground)
        waiting = Extension.objects.select_for_update().filter(task=row, answer="").first()
        if waiting is None:
            waiting = Extension(
                group_id=row.group_id,
                task=row,
                asked_at=by.at,
                asked_by=by.actor.account,
                wanted=given,
                ground=ground[:MOST_WORDS],
                before=row.due,
            )
        waiting.answer = GRANTED
        _answered(by, waiting, given, ground)
        before = state_of(row, WHOLE)
        _move(row, given)
        note = Note(code=given.isoformat(), words=ground[:MOST_WORDS])
        record(by, row, "extended", actor=by.actor.account, note=note, state=before | {"extension": waiting.pk})
        bound = extension_digest(ref_of(row.group.slug, row.number), given, ground, GRANTED)
        enter(by, row, bound=bound, answer=GRANTED, day=str(given))
    return info(row)


def _open(task_id: int) -> Task:
    row = locked(task_id)
    if row.status not in OPEN_STATES:
        raise TaskRefused(
            f"Nhiệm vụ số {row.number} không còn mở: không đổi hạn được.",
            f"Task {row.number} is not open any more: its last day stands.",
        )
    return row


def _later(row: Task, day: date, ground: str) -> None:
    if day <= row.due or not ground.strip():
        raise TaskRefused(
            f"Nhiệm vụ số {row.number}: hạn mới phải sau {row.due:%d/%m/%Y}, kèm lý do.",
            f"Task {row.number}: the new last day lies after {row.due}, with a ground.",
        )


def _move(row: Task, day: date) -> None:
    if day <= row.due:
        raise TaskRefused(
            f"Nhiệm vụ số {row.number}: hạn mới phải sau {row.due:%d/%m/%Y}.",
            f"Task {row.number}: the new last day lies after {row.due}.",
        )
    row.first_due = row.first_due or row.due
    row.due, row.bound = day, at_start_of(date.fromordinal(day.toordinal() + 1))
    row.save(update_fields=["first_due", "due", "bound"])


def _answered(by: Permit, waiting: Extension, given: date | None, reason: str) -> None:
    waiting.answered_at, waiting.answered_by, waiting.role = by.at, by.actor.account, by.actor.role
    waiting.reason, waiting.given = reason[:MOST_WORDS], given
    waiting.cites, waiting.charter_hash = list(by.citation_labels()), by.charter_hash
    waiting.save()


def extensions(task_id: int) -> tuple[ExtensionInfo, ...]:
    """Return what time was asked for in a task and how it was answered, for a page that may show the task."""
    return tuple(_info(row) for row in Extension.objects.filter(task_id=task_id))


def extensions_waiting(group_id: int, task_ids: Iterable[int] | None = None) -> tuple[ExtensionInfo, ...]:
    """Return the requests of a group that wait for an answer, for the desk of whoever answers them."""
    rows = Extension.objects.filter(group_id=group_id, answer="")
    if task_ids is not None:
        rows = rows.filter(task_id__in=list(task_ids))
    return tuple(_info(row) for row in rows)


def _info(row: Extension) -> ExtensionInfo:
    return ExtensionInfo(
        id=row.pk,
        task_id=row.task_id,
        asked_at=row.asked_at.astimezone(TZ),
        agency=row.agency,
        wanted=row.wanted,
        ground=row.ground,
        before=row.before,
        answer=row.answer,
        answered_at=row.answered_at,
        role=row.role,
        reason=row.reason,
        given=row.given,
        cites=tuple(row.cites),
        charter_hash=row.charter_hash,
    )
