"""The made-up certification service on the network of this machine: revocation lists, OCSP, time stamps (RFC 3161).

    python -m dean06.demo.pki_server HOME PORT

answers for the demonstration in HOME until it is told to stop; `dean06 serve` keeps it running.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Self

from asn1crypto import tsp
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ReasonFlags, ocsp

from dean06.demo.loopback import Answer, Loopback, Question
from dean06.demo.pki import SINCE, UNTIL, Pki, make

TSA = "/tsa"

__all__ = ["TSA", "PkiServer"]


@dataclass
class PkiServer:
    """The service: bound when it is made, so that certificates can name its address, answering inside `with`.

    Attributes:
        pki: whose service it is, set before it is asked.
        at: the moment that its time stamps state; the machine's own when none is given.
        revoked: serial numbers and when they were revoked, as OCSP says them.
        port: where it answers; a free one where none is given.
    """

    at: datetime | None = None
    pki: Pki | None = None
    revoked: dict[int, datetime] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self.door = Loopback(self._answer, port=self.port)

    @property
    def address(self) -> str:
        """The address of the service."""
        return self.door.address

    def __enter__(self) -> Self:
        """Begin to answer."""
        self.door.__enter__()
        return self

    def __exit__(self, *left: object) -> None:
        """Stop."""
        self.door.__exit__(None, None, None)

    def _answer(self, asked: Question) -> Answer:
        if self.pki is None:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, b"", "text/plain")
        match asked.path:
            case "/goc.crl" | "/cap.crl":
                name = asked.path.removesuffix(".crl").removeprefix("/")
                return Answer(HTTPStatus.OK, self.pki.revocation_list(name), "application/pkix-crl")
            case "/ocsp":
                return Answer(HTTPStatus.OK, self._state(self.pki, asked.body), "application/ocsp-response")
            case path if path == TSA:
                stamp = self.pki.time_stamps(self.at).request_tsa_response(tsp.TimeStampReq.load(asked.body))
                return Answer(HTTPStatus.OK, stamp.dump(), "application/timestamp-reply")
            case _:
                return Answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _state(self, pki: Pki, question: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(question)
        key, issuer = pki.issuing()
        gone = self.revoked.get(asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
            this_update=self.at or SINCE,
            next_update=UNTIL,
            revocation_time=gone,
            revocation_reason=ReasonFlags.key_compromise if gone else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer)
        for extension in asked.extensions:
            builder = builder.add_extension(extension.value, critical=False)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def main(home: str, port: str) -> None:
    """Answer until told to stop."""
    with PkiServer(pki=make(Path(home), (), ()), port=int(port)):
        Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:3])
