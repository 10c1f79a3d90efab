"""What an agency writes to connect its own software: its orders read, one finding answered, by a key of its own.

    software = Software(Path("khoa.json"), "https://dean06.xa-mau.example")
    software.sign_in()
    for order in software.orders():
        for finding in software.findings(order["number"]):
            software.answer(finding["finding"])

It knows nothing of dean06 but `docs/api.md`, and needs joserfc alone: it may be copied as it stands. The key file holds
`client_id`, and the private `key` as a JWK. `dean06 demo software` runs it against the demonstration.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from joserfc import jwt
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
BY_SIGNATURE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PURPOSE = "Nhận đơn sửa và trả lời từ phần mềm của cơ quan"

__all__ = ["Refused", "Software"]


class Refused(Exception):
    """The installation did not do what was asked; `status` and its own sentence say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status = status
        self.sentence = sentence


@dataclass
class Software:
    """An agency's software at one installation.

    Attributes:
        key_file: where its client id and private key lie.
        url: the installation, such as `https://dean06.xa-mau.example`.
        bound: whether the token it asks for is bound to its key (DPoP), so that nobody else can use it.
    """

    key_file: Path
    url: str
    bound: bool = True
    _token: str = field(default="", init=False, repr=False)

    def __post_init__(self) -> None:
        told = json.loads(self.key_file.read_text())
        self.client_id: str = told["client_id"]
        self._key = ECKey.import_key(told["key"])

    def _signed(self, head: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
        now = int(time.time())
        whole = {"iat": now, "jti": str(uuid.uuid4())} | dict(claims)
        return jwt.encode({"alg": ALGORITHM, **head}, whole, self._key, algorithms=[ALGORITHM])

    def _proof(self, method: str, address: str) -> dict[str, str]:
        """Show the key that the token is bound to, for this request alone (RFC 9449)."""
        if not self.bound:
            return {}
        claims = {"htm": method, "htu": address.partition("?")[0]}
        if self._token:
            digest = hashlib.sha256(self._token.encode()).digest()
            claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return {"DPoP": self._signed({"typ": "dpop+jwt", "jwk": self._key.as_dict(private=False)}, claims)}

    def sign_in(self) -> None:
        """Ask for an access token by a signed assertion (RFC 7523); it lives ten minutes."""
        self._token, address = "", f"{self.url}/api/v1/token"
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": address, "exp": int(time.time()) + 120}
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": BY_SIGNATURE,
            "client_assertion": self._signed({"typ": "JWT"}, claims),
        }
        told, _ = self._sent("POST", address, urlencode(form).encode(), self._proof("POST", address))
        self._token = told["access_token"]

    def call(self, method: str, path: str, body: object = None, **headers: str) -> tuple[Any, str]:
        """Call an operation; returns its answer and the ETag of it."""
        address = f"{self.url}/api/v1{path}"
        kind = "DPoP" if self.bound else "Bearer"
        said = {
            "Authorization": f"{kind} {self._token}",
            "Dean06-Purpose": quote(PURPOSE),
            **self._proof(method, address),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = None if body is None else json.dumps(body).encode()
        return self._sent(method, address, data, said | ({"Content-Type": "application/json"} if data else {}))

    def _sent(self, method: str, address: str, data: bytes | None, headers: Mapping[str, str]) -> tuple[Any, str]:
        request = Request(address, data, dict(headers), method=method)  # noqa: S310  an address of the operator's
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310  the same address
                return json.load(answer), answer.headers.get("ETag", "")
        except HTTPError as refusal:
            raise Refused(refusal.code, _sentence(refusal.read())) from refusal

    def _listed(self, path: str) -> Iterator[dict[str, Any]]:
        """Follow a list to its end."""
        cursor: str | None = ""
        while cursor is not None:
            told, _ = self.call("GET", f"{path}?{urlencode({'cursor': cursor})}")
            yield from told["items"]
            cursor = told["next"]

    def orders(self) -> list[dict[str, Any]]:
        """Return the agency's orders."""
        return list(self._listed("/orders"))

    def findings(self, order: int) -> list[dict[str, Any]]:
        """Return the findings of an order: where and why, never what stands there."""
        return list(self._listed(f"/orders/{order}/findings"))

    def answer(self, finding: str, kind: str = "fixed") -> dict[str, Any]:
        """Say how a finding was dealt with; it closes nothing, the agency's next list does."""
        path = f"/findings/{finding}/disposition"
        _, seen = self.call("GET", path)
        told: dict[str, Any]
        told, _ = self.call("PUT", path, {"kind": kind}, If_Match=seen, Idempotency_Key=str(uuid.uuid4()))
        return told


def _sentence(body: bytes) -> str:
    try:
        told = json.loads(body)
    except ValueError:
        return "?"
    return str(told.get("detail") or told.get("error_description") or told.get("error") or "?")
