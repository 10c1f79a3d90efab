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


class IssuedReport(models.Model):
    """A report as it was issued, for ever; one that was mended after its sending is issued again beside it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveIntegerField()
    month = models.CharField(max_length=7)
    until = models.DateField()
    sheet = models.JSONField()
    sections = models.JSONField()
    content = models.CharField(max_length=64)
    paper_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True, help_text="false once a later issue has taken its place")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_issue_a_number"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(counts=True), name="one_issue_counts"),
        ]
        indexes = [models.Index(fields=["group", "until"], name="issues_of_a_group")]

    @override
    def __str__(self) -> str:
        return f"{self.month} #{self.number}"


class Figure(models.Model):
    """A number of an issued report that a parent group lays beside those of others."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    issue = models.ForeignKey(IssuedReport, on_delete=models.PROTECT, related_name="figures")
    month = models.CharField(max_length=7)
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "code"], name="one_figure_an_issue")]
        indexes = [models.Index(fields=["month", "group"], name="figures_of_a_month")]

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.month}"


class Receipt(models.Model):
    """One recipient of an issued report: when it was sent."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="receipts")
    recipient = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    issue = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=200, blank=True, default="")

    @override
    def __str__(self) -> str:
        return f"{self.recipient} {self.sent_at}"
