"""The key of second factors: a file beside the other keys, so that a copy of the database alone holds no secret."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from dean06.clock.errors import Unavailable
from dean06.ledger import service as ledger

SIZE = 32
NONCE = 12


def _path() -> Path:
    return Path(settings.HOME) / "keys" / "second-factor.key"


def _lost() -> Unavailable:
    return Unavailable(
        f"Không mở được khóa của xác thực hai lớp ({_path().name}): khôi phục tệp từ bản sao lưu rồi làm lại.",
        f"The key of second factors ({_path().name}) is lost or another: restore it from a backup and try again.",
    )


def make() -> None:
    """Make the key if there is none; two processes that start together keep one and the same."""
    ledger.keep_once(_path(), secrets.token_bytes(SIZE))


def _key(use: str) -> bytes:
    """Return the key for one use, drawn from the file's."""
    try:
        whole = _path().read_bytes()
    except OSError as problem:
        raise _lost() from problem
    return hmac.digest(whole, use.encode(), "sha256")


def seal(secret: bytes, owner: str) -> bytes:
    """Return a secret encrypted for one owner: moved to another's row it does not open."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key("seal/1")).encrypt(nonce, secret, owner.encode())


def unseal(sealed: bytes, owner: str) -> bytes:
    """Return the secret of its owner."""
    try:
        return AESGCM(_key("seal/1")).decrypt(sealed[:NONCE], sealed[NONCE:], owner.encode())
    except (InvalidTag, ValueError) as problem:
        raise _lost() from problem


def digest(code: str, owner: str) -> str:
    """Return the keyed digest (hex) under which a recovery code is kept."""
    return hmac.digest(_key("recovery/1"), f"{owner}\x1f{code}".encode(), "sha256").hex()
