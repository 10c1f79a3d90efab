"""The keys of the installation's own with which it signs what software gets; files, never in the database."""

from __future__ import annotations

import hmac
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from joserfc.jwk import OctKey, OKPKey

from dean06.clock.errors import Unavailable
from dean06.ledger import service as ledger

NAME = "machine-events.key"

__all__ = ["event_key", "published", "token_key"]


def token_key() -> OctKey:
    """Return the key of access tokens, drawn from the installation's secret: who changes that, ends every token."""
    return OctKey.import_key(hmac.digest(settings.SECRET_KEY.encode(), b"dean06 machine token/1", "sha256"))


def _path() -> Path:
    return Path(settings.HOME) / "keys" / NAME


def event_key() -> Ed25519PrivateKey:
    """Return the key with which events are signed; it is made when it is first needed."""
    path = _path()
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        ledger.keep_once(path, pem)
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
