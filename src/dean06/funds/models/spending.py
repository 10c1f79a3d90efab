"""Storage of requests to spend, their payments, and what happened to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.funds.models.journal import Line, Movement
from dean06.funds.types import State


class SpendingRequest(models.Model):
    """A request to spend from one line; `paid` is the sum of its payments that stand."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="requests")
    title = models.CharField(max_length=300)
    ground = models.TextField()
    search = models.CharField(max_length=600, help_text="title, ground and number folded without tone marks")
    items = models.JSONField()
    amount = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=State.REQUESTED.value)
    asked_by = models.CharField(max_length=64)
    asked_role = models.CharField(max_length=40)
    asked_agency = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    paper_id = models.BigIntegerField(null=True, help_text="the letter drafted from it")
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_spending_request_a_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, paid__gte=0, paid__lte=F("amount")), name="spending_within_request"
            ),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="spending_state_known"),
        ]
        indexes = [models.Index(fields=["group", "state"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}"


class Payment(models.Model):
    """A payment of a request with its document; it is undone by a reversal in the journal alone."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(SpendingRequest, on_delete=models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    on = models.DateField()
    content = models.CharField(max_length=300)
    document = models.CharField(max_length=80)
    document_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=8)
    file_name = models.CharField(max_length=200)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="payment")

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.request_id} {self.amount}"


class SpendingEvent(models.Model):
    """One thing that happened to a request."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(SpendingRequest, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=400, blank=True)
    amount = models.BigIntegerField(default=0)
    clauses = models.JSONField(default=list)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"
