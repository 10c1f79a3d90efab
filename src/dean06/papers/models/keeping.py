"""Storage of keeping: the list of files of a year, the files with their pieces, hand-ins to the archive, decisions."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class FileList(models.Model):
    """The list of files (danh mục hồ sơ) of a group and year; decided once, under the number of a decision."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    instrument = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="one_list_of_files_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.year} {self.instrument}"


class HandIn(models.Model):
    """A hand-over of files to the agency's archive: two people sign, one who gives and one who receives."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    given_by = models.CharField(max_length=64)
    giver = models.CharField(max_length=200)
    giver_post = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    condition = models.CharField(max_length=300)
    received_by = models.CharField(max_length=64, blank=True)
    receiver = models.CharField(max_length=200, blank=True)
    receiver_post = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="hand_ins_are_counted")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.given_at}"


class WorkFile(models.Model):
    """One file (hồ sơ công việc): planned in a list or opened beside it; `holder` has it now, `group` made it."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    holder = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="held_files")
    year = models.PositiveIntegerField()
    heading = models.CharField(max_length=10)
    heading_title = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    term_kind = models.CharField(max_length=20)
    term_years = models.PositiveIntegerField(default=0)
    term_source = models.CharField(max_length=300)
    compared = models.BooleanField(default=True)
    keeper = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    planned = models.BooleanField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    hand_in = models.ForeignKey(HandIn, on_delete=models.PROTECT, null=True, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "heading", "number"], name="a_file_has_one_symbol")
        ]
        ordering = ["year", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.number:02d}.{self.heading}"


class Piece(models.Model):
    """One paper or document in a file; what was taken out stays on record without a number."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    work_file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=3)
    ref = models.CharField(max_length=80)
    symbol = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True)
    title = models.CharField(max_length=600)
    author = models.CharField(max_length=300)
    pages = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=5, blank=True)
    put_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)
    taken_out_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_file", "kind", "ref"], condition=models.Q(taken_out_at=None), name="a_piece_lies_once"
            )
        ]
        ordering = ["number", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class Fate(models.Model):
    """What was decided about a file whose term has run out; nothing happens to it by itself."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    work_file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="fates")
    outcome = models.CharField(max_length=10)
    more_years = models.PositiveIntegerField(default=0)
    instrument = models.CharField(max_length=80)
    signed_on = models.DateField()
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.outcome} {self.instrument}"


class QrChoice(models.Model):
    """Whether a group's papers carry the QR code that leads to their proof."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT)
    shown = models.BooleanField()

    @override
    def __str__(self) -> str:
        return f"{self.shown}"
