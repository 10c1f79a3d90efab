"""Storage of written rounds: a question, the seats that are asked, one answer a seat."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override


class Round(models.Model):
    """A question put to members in writing, where no meeting is held."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    matter = models.CharField(max_length=300)
    search = models.CharField(max_length=600)
    situation = models.TextField(blank=True)
    why = models.CharField(max_length=400, help_text="why no meeting is held")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    opened_role = models.CharField(max_length=40)
    closes_at = models.DateTimeField(help_text="exclusive: the first instant that is too late")
    closed_at = models.DateTimeField(null=True)
    rules = models.JSONField(default=list)
    count = models.JSONField(default=dict)
    silent = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True)
    cited = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year", "number"], name="one_round_a_number")]
        indexes = [models.Index(fields=["group", "closes_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}/{self.year}"


class Asked(models.Model):
    """A seat that is asked, and its answer; the answer may change until the round closes."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asked")
    seat_id = models.BigIntegerField()
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=64, blank=True)
    choice = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=8, blank=True)
    name_of_file = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "seat_id"], name="a_seat_is_asked_once")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.round_id}:{self.seat_id}"
