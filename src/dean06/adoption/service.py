"""The face of adoption: which text a group is under on a day, its local rules, and the office's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.db.models import Max

from dean06.adoption.drafts import (
    Adoption,
    DraftDecision,
    DraftInfo,
    NewDraft,
    adopting_drafts,
    adoption_digest,
    begin_draft,
    confirm_adoption,
    decide_draft,
    decision_digest,
    draft,
    draft_digest,
    draft_ref,
    drafts,
    drop_draft,
    save_draft,
)
from dean06.adoption.models import CharterVersion, LocalRule, SwappedDay
from dean06.adoption.statements import (
    StatementInfo,
    freeze,
    statement,
    statement_bytes,
    statement_content,
    statement_digest,
    statements,
)
from dean06.adoption.submissions import (
    NewSubmission,
    SubmissionInfo,
    attach_submission_paper,
    submission_digest,
    submission_ref,
    submissions,
    submit_digest,
    submit_draft,
    withdraw_digest,
    withdraw_submission,
    write_submission,
)
from dean06.adoption.successions import (
    Plan,
    SuccessionInfo,
    begin_succession,
    confirm_succession,
    drop_succession,
    executed,
    handover_bytes,
    handover_content,
    handover_digest,
    plan_digest,
    save_succession,
    succession,
    succession_ref,
    successions,
)
from dean06.adoption.summaries import last_months, statements_of_groups
from dean06.adoption.two_people import give_word
from dean06.adoption.versions import (
    VersionInfo,
    adoption_facts,
    charter_of,
    charters_of,
    confirmers,
    entered_for,
    in_force_on,
    latest,
    next_number,
    text,
    versions,
)
from dean06.adoption.waiting import Waiting, waiting
from dean06.charter import service as charters
from dean06.charter.types import Charter, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.clock.service.working_days import Calendar, vietnam_calendar
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of

INSTALLATION = "noi-quy"

__all__ = [
    "INSTALLATION",
    "Adoption",
    "DraftDecision",
    "DraftInfo",
    "NewDraft",
    "NewSubmission",
    "Plan",
    "Rule",
    "StatementInfo",
    "SubmissionInfo",
    "SuccessionInfo",
    "VersionInfo",
    "Waiting",
    "adopting_drafts",
    "adoption_digest",
    "adoption_facts",
    "attach_submission_paper",
    "begin_draft",
    "begin_succession",
    "calendar",
    "charter_of",
    "charters_of",
    "confirm_adoption",
    "confirm_instrument",
    "confirm_succession",
    "confirmers",
    "decide_draft",
    "decision_digest",
    "draft",
    "draft_digest",
    "draft_ref",
    "drafts",
    "drop_draft",
    "drop_succession",
    "entered_for",
    "executed",
    "freeze",
    "handover_bytes",
    "handover_content",
    "handover_digest",
    "in_force_on",
    "install",
    "installation_charter",
    "last_months",
    "latest",
    "local_rule",
    "local_rule_history",
    "local_rules",
    "next_number",
    "plan_digest",
    "removal_digest",
    "remove_swap",
    "rule_digest",
    "save_draft",
    "save_succession",
    "set_local_rule",
    "statement",
    "statement_bytes",
    "statement_content",
    "statement_digest",
    "statements",
    "statements_of_groups",
    "submission_digest",
    "submission_ref",
    "submissions",
    "submit_digest",
    "submit_draft",
    "succession",
    "succession_ref",
    "successions",
    "swap_day",
    "swap_digest",
    "swapped_days",
    "text",
    "versions",
    "waiting",
    "withdraw_digest",
    "withdraw_submission",
    "write_submission",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A local rule in force: which gap it fills, its number, value and day."""

    gap: str
    number: int
    value: object
    adopted_on: date
    adopted_by: str


@lru_cache(maxsize=1)
def installation_charter() -> Charter:
    """Return the shipped charter of the installation, for acts that no group's charter speaks of."""
    return charters.load(INSTALLATION)


def install(by: Permit, source: str, *, is_demo: bool = False) -> str:
    """Store a charter package as the next version of its line, if its hash is new; returns the line."""
    charter = charters.load(source)
    with transaction.atomic():
        known = CharterVersion.objects.filter(hash=charter.hash).exists()
        if not known:
            last = CharterVersion.objects.filter(line=charter.line).order_by("-number").first()
            CharterVersion.objects.create(
                line=charter.line,
                number=last.number + 1 if last else 1,
                hash=charter.hash,
                canonical=charters.to_canonical(charter),
                loaded_at=by.at,
                is_demo=is_demo,
            )
            ledger.append(
                by,
                scope=INSTALLATION,
                kind="charter",
                object_id=charter.line,
                digest=charter.hash,
                bound=digest_of(hash=charter.hash),
            )
    return charter.line


def confirm_instrument(by: Permit, line: str, instrument: str, adopted_on: date) -> int:
    """Enter or confirm number and date of a text; returns how many different people have confirmed them.

    A second person must enter the same number and date; a different entry is refused and nothing changes.
    """
    with transaction.atomic():
        row = CharterVersion.objects.select_for_update().filter(line=line).order_by("number").first()
        if row is None:
            raise BadInput(f"Chưa nạp quy chế «{line}».", f"The charter {line!r} is not installed.")
        if row.instrument and (row.instrument, row.adopted_on) != (instrument, adopted_on):
            raise BadInput(
                "Số, ngày vừa nhập khác lần xác nhận trước: đối chiếu bản giấy rồi nhập lại.",
                "The number or date differs from the first confirmation: compare with the paper and enter again.",
            )
        row.instrument, row.adopted_on = instrument, adopted_on
        row.save(update_fields=["instrument", "adopted_on"])
        give_word(by, row.confirmations)
        digest = digest_of(hash=row.hash, number=instrument, on=adopted_on)
        ledger.append(by, scope=INSTALLATION, kind="charter", object_id=line, digest=digest, bound=digest)
        return row.confirmations.count()


@clock.once_a_moment
def local_rule_history(group_id: int, on: date) -> list[Rule]:
    """Return every local rule that a group had set by a day, in order, also those that a newer one has replaced."""
    rows = LocalRule.objects.filter(group_id=group_id, adopted_on__lte=on).order_by("adopted_on", "number")
    return [_rule(row) for row in rows]


@clock.once_a_moment
def local_rules(group_id: int, on: date) -> dict[str, Rule]:
    """Return the local rules of a group in force on a day, by gap; the newest of a gap wins."""
    rows = LocalRule.objects.filter(group_id=group_id, adopted_on__lte=on).order_by("adopted_on", "number")
    return {row.gap: _rule(row) for row in rows if row.until is None or row.until >= on}


def _rule(row: LocalRule) -> Rule:
    return Rule(
        gap=row.gap, number=row.number, value=row.value, adopted_on=row.adopted_on, adopted_by=str(row.adopted_by)
    )


def local_rule(group_id: int, gap: str, on: date) -> Rule | None:
    """Return the local rule that fills one gap, if the group has set one."""
    return local_rules(group_id, on).get(gap)


def rule_digest(gap: str, value: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of a local rule's content, to which its permit is bound."""
    return digest_of(gap=gap, value=canonical(dict(value)))


def set_local_rule(by: Permit, group_id: int, gap: str, value: Mapping[str, object]) -> Rule:
    """Set the group's answer to a gap; it is numbered, dated and bears the name of who set it."""
    try:
        with transaction.atomic():
            last = LocalRule.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0
            row = LocalRule.objects.create(
                group_id=group_id,
                gap=gap,
                number=last + 1,
                value=dict(value),
                adopted_on=by.at.date(),
                adopted_by=by.actor.account,
            )
            digest, slug = rule_digest(gap, value), row.group.slug
            ledger.append(by, scope=slug, kind="local_rule", object_id=f"{slug}:{gap}", digest=digest, bound=digest)
    except IntegrityError as problem:
        raise BadInput(
            "Một quy ước khác của tổ vừa được đặt cùng lúc: mở lại trang rồi làm lại.",
            "Another local rule of the group was set at the same moment: open the page again and repeat.",
        ) from problem
    return _rule(row)


def swap_digest(day: date, source: str, *, worked: bool) -> str:
    """Return the SHA-256 (hex) of a swapped day, to which its permit is bound."""
    return digest_of(day=day, worked=worked, source=source)


def swap_day(by: Permit, day: date, source: str, *, worked: bool) -> None:
    """Enter a swapped working day with the paper that ordered it; what the day is anyway is no swap."""
    if vietnam_calendar([day.year]).is_working_day(day) == worked:
        vi, en = ("ngày làm việc", "a working day") if worked else ("ngày nghỉ", "a day off")
        raise BadInput(
            f"{day:%d/%m/%Y} vốn đã là {vi}: không có gì để hoán đổi. Nếu một dòng ghi nhầm ngày này, hãy bỏ dòng ấy.",
            f"{day:%d/%m/%Y} is {en} anyway: there is nothing to swap. Where an entry has it wrong, remove the entry.",
        )
    with transaction.atomic():
        SwappedDay.objects.update_or_create(day=day, defaults={"worked": worked, "source": source})
        digest = swap_digest(day, source, worked=worked)
        ledger.append(by, scope=INSTALLATION, kind="calendar", object_id=day.isoformat(), digest=digest, bound=digest)


def removal_digest(day: date, reason: str) -> str:
    """Return the SHA-256 (hex) of the removal of a swapped day, to which its permit is bound."""
    return digest_of(day=day, removed=reason)


def remove_swap(by: Permit, day: date, reason: str) -> None:
    """Take a swapped day back: it is again what it is by law; the reason stays in the ledger's digest."""
    with transaction.atomic():
        gone, _ = SwappedDay.objects.filter(day=day).delete()
        if not gone:
            raise BadInput(f"{day:%d/%m/%Y} không có trong bảng hoán đổi.", f"{day:%d/%m/%Y} is not a swapped day.")
        digest = removal_digest(day, reason)
        ledger.append(by, scope=INSTALLATION, kind="calendar", object_id=day.isoformat(), digest=digest, bound=digest)


def swapped_days(year: int) -> dict[date, str]:
    """Return the swapped days of a year with the paper that ordered each."""
    return dict(SwappedDay.objects.filter(day__year=year).values_list("day", "source"))


@clock.once_a_moment
def calendar(around: date) -> Calendar:
    """Return the working calendar of the years around a day, with the office's swaps."""
    swapped = dict(SwappedDay.objects.values_list("day", "worked"))
    return vietnam_calendar(range(around.year - 1, around.year + 3), swapped)
