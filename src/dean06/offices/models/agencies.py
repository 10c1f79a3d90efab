"""Storage of agencies, and of the groups that each serves."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group


class Agency(models.Model):
    """An agency; one agency may serve several groups, under a code of each group's charter."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    ended_on = models.DateField(null=True, help_text="the last day, once it is merged or abolished")
    ended_by = models.CharField(max_length=120, blank=True, help_text="the paper that ended it")
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")
    groups = models.ManyToManyField(Group, through="Service", related_name="agencies")

    @override
    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """An agency under the code that a group's charter gives it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "code"], name="one_agency_a_code")]

    @override
    def __str__(self) -> str:
        return self.code


class AgencyName(models.Model):
    """A name that an agency bore before its present one, until a day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    until = models.DateField()
    instrument = models.CharField(max_length=120, help_text="the paper that gave the next name")

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.until})"


class Post(models.Model):
    """A post in an agency, such as its head; who holds it may hold a seat in a group by it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=160)
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="one_post_a_title")]

    @override
    def __str__(self) -> str:
        return self.title
