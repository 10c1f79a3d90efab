"""Storage of calendar addresses: of each only the SHA-256 of its secret part is kept."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Feed(models.Model):
    """The address of a calendar: the whole group's, or one person's meetings in it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=64)
    of_group = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id} {self.account}"
