"""What shows that whoever calls holds a key: the proof that goes with each request (DPoP, RFC 9449).

Pure but for the clock: whether a proof came before is for the caller to keep.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from joserfc import jws, jwt
from joserfc.errors import JoseError

from dean06.clock import service as clock
from dean06.machines import public_keys
from dean06.machines.errors import MachineInvalid, NotRecognised

KIND = "dpop+jwt"
FRESH = timedelta(seconds=60)
"""How far the moment that a proof states may lie from ours, either way."""
BIGGEST = 4000  # characters of a proof


class _Registry(jws.JWSRegistry):
    """Takes the head of a proof, which holds a whole public key."""

    max_header_length = 2500


__all__ = ["FRESH", "Proof", "Shown", "checked", "digest_of_token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A request with the proofs it bears: `addresses` are the names under which it may have been sent."""

    method: str
    addresses: tuple[str, ...]
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof that holds: of which key, under which number, and until when it could be shown again."""

    thumbprint: str
    number: str
    until: datetime


def _refused() -> NotRecognised:
    """Return the one answer to a proof that does not hold: it does not tell what was wrong."""
    return NotRecognised(
        "invalid_dpop_proof",
        "Chứng minh khóa (DPoP) không dùng được: mỗi lời gọi một chứng minh mới, đúng phương thức, địa chỉ và giờ.",
        "The proof of the key (DPoP) does not hold: a new one for each call, of its method, address and time.",
    )


def digest_of_token(token: str) -> str:
    """Return what a proof says of the token it goes with: `ath`."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()


def _address(url: str) -> str:
    """Return an address as two are compared: without query and fragment, scheme and host in small letters."""
    parts = urlsplit(url)
    host, scheme = (parts.hostname or "").lower(), parts.scheme.lower()
    port = parts.port if parts.port not in {None, 443 if scheme == "https" else 80} else None
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit((scheme, f"{shown}:{port}" if port else shown, parts.path or "/", "", ""))


def checked(shown: Shown, token: str | None = None) -> Proof:
    """Return the one proof of a request, if it holds.

    Args:
        shown: the request: its method, where it was sent, and the proofs it bears.
        token: the access token that it goes with; None where a token is being asked for.
    """
    if len(shown.proofs) != 1 or len(shown.proofs[0]) > BIGGEST or not shown.proofs[0].isascii():
        raise _refused()
    try:
        thumbprint, told = _opened(shown.proofs[0])
        number, at = told["jti"], told["iat"]
        if told["htm"] != shown.method or _address(told["htu"]) not in map(_address, shown.addresses):
            raise _refused()
    except (JoseError, MachineInvalid, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _refused() from problem
    if token is not None and told.get("ath") != digest_of_token(token):
        raise _refused()
    if not isinstance(number, str) or not 8 <= len(number) <= 200 or not _is_fresh(at):
        raise _refused()
    return Proof(thumbprint=thumbprint, number=number, until=datetime.fromtimestamp(int(at), UTC) + 2 * FRESH)


def _is_fresh(at: object) -> bool:
    if isinstance(at, bool) or not isinstance(at, int | float):
        return False
    return abs(at - clock.now().timestamp()) <= FRESH.total_seconds()


def _opened(proof: str) -> tuple[str, dict[str, Any]]:
    """Return the thumbprint of the key that a proof bears and signs with, and what it says."""
    head = jws.extract_compact(proof.encode(), registry=_Registry()).headers()
    if head.get("typ") != KIND or "crit" in head:
        raise _refused()
    jwk = public_keys.public_jwk(head.get("jwk"))
    registry = _Registry(algorithms=list(public_keys.ALGORITHMS[jwk["kty"]]))
    told = jwt.decode(proof, public_keys.loaded(jwk), registry=registry).claims
    return public_keys.thumbprint(jwk), dict(told)
