"""Tờ trình: the paper that puts a draft before the authority above, from making to signing, sending, taking back."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.adoption.service import DraftInfo, SubmissionInfo
from dean06.charter.types import Citation
from dean06.flows import submitting
from dean06.flows.submission_paper import AMENDING
from dean06.jobs import service as jobs
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.web import confirming, writing
from dean06.web.language import words
from dean06.web.pages.charter.submission_parts import chip, shown
from dean06.web.pages.clauses import cite
from dean06.web.pages.days import day_given
from dean06.web.pages.papers import signing
from dean06.web.pages.papers.preview import preview
from dean06.web.pages.revision import found
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Facet, Facets
from dean06.web.parts.work import Check, Fact, SignPanel, Stepper
from dean06.web.reader import Reader, group_page

WORDS = "cau-chu"

__all__ = ["edit", "make", "one", "send", "sign", "withdraw"]


def _shown(reader: Reader, draft: DraftInfo) -> tuple[submitting.Standing, SubmissionInfo, PaperInfo]:
    """Return the paper in work, else the signed one."""
    kept = submitting.standing(reader.group, draft)
    one = kept.drafted or kept.signed
    paper = documents.paper(reader.viewer, one.paper_id) if one and one.paper_id else None
    if one is None or paper is None:
        raise Http404
    return kept, one, paper


def _head(reader: Reader, draft: DraftInfo, one: SubmissionInfo, paper: PaperInfo) -> PageHead:
    again = Action(
        label=words("Lập lại", "Make again"), href=reader.url("charter-draft-paper-make", draft.id), post=True
    )
    files = tuple(Action(label=label, href=href, sign="save") for label, href in shown(reader, draft, one, paper).files)
    revision = words(f"theo lần sửa {one.revision} của bản thảo", f"of revision {one.revision} of the draft")
    return PageHead(
        title=words("Tờ trình sửa đổi quy chế", "Submission of the amendment"),
        crumb=Link(label=draft.title, href=reader.url("charter-draft", draft.id)),
        meta=(chip(one), revision),
        actions=files if one.is_signed else (again, *files),
    )


def _views(chosen: str) -> Facets:
    named = [("", words("Bản xem trước", "Preview")), (WORDS, words("Câu chữ", "Words"))]
    return Facets(
        label=words("Xem", "View"),
        items=tuple(
            Facet(label=label, count="", href=f"?xem={code}" if code else "?", current=code == chosen)
            for code, label in named
        ),
    )


def _stepper(one: SubmissionInfo, *, sent: bool) -> Stepper:
    return Stepper(
        steps=(words("Lập", "Make"), words("Soát và ký", "Check and sign"), words("Gửi", "Send")),
        current=4 if one.is_signed and sent else 3 if one.is_signed else 2,
        label=words("Tờ trình đang ở bước nào", "Where the submission is"),
    )


def _checks(draft: DraftInfo, kept: submitting.Standing, one: SubmissionInfo) -> tuple[Check, ...]:
    fits = kept.drafted_fits
    fitting = words("Bản thảo chưa đổi từ khi lập tờ trình", "The draft has not changed since the paper was made")
    stale = words("Bản thảo hoặc quy chế đã đổi: lập lại trước", "The draft or the charter changed: make it again")
    day = writing.day(one.in_force_from)
    return (
        Check(
            text=fitting if fits else stale,
            tone="ok" if fits else "bad",
            sign="ok" if fits else "no",
            note=words(
                f"bản thảo lần sửa {draft.revision}, tờ trình theo lần {one.revision}",
                f"draft at revision {draft.revision}, the paper at {one.revision}",
            ),
        ),
        Check(
            text=words(f"Đề nghị có hiệu lực từ {day}", f"Proposed to be in force from {day}"), tone="ok", sign="clock"
        ),
    )


def _amending(reader: Reader) -> SafeString | str:
    """Show the clauses on amending the charter, which the paper rests on."""
    cites: dict[Citation, None] = dict.fromkeys(
        norm.cite for action in AMENDING for norm in reader.charter.norms if norm.action == action
    )
    return format_html_join(" ", "{}", ((cite(reader, one),) for one in cites))


def _panel(
    request: HttpRequest, reader: Reader, draft: DraftInfo, kept: submitting.Standing, paper: PaperInfo
) -> SignPanel:
    one = kept.drafted
    if one is None:
        detail = words(
            "Số và ngày không đổi được. Bản thảo sửa tiếp thì phải có tờ trình khác.",
            "Number and date are fixed. A draft that changes further wants another paper.",
        )
        return signing.issued_panel(paper, detail, reader.url("papers-file", paper.id, "pdf"))
    clauses = _amending(reader)
    asked = signing.Asked(
        href=reader.url("charter-draft-paper-sign", draft.id),
        token=paper.docx_sha256,
        version=words(f"theo lần sửa {one.revision}", f"of revision {one.revision}"),
        named=("tờ trình này", "this submission"),
        checks=_checks(draft, kept, one),
        facts=(Fact(term=words("Về việc sửa đổi", "On amending"), value=clauses),) if clauses else (),
        after=words(
            "Sau khi ký: hệ thống cấp số, lưu bản PDF, ghi sổ và ghi việc trình. Sai thì ra tờ trình thay thế "
            "hoặc rút; số đã cấp không dùng lại.",
            "After signing: numbered, archived as PDF, recorded and submitted. An error takes a replacing paper or a "
            "withdrawal; the number stays used.",
        ),
    )
    return signing.sign_panel(request, reader, asked, submitting.signing_answer(reader.account, reader.group, draft))


@group_page
def one(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Show the paper with its words, who may sign it, and to whom it goes."""
    draft = found(reader, draft_id)
    kept, one, paper = _shown(reader, draft)
    chosen = request.GET.get("xem", "") if not one.is_signed else ""
    content = documents.content(paper.id)
    sent = documents.dispatches(paper.id)
    in_words = chosen == WORDS
    page = {
        "head": _head(reader, draft, one, paper),
        "stepper": _stepper(one, sent=bool(sent)),
        "views": None if one.is_signed else _views(chosen),
        "paper": None if in_words else preview(content, "#"),
        "parts": submitting.said(reader.group, draft) if in_words else (),
        "panel": _panel(request, reader, draft, kept, paper),
        "recipients": (*content.addressees, *content.recipients),
        "receipts": [{"to": name, "name": name, "at": at} for name, at in sent],
        "edit_href": reader.url("charter-draft-paper-edit", draft.id),
        "send_href": reader.url("charter-draft-paper-send", draft.id) if one.is_signed and not sent else "",
    }
    return render(request, "dean06/pages/charter_paper.html", page)


def _back(reader: Reader, draft: DraftInfo, view: str = "") -> HttpResponseRedirect:
    page = reader.url("charter-draft-paper", draft.id)
    return HttpResponseRedirect(f"{page}?xem={view}" if view else page)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Make the paper of a draft, or make it again for the same proposed day."""
    draft = found(reader, draft_id)
    kept = submitting.standing(reader.group, draft).drafted
    given = request.POST.get("hieu_luc", "")
    day = kept.in_force_from if kept and not given else day_given(given, words("Ngày đề nghị", "Day proposed"))
    submitting.make(reader.account, reader.group, draft, day)
    messages.success(request, words("Đã lập tờ trình: soát rồi ký.", "The submission is made: check it, then sign."))
    return _back(reader, draft)


@require_POST
@group_page
def edit(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Take the clerk's words for the paragraphs."""
    draft = found(reader, draft_id)
    given: Mapping[str, str] = {
        key.removeprefix("doan-"): str(value) for key, value in request.POST.items() if key.startswith("doan-")
    }
    submitting.edit(reader.account, reader.group, draft, given)
    messages.success(request, words("Đã lưu câu chữ.", "Your words are kept."))
    return _back(reader, draft, WORDS)


@confirming.signs(one)
def sign(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Sign, number and submit the very draft that was read, or say who can."""
    draft = found(reader, draft_id)
    issued = submitting.issue(
        reader.account,
        reader.group,
        draft,
        reason=request.POST.get("ly_do") or None,
        seen=request.POST.get("ban", ""),
    )
    text = words(f"Đã ký, cấp số {issued.label}; đã ghi việc trình.", f"Signed as {issued.label}; submitted.")
    messages.success(request, text)
    return _back(reader, draft)


@require_POST
@group_page
def send(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Record the dispatch to the authority and the other recipients."""
    draft = found(reader, draft_id)
    count = submitting.send(reader.account, reader.group, draft)
    jobs.ask_post(reader.group.id, reader.account)
    messages.success(request, words(f"Đã ghi gửi {count} nơi nhận.", f"Sent to {count} recipients."))
    return _back(reader, draft)


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Take the signed paper back."""
    draft = found(reader, draft_id)
    submitting.withdraw(reader.account, reader.group, draft)
    text = words("Đã rút tờ trình; bản thảo trình lại được.", "Taken back; the draft can be submitted again.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))
