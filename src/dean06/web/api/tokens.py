"""Enrolment of a public key, access tokens for signed assertions, and the key that signs events."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from ninja import Form, Header, Router
from ninja.decorators import decorate_view

from dean06.flows import machine_accounts
from dean06.machines.errors import NotRecognised
from dean06.machines.service import tokens
from dean06.machines.service.keys import public_jwk
from dean06.web import pace
from dean06.web.api import shapes
from dean06.web.api.door import PROOF, addresses, proofs_of, slower

router = Router()
GRANT = "client_credentials"
BEARER: Literal["Bearer"] = "Bearer"
BOUND: Literal["DPoP"] = "DPoP"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PROBLEMS = {400: shapes.ProblemDetails, 401: shapes.ProblemDetails, 422: shapes.ProblemDetails}
SLOWER = {429: shapes.ProblemDetails}

__all__ = ["router"]


@router.post(
    "/enrolment",
    response={200: shapes.Enrolled, **PROBLEMS, **SLOWER},
    url_name="api-enrolment",
    operation_id="enrol",
    summary="Trình khóa công khai bằng mã ghi danh (show the public key, by the code)",
)
def enrol(request: HttpRequest, given: shapes.Enrolment) -> HttpResponse:
    """Take the public key of the software whose code this is; the code serves once."""
    if pace.too_often(request):
        return slower()
    made = machine_accounts.enrol(given.code, public_jwk(given.jwk))
    told = shapes.Enrolled(
        client_id=made.public_id, thumbprint=made.thumbprint, scopes=list(made.scopes), ends_on=made.ends_on
    )
    return HttpResponse(told.model_dump_json(), content_type="application/json")


def _denied(code: str, said: str) -> HttpResponse:
    status = 401 if code == "invalid_client" else 400
    told = json.dumps({"error": code, "error_description": said}, ensure_ascii=True)
    return HttpResponse(told, status=status, content_type="application/json")


def _audiences(request: HttpRequest) -> list[str]:
    """Return the names under which an assertion may speak to this installation."""
    return [*addresses(request), *([settings.PUBLIC_URL] if settings.PUBLIC_URL else [])]


@router.post(
    "/token",
    response={200: shapes.Granted, 400: shapes.Denied, 401: shapes.Denied, **SLOWER},
    url_name="api-token",
    operation_id="token",
    summary="Mã truy cập cho một JWT đã ký (a token for a signed assertion, RFC 6749, RFC 7523)",
)
@decorate_view(sensitive_post_parameters("client_assertion"))
def token(
    request: HttpRequest,
    grant_type: Annotated[str, Form("", description=GRANT)],
    client_assertion_type: Annotated[str, Form("", description=ASSERTION)],
    client_assertion: Annotated[str, Form("", max_length=10_000, description="A JWT signed with the private key.")],
    scope: Annotated[str, Form("", max_length=200, description="Parted by spaces; empty for all of the account.")],
    dpop: Annotated[str, Header("", alias=PROOF, description="A proof of the key that the token is to be bound to.")],  # noqa: ARG001  read with the request
) -> HttpResponse:
    """Give a short-lived access token."""
    if pace.too_often(request):
        return slower()
    if grant_type != GRANT:
        return _denied("unsupported_grant_type", f"grant_type must be {GRANT}")
    if client_assertion_type != ASSERTION or not client_assertion:
        return _denied("invalid_request", f"client_assertion_type must be {ASSERTION}, with a client_assertion")
    try:
        made = tokens.issue(client_assertion, _audiences(request), scope, proofs_of(request))
    except NotRecognised as problem:
        return _denied(problem.code, problem.en)
    told = shapes.Granted(
        access_token=made.value,
        token_type=BOUND if made.bound else BEARER,
        expires_in=made.seconds,
        scope=" ".join(made.scopes),
    )
    return HttpResponse(told.model_dump_json(), content_type="application/json")


@router.get(
    "/jwks.json",
    response={200: shapes.Keys},
    url_name="api-keys",
    operation_id="keys",
    summary="Khóa công khai để kiểm chữ ký của tin (the key by which events are checked)",
)
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  the service knows it by this name
    """Give the public keys of the installation."""
    told = shapes.Keys(keys=[tokens.published_key()])
    return HttpResponse(told.model_dump_json(), content_type="application/json")
