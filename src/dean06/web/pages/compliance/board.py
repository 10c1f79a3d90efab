"""Bảng tuân thủ: what was owed, month by month and clause by clause; the statement of a month, frozen for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import duties, explaining
from dean06.flows.inheritance import Inherited, inherited
from dean06.flows.standing import UNRECORDED
from dean06.reports.service.replies import Duty, Said
from dean06.web import marks, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.pages.compliance import duties as listing
from dean06.web.pages.compliance import inherited as taken_over
from dean06.web.pages.compliance import parts, replies
from dean06.web.pages.compliance.parts import Board
from dean06.web.pages.compliance.rows import Tasks, known_tasks
from dean06.web.pages.days import day_given
from dean06.web.pages.listing import page_number
from dean06.web.parts.page import Empty, Notice, PageHead
from dean06.web.reader import Reader, group_page

MEASURED, WHOLE = "do-duoc", "tat-ca"

__all__ = ["board", "explain", "freeze", "weigh"]


def _year(request: HttpRequest, reader: Reader) -> int:
    given = request.GET.get("nam", "")
    return int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else reader.today.year


def _as_of(request: HttpRequest, reader: Reader) -> datetime | None:
    """Return the end of the day that the reader wants to look back from; None for now."""
    given = request.GET.get("ngay", "").strip()
    if not given:
        return None
    day = day_given(given, words("Xem tại ngày", "As of"))
    return min(clock.at_start_of(day + timedelta(days=1)), reader.now)


def _query(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("nam", "ngay", "ben", "xem") if request.GET.get(name)}
    return urlencode(kept)


@group_page
def board(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the duties of a year: articles by months, and the picked duty beside them."""
    year = _year(request, reader)
    laid = Board(
        reader=reader,
        months=duties.year(reader.group, year, _as_of(request, reader)),
        bearer=request.GET.get("ben", ""),
        whole=request.GET.get("xem") == WHOLE,
        picked_norm=request.GET.get("o", ""),
        picked_month=request.GET.get("thang", ""),
        picked_state=request.GET.get("kq", ""),
        query=_query(request),
    )
    taken = [one for one in inherited(reader.group, _as_of(request, reader)) if one.month[:4] == f"{year:04d}"]
    if sheet.asked(request):
        return sheet.answer(request, _workbook(laid, taken, year), f"tuan-thu-{reader.group.slug}-{year}")
    shown = _shown(request, laid, year) | {"inherited": taken_over.table(reader, taken)}
    return render(request, "dean06/pages/compliance.html", shown)


def _shown(request: HttpRequest, laid: Board, year: int) -> dict[str, object]:
    reader, found = laid.reader, laid.picked
    now = f"{reader.now:%Y-%m}"
    heat = parts.heat(laid, now)
    tasks = known_tasks(reader, (one.period for one in found))
    frozen = adoption.statements(reader.group.id)
    return {
        "head": _head(request, laid, year),
        "figures": parts.figures(laid),
        "uncounted": parts.uncounted(laid),
        "listed": listing.listed(laid, page_number(request)),
        "listed_title": listing.title(laid) if laid.listed else "",
        "heat": heat,
        "any": bool(heat.articles),
        "empty": _empty(),
        "bearers": _bearers(laid),
        "chosen": {"bearer": laid.bearer, "whole": laid.whole, "day": request.GET.get("ngay", ""), "year": year},
        "years": list(range(reader.today.year, min(_first_year(reader), reader.today.year) - 1, -1)),
        "unfrozen": _unfrozen(reader),
        "frozen": [
            {"month": writing.month(month), "href": reader.url("compliance-statement", month), "sha": one.sha256[:8]}
            for month, one in frozen.items()
            if month.startswith(f"{year:04d}")
        ],
        **(_picked(laid, found, tasks, frozen) if found else {}),
    }


def _first_year(reader: Reader) -> int:
    since = duties.since_when(reader.group)
    return since.year if since else reader.today.year


def _unfrozen(reader: Reader) -> list[tuple[str, str]]:
    """Return the months that the reader may freeze, each with its address; the newest first."""
    if not any(seat.role in explaining.owners(reader.charter) for seat in reader.seats):
        return []
    return [(writing.month(one), reader.url("compliance-freeze", one)) for one in duties.unfrozen(reader.group)]


def _head(request: HttpRequest, laid: Board, year: int) -> PageHead:
    reader = laid.reader
    measured, whole = charters.coverage(reader.charter)
    actions = [*sheet.offers(request)]
    at = _as_of(request, reader)
    seen = writing.day(at - timedelta(microseconds=1)) if at else writing.day(reader.today)
    return PageHead(
        title=words("Bảng tuân thủ quy chế", "Compliance board"),
        meta=(
            reader.charter.title,
            words(f"năm {year}, xem tại ngày {seen}", f"{year}, as of {seen}"),
            marks.link(
                words(f"đo được {measured} trên {whole} nghĩa vụ", f"{measured} of {whole} duties can be measured"),
                reader.url("charter-carried"),
            ),
        ),
        actions=tuple(actions),
    )


def _empty() -> Empty:
    return Empty(
        title=words("Chưa có nghĩa vụ nào trong năm này", "No duty in this year"),
        text=words(
            "Quy chế chưa có hiệu lực trong năm, hoặc bên đã chọn không mang nghĩa vụ nào đo được.",
            "The charter was not in force, or the chosen party bears nothing that can be measured.",
        ),
        sign="law",
    )


def _bearers(laid: Board) -> list[tuple[str, str]]:
    codes = {one.bearer for month in laid.months.values() for one in month if one.status != "not_testable"}
    return sorted(((code, parts.party(laid.reader, code)) for code in codes), key=lambda pair: pair[1])


def _picked(
    laid: Board, found: list[Obligation], tasks: Tasks, frozen: dict[str, adoption.StatementInfo]
) -> dict[str, object]:
    reader, one = laid.reader, found[0]
    text = reader.text(one.text)
    summary = charters.summary_of(text, one.citations[0]) if one.citations else None
    kept = frozen.get(laid.picked_month)
    return {
        "picked": {
            "title": parts.picked_title(laid, found),
            "clauses": [cite(reader, cited, text=one.text) for cited in one.citations],
            "version": _other_version(reader, one.text),
            "quote": words(summary.vi, summary.en) if summary else "",
            "norm": one.norm,
            "month": laid.picked_month,
        },
        "picked_facts": parts.picked_facts(laid, found),
        "unrecorded": any(item.status == UNRECORDED for item in found),
        "picked_people": parts.picked_people(laid, found),
        "replies": replies.blocks(reader, found, replies.about(reader, found), tasks),
        "answer": replies.answer_form(reader, found, tasks),
        "who_can": replies.who_can(reader, found),
        "kept": _kept(kept) if kept else None,
        "kept_href": reader.url("compliance-statement", laid.picked_month) if kept else "",
    }


def _other_version(reader: Reader, text: str) -> str:
    """Say under which version a duty was judged, where another is in force now."""
    number = reader.version_query(text).get("ban")
    if number is None:
        return ""
    return words(f"Xét theo phiên bản {number} của quy chế.", f"Judged by version {number} of the charter.")


def _kept(kept: adoption.StatementInfo) -> Notice:
    day = writing.day(kept.as_of)
    return Notice(
        text=words(
            f"Bản tuân thủ tháng này đã chốt {day}; sửa sau ngày đó chỉ hiện ở bảng này.",
            f"Frozen on {day}; later changes show on this board only.",
        ),
        sign="lock",
    )


def _workbook(laid: Board, taken: list[Inherited], year: int) -> sheet.Sheet:
    reader = laid.reader
    return sheet.Sheet(
        title=words(f"Bảng tuân thủ năm {year}", f"Compliance board {year}"),
        notes=(reader.group.name, reader.charter.title, *_texts(laid)),
        header=(
            words("Tháng", "Month"),
            words("Điều khoản", "Clause"),
            words("Nghĩa vụ", "Duty"),
            words("Bên chịu trách nhiệm", "Bearer"),
            words("Kỳ, việc", "Period, event"),
            words("Hạn (trước)", "Due before"),
            words("Kết quả", "Result"),
            words("Căn cứ kết quả", "Satisfied by"),
            words("Giải trình được chấp nhận", "Accepted reply"),
            words("Phiên bản quy chế", "Version of the charter"),
        ),
        rows=chain(_workbook_rows(laid), taken_over.workbook_rows(taken)),
    )


def _texts(laid: Board) -> tuple[str, ...]:
    """Name every version that judged a duty of the board, with its hash."""
    used = {one.text for month in laid.months for one in laid.shown(month)} or {laid.reader.charter.hash}
    return tuple(
        words(f"Phiên bản {one.version}: SHA-256 {one.hash}", f"Version {one.version}: SHA-256 {one.hash}")
        for one in laid.reader.texts
        if one.hash in used
    )


def _workbook_rows(laid: Board) -> Iterable[tuple[sheet.Cell, ...]]:
    language, reader = current_language(), laid.reader
    return (
        (
            writing.month(month),
            "; ".join(charters.clause_label(cited, language) for cited in one.citations),
            parts.action_title(one.action),
            parts.party(reader, one.bearer),
            one.period,
            writing.instant(one.due_before) if one.due_before else "",
            parts.state_words(one.status),
            ", ".join(one.satisfied_by),
            one.reply,
            reader.text(one.text).version,
        )
        for month in laid.months
        for one in laid.shown(month)
    )


@require_POST
@group_page
def freeze(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Freeze the statement of a month."""
    made = duties.freeze(reader.account, reader.group, month)
    messages.success(
        request,
        words(
            f"Đã chốt bản tuân thủ tháng {writing.month(made.month)}, SHA-256 {made.sha256[:8]}….",
            f"The statement of {writing.month(made.month)} is frozen, SHA-256 {made.sha256[:8]}….",
        ),
    )
    return HttpResponseRedirect(reader.url("compliance-statement", made.month))


def _back(reader: Reader, duty: Duty) -> HttpResponseRedirect:
    query = urlencode({"nam": duty.month[:4], "o": duty.norm, "thang": duty.month})
    return HttpResponseRedirect(f"{reader.url('compliance')}?{query}#nghia-vu")


def _said(request: HttpRequest) -> Said:
    """Return what is said: a reason, or that it was done, with day and number of the paper."""
    paper, day = (" ".join(request.POST.get(name, "").split()) for name in ("so", "ngay"))
    return Said(
        text=" ".join(request.POST.get("loi", "").split()),
        done_on=day_given(day, words("Ngày đã làm", "Done on")) if day else None,
        paper=paper,
    )


@require_POST
@group_page
def explain(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep what a party says of duties of its own."""
    month, norm = request.POST.get("thang", ""), request.POST.get("o", "")
    chosen = [one.partition("|") for one in request.POST.getlist("ben")]
    told = [Duty(month=month, norm=norm, bearer=bearer, period=period) for bearer, _, period in chosen]
    made = explaining.explain(reader.account, reader.group, told, _said(request))
    said = words(
        f"Đã ghi giải trình cho {len(made)} nghĩa vụ; Tổ phó thường trực xem xét.",
        f"The reply for {len(made)} duties is recorded; the standing deputy weighs it.",
    )
    messages.success(request, said)
    return _back(reader, told[0])


@require_POST
@group_page
def weigh(request: HttpRequest, reader: Reader, reply_id: int) -> HttpResponse:
    """Record whether the board's owner takes replies that were said at once."""
    chosen = [int(one) for one in request.POST.getlist("muc") if one.isdecimal()] or [reply_id]
    accepted, reason = request.POST.get("nhan") == "1", " ".join(request.POST.get("ly_do", "").split())
    weighed = explaining.weigh(reader.account, reader.group, chosen, accepted=accepted, reason=reason)
    if weighed is None:
        raise Http404
    said = (
        words("Đã chấp nhận giải trình: bảng ghi theo lời ấy.", "The reply is accepted: the board follows it.")
        if accepted
        else words("Đã bác giải trình, kèm lý do.", "The reply is refused, with its reason.")
    )
    messages.success(request, said)
    return _back(reader, weighed[0].duty)
