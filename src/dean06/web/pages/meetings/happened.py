"""What happened to a meeting or round, newest first: in words, by whom, when, under which clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.charter import service as charters
from dean06.meetings.types import Choice, EventInfo, Outcome
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.pages.meetings.words import CHOICES, FORM_WORDS, HAPPENED, OUTCOMES, citation_of_dotted
from dean06.web.parts.work import Event, Timeline

SEEN_EVENTS = 40

__all__ = ["timeline"]


def _said(event: EventInfo) -> str:
    """Return what an event was about; the code of a result in words."""
    about, _, code = event.note.rpartition(": ")
    if event.kind in ("vote_closed", "round_closed") and code in set(Outcome):
        return f"{about}: {words(*OUTCOMES[Outcome(code)][2:]).lower()}"
    if event.kind == "position_stated" and code in set(Choice):
        return f"{about}: {words(*CHOICES[Choice(code)][2:]).lower()}"
    if event.kind == "paper_made" and event.note in FORM_WORDS:
        return words(*FORM_WORDS[event.note]).lower()
    if event.kind == "closed" and event.note.isdecimal():
        return words(f"{event.note} người đã dự", f"{event.note} were present")
    return event.note


def _clauses(event: EventInfo) -> str:
    """Return the clauses of an event as offices name them; those of the house rules are told apart."""
    named = ", ".join(
        charters.clause_label(citation_of_dotted(one), current_language()) for one in event.cited.clauses[:2]
    )
    return f"{words('Nội quy hệ thống', 'House rules')}, {named}" if event.cited.house and named else named


def timeline(events: Iterable[EventInfo], names: Mapping[str, str], most: int = SEEN_EVENTS) -> Timeline:
    """Return what happened, newest first."""
    listed = list(events)[-most:]
    made = []
    for event in reversed(listed):
        sign, vi, en = HAPPENED.get(event.kind, ("dots", event.kind, event.kind))
        who = names.get(event.actor, "")
        made.append(
            Event(
                text=": ".join(part for part in (words(vi, en), _said(event)) if part),
                when=writing.instant(event.at),
                iso=event.at.isoformat(),
                sign=sign,
                note=", ".join(part for part in (who, _clauses(event)) if part),
            )
        )
    return Timeline(events=tuple(made))
