"""Who calls: the token, the scope, the pace, the purpose; and the record of each call.

No session is looked at here, and no page looks at a token.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header
from ninja.security import HttpBearer
from pydantic import BaseModel
from typing_extensions import override

from dean06.flows import machine_reading
from dean06.machines.errors import NotRecognised
from dean06.machines.service import calls, tokens
from dean06.machines.service.calls import Pace
from dean06.machines.service.tokens import Shown
from dean06.machines.types import Bearer, MachineInfo, Scope
from dean06.offices.types import Viewer
from dean06.web.api.problems import Problem, problem

PURPOSE = "Dean06-Purpose"
PROOF = "DPoP"
SHORTEST, LONGEST = 3, 200

Purpose = Annotated[
    str,
    Header(
        alias=PURPOSE,
        min_length=SHORTEST,
        max_length=3 * LONGEST,
        pattern=r"^[\x20-\x7e]+$",
        description="What the call is for, in words; other letters than ASCII percent-encoded as UTF-8.",
        example="doi%20chieu%20don%20sua",
    ),
]

__all__ = [
    "PROOF",
    "Caller",
    "Purpose",
    "Software",
    "addresses",
    "answered",
    "caller",
    "proofs_of",
    "purpose_of",
    "shown",
    "slower",
    "tag",
]


@dataclass(kw_only=True)
class Caller:
    """The software that calls, and what it may see."""

    machine: MachineInfo
    viewer: Viewer
    pace: Pace


class Software(HttpBearer):
    """Asks for an access token with a scope."""

    openapi_bearerFormat = "JWT"  # noqa: N815  the name that OpenAPI gives it

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    @override
    def __call__(self, request: HttpRequest) -> Caller | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == PROOF.lower():
            return self._let_in(request, tokens.bearer(token.strip(), proofs_of(request)))
        made: Caller | None = super().__call__(request)
        return made

    @override
    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        return self._let_in(request, tokens.bearer(token))

    def _let_in(self, request: HttpRequest, bearer: Bearer) -> Caller:
        pace = calls.pace(bearer.machine)
        made = Caller(machine=bearer.machine, viewer=machine_reading.viewer_of(bearer.machine), pace=pace)
        request.software = made  # type: ignore[attr-defined]  # the record of the call reads it
        if self.scope not in bearer.scopes:
            tokens.refused(bearer.machine.public_id, "insufficient_scope")
            raise NotRecognised(
                "insufficient_scope",
                f"Mã truy cập không có phạm vi {self.scope}: xin lại mã có phạm vi ấy.",
                f"The token lacks the scope {self.scope}: ask for one that has it.",
            )
        if not pace.left:
            tokens.refused(bearer.machine.public_id, "too_many_requests")
            raise Problem(
                "too-many-requests",
                f"Quá {calls.MOST} lời gọi trong một phút: gọi lại sau {pace.seconds} giây.",
                f"More than {calls.MOST} calls a minute: call again in {pace.seconds} seconds.",
            )
        return made


def addresses(request: HttpRequest) -> tuple[str, ...]:
    """Return the names under which this request may have been sent: ours as it came, and the public one."""
    public = (settings.PUBLIC_URL + request.path,) if settings.PUBLIC_URL else ()
    return (request.build_absolute_uri(request.path), *public)


def proofs_of(request: HttpRequest) -> Shown:
    """Return what a request shows of a key."""
    proofs = request.headers.get(PROOF, "")
    return Shown(
        method=request.method or "",
        addresses=addresses(request),
        proofs=tuple(one.strip() for one in proofs.split(",")) if proofs else (),
    )


def caller(request: HttpRequest) -> Caller:
    """Return who calls; the door has let them in."""
    made: Caller = request.software  # type: ignore[attr-defined]  # the door set it
    return made


def purpose_of(text: str) -> str:
    """Return the purpose as its words."""
    try:
        told = " ".join(unquote(text, errors="strict").split())
    except UnicodeDecodeError as error:
        raise _no_purpose() from error
    if not SHORTEST <= len(told) <= LONGEST or not told.isprintable():
        raise _no_purpose()
    return told


def _no_purpose() -> Problem:
    return Problem(
        "bad-request",
        f"Nêu mục đích của lời gọi ở tiêu đề {PURPOSE}, {SHORTEST} đến {LONGEST} ký tự, chữ có dấu mã hóa phần trăm.",
        f"State the purpose of the call in {PURPOSE}, {SHORTEST} to {LONGEST} characters, percent-encoded UTF-8.",
    )


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Record a call with its outcome, and tell the caller its pace; all answers to known software go through here."""
    made: Caller | None = getattr(request, "software", None)
    if made is None:
        return response
    left = made.pace.left
    if response.status_code != 429:
        match = request.resolver_match
        named = match.kwargs if match else {}
        about = next((str(value) for value in named.values()), "")
        given = request.headers.get(PURPOSE, "")
        operation = (match.url_name if match else None) or "?"
        calls.record(made.machine, operation, about, response.status_code, unquote(given, errors="replace"))
        left = max(0, left - 1)
    response.headers["RateLimit-Policy"] = f'"call";q={calls.MOST};w={int(calls.WINDOW.total_seconds())}'
    response.headers["RateLimit"] = f'"call";r={left};t={made.pace.seconds}'
    if response.status_code == 429:
        response.headers["Retry-After"] = str(made.pace.seconds)
    return response


def shown(request: HttpRequest, shape: BaseModel) -> HttpResponse:
    """Answer with a representation and its ETag, or 304 where the caller has it already."""
    body = shape.model_dump_json()
    etag = tag(body)
    given = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    held = etag in given or "*" in given
    response = HttpResponse(status=304) if held else HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    return answered(request, response)


def tag(body: str) -> str:
    """Return the ETag of a representation."""
    return f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'


def slower() -> HttpResponse:
    """Answer a stranger who asks too often."""
    response = problem("too-many-requests", "Gọi quá nhanh: gọi lại sau một phút.", "Too many requests: wait a minute.")
    response.headers["Retry-After"] = "60"
    return response
