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
    register = models.ForeignKey(
        "population.Register", on_delete=models.PROTECT, null=True, help_text="null while its people are asked about"
    )
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
    report = models.JSONField(default=dict, help_text="what the engine said of its work: passes, pairs, times, weights")
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
    detail = models.JSONField(default=dict, help_text="what a share cannot tell: median and 95th percentile of days")

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
    frozen_by = models.UUIDField(null=True, help_text="empty where it was frozen by itself")
    permit = models.CharField(max_length=64)
    public_at = models.DateTimeField(null=True)
    public_permit = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="one_frozen_scorecard_a_month")]

    @override
    def __str__(self) -> str:
        return self.month


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
    people = models.JSONField(default=list, help_text="commitments to the numbers of people shown whom no row names")

    @override
    def __str__(self) -> str:
        return f"{self.run_id} {self.at}"


class Sample(models.Model):
    """Rows of a run drawn by lot, once a run and kind: nobody chooses them, and nobody draws again.

    `links` are read blind by two people, and so are rows that name nobody, `missing`; `field` is checked by the
    communes at the door.
    """

    class Kind(models.TextChoices):
        LINKS = "links"
        FIELD = "field"
        MISSING = "missing"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="samples")
    kind = models.CharField(max_length=10, choices=Kind)
    seed = models.CharField(max_length=64)
    among = models.PositiveIntegerField(help_text="rows that the lot was drawn among")
    drawn_at = models.DateTimeField()
    account = models.UUIDField()
    entry = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="one_sample_a_kind")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} L{self.run_id}"


class SampleRow(models.Model):
    """One row of a sample, in the order drawn; `result` is what came of it, empty while it is not settled."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    stt = models.PositiveIntegerField()
    commune = models.CharField(max_length=5, blank=True)
    result = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "place"], name="one_row_a_place")]
        ordering = ["place"]

    @override
    def __str__(self) -> str:
        return f"{self.sample_id}:{self.place}"


class Reading(models.Model):
    """What one person said of one row of a sample, or of one of its values; said once, never changed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    row = models.ForeignKey(SampleRow, on_delete=models.PROTECT, related_name="readings")
    field = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=10)
    at = models.DateTimeField()
    account = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "field", "account"], name="one_reading_a_reader")]

    @override
    def __str__(self) -> str:
        return f"{self.row_id} {self.field}: {self.said}"


class Feed(models.Model):
    """A source that may say things of people beside the register: under which basis, for what, since when."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40)
    basis = models.CharField(max_length=400)
    purposes = models.JSONField(help_text="codes of the table of purposes")
    since = models.DateField()
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField()
    permit = models.CharField(max_length=64, help_text="digest of the permit that every filling cites")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    removed = models.PositiveIntegerField(default=0, help_text="statements destroyed by the withdrawal")

    class Meta:
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "source"], condition=models.Q(withdrawn_at=None), name="one_feed_a_source"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.source} {self.since}"


class Filling(models.Model):
    """The statements that one run made under a feed: a file of the vault, never changed; what was destroyed is told."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="fillings")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="fillings")
    path = models.CharField(max_length=200, help_text="relative to the vault")
    sha256 = models.CharField(max_length=64)
    statements = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["feed", "run"], name="one_filling_a_run")]

    @override
    def __str__(self) -> str:
        return f"{self.feed_id}: {self.statements}"


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
