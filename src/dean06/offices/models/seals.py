"""Storage of the register of seals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group


class Seal(models.Model):
    """A seal that a group's papers bear: whose it is, who keeps it, from when until when."""

    kept_files: ClassVar = ("specimen",)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seals")
    agency_code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    custodian = models.CharField(max_length=200)
    specimen = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the kept picture of its print")
    suffix = models.CharField(max_length=5, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.since})"
