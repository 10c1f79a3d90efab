"""Pages that say no: what is missing, who can, and the next step. Never a bare 403."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.web.parts.page import PageHead
from dean06.web.parts.work import SignPanel


def refused(request: HttpRequest, refusal: SignPanel, head: PageHead | None = None) -> HttpResponse:
    """Answer an act the charter does not allow."""
    return _told(request, "403.html", {"refusal": refusal, "head": head}, 403)


def not_there(request: HttpRequest) -> HttpResponse:
    """Answer a request for something that does not exist or lies outside what the reader may see."""
    return _told(request, "404.html", {}, 404)


def too_large(request: HttpRequest, limit_mb: int, back_href: str = "/") -> HttpResponse:
    """Answer an upload over the limit."""
    return _told(request, "413.html", {"limit_mb": limit_mb, "back_href": back_href}, 413)


def unmeasured(request: HttpRequest, status: int, back_href: str = "/") -> HttpResponse:
    """Answer an upload that says nothing, or nothing that is a number, of its length."""
    return _told(request, "411.html", {"back_href": back_href}, status)


def _told(request: HttpRequest, template: str, shown: dict[str, Any], status: int) -> HttpResponse:
    """A request made by htmx gets the same answer in place of the page's content, not a page inside a page."""
    if not getattr(request, "htmx", False):
        return render(request, template, shown, status=status)
    response = render(request, template, {**shown, "shell": "dean06/swap.html"}, status=status)
    response.headers["HX-Retarget"] = "#noi-dung"
    response.headers["HX-Reswap"] = "innerHTML show:window:top"
    return response
