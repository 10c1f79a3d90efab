"""Storage of corrections: runs, findings and orders. No column holds a person's value."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.corrections.types import DispositionKind, DispositionOutcome, Status


class Counter(models.Model):
    """The last number given to an order of a group; its row is the lock under which numbers are given."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.last}"


class Dataset(models.Model):
    """A source of a group; its row is the lock under which its findings change."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "source"], name="one_row_a_dataset")]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.source}"


class Run(models.Model):
    """A run whose findings were recorded, with what it changed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60)
    run_id = models.CharField(max_length=80)
    at = models.DateTimeField()
    complete = models.BooleanField()
    tally = models.JSONField(help_text="counts in all, by cause, commune and order")
    before = models.BinaryField(null=True, help_text="the state it found; empty once something rests on the run")
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "run_id"], name="a_run_is_recorded_once")]
        indexes = [models.Index(fields=["group", "source", "at"])]

    @override
    def __str__(self) -> str:
        return self.run_id


class Order(models.Model):
    """The findings of one cause, handed to the agency that answers for them."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    cause = models.CharField(max_length=40)
    agency = models.CharField(max_length=20)
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    reading = models.TextField(blank=True)
    task_id = models.BigIntegerField(null=True, help_text="the task in the room of work")
    opened_at = models.DateTimeField()
    due = models.DateField()
    first_due = models.DateField(null=True, help_text="the last day it was given, where pauses moved it since")
    paused = models.PositiveIntegerField(default=0, help_text="working days by which pauses have moved it")
    count = models.PositiveIntegerField(help_text="findings at opening")
    permit = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64, blank=True, help_text="the hand-over file")
    after_run = models.CharField(max_length=80, blank=True, help_text="the last run of the source when it was opened")
    voided_at = models.DateTimeField(null=True, help_text="when the run it rests on was taken back")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_order_a_number")]
        indexes = [models.Index(fields=["group", "agency"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}"


class Finding(models.Model):
    """A fault in one record of a source, under a fingerprint that stays the same over all deliveries."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    record = models.CharField(max_length=64, help_text="commitment of the record's key")
    field = models.CharField(max_length=20)
    rule = models.CharField(max_length=20)
    cause = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField()
    commune = models.CharField(max_length=10, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    dong = models.PositiveIntegerField()
    stt = models.PositiveBigIntegerField()
    first_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=12)
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="findings", db_index=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reopened = models.PositiveIntegerField(default=0)
    withdrawn_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "fingerprint"], name="one_finding_a_fingerprint"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="finding_status_known"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=3), name="finding_severity_known"),
            models.CheckConstraint(
                condition=Q(status=Status.PROVED.value, closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status=Status.PROVED.value) & Q(closed_by=None, closed_at=None)),
                name="finding_proved_by_a_run",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "source", "status", "cause"]),
            models.Index(fields=["order", "status"]),
            models.Index(fields=["group", "source", "stt", "id", "status"]),  # a page of a list is found in it alone
        ]

    @override
    def __str__(self) -> str:
        return f"{self.source}:{self.fingerprint[:12]}"


class Proposal(models.Model):
    """What the register's owner is asked to correct: which finding, on what ground; the values stay where they lie.

    `delivered` is a keyed commitment of what the list said when it was asked: if the list still says so when the
    finding is gone, the register came round.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        CITIZEN = "citizen"
        CIVIL_STATUS = "civil_status"
        BORNE_OUT = "borne_out"
        CORRECTED = "corrected"
        TAKEN_BACK = "taken_back"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="proposals")
    ground = models.CharField(max_length=20)
    paper = models.CharField(max_length=20, blank=True)
    kept_at = models.CharField(max_length=160, blank=True, help_text="where the paper lies, never what it says")
    delivered = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_agency = models.CharField(max_length=20, blank=True)
    permit = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Run, null=True, on_delete=models.PROTECT, related_name="+", help_text="the run that showed it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_proposal_a_number"),
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(state__in=["waiting", "accepted", "citizen", "civil_status"]),
                name="one_open_proposal_a_finding",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"ĐN-{self.number}"


class ProposalEvent(models.Model):
    """One act on a proposal: what was decided, by whom, for what reason."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=12, choices=Proposal.State)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, help_text="empty where a later snapshot or delivery showed it")
    reason = models.CharField(max_length=300, blank=True)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.proposal}: {self.state}"


class Handover(models.Model):
    """A package of orders that an agency took: which file, which findings under which marks."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    orders = models.JSONField(help_text="ids of the orders")
    rows = models.PositiveIntegerField()
    file_name = models.CharField(max_length=160)
    file_sha256 = models.CharField(max_length=64)
    permit = models.CharField(max_length=64)
    paper_id = models.BigIntegerField(null=True, help_text="the list that both sides sign, in the room of papers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_handover_a_number")]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:BG-{self.number}"


class HandedFinding(models.Model):
    """A finding in a package: the keyed mark of the value that was seen, by which a change at the source shows."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+", db_index=False)
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="handed")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="handed")
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "finding"], name="handed_once_a_package")]

    @override
    def __str__(self) -> str:
        return f"{self.handover}: {self.finding_id}"


class Disposition(models.Model):
    """What an agency answered on a row of its order: codes and a paper's number. It closes nothing."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="dispositions")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="dispositions")
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=8, help_text="page, file or service")
    outcome = models.CharField(max_length=12)
    run = models.ForeignKey(
        Run, null=True, on_delete=models.PROTECT, related_name="+", help_text="the run that spoke of it"
    )
    at = models.DateTimeField()
    by = models.UUIDField()
    agency = models.CharField(max_length=20)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in DispositionKind]), name="disposition_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in DispositionOutcome]), name="disposition_outcome_known"
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(outcome="waiting"), name="one_waiting_answer_a_finding"
            ),
        ]
        indexes = [models.Index(fields=["group", "agency", "outcome"])]

    @override
    def __str__(self) -> str:
        return f"{self.finding_id}: {self.kind}"


class AnswerFile(models.Model):
    """A file of answers that was taken in; the same file a second time changes nothing."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField()
    kept = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "sha256"], name="a_file_of_answers_once")]

    @override
    def __str__(self) -> str:
        return self.sha256[:12]
