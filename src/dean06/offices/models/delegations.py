"""Storage of delegations."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group
from dean06.offices.models.seats import Seat


class Delegation(models.Model):
    """A delegation by the holder of a seat to another seat, in writing, for a time; never passed on."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    from_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations_given")
    to_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations_held")
    actions = models.JSONField(default=list, help_text="actions covered; empty means every action")
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300)
    instrument = models.CharField(max_length=120, blank=True, help_text="number of the paper, where one was made")
    instrument_on = models.DateField(null=True)
    paper_id = models.BigIntegerField(null=True, help_text="the draft or paper in the papers room")
    revoke_reason = models.CharField(max_length=300, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.since}/{self.until}"
