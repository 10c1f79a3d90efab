"""Soạn, sửa quy chế: the drafts of a group, one draft with its faults, its effect, a try, and the adoption by two."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption, DraftInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation, Fact
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.charter_forms import Plain, mapping, rows
from dean06.web.pages.days import day_given
from dean06.web.pages.draft_moving import overtaken
from dean06.web.pages.draft_word import said, word_on_draft
from dean06.web.pages.submission_parts import submission_on_draft
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

STATES = {
    "open": ("mute", "pen", "Đang soạn", "Being written"),
    "submitted": ("info", "clock", "Đã trình", "Submitted"),
    "adopted": ("ok", "ok", "Đã thông qua", "Adopted"),
    "dropped": ("mute", "end", "Đã bỏ", "Dropped"),
}
TEMPLATES = ("regulation", "template")
MOST = 40  # lines of an effect that a page shows

__all__ = ["adopt", "archive", "begin", "begin_from_file", "decide", "drafts", "drop", "found", "one", "state"]


def state(draft: DraftInfo) -> str:
    """Show where a draft stands."""
    tone, sign, vi, en = STATES[draft.state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def found(reader: Reader, draft_id: int) -> DraftInfo:
    """Return a draft of the reader's group."""
    draft = adoption.draft(reader.group.id, draft_id)
    if draft is None:
        raise Http404
    return draft


def _table(reader: Reader, listed: list[DraftInfo]) -> Table:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    return Table(
        caption=words("Bản thảo", "Drafts"),
        columns=(
            Column(label=words("Bản thảo", "Draft"), kind="text"),
            Column(label=words("Vì sao", "Why"), kind="text"),
            Column(label=words("Người soạn", "Begun by")),
            Column(label=words("Sửa lần cuối", "Last change"), nowrap=True),
            Column(label=words("Trạng thái", "State"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    marks.link(f"{draft.title} ({draft.id})", reader.url("charter-draft", draft.id)),
                    ", ".join(part for part in (draft.clause, draft.reason) if part),
                    names.get(draft.made_by, ""),
                    writing.instant(draft.changed_at),
                    state(draft),
                )
            )
            for draft in listed
        ),
    )


@group_page
def drafts(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the drafts of the group's charter, and begin another."""
    listed = adoption.drafts(reader.group.id)
    bases = [(name, charters.load(name)) for name in charters.packages()]
    shown = {
        "head": PageHead(
            title=words("Soạn, sửa quy chế", "Write, amend the charter"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(reader.charter.title,),
        ),
        "table": _table(reader, listed),
        "listed": listed,
        "empty": Empty(
            title=words("Chưa có bản thảo nào", "No draft yet"),
            text=words("Bắt đầu từ bản đang hiệu lực, hoặc từ một mẫu.", "Begin from the text in force or a template."),
            sign="pen",
        ),
        "bases": [(name, charter.title) for name, charter in bases if charter.kind in TEMPLATES],
        "current": chartering.CURRENT,
        "clauses": list(dict.fromkeys(norm.cite.dotted for norm in reader.charter.norms)),
        "begin_href": reader.url("charter-draft-begin"),
        "file_href": reader.url("charter-draft-file"),
    }
    return render(request, "dean06/pages/charter_drafts.html", shown)


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin a draft."""
    base = request.POST.get("goc", chartering.CURRENT)
    if base not in (chartering.CURRENT, *charters.packages()):
        raise BadInput("Chọn văn bản gốc trong danh sách.", "Choose the base from the list.")
    draft = chartering.begin(
        reader.account,
        reader.group,
        base,
        clause=request.POST.get("khoan", "").strip(),
        reason=" ".join(request.POST.get("ly_do", "").split())[:1000],
    )
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


@require_POST
@group_page
def begin_from_file(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin a draft from a regulation's file."""
    upload = request.FILES.get("tep")
    if upload is None or not upload.name:
        raise BadInput("Chọn tệp .docx, .pdf hoặc .txt của quy chế.", "Choose the regulation's .docx, .pdf or .txt.")
    with tempfile.TemporaryDirectory(prefix="quy-che-") as folder:
        place = Path(folder) / Path(upload.name).name
        with place.open("wb") as kept:
            for chunk in upload.chunks():
                kept.write(chunk)
        draft = chartering.begin_from_file(reader.account, reader.group, place, place.name)
    messages.success(
        request,
        words("Đã đọc tệp; quy phạm đề xuất nằm ở từng điều.", "The file is read; proposals stand at each article."),
    )
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


def _articles(reader: Reader, draft: DraftInfo) -> list[dict[str, object]]:
    """Return the chapters of a draft with their articles, and what is wrong in each is left to the review."""
    head = mapping(draft.files.get(chartering.HEAD))
    by_label = {
        str(mapping(value).get("article")): (name, mapping(value))
        for name, value in draft.files.items()
        if isinstance(value, dict)
    }
    made: list[dict[str, object]] = []
    covering = [str(label) for label in _plain(head.get("covering"))]
    chapters: list[Plain] = [
        {"label": "", "heading": words("Quyết định ban hành", "Issuing decision"), "articles": covering}
    ]
    for chapter in [*(chapters if covering else []), *rows(head.get("chapters"))]:
        labels = [str(label) for label in _plain(chapter.get("articles"))]
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


def _plain(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _effects(review: chartering.Review) -> Checklist:
    lines = []
    comparison = review.comparison
    if comparison is not None:
        language = current_language()
        for effect in comparison.effects[:MOST]:
            tone, sign = {"gained": ("ok", "up"), "lost": ("bad", "dn")}.get(effect.change, ("warn", "neq"))
            lines.append(
                Check(text=charters.effect_text(comparison.a, comparison.b, effect, language), tone=tone, sign=sign)
            )
    return Checklist(items=tuple(lines))


def _tried(request: HttpRequest, reader: Reader, review: chartering.Review) -> dict[str, object] | None:
    role, action = request.GET.get("vai", ""), request.GET.get("viec", "")
    if review.charter is None or not (role and action):
        return None
    facts: dict[str, Fact] = {}
    for line in request.GET.get("du_kien", "").replace(",", "\n").split("\n"):
        name, _, value = line.strip().partition("=")
        if name:
            facts[name] = value or True
    decision = chartering.try_out(review.charter, reader.group, role, action, facts)
    return {"outcome": marks.chip(decision.outcome), "sentence": decision.sentence(current_language())}


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


def _checked(reader: Reader, review: chartering.Review) -> dict[str, object]:
    """Return what is wrong with a draft, what is wanting, and what it changes."""
    language, comparison = current_language(), review.comparison
    faults = (Check(text=fault.line(language), tone="bad", sign="no") for fault in review.faults[:MOST])
    advice = (
        Check(text=words(one.vi, one.en), tone="warn", sign="warn", note=one.where) for one in review.advice[:MOST]
    )
    changed = (
        {
            "text": len(comparison.text),
            "norms": len(comparison.norms),
            "effects": len(comparison.effects),
            "tasks": len(review.tasks),
        }
        if comparison
        else None
    )
    return {
        "faults": Checklist(items=tuple(faults)),
        "advice": Checklist(items=tuple(advice)),
        "whole": review.charter is not None,
        "hash": review.charter.hash if review.charter else "",
        "effects": _effects(review),
        "changed": changed,
        "tasks": [(task.number, task.title, reader.url("tasks-one", task.id)) for task in review.tasks[:MOST]],
    }


@group_page
def one(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Show a draft: its articles, its faults, what it changes, a question tried on it, and its adoption."""
    draft = found(reader, draft_id)
    review = chartering.review(reader.group, draft)
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    shown = _checked(reader, review) | {
        "head": _head(reader, draft),
        "draft": draft,
        "overtaken": overtaken(reader, draft),
        "chapters": _articles(reader, draft),
        "parties_href": reader.url("charter-draft-head", draft.id),
        "roles": _role_choices(review),
        "actions": _action_choices(review),
        "tried": _tried(request, reader, review),
        "asked": {name: request.GET.get(name, "") for name in ("vai", "viec", "du_kien")},
        "submission": submission_on_draft(reader, draft, whole=review.charter is not None),
        "word": word_on_draft(request, reader, draft, whole=review.charter is not None),
        "said": said(reader, draft) if draft.state == "dropped" else "",
        "confirmed": [names.get(account, "") for account in draft.confirmed_by],
        "today": writing.day(reader.today),
        "hrefs": {
            act: reader.url(f"charter-draft-{name}", draft.id)
            for act, name in (
                ("adopt", "adopt"),
                ("drop", "drop"),
                ("archive", "archive"),
                ("article", "add"),
            )
        },
    }
    return render(request, "dean06/pages/charter_draft.html", shown)


def _role_choices(review: chartering.Review) -> list[tuple[str, str]]:
    if review.charter is None:
        return []
    language = current_language()
    parties = {bearer.party for norm in review.charter.norms for bearer in norm.bearers}
    named = [(code, charters.party_name(review.charter, code, language)) for code in parties]
    return sorted(named, key=lambda pair: pair[1])


def _action_choices(review: chartering.Review) -> list[tuple[str, str]]:
    if review.charter is None:
        return []
    known = charters.vocabulary().actions
    used = {norm.action for norm in review.charter.norms if norm.action}
    return sorted(((code, words(known[code].name.vi, known[code].name.en)) for code in used), key=lambda pair: pair[1])


@require_POST
@group_page
def decide(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Record the leader's word on the draft that they read."""
    draft = found(reader, draft_id)
    seen = request.POST.get("lan_sua", "")
    read = int(seen) if seen.isdecimal() else 0
    if request.POST.get("dong_y") == "khong":
        adopting.refuse(reader.account, reader.group, draft, request.POST.get("ly_do", "")[:1000], seen=read)
        text = words("Đã ghi: không đồng ý; bản thảo được để lại.", "Noted: not agreed; the draft is set aside.")
    else:
        adopting.agree(reader.account, reader.group, draft, seen=read)
        text = words("Đã ghi: Tổ trưởng đồng ý.", "Noted: the leader agrees.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


@require_POST
@group_page
def adopt(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Confirm that a draft is adopted; the second of two people makes it the group's text."""
    draft = found(reader, draft_id)
    number = " ".join(request.POST.get("so", "").split())
    if not number:
        raise BadInput("Ghi số của văn bản ban hành.", "Give the number of the issuing paper.")
    adopted = Adoption(
        instrument=number,
        signed_on=day_given(request.POST.get("ngay", ""), words("Ngày ký", "Signed on")),
        in_force_from=day_given(request.POST.get("hieu_luc", ""), words("Ngày có hiệu lực", "In force from")),
    )
    done = adopting.confirm(reader.account, reader.group, draft, adopted)
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
    """Set a draft aside."""
    draft = found(reader, draft_id)
    chartering.drop(reader.account, reader.group, draft)
    messages.success(request, words("Đã bỏ bản thảo; vẫn đọc lại được.", "The draft is set aside; it stays readable."))
    return HttpResponseRedirect(reader.url("charter-drafts"))


@group_page
def archive(_request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Give a draft out as the YAML files of a package, in a .zip."""
    draft = found(reader, draft_id)
    response = HttpResponse(chartering.archive(draft), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="quy-che-{reader.group.slug}-{draft.id}.zip"'
    return response
