"""Storage of sending and receiving: whom the group reaches and how, what it took back, what came to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from dean06.papers.models.carriage import Carried, Channel, State
from dean06.papers.models.documents import Dispatch, Paper


class Connection(models.Model):
    """A group's office on the axis; its key is a file of its own, never in the database."""

    group = models.OneToOneField("offices.Group", on_delete=models.PROTECT)
    url = models.CharField(max_length=300)
    system_id = models.CharField(max_length=100)
    organ_code = models.CharField(max_length=40)
    organ_name = models.CharField(max_length=300)
    in_charge = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    permit_digest = models.CharField(max_length=64, blank=True, help_text="the permit that automatic intake cites")

    @override
    def __str__(self) -> str:
        return self.organ_code


class AddressEntry(models.Model):
    """How a recipient, named as the foot of a paper names them, is reached from a day on."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.CharField(max_length=300, blank=True)
    organ_code = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name", "since"], name="one_way_from_a_day_on"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="an_address_ends_after_it_begins"
            ),
        ]
        ordering = ["name", "-since"]

    @override
    def __str__(self) -> str:
        return f"{self.name}: {self.channel}"


class DistributionList(models.Model):
    """A name for several recipients, which a paper may give in their stead."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    names = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="one_list_of_a_name")]
        ordering = ["name"]

    @override
    def __str__(self) -> str:
        return self.name


class Withdrawal(models.Model):
    """An issued paper taken back, replaced, or never to be used: why, and by which paper; its number stays."""

    class Kind(models.TextChoices):
        RECALL = "recall", "Thu hồi"
        REPLACEMENT = "replacement", "Thay thế"
        VOID = "void", "Bỏ số"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="withdrawal")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    by_paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="withdraws")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, help_text="role under which it was decided")

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.paper_id}"


class Notice(Carried):
    """What tells one recipient of a withdrawal; `recalled` once they said that it is done."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="notices")
    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="notice")
    sent_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.dispatch.recipient} {self.state}"


class Step(models.Model):
    """A change of state of what was sent, with its instant; never changed, never removed."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    dispatch = models.ForeignKey(Dispatch, null=True, on_delete=models.PROTECT, related_name="steps")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=State.choices)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.state} {self.at}"


class IncomingSeries(models.Model):
    """The numbers of the incoming register of a year; given by the register alone, never used again."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="one_incoming_series_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Incoming(models.Model):
    """A paper that came; it has a number once the clerk took it into the register."""

    class Status(models.TextChoices):
        ARRIVED = "arrived", "Chờ tiếp nhận"
        REGISTERED = "registered", "Đã vào sổ"
        HANDED = "handed", "Đã chuyển xử lý"
        DONE = "done", "Đã xử lý xong"
        REFUSED = "refused", "Từ chối tiếp nhận"
        RECALLED = "recalled", "Bên gửi thu hồi"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    year = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ARRIVED)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    arrived_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    organ_code = models.CharField(max_length=40, blank=True)
    organ_name = models.CharField(max_length=300)
    label = models.CharField(max_length=120, help_text="number and symbol as printed; empty for a paper without")
    dated = models.DateField(null=True)
    document_id = models.CharField(max_length=400, blank=True, help_text="as its sender names it on the axis")
    kind = models.CharField(max_length=100)
    abstract = models.CharField(max_length=2000)
    signer = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)
    due = models.DateField(null=True, help_text="the sender's own deadline")
    pages = models.PositiveIntegerField(default=0)
    business = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=2000, blank=True)
    packet_id = models.CharField(max_length=200, blank=True)
    packet_digest = models.CharField(max_length=64, blank=True)
    sealed_by = models.CharField(max_length=500, blank=True, help_text="certificate that signed the packet")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced")
    recall_asked_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=2000, blank=True)
    recalled_at = models.DateTimeField(null=True)
    handed_to = models.CharField(max_length=300, blank=True)
    handed_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True, help_text="deadline that the group set")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="an_incoming_number_is_never_reused"),
            models.UniqueConstraint(
                fields=["group", "packet_digest"], condition=~Q(packet_digest=""), name="a_packet_is_taken_in_once"
            ),
        ]
        ordering = ["-priority", "arrived_at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.number or '…'}/{self.year or '…'}"


class IncomingFile(models.Model):
    """A file of a paper that came, kept in the archive under its checksum."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return self.name


class SetAside(models.Model):
    """A packet that could not be taken in: why, and what to do."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    packet_id = models.CharField(max_length=200)
    sender = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    reason_vi = models.CharField(max_length=1000)
    reason_en = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "packet_id"], name="set_aside_once")]
        ordering = ["-at", "-pk"]

    @override
    def __str__(self) -> str:
        return self.packet_id


class Answer(Carried):
    """A status that the sender of an incoming paper is told."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=2)
    told = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incoming", "code"], name="a_status_is_told_once")]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.state}"
