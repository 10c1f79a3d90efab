"""Storage of work: tasks, who coordinates in them, and what happened to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.work.types import Addressed, Origin, Part, Status


class Counter(models.Model):
    """The last numbers given in a group; its row is the lock under which numbers are given."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)
    last_directive = models.PositiveIntegerField(default=0)
    last_matter = models.PositiveIntegerField(default=0)
    last_plan = models.PositiveIntegerField(default=0)

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
    source = models.CharField(max_length=300, blank=True, help_text="the paper or saying it comes from, in words")
    source_paper = models.PositiveBigIntegerField(null=True, help_text="number of that paper in the room of papers")
    addressed = models.CharField(max_length=10, default=Addressed.MEMBER.value)
    body = models.CharField(max_length=200, blank=True, help_text="the body asked, where it is none of the group")
    lead = models.CharField(max_length=20)
    accountable = models.CharField(max_length=200, blank=True, help_text="the one person the lead agency names")
    expected = models.CharField(max_length=500, blank=True, help_text="the result that is to come of it")
    important = models.BooleanField(default=False)
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
    percent = models.PositiveSmallIntegerField(default=0, help_text="how far the lead agency says it is")
    first_due = models.DateField(null=True, help_text="the last day before it was first extended")
    reported_at = models.DateTimeField(null=True, help_text="when the result that waits or was accepted came in")
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
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_within_hundred"),
            models.CheckConstraint(
                condition=Q(addressed__in=[one.value for one in Addressed]), name="task_addressed_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DONE.value, closed_at__isnull=False)
                | (~Q(status=Status.DONE.value) & Q(closed_at=None)),
                name="task_done_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "status", "due"]),
            models.Index(fields=["group", "lead", "status", "due"]),
            models.Index(fields=["group", "due", "number"]),
            models.Index(fields=["group", "status", "bound"]),
            models.Index(fields=["group", "origin", "origin_ref"]),
            models.Index(fields=["group", "closed_at"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}"


class Coordination(models.Model):
    """An agency that coordinates in a task, or follows it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="coordinations")
    agency = models.CharField(max_length=20)
    part = models.CharField(max_length=10, default=Part.COORDINATES.value)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "agency"], name="an_agency_coordinates_once")]
        indexes = [models.Index(fields=["group", "agency", "task"])]
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
    words = models.TextField(blank=True, help_text="what was said, kept here and never in the ledger")
    percent = models.PositiveSmallIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    proof = models.CharField(max_length=80, blank=True, help_text="the run, or the paper, that the event rests on")
    file_sha256 = models.CharField(max_length=64, blank=True)
    permit = models.CharField(max_length=64)
    before = models.JSONField(default=dict, help_text="the state the event found, for taking a run back")
    undone = models.BooleanField(default=False, help_text="taken back, with the run it rests on or by hand")

    class Meta:
        indexes = [models.Index(fields=["group", "kind", "at"]), models.Index(fields=["task", "proof"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"


class TaskFile(models.Model):
    """A file that shows how far a task is: kept by its checksum in the archive of papers, never changed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="files")
    kept_sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    agency = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "kept_sha256"], name="a_file_shows_a_task_once")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """More time for a task: asked for with a ground, granted or refused under a clause."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extensions")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    agency = models.CharField(max_length=20, blank=True)
    wanted = models.DateField()
    ground = models.CharField(max_length=500)
    before = models.DateField(help_text="the last day when it was asked for")
    answer = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    given = models.DateField(null=True)
    cites = models.JSONField(default=list, help_text="the clauses the answer rests on, as dotted addresses")
    charter_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(answer=""), name="one_extension_waits_a_task")
        ]
        indexes = [models.Index(fields=["group", "answer"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.task_id}: {self.wanted}"
