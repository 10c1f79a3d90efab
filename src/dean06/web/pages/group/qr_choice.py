"""Mã QR trên văn bản: whether the group's papers bear the code that leads to their proof."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.flows import keeping as journey
from dean06.papers.service import proofs
from dean06.web.language import words
from dean06.web.reader import Reader, group_page

__all__ = ["choose", "shown_on_papers"]


def shown_on_papers(reader: Reader) -> bool | None:
    """Say whether the group's papers bear the code; None where the installation has no public address to lead to."""
    return proofs.qr_shown(reader.group.id) if settings.PUBLIC_URL else None


@require_POST
@group_page
def choose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Choose whether papers bear the code from the next issue on."""
    shown = request.POST.get("hien") == "1"
    journey.choose_qr(reader.account, reader.group, shown=shown)
    told = (
        words("Văn bản ban hành từ nay mang mã QR.", "Papers bear the code from now on.")
        if shown
        else words("Văn bản ban hành từ nay không mang mã QR.", "Papers bear no code from now on.")
    )
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("settings"))
