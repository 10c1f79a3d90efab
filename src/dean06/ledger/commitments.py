"""Keyed commitments to values of people, and keys drawn from the same secret that no value ever meets."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from dean06.ledger import keys

# What the inputs of keys begin with, and what is put before a value that begins like one of the two.
RESERVED, MARK = "dean06/", "\x1f"

__all__ = ["commitment", "commitments_to", "committer", "derived_key"]


def commitment(value: str) -> str:
    """Return the keyed commitment (HMAC-SHA-256, hex) by which the house speaks of a person's value without it."""
    return committer()(value)


def committer() -> Callable[[str], str]:
    """Return `commitment` with its key in hand, for a whole list of values."""
    key = _key()
    return lambda value: hmac.digest(key, _apart(value), "sha256").hex()


def commitments_to(text: str) -> tuple[str, str]:
    """Return the commitment to a text, and the one it had in entries from before values were kept apart from keys."""
    return commitment(text), hmac.digest(_key(), text.encode(), "sha256").hex()


def derived_key(use: str) -> bytes:
    """Return a key for one use of the house; no commitment equals it, whatever value somebody types."""
    return hmac.digest(_key(), f"{RESERVED}{use}".encode(), "sha256")


def _apart(value: str) -> bytes:
    """Return what is committed to for a value: itself, or marked where it would stand among the inputs of keys."""
    marked = value.startswith((RESERVED, MARK))
    return (f"{MARK}{value}" if marked else value).encode()


def _key() -> bytes:
    return keys.commitment_key(keys.KeyFiles(home=Path(settings.HOME)))
