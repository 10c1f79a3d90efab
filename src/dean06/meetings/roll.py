"""The roll: reports of absence, consent, substitutes with or without a written opinion, and who is in the room when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.models import Absence, Invitee, Meeting, Presence, Report
from dean06.meetings.rows import happened, locked, require
from dean06.meetings.types import State, Upload

COMING = (State.DRAFT, State.CONVENED, State.OPEN)
ON_ROLL = (State.CONVENED, State.OPEN)
MARKED, PASTED, CODE = "marked", "pasted", "code"

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


def invited(row: Meeting, invitee_id: int) -> Invitee:
    """Return an invitee of a meeting; one of another is not there."""
    found = row.invitees.filter(pk=invitee_id).first()
    if found is None:
        raise MeetingRefused("Người này không có trong thành phần họp.", "This person is not invited to the meeting.")
    return found


def _absence(row: Meeting, invitee: Invitee) -> Absence:
    made, _ = Absence.objects.select_for_update().get_or_create(group_id=row.group_id, meeting=row, invitee=invitee)
    return made


# ------------------------------------------------------------------ before the meeting


def report_absence(by: Permit, meeting_id: int, invitee_id: int, to: str, reason: str) -> None:
    """Record that an invitee says they cannot come, to whom, and why; the first time of saying so stays."""
    why = " ".join(reason.split())[:400]
    if not why:
        raise MeetingRefused("Nêu lý do vắng mặt.", "Give the reason of the absence.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        kept = _absence(row, invitee)
        kept.reported_at, kept.reported_to, kept.reason = kept.reported_at or by.at, to, why
        kept.save(update_fields=["reported_at", "reported_to", "reason"])
        happened(by, row, "absence_reported", {"invitee": invitee_id, "to": to, "reason": why}, invitee.name)


def take_back_absence(by: Permit, meeting_id: int, invitee_id: int) -> None:
    """Take a reported absence back: the invitee comes after all; what stood is kept in the history."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        if not Absence.objects.filter(invitee=invitee, reported_at__isnull=False).exists():
            raise MeetingRefused("Chưa báo vắng.", "No absence was reported.")
        Absence.objects.filter(invitee=invitee).delete()
        happened(by, row, "absence_taken_back", {"invitee": invitee_id}, invitee.name)


def answer_absence(by: Permit, meeting_id: int, invitee_id: int, *, consent: bool) -> None:
    """Give or refuse consent to a reported absence; who presides does."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        kept = _absence(row, invitee)
        if kept.reported_at is None:
            raise MeetingRefused("Người này chưa báo vắng.", "This person has not reported an absence.")
        kept.consent, kept.consent_at, kept.consent_role = consent, by.at, by.actor.role
        kept.save(update_fields=["consent", "consent_at", "consent_role"])
        kind = "absence_consented" if consent else "absence_refused"
        happened(by, row, kind, {"invitee": invitee_id, "consent": consent}, invitee.name)


def send_substitute(by: Permit, meeting_id: int, invitee_id: int, name: str, post: str = "", account: str = "") -> None:
    """Name who sits in for an invitee."""
    who = " ".join(name.split())[:120]
    if not who:
        raise MeetingRefused("Ghi họ tên người dự thay.", "Give the name of the substitute.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        kept = _absence(row, invitee)
        kept.substitute_name, kept.substitute_post, kept.substitute_account = who, post[:200], account
        kept.save(update_fields=["substitute_name", "substitute_post", "substitute_account"])
        happened(by, row, "substitute_sent", {"invitee": invitee_id, "name": who}, f"{who} ← {invitee.name}")


def give_opinion(by: Permit, meeting_id: int, invitee_id: int, text: str, file: Upload | None = None) -> None:
    """Keep the written opinion that an absent invitee gives; the first time of giving it stays."""
    said = text.strip()[:10_000]
    if not said and file is None:
        raise MeetingRefused("Viết ý kiến hoặc nộp tệp ý kiến.", "Write the opinion or hand in its file.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        kept = _absence(row, invitee)
        kept.opinion_at, kept.opinion_text = kept.opinion_at or by.at, said
        if file is not None:
            kept.opinion_sha256, kept.opinion_suffix, kept.opinion_name = file.sha256, file.suffix, file.name[:200]
        kept.save()
        told = {"invitee": invitee_id, "text": said, "sha256": file.sha256 if file else ""}
        happened(by, row, "opinion_given", told, invitee.name)


def file_report(by: Permit, meeting_id: int, invitee_id: int, text: str, file: Upload | None = None) -> None:
    """Keep a member's report on their own part; one filed again replaces it and keeps the first time."""
    said = text.strip()[:20_000]
    if not said and file is None:
        raise MeetingRefused("Viết báo cáo hoặc nộp tệp báo cáo.", "Write the report or hand in its file.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *COMING)
        invitee = invited(row, invitee_id)
        first = Report.objects.filter(invitee=invitee).values_list("filed_at", flat=True).first()
        Report.objects.update_or_create(
            invitee=invitee,
            defaults={
                "group_id": row.group_id,
                "meeting": row,
                "filed_at": first or by.at,
                "changed_at": by.at,
                "text": said,
                "sha256": file.sha256 if file else "",
                "suffix": file.suffix if file else "",
                "name": file.name[:200] if file else "",
            },
        )
        told = {"invitee": invitee_id, "text": said, "sha256": file.sha256 if file else ""}
        happened(by, row, "report_filed", told, invitee.name)


# ------------------------------------------------------------------ in the room


def enter(by: Permit, meeting_id: int, invitee_id: int, how: str = MARKED, *, by_substitute: bool = False) -> bool:
    """Let an invitee, or their substitute, come in; returns False where they are in already.

    Who comes in person ends the substitution of their seat: the substitute's span ends at that instant.
    """
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *ON_ROLL)
        told = {"invitee": invitee_id, "substitute": by_substitute, "how": how}
        invitee = invited(row, invitee_id)
        if not _enters(row, invitee, by.at, how, by_substitute=by_substitute):
            return False
        happened(by, row, "substitute_in" if by_substitute else "came_in", told, invitee.name)
    return True


def enter_many(by: Permit, meeting_id: int, invitee_ids: Iterable[int], how: str = PASTED) -> int:
    """Let many come in at once, from a pasted list; returns how many were not in yet."""
    wanted = sorted(set(invitee_ids))
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *ON_ROLL)
        came = [one for one in wanted if _enters(row, invited(row, one), by.at, how, by_substitute=False)]
        if came:
            told = {"invitees": ",".join(map(str, wanted)), "how": how}
            happened(by, row, "came_in_many", told, str(len(came)))
    return len(came)


def _enters(row: Meeting, invitee: Invitee, at: datetime, how: str, *, by_substitute: bool) -> bool:
    if by_substitute and not Absence.objects.filter(invitee=invitee).exclude(substitute_name="").exists():
        raise MeetingRefused(
            f"Chưa nêu người dự thay {invitee.name}: ghi tên người dự thay trước.",
            f"Nobody was named to sit in for {invitee.name}: name the substitute first.",
        )
    now = Presence.objects.select_for_update().filter(invitee=invitee, until=None).first()
    if now is not None:
        if by_substitute or not now.by_substitute:
            return False  # in the room already, in person before a substitute
        now.until = max(at, now.since)
        now.save(update_fields=["until"])
    Presence.objects.create(
        group_id=row.group_id, meeting=row, invitee=invitee, since=at, by_substitute=by_substitute, how=how
    )
    return True


def leave(by: Permit, meeting_id: int, invitee_id: int) -> bool:
    """Let whoever sits for an invitee go out; returns False where nobody is in."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *ON_ROLL)
        invitee = invited(row, invitee_id)
        now = Presence.objects.select_for_update().filter(invitee=invitee, until=None).first()
        if now is None:
            return False
        now.until = max(by.at, now.since)
        now.save(update_fields=["until"])
        happened(by, row, "went_out", {"invitee": invitee_id}, invitee.name)
    return True
