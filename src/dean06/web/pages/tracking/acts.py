"""Acts on an entry that are one button: taking back, links, a task, evidence; and the gesture that fills a register."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import tracking
from dean06.flows.tracking import NewWork, seed
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.tracking.boxes import level_given
from dean06.web.pages.tracking.room import seen_entry
from dean06.web.pages.uploads import upload
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo, Level, LinkKind

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

__all__ = ["evidence", "fill", "link", "put", "take_out", "task", "undo", "unlink"]


def _back(reader: Reader, entry: EntryInfo) -> HttpResponseRedirect:
    return HttpResponseRedirect(reader.url("tracking-one", entry.register, entry.id))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > 15:
        raise BadInput("Biểu mẫu thiếu dữ liệu: mở lại trang.", "The form is incomplete: open the page again.")
    return int(given)


@require_POST
@group_page
def undo(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Take back the last thing entered."""
    entry = seen_entry(reader, register, entry_id)
    tracking.undo(reader.account, reader.group, entry.id, _number(request, "lan"))
    messages.success(request, words("Đã hoàn tác; lịch sử giữ cả hai.", "Taken back; the history keeps both."))
    return _back(reader, entry)


@require_POST
@group_page
def link(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Link an entry to a task, a paper or a meeting of the group."""
    entry = seen_entry(reader, register, entry_id)
    kind, _, target = request.POST.get("toi", "").partition(":")
    if kind not in {one.value for one in LinkKind}:
        raise BadInput("Chọn nhiệm vụ, văn bản hoặc phiên họp.", "Choose a task, paper or meeting to link to.")
    tracking.link(reader.account, reader.group, entry.id, LinkKind(kind), target)
    messages.success(request, words("Đã liên kết.", "Linked."))
    return _back(reader, entry)


@require_POST
@group_page
def unlink(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Take a link away."""
    entry = seen_entry(reader, register, entry_id)
    tracking.unlink(reader.account, reader.group, entry.id, _number(request, "lien_ket"))
    messages.success(request, words("Đã gỡ liên kết.", "The link is taken away."))
    return _back(reader, entry)


@require_POST
@group_page
def task(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Make a task of an entry."""
    entry = seen_entry(reader, register, entry_id)
    new = NewWork(
        title=" ".join(request.POST.get("ten", "").split()),
        lead=request.POST.get("chu_tri", ""),
        due=day_given(request.POST.get("han", ""), words("Hạn", "Last day")),
        coordinating=tuple(request.POST.getlist("phoi_hop")),
    )
    reason = " ".join(request.POST.get(REASON, "").split())[:400] or None
    made = tracking.make_task(reader.account, reader.group, entry.id, new, reason)
    messages.success(request, words(f"Đã giao nhiệm vụ số {made.number}.", f"Task {made.number} is assigned."))
    return _back(reader, entry)


@require_POST
@group_page
def put(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Put a file at an entry; what bears a mark of secrecy is refused and not kept."""
    entry = seen_entry(reader, register, entry_id)
    data = upload(request, "tep")
    given = request.FILES["tep"]
    name = (given.name if not isinstance(given, list) else None) or "tep"
    level = level_given(request.POST) or Level.ORDINARY
    tracking.put_file(reader.account, reader.group, entry.id, (data, name), level)
    messages.success(request, words("Đã thêm tệp minh chứng.", "The evidence is added."))
    return _back(reader, entry)


@require_POST
@group_page
def take_out(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Take a file away from an entry."""
    entry = seen_entry(reader, register, entry_id)
    tracking.take_out_file(reader.account, reader.group, entry.id, _number(request, "tep"))
    messages.success(request, words("Đã rút tệp; lịch sử còn ghi.", "The file is taken away; the history says so."))
    return _back(reader, entry)


@group_page
def evidence(_request: HttpRequest, reader: Reader, register: str, entry_id: int, evidence_id: int) -> FileResponse:
    """Hand out a file that lies at an entry."""
    entry = seen_entry(reader, register, entry_id)
    found = registers.evidence_file(reader.viewer, entry.id, evidence_id, see_all=reader.see_all)
    if found is None:
        raise Http404
    path, told = found
    response = FileResponse(path.open("rb"), content_type=TYPES[told.suffix], filename=told.name, as_attachment=True)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@group_page
def fill(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Fill a register in one gesture: from the charter's connections, or from its code list."""
    if register not in registers.definitions():
        raise Http404
    reason = " ".join(request.POST.get(REASON, "").split())[:400] or None
    made = seed.fill(reader.account, reader.group, register, reason)
    messages.success(request, words(f"Đã thêm {len(made)} mục.", f"{len(made)} entries were added."))
    return HttpResponseRedirect(reader.url("tracking-list", register))
