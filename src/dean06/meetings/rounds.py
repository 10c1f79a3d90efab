"""Written rounds: a question and the seats asked, answers that may change until the end, a result by the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.meetings import tally
from dean06.meetings.ballots import as_count
from dean06.meetings.errors import MeetingNotFound, MeetingRefused
from dean06.meetings.models import Asked, Counter, MeetingPaper, Round
from dean06.meetings.rows import as_cited, cited_by, happened, next_number, plain, round_ref, search_text, upload_of
from dean06.meetings.rules import as_used
from dean06.meetings.types import Choice, Count, NewRound, OpinionInfo, Outcome, RoundInfo, RuleUsed, Slot, Upload

__all__ = ["answer", "attach", "close", "open_round", "outcome", "remind", "reserve", "round_info"]


def reserve(group_id: int, slug: str, year: int) -> Slot:
    """Keep the next number of a group and year for a round about to be opened, inside the caller's transaction."""
    with transaction.atomic():
        number = next_number(group_id, Counter.ROUND, year)
    return Slot(group_id=group_id, year=year, number=number, ref=round_ref(slug, year, number))


def not_found(round_id: int) -> MeetingNotFound:
    """Return the one answer for a round that is not there or not for the reader."""
    return MeetingNotFound(
        f"Không có lần lấy ý kiến {round_id} trong phạm vi của bạn: mở lại danh sách.",
        f"There is no written round {round_id} within your reach: open the list again.",
    )


def locked(round_id: int) -> Round:
    """Return a round whose row no other act may change until this transaction ends."""
    row = Round.objects.select_for_update(of=("self",)).select_related("group").filter(pk=round_id).first()
    if row is None:
        raise not_found(round_id)
    return row


def open_round(by: Permit, slot: Slot, new: NewRound, rules: Iterable[RuleUsed]) -> RoundInfo:
    """Open a round; the rules are those of its first moment."""
    if not new.matter.strip() or not new.why.strip() or not new.asked:
        raise MeetingRefused(
            "Ghi việc cần hỏi, lý do không họp và chọn ít nhất một người được hỏi.",
            "Give the matter, why no meeting is held, and at least one seat that is asked.",
        )
    if new.closes_at <= by.at:
        raise MeetingRefused("Hạn trả lời phải sau lúc này.", "The closing time must lie after this moment.")
    with transaction.atomic():
        row = Round.objects.create(
            group_id=slot.group_id,
            year=slot.year,
            number=slot.number,
            matter=new.matter.strip()[:300],
            search=search_text(slot.number, slot.year, new.matter),
            situation=new.situation.strip(),
            why=new.why.strip()[:400],
            opened_at=by.at,
            opened_by=by.actor.account,
            opened_role=by.actor.role,
            closes_at=new.closes_at,
            rules=[one.as_json() for one in rules],
            cited=plain(cited_by(by)),
        )
        Asked.objects.bulk_create(
            Asked(
                group_id=slot.group_id,
                round=row,
                seat_id=one.seat_id or 0,
                role=one.role,
                agency=one.agency,
                name=one.name,
                post=one.post,
                account=one.account,
            )
            for one in new.asked
        )
        happened(by, row, "round_opened", new.told(), row.matter)
    return round_info(row)


def attach(by: Permit, round_id: int, what: Upload | int, form: str = "") -> int:
    """Lay a paper beside the question: an uploaded file, or a draft of the papers room by its number."""
    with transaction.atomic():
        row = locked(round_id)
        file = what if isinstance(what, Upload) else None
        made = MeetingPaper.objects.create(
            group_id=row.group_id,
            round=row,
            form=form,
            paper_id=what if isinstance(what, int) else None,
            sha256=file.sha256 if file else "",
            suffix=file.suffix if file else "",
            name=file.name[:200] if file else "",
        )
        told = {"paper": made.paper_id, "sha256": made.sha256, "form": form}
        happened(by, row, "paper_made" if form else "paper_laid", told, made.name or form)
    return made.pk


def answer(
    by: Permit, round_id: int, asked_id: int, choice: Choice, reason: str, file: Upload | None = None
) -> OpinionInfo:
    """Take the answer of a seat; it may be changed until the round closes, its first time stays."""
    why = reason.strip()[:2000]
    with transaction.atomic():
        row = locked(round_id)
        _require_open(row, by.at)
        mine = Asked.objects.select_for_update().filter(pk=asked_id, round=row).first()
        if mine is None:
            raise MeetingRefused("Bạn không được hỏi ở lần này.", "You are not asked in this round.")
        if choice is not Choice.FAVOUR and not why:
            raise MeetingRefused(
                "Không nhất trí hoặc ý kiến khác thì ghi lý do.", "Disagreement or another opinion needs its reason."
            )
        mine.choice, mine.reason = choice.value, why
        mine.answered_at, mine.changed_at = mine.answered_at or by.at, by.at
        if file is not None:
            mine.sha256, mine.suffix, mine.name_of_file = file.sha256, file.suffix, file.name[:200]
        mine.save()
        told = {"asked": asked_id, "choice": choice.value, "reason": why, "sha256": file.sha256 if file else ""}
        happened(by, row, "answered", told, mine.name)
    return opinion_info(mine)


def _require_open(row: Round, at: datetime) -> None:
    if row.closed_at is not None or at >= row.closes_at:
        raise MeetingRefused(
            f"Đã hết hạn trả lời lần lấy ý kiến số {row.number:02d}/{row.year}.",
            f"Written round {row.number:02d}/{row.year} is over.",
        )


def remind(by: Permit, round_id: int) -> int:
    """Record that whoever has not answered was reminded; returns how many."""
    with transaction.atomic():
        row = locked(round_id)
        _require_open(row, by.at)
        count = row.asked.filter(answered_at=None).update(reminded_at=by.at)
        happened(by, row, "reminded", {"count": count}, str(count))
    return count


def outcome(row: RoundInfo) -> tuple[tally.Result, int]:
    """Return what closing a round now would say, and how many are silent."""
    rules = {one.gap: one.choice for one in row.rules}
    given = [one.choice for one in row.opinions if one.choice is not None]
    silent = len(row.opinions) - len(given)
    count = tally.counted(given, members=len(row.opinions), present=len(given))
    counted = tally.with_silence(count, silent, rules.get("G-04", ""))
    if counted != count:
        counted = Count(
            members=counted.members,
            present=counted.members,
            favour=counted.favour,
            against=counted.against,
            other=counted.other,
        )
    return tally.result(counted, rules), silent


def close(by: Permit, round_id: int, result: tally.Result) -> RoundInfo:
    """Close a round: its time is over, or every seat has answered; the result is that of the rule."""
    with transaction.atomic():
        row = locked(round_id)
        if row.closed_at is not None:
            raise MeetingRefused("Lần lấy ý kiến này đã chốt.", "The round is closed already.")
        if by.at < row.closes_at and row.asked.filter(answered_at=None).exists():
            raise MeetingRefused(
                "Chưa hết hạn và còn người chưa trả lời: chờ hết hạn hoặc đủ ý kiến.",
                "It is not over and somebody has not answered: wait for either.",
            )
        now, silent = outcome(round_info(row))
        if now != result:
            raise MeetingRefused("Vừa có thêm ý kiến: xem lại rồi chốt.", "Another answer came in: look again.")
        row.closed_at, row.count, row.silent, row.outcome = by.at, now.count.as_json(), silent, now.outcome.value
        row.save(update_fields=["closed_at", "count", "silent", "outcome"])
        told = {"outcome": now.outcome.value, "silent": silent, **now.count.as_json()}
        happened(by, row, "round_closed", told, f"{row.matter}: {now.outcome.value}")
    return round_info(row)


def opinion_info(row: Asked) -> OpinionInfo:
    """Return a seat that is asked."""
    return OpinionInfo(
        id=row.pk,
        seat_id=row.seat_id,
        role=row.role,
        agency=row.agency,
        name=row.name,
        post=row.post,
        account=row.account,
        choice=Choice(row.choice) if row.choice else None,
        reason=row.reason,
        answered_at=row.answered_at,
        changed_at=row.changed_at,
        upload=upload_of(row.sha256, row.suffix, row.name_of_file),
        reminded_at=row.reminded_at,
    )


def round_info(row: Round) -> RoundInfo:
    """Return a round with its answers."""
    return RoundInfo(
        id=row.pk,
        ref=round_ref(row.group.slug, row.year, row.number),
        group_id=row.group_id,
        year=row.year,
        number=row.number,
        matter=row.matter,
        situation=row.situation,
        why=row.why,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        opened_role=row.opened_role,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        rules=tuple(as_used(one) for one in row.rules),
        count=as_count(row.count),
        silent=row.silent,
        outcome=Outcome(row.outcome) if row.outcome else None,
        cited=as_cited(row.cited),
        opinions=tuple(opinion_info(one) for one in row.asked.all()),
    )
