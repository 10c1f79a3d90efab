"""One paper that came: what it says, its files, what its sender was told, and what is to be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.flows import receiving, replying
from dean06.jobs import service as jobs
from dean06.papers.service import documents, incoming
from dean06.papers.service.incoming import IncomingInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.papers import post_marks
from dean06.web.pages.papers.one import FACTS
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

TOLD = {  # what the sender hears, in English
    "01": "It came",
    "02": "Sent back",
    "03": "Registered",
    "04": "Assigned",
    "05": "Being dealt with",
    "06": "Dealt with",
    "15": "Taking back agreed",
    "16": "Taking back not agreed",
}

__all__ = ["finish", "found", "hand_on", "incoming_file", "one", "recall", "refuse", "register", "reply"]


def found(reader: Reader, incoming_id: int) -> IncomingInfo:
    """Return a paper that came to the group; one that is not there or not for the reader gets the same answer."""
    info = incoming.one(reader.viewer, incoming_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    return info


def _facts(reader: Reader, info: IncomingInfo) -> SummaryList:
    urgency = dict(incoming.priorities()).get(info.priority, "")
    told = (
        (words("Số đến", "Number"), f"{info.number}/{info.year}" if info.number else ""),
        (words("Đến lúc", "Came at"), f"{writing.instant(info.arrived_at)}, {post_marks.channel(info.channel)}"),
        (words("Nơi gửi", "Sender"), " · ".join(part for part in (info.organ_name, info.organ_code) if part)),
        (words("Số, ký hiệu", "Its number"), info.label),
        (words("Ngày văn bản", "Its day"), writing.day(info.dated) if info.dated else ""),
        (words("Tên loại", "Kind"), info.kind),
        (words("Người ký", "Signer"), info.signer),
        (words("Độ khẩn", "Urgency"), post_marks.urgency(info.priority, urgency) if info.urgent else ""),
        (words("Bên gửi hẹn", "Its sender wants it by"), writing.day(info.due) if info.due else ""),
        (words("Số trang", "Pages"), str(info.pages) if info.pages else ""),
        (words("Người xử lý", "With whom"), info.handed_to),
        (words("Hạn xử lý", "By"), writing.day(info.answer_by) if info.answer_by else ""),
        (words("Chữ ký gói", "Seal of the packet"), info.sealed_by),
        (words("Ghi chú", "Note"), info.note),
    )
    facts = [Fact(term=term, value=value) for term, value in told if value]
    for term, other in (
        (words("Trùng với", "The same as"), info.duplicate_of),
        (words("Đã thay bằng", "Replaced by"), info.replaced_by),
    ):
        if other is not None:
            facts.append(Fact(term=term, value=_other(reader, other)))
    return SummaryList(facts=tuple(facts))


def _other(reader: Reader, incoming_id: int) -> str:
    other = incoming.one(reader.viewer, incoming_id)
    label = f"{other.label or other.abstract[:60]}" if other else "…"
    return format_html('<a href="{}">{}</a>', reader.url("papers-incoming-one", incoming_id), label)


def _told(info: IncomingInfo) -> Timeline | None:
    events = [
        Event(
            text=f"{code}: {words(vi, TOLD.get(code, vi))}",
            when=words("đã báo", "told") if left else words("chờ gửi", "waiting"),
            sign="out" if left else "clock",
            tone="ok" if left else "",
        )
        for code, vi, left in info.told_in_words
    ]
    return Timeline(events=tuple(reversed(events))) if events else None


def _notices(info: IncomingInfo) -> tuple[Notice, ...]:
    made = []
    if info.business and info.reason:
        made.append(Notice(text=words(f"Bên gửi nêu: {info.reason}", f"Its sender says: {info.reason}"), sign="law"))
    if info.recalled_at is not None:
        told = words(
            f"Bên gửi đã lấy lại ngày {writing.day(info.recalled_at)}; tệp đã hủy, số đến giữ nguyên.",
            f"Taken back on {writing.day(info.recalled_at)}; the files are destroyed, the number stays.",
        )
        made.append(Notice(text=told, tone="warn", sign="end"))
    return tuple(made)


def _replies(reader: Reader, info: IncomingInfo) -> tuple[tuple[str, str, str], ...]:
    """Return address, number and abstract of each paper that answers this one."""
    made = documents.replies(reader.viewer, info.id)
    return tuple((reader.url("papers-one", one.id), one.label, one.abstract) for one in made)


@group_page
def one(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Show a paper that came, and what the reader may do with it."""
    info = found(reader, incoming_id)
    at_work = reader.ending is None and reader.viewer.sits_in(reader.group.id)
    registers = at_work and receiving.registering_answer(reader.account, reader.group, known=reader.known).allowed
    hands = at_work and receiving.handing_answer(reader.account, reader.group, known=reader.known).allowed
    asked_back = info.recall_asked_at is not None and info.recalled_at is None
    shown = {
        "head": PageHead(
            title=f"{info.kind} {info.label}".strip(),
            crumb=Link(label=words("Văn bản đến", "Incoming papers"), href=reader.url("papers-incoming")),
            meta=(post_marks.incoming_state(info), info.abstract),
        ),
        "info": info,
        "facts": _facts(reader, info),
        "told": _told(info),
        "notices": _notices(info),
        "files": tuple(
            (file, reader.url("papers-incoming-file", info.id, file.sha256), f"{max(1, file.size // 1024)} KB")
            for file in info.files
        ),
        "registers": registers and info.status == "arrived",
        "hands": hands and info.status in {"registered", "handed"},
        "replies": _replies(reader, info),
        "answers": at_work and info.status in replying.ANSWERED,
        "asked_back": asked_back,
        "gives_back": registers and asked_back,
        "agencies": tuple(dict.fromkeys((*reader.agencies.values(), *(seat.holder for seat in reader.seats)))),
        "hrefs": {
            name: reader.url(f"papers-incoming-{name}", info.id)
            for name in ("register", "refuse", "handon", "done", "reply")
        }
        | {"recall": reader.url("papers-incoming-recall", info.id)},
    }
    return render(request, "dean06/pages/incoming_one.html", shown)


@group_page
def incoming_file(_request: HttpRequest, reader: Reader, incoming_id: int, sha256: str) -> FileResponse:
    """Hand out a file of a paper that came, its checksum verified; a PDF opens in the browser, the others are saved."""
    info = found(reader, incoming_id)
    path = incoming.file(reader.viewer, incoming_id, sha256)
    kept = next((file for file in info.files if file.sha256 == sha256), None)
    if path is None or kept is None:
        raise Http404
    pdf = kept.suffix == "pdf"
    response = FileResponse(
        path.open("rb"),
        as_attachment=not pdf,
        filename=kept.name,
        content_type="application/pdf" if pdf else "application/octet-stream",
    )
    response["Cache-Control"] = "no-store"
    return response


def _back(request: HttpRequest, reader: Reader, incoming_id: int, told: str) -> HttpResponseRedirect:
    """Tell what was done, and let what the sender is told leave at once."""
    jobs.ask_post(reader.group.id, reader.account)
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("papers-incoming-one", incoming_id))


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get(REASON) or None


@require_POST
@group_page
def register(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Take a paper into the register."""
    found(reader, incoming_id)
    made = receiving.register(reader.account, reader.group, incoming_id, reason=_reason(request))
    told = words(f"Đã vào sổ, số đến {made.number}.", f"Registered as number {made.number}.")
    return _back(request, reader, incoming_id, told)


@require_POST
@group_page
def refuse(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Send a paper back."""
    found(reader, incoming_id)
    receiving.refuse(reader.account, reader.group, incoming_id, request.POST.get(REASON, ""))
    return _back(request, reader, incoming_id, words("Đã trả lại bên gửi.", "Sent back."))


@require_POST
@group_page
def hand_on(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Hand a paper to an agency or person."""
    found(reader, incoming_id)
    typed = request.POST.get("han", "").strip()
    until = day_given(typed, words("Hạn xử lý", "Deadline")) if typed else None
    to = request.POST.get("nguoi_nhan", "")
    receiving.hand_on(reader.account, reader.group, incoming_id, to, until, reason=_reason(request))
    return _back(request, reader, incoming_id, words("Đã chuyển xử lý.", "Handed on."))


@require_POST
@group_page
def finish(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Write down that a paper was dealt with."""
    found(reader, incoming_id)
    note = request.POST.get("ket_qua", "")
    receiving.finish(reader.account, reader.group, incoming_id, note, reason=_reason(request))
    return _back(request, reader, incoming_id, words("Đã ghi xử lý xong.", "Written down as dealt with."))


@require_POST
@group_page
def reply(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Begin a letter that answers a paper."""
    found(reader, incoming_id)
    made = replying.reply(reader.account, reader.group, incoming_id)
    told = words("Đã lập dự thảo trả lời: ghi nội dung rồi trình ký.", "The reply is drafted: write it, then sign it.")
    messages.success(request, told)
    return HttpResponseRedirect(f"{reader.url('papers-one', made.id)}?xem={FACTS}")


@require_POST
@group_page
def recall(request: HttpRequest, reader: Reader, incoming_id: int) -> HttpResponse:
    """Give a paper back to its sender, or keep it and tell why."""
    found(reader, incoming_id)
    if request.POST.get("tra_loi") == "dong-y":
        receiving.agree_recall(reader.account, reader.group, incoming_id)
        told = words("Đã trả lại; tệp đã hủy, số đến giữ nguyên.", "Given back; its files are gone, its number stays.")
    else:
        receiving.decline_recall(reader.account, reader.group, incoming_id, request.POST.get(REASON, ""))
        told = words("Đã báo giữ lại văn bản.", "Its sender is told that it is kept.")
    return _back(request, reader, incoming_id, told)
