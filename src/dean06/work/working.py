"""The work in a task: how far the agency says it is, its result, and the word of whoever assigned it.

A task of findings is left out: there only a delivery tells how far it is.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.service import at_start_of
from dean06.ledger.types import digest_of
from dean06.work.errors import TaskRefused
from dean06.work.models import Coordination, Task, TaskEvent, TaskFile
from dean06.work.rows import WHOLE, Note, enter, info, locked, not_of_findings, record, ref_of, search_key, state_of
from dean06.work.types import OPEN_STATES, Addressed, Origin, Part, Said, Status, TaskInfo

MOST_WORDS = 2000

__all__ = ["accept", "answer_digest", "coordinate", "coordination_digest", "name", "reopen", "report", "send_back"]


def answer_digest(ref: str, answer: str, words: str) -> str:
    """Return the SHA-256 (hex) to which the permit of an acceptance, a return or a reopening is bound."""
    return digest_of(ref=ref, answer=answer, words=words)


def report(by: Permit, task_id: int, said: Said) -> TaskInfo:
    """Write down how far the agency says its task is; with `finished`, its result waits for whoever assigned it.

    What an agency took up by itself, and what a body outside answered, ends with the report.
    """
    with transaction.atomic():
        row = locked(task_id)
        not_of_findings(row)
        _require(row, (Status.OPEN, Status.REOPENED), "báo tiến độ", "report on it")
        if not 0 <= said.percent <= 100 or (said.finished and not (said.words.strip() or said.files)):
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: tiến độ từ 0 đến 100; báo xong thì ghi kết quả hoặc gửi tệp minh chứng.",
                f"Task {row.number}: progress is 0 to 100; a result wants words or a file that shows it.",
            )
        before = state_of(row, WHOLE)
        row.percent = 100 if said.finished else said.percent
        if said.finished:
            row.reported_at, row.status = by.at, Status.REPORTED.value
        row.save(update_fields=["percent", "reported_at", "status"])
        ends = said.finished and (row.origin == Origin.OWN or row.addressed == Addressed.OUTSIDE)
        if ends:
            row.status, row.closed_at, row.closed_by = Status.DONE.value, by.at, "report"
            row.save(update_fields=["status", "closed_at", "closed_by"])
        kind = "closed" if ends else "reported" if said.finished else "progressed"
        note = Note(code="by_report" if ends else "", words=said.words[:MOST_WORDS], percent=row.percent)
        record(by, row, kind, actor=by.actor.account, note=note, state=before)
        _keep_files(by, row, said)
        enter(
            by,
            row,
            bound=said.digest(ref_of(row.group.slug, row.number)),
            percent=row.percent,
            files=len(said.files),
            finished=int(said.finished),
        )
    return info(row)


def _keep_files(by: Permit, row: Task, said: Said) -> None:
    known = set(row.files.values_list("kept_sha256", flat=True))
    TaskFile.objects.bulk_create(
        TaskFile(
            group_id=row.group_id,
            task=row,
            kept_sha256=one.sha256,
            suffix=one.suffix,
            name=one.name[:200],
            size=one.size,
            at=by.at,
            account=by.actor.account,
            agency=by.actor.agency or "",
        )
        for one in {one.sha256: one for one in said.files}.values()
        if one.sha256 not in known
    )


def _require(row: Task, states: tuple[Status, ...], vi: str, en: str) -> None:
    if row.status not in states:
        raise TaskRefused(
            f"Nhiệm vụ số {row.number}: tình trạng hiện nay không {vi} được. Mở lại trang để xem.",
            f"Task {row.number}: as it stands now nobody can {en}. Open the page again.",
        )


def accept(by: Permit, task_id: int, words: str = "") -> TaskInfo:
    """Take the result that was reported; the task is done as of the report."""
    return _answer(by, task_id, "accept", words)


def send_back(by: Permit, task_id: int, words: str) -> TaskInfo:
    """Send a reported result back for a reason; the task is owed as before."""
    return _answer(by, task_id, "send_back", words)


def _answer(by: Permit, task_id: int, answer: str, words: str) -> TaskInfo:
    with transaction.atomic():
        row = locked(task_id)
        _require(row, (Status.REPORTED,), "nghiệm thu", "take its result")
        if answer == "send_back" and not words.strip():
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: trả lại thì ghi lý do.",
                f"Task {row.number}: give the reason for sending back.",
            )
        before = state_of(row, WHOLE)
        if answer == "accept":
            row.status, row.closed_at, row.closed_by = Status.DONE.value, by.at, "accepted"
        else:
            reopened = row.reopened > 0
            row.status = Status.REOPENED.value if reopened else Status.OPEN.value
            row.reported_at, row.percent = None, _percent_before(row)
        row.save(update_fields=["status", "closed_at", "closed_by", "reported_at", "percent"])
        kind = "closed" if answer == "accept" else "sent_back"
        code = "accepted" if answer == "accept" else ""
        note = Note(code=code, words=words[:MOST_WORDS], percent=row.percent)
        record(by, row, kind, actor=by.actor.account, note=note, state=before)
        bound = answer_digest(ref_of(row.group.slug, row.number), answer, words)
        enter(by, row, bound=bound, answer=answer)
    return info(row)


def _percent_before(row: Task) -> int:
    last = TaskEvent.objects.filter(task=row, kind="reported", undone=False).order_by("-pk").first()
    return int(last.before.get("percent") or 0) if last is not None else 0


def reopen(by: Permit, task_id: int, words: str, due: date | None = None) -> TaskInfo:
    """Open a task again that was closed on somebody's word, for a reason; its last day stands unless one is given."""
    with transaction.atomic():
        row = locked(task_id)
        not_of_findings(row)
        _require(row, (Status.DONE,), "mở lại", "open it again")
        if not words.strip() or (due is not None and at_start_of(due) < at_start_of(by.at.date())):
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: mở lại thì ghi lý do, hạn mới từ hôm nay trở đi.",
                f"Task {row.number}: reopening wants a reason, and a last day from today on.",
            )
        before = state_of(row, WHOLE)
        row.status, row.closed_at, row.closed_by, row.reported_at = Status.REOPENED.value, None, "", None
        row.reopened += 1
        if due is not None:
            row.due, row.bound = due, at_start_of(date.fromordinal(due.toordinal() + 1))
        row.save(update_fields=before.keys())
        record(by, row, "reopened", actor=by.actor.account, note=Note(words=words[:MOST_WORDS]), state=before)
        enter(by, row, bound=answer_digest(ref_of(row.group.slug, row.number), "reopen", words), reopened=row.reopened)
    return info(row)


def coordination_digest(ref: str, coordinating: tuple[str, ...], following: tuple[str, ...]) -> str:
    """Return the SHA-256 (hex) to which the permit of naming agencies beside the leading one is bound."""
    return digest_of(ref=ref, coordinating=list(coordinating), following=list(following))


def coordinate(by: Permit, task_id: int, coordinating: tuple[str, ...], following: tuple[str, ...]) -> TaskInfo:
    """Say which agencies coordinate in an open task and which follow it, in place of those before."""
    with transaction.atomic():
        row = locked(task_id)
        _require(row, tuple(OPEN_STATES), "đổi cơ quan phối hợp", "change who coordinates")
        beside = (*coordinating, *following)
        if row.lead in beside or len(set(beside)) != len(beside):
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: cơ quan phối hợp, theo dõi trùng nhau hoặc trùng cơ quan chủ trì.",
                f"Task {row.number}: an agency beside the leading one stands twice, or is that one.",
            )
        was = info(row)
        place(row, coordinating, following)
        state = {"coordinating": list(was.coordinating), "following": list(was.following)}
        record(by, row, "coordinated", actor=by.actor.account, state=state)
        bound = coordination_digest(was.ref, coordinating, following)
        enter(by, row, digest=bound, bound=bound, beside=len(beside))
    return info(locked(task_id))


def place(row: Task, coordinating: tuple[str, ...], following: tuple[str, ...]) -> None:
    """Put agencies beside the leading one, in place of those before, and into what the search compares."""
    Coordination.objects.filter(task=row).delete()
    Coordination.objects.bulk_create(
        Coordination(group_id=row.group_id, task=row, agency=code, part=part.value)
        for part, codes in ((Part.COORDINATES, coordinating), (Part.FOLLOWS, following))
        for code in codes
    )
    row.search = search_key(row.number, row.title, row.lead, *coordinating, row.body, row.source)
    row.save(update_fields=["search"])


def name(by: Permit, task_id: int, person: str) -> TaskInfo:
    """Write down the one person whom the leading agency makes answer for an open task."""
    with transaction.atomic():
        row = locked(task_id)
        _require(row, tuple(OPEN_STATES), "cử người", "name somebody")
        before = state_of(row, WHOLE)
        row.accountable = " ".join(person.split())[:200]
        row.save(update_fields=["accountable"])
        record(by, row, "named", actor=by.actor.account, state=before)
        enter(by, row, bound=digest_of(ref=ref_of(row.group.slug, row.number), person=row.accountable))
    return info(row)
