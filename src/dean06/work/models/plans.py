"""Storage of programmes and plans, and of their lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.work.types import PlanKind, PlanState


class Plan(models.Model):
    """A programme, plan, inspection plan or an agency's detailed plan of a year, on its way to being issued."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    agency = models.CharField(max_length=20, blank=True, help_text="whose detailed plan it is")
    higher = models.CharField(max_length=300, blank=True, help_text="the plan above that it carries out")
    reason = models.CharField(max_length=500, blank=True, help_text="why it is drafted where the charter names another")
    state = models.CharField(max_length=10, default=PlanState.DRAFT.value)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, blank=True)
    cites = models.JSONField(default=list)
    charter_hash = models.CharField(max_length=64, blank=True)
    returned = models.CharField(max_length=500, blank=True, help_text="why it was sent back last")
    paper = models.PositiveBigIntegerField(null=True, help_text="the paper by which it is issued")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=40, blank=True, help_text="role of the signer")
    issued_label = models.CharField(max_length=80, blank=True)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_plan_a_number"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PlanKind]), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in PlanState]), name="plan_state_known"),
        ]
        indexes = [models.Index(fields=["group", "year", "kind"])]
        ordering = ["-year", "-number"]

    @override
    def __str__(self) -> str:
        return self.title


class PlanLine(models.Model):
    """One line of a plan; `key` is what it is known by when its list is imported again."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    label = models.CharField(max_length=20, blank=True, help_text="its number as printed")
    heading = models.CharField(max_length=300, blank=True)
    content = models.CharField(max_length=1000)
    lead = models.CharField(max_length=20, blank=True)
    coordinating = models.JSONField(default=list)
    due = models.DateField(null=True)
    due_words = models.CharField(max_length=80, blank=True, help_text="the deadline as printed")
    product = models.CharField(max_length=500, blank=True)
    task = models.ForeignKey("work.Task", null=True, on_delete=models.PROTECT, related_name="plan_lines")
    gone = models.BooleanField(default=False, help_text="left out when its list was imported again")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_line_a_key")]
        indexes = [models.Index(fields=["group", "plan", "place"])]
        ordering = ["place", "pk"]

    @override
    def __str__(self) -> str:
        return self.key
