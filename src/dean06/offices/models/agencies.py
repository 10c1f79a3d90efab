"""Storage of agencies, and of the groups that each serves."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.groups import Group


class Agency(models.Model):
    """An agency; one agency may serve several groups, under a code of each group's charter."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
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
