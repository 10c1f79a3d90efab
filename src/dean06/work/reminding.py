"""What is to be reminded of on a day: tasks and a day in, reminders out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.clock import service as clock
from dean06.work.types import OPEN_STATES, Origin, Status, TaskInfo

TABLE = Path(__file__).with_name("reminders.yaml")
MOST_DAYS = 60
# Working days for which it is worth telling the leader of a task that has become overdue for long.
FRESH_FOR = 10
# Days for which a weekly digest keeps where nobody sent it on its day.
DIGEST_KEEPS = 2

__all__ = ["FindingRule", "Reminder", "ReminderKind", "ReminderRule", "digest_day", "due_reminders", "shipped_rule"]

Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]


class ReminderKind(StrEnum):
    """Why a task is reminded of."""

    COMING = "coming"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


class FindingRule(BaseModel):
    """When a task of findings is reminded of: its agency, then the roles named, then the next regular meeting."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days_before: tuple[Annotated[int, Field(ge=0, le=MOST_DAYS)], ...]
    escalate_after: Days
    escalate_to: tuple[str, ...] = Field(min_length=1)
    agenda_after: Days


class ReminderRule(BaseModel):
    """When tasks are reminded of, and where that stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-reminders/1"] = "dean06-reminders/1"
    source: str = Field(min_length=1)
    days_before: tuple[Days, ...]
    overdue_every: Days
    escalate_after: Days
    digest_weekday: Annotated[int, Field(ge=1, le=7)]
    of_findings: FindingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One task to be reminded of; `days` until its last day, negative once that is past.

    `stage` names the reminder within its kind: a task is reminded of once a stage, whichever day that is.
    """

    task: TaskInfo
    kind: ReminderKind
    days: int
    stage: int


@lru_cache(maxsize=1)
def shipped_rule() -> ReminderRule:
    """Return the product's own days."""
    return ReminderRule.model_validate(YAML(typ="safe").load(TABLE))


def due_reminders(
    tasks: Iterable[TaskInfo], today: date, rule: ReminderRule, working_days: Callable[[date, date], int]
) -> list[Reminder]:
    """Return the reminders that stand on a day, the most overdue first: of each task the newest stage alone.

    A stage lasts until the next one begins. Whoever looks late finds the one that stands then, and none of those before
    it. A task that was given within a stage has been told of by that very act.

    Args:
        tasks: tasks of one group; what is closed or waits for acceptance is passed over.
        today: the group's day.
        rule: on which days.
        working_days: how many working days lie after the first day up to the second.
    """
    found = []
    for task in tasks:
        if task.status not in OPEN_STATES or task.status is Status.REPORTED:
            continue
        days = (task.due - today).days
        own = rule.of_findings if task.origin is Origin.FINDING else rule
        stage = _stage(days, own.days_before, rule.overdue_every)
        if stage is not None and task.opened_at.astimezone(clock.TZ).date() < task.due - timedelta(days=stage):
            kind = ReminderKind.COMING if days >= 0 else ReminderKind.OVERDUE
            found.append(Reminder(task=task, kind=kind, days=days, stage=stage))
        late = working_days(task.due, today) if days < 0 else 0
        if own.escalate_after <= late < own.escalate_after + FRESH_FOR:
            found.append(Reminder(task=task, kind=ReminderKind.ESCALATED, days=days, stage=-own.escalate_after))
    return sorted(found, key=lambda one: (one.days, one.task.number, one.kind))


def _stage(days: int, days_before: tuple[int, ...], overdue_every: int) -> int | None:
    """Return the stage that stands so many days before the last day: days before it, or days past it below nought."""
    if days < 0:
        return -1 - (-days - 1) // overdue_every * overdue_every
    return min((one for one in days_before if one >= days), default=None)


def digest_day(today: date, rule: ReminderRule) -> date | None:
    """Return the day of the weekly digest that may still go out on a day; None where it would be stale."""
    behind = (today.isoweekday() - rule.digest_weekday) % 7
    return today - timedelta(days=behind) if behind <= DIGEST_KEEPS else None
