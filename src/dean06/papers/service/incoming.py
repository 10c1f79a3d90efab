"""The face of the incoming register: what came, its number, who has it, and what its sender is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.edxml.codes import standard
from dean06.papers.edxml.types import Attachment, Edoc, tidy
from dean06.papers.keeping import store
from dean06.papers.models import Channel, Incoming
from dean06.papers.post import exchange_client as client
from dean06.papers.post import intake
from dean06.papers.post.arriving import AsideInfo, IncomingInfo, KeptFile, NewIncoming
from dean06.papers.post.exchange_client import Axis
from dean06.papers.post.intake import Arrived, arrivals
from dean06.papers.service.addressing import axis as axis_of

__all__ = [
    "Arrived",
    "AsideInfo",
    "Attachment",
    "IncomingInfo",
    "NewIncoming",
    "Taken",
    "agree_recall",
    "arrivals",
    "aside",
    "decline_recall",
    "enter",
    "entry_ref",
    "file",
    "finish",
    "hand_on",
    "inbox",
    "listed",
    "of_year",
    "one",
    "packet_ref",
    "priorities",
    "ref",
    "refuse",
    "register",
    "take",
    "take_in",
    "waiting",
    "years",
]

Status = Incoming.Status
PermitFor = Callable[[ObjectRef], Permit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one look at the axis brought: papers, statuses that told something, packets set aside, repeats."""

    papers: int = 0
    statuses: int = 0
    aside: int = 0
    repeats: int = 0


def packet_ref(slug: str, arrived: Arrived) -> ObjectRef:
    """Return what the permit to take a packet in is given for."""
    return ObjectRef(kind="packet", id=f"{slug[:40]}:{arrived.sha256[:32]}", digest=arrived.sha256)


def ref(incoming_id: int, act: str, **told: object) -> ObjectRef:
    """Return what the permit for an act on an incoming paper is given for."""
    return ObjectRef(kind="incoming", id=str(incoming_id), digest=digest_of(act=act, **told))


def entry_ref(slug: str, new: NewIncoming) -> ObjectRef:
    """Return what the permit to enter a paper by hand is given for."""
    digest = digest_of(
        organ=new.organ_name,
        label=new.label,
        dated=str(new.dated),
        kind=new.kind,
        abstract=new.abstract,
        files=";".join(file.sha256 for file in new.files),
    )
    return ObjectRef(kind="incoming", id=f"{slug[:40]}:{digest[:32]}", digest=digest)


def take_in(group_id: int, permit_for: PermitFor, axis: Axis | None = None) -> Taken:
    """Look at the axis and take in what lies there for the group, each packet under a permit of its own."""
    way = axis or axis_of(group_id)
    if way is None:
        return Taken()
    slug, count = offices.group_by_id(group_id).slug, {"papers": 0, "statuses": 0, "aside": 0, "repeats": 0}
    for arrived in arrivals(way):
        if intake.known(group_id, arrived):
            what = "repeats"
        else:
            what = take(permit_for(packet_ref(slug, arrived)), group_id, arrived)
        count[what] += 1
        client.confirm(way, arrived.packet_id, "fail" if what == "aside" else "done")
    return Taken(**count)


def take(by: Permit, group_id: int, arrived: Arrived) -> str:
    """Take one packet in; returns what it was: `papers`, `statuses`, `aside` or `repeats`."""
    slug, packet = offices.group_by_id(group_id).slug, arrived.opened.packet if arrived.opened else None
    files = intake.keep(packet.attachments) if isinstance(packet, Edoc) else ()
    with transaction.atomic():
        models.IncomingSeries.objects.select_for_update().get_or_create(group_id=group_id, year=by.at.year)
        if intake.known(group_id, arrived):
            return "repeats"
        if packet is None:
            problem = arrived.problem or BadInput("Gói trống.", "The packet is empty.")
            intake.set_aside(group_id, arrived, problem.vi, problem.en)
            what = "aside"
        elif isinstance(packet, Edoc):
            intake.take_paper(group_id, arrived, packet, by.at, files)
            what = "papers"
        elif intake.take_status(group_id, packet, by.at):
            what = "statuses"
        else:
            intake.set_aside(
                group_id,
                arrived,
                f"Trạng thái nói về văn bản {packet.about.label}, sổ không có: kiểm tra với đơn vị gửi trạng thái.",
                f"The status speaks of {packet.about.label}, which the register does not have: ask its sender.",
            )
            what = "aside"
        told = packet_ref(slug, arrived)
        ledger.append(
            by, scope=slug, kind=told.kind, object_id=told.id, digest=told.digest, bound=told.digest, note={"as": what}
        )
    return what


def _record(by: Permit, row: Incoming, what: ObjectRef) -> None:
    ledger.append(
        by,
        scope=row.group.slug,
        kind=what.kind,
        object_id=what.id,
        digest=what.digest,
        bound=what.digest,
        note={"number": row.number or 0, "year": row.year or 0},
    )


def _locked(incoming_id: int, *wanted: Status) -> Incoming:
    row = Incoming.objects.select_for_update().get(pk=incoming_id)
    if row.status not in wanted:
        raise BadInput(
            f"Văn bản đến đang «{row.get_status_display().lower()}»: mở lại trang rồi chọn việc khác.",
            f"The incoming paper is {row.status}: open the page again and choose another act.",
        )
    return row


def _number(row: Incoming, at: datetime) -> None:
    """Give the next number of the year under a lock, so that none is given twice and none is left out."""
    _require_open(row.group_id)
    year = at.astimezone(clock.TZ).year
    series, _ = models.IncomingSeries.objects.select_for_update().get_or_create(group_id=row.group_id, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    row.year, row.number, row.registered_at, row.status = year, series.last, at, Status.REGISTERED


def _require_open(group_id: int) -> None:
    """Refuse a number of a group that has ended: its successors take in what still comes."""
    if (ending := offices.ending(group_id)) is None:
        return
    heirs = ", ".join(ending.successors)
    raise BadInput(
        f"Tổ đã kết thúc ngày {ending.last_day:%d/%m/%Y}: văn bản đến vào sổ của {heirs}.",
        f"The group ended on {ending.last_day.isoformat()}: incoming papers are registered by {heirs}.",
    )


def register(by: Permit, incoming_id: int) -> IncomingInfo:
    """Take a paper into the register: it gets the next number of the year, and its sender is told the same day."""
    with transaction.atomic():
        row = _locked(incoming_id, Status.ARRIVED)
        _number(row, by.at)
        row.save()
        intake.answer(row, "received")
        for earlier in Incoming.objects.filter(replaced_by=row):
            intake.answer(earlier, "agreed", f"Đã thay bằng {row.label}.")
        _record(by, row, ref(incoming_id, "register"))
    return _info(row)


def refuse(by: Permit, incoming_id: int, reason: str) -> IncomingInfo:
    """Send a paper back: it gets no number, and its sender is told why."""
    told = tidy(reason, "lý do trả lại", empty=False)
    with transaction.atomic():
        row = _locked(incoming_id, Status.ARRIVED)
        row.status, row.note = Status.REFUSED, told[:500]
        row.save(update_fields=["status", "note"])
        intake.answer(row, "refused", told)
        _record(by, row, ref(incoming_id, "refuse", reason=told))
    return _info(row)


def enter(by: Permit, group_id: int, new: NewIncoming) -> IncomingInfo:
    """Register a paper that came on paper or by e-mail; the same paper registered before is noticed, not refused."""
    group = offices.group_by_id(group_id)
    files = intake.keep(new.files)
    with transaction.atomic():
        row = Incoming(
            group_id=group_id,
            channel=new.channel,
            arrived_at=by.at,
            organ_code=new.organ_code[:40],
            organ_name=new.organ_name[:300],
            label=new.label[:120],
            dated=new.dated,
            kind=new.kind[:100],
            abstract=new.abstract[:2000],
            signer=new.signer[:200],
            priority=new.priority,
            due=new.due,
            pages=new.pages,
            note=new.note[:500],
        )
        _number(row, by.at)
        row.duplicate_of = intake.same_paper(row)
        row.save()
        intake.attach(row, files)
        what = entry_ref(group.slug, new)
        _record(by, row, what)
    return _info(row)


def hand_on(by: Permit, incoming_id: int, to: str, answer_by: date | None) -> IncomingInfo:
    """Hand a registered paper to an agency or person, with a deadline; its sender is told that it is assigned."""
    name = tidy(to, "người nhận xử lý", empty=False)[:300]
    with transaction.atomic():
        row = _locked(incoming_id, Status.REGISTERED, Status.HANDED)
        row.status, row.handed_to, row.handed_at, row.answer_by = Status.HANDED, name, by.at, answer_by
        row.save(update_fields=["status", "handed_to", "handed_at", "answer_by"])
        intake.answer(row, "assigned")
        _record(by, row, ref(incoming_id, "hand_on", to=name, answer_by=str(answer_by or "")))
    return _info(row)


def finish(by: Permit, incoming_id: int, note: str = "") -> IncomingInfo:
    """Write down that a paper was dealt with."""
    with transaction.atomic():
        row = _locked(incoming_id, Status.REGISTERED, Status.HANDED)
        row.status, row.note = Status.DONE, tidy(note, "kết quả")[:500] or row.note
        row.save(update_fields=["status", "note"])
        intake.answer(row, "done")
        _record(by, row, ref(incoming_id, "finish"))
    return _info(row)


def _asked_back(incoming_id: int) -> Incoming:
    row = Incoming.objects.select_for_update().get(pk=incoming_id)
    if row.recall_asked_at is None or row.recalled_at is not None:
        raise BadInput("Bên gửi không yêu cầu lấy lại văn bản này.", "Its sender has not asked for this paper back.")
    return row


def agree_recall(by: Permit, incoming_id: int) -> IncomingInfo:
    """Give a paper back: its electronic files are destroyed, its number and its line in the register stay."""
    with transaction.atomic():
        row = _asked_back(incoming_id)
        gone = _files(row)
        row.files.all().delete()
        row.status, row.recalled_at = Status.RECALLED, by.at
        row.save(update_fields=["status", "recalled_at"])
        intake.answer(row, "agreed", "Đã hủy bỏ bản điện tử.")
        _record(by, row, ref(incoming_id, "agree_recall"))
        transaction.on_commit(lambda: intake.destroy(gone))
    return _info(row)


def decline_recall(by: Permit, incoming_id: int, reason: str) -> IncomingInfo:
    """Keep a paper that its sender wants back, and tell why."""
    told = tidy(reason, "lý do giữ lại", empty=False)
    with transaction.atomic():
        row = _asked_back(incoming_id)
        row.recall_asked_at = None
        row.note = told[:500]
        row.save(update_fields=["recall_asked_at", "note"])
        intake.answer(row, "not_agreed", told)
        _record(by, row, ref(incoming_id, "decline_recall", reason=told))
    return _info(row)


def inbox(viewer: Viewer, group_id: int) -> tuple[IncomingInfo, ...]:
    """Return the papers that wait for the clerk, urgent ones first, then in the order they came."""
    return _seen(viewer, group_id, status=Status.ARRIVED)


def of_year(viewer: Viewer, group_id: int, year: int) -> tuple[IncomingInfo, ...]:
    """Return the register of a year, by number."""
    found = _seen(viewer, group_id, year=year)
    return tuple(sorted(found, key=lambda one: one.number or 0))


def listed(viewer: Viewer, group_id: int, year: int) -> tuple[IncomingInfo, ...]:
    """Return all that came in a year, with and without a number, and what still waits from before; newest first."""
    if not viewer.sits_in(group_id):
        return ()
    unnumbered = Q(number=None, arrived_at__year=year) | Q(status=Status.ARRIVED, arrived_at__year__lt=year)
    rows = Incoming.objects.filter(Q(year=year) | unnumbered, group_id=group_id).prefetch_related("answers", "files")
    return tuple(map(_info, rows.order_by("-arrived_at", "-pk")))


def waiting(viewer: Viewer, group_id: int) -> int:
    """Return how many papers wait for the clerk."""
    return Incoming.objects.filter(group_id=group_id, status=Status.ARRIVED).count() if viewer.sits_in(group_id) else 0


def years(viewer: Viewer, group_id: int) -> tuple[int, ...]:
    """Return the years that have an incoming register, newest first."""
    if not viewer.sits_in(group_id):
        return ()
    return tuple(
        models.IncomingSeries.objects.filter(group_id=group_id).order_by("-year").values_list("year", flat=True)
    )


def priorities() -> tuple[tuple[int, str], ...]:
    """Return the degrees of urgency that the standard knows, with their words."""
    return tuple((row.code, row.vi) for row in standard().priorities)


def one(viewer: Viewer, incoming_id: int) -> IncomingInfo | None:
    """Return one incoming paper to those who sit in its group."""
    row = Incoming.objects.filter(pk=incoming_id).prefetch_related("answers", "files").first()
    return _info(row) if row and viewer.sits_in(row.group_id) else None


def file(viewer: Viewer, incoming_id: int, sha256: str) -> Path | None:
    """Return where a file of an incoming paper lies, its checksum verified, to those who sit in its group."""
    found = one(viewer, incoming_id)
    kept = next((each for each in found.files if each.sha256 == sha256), None) if found else None
    return store.path_of(kept.sha256, kept.suffix) if kept else None


def aside(viewer: Viewer, group_id: int) -> tuple[AsideInfo, ...]:
    """Return the packets that could not be taken in, newest first, to those who sit in the group."""
    if not viewer.sits_in(group_id):
        return ()
    rows = models.SetAside.objects.filter(group_id=group_id)
    return tuple(
        AsideInfo(id=row.pk, packet_id=row.packet_id, sender=row.sender, at=row.at, vi=row.reason_vi, en=row.reason_en)
        for row in rows
    )


def _seen(viewer: Viewer, group_id: int, **chosen: object) -> tuple[IncomingInfo, ...]:
    if not viewer.sits_in(group_id):
        return ()
    rows = Incoming.objects.filter(group_id=group_id, **chosen).prefetch_related("answers", "files")
    return tuple(map(_info, rows))


def _files(row: Incoming) -> tuple[KeptFile, ...]:
    rows = row.files.all()
    return tuple(KeptFile(name=one.name, sha256=one.sha256, suffix=one.suffix, size=one.size) for one in rows)


def _info(row: Incoming) -> IncomingInfo:
    return IncomingInfo(
        id=row.pk,
        files=_files(row),
        duplicate_of=row.duplicate_of_id,
        replaced_by=row.replaced_by_id,
        channel=Channel(row.channel),
        told=tuple((one.code, one.state) for one in row.answers.all()),
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME = (
    "group_id", "year", "number", "status", "arrived_at", "registered_at", "organ_code", "organ_name", "label",
    "dated", "kind", "abstract", "signer", "priority", "due", "pages", "business", "reason", "packet_id",
    "packet_digest", "sealed_by", "recall_asked_at", "recall_reason", "recalled_at", "handed_to", "handed_at",
    "answer_by", "note",
)  # fmt: skip
