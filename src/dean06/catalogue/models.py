"""Storage of the catalogue. What is searched is `tokens`; migration 0002 keeps an index of it in either database."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Entry(models.Model):
    """One thing that can be found: where it stands, who may find it, and the tokens by which it is found."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    serial = models.BigIntegerField(default=0, help_text="the key, where that is a number")
    title = models.CharField(max_length=400)
    label = models.CharField(max_length=120, blank=True)
    route = models.CharField(max_length=60)
    args = models.JSONField(default=list)
    query = models.JSONField(default=dict)
    fragment = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    readers = models.JSONField(default=list, help_text="keys of who may find it")
    shelf = models.PositiveIntegerField(default=0, help_text="things of a group stand on shelves in their order")
    tokens = models.TextField(help_text="folded words, each under its group and shelf: `g12b3wnguyen`")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "kind", "key"], name="a_thing_is_entered_once")]
        indexes = [
            models.Index(fields=["group", "changed_at"]),
            models.Index(fields=["group", "kind", "serial"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Shelf(models.Model):
    """The shelf of a group on which the next new thing is put; its row is the lock under which places are given."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=0)
    filled = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"


class Making(models.Model):
    """A kind of a group that is to be entered anew; what is done stays done when the work is broken off."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, blank=True, help_text="empty for all of them")
    leaf = models.BigIntegerField(help_text="the newest leaf of the ledger when the whole work began")
    count = models.PositiveIntegerField(null=True, help_text="how many things there were; empty until it is done")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "kind"], name="a_kind_is_made_anew_once")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id} {self.kind}"
