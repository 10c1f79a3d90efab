"""Storage of votes, positions and decisions.

Of a secret vote two tables know different things: who has voted (`Elector.voted`), and what was voted
(`SecretBallot`). No key, order or time joins them: a ballot has a random key and no instant, and each new one changes
places with one cast before it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.meetings.models.agenda import Item
from dean06.meetings.models.meetings import Invitee, Meeting
from dean06.meetings.types import Choice


class Vote(models.Model):
    """A question put to the vote; the roll and the rules are those of the moment it opened."""

    kept_files: ClassVar = ("scan_sha256",)

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="votes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    question = models.CharField(max_length=500)
    secret = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=400, blank=True)
    is_open = models.BooleanField(default=True)
    rules = models.JSONField(default=list)
    count = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, blank=True)
    decided_by_chair = models.BooleanField(default=False)
    cited = models.JSONField(default=dict)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scan_suffix = models.CharField(max_length=8, blank=True)
    scan_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_open=True), name="one_open_vote_a_meeting")
        ]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.question


class Elector(models.Model):
    """An entitled seat as the roll stood when the vote opened."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="electors")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    on_roll = models.BooleanField()
    by_substitute = models.BooleanField(default=False)
    substitute_account = models.CharField(max_length=64, blank=True)
    conflict = models.BooleanField(default=False)
    voted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "invitee"], name="one_elector_a_seat")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.vote_id}:{self.invitee_id}"


class OpenBallot(models.Model):
    """A ballot of an open vote; it may change until the vote is closed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="ballot")
    choice = models.CharField(max_length=10)
    at = models.DateTimeField()
    from_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=[c.value for c in Choice]), name="open_ballot_known")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.elector_id}"


class SecretBallot(models.Model):
    """A ballot of a secret vote: what was voted, never by whom or when."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="secret_ballots")
    choice = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=[c.value for c in Choice]), name="secret_ballot_known")
        ]

    @override
    def __str__(self) -> str:
        return str(self.vote_id)


class Position(models.Model):
    """What a member said of a matter that the leader decides."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="positions")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "invitee"], name="one_position_a_seat")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.item_id}:{self.invitee_id}"


class Decision(models.Model):
    """What was decided of an item: by the group's majority or by the leader, with the clause of that mode."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    vote = models.OneToOneField(Vote, null=True, on_delete=models.PROTECT, related_name="decision")
    mode = models.CharField(max_length=10)
    text = models.TextField()
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120, blank=True)
    cited = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.mode} {self.item_id}"
