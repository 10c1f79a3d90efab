"""Storage of groups."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Group(models.Model):
    """A Project 06 group: attached to a unit and to a charter line, with predecessors and successors."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    level = models.CharField(max_length=20)
    unit_code = models.CharField(max_length=10)
    unit_on = models.DateField(help_text="a code means a unit only on a date")
    charter_line = models.SlugField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors")
    own_day = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ended_on = models.DateField(null=True, help_text="the last day, once it has handed over")
    ended_by = models.CharField(max_length=80, blank=True, help_text="number of the paper that ended it")
    ended_signed_on = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return self.short_name
