"""Files on their way: to the archive under two signatures, late, past their term, and on to a group's successors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.keeping.file_acts import locked, record
from dean06.papers.keeping.file_rows import file_info, in_order, seen_files, with_counts
from dean06.papers.keeping.filing import (
    FileState,
    HandInInfo,
    NewFate,
    Outcome,
    Signer,
    WorkFileInfo,
)

__all__ = [
    "decide_fate",
    "fate_decided",
    "files_of_hand_in",
    "hand_in",
    "hand_in_for_work",
    "hand_ins",
    "late",
    "live_files",
    "next_hand_in",
    "one_hand_in",
    "pass_on",
    "run_out",
    "send_back",
    "take_over",
]


def _info(row: models.HandIn, slug: str) -> HandInInfo:
    received = Signer(name=row.receiver, post=row.receiver_post) if row.received_at else None
    return HandInInfo(
        id=row.pk,
        group_id=row.group_id,
        number=row.number,
        ref=f"{slug}:{row.number}",
        given_by=row.given_by,
        giver=Signer(name=row.giver, post=row.giver_post),
        given_at=row.given_at,
        condition=row.condition,
        receiver=received,
        received_at=row.received_at,
        returned_at=row.returned_at,
        returned_why=row.returned_why,
    )


def hand_ins(viewer: Viewer, group_id: int) -> list[HandInInfo]:
    """Return the hand-ins of a group, the newest first, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return []
    rows = models.HandIn.objects.filter(group_id=group_id).select_related("group").order_by("-number")
    return [_info(row, row.group.slug) for row in rows]


def one_hand_in(viewer: Viewer, hand_in_id: int) -> HandInInfo | None:
    """Return one hand-in, if the reader sits in its group."""
    row = models.HandIn.objects.filter(pk=hand_in_id).select_related("group").first()
    return _info(row, row.group.slug) if row and viewer.sits_in(row.group_id) else None


def hand_in_for_work(hand_in_id: int) -> HandInInfo:
    """Return one hand-in for the journeys, which check the actor themselves."""
    row = models.HandIn.objects.select_related("group").get(pk=hand_in_id)
    return _info(row, row.group.slug)


def files_of_hand_in(viewer: Viewer, hand_in_id: int) -> list[WorkFileInfo]:
    """Return the files of a hand-in, if the reader sits in its group."""
    if one_hand_in(viewer, hand_in_id) is None:
        return []
    return in_order(file_info(row) for row in with_counts(models.WorkFile.objects.filter(hand_in_id=hand_in_id)))


def next_hand_in(group_id: int) -> int:
    """Return the number of a group's next hand-in, by which a permit names it."""
    last = models.HandIn.objects.filter(group_id=group_id).order_by("-number").first()
    return last.number + 1 if last else 1


def hand_in(
    by: Permit, group_id: int, number: int, file_ids: Sequence[int], *, giver: Signer, condition: str
) -> HandInInfo:
    """Offer closed files to the archive; the giver signs by making it."""
    group = offices.group_by_id(group_id)
    if not file_ids:
        raise BadInput("Chọn ít nhất một hồ sơ để nộp lưu.", "Choose at least one file to hand in.")
    if not condition or len(condition) > 300:
        raise BadInput(
            "Ghi tình trạng tài liệu giao nộp, tối đa 300 ký tự.",
            "Say in what condition the files are, in 300 characters at most.",
        )
    with transaction.atomic():
        if number != next_hand_in(group_id):
            raise BadInput(
                "Tổ vừa lập một lần giao nộp khác: mở lại trang rồi làm lại.",
                "Another hand-in was just made: open the page again.",
            )
        row = models.HandIn.objects.create(
            group_id=group_id,
            number=number,
            given_by=by.actor.account,
            giver=giver.name,
            giver_post=giver.post,
            given_at=by.at,
            condition=condition,
        )
        for file_id in sorted(set(file_ids)):
            file_row, info = locked(file_id, (FileState.CLOSED,))
            if info.holder_id != group_id:
                raise BadInput(
                    f"Hồ sơ {info.symbol} do tổ khác giữ.", f"The file {info.symbol} is held by another group."
                )
            file_row.hand_in = row
            file_row.save(update_fields=["hand_in"])
        done = _info(row, group.slug)
        _record(by, done, bound=digest_of(files=sorted(set(file_ids))), note={"files": len(set(file_ids))})
    return done


def _record(by: Permit, info: HandInInfo, *, bound: str, note: dict[str, str | int] | None = None) -> None:
    refs = [one.ref for one in map(file_info, with_counts(models.WorkFile.objects.filter(hand_in_id=info.id)))]
    ledger.append(
        by,
        scope=offices.group_by_id(info.group_id).slug,
        kind="hand_in",
        object_id=info.ref,
        digest=digest_of(files="; ".join(refs), received=info.received_at, returned=info.returned_at),
        bound=bound,
        note=note,
    )


def _waiting(by: Permit, hand_in_id: int) -> models.HandIn:
    row = models.HandIn.objects.select_for_update().get(pk=hand_in_id)
    if row.received_at or row.returned_at:
        raise BadInput(
            f"Lần giao nộp {row.number} đã xong: không ký lại được.", f"The hand-in {row.number} is done already."
        )
    if by.actor.account == row.given_by:
        raise BadInput(
            "Người giao không tự nhận: người của lưu trữ cơ quan ký nhận.",
            "The giver does not receive: somebody of the archive signs.",
        )
    return row


def take_over(by: Permit, hand_in_id: int, receiver: Signer) -> HandInInfo:
    """Let the archive sign for the files of a hand-in; the giver never signs for both."""
    with transaction.atomic():
        row = _waiting(by, hand_in_id)
        row.received_by, row.received_at = by.actor.account, by.at
        row.receiver, row.receiver_post = receiver.name, receiver.post
        row.save()
        done = hand_in_for_work(hand_in_id)
        _record(by, done, bound=digest_of(receive=done.ref))
    return done


def send_back(by: Permit, hand_in_id: int, why: str) -> HandInInfo:
    """Let the archive send a hand-in back for a reason; its files can be handed in again."""
    if not why or len(why) > 300:
        raise BadInput("Ghi lý do trả lại, tối đa 300 ký tự.", "Give the reason, in 300 characters at most.")
    with transaction.atomic():
        row = _waiting(by, hand_in_id)
        row.returned_at, row.returned_why = by.at, why
        row.save()
        done = hand_in_for_work(hand_in_id)
        _record(by, done, bound=digest_of(back=done.ref, why=why))
        models.WorkFile.objects.filter(hand_in=row).update(hand_in=None)
    return done


def late(viewer: Viewer, group_id: int, today: date) -> list[WorkFileInfo]:
    """Return the files that should be at the archive by a day and are not, the longest overdue first."""
    found = [file_info(row) for row in with_counts(seen_files(viewer, group_id).exclude(ended_on=None))]
    return sorted((one for one in found if one.late_on(today)), key=lambda one: (one.due_before or today, one.id))


def run_out(viewer: Viewer, group_id: int, today: date) -> list[WorkFileInfo]:
    """Return the files whose term is over by a day and about which nothing was decided yet."""
    found = [file_info(row) for row in with_counts(seen_files(viewer, group_id).exclude(ended_on=None))]
    return in_order(one for one in found if one.run_out_on(today))


def fate_decided(viewer: Viewer, group_id: int) -> list[WorkFileInfo]:
    """Return the files about which something was decided after their term."""
    rows = seen_files(viewer, group_id).filter(fates__isnull=False).distinct()
    return in_order(file_info(row) for row in with_counts(rows))


def decide_fate(by: Permit, file_id: int, new: NewFate, today: date) -> WorkFileInfo:
    """Record what was decided about a file whose term is over; no kept file is removed by it, now or later."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.CLOSED, FileState.OFFERED, FileState.ARCHIVED))
        if not info.run_out_on(today):
            raise BadInput(
                f"Hồ sơ {info.symbol} chưa hết thời hạn lưu trữ hoặc đã có quyết định hủy.",
                f"The term of {info.symbol} is not over, or its destruction was decided already.",
            )
        models.Fate.objects.create(
            group_id=row.group_id,
            work_file=row,
            outcome=new.outcome,
            more_years=new.more_years if new.outcome is Outcome.LONGER else 0,
            instrument=new.instrument,
            signed_on=new.signed_on,
            reason=new.reason,
            decided_at=by.at,
        )
        return record(by, info, bound=new.digest(), note={"outcome": new.outcome, "instrument": new.instrument})


def live_files(group_id: int) -> list[WorkFileInfo]:
    """Return the files that a group holds: what passes to its successors when it ends."""
    return in_order(file_info(row) for row in with_counts(models.WorkFile.objects.filter(holder_id=group_id)))


def pass_on(by: Permit, group_id: int, to: Mapping[int, str]) -> None:
    """Give every file that a group holds to a successor, else nothing; hand-ins under way end with the group.

    A part of the hand-over, whose one entry must stand already.

    Args:
        by: the permit of the hand-over.
        group_id: the group that ends.
        to: the successor's slug by file id; all of the files must be named.
    """
    group = offices.group_by_id(group_id)
    ledger.require_recorded(by, group.slug)
    rows = list(models.WorkFile.objects.select_for_update().filter(holder_id=group_id))
    if {row.pk for row in rows} != set(to):
        raise BadInput(
            "Hồ sơ của tổ vừa đổi: mở lại trang bàn giao rồi xác nhận.",
            "The group's files have just changed: open the hand-over again.",
        )
    heirs = {slug: offices.group(slug).id for slug in set(to.values())}
    waiting = models.HandIn.objects.filter(group_id=group_id, received_at=None, returned_at=None)
    models.WorkFile.objects.filter(hand_in__in=waiting).update(hand_in=None)
    waiting.update(returned_at=by.at, returned_why="Tổ kết thúc: hồ sơ chuyển tổ kế thừa.")
    for row in rows:
        models.WorkFile.objects.filter(pk=row.pk).update(holder_id=heirs[to[row.pk]])
