"""Storage of what is directed and what is to be decided: directives, and matters on their way to a decision."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Directive(models.Model):
    """What the leadership directed: its words, when and where it was said, by whom; tasks are made of it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    words = models.TextField()
    search = models.CharField(max_length=600)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    source_paper = models.PositiveBigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_directive_a_number")]
        ordering = ["-given_on", "-number"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"


class Matter(models.Model):
    """A matter to be decided: routine or important, brought before the leader where it must be, and settled."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    search = models.CharField(max_length=600)
    important = models.BooleanField(default=False)
    exceeds = models.BooleanField(default=False, help_text="beyond the competence of whoever handles it")
    routine = models.BooleanField(default=False)
    agency = models.CharField(max_length=20, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=64)
    escalated_at = models.DateTimeField(null=True)
    escalated_by = models.CharField(max_length=64, blank=True)
    escalated_role = models.CharField(max_length=40, blank=True)
    escalated_words = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, blank=True)
    settled_role = models.CharField(max_length=40, blank=True)
    settled_words = models.TextField(blank=True)
    power = models.CharField(max_length=20, blank=True, help_text="own, absence or delegation")
    cites = models.JSONField(default=list)
    charter_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_matter_a_number")]
        indexes = [models.Index(fields=["group", "settled_at"])]
        ordering = ["-number"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"
