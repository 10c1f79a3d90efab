"""Accounts. An account says who signs in; it never says what they may do."""

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
