"""Storage of commendations: a proposal, whom it is for, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.conduct.models.happenings import Happening
from dean06.conduct.types import State


class Commendation(models.Model):
    """A commendation from its proposal to its end."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    search = models.CharField(max_length=600, help_text="title, form and names folded without tone marks")
    form = models.CharField(max_length=80)
    ground = models.CharField(max_length=400)
    ground_key = models.CharField(max_length=400, help_text="the ground folded: the same ground is found by it")
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, default=State.PROPOSED.value)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=64)
    decided_as = models.CharField(max_length=80, blank=True, help_text="number of the paper that decides")
    decided_on = models.DateField(null=True)
    result = models.CharField(max_length=400, blank=True)
    paper_id = models.BigIntegerField(null=True)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="one_commendation_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="commendation_state_known"
            ),
        ]
        indexes = [models.Index(fields=["group", "ground_key"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.year}.{self.number}"


class Honoured(models.Model):
    """An agency or a person that a commendation is for: name, post and agency alone."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    commendation = models.ForeignKey(Commendation, on_delete=models.PROTECT, related_name="honoured")
    agency = models.CharField(max_length=20)
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=200, blank=True)
    deeds = models.CharField(max_length=600)
    figures = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.name or self.agency


class CommendationEvent(Happening):
    """One thing that happened to a commendation."""

    commendation = models.ForeignKey(Commendation, on_delete=models.PROTECT, related_name="events")

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.commendation_id}"
