"""Storage of long work: where it stands, for the page that waits for it."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Job(models.Model):
    """One long piece of work asked for by a person; it decides again when it runs."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    account = models.UUIDField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=40, blank=True)
    share = models.FloatField(default=0)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result_id = models.CharField(max_length=80, blank=True)
    problem_vi = models.CharField(max_length=600, blank=True)
    problem_en = models.CharField(max_length=600, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"])]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
