"""The replacement of a member: put forward with evidence, asked for in writing, answered by the agency, carried out."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from dean06.charter.types import Permit
from dean06.conduct.errors import ConductNotFound, ConductRefused
from dean06.conduct.models import Replacement, ReplacementEvidence, ReplacementStep
from dean06.conduct.types import Evidence, NewAnswer, NewReplacement, ReplacementEvent, ReplacementInfo, Stage
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

ATTEMPTS = 5

__all__ = [
    "answer",
    "close",
    "closing_digest",
    "name_paper",
    "numbered",
    "of_flow",
    "open_replacement",
    "ref_of",
    "replacement",
    "replacement_for_flow",
    "replacements",
    "steps",
]


def ref_of(slug: str, seat: int) -> str:
    """Return the id under which permits and the ledger name a procedure that is put forward."""
    return f"{slug}:thay:{seat}"


def open_replacement(by: Permit, group_id: int, new: NewReplacement) -> ReplacementInfo:
    """Put the replacement of a member forward, with the tasks that were not done.

    The permit must be given for object kind `replacement`, id `ref_of(slug, seat)`, digest `new.digest()`.
    """
    if by.obj.digest != new.digest():
        raise PermitMisused("Giấy phép không phải cho nội dung này.", "The permit was not given for this content.")
    if not new.evidence or not new.ground:
        raise ConductRefused(
            "Chọn ít nhất một nhiệm vụ không hoàn thành và ghi căn cứ.",
            "Choose at least one task that was not done, and give the ground.",
        )
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _info(_opened(by, group_id, new))
        except IntegrityError as problem:
            if Replacement.objects.filter(seat_id=new.seat, closed_at=None).exists():
                raise ConductRefused(
                    "Việc thay người giữ vị trí này đang được làm: mở việc ấy ra làm tiếp.",
                    "The replacement of this seat's holder is under way already: go on with that one.",
                ) from problem
    raise ConductRefused("Nhiều người lập cùng lúc: thử lại.", "Several were put forward at once: try again.")


def _opened(by: Permit, group_id: int, new: NewReplacement) -> Replacement:
    """Write the procedure under the group's next number; two at once get the same one, and one of them tries again."""
    slug = offices.group_by_id(group_id).slug
    last = Replacement.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0
    row = Replacement.objects.create(
        group_id=group_id,
        number=last + 1,
        seat_id=new.seat,
        agency=new.agency,
        holder=new.holder,
        action=new.action,
        stage=Stage.OPEN.value,
        ground=new.ground,
        opened_at=by.at,
        opened_by=by.actor.account,
    )
    ReplacementEvidence.objects.bulk_create(
        ReplacementEvidence(
            group_id=group_id,
            replacement=row,
            task=one.task,
            ref=one.ref,
            title=one.title[:400],
            due=one.due,
            state=one.state,
        )
        for one in new.evidence
    )
    _step(by, row, "opened")
    digest, told = new.digest(), {"number": row.number, "tasks": len(new.evidence)}
    object_id = ref_of(slug, new.seat)
    ledger.append(by, scope=slug, kind="replacement", object_id=object_id, digest=digest, bound=digest, note=told)
    return row


def _step(by: Permit, row: Replacement, kind: str, note: str = "") -> None:
    ReplacementStep.objects.create(
        group_id=row.group_id,
        replacement=row,
        kind=kind,
        at=by.at,
        account=by.actor.account,
        role=by.actor.role,
        clauses=", ".join(by.citation_labels())[:200],
        note=note[:300],
    )


def _locked(group_id: int, replacement_id: int) -> Replacement:
    row = Replacement.objects.select_for_update().filter(pk=replacement_id, group_id=group_id).first()
    if row is None:
        raise _absent()
    if not Stage(row.stage).is_open:
        raise ConductRefused("Việc này đã kết thúc.", "This one has ended.")
    return row


def _absent() -> ConductNotFound:
    return ConductNotFound("Không có việc thay thành viên này.", "There is no such replacement.")


def name_paper(group_id: int, replacement_id: int, paper_id: int) -> None:
    """Remember the letter of a procedure; the draft has its own entry in the ledger."""
    with transaction.atomic():
        row = _locked(group_id, replacement_id)
        row.paper_id = paper_id
        row.stage = Stage.ASKED.value if row.stage == Stage.OPEN.value else row.stage
        row.save(update_fields=["paper_id", "stage"])


def answer(by: Permit, group_id: int, replacement_id: int, new: NewAnswer) -> ReplacementInfo:
    """Enter the agency's answer: whom it names, or that it refuses, which ends the procedure."""
    if not new.number or (new.agrees and not new.nominee):
        raise ConductRefused(
            "Ghi số văn bản trả lời và người được cử thay.", "Give the number of the answer and who is named."
        )
    with transaction.atomic():
        row = _locked(group_id, replacement_id)
        row.answer_number, row.answer_dated, row.answer_agrees = new.number, new.dated, new.agrees
        row.answer_nominee, row.answer_post, row.answer_text = new.nominee, new.post, new.text
        row.stage = Stage.ANSWERED.value if new.agrees else Stage.REFUSED.value
        row.closed_at = None if new.agrees else by.at
        row.save()
        _step(by, row, "answered" if new.agrees else "refused", new.number)
        _enter(by, row, new.digest(row.pk))
    return _info(row)


def closing_digest(replacement_id: int, stage: Stage) -> str:
    """Return what the permit to end a procedure is bound to."""
    return digest_of(replacement=replacement_id, stage=stage.value)


def close(by: Permit, group_id: int, replacement_id: int, stage: Stage, note: str = "") -> ReplacementInfo:
    """End a procedure: done, once the seat has its new holder, or withdrawn for a reason."""
    with transaction.atomic():
        row = _locked(group_id, replacement_id)
        if stage is Stage.DONE and row.stage != Stage.ANSWERED.value:
            raise ConductRefused(
                "Cơ quan cử chưa trả lời cử ai: ghi trả lời trước.",
                "The agency has named nobody yet: enter its answer.",
            )
        if stage is Stage.WITHDRAWN and not note:
            raise ConductRefused("Ghi lý do rút lại.", "Give the reason for withdrawing it.")
        row.stage, row.closed_at = stage.value, by.at
        row.save(update_fields=["stage", "closed_at"])
        _step(by, row, stage.value, note)
        _enter(by, row, closing_digest(row.pk, stage))
    return _info(row)


def _enter(by: Permit, row: Replacement, digest: str) -> None:
    slug = offices.group_by_id(row.group_id).slug
    object_id = f"{slug}:thay-{row.number}"
    ledger.append(by, scope=slug, kind="replacement", object_id=object_id, digest=digest, bound=digest)


def replacements(viewer: Viewer, group_id: int) -> list[ReplacementInfo]:
    """Return the procedures of a group in which the reader sits, those under way first, then the newest."""
    if not viewer.sits_in(group_id):
        return []
    rows = Replacement.objects.filter(group_id=group_id).prefetch_related("evidence").order_by("-number")
    return sorted((_info(row) for row in rows), key=lambda one: not one.stage.is_open)


def of_flow(group_id: int) -> tuple[ReplacementInfo, ...]:
    """Return every procedure of a group for the house's own work."""
    rows = Replacement.objects.filter(group_id=group_id).prefetch_related("evidence").order_by("pk")
    return tuple(_info(row) for row in rows)


def replacement(viewer: Viewer, replacement_id: int) -> ReplacementInfo:
    """Return a procedure of a group in which the reader sits."""
    row = Replacement.objects.filter(pk=replacement_id, group_id__in=viewer.groups).first()
    if row is None:
        raise _absent()
    return _info(row)


def numbered(group_id: int, number: int) -> ReplacementInfo | None:
    """Return a procedure of a group by its number, for the house's own work."""
    row = Replacement.objects.filter(group_id=group_id, number=number).first()
    return _info(row) if row is not None else None


def replacement_for_flow(group_id: int, replacement_id: int) -> ReplacementInfo:
    """Return a procedure of a group, for a journey that checks who acts."""
    row = Replacement.objects.filter(pk=replacement_id, group_id=group_id).first()
    if row is None:
        raise _absent()
    return _info(row)


def steps(viewer: Viewer, replacement_id: int) -> list[ReplacementEvent]:
    """Return what happened to a procedure of a group in which the reader sits, the earliest first."""
    rows = ReplacementStep.objects.filter(replacement_id=replacement_id, group_id__in=viewer.groups).order_by("pk")
    return [
        ReplacementEvent(
            kind=row.kind, at=row.at, account=str(row.account), role=row.role, clauses=row.clauses, note=row.note
        )
        for row in rows
    ]


def _info(row: Replacement) -> ReplacementInfo:
    told = row.answer_agrees is not None and row.answer_dated is not None
    return ReplacementInfo(
        id=row.pk,
        group_id=row.group_id,
        number=row.number,
        seat=row.seat_id,
        agency=row.agency,
        holder=row.holder,
        action=row.action,
        stage=Stage(row.stage),
        ground=row.ground,
        opened_at=row.opened_at,
        opened_by=str(row.opened_by),
        paper_id=row.paper_id,
        evidence=tuple(
            Evidence(task=one.task, ref=one.ref, title=one.title, due=one.due, state=one.state)
            for one in sorted(row.evidence.all(), key=lambda one: one.pk)
        ),
        answer=_answer(row) if told else None,
        closed_at=row.closed_at,
    )


def _answer(row: Replacement) -> NewAnswer | None:
    if row.answer_dated is None:
        return None
    return NewAnswer(
        number=row.answer_number,
        dated=row.answer_dated,
        agrees=bool(row.answer_agrees),
        nominee=row.answer_nominee,
        post=row.answer_post,
        text=row.answer_text,
    )
