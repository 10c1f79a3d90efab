"""Xác nhận đã nhận: where the link of a letter leads. Looking confirms nothing; a button does. No sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dean06.clock.errors import BadInput
from dean06.papers.service import dispatching
from dean06.web.language import words
from dean06.web.pace import paced
from dean06.web.parts.page import PageHead

__all__ = ["receipt"]


@require_http_methods(["GET", "HEAD", "POST"])
@paced
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is to be confirmed, and take the receiver's word for it."""
    try:
        letter = dispatching.letter_of(token)
        if request.method == "POST":
            dispatching.confirm_by_link(token)
            letter = dispatching.letter_of(token)
    except BadInput as problem:
        raise Http404 from problem  # a link that nobody was given and one that is none look the same
    title, button = (
        (("Xác nhận đã hủy văn bản", "Confirm destroying"), ("Đã hủy bản điện tử", "The files were destroyed"))
        if letter.taking_back
        else (("Xác nhận đã nhận văn bản", "Confirm receiving"), ("Đã nhận văn bản", "The paper came"))
    )
    shown = {
        "head": PageHead(title=f"{words(*title)} {letter.label}", meta=(letter.sender,)),
        "letter": letter,
        "button": words(*button),
    }
    return _shown(request, shown)


def _shown(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    response = render(request, "dean06/pages/receipt.html", shown)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
