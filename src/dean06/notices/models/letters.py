"""Letters and where they go."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.notices.types import LetterState


class Mailbox(models.Model):
    """The e-mail address of an account, entered by its owner and confirmed by a link sent there."""

    account = models.UUIDField(unique=True)
    address = models.EmailField(max_length=200)
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="when the link was last sent")
    refused_at = models.DateTimeField(null=True, help_text="since when its server refuses letters for good")

    @override
    def __str__(self) -> str:
        return f"{self.account}"


class Letter(models.Model):
    """One e-mail to one person: a notice at once, or all that a digest gathers; with `confirms` the link alone."""

    account = models.UUIDField()
    address = models.CharField(max_length=200)
    confirms = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=LetterState.QUEUED.value)
    tries = models.PositiveSmallIntegerField(default=0)
    free_at = models.DateTimeField(help_text="a worker has it in hand, or waits after a failed try, until then")
    sent_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="the server's code and our sentence; no address")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in LetterState]), name="letter_state_known"),
        ]
        indexes = [models.Index(fields=["state", "free_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
