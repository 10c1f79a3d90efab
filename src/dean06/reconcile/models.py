"""Storage of runs and scores. The rows of a run lie in the vault; here are counts and checksums only."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Run(models.Model):
    """One matching of one delivery with one snapshot."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    delivery = models.ForeignKey("sources.Delivery", on_delete=models.PROTECT, related_name="runs")
    register = models.ForeignKey("population.Register", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=40, blank=True)
    share = models.FloatField(default=0)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    fields_wrong = models.JSONField(default=dict)
    result_path = models.CharField(max_length=200, blank=True, help_text="relative to the vault")
    result_sha256 = models.CharField(max_length=64, blank=True)
    options = models.JSONField(default=dict)
    problem_vi = models.CharField(max_length=600, blank=True)
    problem_en = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]

    @override
    def __str__(self) -> str:
        return f"L{self.pk}"


class Score(models.Model):
    """One measure A/B of one run for one commune; `commune` empty means the whole territory."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    commune = models.CharField(max_length=5, blank=True)
    measure = models.CharField(max_length=4)
    good = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "commune", "measure"], name="one_score_a_measure")]

    @override
    def __str__(self) -> str:
        return f"{self.measure} {self.good}/{self.total}"


class Threshold(models.Model):
    """A threshold that the group decided. Rows are only added: a later decision judges from its own day on."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    source = models.CharField(max_length=40, blank=True, help_text="empty means every source")
    measure = models.CharField(max_length=4)
    value = models.DecimalField(max_digits=6, decimal_places=5, null=True, help_text="null gives an earlier one up")
    from_day = models.DateField()
    decision = models.CharField(max_length=80, help_text="number and symbol of the group's decision")
    decided_on = models.DateField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["from_day", "pk"]
        indexes = [models.Index(fields=["group", "from_day"])]

    @override
    def __str__(self) -> str:
        return f"{self.measure} {self.value} từ {self.from_day}"


class MonthScores(models.Model):
    """The scores of a group's month as they were frozen: the canonical JSON, and its SHA-256.

    `public_at` says since when strangers may read what is safe of it; null where they may not.
    """

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7, help_text="yyyy-mm, the period of the lists")
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.UUIDField()
    permit = models.CharField(max_length=64)
    public_at = models.DateTimeField(null=True)
    public_permit = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="one_frozen_scorecard_a_month")]

    @override
    def __str__(self) -> str:
        return self.month


class Decision(models.Model):
    """What a person decided on one row: a candidate chosen, not one person, or the register may be wrong."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="decisions")
    stt = models.PositiveIntegerField()
    choice = models.CharField(max_length=20)
    at = models.DateTimeField()
    account = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "stt"], name="one_decision_a_row")]

    @override
    def __str__(self) -> str:
        return f"{self.stt}: {self.choice}"


class Look(models.Model):
    """A look at rows of people: who, when, at which rows of which run, and for what; `entry` is its ledger entry."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="looks")
    account = models.UUIDField(db_index=True)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    purpose = models.TextField()
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    stts = models.JSONField(null=True, help_text="places of the rows shown; null means every row")
    entry = models.BigIntegerField()

    @override
    def __str__(self) -> str:
        return f"{self.run_id} {self.at}"
