"""The draft that a page or form is about, and what a form says of what its reader had before them.

The revision is a hidden field, so that nobody overwrites another's work; a box says that a draft which others have
before them will be put before them again.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo
from dean06.flows import chartering
from dean06.web.pages.slips import Misfilled
from dean06.web.reader import Reader

__all__ = ["again_wanted", "found", "said_again", "seen"]


def found(reader: Reader, draft_id: int) -> DraftInfo:
    """Return a draft of the reader's group."""
    draft = adoption.draft(reader.group.id, draft_id)
    if draft is None:
        raise Http404
    return draft


def seen(request: HttpRequest) -> int:
    """Return the revision that the reader had before them when they filled in a form; 0 where the form names none."""
    given = request.POST.get("lan", "")
    return int(given) if given.isdecimal() else 0


def again_wanted(draft: DraftInfo) -> bool:
    """Say whether a change asks first, because others have the draft before them."""
    return draft.is_open and chartering.is_before_others(draft)


def said_again(request: HttpRequest, draft: DraftInfo) -> bool:
    """Return whether whoever changes a submitted draft said that it will be submitted again; refused where not."""
    if not again_wanted(draft):
        return False
    if not request.POST.get("trinh_lai"):
        raise Misfilled(
            "trinh_lai",
            "Bản thảo đã trình: sửa thì phải trình lại. Đánh dấu xác nhận rồi lưu.",
            "The draft was submitted: a change must be submitted again. Tick that you know, then save.",
        )
    return True
