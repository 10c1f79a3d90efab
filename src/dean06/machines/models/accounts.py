"""Accounts of software and their calls. No secret is stored: a public key, and digests of what serves once."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Machine(models.Model):
    """The account of an agency's software in one group."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    public_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=20)
    scopes = models.JSONField(default=list)
    purpose = models.CharField(max_length=300)
    ends_on = models.DateField(help_text="the last day on which it serves, on the group's calendar")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    permit = models.CharField(max_length=64, help_text="every act of the software rests on it")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    code_digest = models.CharField(max_length=64, blank=True, db_index=True, help_text="of the code shown once")
    code_until = models.DateTimeField(null=True)
    key = models.JSONField(null=True, help_text="the public key, as a JWK")
    thumbprint = models.CharField(max_length=43, blank=True)
    key_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    refused = models.PositiveIntegerField(default=0, help_text="calls that were refused")
    refused_at = models.DateTimeField(null=True)
    refused_for = models.CharField(max_length=40, blank=True, help_text="the code of the last refusal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="one_machine_a_name")]

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.agency})"


class Assertion(models.Model):
    """A signed assertion, or a proof of a key, that was taken; until it ends by itself it is not taken again."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="assertions")
    digest = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "digest"], name="an_assertion_serves_once")]
        indexes = [models.Index(fields=["until"])]

    @override
    def __str__(self) -> str:
        return self.digest[:12]


class Call(models.Model):
    """One call of a piece of software: which operation on which object, for what, and how it was answered."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    machine = models.ForeignKey(Machine, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    operation = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40, blank=True)
    status = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["machine", "at"])]

    @override
    def __str__(self) -> str:
        return f"{self.operation} {self.status}"


class Answer(models.Model):
    """What was answered to a request with a key of repetition; the same request gets the same answer."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64, help_text="digest of the key: it is the caller's word")
    digest = models.CharField(max_length=64, help_text="of method, address and body")
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    etag = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "key"], name="one_answer_a_key")]
        indexes = [models.Index(fields=["at"])]

    @override
    def __str__(self) -> str:
        return f"{self.key[:12]} {self.status}"
