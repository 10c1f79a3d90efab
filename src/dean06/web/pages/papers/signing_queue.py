"""Chờ tôi ký: what lies before the reader, signed one by one on its page or many at once with one's key."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.debug import sensitive_post_parameters

from dean06.clock.errors import BadInput
from dean06.flows import digital_signing, paper_signing
from dean06.papers.service import documents, drafts, keys
from dean06.papers.service.drafts import RequestInfo
from dean06.web import confirming, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.papers.acts import secret
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

MOST = 50

__all__ = ["queue", "sign_many"]


def _row(reader: Reader, lies: RequestInfo, *, many: bool) -> Row:
    paper = documents.for_work(lies.paper_id)
    answer = paper_signing.answer(reader.account, reader.group, paper)
    state = (
        chip("ok", words("Ký được", "May sign"), with_sign="ok")
        if answer.allowed
        else chip("warn", words("Chưa ký được", "May not yet"), with_sign="bang")
    )
    box = format_html(
        '<input class="form-check-input" type="checkbox" name="van-ban" value="{}" form="ky-nhieu" aria-label="{}">',
        paper.id,
        paper.abstract,
    )
    link = format_html('<a href="{}">{}</a>', reader.url("papers-one", paper.id), paper.abstract)
    return Row(
        cells=(
            box if many and answer.allowed else "",
            link,
            paper.label,
            writing.instant(lies.asked_at),
            state,
            lies.note,
        )
    )


@group_page
def queue(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what waits for the reader's signature, oldest first."""
    listed = drafts.queue(reader.viewer, reader.group.id)
    key = keys.in_use(reader.group.id, account=reader.account)
    shown = {
        "head": PageHead(
            title=words("Chờ tôi ký", "To be signed by me"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(words(f"{len(listed)} văn bản", f"{len(listed)} papers"),),
        ),
        "found": listed,
        "key": key,
        "asked": confirming.asked(request, reader) if key and listed else None,
        "table": Table(
            caption=words("Văn bản chờ ký", "Papers to be signed"),
            columns=(
                Column(label=words("Chọn", "Pick")),
                Column(label=words("Trích yếu", "Abstract"), kind="text"),
                Column(label=words("Ký hiệu", "Symbol"), nowrap=True),
                Column(label=words("Trình lúc", "Since"), nowrap=True),
                Column(label=words("Quyền ký", "Right to sign")),
                Column(label=words("Lời trình", "Note"), kind="text"),
            ),
            rows=tuple(_row(reader, lies, many=key is not None) for lies in listed[:MOST]),
            heading=1,
        ),
        "empty": Empty(
            title=words("Không có văn bản nào chờ bạn ký", "Nothing waits for your signature"),
            text=words("Văn bản trình bạn sẽ hiện ở đây.", "What is put before you appears here."),
            sign="ok",
        ),
        "href": reader.url("papers-sign-many"),
        "key_href": reader.url("papers-keys"),
    }
    return render(request, "dean06/pages/signing_queue.html", shown)


@sensitive_post_parameters("khoa", "khoa_phien", "khoa_otp")
@confirming.signs(queue)
def sign_many(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Sign the papers that were picked, one after another; what could not be signed is told and stays in the queue."""
    waiting = {lies.paper_id for lies in drafts.queue(reader.viewer, reader.group.id)}
    picked = [int(one) for one in request.POST.getlist("van-ban") if one.isdecimal() and int(one) in waiting]
    if not picked:
        raise BadInput("Đánh dấu văn bản cần ký rồi bấm ký.", "Tick the papers to be signed, then sign.")
    done = digital_signing.sign_many(reader.account, reader.group, picked, secret(request))
    signed = sum(1 for one in done if one.paper is not None)
    if signed:
        messages.success(request, words(f"Đã ký {signed} văn bản.", f"{signed} papers signed."))
    for one in done:
        if one.problem is not None:
            named = documents.for_work(one.paper_id).abstract
            messages.warning(request, f"{named}: {one.problem.explain(current_language())}")
    return HttpResponseRedirect(reader.url("papers-queue"))
