"""Accounts and second factors. An account says who signs in; it never says what they may do."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override


class Account(AbstractBaseUser):
    """One person's way in. `public_id` is what other rooms and the ledger know of it."""

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    public_id = models.UUIDField(unique=True)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"

    @override
    def __str__(self) -> str:
        return self.username


class SecondFactor(models.Model):
    """The secret an account shares with its owner's phone, sealed under a key outside of the database."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, help_text="since when it serves; empty while it is being set up")
    last_step = models.BigIntegerField(default=0, help_text="step of time of the last code taken: it serves once")
    failures = models.PositiveIntegerField(default=0, help_text="tries since the last right one")
    tried_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.account_id} {self.confirmed_at or '…'}"


class RecoveryCode(models.Model):
    """A code on paper that serves once in place of the phone; only its keyed digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="one_recovery_code")]

    @override
    def __str__(self) -> str:
        return f"{self.account_id} {self.used_at or '…'}"
