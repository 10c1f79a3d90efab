"""The delivered file as it lies in the vault: what its checksum is now."""

from __future__ import annotations

import hashlib

from dean06.sources.types import DeliveryInfo

__all__ = ["kept_sha256"]


def kept_sha256(delivery: DeliveryInfo) -> str:
    """Return the SHA-256 (hex) of a delivery's file as it lies in the vault now; empty where it is gone."""
    kept = [path for path in sorted(delivery.directory.glob("goc.*")) if path.suffix != ".part"]
    if not kept:
        return ""
    with kept[0].open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
