"""The engine-independent hash of a key.

`hash63(text)` is the first eight bytes of the MD5 digest of the UTF-8 text, read as a little-endian whole number
without its highest bit. Every SQL engine has MD5 and a signed number of 64 bits, so a key computed by one is the key
of all; MD5 serves here as a stable fingerprint of a name, not as a safeguard.
"""

from __future__ import annotations

import hashlib

MASK = (1 << 63) - 1


def hash63(text: str) -> int:
    """Return the 63-bit key of a text."""
    digest = hashlib.md5(text.encode("utf-8"), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "little") & MASK
