"""Storage of agencies' estimates, consolidated budgets, and proposals of a funding mechanism."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.funds.types import EstimateState


class Estimate(models.Model):
    """What one agency asks for in a year."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    agency = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=EstimateState.DRAFT.value)
    sent_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, help_text="why it was returned")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "agency"], name="one_estimate_a_year_and_agency"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in EstimateState]), name="estimate_state_known"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.year}:{self.agency}"


class EstimateLine(models.Model):
    """One line of an estimate as it stands now."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="lines")
    content = models.CharField(max_length=300)
    ground = models.CharField(max_length=300)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=40)
    price = models.BigIntegerField()
    months = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0, price__gt=0, months__gte=1), name="estimate_line_counts")
        ]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.content


class EstimateEvent(models.Model):
    """One thing that happened to an estimate; `sha256` is that of its lines after it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    estimate = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=400, blank=True)
    amount = models.BigIntegerField(default=0)
    clauses = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.estimate_id}"


class Budget(models.Model):
    """The estimates of a year put together; each line names the estimate it comes from and its checksum."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    total = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_agency = models.CharField(max_length=20, blank=True)
    paper_id = models.BigIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_as = models.CharField(max_length=80, blank=True, help_text="number of the paper that submits it")
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "version"], name="one_budget_a_version"),
        ]
        ordering = ["year", "version"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.year}.{self.version}"


class Mechanism(models.Model):
    """A proposal of the mechanism by which the data's upkeep is paid for, with the paper drafted from it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    content = models.TextField()
    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    clauses = models.JSONField(default=list)
    paper_id = models.BigIntegerField(null=True)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.title
