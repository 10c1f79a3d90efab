"""A signing service in the manner of the Cloud Signature Consortium (versions 1 and 2), on this machine alone.

It keeps keys, wants a bearer token, releases a key for one hash by PIN and one-time code, and takes each release once
and only for a while. It can be told to misbehave as services do.
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

from dean06.demo.loopback import Answer, Loopback, Question
from dean06.demo.pki import Key

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA_SHA256, ECDSA_SHA256 = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"

__all__ = ["Credential", "Manner", "RemoteService"]


class Manner(StrEnum):
    """How the service behaves."""

    ORDINARY = "ordinary"
    HANGS_AT_SIGNING = "hangs"
    SHORT_SIGNATURE = "short"
    OTHER_KEY = "other_key"
    FAILS = "fails"
    NONSENSE = "nonsense"


@dataclass(frozen=True, slots=True)
class Credential:
    """A key of the service; with `coded` it also wants a one-time code, which it sends when asked."""

    key: Key
    chain: tuple[x509.Certificate, ...]
    pin: str
    coded: bool = False
    enabled: bool = True


class _Refused(Exception):
    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.status = error, status


@dataclass
class RemoteService:
    """The service: `with RemoteService({...}, "token") as service: service.url(1)`.

    Attributes:
        released_for: seconds that a release of a key holds.
        delay: seconds before each answer.
        signed: how many hashes were signed.
        sent: the one-time code last sent for each credential, as it would stand on a telephone.
    """

    credentials: dict[str, Credential]
    token: str
    manner: Manner = Manner.ORDINARY
    released_for: float = 30.0
    delay: float = 0.0
    signed: int = 0
    sent: dict[str, str] = field(default_factory=dict)
    _released: dict[str, tuple[str, tuple[str, ...], float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._door = Loopback(self._answer)

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._door.__enter__()
        return self

    def __exit__(self, *left: object) -> None:
        """Stop."""
        self._door.__exit__(None, None, None)

    def url(self, version: int) -> str:
        """Return the base address of a version of the API."""
        return f"{self._door.address}/csc/v{version}"

    def _answer(self, asked: Question) -> Answer:
        time.sleep(self.delay)
        if self.manner is Manner.NONSENSE:
            return Answer(200, b"<html>", "text/html")
        try:
            self._admit(asked)
            _, _, version, *path = asked.path.split("/")
            return Answer(200, json.dumps(self._call("/".join(path), version, json.loads(asked.body))).encode())
        except _Refused as refused:
            return Answer(refused.status, json.dumps({"error": refused.error}).encode())
        except (ValueError, KeyError, TypeError):
            return Answer(400, json.dumps({"error": "invalid_request"}).encode())

    def _admit(self, asked: Question) -> None:
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            raise _Refused("invalid_token", 401)
        if self.manner is Manner.FAILS:
            raise _Refused("server_error", 503)

    def _call(self, path: str, version: str, body: dict[str, Any]) -> dict[str, Any]:
        credential = self.credentials.get(body["credentialID"])
        if credential is None:
            raise _Refused("invalid_request")
        match path:
            case "credentials/info":
                return _described(credential)
            case "credentials/sendOTP" | "credentials/getChallenge":
                self.sent[body["credentialID"]] = f"{secrets.randbelow(1_000_000):06d}"
                return {}
            case "credentials/authorize":
                return self._authorize(version, body, credential)
            case "signatures/signHash":
                return {"signatures": [self._sign(version, body, credential)]}
            case _:
                raise _Refused("invalid_request", 404)

    def _authorize(self, version: str, body: dict[str, Any], credential: Credential) -> dict[str, Any]:
        if version == "v1":
            given, wanted = {"PIN": body.get("PIN", ""), "OTP": body.get("OTP", "")}, body["hash"]
        else:
            given, wanted = {each["id"]: each["value"] for each in body["authData"]}, body["hashes"]
        if not secrets.compare_digest(given.get("PIN", ""), credential.pin):
            raise _Refused("invalid_pin")
        if credential.coded:
            code = self.sent.pop(body["credentialID"], "")  # one try, right or wrong
            if not code or not secrets.compare_digest(given.get("OTP", ""), code):
                raise _Refused("invalid_otp")
        release = secrets.token_urlsafe(24)
        with self._lock:
            self._released[release] = (body["credentialID"], tuple(wanted), time.monotonic() + self.released_for)
        return {"SAD": release, "expiresIn": int(self.released_for)}

    def _sign(self, version: str, body: dict[str, Any], credential: Credential) -> str:
        wanted = tuple(body["hash" if version == "v1" else "hashes"])
        with self._lock:
            holder, hashed, until = self._released.pop(str(body.get("SAD")), ("", (), 0.0))
        if holder != body["credentialID"] or hashed != wanted or time.monotonic() > until:
            raise _Refused("invalid_sad")
        if self.manner is Manner.HANGS_AT_SIGNING:
            self._door.closing.wait()
        key = credential.key if self.manner is not Manner.OTHER_KEY else ec.generate_private_key(ec.SECP256R1())
        signature = _signature(key, b64decode(wanted[0]))
        self.signed += 1
        return b64encode(signature[:-7] if self.manner is Manner.SHORT_SIGNATURE else signature).decode()


def _described(credential: Credential) -> dict[str, Any]:
    elliptic = isinstance(credential.key, ec.EllipticCurvePrivateKey)
    der = serialization.Encoding.DER
    return {
        "key": {
            "status": "enabled" if credential.enabled else "disabled",
            "algo": [ECDSA_SHA256 if elliptic else RSA_SHA256],
            "len": credential.key.key_size,
        },
        "cert": {
            "status": "valid",
            "certificates": [b64encode(each.public_bytes(der)).decode() for each in credential.chain],
        },
        "authMode": "explicit",
        "SCAL": "2",
        "multisign": 1,
    }


def _signature(key: Key, digest: bytes) -> bytes:
    hashed = utils.Prehashed(hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(digest, ec.ECDSA(hashed))
    return key.sign(digest, padding.PKCS1v15(), hashed)
