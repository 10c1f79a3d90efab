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
