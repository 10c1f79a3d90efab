"""Storage of the figures that indicators are worked out from: every entry stays, the newest counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override


class InputFigure(models.Model):
    """One number of one input in one month, with where it comes from; an entry that was replaced says so."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    period = models.CharField(max_length=7)
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, help_text="null: taken back")
    note = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=10, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    account = models.UUIDField()
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "period", "code"], condition=Q(counts=True), name="one_figure_counts"
            )
        ]
        indexes = [models.Index(fields=["group", "code", "period"], name="figures_of_an_input")]

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.period}"
