"""Who asks under a secret address, in which language, and how whatever goes wrong is told: as JSON, to any origin.

No session is looked at here, nothing is taken by cookie, and nothing that is answered may be kept or led on from.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from dean06.clock.errors import HouseError, RefusedByCharter, Unavailable
from dean06.flows import looking_up
from dean06.flows.looking_up import Caller
from dean06.reconcile.errors import AddressClosed, LookupRefused
from dean06.web.language import current_language

LOG = logging.getLogger(__name__)
View: TypeAlias = Callable[[HttpRequest, Caller], HttpResponse]
LONGEST_BODY = 512 * 1024
STATUS = {
    "bad-request": 400,
    "closed": 404,
    "not-found": 404,
    "method": 405,
    "too-many": 413,
    "kind": 415,
    "too-fast": 429,
    "used-up": 429,
    "ended": 404,
    "refused": 403,
    "internal": 500,
    "unavailable": 503,
}

__all__ = ["LONGEST_BODY", "answered", "bad", "body_of", "door", "read_json"]


def answered(told: object, status: int = 200) -> HttpResponse:
    """Return JSON."""
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type="application/json")


def bad(vi: str, en: str) -> LookupRefused:
    """Return the refusal of a request that is not of its form."""
    return LookupRefused("bad-request", vi, en)


def _problem(code: str, vi: str, en: str) -> HttpResponse:
    said = en if current_language() == "en" else vi
    return answered({"error": code, "message": said, "message_vi": vi, "message_en": en}, STATUS[code])


def _problem_of(error: HouseError) -> HttpResponse:
    match error:
        case AddressClosed():
            code = "closed"
        case LookupRefused():
            code = error.code
        case RefusedByCharter():
            code = "refused"
        case Unavailable():
            code = "unavailable"
        case _:
            code = "bad-request"
    return _problem(code, error.vi, error.en)


def _open(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let pages of other origins read an answer, and nobody keep it or learn the address from it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Language"] = current_language()
    response.headers["Vary"] = "Accept-Language"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, X-Requested-With"
        response.headers["Access-Control-Max-Age"] = "600"
    if response.status_code == 429:
        response.headers.setdefault("Retry-After", "60")
    return response


def _language(request: HttpRequest) -> str:
    asked = request.headers.get("Accept-Language", "").strip().lower()
    return "en" if asked.startswith("en") else "vi"


def door(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Turn a view of a caller into one of a secret, which answers these methods."""

    def made(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @xframe_options_exempt
        @wraps(view)
        def asked(request: HttpRequest, token: str, **_named: Any) -> HttpResponse:
            with translation.override(_language(request)):
                return _open(request, _answer(request, token, view, methods))

        return asked

    return made


def _answer(request: HttpRequest, token: str, view: View, methods: tuple[str, ...]) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    try:
        caller = looking_up.caller(token)
        if request.method not in methods:
            return _problem("method", "Địa chỉ này không nhận cách gọi ấy.", "This address takes no such method.")
        return view(request, caller)
    except HouseError as error:
        return _problem_of(error)
    except Exception as fault:  # its words may quote a row: the kind alone is told, and to the log alone
        LOG.exception("reconciliation: %s", type(fault).__name__)
        return _problem("internal", "Lỗi ngoài dự kiến: báo người vận hành.", "An unexpected fault: tell the operator.")


def body_of(request: HttpRequest) -> str:
    """Return the body as text; one that is too long or no UTF-8 is refused before it is read as anything."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        raise LookupRefused("too-many", "Nội dung quá dài: gửi ít câu hỏi hơn.", "Too long: send fewer queries.")
    try:
        return request.body.decode()
    except UnicodeDecodeError as error:
        raise bad("Nội dung phải là UTF-8.", "The body must be UTF-8.") from error


def _no_number(_word: str) -> float:
    raise ValueError("JSON has no such number")


def read_json(text: str) -> object:
    """Return what JSON says; what is none, is nested without end, or has numbers that are none, is refused."""
    try:
        found: object = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise bad("JSON không đúng: kiểm tra nội dung gửi.", "This is no JSON: check what is sent.") from error
    return found
