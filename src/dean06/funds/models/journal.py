"""Storage of sources, their lines, the journal, and closed years."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.funds.types import Account, Kind, SourceKind


class Counter(models.Model):
    """The last numbers given in a group; its row is the lock under which money moves."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT, related_name="+")
    sources = models.PositiveIntegerField(default=0)
    movements = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.movements}"


class Source(models.Model):
    """Where money of a year comes from, and the paper that allots it."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    allotted_by = models.CharField(max_length=200)
    manager = models.CharField(max_length=20, blank=True, help_text="the agency that manages the money")
    manager_by = models.CharField(max_length=120, blank=True, help_text="the clause or local rule that says so")
    paper = models.CharField(max_length=80)
    paper_on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=8, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_fund_source_a_number"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in SourceKind]), name="fund_source_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["group", "year"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}"


class Line(models.Model):
    """A budget line of a source and what stands in its accounts; they are the sums of its movements."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=200)
    allotted = models.BigIntegerField(default=0)
    available = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "name"], name="a_fund_line_stands_once"),
            models.CheckConstraint(
                condition=Q(available__gte=0, reserved__gte=0, spent__gte=0), name="no_fund_account_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(allotted=F("available") + F("reserved") + F("spent")), name="fund_accounts_add_up"
            ),
        ]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.source_id} {self.name}"


class Movement(models.Model):
    """One entry of the journal: a sum goes from one account of a line to another. Never changed, never removed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12)
    taken_from = models.CharField(max_length=10)
    given_to = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    paper = models.CharField(max_length=80, blank=True)
    paper_on = models.DateField(null=True)
    note = models.CharField(max_length=400, blank=True)
    request = models.ForeignKey("funds.SpendingRequest", null=True, on_delete=models.PROTECT, related_name="movements")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_fund_movement_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_movement_has_a_sum"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Kind])
                & Q(taken_from__in=[one.value for one in Account])
                & Q(given_to__in=[one.value for one in Account])
                & ~Q(taken_from=F("given_to")),
                name="fund_movement_goes_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["line", "number"])]
        ordering = ["number"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number} {self.kind} {self.amount}"


class Year(models.Model):
    """A closed year: nothing is entered into it any more."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=80)
    paper_on = models.DateField()
    returned = models.BigIntegerField()
    carried = models.BigIntegerField()
    at = models.DateTimeField()
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="a_fund_year_closes_once")]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.year}"
