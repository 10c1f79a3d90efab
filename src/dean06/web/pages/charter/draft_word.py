"""The leader's word on a draft, as its page shows it: given, to be given by the reader, or waited for."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from dean06.adoption.service import DraftInfo
from dean06.flows import adopting
from dean06.offices import service as offices
from dean06.web import confirming, writing
from dean06.web.language import words
from dean06.web.pages.clauses import quoted
from dean06.web.parts.work import SignPanel
from dean06.web.reader import Reader
from dean06.web.refusing import people_who_can

__all__ = ["said", "word_on_draft"]


def word_on_draft(request: HttpRequest, reader: Reader, draft: DraftInfo, *, whole: bool) -> SignPanel | None:
    """Return the panel of the leader's word; None where none is asked for by itself."""
    known = adopting.word(reader.account, reader.group, draft) if draft.is_open else None
    if known is None:
        return None
    if known.agreed:
        return SignPanel(
            id="y-kien",
            answer="yes",
            sentence=words("Tổ trưởng đã đồng ý", "The leader agrees"),
            detail=said(reader, draft),
        )
    decision, ready = known.answer.decision, known.answer.allowed and whole
    href = reader.url("charter-draft-decide", draft.id)
    form = {"href": href, "draft": draft, "asked": confirming.asked(request, reader)}
    earlier = (
        words("Bản thảo đã sửa sau ý kiến trước. ", "The draft changed after the earlier word. ")
        if draft.decision
        else ""
    )
    return SignPanel(
        id="y-kien",
        answer="yes" if known.answer.allowed else "no",
        sentence=words("Bạn cho ý kiến về bản thảo này", "Your word on this draft")
        if known.answer.allowed
        else words("Chờ ý kiến của Tổ trưởng", "Waiting for the leader's word"),
        detail=earlier + ("" if whole else words("Sửa hết lỗi ở phần Kiểm tra trước.", "Mend the faults first.")),
        facts=quoted(reader, decision),
        who_title=words("Người cho ý kiến", "Whose word it is"),
        who_can=() if known.answer.allowed else people_who_can(reader, decision),
        foot=render_to_string("dean06/pages/draft_word.html", form, request) if ready else "",
    )


def said(reader: Reader, draft: DraftInfo) -> str:
    """Say whose word was given, when and on which revision; a refusal with its reason."""
    told = draft.decision
    if told is None:
        return ""
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, told.at.date())}
    who, when = names.get(told.by, ""), writing.instant(told.at)
    text = words(f"{who}, {when}, bản sửa lần {told.revision}.", f"{who}, {when}, revision {told.revision}.")
    return f"{text} {told.note}".strip()
