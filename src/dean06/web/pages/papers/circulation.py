"""Who reads a paper: the panel that says so and lets it be changed, and the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.flows import circulating
from dean06.offices import service as offices
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.web.language import words
from dean06.web.reader import Reader, group_page

RESTRICTED = "han_che"

__all__ = ["panel", "readers"]


def panel(reader: Reader, paper: PaperInfo) -> dict[str, object] | None:
    """Return who reads a paper, with what changes it; None where everybody does and the reader may not change it."""
    allowed = circulating.answer(reader.account, reader.group, paper).allowed
    if not allowed and paper.circle is None:
        return None
    named = paper.circle.agencies if paper.circle else frozenset()
    listed = sorted(offices.agency_names(reader.group.id).items(), key=lambda each: each[1])
    return {
        "template": "dean06/pages/paper_readers.html",
        "restricted": paper.circle is not None,
        "named": [name for code, name in listed if code in named],
        "choices": [(code, name, code in named) for code, name in listed],
        "href": reader.url("papers-readers", paper.id) if allowed else "",
    }


@require_POST
@group_page
def readers(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Restrict a paper to a circle, or open it to everybody of the group; whoever no longer reads it sees the list."""
    paper = documents.paper(reader.viewer, paper_id)
    if paper is None or paper.group_id != reader.group.id:
        raise Http404
    if request.POST.get("muc") == RESTRICTED:
        circulating.restrict(reader.account, reader.group, paper_id, request.POST.getlist("co_quan"))
        messages.success(request, words("Đã hạn chế người đọc văn bản.", "The paper is restricted."))
    else:
        circulating.open_again(reader.account, reader.group, paper_id)
        messages.success(request, words("Cả tổ đọc được văn bản.", "Everybody of the group reads the paper."))
    if documents.paper(reader.viewer, paper_id) is None:
        return HttpResponseRedirect(reader.url("papers"))
    return HttpResponseRedirect(reader.url("papers-one", paper_id))
