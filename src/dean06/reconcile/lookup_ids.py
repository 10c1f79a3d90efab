"""Ids of people that hold for one address alone: the number, encrypted under a key drawn from the address's secret.

The secret is kept nowhere, so neither the database nor another address tells whose an id is (AES-SIV, RFC 5297: one
number always gives the same id, and a changed id is refused).
"""

from __future__ import annotations

import base64
import binascii
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES = 5  # twelve digits
FORM = re.compile(r"[A-Za-z0-9_-]{28}")  # sixteen bytes of seal and five of number

__all__ = ["FORM", "id_of", "key_of", "number_of"]


def key_of(token: str, address: str) -> bytes:
    """Return the key of an address's ids."""
    return HKDF(algorithm=hashes.SHA256(), length=64, salt=address.encode(), info=b"dean06/lookup-ids").derive(
        token.encode()
    )


def id_of(key: bytes, number: str) -> str:
    """Return the id of a personal number."""
    sealed = AESSIV(key).encrypt(int(number).to_bytes(BYTES, "big"), None)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def number_of(key: bytes, given: str) -> str | None:
    """Return the number of an id, or None where this address never gave it out."""
    if not FORM.fullmatch(given):
        return None
    try:
        sealed = base64.urlsafe_b64decode(given)
        return f"{int.from_bytes(AESSIV(key).decrypt(sealed, None), 'big'):012}"
    except (InvalidTag, binascii.Error, ValueError):
        return None
