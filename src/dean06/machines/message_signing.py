"""Signing a message over HTTP: RFC 9421 over method, address, kind and digest of the body (RFC 9530), with Ed25519.

The address is signed too, so that an event taken from one receiver is worth nothing at another; the body travels as it
is, so that any reader of CloudEvents takes it unchanged.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

COVERED = ("@method", "@target-uri", "content-type", "content-digest")
LABEL = "dean06"

__all__ = ["signed"]


def _digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signed(
    key: Ed25519PrivateKey, key_id: str, *, url: str, content_type: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Return the headers with which a body is posted to an address."""
    digest = _digest(body)
    values = dict(zip(COVERED, ("POST", url, content_type, digest), strict=True))
    names = " ".join(f'"{name}"' for name in COVERED)
    parameters = f'({names});created={int(at.timestamp())};keyid="{key_id}";alg="ed25519";tag="{LABEL}"'
    lines = [f'"{name}": {value}' for name, value in values.items()]
    text = "\n".join([*lines, f'"@signature-params": {parameters}'])
    signature = base64.b64encode(key.sign(text.encode())).decode()
    return {
        "Content-Type": content_type,
        "Content-Digest": digest,
        "Signature-Input": f"{LABEL}={parameters}",
        "Signature": f"{LABEL}=:{signature}:",
    }
