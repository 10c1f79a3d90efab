"""Storage of a paper in work: its versions, what others say of them, and the appraisal that a charter may demand."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.papers.models.documents import Paper


class Version(models.Model):
    """One state of a draft: its typed content and the checksums of its files, never changed afterwards."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    account = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_draft_version_a_number")]
        ordering = ["number"]

    @override
    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class Comment(models.Model):
    """What somebody of the group says of a draft, at a section of it or of the whole."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comments")
    version = models.PositiveIntegerField()
    section = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=2000)
    account = models.CharField(max_length=36)
    author = models.CharField(max_length=300)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.paper_id} {self.at}"


class Appraisal(models.Model):
    """The opinion of the body that a charter has appraise a paper before its signature; it holds for one version."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="appraisals")
    docx_sha256 = models.CharField(max_length=64)
    agrees = models.BooleanField()
    text = models.CharField(max_length=2000)
    agency = models.CharField(max_length=40, blank=True)
    author = models.CharField(max_length=300)
    account = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.paper_id} {self.at}"
