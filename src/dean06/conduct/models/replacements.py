"""Storage of the replacement of a member."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Replacement(models.Model):
    """One procedure: a member whose tasks were not done, the letter, the agency's answer, the change."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="replacements")
    number = models.PositiveIntegerField()
    seat = models.ForeignKey("offices.Seat", on_delete=models.PROTECT, related_name="replacements")
    agency = models.CharField(max_length=20)
    holder = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    stage = models.CharField(max_length=10)
    ground = models.CharField(max_length=600)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    paper_id = models.BigIntegerField(null=True, help_text="the letter in the papers room")
    answer_number = models.CharField(max_length=80, blank=True)
    answer_dated = models.DateField(null=True)
    answer_agrees = models.BooleanField(null=True)
    answer_nominee = models.CharField(max_length=200, blank=True)
    answer_post = models.CharField(max_length=160, blank=True)
    answer_text = models.CharField(max_length=600, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_replacement_a_number"),
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(closed_at=None),
                name="one_open_replacement_a_seat",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}/{self.number}"


class ReplacementEvidence(models.Model):
    """A task not done, as it stood when it was put forward."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="evidence")
    task = models.BigIntegerField()
    ref = models.CharField(max_length=80)
    title = models.CharField(max_length=400)
    due = models.DateField()
    state = models.CharField(max_length=20)

    @override
    def __str__(self) -> str:
        return self.ref


class ReplacementStep(models.Model):
    """Something that happened to a procedure, with the clauses it rests on."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    account = models.UUIDField()
    role = models.CharField(max_length=40)
    clauses = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.replacement_id} {self.kind}"
