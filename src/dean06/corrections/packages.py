"""Packages: the open rows of an agency's orders, handed over in one file; and the files of answers that came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet

from dean06.charter.types import Permit
from dean06.corrections.errors import HandoverRefused
from dean06.corrections.models import AnswerFile, Counter, Disposition, Finding, HandedFinding, Handover
from dean06.corrections.orders import OWED
from dean06.corrections.rows import finding_info, run_labels
from dean06.corrections.types import AnswerFileInfo, DispositionOutcome, FindingInfo, HandoverInfo, NewHandover, Slot
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

KIND, FILE_KIND = "handover", "answers"

__all__ = [
    "answer_file",
    "handed_findings",
    "handed_marks",
    "handovers",
    "keep_answer_file",
    "keep_handover",
    "open_findings",
    "put_on_paper",
    "released",
    "reserve_handover",
]


def reserve_handover(group_id: int) -> Slot:
    """Return the next number of a group for a package, inside the caller's transaction, under the group's lock."""
    group = offices.group_by_id(group_id)
    Counter.objects.get_or_create(group_id=group_id)
    Counter.objects.select_for_update().get(group_id=group_id)
    last = Handover.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0
    return Slot(group_id=group_id, number=last + 1, ref=f"{group.slug}:BG-{last + 1}")


def open_findings(order_ids: Iterable[int]) -> list[FindingInfo]:
    """Return the findings of orders that are still to be proved, in the order of their lists."""
    rows = list(Finding.objects.filter(order_id__in=list(order_ids), status__in=OWED).order_by("source", "stt", "pk"))
    labels: dict[int, str] = {}
    for group_id in {row.group_id for row in rows}:
        labels |= run_labels(group_id)
    return [finding_info(row, labels) for row in rows]


def keep_handover(by: Permit, new: NewHandover) -> HandoverInfo:
    """Record that an agency took a package: who, when, which file, under which marks.

    The permit is for object kind `handover`, id `new.ref`, digest `new.digest()`.
    """
    if not new.rows:
        raise HandoverRefused("Không còn dòng nào phải sửa.", "No row is left to fix.")
    with transaction.atomic():
        row = Handover.objects.create(
            group_id=new.group_id,
            agency=new.agency,
            number=new.number,
            at=by.at,
            by=by.actor.account,
            orders=list(new.orders),
            rows=len(new.rows),
            file_name=new.file_name,
            file_sha256=new.file_sha256,
            permit=by.digest(),
        )
        HandedFinding.objects.bulk_create(
            [
                HandedFinding(group_id=new.group_id, handover=row, finding_id=one.finding_id, mark=one.mark)
                for one in new.rows
            ],
            batch_size=500,
        )
        digest = new.digest()
        ledger.append(
            by,
            scope=row.group.slug,
            kind=KIND,
            object_id=new.ref,
            digest=digest,
            bound=digest,
            note={"agency": new.agency, "rows": len(new.rows), "file": new.file_sha256},
        )
    return _infos(Handover.objects.filter(pk=row.pk))[0]


def handovers(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = frozenset()) -> list[HandoverInfo]:
    """Return the packages that a reader may see, the newest first: those of their agencies, or all."""
    rows = Handover.objects.filter(group_id=group_id).order_by("-number")
    if not any(held.group_id == group_id and held.role in see_all for held in viewer.capacities):
        rows = rows.filter(agency__in=sorted(viewer.agencies_in(group_id)))
    return _infos(rows)


def _infos(rows: QuerySet[Handover]) -> list[HandoverInfo]:
    return [
        HandoverInfo(
            id=row.pk,
            ref=f"{row.group.slug}:BG-{row.number}",
            group_id=row.group_id,
            agency=row.agency,
            number=row.number,
            at=row.at,
            by=str(row.by),
            rows=row.rows,
            orders=tuple(row.orders),
            file_name=row.file_name,
            file_sha256=row.file_sha256,
            paper_id=row.paper_id,
        )
        for row in rows.select_related("group")
    ]


def handed_findings(handover_id: int) -> list[FindingInfo]:
    """Return what a package handed over, as it stands now, in the order of the lists; what left it since is not there.

    For work: the caller knows that the reader may see the package.
    """
    held = Finding.objects.filter(handed__handover_id=handover_id).order_by("source", "stt", "pk").distinct()
    rows = list(held)
    labels: dict[int, str] = {}
    for group_id in {row.group_id for row in rows}:
        labels |= run_labels(group_id)
    return [finding_info(row, labels) for row in rows]


def put_on_paper(handover_id: int, paper_id: int) -> None:
    """Write down which paper both sides sign for a package; inside the transaction that drafts it."""
    Handover.objects.filter(pk=handover_id).update(paper_id=paper_id)


def handed_marks(group_id: int, source: str) -> list[tuple[FindingInfo, str]]:
    """Return the open, ordered findings of a source that were handed over, each with its newest mark."""
    rows = HandedFinding.objects.filter(
        group_id=group_id, finding__source=source, finding__status__in=OWED, finding__order__isnull=False
    )
    labels = run_labels(group_id)
    newest = {row.finding_id: row for row in rows.select_related("finding").order_by("pk")}
    return [(finding_info(row.finding, labels), row.mark) for row in newest.values()]


def released(by: Permit, group_id: int, source: str, finding_ids: Iterable[int]) -> int:
    """Take rows out of their orders since the value at the source is another one: what was ordered is void for them.

    They wait for an order again, under what they are now, and answers that wait on them end. The permit is for object
    kind `findings`, id `<group>:<source>`.
    """
    slug = offices.group_by_id(group_id).slug
    with transaction.atomic():
        rows = Finding.objects.filter(
            pk__in=list(finding_ids), group_id=group_id, source=source, status__in=OWED, order__isnull=False
        )
        wanted = sorted(rows.values_list("fingerprint", flat=True))
        held = list(rows.values_list("pk", flat=True))
        HandedFinding.objects.filter(finding__in=held).delete()
        waiting = Disposition.objects.filter(finding__in=held, outcome=DispositionOutcome.WAITING.value)
        waiting.update(outcome=DispositionOutcome.VOID.value)
        done = rows.update(order=None)
        digest = digest_of(released=wanted)
        ledger.append(
            by,
            scope=slug,
            kind="findings",
            object_id=f"{slug}:{source}",
            digest=digest,
            note={"released": done},
        )
    return done


def answer_file(group_id: int, sha256: str) -> AnswerFileInfo | None:
    """Return what is known of a file of answers that was taken in before; None for a new one."""
    row = AnswerFile.objects.filter(group_id=group_id, sha256=sha256).first()
    return AnswerFileInfo(sha256=row.sha256, at=row.at, by=str(row.by), kept=row.kept, bad=row.bad) if row else None


def keep_answer_file(by: Permit, group_id: int, sha256: str, kept: int, bad: int) -> None:
    """Write down that a file of answers was taken in; the permit is for kind `answers`, id `<group>:<sha256>`."""
    slug = offices.group_by_id(group_id).slug
    with transaction.atomic():
        AnswerFile.objects.create(
            group_id=group_id, sha256=sha256, at=by.at, by=by.actor.account, kept=kept, bad=bad, permit=by.digest()
        )
        note = {"kept": kept, "bad": bad}
        ledger.append(by, scope=slug, kind=FILE_KIND, object_id=f"{slug}:{sha256}", digest=sha256, note=note)
