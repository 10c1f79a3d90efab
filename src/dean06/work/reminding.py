"""What is to be reminded of on a day: tasks and a day in, reminders out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.work.types import OPEN_STATES, Status, TaskInfo

TABLE = Path(__file__).with_name("reminders.yaml")
MOST_DAYS = 60

__all__ = ["Reminder", "ReminderKind", "ReminderRule", "digest_due", "due_reminders", "shipped_rule"]

Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]


class ReminderKind(StrEnum):
    """Why a task is reminded of."""

    COMING = "coming"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


class ReminderRule(BaseModel):
    """When tasks are reminded of, and where that stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-reminders/1"] = "dean06-reminders/1"
    source: str = Field(min_length=1)
    days_before: tuple[Days, ...]
    overdue_every: Days
    escalate_after: Days
    digest_weekday: Annotated[int, Field(ge=1, le=7)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One task to be reminded of; `days` until its last day, negative once that is past."""

    task: TaskInfo
    kind: ReminderKind
    days: int


@lru_cache(maxsize=1)
def shipped_rule() -> ReminderRule:
    """Return the product's own days."""
    return ReminderRule.model_validate(YAML(typ="safe").load(TABLE))


def due_reminders(
    tasks: Iterable[TaskInfo], today: date, rule: ReminderRule, working_days: Callable[[date, date], int]
) -> list[Reminder]:
    """Return what is to be said on a day, each task once for each reason, the most overdue first.

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
        if days in rule.days_before:
            found.append(Reminder(task=task, kind=ReminderKind.COMING, days=days))
        elif days < 0 and (days == -1 or (-days - 1) % rule.overdue_every == 0):
            found.append(Reminder(task=task, kind=ReminderKind.OVERDUE, days=days))
        if days < 0 and _escalates_on(task.due, today, rule, working_days):
            found.append(Reminder(task=task, kind=ReminderKind.ESCALATED, days=days))
    return sorted(found, key=lambda one: (one.days, one.task.number, one.kind))


def _escalates_on(due: date, today: date, rule: ReminderRule, working_days: Callable[[date, date], int]) -> bool:
    """Say whether this is the very day on which the task has been overdue for long enough."""
    before = date.fromordinal(today.toordinal() - 1)
    return working_days(due, today) == rule.escalate_after and (
        before <= due or working_days(due, before) < rule.escalate_after
    )


def digest_due(today: date, rule: ReminderRule) -> bool:
    """Say whether the weekly digest goes out on a day."""
    return today.isoweekday() == rule.digest_weekday
