"""How an order's last day stands where pauses moved it: the day, since when it is another, and why it stands still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.html import format_html

from dean06.corrections.types import OrderInfo
from dean06.flows.pausing import Standstill
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip

Stills = Mapping[int, Standstill]

__all__ = ["Stills", "due_of", "late", "told"]


def late(order: OrderInfo, still: Standstill | None, today: date) -> bool:
    """Say whether the last day is past, pauses counted."""
    return (still.due if still else order.due) < today


def told(order: OrderInfo, still: Standstill | None) -> str:
    """Say by how much pauses moved the last day and on what ground it stands still; empty where nothing did."""
    if still is None:
        return ""
    days = _moved(order, still) if still.days else ""
    if not still.now:
        return days
    why = ", ".join(still.grounds)
    return format_html("{} {}", chip("info", words(f"Đang dừng hạn: {why}", f"Paused: {why}"), with_sign="clock"), days)


def _moved(order: OrderInfo, still: Standstill) -> str:
    first = writing.day(order.first_due or order.due)
    return words(
        f"hạn gốc {first}, đã dừng {still.days} ngày làm việc",
        f"first {first}, paused {still.days} working day{'s' if still.days > 1 else ''}",
    )


def due_of(order: OrderInfo, still: Standstill | None) -> str:
    """Write the last day as a list shows it, with a note below where pauses moved it."""
    said = told(order, still)
    day = writing.day(still.due if still else order.due)
    return format_html("{}<br><small>{}</small>", day, said) if said else day
