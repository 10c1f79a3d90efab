"""How often a stranger may ask: pages without sign-in take so many requests a minute from one address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from dean06.clock import service as clock

P = ParamSpec("P")
MOST = 60  # a minute
MINUTE = 60  # seconds

__all__ = ["MINUTE", "MOST", "paced", "too_often"]


def paced(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Answer a stranger who asks too often with 429, before anything is looked up."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if too_often(request):
            return _slower(request)
        return view(request, *args, **kwargs)

    return wrapped


def too_often(request: HttpRequest) -> bool:
    """Count a request of a stranger, and say whether it is one too many."""
    return _asked(request) > MOST


def _asked(request: HttpRequest) -> int:
    """Count this request, and return how many came from its address within this minute."""
    minute = int(clock.now().timestamp()) // MINUTE
    key = f"asked:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # it went out of the cache between the two
        return 1


def _slower(request: HttpRequest) -> HttpResponse:
    response = render(request, "dean06/slower.html", status=429)
    response.headers["Retry-After"] = str(MINUTE)
    return response
