"""Storage of looking people up: the addresses, the calls at them, and who was shown; values of nobody."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class LookupAddress(models.Model):
    """A secret address under which people are looked up for a while, by one person in one seat, for one purpose."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    public_id = models.UUIDField(unique=True)
    account = models.UUIDField(db_index=True)
    seat = models.BigIntegerField(help_text="number of the seat it was opened in")
    role = models.CharField(max_length=40)
    purpose = models.TextField()
    source = models.CharField(max_length=40, help_text="the list that is worked on: its contract says what is shown")
    fields = models.JSONField(default=list, help_text="fields that are shown whole")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    permit = models.CharField(max_length=64)
    calls = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0, help_text="people shown, each as often as shown")
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.public_id}"


class Lookup(models.Model):
    """One call at such an address; what was asked and who was shown stand in its ledger entry as commitments."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    address = models.ForeignKey(LookupAddress, on_delete=models.PROTECT, related_name="lookups")
    operation = models.CharField(max_length=10)
    at = models.DateTimeField(help_text="on the group's own clock")
    called_at = models.DateTimeField(help_text="by the clock on the wall, for the pace")
    queries = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["address", "called_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.operation} {self.at}"


class LookedUp(models.Model):
    """That one person was shown in answer to a call; `person` is the keyed commitment to their number."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    lookup = models.ForeignKey(Lookup, on_delete=models.PROTECT, related_name="shown")
    person = models.CharField(max_length=64)
    fitted = models.BooleanField(default=False, help_text="found by a date or a number, or certain; not by name alone")

    class Meta:
        indexes = [models.Index(fields=["group", "person"])]
        constraints = [models.UniqueConstraint(fields=["lookup", "person"], name="one_person_once_a_lookup")]

    @override
    def __str__(self) -> str:
        return self.person[:12]
