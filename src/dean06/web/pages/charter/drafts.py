"""Soạn, sửa quy chế: the drafts of a group, one draft with its faults, its effect, a try, and the adoption by two."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption.service import Adoption, DraftInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering, trying
from dean06.flows.authority import ask
from dean06.flows.draft_values import listed, mapping, rows
from dean06.offices import service as offices
from dean06.web import confirming, marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.charter.checks import checked
from dean06.web.pages.charter.draft_moving import overtaken
from dean06.web.pages.charter.draft_word import said, word_on_draft
from dean06.web.pages.charter.forms import Plain
from dean06.web.pages.charter.submission_parts import submission_on_draft
from dean06.web.pages.charter.trying import given_facts, trying_on
from dean06.web.pages.clauses import quoted
from dean06.web.pages.days import day_given
from dean06.web.pages.revision import again_wanted, found, said_again, seen
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import people_who_can

STATES = {
    "open": ("mute", "pen", "Đang soạn", "Being written"),
    "submitted": ("info", "clock", "Đã trình", "Submitted"),
    "adopted": ("ok", "ok", "Đã thông qua", "Adopted"),
    "dropped": ("mute", "end", "Đã bỏ", "Dropped"),
}
__all__ = [
    "adopt",
    "archive",
    "decide",
    "drop",
    "forget_scenario",
    "keep_scenario",
    "one",
    "page",
    "state",
]


def state(draft: DraftInfo) -> str:
    """Show where a draft stands."""
    tone, sign, vi, en = STATES[draft.state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def _articles(reader: Reader, draft: DraftInfo) -> list[dict[str, object]]:
    """Return the chapters of a draft with their articles, and what is wrong in each is left to the review."""
    head = mapping(draft.files.get(chartering.HEAD))
    by_label = {
        str(mapping(value).get("article")): (name, mapping(value))
        for name, value in draft.files.items()
        if isinstance(value, dict)
    }
    made: list[dict[str, object]] = []
    covering = [str(label) for label in listed(head.get("covering"))]
    chapters: list[Plain] = [
        {"label": "", "heading": words("Quyết định ban hành", "Issuing decision"), "articles": covering}
    ]
    for chapter in [*(chapters if covering else []), *rows(head.get("chapters"))]:
        labels = [str(label) for label in listed(chapter.get("articles"))]
        made.append(
            {
                "label": chapter.get("label", ""),
                "heading": chapter.get("heading", ""),
                "articles": [
                    {
                        "label": charters.clause_label(Citation(article=label), current_language()),
                        "heading": by_label[label][1].get("heading", ""),
                        "norms": len(rows(by_label[label][1].get("norms"))),
                        "href": reader.url("charter-draft-article", draft.id, by_label[label][0]),
                    }
                    for label in labels
                    if label in by_label
                ],
            }
        )
    return made


def _head(reader: Reader, draft: DraftInfo) -> PageHead:
    about = words(f"đề nghị về {draft.clause}: {draft.reason}", f"on {draft.clause}: {draft.reason}")
    return PageHead(
        title=draft.title,
        crumb=Link(label=words("Soạn, sửa quy chế", "Drafts"), href=reader.url("charter-drafts")),
        meta=(
            state(draft),
            words(f"bản thảo {draft.id}, lần sửa {draft.revision}", f"draft {draft.id}, revision {draft.revision}"),
            *((about if draft.clause else draft.reason,) if draft.reason else ()),
        ),
    )


def page(request: HttpRequest, reader: Reader, draft: DraftInfo, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    """Show a draft; with `slips` a form of it again, with what was typed."""
    review = chartering.review(reader.group, draft)
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    whole = review.charter is not None
    routes = ("adopt", "drop", "archive", "add", "scenario", "forget")
    shown = checked(reader, draft, review) | {
        "head": _head(reader, draft),
        "draft": draft,
        "slips": slips,
        "overtaken": overtaken(reader, draft),
        "chapters": _articles(reader, draft),
        "parties_href": reader.url("charter-draft-head", draft.id),
        "trying": trying_on(request, reader, draft, review),
        "submission": submission_on_draft(reader, draft, whole=whole),
        "word": word_on_draft(request, reader, draft, whole=whole),
        "said": said(reader, draft) if draft.state == "dropped" else "",
        "confirmed": [names.get(account, "") for account in draft.confirmed_by],
        "again": again_wanted(draft),
        "today": writing.day(reader.today),
        "typed": request.POST,
        "hrefs": {name: reader.url(f"charter-draft-{name}", draft.id) for name in routes},
    }
    if draft.is_open:
        shown |= {"asked": confirming.asked(request, reader)}
        shown |= {"adopting": _may(reader, draft, adopting=True), "dropping": _may(reader, draft, adopting=False)}
    return render(request, "dean06/pages/charter_draft.html", shown, status=UNUSABLE if slips else 200)


def _may(reader: Reader, draft: DraftInfo, *, adopting: bool) -> dict[str, object]:
    """Return whether the reader may adopt or drop a draft, under which clause, and who can if not."""
    act = chartering.dropping(reader.account, reader.group, draft)
    answer = ask(replace(act, action="charter.adopt", facts={}) if adopting else act)
    return {
        "allowed": answer.allowed,
        "clauses": quoted(reader, answer.decision),
        "who": () if answer.allowed else people_who_can(reader, answer.decision),
    }


@group_page
def one(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Show a draft: its articles, its faults, what it changes, a question tried on it, and its adoption."""
    return page(request, reader, found(reader, draft_id))


@require_POST
@group_page
def decide(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponseBase:
    """Record the leader's word on the draft that they read; what is agreed is signed."""
    if request.POST.get("dong_y") != "khong":
        return _agree(request, reader.group.slug, draft_id)
    draft = found(reader, draft_id)
    adopting.refuse(reader.account, reader.group, draft, request.POST.get("ly_do", "")[:1000], seen=seen(request))
    text = words("Đã ghi: không đồng ý; bản thảo được để lại.", "Noted: not agreed; the draft is set aside.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


@confirming.signs(one)
def _agree(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    draft = found(reader, draft_id)
    adopting.agree(reader.account, reader.group, draft, seen=seen(request))
    messages.success(request, words("Đã ghi: Tổ trưởng đồng ý.", "Noted: the leader agrees."))
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


def _adoption(request: HttpRequest) -> Adoption:
    number = " ".join(request.POST.get("so", "").split())
    if not number:
        raise Misfilled("so", "Ghi số của văn bản ban hành.", "Give the number of the issuing paper.")
    days = {}
    for field, name in (
        ("ngay", words("Ngày ký", "Signed on")),
        ("hieu_luc", words("Ngày có hiệu lực", "In force from")),
    ):
        try:
            days[field] = day_given(request.POST.get(field, ""), name)
        except BadInput as problem:
            raise Misfilled(field, problem.vi, problem.en) from problem
    return Adoption(instrument=number, signed_on=days["ngay"], in_force_from=days["hieu_luc"])


@confirming.signs(one)
def adopt(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Confirm that a draft is adopted; the second of two people makes it the group's text."""
    draft = found(reader, draft_id)
    try:
        adopted = _adoption(request)
        done = adopting.confirm(reader.account, reader.group, draft, adopted)
    except BadInput as problem:
        return page(request, reader, draft, slips_of(problem, "hieu_luc"))
    day = writing.day(adopted.in_force_from)
    text = (
        words(f"Đã thông qua; có hiệu lực từ {day}.", f"Adopted; in force from {day}.")
        if done.state == "adopted"
        else words("Đã ghi. Cần thêm một người nữa xác nhận.", "Noted. One more person must confirm.")
    )
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Set a draft aside, once whoever does it has said that it is meant."""
    draft = found(reader, draft_id)
    try:
        if not request.POST.get("chac_bo"):
            vi, en = "Đánh dấu «Tôi muốn bỏ bản thảo này» rồi bấm lại.", "Tick that you mean to set it aside first."
            raise Misfilled("chac_bo", vi, en)
        chartering.drop(reader.account, reader.group, draft)
    except BadInput as problem:
        return page(request, reader, draft, slips_of(problem))
    messages.success(request, words("Đã bỏ bản thảo; vẫn đọc lại được.", "The draft is set aside; it stays readable."))
    return HttpResponseRedirect(reader.url("charter-drafts"))


@require_POST
@group_page
def keep_scenario(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Keep the question that was tried, with the answer the draft gives now."""
    draft = found(reader, draft_id)
    asked, (role, action) = request.POST.get("ten", ""), (request.POST.get(name, "") for name in ("vai", "viec"))
    tried = trying.Tried(ask=asked, role=role, action=action, given=tuple(given_facts(request.POST)))
    try:
        again = said_again(request, draft)
        trying.keep(reader.account, reader.group, draft, tried, seen=seen(request), again=again)
    except BadInput as problem:
        return page(request, reader, draft, slips_of(problem, "ten-tinh-huong"))
    messages.success(request, words("Đã ghi thành tình huống.", "Kept as a scenario."))
    return HttpResponseRedirect(f"{reader.url('charter-draft', draft.id)}#thu")


@require_POST
@group_page
def forget_scenario(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Take a kept question out of the draft."""
    draft = found(reader, draft_id)
    number = request.POST.get("so_tt", "")
    try:
        place = int(number) if number.isdecimal() else -1
        again = said_again(request, draft)
        trying.forget(reader.account, reader.group, draft, place, seen=seen(request), again=again)
    except BadInput as problem:
        return page(request, reader, draft, slips_of(problem))
    return HttpResponseRedirect(f"{reader.url('charter-draft', draft.id)}#thu")


@group_page
def archive(_request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Give a draft out as the YAML files of a package, in a .zip."""
    draft = found(reader, draft_id)
    response = HttpResponse(trying.archive(draft), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="quy-che-{reader.group.slug}-{draft.id}.zip"'
    return response
