"""Pages that say no: what is missing, who can, and the next step. Never a bare 403."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.web.parts.page import PageHead
from dean06.web.parts.work import SignPanel


def refused(request: HttpRequest, refusal: SignPanel, head: PageHead | None = None) -> HttpResponse:
    """Answer an act the charter does not allow."""
    return render(request, "403.html", {"refusal": refusal, "head": head}, status=403)


def too_large(request: HttpRequest, limit_mb: int, back_href: str = "/") -> HttpResponse:
    """Answer an upload over the limit."""
    return render(request, "413.html", {"limit_mb": limit_mb, "back_href": back_href}, status=413)
