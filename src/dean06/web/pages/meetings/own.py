"""A meeting or round of the reader's group; one of another group is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect

from dean06.clock.errors import BadInput
from dean06.flows.meeting_permits import kept
from dean06.meetings.service import meetings
from dean06.meetings.types import MeetingInfo, RoundInfo, Upload
from dean06.web.pages.uploads import upload
from dean06.web.reader import Reader

__all__ = ["back", "chosen_ids", "file_of", "number_of", "own", "own_round"]


def own(reader: Reader, meeting_id: int) -> MeetingInfo:
    """Return a meeting of the group."""
    found = meetings.meeting(reader.viewer, meeting_id)
    if found.group_id != reader.group.id:
        raise Http404
    return found


def own_round(reader: Reader, round_id: int) -> RoundInfo:
    """Return a written round of the group."""
    found = meetings.written_round(reader.viewer, round_id)
    if found.group_id != reader.group.id:
        raise Http404
    return found


def number_of(request: HttpRequest, name: str) -> int:
    """Return a number that a form names, or say that it is none."""
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > 15:
        raise BadInput(f"Thiếu lựa chọn «{name}»: mở lại trang rồi chọn.", f"{name} is missing: open the page again.")
    return int(given)


def chosen_ids(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers ticked under a name."""
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 16]


def file_of(request: HttpRequest, name: str = "tep") -> Upload | None:
    """Keep the file that came with a form and return it; None where none came."""
    given = request.FILES.get(name)
    if given is None or isinstance(given, list):
        return None
    sha256, suffix, called = kept(upload(request, name), str(given.name))
    return Upload(sha256=sha256, suffix=suffix, name=called)


def back(reader: Reader, request: HttpRequest, meeting_id: int) -> HttpResponseRedirect:
    """Lead back to the page an act was done on: the screen of a running meeting, or its page."""
    live = request.POST.get("tu") == "dieu-hanh"
    return HttpResponseRedirect(reader.url("meetings-live" if live else "meetings-one", meeting_id))
