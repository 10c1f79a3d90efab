"""Storage of deliveries: what came, from whom, under which checksum, and what could not be taken."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Assignment(models.Model):
    """The leader's standing assignment of a source to the agency answerable for it; automatic acts cite its permit."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    source = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=20)
    coordinators = models.JSONField(default=list)
    citation = models.JSONField(default=dict)
    citation_label = models.CharField(max_length=120)
    norm_key = models.CharField(max_length=120, blank=True)
    reading = models.CharField(max_length=500, blank=True)
    permit_digest = models.CharField(max_length=64)
    assigned_by = models.UUIDField()
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "source"], name="one_assignment_a_source")]

    @override
    def __str__(self) -> str:
        return f"{self.source} → {self.agency_code}"


class Delivery(models.Model):
    """One file from one agency for one period."""

    class State(models.TextChoices):
        RECEIVED = "received"
        READ = "read"
        REFUSED = "refused"
        UNDONE = "undone"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    source = models.CharField(max_length=40)
    period = models.CharField(max_length=7, help_text="yyyy-mm")
    agency_code = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    file_size = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    complete = models.BooleanField(default=False, help_text="the agency declares the list complete")
    partial = models.BooleanField(default=False, help_text="only what changed since the last one")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    rows = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    sheets = models.JSONField(default=list)
    repairs = models.JSONField(default=dict)
    checked = models.JSONField(default=dict, help_text="rules tested and broken: counts alone")
    contract_sha256 = models.CharField(max_length=64, blank=True, help_text="the contract it is read by")
    problem_vi = models.CharField(max_length=600, blank=True)
    problem_en = models.CharField(max_length=600, blank=True)
    directory = models.CharField(max_length=200, help_text="relative to the vault")
    beside = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="companions",
        help_text="the delivery of the same file that this one came with",
    )

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["group", "source", "period"])]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "source", "period", "file_sha256"],
                condition=models.Q(state__in=["received", "read"]),
                name="one_delivery_a_file",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.source} {self.period}: {self.file_name}"


class Quarantined(models.Model):
    """A row that was set aside at the door, by sheet and row number; no value is kept here."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="set_aside")
    sheet = models.CharField(max_length=120)
    row = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    sentence = models.CharField(max_length=400)

    @override
    def __str__(self) -> str:
        return f"{self.sheet}:{self.row} {self.reason}"


class Feed(models.Model):
    """What feeds a source without a person; automatic pulls cite the permit under which it was set up.

    No secret is kept: `secret` says where it lies. `since` is how far the last delivered pull went, `taken` the whole
    files that were delivered, each with the sentence why it was refused, if it was.
    """

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    secret = models.CharField(max_length=120, blank=True)
    schedule = models.JSONField(default=dict)
    extent = models.CharField(max_length=10)
    whole = models.BooleanField(default=False, help_text="a full pull is the whole list of its period")
    enabled = models.BooleanField(default=True)
    permit_digest = models.CharField(max_length=64)
    set_up_by = models.UUIDField()
    set_up_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    taken = models.JSONField(default=list)
    next_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="one_feed_a_name")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} → {self.source}"


class Pull(models.Model):
    """One going of a puller to the other side; it stays the same however often it is taken up again."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    asked_by = models.UUIDField(null=True, help_text="empty where the schedule asked")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    period = models.CharField(max_length=7, help_text="yyyy-mm")
    extent = models.CharField(max_length=10)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField()
    pieces = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0, help_text="every try that failed")
    fruitless = models.PositiveIntegerField(default=0, help_text="those since a piece last came")
    next_try_at = models.DateTimeField()
    problem_vi = models.CharField(max_length=600, blank=True)
    problem_en = models.CharField(max_length=600, blank=True)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT)
    news = models.BooleanField(default=False, help_text="the delivery was new, not one that was there already")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_pull_a_feed",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.feed_id}: {self.period} {self.state}"


class ContractVersion(models.Model):
    """A group's own version of a contract, in force from a day; its text lies in the vault under its digest."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    base_sha256 = models.CharField(max_length=64, blank=True, help_text="the version it was begun from")
    in_force_from = models.DateField()
    adopted_at = models.DateTimeField()
    adopted_by = models.UUIDField()
    reason = models.CharField(max_length=300)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["group", "source", "version"], name="one_contract_a_version")]

    @override
    def __str__(self) -> str:
        return f"{self.source} v{self.version}"


class ContractDraft(models.Model):
    """What is being written of a contract; it binds nobody, and may be wrong until it is adopted."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40)
    body = models.JSONField()
    base_sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    trial = models.JSONField(default=dict, help_text="what a trial showed: counts alone")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "source"], name="one_contract_draft_a_source")]

    @override
    def __str__(self) -> str:
        return f"{self.source} (draft)"


class RuleDispute(models.Model):
    """An agency's word that a rule of a source is wrong, what was decided of it, and how long the rule rests.

    `until` is the first day on which the rule works again; `ended_on` is earlier where somebody ended it by an act.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SUSPENDED = "suspended"
        REFUSED = "refused"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=40)
    rule = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    examples = models.JSONField(default=list, help_text="rows by run, sheet and row; no value")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_agency = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_dispute_a_number"),
            models.UniqueConstraint(
                fields=["group", "source", "rule", "field"],
                condition=models.Q(state="waiting"),
                name="one_waiting_dispute_a_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(state="suspended", since__isnull=False, until__isnull=False)
                | (~models.Q(state="suspended") & models.Q(since=None, until=None, ended_on=None)),
                name="suspended_from_to",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"TC-{self.number}"


class RuleDisputeEvent(models.Model):
    """One act on a dispute: made, decided, ended early; by whom and why."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    dispute = models.ForeignKey(RuleDispute, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True)
    permit = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.dispute}: {self.act}"
