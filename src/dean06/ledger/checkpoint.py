"""Signed checkpoints in the text form of C2SP tlog-checkpoint and signed-note, Ed25519. Pure."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A tree head: who keeps the log, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the body that is signed: three lines, each ended by a line feed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(origin: str, key: Ed25519PublicKey) -> bytes:
    """Return the four bytes that name a key in a note (signed-note, section on key IDs)."""
    return hashlib.sha256(origin.encode() + b"\n" + ED25519 + key.public_bytes_raw()).digest()[:4]


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Return the signed note."""
    body = checkpoint.text()
    signature = key_id(checkpoint.origin, key.public_key()) + key.sign(body.encode())
    return f"{body}\n— {checkpoint.origin} {base64.b64encode(signature).decode()}\n"


def parse(note: str, key: Ed25519PublicKey) -> Checkpoint | None:
    """Return the checkpoint of a note, or None when it is malformed or not signed by this key."""
    body, separator, tail = note.partition("\n\n")
    lines = body.split("\n")
    if not separator or len(lines) != 3:
        return None
    origin, size, root = lines
    mark = f"— {origin} "
    if not tail.startswith(mark) or not tail.endswith("\n"):
        return None
    try:
        signature = base64.b64decode(tail[len(mark) : -1], validate=True)
        checkpoint = Checkpoint(origin=origin, size=int(size), root=base64.b64decode(root, validate=True))
        key.verify(signature[4:], f"{body}\n".encode())
    except (ValueError, InvalidSignature):
        return None
    if signature[:4] != key_id(origin, key) or checkpoint.text() != f"{body}\n":
        return None
    return checkpoint
