"""Storage of the log. Triggers (migration 0002) refuse any change of an entry but the giving of its leaf."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Entry(models.Model):
    """One act. `body` is what was hashed; the other columns repeat parts of it for look-up and are checked too."""

    body = models.TextField()
    leaf_hash = models.CharField(max_length=64)
    leaf_index = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    scope = models.CharField(max_length=80)
    actor = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    permit_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"]),
            models.Index(fields=["scope", "action"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.action} {self.object_kind}:{self.object_id}"


class Checkpoint(models.Model):
    """A signed tree head; `frontier` lets the sequencer go on without reading the log again."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    frontier = models.TextField()
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.size} {self.root}"


class Reason(models.Model):
    """Why somebody acted where the charter is silent or only warns, in their own words; the log holds a commitment."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()

    @override
    def __str__(self) -> str:
        return f"reason of {self.entry_id}"


class Follower(models.Model):
    """How far somebody who keeps something of their own by the log has come: the last leaf taken."""

    name = models.CharField(max_length=40, unique=True)
    leaf = models.BigIntegerField(default=-1)

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.leaf}"
