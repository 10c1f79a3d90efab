"""Whatever goes wrong, as problem details (RFC 9457): Vietnamese first, English beside it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from dean06.clock.errors import HouseError, RefusedByCharter, Unavailable
from dean06.corrections.errors import DispositionRefused, OrderNotFound
from dean06.machines.errors import KeyTaken, MachineInvalid, NotRecognised
from dean06.reconcile.errors import NotYours

LOG = logging.getLogger(__name__)
TYPE = "application/problem+json"

TITLES: Mapping[str, tuple[int, str, str]] = {
    "bad-request": (400, "Yêu cầu không đúng dạng", "The request is not of its form"),
    "invalid-proof": (401, "Chứng minh khóa không dùng được", "The proof of the key does not hold"),
    "invalid-token": (401, "Chưa nhận ra phần mềm", "The software is not recognised"),
    "insufficient-scope": (403, "Không có phạm vi này", "Not within its scopes"),
    "refused": (403, "Quy định không cho phép", "Not allowed"),
    "not-found": (404, "Không có", "Not found"),
    "conflict": (409, "Không ghi được lúc này", "It cannot be kept as things stand"),
    "precondition-failed": (412, "Nội dung đã thay đổi", "It has changed meanwhile"),
    "unprocessable": (422, "Nội dung không nhận được", "The content cannot be taken"),
    "key-reused": (422, "Idempotency-Key đã dùng", "The Idempotency-Key was used"),
    "precondition-required": (428, "Thiếu If-Match", "If-Match is wanted"),
    "too-many-requests": (429, "Gọi quá nhanh", "Too many requests"),
    "internal": (500, "Lỗi ngoài dự kiến", "An unexpected fault"),
    "unavailable": (503, "Tạm thời chưa phục vụ được", "Not at work for now"),
}
# What the room of corrections says of an answer, as a problem; whatever stands nowhere is a content not taken.
OF_ANSWERS = {"stale": "precondition-failed", "closed": "conflict", "changed": "conflict"}

BOUND = 'DPoP realm="dean06", algs="ES256 EdDSA Ed25519 PS256 RS256"'
CHALLENGES = {
    "invalid-token": f'Bearer realm="dean06", error="invalid_token", {BOUND}',
    "invalid-proof": f'{BOUND}, error="invalid_dpop_proof"',
    "insufficient-scope": 'Bearer realm="dean06", error="insufficient_scope"',
}

__all__ = ["TITLES", "TYPE", "Problem", "body_of", "problem", "problem_of"]


class Problem(HouseError):
    """A request that cannot be answered as asked; `kind` is a key of the table above."""

    def __init__(self, kind: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.kind = kind


def body_of(kind: str, vi: str, en: str) -> dict[str, object]:
    """Return the members of a problem."""
    status, title, title_en = TITLES[kind]
    return {
        "type": f"urn:dean06:problem:{kind}",
        "title": title,
        "status": status,
        "detail": vi,
        "title_en": title_en,
        "detail_en": en,
    }


def problem(kind: str, vi: str, en: str) -> HttpResponse:
    """Return a problem as the answer."""
    told = json.dumps(body_of(kind, vi, en), ensure_ascii=False)
    response = HttpResponse(told, status=TITLES[kind][0], content_type=TYPE)
    response.headers["Content-Language"] = "vi, en"
    if kind in CHALLENGES:
        response.headers["WWW-Authenticate"] = CHALLENGES[kind]
    return response


# The first that an error is one of counts.
KINDS: tuple[tuple[type[HouseError], str], ...] = (
    (OrderNotFound, "not-found"),
    (NotYours, "not-found"),
    (KeyTaken, "key-reused"),
    (MachineInvalid, "unprocessable"),
    (NotRecognised, "invalid-token"),
    (RefusedByCharter, "refused"),
    (Unavailable, "unavailable"),
)


def _kind_of(error: HouseError) -> str:
    if isinstance(error, Problem):
        return error.kind
    if isinstance(error, DispositionRefused):
        return OF_ANSWERS.get(error.code, "unprocessable")
    if isinstance(error, NotRecognised) and error.code == "insufficient_scope":
        return "insufficient-scope"
    if isinstance(error, NotRecognised) and error.code == "invalid_dpop_proof":
        return "invalid-proof"
    return next((kind for known, kind in KINDS if isinstance(error, known)), "bad-request")


def problem_of(error: HouseError) -> HttpResponse:
    """Return an error of the house as a problem."""
    return problem(_kind_of(error), error.vi, error.en)


def unexpected(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Answer a fault that nobody thought of; its words may quote a row, and are told to nobody."""
    LOG.error("api %s: %s", getattr(request.resolver_match, "url_name", ""), type(fault).__name__, exc_info=fault)
    return problem(
        "internal",
        "Lỗi ngoài dự kiến; không có gì bị ghi nửa chừng: gửi lại, hoặc báo người vận hành.",
        "An unexpected fault; nothing is half-written: send it again, or tell the operator.",
    )
