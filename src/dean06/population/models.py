"""Storage of which register snapshots an installation holds. The people themselves lie in the vault."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Register(models.Model):
    """One verified snapshot of the population register for one group's territory, or what a service answered of it.

    Answers (`kind`) are those few people that the population service was asked about; after `until` they are emptied.
    """

    class Kind(models.TextChoices):
        SNAPSHOT = "snapshot"
        ANSWERS = "answers"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SNAPSHOT)
    until = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    directory = models.CharField(max_length=200, help_text="relative to the vault")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "sha256", "as_of"], name="one_snapshot_once")]
        ordering = ["-as_of", "-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.as_of} ({self.rows})"
