"""Storage of the agencies' monthly reports: the working copy, what was sent each time, the files beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override


class AgencyReport(models.Model):
    """The report of one agency due in one month, as it stands now."""

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft"
        SENT = "sent"
        RECEIVED = "received"
        RETURNED = "returned"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    agency = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0, help_text="how often it was sent")
    sheet = models.JSONField()
    corrected = models.JSONField(default=dict, help_text="code to the agency's own value and why")
    words = models.JSONField(default=dict, help_text="key of a part to what the agency wrote")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month", "agency"], name="one_agency_report_a_month")]
        ordering = ["-month", "agency"]

    @override
    def __str__(self) -> str:
        return f"{self.agency} {self.month}"


class AgencySending(models.Model):
    """One sending of a report: its content as it was sent, for ever, when it arrived, and what the receiver did."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="sendings")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, help_text="platform or paper")
    to = models.CharField(max_length=40, help_text="who receives, as the charter of that day names it")
    arrived_at = models.DateTimeField()
    account = models.UUIDField()
    entered_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="when it was returned or taken back")
    returned = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="one_sending_a_version")]
        indexes = [models.Index(fields=["group", "arrived_at"], name="sendings_of_a_group")]

    @override
    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


class AgencyFile(models.Model):
    """A file beside a report: an attachment, or the scan of the paper; it lies in the archive under its checksum."""

    kept_files: ClassVar = ("sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    scan = models.BooleanField(default=False)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.name
