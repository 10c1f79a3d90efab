"""A piece of an agency's software, written by a stranger: it signs with a key of its own and speaks HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client

from dean06.clock import service as clock
from dean06.flows import machine_accounts
from dean06.machines.service import accounts
from dean06.machines.types import MachineInfo, NewMachine, Scope
from flows.conftest import Office

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PURPOSE = "s%E1%BB%ADa%20sai%20l%E1%BB%87ch"  # sửa sai lệch
ALL = (Scope.ORDERS, Scope.DISPOSITIONS, Scope.VALUES)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Software:
    """What stands on a machine of the agency: its key, its id and the token it holds."""

    client_id: str = ""
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    token: str = ""
    http: Client = field(default_factory=Client)

    @property
    def jwk(self) -> dict[str, str]:
        raw = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": encoded(raw)}

    def assertion(self, **changed: object) -> str:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": "http://testserver/api/v1/token",
            "iat": now,
            "exp": now + 120,
            "jti": str(uuid.uuid4()),
        } | changed
        return self.signed({"alg": "EdDSA", "typ": "JWT"}, claims)

    def proof(self, method: str, path: str, *, head: dict[str, object] | None = None, **changed: object) -> str:
        """Write a proof of the software's own key for one request."""
        claims = {
            "jti": str(uuid.uuid4()),
            "htm": method,
            "htu": f"http://testserver/api/v1{path.partition('?')[0]}",
            "iat": int(clock.now().timestamp()),
            "ath": encoded(hashlib.sha256(self.token.encode()).digest()) if self.token else None,
        } | changed
        heads = {"typ": "dpop+jwt", "alg": "EdDSA", "jwk": self.jwk} | (head or {})
        return self.signed(heads, claims)

    def signed(self, head: dict[str, object], claims: dict[str, object]) -> str:
        parts = ({name: value for name, value in part.items() if value is not None} for part in (head, claims))
        text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
        return f"{text}.{encoded(self.key.sign(text.encode()))}"

    def enrol(self, code: str) -> HttpResponse:
        body = json.dumps({"code": code, "jwk": self.jwk})
        answer = self.http.post("/api/v1/enrolment", body, content_type="application/json")
        if answer.status_code == 200:
            self.client_id = answer.json()["client_id"]
        return answer

    def ask_token(self, assertion: str | None = None, scope: str = "", **headers: str) -> HttpResponse:
        body = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": assertion or self.assertion(),
            "scope": scope,
        }
        answer = self.http.post("/api/v1/token", body, headers=headers)
        if answer.status_code == 200:
            self.token = answer.json()["access_token"]
        return answer

    def ask_bound_token(self) -> HttpResponse:
        """Ask for a token that is bound to the software's key."""
        self.token = ""
        return self.ask_token(DPoP=self.proof("POST", "/token"))

    def call_bound(self, method: str, path: str, proof: str | None = None, **headers: str) -> HttpResponse:
        """Call with a bound token and a proof: a sound one where none is given."""
        given = self.proof(method, path) if proof is None else proof
        return self.call(method, path, Authorization=f"DPoP {self.token}", DPoP=given, **headers)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        told = {"Authorization": f"Bearer {self.token}", "Dean06-Purpose": PURPOSE} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.http.generic(
            method, f"/api/v1{path}", **data, headers={k: v for k, v in told.items() if v is not None}
        )


def new(
    agency: str = "BHXH", scopes: tuple[Scope, ...] = ALL, name: str = "Phần mềm bảo hiểm", until: date | None = None
):
    return NewMachine(
        public_id=accounts.new_id(),
        name=name,
        agency=agency,
        scopes=scopes,
        purpose="Nhận đơn sửa và trả lời tự động",
        ends_on=until or date(2022, 12, 31),
    )


def installed(office: Office, agency: str = "BHXH", scopes: tuple[Scope, ...] = ALL) -> tuple[Software, MachineInfo]:
    """Make an account as the leader does, and let the software show its key and get a token."""
    made, code = machine_accounts.make(office.account("leader"), office.group, new(agency, scopes, f"Máy {agency}"))
    software = Software()
    assert software.enrol(code).status_code == 200
    assert software.ask_token().status_code == 200
    return software, made
