"""Codes that serve once: those a phone shows (RFC 6238), and those on paper for the day it is lost. Pure."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS = 6
STEP = 30  # seconds
SKEW = 1  # steps that a phone's clock may be ahead or behind (RFC 6238, 5.2)
SECRET = 20  # bytes: the length of SHA-1, as RFC 4226 (4, R6) recommends
ISSUER = "dean06"
# Without letters that are taken for digits or for each other; ten of them are 49 bits.
PAPER = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PAPER_SIZE = 10
PAPER_CODES = 10


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303  all that phones take; HMAC does not rest on collisions


def new_secret() -> bytes:
    """Return a fresh secret."""
    return secrets.token_bytes(SECRET)


def code_at(secret: bytes, instant: datetime) -> str:
    """Return the code that a phone shows at an instant."""
    return _totp(secret).generate(int(instant.timestamp())).decode()


def step_of(secret: bytes, code: str, instant: datetime) -> int | None:
    """Return the step of time whose code this is, within the skew; every step is compared, however many fit."""
    now = int(instant.timestamp()) // STEP
    found: int | None = None
    for step in range(now - SKEW, now + SKEW + 1):
        if hmac.compare_digest(_totp(secret).generate(step * STEP), code.encode()):
            found = step
    return found


def uri(secret: bytes, name: str) -> str:
    """Return the address that a phone reads from the picture."""
    return _totp(secret).get_provisioning_uri(name, ISSUER)


def typed(secret: bytes) -> str:
    """Return the secret as a person types it where the picture cannot be read: groups of four letters."""
    whole = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(whole[place : place + 4] for place in range(0, len(whole), 4))


def paper_codes() -> tuple[str, ...]:
    """Return fresh recovery codes as they are printed: two groups of five."""
    drawn = ("".join(secrets.choice(PAPER) for _ in range(PAPER_SIZE)) for _ in range(PAPER_CODES))
    return tuple(f"{one[:5]}-{one[5:]}" for one in drawn)


def cleaned(given: str) -> str:
    """Return a code as it is compared, without the spaces and dashes that people type."""
    return re.sub(r"[^0-9A-Z]", "", given.upper())[: 2 * PAPER_SIZE]


def is_of_phone(code: str) -> bool:
    """Say whether a cleaned code is one that a phone shows; else it is taken for one on paper."""
    return len(code) == DIGITS and code.isdecimal()
