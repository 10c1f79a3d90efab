"""What happens to a record of conduct: the columns that every such event has."""

from __future__ import annotations

from django.db import models


class Happening(models.Model):
    """One thing that happened to a record: when, what, by whom in which seat, under which clauses and permit."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    account = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=400, blank=True)
    clauses = models.JSONField(default=list)
    permit = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering = ["pk"]
