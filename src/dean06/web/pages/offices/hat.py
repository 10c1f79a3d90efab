"""Đội mũ nào: the seat a person with several chooses to act in, remembered while they are signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dean06.web.language import words
from dean06.web.reader import HATS, Reader, group_page

__all__ = ["choose"]


@require_POST
@group_page
def choose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take one of one's own seats for the acts that more than one of them may do."""
    given = request.POST.get("ghe", "")
    seat = next((one for one in reader.seats if str(one.seat_id) == given), None)
    if seat is None:
        raise Http404
    request.session[HATS] = {**request.session.get(HATS, {}), reader.group.slug: seat.seat_id}
    messages.success(
        request,
        words(
            f"Từ giờ việc nào nhiều vai làm được thì ghi theo vai {seat.hat}.",
            f"What more than one of your seats may do is now done as {seat.hat}.",
        ),
    )
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if safe else reader.url("desk"))
