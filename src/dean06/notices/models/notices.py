"""Notices and what readers chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.notices.models.letters import Letter
from dean06.notices.types import Mail


class Notice(models.Model):
    """A sentence told to one account in one group, under its clause, with the page it leads to."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    account = models.UUIDField()
    seat = models.BigIntegerField(null=True, help_text="the seat it was told in; read only while that is held")
    kind = models.CharField(max_length=30)
    vi = models.CharField(max_length=500)
    en = models.CharField(max_length=500)
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=60)
    args = models.JSONField(default=list)
    at = models.DateTimeField()
    key = models.CharField(max_length=120)
    restricted = models.BooleanField(default=False)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=8)
    read_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account", "key"], name="a_notice_is_told_once"),
            models.CheckConstraint(condition=Q(mail__in=[m.value for m in Mail]), name="notice_mail_known"),
        ]
        indexes = [
            models.Index(fields=["account", "-at"]),
            models.Index(fields=["account", "group"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(
                fields=["mail", "at"], condition=Q(letter=None, read_at=None) & ~Q(mail="never"), name="notices_unsent"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Choice(models.Model):
    """What a reader chose for a kind."""

    account = models.UUIDField()
    kind = models.CharField(max_length=30)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="one_choice_a_kind"),
            models.CheckConstraint(condition=Q(mail__in=[m.value for m in Mail]), name="choice_mail_known"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.mail}"
