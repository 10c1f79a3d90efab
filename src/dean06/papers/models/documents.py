"""Storage of papers: drafts and issued ones, and the number series that only an issue may move."""

from __future__ import annotations

import uuid

from django.db import models
from typing_extensions import override

from dean06.papers.models.carriage import Carried


class Series(models.Model):
    """The numbers of one group, symbol and year; a number is given at issue, never typed and never reused."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    symbol = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, help_text="the last day of its group; no number is given afterwards")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "symbol", "year"], name="one_series_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.symbol} {self.year}: {self.last}"


class Paper(models.Model):
    """One paper; its content is the typed document it is rendered from, its files lie under their checksums."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    symbol = models.CharField(max_length=40)
    number = models.PositiveIntegerField(null=True)
    year = models.PositiveIntegerField(null=True)
    abstract = models.CharField(max_length=500)
    content = models.JSONField()
    form = models.CharField(
        max_length=40, blank=True, help_text="code of the form it was made from; empty: a journey's"
    )
    facts = models.JSONField(default=dict, help_text="what was given to the form")
    stated = models.JSONField(default=list, help_text="words of the vocabulary that its drafter says hold of it")
    state = models.CharField(max_length=8, default="draft", help_text="draft, asked, signed, issued or dropped")
    manner = models.CharField(max_length=8, blank=True, help_text="digital or hand, once it is signed")
    signed_sha256 = models.CharField(
        max_length=64, blank=True, help_text="the PDF as its signer left it, no number yet"
    )
    scan_sha256 = models.CharField(max_length=64, blank=True, help_text="the scan of a paper signed by hand")
    seal = models.CharField(max_length=40, blank=True, help_text="code of the agency whose seal the charter gives")
    sealed_at = models.DateTimeField(null=True)
    drafter = models.CharField(max_length=36, blank=True)
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    annex_sha256 = models.CharField(max_length=64, blank=True)
    annex_kind = models.CharField(max_length=4, default="xlsx")
    reply_to = models.ForeignKey(
        "papers.Incoming", null=True, on_delete=models.PROTECT, related_name="replies", help_text="what it answers"
    )
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="where its proof stands")
    level = models.CharField(max_length=12, default="thuong", help_text="thuong; han_che: for its circle alone")
    circle = models.CharField(
        max_length=1000,
        blank=True,
        help_text="who reads a restricted one: ;r:role;a:agency; beside drafter and signers",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "symbol", "year", "number"], name="a_number_is_never_reused"),
            models.CheckConstraint(
                condition=models.Q(level__in=["thuong", "han_che"]), name="paper_is_no_state_secret"
            ),
        ]
        ordering = ["-created_at", "-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.number or '…'}/{self.symbol}"


class Dispatch(Carried):
    """One recipient of an issued paper, as its foot names them: how it goes there and how far it has come."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.CharField(max_length=300)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "recipient"], name="sent_once_to_each")]

    @override
    def __str__(self) -> str:
        return f"{self.recipient} {self.state}"
