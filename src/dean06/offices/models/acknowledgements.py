"""Storage of who has read which version of the charter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from dean06.offices.models.appointments import Appointment
from dean06.offices.models.groups import Group


class Acknowledgement(models.Model):
    """That the holder of a seat has read a version of the charter; on paper it was entered for them, with a scan."""

    kept_files: ClassVar = ("scan",)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="acknowledgements")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="acknowledgements")
    charter_hash = models.CharField(max_length=64)
    read_on = models.DateField()
    at = models.DateTimeField()
    entered_by = models.UUIDField()
    on_paper = models.BooleanField(default=False)
    scan = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "charter_hash"], name="one_acknowledgement_a_version"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} {self.charter_hash[:8]}"


class Reminder(models.Model):
    """That somebody was reminded to read a version."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="reminders")
    charter_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} {self.at}"
