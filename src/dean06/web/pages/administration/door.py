"""Who may open these pages: a technical office of the installation; for everybody else they are not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from dean06.clock import service as clock
from dean06.flows.inviting import ADMINISTRATORS
from dean06.offices import service as offices
from dean06.web.reader import own_page

P = ParamSpec("P")

__all__ = ["administration_page"]


def administration_page(
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give a page of the administration its account; whoever holds no such office finds no page there."""

    @own_page
    @wraps(view)
    def wrapped(request: HttpRequest, account: str, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not ADMINISTRATORS & set(offices.technical_roles(account, clock.today())):
            raise Http404
        return view(request, account, *args, **kwargs)

    return wrapped
