"""Đã đọc quy chế: each addressee of the charter, whether they have read the version in force, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.flows import acknowledging, inviting
from dean06.flows.acknowledging import Addressee, Missing
from dean06.offices.service import acknowledgements
from dean06.offices.types import AcknowledgementInfo
from dean06.papers.service import pieces
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.clauses import cite
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.seals import PICTURES
from dean06.web.pages.offices.typed import file_given
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Empty, Figure, Figures, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

__all__ = ["acknowledge", "enter", "read", "remind", "scan"]


def _state(reader: Reader, one: Addressee, done: AcknowledgementInfo | None) -> str:
    if done is None:
        return chip("warn", words("Chưa xác nhận", "Not yet"), with_sign="clock")
    if not done.on_paper:
        return chip("ok", words("Tự xác nhận", "In person"), with_sign="ok")
    return link(words("trên giấy (bản quét)", "on paper (scan)"), reader.url("offices-read-scan", one.appointment.id))


def _table(
    reader: Reader, people: list[Addressee], read_: Mapping[int, AcknowledgementInfo], reminded: Mapping[int, datetime]
) -> Table:
    rows = []
    for one in people:
        done = read_.get(one.appointment.id)
        last = reminded.get(one.appointment.id)
        when = writing.day(done.read_on) if done else ""
        again = (
            words(f"đã nhắc {writing.instant(last)}", f"reminded {writing.instant(last)}") if last and not done else ""
        )
        rows.append(
            Row(
                cells=(
                    one.appointment.holder,
                    f"{one.seat.title}, {one.seat.post or (reader.agency(one.seat.agency) if one.seat.agency else '')}",
                    cite(reader, one.clause),
                    _state(reader, one, done),
                    when or again,
                )
            )
        )
    return Table(
        caption=words("Người phải đọc quy chế", "Addressees of the charter"),
        columns=(
            Column(label=words("Họ tên", "Name")),
            Column(label=words("Vị trí", "Seat"), kind="text"),
            Column(label=words("Được nêu ở", "Named in"), nowrap=True),
            Column(label=words("Xác nhận", "Acknowledged")),
            Column(label=words("Ngày", "Day")),
        ),
        rows=tuple(rows),
    )


def _unrecorded(reader: Reader, missing: list[Missing]) -> Panel:
    return Panel(
        id="thieu",
        title=words("Quy chế nêu nhưng chưa ghi người", "Named, but nobody is recorded"),
        text=words(
            "Ghi họ vào vị trí tương ứng (có thể không có tài khoản) để theo dõi.",
            "Record them in such a seat, with or without an account, to follow them.",
        ),
        parts=(
            Checklist(
                items=tuple(
                    Check(text=one.name, tone="warn", sign="pen", aside=cite(reader, one.clause)) for one in missing
                )
            ),
        ),
    )


def _side(reader: Reader, waiting: list[Addressee], missing: list[Missing]) -> tuple[Panel, ...]:
    made = []
    if waiting:
        paper = Form(
            id="giay",
            action=reader.url("offices-read-enter"),
            button=words("Ghi xác nhận trên giấy", "Enter"),
            fields=(
                Field(
                    name="vi_tri",
                    label=words("Người đã đọc", "Who has read it"),
                    kind="choice",
                    choices=tuple(
                        (str(one.appointment.id), f"{one.appointment.holder} ({one.seat.title})") for one in waiting
                    ),
                ),
                Field(name="ngay", label=words("Ngày ký nhận", "Day"), kind="day", value=writing.day(reader.today)),
                Field(name="ban_quet", label=words("Bản quét", "Scan"), kind="file", accept=PICTURES),
            ),
        )
        remind_ = Form(
            id="nhac",
            action=reader.url("offices-read-remind"),
            button=words(f"Nhắc {len(waiting)} người", f"Remind {len(waiting)}"),
            note=words(
                "Ai có tài khoản thấy lời nhắc trên bàn làm việc; ai có thư điện tử nhận thêm thư.",
                "Who has an account sees it on their desk; who gave an address also gets a letter.",
            ),
        )
        made += [
            Panel(id="nhac-nho", title=words("Nhắc người chưa đọc", "Remind"), parts=(remind_,)),
            Panel(id="tren-giay", title=words("Xác nhận trên giấy", "On paper"), parts=(paper,)),
        ]
    if missing:
        made.append(_unrecorded(reader, missing))
    return tuple(made)


@group_page
def read(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show who has read the version in force, and take the reader's own word."""
    people, missing = acknowledging.addressees(reader.group)
    read_ = acknowledgements.acknowledged(reader.viewer, reader.group.id, reader.charter.hash)
    reminded = acknowledgements.reminded(reader.viewer, reader.group.id, reader.charter.hash)
    waiting = [one for one in people if one.appointment.id not in read_]
    if sheet.asked(request):
        return _workbook(request, reader, people, read_)
    mine = any(one.appointment.account == reader.account for one in waiting)
    done = len(people) - len(waiting)
    figures = Figures(
        items=(
            Figure(value=writing.number(done), label=words("đã xác nhận", "have read it"), tone="ok", sign="ok"),
            Figure(value=writing.number(len(waiting)), label=words("chưa xác nhận", "have not"), sign="clock"),
            Figure(value=writing.number(len(missing)), label=words("chưa ghi người", "not recorded"), sign="pen"),
        ),
        small=True,
    )
    version = words(f"bản {reader.charter.version}", f"version {reader.charter.version}")
    shown = {
        "head": PageHead(
            title=words("Ai đã đọc quy chế", "Who has read the charter"),
            crumb=home(reader),
            meta=(reader.charter.title, version),
            actions=(
                Action(label=words("Đọc quy chế", "Read it"), href=reader.url("charter"), sign="law"),
                *sheet.offers(request),
            ),
        ),
        "facets": views(reader, "offices-read"),
        "told": (_own_word(),) if mine else (),
        "main": (figures, *((_own_form(reader),) if mine else ()), _list(reader, people, read_, reminded)),
        "side": _side(reader, waiting, missing),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _list(
    reader: Reader, people: list[Addressee], read_: Mapping[int, AcknowledgementInfo], reminded: Mapping[int, datetime]
) -> Panel:
    title = words("Người phải đọc", "Addressees")
    if people:
        return Panel(id="nguoi-doc", title=title, flush=True, parts=(_table(reader, people, read_, reminded),))
    nobody = Empty(
        title=words("Chưa ai giữ vị trí mà quy chế nêu", "Nobody holds a seat the charter names"), sign="law"
    )
    return Panel(id="nguoi-doc", title=title, flush=True, parts=(nobody,))


def _own_word() -> Notice:
    return Notice(
        text=words(
            "Bạn là người thi hành quy chế này và chưa xác nhận đã đọc bản đang có hiệu lực.",
            "You carry this charter out and have not acknowledged the version in force.",
        ),
        tone="law",
        sign="law",
    )


def _own_form(reader: Reader) -> Panel:
    form = Form(
        id="toi",
        action=reader.url("offices-read-own"),
        button=words("Tôi đã đọc bản này", "I have read this version"),
        kind="primary",
        fields=(
            Field(name="ban", kind="hidden", value=reader.charter.hash),
            Field(name="da_doc", label=words("Tôi đã đọc toàn văn quy chế", "I have read it whole"), kind="check"),
        ),
    )
    return Panel(id="toi-doc", title=words("Xác nhận của bạn", "Your word"), law=True, parts=(form,))


def _workbook(
    request: HttpRequest, reader: Reader, people: list[Addressee], read_: Mapping[int, AcknowledgementInfo]
) -> HttpResponse:
    rows = []
    for one in people:
        done = read_.get(one.appointment.id)
        how = (words("trên giấy", "on paper") if done.on_paper else words("tự xác nhận", "in person")) if done else ""
        rows.append((one.appointment.holder, one.seat.title, one.seat.post, how, done.read_on if done else None))
    made = sheet.Sheet(
        title=words(f"Đã đọc quy chế, {reader.group.name}", f"Charter read, {reader.group.name}"),
        notes=(reader.charter.title,),
        header=(
            words("Họ tên", "Name"),
            words("Vị trí", "Seat"),
            words("Chức vụ", "Post"),
            words("Xác nhận", "How"),
            words("Ngày", "Day"),
        ),
        rows=rows,
    )
    return sheet.answer(request, made, f"da-doc-quy-che-{reader.group.slug}")


@require_POST
@group_page
def acknowledge(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take the reader's own word."""
    if not request.POST.get("da_doc"):
        messages.warning(request, words("Đánh dấu đã đọc toàn văn trước.", "Tick that you have read it whole."))
        return HttpResponseRedirect(reader.url("offices-read"))
    acknowledging.acknowledge(reader.account, reader.group, request.POST.get("ban", ""))
    messages.success(request, words("Đã ghi xác nhận của bạn.", "Your word is recorded."))
    return HttpResponseRedirect(reader.url("offices-read"))


@require_POST
@group_page
def enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter an acknowledgement that was signed on paper."""
    given = request.POST.get("vi_tri", "")
    day = day_given(request.POST.get("ngay", ""), words("Ngày ký nhận", "Day"))
    if not given.isdecimal():
        raise Http404
    acknowledging.enter_paper(reader.account, reader.group, int(given), day, file_given(request, "ban_quet"))
    messages.success(request, words("Đã ghi xác nhận trên giấy.", "It is entered."))
    return HttpResponseRedirect(reader.url("offices-read"))


@require_POST
@group_page
def remind(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Remind everybody who has not read the version in force."""
    people = acknowledging.remind(reader.account, reader.group, ())
    where = request.build_absolute_uri(reader.url("offices-read"))
    sent = inviting.remind_to_read(reader.group, [one.appointment.account for one in people], where)
    text = words(
        f"Đã nhắc {len(people)} người, {sent} người qua thư.", f"{len(people)} reminded, {sent} of them by e-mail."
    )
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("offices-read"))


@group_page
def scan(_request: HttpRequest, reader: Reader, appointment_id: int) -> HttpResponseBase:
    """Hand out the scan of an acknowledgement on paper."""
    found = acknowledgements.acknowledged(reader.viewer, reader.group.id, reader.charter.hash).get(appointment_id)
    if found is None or not found.scan:
        raise Http404
    path = pieces.kept_upload(found.scan, found.suffix)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"xac-nhan-{appointment_id}.{found.suffix}")
