"""Acts on a meeting before it opens and beside it: agenda, invitees, papers, approval, convening, one's own answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import attending, concluding, convening, minuting, presiding
from dean06.meetings.service import meetings
from dean06.meetings.types import Called, ItemKind, NewConclusion, NewItem
from dean06.papers.service import pieces
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.meetings.own import back, chosen_ids, file_of, number_of, own
from dean06.web.pages.papers.all_papers import TYPES
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

OTHERS = {"png": "image/png", "jpg": "image/jpeg", "zip": "application/zip"}
STEPS = {"len": -1, "xuong": 1}
MOST_MINUTES = 480

__all__ = [
    "absence",
    "agenda",
    "approve",
    "assign",
    "call_off",
    "conclusion",
    "consent",
    "content",
    "convene",
    "copy",
    "file",
    "invitees",
    "papers_on_table",
    "report",
    "write_paper",
]


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get(REASON, "").strip() or None


def _item(request: HttpRequest) -> NewItem:
    kind, minutes = request.POST.get("loai", ItemKind.DECIDE.value), request.POST.get("phut", "15")
    if kind not in set(ItemKind) or not minutes.isdecimal() or not 1 <= int(minutes) <= MOST_MINUTES:
        raise BadInput("Số phút dự kiến từ 1 đến 480.", "The minutes foreseen are 1 to 480.")
    return NewItem(
        title=" ".join(request.POST.get("ten", "").split())[:300],
        kind=ItemKind(kind),
        minutes=int(minutes),
        agency=request.POST.get("co_quan", "")[:20],
    )


@require_POST
@group_page
def agenda(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Add, change, move, drop an item, or take over what the meeting before left unfinished."""
    own(reader, meeting_id)
    who, group, what = reader.account, reader.group, request.POST.get("viec", "")
    match what:
        case "them":
            convening.add_item(who, group, meeting_id, _item(request))
        case "sua":
            convening.change_item(who, group, meeting_id, number_of(request, "muc"), _item(request))
        case "bo":
            convening.drop_item(who, group, meeting_id, number_of(request, "muc"))
        case "len" | "xuong":
            convening.move_item(who, group, meeting_id, number_of(request, "muc"), STEPS[what])
        case "chuyen":
            count = convening.carry_over(who, group, meeting_id)
            messages.success(request, words(f"Đã đưa vào {count} nội dung.", f"{count} items taken over."))
        case _:
            raise BadInput("Chọn việc cần làm với chương trình.", "Choose what to do with the agenda.")
    return back(reader, request, meeting_id)


@require_POST
@group_page
def approve(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Approve the agenda."""
    own(reader, meeting_id)
    convening.approve_agenda(reader.account, reader.group, meeting_id, _reason(request))
    messages.success(request, words("Đã duyệt chương trình.", "The agenda is approved."))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def content(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Record that content and report are ready."""
    own(reader, meeting_id)
    convening.content_ready(reader.account, reader.group, meeting_id, _reason(request))
    messages.success(request, words("Đã ghi: nội dung sẵn sàng.", "Noted: the content is ready."))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def convene(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Convene the meeting."""
    own(reader, meeting_id)
    convening.convene(reader.account, reader.group, meeting_id, _reason(request))
    messages.success(
        request,
        words(
            "Đã triệu tập. Cuộc họp đã lên bàn việc và lịch của người được mời.",
            "Convened: it stands on the desks and in the calendars of those invited.",
        ),
    )
    return back(reader, request, meeting_id)


@require_POST
@group_page
def call_off(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Call the meeting off, with a reason."""
    own(reader, meeting_id)
    convening.call_off(reader.account, reader.group, meeting_id, request.POST.get(REASON, ""))
    messages.success(request, words("Đã hủy cuộc họp.", "The meeting is called off."))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def copy(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Prepare next month's meeting like this one."""
    own(reader, meeting_id)
    made = convening.copy(reader.account, reader.group, meeting_id)
    messages.success(request, words(f"Đã lập cuộc họp số {made.label}.", f"Meeting {made.label} is prepared."))
    return HttpResponseRedirect(reader.url("meetings-one", made.id))


@require_POST
@group_page
def invitees(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Invite seats or a guest, or take an invitation back."""
    own(reader, meeting_id)
    who, group = reader.account, reader.group
    match request.POST.get("viec", ""):
        case "ghe":
            convening.invite_seats(who, group, meeting_id, chosen_ids(request, "ghe"), _reason(request))
        case "khach":
            guest = Called(
                name=" ".join(request.POST.get("ten", "").split()),
                post=" ".join(request.POST.get("chuc_vu", "").split()),
                organisation=" ".join(request.POST.get("co_quan", "").split()),
            )
            convening.invite_guest(who, group, meeting_id, guest, _reason(request))
        case "rut":
            convening.uninvite(who, group, meeting_id, number_of(request, "nguoi"), _reason(request))
        case _:
            raise BadInput("Chọn người mời.", "Choose whom to invite.")
    return back(reader, request, meeting_id)


@require_POST
@group_page
def papers_on_table(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Lay a file or one of the group's papers on the table, or take it off."""
    own(reader, meeting_id)
    who, group = reader.account, reader.group
    given, paper = request.POST.get("muc", ""), request.POST.get("van_ban", "")
    item = int(given) if given.isdecimal() else None
    if request.POST.get("viec") == "rut":
        convening.detach(who, group, meeting_id, number_of(request, "tai_lieu"))
        return back(reader, request, meeting_id)
    if paper.isdecimal():
        convening.attach_paper(who, group, meeting_id, int(paper), item)
        return back(reader, request, meeting_id)
    file = file_of(request)
    if file is None:
        raise BadInput("Chọn tệp tài liệu rồi gửi lại.", "Choose the file, then send again.")
    convening.attach_file(who, group, meeting_id, file, item)
    return back(reader, request, meeting_id)


@group_page
def file(_request: HttpRequest, reader: Reader, meeting_id: int, sha256: str) -> FileResponse:
    """Hand over a file of the meeting."""
    own(reader, meeting_id)
    known = {one.sha256: one.suffix for one in meetings.papers(meeting_id) if one.sha256}
    for one in meetings.invitees(meeting_id):
        for kept in (one.report, one.absence.opinion):
            if kept is not None:
                known[kept.sha256] = kept.suffix
    for vote in meetings.votes(meeting_id):
        if vote.scan is not None:
            known[vote.scan.sha256] = vote.scan.suffix
    if sha256 not in known:
        raise Http404
    suffix = known[sha256]
    kind = {**TYPES, **OTHERS}.get(suffix, "application/octet-stream")
    response = FileResponse(pieces.kept_upload(sha256, suffix).open("rb"), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="tai-lieu-{sha256[:8]}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@group_page
def report(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """File one's own report."""
    own(reader, meeting_id)
    said = (request.POST.get("noi_dung", ""), file_of(request))
    attending.file_report(reader.account, reader.group, meeting_id, said, _reason(request))
    messages.success(request, words("Đã nộp báo cáo phần việc.", "The report is filed."))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def absence(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Report an absence, name a substitute, give the written opinion; or take the report back."""
    own(reader, meeting_id)
    who, group, given = reader.account, reader.group, request.POST.get("nguoi", "")
    whose = int(given) if given.isdecimal() else None
    if request.POST.get("viec") == "rut":
        attending.take_back_absence(who, group, meeting_id, _reason(request))
        messages.success(request, words("Đã rút báo vắng.", "The report is taken back."))
        return back(reader, request, meeting_id)
    to, why = request.POST.get("bao_cho", "leader"), request.POST.get("vi_sao", "")
    name, opinion, file_ = request.POST.get("ten", "").strip(), request.POST.get("y_kien", ""), file_of(request)
    if why.strip():
        attending.report_absence(who, group, meeting_id, (to, why), whose, _reason(request))
    if opinion.strip() or file_ is not None:
        _named_first(request, reader, meeting_id, whose, name)
        attending.give_opinion(who, group, meeting_id, (opinion, file_), whose, _reason(request))
    elif name:
        attending.send_substitute(
            who, group, meeting_id, (name, request.POST.get("chuc_vu", "")), whose, _reason(request)
        )
    messages.success(request, words("Đã ghi.", "Noted."))
    return back(reader, request, meeting_id)


def _named_first(request: HttpRequest, reader: Reader, meeting_id: int, whose: int | None, name: str) -> None:
    """The substitute is named with the opinion that goes with them; the charter may want both together."""
    if not name:
        return
    post, reason = request.POST.get("chuc_vu", ""), _reason(request)
    attending.send_substitute(reader.account, reader.group, meeting_id, (name, post), whose, reason, with_opinion=True)


@require_POST
@group_page
def consent(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Consent to an absence or refuse."""
    own(reader, meeting_id)
    attending.answer_absence(
        reader.account,
        reader.group,
        meeting_id,
        number_of(request, "nguoi"),
        consent=request.POST.get("tra_loi") == "dong-y",
        reason=_reason(request),
    )
    return back(reader, request, meeting_id)


# ------------------------------------------------------------------ conclusions and papers


def _conclusion(request: HttpRequest) -> NewConclusion:
    due, item = request.POST.get("han", "").strip(), request.POST.get("muc", "")
    return NewConclusion(
        text=request.POST.get("noi_dung", "").strip(),
        item_id=int(item) if item.isdecimal() else None,
        agency=request.POST.get("chu_tri", "")[:20],
        coordinating=tuple(
            one[:20] for one in request.POST.getlist("phoi_hop") if one and one != request.POST.get("chu_tri")
        ),
        due=day_given(due, words("Hạn", "Last day")) if due else None,
    )


@require_POST
@group_page
def conclusion(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Write down, change or take back a point of the conclusion."""
    own(reader, meeting_id)
    who, group = reader.account, reader.group
    match request.POST.get("viec", ""):
        case "sua":
            point = number_of(request, "ket_luan")
            presiding.reword_conclusion(who, group, meeting_id, point, _conclusion(request))
        case "bo":
            presiding.drop_conclusion(who, group, meeting_id, number_of(request, "ket_luan"))
        case _:
            presiding.conclude(who, group, meeting_id, _conclusion(request))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def assign(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Make a task of a point of the conclusion."""
    own(reader, meeting_id)
    task = concluding.assign(reader.account, reader.group, meeting_id, number_of(request, "ket_luan"), _reason(request))
    messages.success(request, words(f"Đã giao nhiệm vụ số {task.number}.", f"Task {task.number} is assigned."))
    return back(reader, request, meeting_id)


@require_POST
@group_page
def write_paper(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Make a paper from the meeting's record; invitations are made for every guest at once."""
    meeting = own(reader, meeting_id)
    form, given = request.POST.get("mau", ""), request.POST.get("nguoi", "")
    if form == "invitation" and not given:
        guests = [one for one in meetings.invitees(meeting.id) if not one.votes]
        for one in guests:
            minuting.make(reader.account, reader.group, meeting_id, form, one.id)
        messages.success(request, words(f"Đã lập {len(guests)} giấy mời.", f"{len(guests)} invitations are made."))
        return back(reader, request, meeting_id)
    about = int(given) if given.isdecimal() else None
    made = minuting.make(reader.account, reader.group, meeting_id, form, about)
    said = (
        words(
            "Đã cập nhật theo diễn biến; chỗ đã sửa tay được giữ.",
            "Up to date; words changed by hand stay.",
        )
        if made.again
        else words("Đã lập dự thảo.", "The draft is made.")
    )
    messages.success(request, said)
    query = "?xem=cac-ban" if made.again else ""
    return HttpResponseRedirect(f"{reader.url('papers-one', made.paper.id)}{query}")
