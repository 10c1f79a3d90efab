"""The face of the roll: absences, consent, substitutes, reports due before; who is in the room and when."""

from __future__ import annotations

from dean06.meetings.roll import (
    CODE,
    MARKED,
    PASTED,
    answer_absence,
    enter,
    enter_many,
    file_report,
    give_opinion,
    leave,
    report_absence,
    send_substitute,
    take_back_absence,
)

__all__ = [
    "CODE",
    "MARKED",
    "PASTED",
    "answer_absence",
    "enter",
    "enter_many",
    "file_report",
    "give_opinion",
    "leave",
    "report_absence",
    "send_substitute",
    "take_back_absence",
]
