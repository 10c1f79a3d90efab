"""Invitees and how they stand on the roll."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dean06.meetings.types.meetings import State, Upload


class Standing(StrEnum):
    """How somebody stands on the roll."""

    PRESENT = "present"
    LEFT = "left"
    SUBSTITUTE = "substitute"
    SUBSTITUTE_NO_OPINION = "substitute_no_opinion"
    CONSENTED = "consented"
    REPORTED = "reported"
    SILENT = "silent"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A span of presence; `by_substitute` where somebody sat in for the invitee."""

    since: datetime
    until: datetime | None
    by_substitute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceInfo:
    """What an invitee said of not coming, what the chair answered, who comes instead and with which opinion."""

    reported_at: datetime | None = None
    reported_to: str = ""
    reason: str = ""
    consent: bool | None = None
    consent_at: datetime | None = None
    consent_role: str = ""
    substitute_name: str = ""
    substitute_post: str = ""
    substitute_account: str = ""
    opinion_at: datetime | None = None
    opinion_text: str = ""
    opinion: Upload | None = None


def party_of(role: str, agency: str) -> str:
    """Return an invitee as the charter names parties."""
    return f"{role}:{agency}" if role == "member" and agency else role


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How somebody who votes attended a meeting, as duties are judged by it.

    Attributes:
        party: who they are, as the charter names parties.
        on_roll: they, or their substitute, were in the room.
        came: they were in the room themselves.
        report_at: when their report before the meeting was filed.
    """

    party: str
    on_roll: bool = False
    came: bool = False
    report_at: datetime | None = None
    absence: AbsenceInfo = field(default_factory=AbsenceInfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteeInfo:
    """Somebody invited, and how they stand on the roll."""

    id: int
    seat_id: int | None
    role: str
    agency: str
    name: str
    post: str
    account: str
    organisation: str
    votes: bool
    presence: tuple[Interval, ...] = ()
    absence: AbsenceInfo = field(default_factory=AbsenceInfo)
    report_at: datetime | None = None
    report: Upload | None = None
    report_text: str = ""

    @property
    def present(self) -> Interval | None:
        """Return the span in which they, or their substitute, are in the room now."""
        return next((one for one in self.presence if one.until is None), None)

    @property
    def came(self) -> bool:
        """Say whether they were in the room themselves."""
        return any(not one.by_substitute for one in self.presence)

    @property
    def represented(self) -> bool:
        """Say whether somebody sat in for them."""
        return any(one.by_substitute for one in self.presence)

    @property
    def party(self) -> str:
        """Return them as the charter names parties."""
        return party_of(self.role, self.agency)

    def standing(self, state: State) -> Standing:
        """Return how they stand on the roll of a meeting in a state."""
        now = self.present
        if now is not None and not now.by_substitute:
            return Standing.PRESENT
        if self.represented:
            return Standing.SUBSTITUTE if self.absence.opinion_at else Standing.SUBSTITUTE_NO_OPINION
        if self.came:
            return Standing.PRESENT if state is State.CLOSED else Standing.LEFT
        if self.absence.reported_at is None:
            return Standing.SILENT if state in (State.OPEN, State.CLOSED) else Standing.EXPECTED
        return Standing.CONSENTED if self.absence.consent else Standing.REPORTED
