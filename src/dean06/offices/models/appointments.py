"""Storage of appointments: who sits where, for how long."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group
from dean06.offices.models.seats import Seat


class Appointment(models.Model):
    """A person in a seat for a time. `account` is the public id of the account; a seat may be held without one."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    account = models.UUIDField(null=True, db_index=True)
    holder = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    instrument = models.CharField(max_length=120, blank=True, help_text="number of the appointing paper")
    instrument_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=120, blank=True, help_text="number of the paper that ended it")
    ended_on = models.DateField(null=True, help_text="date of that paper")
    recorded_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.holder} ({self.since})"
