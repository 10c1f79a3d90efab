"""Storage of reports: the facts they were made of, and the sections as the clerk left them."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class MonthReport(models.Model):
    """The report due in one month; each making keeps its facts, so a change can be shown."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    version = models.PositiveIntegerField(default=1)
    since = models.DateField()
    until = models.DateField()
    sheet = models.JSONField()
    previous = models.JSONField(null=True)
    sections = models.JSONField()
    paper_id = models.BigIntegerField(null=True)
    drafted = models.CharField(max_length=64, blank=True, help_text="digest of the content its draft paper was made of")
    issued = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="one_report_a_month")]
        ordering = ["-month"]

    @override
    def __str__(self) -> str:
        return self.month


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


class Receipt(models.Model):
    """One recipient of an issued report: when it was sent."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="receipts")
    recipient = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.recipient} {self.sent_at}"
