"""Storage of work: tasks, who coordinates in them, and what happened to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.work.types import Origin, Status


class Counter(models.Model):
    """The last number given to a task of a group; its row is the lock under which numbers are given."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.last}"


class Task(models.Model):
    """A task: one agency leads, others coordinate, a clause is cited, and a last day stands."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    search = models.CharField(max_length=600, help_text="title, number and agencies folded without tone marks")
    origin = models.CharField(max_length=20)
    origin_ref = models.CharField(max_length=80, blank=True)
    lead = models.CharField(max_length=20)
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    norm = models.CharField(max_length=80, blank=True)
    charter_hash = models.CharField(max_length=64, blank=True)
    reading = models.TextField(blank=True, help_text="the reading of the clause, where the assignment is one")
    assigned_by_account = models.CharField(max_length=64)
    assigned_by_role = models.CharField(max_length=40)
    assigned_by_seat = models.CharField(max_length=64)
    permit = models.CharField(max_length=64)
    standing_permit = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    due = models.DateField()
    bound = models.DateTimeField(help_text="exclusive: the first instant that is too late")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, default=Status.OPEN.value)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True, help_text="the run that proved it")
    reopened = models.PositiveIntegerField(default=0)
    claimed = models.PositiveIntegerField(default=0, help_text="rows the agency says it corrected, last word")
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="went_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_task_a_number"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="task_done_within_total"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="task_status_known"),
            models.CheckConstraint(condition=Q(origin__in=[o.value for o in Origin]), name="task_origin_known"),
            models.CheckConstraint(
                condition=Q(status=Status.DONE.value, closed_at__isnull=False)
                | (~Q(status=Status.DONE.value) & Q(closed_at=None)),
                name="task_done_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "status", "due"]),
            models.Index(fields=["group", "lead"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}"


class Coordination(models.Model):
    """An agency that coordinates in a task."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="coordinations")
    agency = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "agency"], name="an_agency_coordinates_once")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.agency


class TaskEvent(models.Model):
    """One thing that happened to a task; `actor` is an account, or `auto` where a delivery or a schedule acted."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=80, blank=True, help_text="a code, never free text")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    proof = models.CharField(max_length=80, blank=True, help_text="the run, or the paper, that the event rests on")
    file_sha256 = models.CharField(max_length=64, blank=True)
    permit = models.CharField(max_length=64)
    before = models.JSONField(default=dict, help_text="the state the event found, for taking a run back")
    undone = models.BooleanField(default=False, help_text="the run it rests on was taken back")

    class Meta:
        indexes = [models.Index(fields=["group", "kind", "at"]), models.Index(fields=["task", "proof"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"
