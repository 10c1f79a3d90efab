"""What every packet on its way has, whatever it carries."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a recipient is reached; `none` until the address book says, `record` where a person only wrote it down."""

    EDXML = "edxml", "Trục liên thông"
    EMAIL = "email", "Thư điện tử"
    PORTAL = "portal", "Cổng thông tin"
    PAPER = "paper", "Bản giấy"
    NONE = "none", "Chưa có kênh"
    RECORD = "record", "Ghi nhận"


class State(models.TextChoices):
    """How far a packet has come."""

    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    ARRIVED = "arrived", "Đã đến"
    RECEIVED = "received", "Đã tiếp nhận"
    REFUSED = "refused", "Bị từ chối"
    FAILED = "failed", "Không gửi được"
    RECALLED = "recalled", "Đã thu hồi"


class Carried(models.Model):
    """A packet on its way: how, whither, how far, and whether a try may have left it on the axis already."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.RECORD)
    address = models.CharField(max_length=300, blank=True, help_text="e-mail or postal address")
    organ_code = models.CharField(max_length=40, blank=True, help_text="code in the register of organs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    queued_at = models.DateTimeField(null=True)
    packet_id = models.CharField(max_length=200, blank=True, help_text="id that the axis gave")
    packet_digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, help_text="a worker has it in hand until then")
    handed_over = models.BooleanField(default=False, help_text="a try was begun that may have reached the axis")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
