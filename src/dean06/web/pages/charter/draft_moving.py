"""A draft that another adoption has overtaken: what its page says of it, and the move to the newest text."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.flows import chartering, rebasing
from dean06.web.language import current_language, words
from dean06.web.pages.revision import found, said_again, seen
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

PARTS = {
    "clauses": ("khoản", "clause"),
    "norms": ("quy phạm", "norm"),
    "chapters": ("chương", "chapter"),
    "roles": ("vai", "role"),
    "agencies": ("cơ quan", "agency"),
    "seals": ("con dấu", "seal"),
    "heading": ("tên điều", "heading"),
    "notes": ("lưu ý", "notes"),
}

__all__ = ["OnDraft", "move", "overtaken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDraft:
    """What the page of a draft shows: the move that is needed, and the places to look at after one."""

    move_href: str
    sentence: str
    compare_href: str
    to_check: Checklist


def overtaken(reader: Reader, draft: DraftInfo) -> OnDraft | None:
    """Return what the page says; None for a draft that follows the newest text and has nothing left to look at."""
    stale = chartering.is_stale(reader.group, draft)
    if not stale and not (draft.is_open and draft.to_check):
        return None
    newest = reader.texts[-1].version
    followed = next((one.version for one in reader.texts if one.hash == draft.follows), None)
    query = {"ban": str(newest), "voi": f"v{followed}"}
    return OnDraft(
        move_href=reader.url("charter-draft-move", draft.id) if stale else "",
        sentence=_sentence(followed, newest) if stale else "",
        compare_href=f"{reader.url('charter-compare')}?{urlencode(query)}" if stale and followed else "",
        to_check=Checklist(
            items=tuple(Check(text=_place(draft, one), tone="warn", sign="warn") for one in draft.to_check)
        ),
    )


def _sentence(followed: int | None, newest: int) -> str:
    if followed is None:
        return words(
            f"Bản thảo soạn trước khi phiên bản {newest} được thông qua.",
            f"The draft was written before version {newest} was adopted.",
        )
    return words(
        f"Bản thảo soạn từ phiên bản {followed}; từ đó phiên bản {newest} đã được thông qua.",
        f"The draft was written from version {followed}; version {newest} has been adopted since.",
    )


def _place(draft: DraftInfo, told: str) -> str:
    """Name a place of the package in words: `dieu-08.yaml: clauses 1`."""
    file, _, rest = told.partition(": ")
    part, _, key = rest.partition(" ")
    content = draft.files.get(file)
    label = str(content.get("article", "")) if isinstance(content, dict) else ""
    named = charters.clause_label(Citation(article=label), current_language()) if label else ""
    if file == chartering.HEAD:
        named = words("Vai, cơ quan, con dấu, mục lục", "Roles, agencies, seals, contents")
    inside = f"{words(*PARTS.get(part, (part, part)))} {key}".strip()
    return ", ".join(one for one in (named[:1].upper() + named[1:] or file, inside) if one)


@require_POST
@group_page
def move(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Move a draft to the newest adopted text."""
    draft = found(reader, draft_id)
    moved = rebasing.move(reader.account, reader.group, draft, seen=seen(request), again=said_again(request, draft))
    if moved.to_check:
        count = len(moved.to_check)
        messages.warning(
            request,
            words(
                f"Đã chuyển; {count} chỗ cả hai bên cùng sửa giữ theo bản thảo: xem lại từng chỗ.",
                f"Moved; {count} places that both changed keep the draft's side: look at each.",
            ),
        )
    else:
        messages.success(request, words("Đã chuyển sang bản mới nhất.", "Moved to the newest version."))
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))
