"""Lấy ý kiến bằng văn bản: the rounds of the group, a new one, one with its answers, and the acts on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import counting_rules, minuting, written_rounds
from dean06.flows.convening import members
from dean06.meetings.service import meetings, rounds
from dean06.meetings.types import Choice, OpinionInfo, PaperOf, RoundInfo
from dean06.offices import service as offices
from dean06.papers.service import pieces
from dean06.papers.types import PaperInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.meetings.happened import timeline
from dean06.web.pages.meetings.own import chosen_ids, file_of, own_round
from dean06.web.pages.meetings.voted import tally_of_round
from dean06.web.pages.meetings.words import CHOICES, cited_marks, moment_given, outcome_chip, rule_lines
from dean06.web.pages.papers.all_papers import TYPES
from dean06.web.pages.papers.states import state as paper_chip
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON
from dean06.web.sheet import Sheet

SIZE = 20
FORMS = {"opinion_request": ("Phiếu lấy ý kiến", "Request"), "opinion_summary": ("Bảng tổng hợp ý kiến", "Summary")}

__all__ = ["answer", "close", "file", "listed", "new", "one", "remind", "write_paper"]


def _state(found: RoundInfo, reader: Reader) -> str:
    if found.outcome is not None:
        return outcome_chip(found.outcome)
    if reader.now >= found.closes_at:
        return marks.chip("warn", words("Hết hạn, chờ chốt", "Over, to be closed"), with_sign="clock")
    return marks.chip("info", words("Đang hỏi", "Open"), with_sign="clock")


def _answered(found: RoundInfo) -> int:
    return sum(one.answered_at is not None for one in found.opinions)


def _table(reader: Reader, part: Sequence[RoundInfo], pager: Pager) -> Table:
    return Table(
        caption=words("Các lần lấy ý kiến", "Written rounds"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Việc", "Matter"), kind="text"),
            Column(label=words("Hạn trả lời", "Answers until"), nowrap=True),
            Column(label=words("Đã trả lời", "Answered"), kind="num"),
            Column(label=words("Kết quả", "Result")),
        ),
        rows=tuple(
            Row(
                cells=(
                    each.label,
                    marks.link(each.matter, reader.url("meetings-round", each.id)),
                    writing.instant(each.closes_at),
                    f"{_answered(each)}/{len(each.opinions)}",
                    _state(each, reader),
                )
            )
            for each in part
        ),
        pager=pager,
        heading=1,
    )


@group_page
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's written rounds, the newest first."""
    text = " ".join(request.GET.get("q", "").split())
    found = meetings.rounds(reader.viewer, reader.group.id, text)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"lay-y-kien-{reader.group.slug}-{reader.today}")
    total = words(f"{len(found)} lần lấy ý kiến", f"{len(found)} rounds")
    part, pager = sliced(found, page_number(request), SIZE, text=total, query=f"q={text}" if text else "")
    begin = Action(
        label=words("Hỏi ý kiến mới", "Ask in writing"), href=reader.url("meetings-round-new"), kind="primary"
    )
    shown = {
        "head": PageHead(
            title=words("Lấy ý kiến bằng văn bản", "Written rounds"),
            crumb=Link(label=words("Họp", "Meetings"), href=reader.url("meetings")),
            meta=(total,),
            actions=(begin, *sheet.offers(request)),
        ),
        "table": _table(reader, part, pager) if part else None,
        "text": text,
        "empty": Empty(
            title=words("Chưa có lần lấy ý kiến nào", "No written round yet"),
            text=words(
                "Khi không tổ chức họp, hỏi ý kiến thành viên bằng văn bản tại đây.",
                "Where no meeting is held, members are asked in writing here.",
            ),
            action=begin,
        ),
    }
    return render(request, "dean06/pages/rounds.html", shown)


def _sheet(reader: Reader, found: tuple[RoundInfo, ...]) -> Sheet:
    return Sheet(
        title=words(f"Lấy ý kiến bằng văn bản, {reader.group.name}", f"Written rounds, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Số", "No."),
            words("Việc", "Matter"),
            words("Mở", "Opened"),
            words("Hạn", "Until"),
            words("Người được hỏi", "Seat"),
            words("Ý kiến", "Answer"),
            words("Lý do", "Reason"),
            words("Trả lời lúc", "Answered"),
        ),
        rows=(
            (
                each.label,
                each.matter,
                each.opened_at,
                each.closes_at,
                seat.name,
                words(*CHOICES[seat.choice][2:]) if seat.choice else "",
                seat.reason,
                seat.answered_at,
            )
            for each in found
            for seat in each.opinions
        ),
    )


def _form(request: HttpRequest, reader: Reader, typed: Mapping[str, str], slips: tuple[Slip, ...] = ()) -> HttpResponse:
    seats = members(reader.group, reader.today)
    shown = {
        "head": PageHead(
            title=words("Hỏi ý kiến bằng văn bản", "Ask in writing"),
            crumb=Link(label=words("Lấy ý kiến", "Written rounds"), href=reader.url("meetings-rounds")),
        ),
        "typed": typed,
        "slips": slips,
        "seats": seats,
        "rules": rule_lines(counting_rules.of_round(reader.group)),
    }
    return render(request, "dean06/pages/round_form.html", shown, status=UNUSABLE if slips else 200)


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form of a new round, and open what was filled in."""
    if request.method != "POST":
        last = written_rounds.default_close(reader.group) - timedelta(days=1)
        return _form(request, reader, {"ngay": writing.day(last.astimezone(clock.TZ).date()), "gio": "17:00"})
    try:
        until = moment_given(
            request.POST.get("ngay", ""), request.POST.get("gio", ""), words("Hạn trả lời", "Answers until")
        )
        said = (request.POST.get("viec_hoi", ""), request.POST.get("tom_tat", ""), request.POST.get("vi_sao", ""))
        made = written_rounds.open_round(
            reader.account,
            reader.group,
            said,
            until,
            chosen_ids(request, "ghe"),
            request.POST.get(REASON, "").strip() or None,
        )
        file_ = file_of(request)
        if file_ is not None:
            written_rounds.attach_file(reader.account, reader.group, made.id, file_)
    except BadInput as problem:
        return _form(request, reader, request.POST, slips_of(problem, "viec-hoi"))
    messages.success(request, words("Đã gửi: việc này lên bàn của người được hỏi.", "Asked: it stands on their desks."))
    return HttpResponseRedirect(reader.url("meetings-round", made.id))


def _line(reader: Reader, found: RoundInfo, seat: OpinionInfo) -> dict[str, object]:
    tone, sign, vi, en = CHOICES[seat.choice] if seat.choice else ("mute", "dots", "Chưa trả lời", "Not answered")
    late = seat.choice is None and found.closed_at is not None
    return {
        "seat": seat,
        "chip": marks.chip("warn" if late else tone, words(vi, en), with_sign=sign),
        "when": writing.instant(seat.changed_at) if seat.changed_at else "",
        "changed": bool(seat.answered_at and seat.changed_at and seat.changed_at > seat.answered_at),
        "href": reader.url("meetings-round-file", found.id, seat.upload.sha256) if seat.upload else "",
    }


def _head(reader: Reader, found: RoundInfo) -> PageHead:
    return PageHead(
        title=f"{found.matter[:1].upper()}{found.matter[1:]}",
        crumb=Link(label=words("Lấy ý kiến", "Written rounds"), href=reader.url("meetings-rounds")),
        meta=tuple(
            fact
            for fact in (
                _state(found, reader),
                words(f"Phiếu số {found.label}", f"Round {found.label}"),
                words(
                    f"trả lời trước {writing.instant(found.closes_at)}",
                    f"before {writing.instant(found.closes_at)}",
                ),
                cited_marks(reader, found.cited),
            )
            if fact
        ),
    )


def _papers(
    reader: Reader, found: RoundInfo, lying: Sequence[PaperOf], made: Mapping[int, PaperInfo]
) -> dict[str, object]:
    return {
        "lying": [
            (
                words(*FORMS[each.form]) if each.form in FORMS else each.name,
                reader.url("papers-one", each.paper_id)
                if each.paper_id
                else reader.url("meetings-round-file", found.id, each.sha256),
                paper_chip(made[each.paper_id]) if each.paper_id and each.paper_id in made else "",
            )
            for each in lying
        ],
        "forms": [(code, words(*said)) for code, said in FORMS.items() if code == "opinion_request" or found.closed_at],
    }


@group_page
def one(request: HttpRequest, reader: Reader, round_id: int) -> HttpResponse:
    """Show one round with its answers and its rule."""
    found = own_round(reader, round_id)
    lying = meetings.papers_of_round(round_id)
    made = minuting.papers_made(lying)
    held = offices.holders(reader.group.id, reader.today)
    names = {seat.account: seat.holder for seat in held if seat.account}
    is_open = found.closed_at is None and reader.now < found.closes_at
    whole = _answered(found) == len(found.opinions)
    result, silent = rounds.outcome(found)
    shown = _papers(reader, found, lying, made) | {
        "head": _head(reader, found),
        "found": found,
        "lines": [_line(reader, found, seat) for seat in found.opinions],
        "tally": tally_of_round(found),
        "rules": rule_lines(found.rules),
        "result": result if found.closed_at is None else None,
        "count": found.count if found.closed_at else result.count,
        "outcome": outcome_chip(found.outcome or result.outcome),
        "silent": silent,
        "is_open": is_open,
        "closes": found.closed_at is None and (whole or not is_open),
        "mine": found.own(reader.account) if is_open else None,
        "choices": [(each.value, words(vi, en)) for each, (_, _, vi, en) in CHOICES.items()],
        "timeline": timeline(meetings.events_of_round(round_id), names),
    }
    return render(request, "dean06/pages/round.html", shown)


def _here(reader: Reader, round_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reader.url("meetings-round", round_id))


@require_POST
@group_page
def answer(request: HttpRequest, reader: Reader, round_id: int) -> HttpResponse:
    """Give or change one's own answer."""
    own_round(reader, round_id)
    given = request.POST.get("phieu", "")
    if given not in set(Choice):
        raise BadInput("Chọn ý kiến của bạn.", "Choose your answer.")
    said = (request.POST.get("noi_dung", ""), file_of(request))
    reason = request.POST.get(REASON, "").strip() or None
    written_rounds.answer(reader.account, reader.group, round_id, Choice(given), said, reason)
    messages.success(request, words("Đã ghi ý kiến; đổi được đến khi hết hạn.", "Noted; it may change until the end."))
    return _here(reader, round_id)


@require_POST
@group_page
def remind(request: HttpRequest, reader: Reader, round_id: int) -> HttpResponse:
    """Remind whoever has not answered."""
    own_round(reader, round_id)
    count = written_rounds.remind(reader.account, reader.group, round_id, request.POST.get(REASON, "").strip() or None)
    messages.success(request, words(f"Đã nhắc {count} người.", f"{count} were reminded."))
    return _here(reader, round_id)


@require_POST
@group_page
def close(request: HttpRequest, reader: Reader, round_id: int) -> HttpResponse:
    """Close the round."""
    own_round(reader, round_id)
    written_rounds.close(reader.account, reader.group, round_id, request.POST.get(REASON, "").strip() or None)
    messages.success(request, words("Đã chốt kết quả.", "The result is closed."))
    return _here(reader, round_id)


@require_POST
@group_page
def write_paper(request: HttpRequest, reader: Reader, round_id: int) -> HttpResponse:
    """Make the sheet that asks, or the summary of the answers."""
    own_round(reader, round_id)
    form = request.POST.get("mau", "")
    if form not in FORMS:
        raise BadInput("Chọn loại văn bản.", "Choose the kind of paper.")
    made = minuting.make_for_round(reader.account, reader.group, round_id, form)
    messages.success(request, words("Đã lập dự thảo.", "The draft is made."))
    return HttpResponseRedirect(reader.url("papers-one", made.paper.id))


@group_page
def file(_request: HttpRequest, reader: Reader, round_id: int, sha256: str) -> FileResponse:
    """Hand over a file of the round."""
    found = own_round(reader, round_id)
    known = {each.sha256: each.suffix for each in meetings.papers_of_round(round_id) if each.sha256}
    known |= {seat.upload.sha256: seat.upload.suffix for seat in found.opinions if seat.upload}
    if sha256 not in known:
        raise Http404
    suffix = known[sha256]
    kind = TYPES.get(suffix, "application/octet-stream")
    response = FileResponse(pieces.kept_upload(sha256, suffix).open("rb"), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="tai-lieu-{sha256[:8]}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
