"""Storage of violations, what happened to each, and every look at one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.conduct.models.happenings import Happening
from dean06.conduct.types import Step


class Violation(models.Model):
    """A violation: who, what, which rule, the person's own word, how it was handled."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=32, unique=True, help_text="the id in permits and the ledger; tells nothing")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200)
    agency = models.CharField(max_length=20)
    acts = models.TextField()
    rules = models.CharField(max_length=400)
    happened_on = models.DateField()
    opened_at = models.DateTimeField()
    step = models.CharField(max_length=10, default=Step.OPENED.value)
    statement = models.TextField(blank=True)
    heard_on = models.DateField(null=True)
    outcome = models.CharField(max_length=600, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    paper_on = models.DateField(null=True)
    passed_to = models.CharField(max_length=200, blank=True)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="one_violation_a_number"),
            models.CheckConstraint(condition=Q(step__in=[one.value for one in Step]), name="violation_step_known"),
            models.CheckConstraint(
                condition=~Q(step__in=[Step.HEARD.value, Step.HANDLED.value]) | Q(heard_on__isnull=False),
                name="nobody_handled_unheard",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.mark


class ViolationEvent(Happening):
    """One thing that happened to a violation."""

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="events")

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.violation_id}"


class ViolationLook(models.Model):
    """One look at a violation's record, with its purpose."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.violation_id} {self.at}"
