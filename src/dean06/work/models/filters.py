"""Storage of filters that people keep for the list of tasks."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class SavedFilter(models.Model):
    """A filter under a name: its keeper's own, or shared with the group."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500, help_text="as it stands in the address of the list")
    shared = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account", "name"], name="one_filter_a_name")]
        ordering = ["name", "pk"]

    @override
    def __str__(self) -> str:
        return self.name
