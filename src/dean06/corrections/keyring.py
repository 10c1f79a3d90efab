"""Keyed fingerprints: the same fault has the same name for ever, and nobody without the key can guess whose it is."""

from __future__ import annotations

import hmac

from dean06.ledger import service as ledger

BETWEEN = "\x1f"


class Keyring:
    """Fingerprints of one source, under a key of their own that nothing a person types is ever committed under."""

    __slots__ = ("_key",)

    def __init__(self, source: str) -> None:
        self._key = ledger.derived_key(f"corrections/1{BETWEEN}{source}")

    def record(self, key: str) -> str:
        """Return the commitment of a record's key: the contract's key, else what stands for it."""
        return self._of("record", key)

    def finding(self, record: str, rule: str, field: str) -> str:
        """Return the fingerprint of a fault from its record's commitment, its rule and its field."""
        return self._of("finding", record, rule, field)

    def _of(self, *parts: str) -> str:
        return hmac.digest(self._key, BETWEEN.join(parts).encode(), "sha256").hex()
