"""Storage of the roll: spans of presence, absences with consent and substitutes, reports due before a meeting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.meetings.models.meetings import Invitee, Meeting


class Presence(models.Model):
    """A span in which an invitee, or who sits in for them, was in the room."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="presences")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_substitute = models.BooleanField(default=False)
    how = models.CharField(max_length=10, help_text="marked, pasted or code")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitee"], condition=Q(until=None), name="in_the_room_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="presence_ends_after"),
        ]
        ordering = ["since", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.invitee_id} {self.since}"


class Absence(models.Model):
    """What an invitee said of not coming, what the chair answered, who comes instead, and the written opinion."""

    kept_files: ClassVar = ("opinion_sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="absences")
    invitee = models.OneToOneField(Invitee, on_delete=models.PROTECT, related_name="absence")
    reported_at = models.DateTimeField(null=True)
    reported_to = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    consent = models.BooleanField(null=True)
    consent_at = models.DateTimeField(null=True)
    consent_role = models.CharField(max_length=40, blank=True)
    substitute_name = models.CharField(max_length=120, blank=True)
    substitute_post = models.CharField(max_length=200, blank=True)
    substitute_account = models.CharField(max_length=64, blank=True)
    opinion_at = models.DateTimeField(null=True)
    opinion_text = models.TextField(blank=True)
    opinion_sha256 = models.CharField(max_length=64, blank=True)
    opinion_suffix = models.CharField(max_length=8, blank=True)
    opinion_name = models.CharField(max_length=200, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.invitee_id}"


class Report(models.Model):
    """The report on their own part that a member files before a meeting opens."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    invitee = models.OneToOneField(Invitee, on_delete=models.PROTECT, related_name="report")
    filed_at = models.DateTimeField(help_text="the first time; what is filed later replaces it and keeps this")
    changed_at = models.DateTimeField()
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=200, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.invitee_id}"
