"""Storage of seats: in a group, and the technical offices of the installation."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.offices.models.agencies import Post
from dean06.offices.models.groups import Group


class Seat(models.Model):
    """A place in a group: a role of its charter, for the nominee of an agency or the holder of a post."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, blank=True, help_text="nominee of an agency, or holder of a post")
    post_held = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="seats")
    mark = models.CharField(max_length=20, blank=True, help_text="tells seats of one role and agency from each other")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "role", "agency_code", "mark"], name="one_seat_a_place"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.title}, {self.post}" if self.post else self.title


class InstallationSeat(models.Model):
    """A technical office of the installation (operator, administrator of accounts): no seat in any group."""

    account = models.UUIDField(db_index=True)
    role = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return self.role
