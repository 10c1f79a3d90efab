"""The keys of the installation's own with which it signs what software gets; files, never in the database."""

from __future__ import annotations

import hmac
import os
import threading
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from joserfc.jwk import OctKey, OKPKey

from dean06.clock.errors import Unavailable

NAME = "machine-events.key"

__all__ = ["event_key", "published", "token_key"]


def token_key() -> OctKey:
    """Return the key of access tokens, drawn from the installation's secret: who changes that, ends every token."""
    return OctKey.import_key(hmac.digest(settings.SECRET_KEY.encode(), b"dean06 machine token/1", "sha256"))


def _path() -> Path:
    return Path(settings.HOME) / "keys" / NAME


def _make(path: Path) -> None:
    """Write the key if there is none; two processes that start together keep one and the same."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(pem)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:  # another process was first; its key stands
        return
    finally:
        draft.unlink()


def event_key() -> Ed25519PrivateKey:
    """Return the key with which events are signed; it is made when it is first needed."""
    path = _path()
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError) as problem:
        raise _broken() from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise _broken()
    return key


def _broken() -> Unavailable:
    return Unavailable(
        f"Không đọc được khóa ký tin ({NAME}): khôi phục tệp từ bản sao lưu.",
        f"The key that signs events ({NAME}) cannot be read: restore it from a backup.",
    )


def published() -> dict[str, str]:
    """Return the public key by which a receiver checks an event, as a JWK with its `kid`."""
    key = OKPKey.import_key(event_key())
    public = {name: str(value) for name, value in key.as_dict(private=False).items()}
    return public | {"kid": key.thumbprint(), "use": "sig", "alg": "Ed25519"}
