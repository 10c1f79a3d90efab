"""A signing service over the network, by the API of the Cloud Signature Consortium, versions 1 and 2.

The key never leaves the service: it gets the hash, after the person has released the key with a PIN or a one-time code.
"""

from __future__ import annotations

import hashlib
import http.client
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from asn1crypto import algos, x509
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from typing_extensions import override

from dean06.papers.signatures.errors import ServiceSilent, SigningRefused
from dean06.papers.signatures.signers import SignerKind

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA, RSA_SHA256, ECDSA_SHA256 = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
MOST_BYTES = 1_000_000
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
REFUSALS = {
    "invalid_pin": ("pin", "sai mã PIN", "wrong PIN"),
    "invalid_otp": ("otp", "mã OTP sai hoặc đã hết hạn", "the one-time code is wrong or too old"),
    "invalid_sad": ("sad", "quyền dùng khóa đã hết hạn hoặc đã dùng", "the release of the key is spent or too old"),
    "access_denied": ("denied", "dịch vụ từ chối", "the service refuses"),
    "invalid_token": ("token", "phiên đăng nhập dịch vụ đã hết hạn, đăng nhập lại", "sign in to the service again"),
}

__all__ = ["RemoteSigner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSigner:
    """A credential of a signing service.

    Args:
        url: the base address, such as `https://service.example/csc/v1`; plain HTTP is for this machine alone.
        credential: the credential's id.
        token: the bearer token of the person's session with the service.
        pin: the PIN of the key, and `otp` a one-time code, where the service asks for them.
        version: of the API.
        timeout: seconds for each answer.
    """

    url: str
    credential: str
    token: str = field(repr=False)
    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)
    version: Literal[1, 2] = 1
    timeout: float = 10.0

    @property
    def kind(self) -> SignerKind:
        """Where the key lives."""
        return SignerKind.REMOTE

    def send_code(self) -> None:
        """Have the service send the person a one-time code, by the way agreed with them."""
        self._post("credentials/sendOTP" if self.version == 1 else "credentials/getChallenge", self._named())

    def _named(self) -> dict[str, object]:
        return {"credentialID": self.credential}

    @contextmanager
    def opened(self) -> Iterator[signers.Signer]:
        """Ask the service for the certificate; the key is released when the hash is known."""
        info = self._post("credentials/info", {**self._named(), "certificates": "chain"})
        try:
            if info["key"]["status"] != "enabled":
                raise SigningRefused(
                    "key_disabled",
                    "Dịch vụ ký cho biết khóa này đang bị khóa: liên hệ nơi cấp.",
                    "The signing service says that this key is disabled: ask its issuer.",
                )
            chain = [x509.Certificate.load(b64decode(each)) for each in info["cert"]["certificates"]]
            algorithms = tuple(str(each) for each in info["key"]["algo"])
            own = chain[0]
            own.public_key.native  # noqa: B018  asn1crypto parses when asked
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise _nonsense() from error
        yield _RemoteKey(self, own, chain[1:], algorithms)

    def sign(self, digest: bytes, algorithm: str) -> bytes:
        """Release the key for one hash and return the signature of it."""
        hashed = [b64encode(digest).decode()]
        asked: dict[str, object] = {**self._named(), "numSignatures": 1}
        if self.version == 1:
            asked |= {"hash": hashed, **{k: v for k, v in (("PIN", self.pin), ("OTP", self.otp)) if v}}
        else:
            secrets = [{"id": k, "value": v} for k, v in (("PIN", self.pin), ("OTP", self.otp)) if v]
            asked |= {"hashes": hashed, "hashAlgorithmOID": SHA256, "authData": secrets}
        released = self._post("credentials/authorize", asked)
        order: dict[str, object] = {
            "credentialID": self.credential,
            "SAD": released.get("SAD"),
            "signAlgo": algorithm,
        }
        order |= (
            {"hash": hashed, "hashAlgo": SHA256}
            if self.version == 1
            else {"hashes": hashed, "hashAlgorithmOID": SHA256}
        )
        try:
            (signature,) = self._post("signatures/signHash", order)["signatures"]
            return b64decode(signature, validate=True)
        except (KeyError, TypeError, ValueError) as error:
            raise _nonsense() from error

    def _post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        try:
            status, content = self._exchange(path, json.dumps(body).encode())
        except (OSError, http.client.HTTPException) as error:
            raise ServiceSilent(
                "service",
                f"Dịch vụ ký từ xa không trả lời trong {self.timeout:g} giây hoặc không kết nối được: chưa ký gì.",
                f"The signing service cannot be reached or did not answer in {self.timeout:g} s: nothing is signed.",
            ) from error
        try:
            answer = json.loads(content)
        except ValueError as error:
            raise _nonsense() from error
        if not isinstance(answer, dict):
            raise _nonsense()
        if status != http.client.OK:
            raise _refusal(status, str(answer.get("error", "")))
        return answer

    def _exchange(self, path: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(host, parts.port, timeout=self.timeout)
        elif parts.scheme == "http" and host in LOOPBACK:
            connection = http.client.HTTPConnection(host, parts.port, timeout=self.timeout)
        else:
            raise SigningRefused(
                "address", "Địa chỉ dịch vụ ký phải là https.", "The address of the signing service must be https."
            )
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/{path}", body, headers)
            answer = connection.getresponse()
            content = answer.read(MOST_BYTES + 1)
        finally:
            connection.close()
        if len(content) > MOST_BYTES:
            raise _nonsense()
        return answer.status, content


class _RemoteKey(signers.Signer):
    """A key of a service, as pyHanko asks for signatures."""

    def __init__(
        self, service: RemoteSigner, own: x509.Certificate, others: list[x509.Certificate], offered: tuple[str, ...]
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(others)
        elliptic = own.public_key.algorithm == "ec"
        wanted = (ECDSA_SHA256,) if elliptic else (RSA_SHA256, RSA)
        self._service = service
        self._algorithm = next((each for each in wanted if each in offered), "")
        if not self._algorithm:
            raise SigningRefused(
                "algorithm",
                "Dịch vụ ký không có thuật toán phù hợp (RSA hoặc ECDSA với SHA-256).",
                "The signing service offers no fit algorithm (RSA or ECDSA with SHA-256).",
            )
        name = "sha256_ecdsa" if elliptic else "sha256_rsa"
        super().__init__(
            signing_cert=own,
            cert_registry=store,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": name}),
        )

    @override
    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(512)
        return self._service.sign(hashlib.new(digest_algorithm, data).digest(), self._algorithm)


def _refusal(status: int, code: str) -> Exception:
    if status in (401, 403) and code not in REFUSALS:
        code = "invalid_token"
    if code in REFUSALS:
        told, vi, en = REFUSALS[code]
        return SigningRefused(
            told, f"Dịch vụ ký từ xa: {vi}; chưa ký gì.", f"Remote signing service: {en}; nothing is signed."
        )
    if status >= 500:
        return ServiceSilent(
            "service",
            "Dịch vụ ký từ xa đang lỗi: chưa ký gì; thử lại sau.",
            "The remote signing service is failing: nothing is signed; try again later.",
        )
    return SigningRefused(
        "denied",
        "Dịch vụ ký từ xa không nhận yêu cầu ký: chưa ký gì; kiểm tra mã chứng thư và quyền ký.",
        "The remote signing service does not take the request: nothing is signed; check credential and rights.",
    )


def _nonsense() -> ServiceSilent:
    return ServiceSilent(
        "nonsense",
        "Dịch vụ ký từ xa trả lời không đúng giao thức: chưa ký gì; báo cho nơi cung cấp.",
        "The remote signing service answers against its protocol: nothing is signed; tell its provider.",
    )
