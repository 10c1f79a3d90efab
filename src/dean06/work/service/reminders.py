"""The face of work: which tasks are to be reminded of on a day."""

from __future__ import annotations

from dean06.work.reminding import (
    FindingRule,
    Reminder,
    ReminderKind,
    ReminderRule,
    digest_day,
    due_reminders,
    shipped_rule,
)

__all__ = ["FindingRule", "Reminder", "ReminderKind", "ReminderRule", "digest_day", "due_reminders", "shipped_rule"]
