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


class FieldSheet(models.Model):
    """Rows of one order to be checked at the door, of one hamlet; its rows move when sheets are split or merged."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    order = models.BigIntegerField(help_text="the order in the room of corrections")
    agency = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    hamlet = models.CharField(max_length=160, blank=True, help_text="empty where the address names none")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, help_text="when its rows went to other sheets, or its order was voided")
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_field_sheet_a_number")]

    @override
    def __str__(self) -> str:
        return f"PX-{self.number}"


class FieldRow(models.Model):
    """One fault to be checked at the door: where it lies, never what it says."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+", db_index=False)
    sheet = models.ForeignKey(FieldSheet, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    run = models.CharField(max_length=80)
    stt = models.PositiveBigIntegerField()
    field = models.CharField(max_length=20)
    cause = models.CharField(max_length=400)
    title = models.CharField(max_length=160, blank=True)
    open = models.BooleanField(default=True, help_text="on a sheet that stands")

    class Meta:
        ordering = ["sheet_id", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "fingerprint"], condition=models.Q(open=True), name="a_fault_is_on_one_field_sheet"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.place}"


class FieldPrint(models.Model):
    """One printing of a sheet: its number tells the paper in hand from the newest."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(FieldSheet, on_delete=models.CASCADE, related_name="prints")
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    rows = models.PositiveIntegerField()
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["edition"]
        constraints = [models.UniqueConstraint(fields=["sheet", "edition"], name="one_print_an_edition")]

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.edition}"


class FieldAnswer(models.Model):
    """What somebody wrote down at the door: a claim until the commune police confirm it. A value lies encrypted."""

    class State(models.TextChoices):
        CLAIMED = "claimed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        REPLACED = "replaced"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(FieldRow, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True, help_text="the right value as it was told, encrypted")
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    at = models.DateTimeField()
    by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["row"], condition=models.Q(state__in=["claimed", "confirmed"]), name="one_standing_field_answer"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.row_id}: {self.code}"
