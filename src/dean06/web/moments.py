"""A page is of one moment; an act is not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dean06.clock import service as clock

LOOKING = frozenset({"GET", "HEAD"})


class MomentMiddleware:
    """Holds one moment while a page is made; what changes something reads what stands when it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in LOOKING:
            return self.get_response(request)
        with clock.moment():
            return self.get_response(request)
