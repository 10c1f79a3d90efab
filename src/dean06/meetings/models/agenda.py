"""Storage of agendas: items, papers, and the points of the chair's conclusion."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from dean06.meetings.models.meetings import Meeting
from dean06.meetings.types import ItemKind, ItemState


class Item(models.Model):
    """One matter of an agenda."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, default=ItemKind.DECIDE.value)
    minutes = models.PositiveIntegerField(default=15)
    agency = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, default=ItemState.WAITING.value)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="carried_to")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True, help_text="the discussion, as the secretary writes it down")

    class Meta:
        ordering = ["order", "pk"]

    @override
    def __str__(self) -> str:
        return self.title


class MeetingPaper(models.Model):
    """A paper of a meeting or round: a draft of the papers room by its number, or a file by its checksum."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="papers")
    round = models.ForeignKey("meetings.Round", null=True, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="papers")
    form = models.CharField(max_length=40, blank=True, help_text="the form it was made from by the meeting's facts")
    about = models.CharField(max_length=40, blank=True, help_text="whom it is for, where each has one")
    paper_id = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.name or f"{self.form} {self.paper_id}"


class Conclusion(models.Model):
    """One point of the chair's conclusion: who carries it out, by when, and the task that came of it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="conclusions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    agency = models.CharField(max_length=20, blank=True)
    coordinating = models.JSONField(default=list)
    due = models.DateField(null=True)
    task_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_conclusion_a_number")]
        ordering = ["number"]

    @override
    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.number}"
