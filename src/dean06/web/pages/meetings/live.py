"""Điều hành và màn chiếu: the running meeting for its chair and secretary, and the same on the wall in large type."""

from __future__ import annotations

import qrcode
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from qrcode.constants import ERROR_CORRECT_M

from dean06.clock.errors import BadInput
from dean06.flows import attending, deciding_matters, presiding
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.types import Choice, ItemState, MeetingInfo, State
from dean06.offices import service as offices
from dean06.web.language import current_language, words
from dean06.web.pages.meetings.happened import timeline
from dean06.web.pages.meetings.one import Seen, people, seen
from dean06.web.pages.meetings.own import back, chosen_ids, file_of, number_of, own
from dean06.web.pages.meetings.voted import shown_vote
from dean06.web.pages.meetings.words import CHOICES, ITEMS, cited_marks, standing_chip, state_chip
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

POLL_SECONDS = 4
QUIET_ZONE = 2
RECENT = 12

__all__ = [
    "ballot",
    "close",
    "decide",
    "item",
    "live",
    "open_it",
    "paper_ballots",
    "roll",
    "screen",
    "sign_in",
    "vote",
]


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get(REASON, "").strip() or None


def _head(reader: Reader, whole: Seen) -> PageHead:
    meeting = whole.meeting
    here = words(
        f"{whole.present} trên {len(whole.members)} có mặt", f"{whole.present} of {len(whole.members)} present"
    )
    facts = (state_chip(meeting), here, cited_marks(reader, meeting.presiding))
    return PageHead(
        title=words(f"Điều hành: {meeting.title}", f"Running: {meeting.title}"),
        crumb=Link(label=words("Trang cuộc họp", "The meeting"), href=reader.url("meetings-one", meeting.id)),
        meta=tuple(fact for fact in facts if fact),
        actions=(Action(label=words("Màn chiếu", "Projector"), href=reader.url("meetings-screen", meeting.id)),),
    )


def _of_current(reader: Reader, whole: Seen) -> dict[str, object]:
    """Return what hangs on the item that is being discussed."""
    current = whole.current
    at = current.id if current else 0
    return {
        "current": current,
        "next": next((each for each in whole.items if each.state is ItemState.WAITING), None),
        "past": [shown_vote(reader, each) for each in whole.votes if not each.is_open and each.item_id == at],
        "positions": [(each, words(*CHOICES[each.choice][2:])) for each in whole.positions if each.item_id == at],
        "decided": next((each for each in whole.decisions if each.item_id == at), None),
        "points": [each for each in whole.conclusions if each.item_id == at],
    }


@group_page
def live(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Show the meeting to whoever runs it or votes in it: the item, the vote, the roll, what was just done."""
    whole = seen(own(reader, meeting_id))
    meeting, vote = whole.meeting, whole.open_vote
    held = offices.holders(reader.group.id, reader.today)
    names = {seat.account: seat.holder for seat in held if seat.account}
    shown = _of_current(reader, whole) | {
        "head": _head(reader, whole),
        "meeting": meeting,
        "state": meeting.state.value,
        "runs": meeting.run_by(reader.account),
        "leads": any(seat.role == "leader" for seat in reader.seats),
        "items": [(each, words(*ITEMS[each.kind])) for each in whole.items],
        "vote": shown_vote(reader, vote) if vote else None,
        "mine": vote.elector(reader.account) if vote else None,
        "choices": [(one.value, sign, words(vi, en)) for one, (_, sign, vi, en) in CHOICES.items()],
        "members": whole.members,
        "roll": [(each, standing_chip(each, meeting.state)) for each in whole.invitees],
        "agencies": sorted(reader.agencies.items(), key=lambda pair: pair[1]),
        "timeline": timeline(whole.events, names, RECENT),
        "preside": _preside(reader, meeting) if meeting.state is State.CONVENED else "",
    }
    return render(request, "dean06/pages/meeting_live.html", shown)


def _preside(reader: Reader, meeting: MeetingInfo) -> str:
    """Return what stands in the way of the chair today; empty where nothing does."""
    answer = presiding.may_preside(reader.group, meeting)
    return "" if answer.allowed else answer.decision.sentence(current_language())


@group_page
def screen(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Show the meeting on the wall: the item, who is there, the vote and its result; it asks for itself again."""
    whole = seen(own(reader, meeting_id))
    meeting = whole.meeting
    last = next((each for each in reversed(whole.votes) if each.stands), None)
    current = whole.current
    vote = whole.open_vote or (last if last and current and last.item_id == current.id else None)
    shows_code = meeting.state in (State.CONVENED, State.OPEN) and request.GET.get("ma") != "khong"
    shown = {
        "meeting": meeting,
        "state": meeting.state.value,
        "items": whole.items,
        "current": current,
        "present": whole.present,
        "total": len(whole.members),
        "vote": shown_vote(reader, vote) if vote else None,
        "points": [each for each in whole.conclusions if current and each.item_id == current.id],
        "code": _code(request, reader, meeting_id) if shows_code else "",
        "seconds": POLL_SECONDS,
        "poll": request.get_full_path(),
        "back": reader.url("meetings-live", meeting_id),
        "people": people(whole, whole.members),
    }
    part = "_part" if request.headers.get("HX-Request") else ""
    response = render(request, f"dean06/pages/meeting_screen{part}.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _code(request: HttpRequest, reader: Reader, meeting_id: int) -> SafeString:
    """Draw the code that leads to one's own line of the roll; it is signed and holds for a few minutes."""
    page = reader.url("meetings-sign-in", meeting_id, attending.code_of(own(reader, meeting_id)))
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(request.build_absolute_uri(page))
    squares = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(squares) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path d="{2}"/></svg>',
        len(squares),
        words("Mã QR để tự điểm danh", "QR code to sign in"),
        path,
    )


@group_page
def sign_in(request: HttpRequest, reader: Reader, meeting_id: int, code: str) -> HttpResponse:
    """Let an invitee who scanned the code mark themselves present with one tap."""
    meeting = own(reader, meeting_id)
    if request.method == "POST":
        fresh = attending.sign_in(reader.account, reader.group, meeting_id, code)
        said = words("Đã điểm danh.", "You are on the roll.") if fresh else words("Đã có mặt.", "You are in already.")
        messages.success(request, said)
        return HttpResponseRedirect(reader.url("meetings-live", meeting_id))
    shown = {
        "head": PageHead(
            title=words("Điểm danh", "Sign in"),
            crumb=Link(label=meeting.title, href=reader.url("meetings-one", meeting.id)),
            meta=(state_chip(meeting), meeting.place),
        ),
        "href": request.path,
        "meeting": meeting,
    }
    return render(request, "dean06/pages/meeting_sign_in.html", shown)


# ------------------------------------------------------------------ acts


@require_POST
@group_page
def open_it(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Open the meeting, or open again one that was closed by mistake."""
    own(reader, meeting_id)
    if request.POST.get("viec") == "mo-lai":
        presiding.reopen(reader.account, reader.group, meeting_id, request.POST.get("vi_sao", ""))
    else:
        presiding.open_meeting(reader.account, reader.group, meeting_id, _reason(request))
    return HttpResponseRedirect(reader.url("meetings-live", meeting_id))


@require_POST
@group_page
def close(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Close the meeting."""
    own(reader, meeting_id)
    presiding.close(reader.account, reader.group, meeting_id)
    messages.success(
        request,
        words("Đã bế mạc: lập biên bản, thông báo kết luận.", "Closed: make the minutes and the notice."),
    )
    return HttpResponseRedirect(reader.url("meetings-one", meeting_id))


@require_POST
@group_page
def item(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Turn to an item, end it, leave it for the next meeting, reopen it, or note its discussion."""
    own(reader, meeting_id)
    who, group, one = reader.account, reader.group, number_of(request, "muc")
    match request.POST.get("viec", ""):
        case "sang":
            presiding.begin_item(who, group, meeting_id, one)
        case "xong":
            presiding.end_item(who, group, meeting_id, one)
        case "hoan":
            presiding.defer_item(who, group, meeting_id, one)
        case "mo-lai":
            presiding.reopen_item(who, group, meeting_id, one, request.POST.get("vi_sao", ""))
        case "ghi":
            presiding.note_item(who, group, meeting_id, one, request.POST.get("noi_dung", ""))
        case _:
            raise BadInput("Chọn bước tiếp theo.", "Choose the next step.")
    return back(reader, request, meeting_id)


@require_POST
@group_page
def roll(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Mark somebody in or out, or everybody of a pasted list."""
    own(reader, meeting_id)
    who, group = reader.account, reader.group
    match request.POST.get("viec", ""):
        case "dan":
            told = attending.paste(who, group, meeting_id, request.POST.get("danh_sach", ""))
            messages.success(request, words(f"{told.came} người vào họp.", f"{told.came} came in."))
            left = ", ".join((*told.unknown, *told.doubtful))
            if left:
                messages.warning(
                    request,
                    words(f"Không nhận ra hoặc trùng tên: {left}.", f"Unknown, or more than one: {left}."),
                )
        case "ra":
            attending.leave(who, group, meeting_id, number_of(request, "nguoi"))
        case "thay":
            attending.enter(who, group, meeting_id, number_of(request, "nguoi"), by_substitute=True)
        case _:
            attending.enter(who, group, meeting_id, number_of(request, "nguoi"))
    return back(reader, request, meeting_id)


def _choice(request: HttpRequest, name: str = "phieu") -> Choice:
    given = request.POST.get(name, "")
    if given not in set(Choice):
        raise BadInput(
            "Chọn tán thành, không tán thành hoặc ý kiến khác.", "Choose in favour, against or another opinion."
        )
    return Choice(given)


@require_POST
@group_page
def vote(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Put a question to the vote, close the vote, or void it."""
    own(reader, meeting_id)
    who, group = reader.account, reader.group
    match request.POST.get("viec", ""):
        case "chot":
            deciding_matters.close_vote(
                who, group, meeting_id, number_of(request, "bieu_quyet"), request.POST.get("noi_dung", "")
            )
        case "huy":
            deciding_matters.void_vote(
                who, group, meeting_id, number_of(request, "bieu_quyet"), request.POST.get("vi_sao", "")
            )
        case _:
            secret = {"kin": True, "cong-khai": False}.get(request.POST.get("hinh_thuc", ""))
            deciding_matters.open_vote(
                who,
                group,
                meeting_id,
                number_of(request, "muc"),
                request.POST.get("noi_dung", ""),
                secret=secret,
                conflicts=chosen_ids(request, "lien_quan"),
            )
    return back(reader, request, meeting_id)


@require_POST
@group_page
def ballot(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Cast one's own ballot."""
    own(reader, meeting_id)
    deciding_matters.cast(reader.account, reader.group, meeting_id, number_of(request, "bieu_quyet"), _choice(request))
    messages.success(request, words("Đã bỏ phiếu.", "Your ballot is in."))
    return HttpResponseRedirect(reader.url("meetings-live", meeting_id))


@require_POST
@group_page
def paper_ballots(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Enter ballots from paper with their scan."""
    own(reader, meeting_id)
    vote_id, scan = number_of(request, "bieu_quyet"), file_of(request)
    if scan is None:
        raise BadInput("Kèm bản quét phiếu giấy.", "Enclose the scan of the paper ballots.")
    if request.POST.get("kin"):
        counts = {one: _count(request, one) for one in Choice}
        box = (chosen_ids(request, "nguoi"), counts)
        deciding_matters.enter_paper_counts(reader.account, reader.group, meeting_id, vote_id, box, scan)
        return back(reader, request, meeting_id)
    given = {
        int(name.removeprefix("phieu-")): _choice(request, name)
        for name, value in request.POST.items()
        if name.startswith("phieu-") and name.removeprefix("phieu-").isdecimal() and value
    }
    deciding_matters.enter_paper(reader.account, reader.group, meeting_id, vote_id, given, scan)
    return back(reader, request, meeting_id)


def _count(request: HttpRequest, choice: Choice) -> int:
    given = request.POST.get(f"so-{choice.value}", "0") or "0"
    if not given.isdecimal() or int(given) > 1000:
        raise MeetingRefused("Số phiếu phải là số.", "The number of ballots must be a number.")
    return int(given)


@require_POST
@group_page
def decide(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """State a position, or record the leader's decision."""
    own(reader, meeting_id)
    who, group, one = reader.account, reader.group, number_of(request, "muc")
    if request.POST.get("viec") == "quyet":
        deciding_matters.decide_alone(
            who,
            group,
            meeting_id,
            one,
            request.POST.get("noi_dung", ""),
            agrees=request.POST.get("ket_qua") != "khong",
            reason=_reason(request),
        )
        return back(reader, request, meeting_id)
    given = request.POST.get("nguoi", "")
    said = (_choice(request), request.POST.get("noi_dung", ""))
    whose = int(given) if given.isdecimal() else None
    deciding_matters.state_position(who, group, meeting_id, one, said, whose, _reason(request))
    return back(reader, request, meeting_id)
