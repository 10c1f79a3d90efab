"""Addresses at which software is told, and what is to be told there. No column holds a person's value."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.machines.types import HookState, ParcelState


class Hook(models.Model):
    """An address of an agency's software to which events are posted, once it has agreed to take them."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    public_id = models.UUIDField(unique=True)
    agency = models.CharField(max_length=20)
    url = models.CharField(max_length=500)
    state = models.CharField(max_length=8, default=HookState.WAITING.value)
    rate = models.PositiveIntegerField(null=True, help_text="events a minute that the receiver allows; empty: no bound")
    after_leaf = models.BigIntegerField(help_text="what stands in the ledger up to here is not told")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    permit = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="when the receiver last took an event")
    tries = models.PositiveSmallIntegerField(default=0, help_text="failed tries since the last that went well")
    free_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True, help_text="the last trouble, in our own sentence")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in HookState]), name="hook_state_known"),
            models.UniqueConstraint(
                fields=["group", "agency", "url"], condition=Q(ended_at=None), name="one_hook_an_address"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency} {self.state}"


class Parcel(models.Model):
    """One event for one address; its id is the same however often it is sent."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="parcels")
    event_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    at = models.DateTimeField()
    data = models.JSONField()
    state = models.CharField(max_length=8, default=ParcelState.QUEUED.value)
    tries = models.PositiveSmallIntegerField(default=0)
    free_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="the receiver's last answer")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ParcelState]), name="parcel_state_known"),
            models.UniqueConstraint(fields=["hook", "event_id"], name="an_event_is_told_once"),
        ]
        indexes = [models.Index(fields=["hook", "state", "free_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"
