"""The engine-independent hash of a key.

`hash64(text)` is the first eight bytes of the MD5 digest of the UTF-8 text, read as a big-endian signed integer in
two's complement. Every SQL engine has MD5, so a key computed by one is the key of all; MD5 serves here as a stable
fingerprint of a name, not as a safeguard.
"""

from __future__ import annotations

import hashlib


def hash64(text: str) -> int:
    """Return the signed 64-bit key of a text."""
    digest = hashlib.md5(text.encode("utf-8"), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
