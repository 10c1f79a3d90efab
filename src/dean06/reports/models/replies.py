"""Storage of what parties say of their duties."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class DutyReply(models.Model):
    """What the party answerable says of a duty, and whether the board's owner takes it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    norm = models.CharField(max_length=80)
    bearer = models.CharField(max_length=80)
    period = models.CharField(max_length=80)
    text = models.CharField(max_length=1000)
    done_on = models.DateField(null=True)
    paper = models.CharField(max_length=120, blank=True, default="")
    together = models.BigIntegerField(null=True, help_text="the first of the replies said at once")
    account = models.UUIDField()
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    weighed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["group", "month"], name="replies_of_a_month")]

    @override
    def __str__(self) -> str:
        return f"{self.norm} {self.period}"
