"""Storage of charters: lines, versions, who confirmed them, and the local rules that fill their gaps."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class CharterVersion(models.Model):
    """One version of a charter line, kept as the canonical JSON that its hash was taken of."""

    line = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    canonical = models.TextField()
    loaded_at = models.DateTimeField()
    instrument = models.CharField(max_length=80, blank=True, help_text="number and symbol entered by the group")
    adopted_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True, help_text="of a later version; the first takes its day from the text")
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="one_version_a_number")]

    @override
    def __str__(self) -> str:
        return f"{self.line} v{self.number}"


class Confirmation(models.Model):
    """One person's confirmation of a version's number and date; two different people are needed."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="confirmations")
    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="one_confirmation_a_person")]

    @override
    def __str__(self) -> str:
        return str(self.at)


class Draft(models.Model):
    """A charter being written by a group: the plain values of its package's files, and what the proposal is about."""

    OPEN, SUBMITTED, ADOPTED, DROPPED = "open", "submitted", "adopted", "dropped"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    base_hash = models.CharField(max_length=64, blank=True, help_text="the text it amends; empty for a new one")
    follows = models.CharField(max_length=64, blank=True, help_text="the newest adopted text when it was written")
    title = models.CharField(max_length=300)
    to_check = models.JSONField(
        default=list, blank=True, help_text="places where a move to the newest text met a change of both"
    )
    clause = models.CharField(max_length=40, blank=True, help_text="the clause a proposal to amend is bound to")
    reason = models.CharField(max_length=1000, blank=True)
    files = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=OPEN)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="when the leader's decision went to the issuing authority")
    decided_by = models.UUIDField(null=True, help_text="the leader whose word it is")
    decided_at = models.DateTimeField(null=True)
    decided_revision = models.PositiveIntegerField(null=True, help_text="the revision that the word was on")
    decision_note = models.CharField(max_length=1000, blank=True)
    instrument = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    confirmed_hash = models.CharField(max_length=64, blank=True, help_text="what the first of two people confirmed")

    class Meta:
        ordering = ["-changed_at", "-pk"]

    @override
    def __str__(self) -> str:
        return self.title


class DraftConfirmation(models.Model):
    """One person's word that this very text, number and date are adopted; two different people are needed."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="confirmations")
    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "account"], name="one_word_a_person")]

    @override
    def __str__(self) -> str:
        return str(self.at)


class Submission(models.Model):
    """A paper that puts one revision of a draft before the authority that issued the charter.

    What it says follows from the draft and the text in force; kept are the clerk's own words, by paragraph.
    """

    DRAFTED, SIGNED, REPLACED, WITHDRAWN = "drafted", "signed", "replaced", "withdrawn"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="submissions")
    revision = models.PositiveIntegerField(help_text="of the draft that it was made from")
    base_hash = models.CharField(max_length=64, help_text="the text in force that it was compared with")
    in_force_from = models.DateField(help_text="the day proposed")
    words = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=DRAFTED)
    paper_id = models.BigIntegerField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "state"],
                condition=models.Q(state__in=["drafted", "signed"]),
                name="one_submission_at_a_time",
            )
        ]
        ordering = ["-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.draft_id} r{self.revision}: {self.state}"


class LocalRule(models.Model):
    """A group's own answer to a gap of its charter: numbered, dated, signed, and always shown as local."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    gap = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    value = models.JSONField()
    adopted_on = models.DateField()
    adopted_by = models.UUIDField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_local_rule_a_number")]

    @override
    def __str__(self) -> str:
        return f"{self.gap} no. {self.number}"


class Statement(models.Model):
    """The statement of compliance of one month, frozen: later facts never change it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    charter_hash = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="one_statement_a_month")]

    @override
    def __str__(self) -> str:
        return self.month


class Succession(models.Model):
    """The end of a group and its hand-over: a plan that can be changed and dropped, and what was done, frozen."""

    OPEN, DONE, DROPPED = "open", "done", "dropped"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, default=OPEN)
    last_day = models.DateField()
    instrument = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    successors = models.JSONField(help_text="short names of the groups that succeed")
    choices = models.JSONField(help_text="what a person chose for single tasks and duties, by their key")
    revision = models.PositiveIntegerField(default=1)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_hash = models.CharField(max_length=64, blank=True, help_text="what the first of two people confirmed")
    canonical = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(state__in=["open", "done"]), name="one_succession_a_group"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}: {self.last_day}"


class SuccessionConfirmation(models.Model):
    """One person's word that a group ends and hands over just so; two different people are needed."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="confirmations")
    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["succession", "account"], name="one_word_a_person_on_an_end")]

    @override
    def __str__(self) -> str:
        return str(self.at)


class SwappedDay(models.Model):
    """A working day swapped by the Government for a year, as the office enters it."""

    day = models.DateField(unique=True)
    worked = models.BooleanField()
    source = models.CharField(max_length=200)

    @override
    def __str__(self) -> str:
        return f"{self.day}: {self.worked}"
