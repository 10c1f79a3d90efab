"""Storage of absences."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group
from dean06.offices.models.seats import Seat


class Absence(models.Model):
    """A recorded absence of a seat's holder; it switches the acting power of Article 4 on and off."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    recorded_by = models.UUIDField()
    ground = models.CharField(max_length=300, blank=True)
    planned_until = models.DateTimeField(null=True, help_text="as first recorded, where it ended earlier")

    @override
    def __str__(self) -> str:
        return f"{self.since}/{self.until}"
