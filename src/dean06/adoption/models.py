"""Storage of charters: lines, versions, who confirmed them, and the local rules that fill their gaps."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class CharterVersion(models.Model):
    """One version of a charter line, kept as the canonical JSON that its hash was taken of."""

    line = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    canonical = models.TextField()
    loaded_at = models.DateTimeField()
    instrument = models.CharField(max_length=80, blank=True, help_text="number and symbol entered by the group")
    adopted_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="one_version_a_number")]

    @override
    def __str__(self) -> str:
        return f"{self.line} v{self.number}"


class Confirmation(models.Model):
    """One person's confirmation of a version's number and date; two different people are needed."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="confirmations")
    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="one_confirmation_a_person")]

    @override
    def __str__(self) -> str:
        return str(self.at)


class LocalRule(models.Model):
    """A group's own answer to a gap of its charter: numbered, dated, signed, and always shown as local."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    gap = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    value = models.JSONField()
    adopted_on = models.DateField()
    adopted_by = models.UUIDField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_local_rule_a_number")]

    @override
    def __str__(self) -> str:
        return f"{self.gap} no. {self.number}"


class Statement(models.Model):
    """The statement of compliance of one month, frozen: later facts never change it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    charter_hash = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="one_statement_a_month")]

    @override
    def __str__(self) -> str:
        return self.month


class SwappedDay(models.Model):
    """A working day swapped by the Government for a year, as the office enters it."""

    day = models.DateField(unique=True)
    worked = models.BooleanField()
    source = models.CharField(max_length=200)

    @override
    def __str__(self) -> str:
        return f"{self.day}: {self.worked}"
