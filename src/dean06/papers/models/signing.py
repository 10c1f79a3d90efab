"""Storage of signing: who was asked, who signed and how, by hand or digitally, and the agency's seal."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.papers.models.documents import Paper


class SigningRequest(models.Model):
    """A paper put before the holder of a seat; one at a time, for the very draft that lay there."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="requests")
    seat = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    docx_sha256 = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, default="waiting")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=models.Q(state="waiting"), name="before_one_signer_at_a_time"
            )
        ]
        ordering = ["asked_at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.paper_id} {self.title}: {self.state}"


class Signature(models.Model):
    """One signature on a paper: a person's or the agency's, digital or by hand, and the file that bears it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=8)
    manner = models.CharField(max_length=8)
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    account = models.CharField(max_length=36)
    certificate = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "kind"], name="a_person_and_an_agency_sign_once")]
        ordering = ["at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind} {self.manner}"
