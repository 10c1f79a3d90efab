"""Storage of registers: entries with their values, what happened to them, their links and files, a group's choices."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from dean06.work.registers.types import Happening, Level, LinkKind


class EntryCounter(models.Model):
    """The last number given in a register in a year; its row is the lock under which numbers are given."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "register", "year"], name="one_entry_counter_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.register}:{self.year}"


class Entry(models.Model):
    """One entry of a register; what its definition names as heading, agency, last day stands in columns besides."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=40)
    closed = models.BooleanField(default=False, help_text="no work is owed in its state")
    level = models.CharField(max_length=12, default=Level.ORDINARY.value)
    title = models.CharField(max_length=300)
    search = models.CharField(max_length=1200, help_text="number, heading and texts folded without tone marks")
    values = models.JSONField(default=dict)
    agency = models.CharField(max_length=20, blank=True)
    partners = models.CharField(max_length=300, blank=True, help_text="codes between semicolons: ;POL;TP;")
    due = models.DateField(null=True)
    since = models.DateField(help_text="the day its age counts from")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=120, blank=True, help_text="the norm or code it was made from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "register", "year", "number"], name="one_entry_a_number"),
            models.UniqueConstraint(
                fields=["group", "register", "origin"],
                condition=~models.Q(origin=""),
                name="one_entry_an_origin",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=[Level.ORDINARY.value, Level.RESTRICTED.value]),
                name="entry_is_no_state_secret",
            ),
            models.CheckConstraint(
                condition=models.Q(closed=True, closed_at__isnull=False) | models.Q(closed=False, closed_at=None),
                name="entry_closed_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "register", "state", "due"]),
            models.Index(fields=["group", "register", "closed", "since"]),
            models.Index(fields=["group", "agency", "closed", "due"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.register}:{self.year}:{self.number}"


class EntryEvent(models.Model):
    """One thing that happened to an entry, with the values it changed; they stay in this room."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    move = models.CharField(max_length=40, blank=True)
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=20, blank=True)
    seat = models.CharField(max_length=64, blank=True)
    citations = models.JSONField(default=list, help_text="clauses relied on, as dotted addresses")
    charter = models.CharField(max_length=64, blank=True, help_text="hash of the text that decided")
    line = models.CharField(max_length=64, blank=True, help_text="line of the text that decided")
    outcome = models.CharField(max_length=16)
    permit = models.CharField(max_length=64)
    paper = models.CharField(max_length=120, blank=True, help_text="the agency's paper where it was recorded for it")
    before = models.CharField(max_length=64, blank=True, help_text="digest of the entry before")
    after = models.CharField(max_length=64, help_text="digest of the entry after")
    changed = models.JSONField(default=dict, help_text="field: [old, new]")
    level_before = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=120, blank=True, help_text="a code or file name")
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in Happening]), name="entry_event_kind_known"
            )
        ]
        indexes = [models.Index(fields=["entry", "undone"]), models.Index(fields=["group", "at"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"


class EntryLink(models.Model):
    """A link of an entry to a task, a paper, a meeting or another entry."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=12)
    target = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "target"], name="one_entry_link_a_target"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in LinkKind]), name="entry_link_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["group", "kind", "target"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.entry_id} → {self.kind} {self.target}"


class EntryFile(models.Model):
    """A file that shows what an entry says; its bytes lie in the archive of papers."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    kept_sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    level = models.CharField(max_length=12, default=Level.ORDINARY.value)
    at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "kept_sha256"], condition=models.Q(taken_out_at=None), name="one_file_once_at_an_entry"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=[Level.ORDINARY.value, Level.RESTRICTED.value]),
                name="entry_file_is_no_state_secret",
            ),
        ]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.entry_id}: {self.name}"


class RegisterChoice(models.Model):
    """A group's dated choice on a register: fields hidden, codes added; the newest one not after a day counts."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    since = models.DateField()
    hidden = models.JSONField(default=list)
    added = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    permit = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["group", "register", "since"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.register}:{self.since}"
