"""The face of public keys: reading one that software shows."""

from __future__ import annotations

from dean06.machines.public_keys import public_jwk

__all__ = ["public_jwk"]
