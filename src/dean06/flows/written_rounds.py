"""Asking members in writing where no meeting is held: opened, answered, reminded, closed by the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.flows import counting_rules
from dean06.flows.meeting_permits import own_round, to
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.service import rounds
from dean06.meetings.types import Called, Choice, NewRound, RoundInfo, Upload, obj
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = ["answer", "attach_file", "close", "default_close", "open_round", "remind"]


def default_close(group: GroupInfo) -> datetime:
    """Return when a round opened now ends by the rule on its length: the end of the last of so many days."""
    days = counting_rules.rule(group, "G-04").days
    return clock.at_start_of(clock.today(group) + timedelta(days=days + 1))


def open_round(
    account: str,
    group: GroupInfo,
    said: tuple[str, str, str],
    closes_at: datetime,
    seat_ids: Iterable[int],
    reason: str | None = None,
) -> RoundInfo:
    """Open a round; `said` is the matter, its summary, and why no meeting is held."""
    matter, situation, why = said
    wanted, today = set(seat_ids), clock.today(group)
    held = [one for one in offices.holders(group.id, today) if one.seat_id in wanted]
    asked = tuple(
        Called(
            name=one.holder,
            post=one.hat,
            role=one.role,
            agency=one.agency or "",
            seat_id=one.seat_id,
            account=one.account or "",
            votes=True,
        )
        for one in held
    )
    new = NewRound(matter=matter.strip(), situation=situation, why=why.strip(), closes_at=closes_at, asked=asked)
    with transaction.atomic():
        slot = rounds.reserve(group.id, group.slug, today.year)
        what = obj(slot.ref, "round_opened", **new.told())
        by = to(account, group, what, "written_round.open", reason=reason)
        return rounds.open_round(by, slot, new, counting_rules.of_round(group))


def attach_file(account: str, group: GroupInfo, round_id: int, file: Upload) -> None:
    """Lay a file beside the question."""
    found = own_round(group, round_id)
    told = {"paper": None, "sha256": file.sha256, "form": ""}
    by = to(account, group, obj(found.ref, "paper_laid", **told), "meeting.draft")
    rounds.attach(by, round_id, file)


def answer(
    account: str,
    group: GroupInfo,
    round_id: int,
    choice: Choice,
    said: tuple[str, Upload | None],
    reason: str | None = None,
) -> None:
    """Answer under one's own seat; it is the charter's duty of members where no meeting is held."""
    found, (why, file) = own_round(group, round_id), said
    mine = found.own(account)
    if mine is None:
        raise MeetingRefused("Bạn không được hỏi ở lần này.", "You are not asked in this round.")
    why = why.strip()[:2000]
    told = {"asked": mine.id, "choice": choice.value, "reason": why, "sha256": file.sha256 if file else ""}
    facts: dict[str, Fact] = {"meeting.not_held": True}
    what = obj(found.ref, "answered", **told)
    by = to(account, group, what, "written_opinion.give", facts=facts, reason=reason)
    rounds.answer(by, round_id, mine.id, choice, why, file)


def remind(account: str, group: GroupInfo, round_id: int, reason: str | None = None) -> int:
    """Remind whoever has not answered: it stands on their desk, and on record here."""
    found = own_round(group, round_id)
    silent = sum(one.answered_at is None for one in found.opinions)
    what = obj(found.ref, "reminded", count=silent)
    return rounds.remind(to(account, group, what, "written_round.close", reason=reason), round_id)


def close(account: str, group: GroupInfo, round_id: int, reason: str | None = None) -> RoundInfo:
    """Close a round once its time is over, or every seat has answered."""
    found = own_round(group, round_id)
    result, silent = rounds.outcome(found)
    told = {"outcome": result.outcome.value, "silent": silent, **result.count.as_json()}
    what = obj(found.ref, "round_closed", **told)
    return rounds.close(to(account, group, what, "written_round.close", reason=reason), round_id, result)
