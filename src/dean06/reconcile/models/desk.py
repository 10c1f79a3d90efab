"""Storage of the review desk: which doubtful rows wait, who holds one, what was decided. No value of a person."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.reconcile.models.matching import Run


class Desk(models.Model):
    """The desk of one run: its doubtful rows in the order of a lot, some of them for two readers."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="desk")
    seed = models.CharField(max_length=64)
    share = models.FloatField(help_text="share of the rows that two people read")
    opened_at = models.DateTimeField()
    account = models.UUIDField()
    entry = models.BigIntegerField()

    @override
    def __str__(self) -> str:
        return f"L{self.run_id}"


class DeskRow(models.Model):
    """One doubtful row; `result`: the place of the candidate chosen, 0 for none of them, empty while open."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    stt = models.PositiveIntegerField()
    double = models.BooleanField(help_text="two people read it, neither seeing the other's answer")
    posterior = models.FloatField()
    commune = models.CharField(max_length=5, blank=True)
    candidates = models.JSONField(
        help_text="of each, by place: commitment to its number, score and terms in thousandths"
    )
    mark = models.CharField(max_length=64, help_text="commitment to what the row says and to its candidates")
    told = models.PositiveSmallIntegerField(default=0, help_text="readers whose decision stands")
    result = models.CharField(max_length=2, blank=True)
    carried = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    holder = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "place"], name="one_desk_row_a_place"),
            models.UniqueConstraint(fields=["desk", "stt"], name="one_desk_row_a_row"),
        ]
        indexes = [models.Index(fields=["group", "mark"], name="desk_row_by_mark")]

    @override
    def __str__(self) -> str:
        return f"{self.desk_id}:{self.stt}"


class DeskDecision(models.Model):
    """What one reader said of a row, or took back (`undoes`). Rows are only added."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(DeskRow, on_delete=models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=64, blank=True, help_text="commitment to the number of the person chosen")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField()
    account = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["account", "at"], name="desk_decision_by_reader")]

    @override
    def __str__(self) -> str:
        return f"{self.row_id}: {self.choice}"
