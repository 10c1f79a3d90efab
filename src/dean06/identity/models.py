"""Accounts, invitations and second factors. An account says who signs in; it never says what they may do."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from typing_extensions import override

# Django's own, so that sessions from before accounts could end them all stay good.
SESSION_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


class Account(AbstractBaseUser):
    """One person's way in. `public_id` is what other rooms and the ledger know of it."""

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    public_id = models.UUIDField(unique=True)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    email = models.CharField(max_length=254, blank=True)
    sessions = models.PositiveIntegerField(default=0, help_text="raised when every session of the account must end")

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"

    @override
    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Return what a session is bound to: the password, and how often all sessions were ended."""
        bound = f"{self.password}:{self.sessions}" if self.sessions else self.password
        return salted_hmac(SESSION_SALT, bound, secret=secret, algorithm="sha256").hexdigest()


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


class Invitation(models.Model):
    """A link that serves once: its owner sets a password by it. Only a digest of what stands in it is kept."""

    class Purpose(models.TextChoices):
        JOIN = "join", "Lời mời"
        RESET = "reset", "Cấp lại đường vào"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    sent_to = models.CharField(max_length=254, blank=True, help_text="empty where it was handed over on paper")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.account_id} {self.purpose}"
