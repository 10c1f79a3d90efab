"""Cơ quan: those that serve the group, each with its people, posts, names in time, heirs, and what it owes where."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.flows import seating
from dean06.flows.desk import overseers
from dean06.flows.setup import Member
from dean06.offices.service import agencies as offices_agencies
from dean06.offices.service import seats
from dean06.offices.types import AgencyInfo, SeatInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.typed import instrument_fields, instrument_given, one_line
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, People, Person, SummaryList
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, Filters

__all__ = ["add", "agencies", "agency", "change_post", "merge", "rename", "set_post"]


def _accounts(found: list[SeatInfo]) -> dict[str, int]:
    """Count the people of each agency who sign in."""
    held: dict[str, int] = {}
    for one in found:
        if one.agency and one.account:
            held[one.agency] = held.get(one.agency, 0) + 1
    return held


def _state(one: AgencyInfo, accounts: int) -> str:
    if one.ended_on:
        return chip("mute", words("Đã thôi", "Ended"), with_sign="end")
    if accounts:
        return chip("ok", words(f"{accounts} người đăng nhập", f"{accounts} sign in"), with_sign="ok")
    return chip("line", words("Không có tài khoản", "No account"), with_sign="doc")


def _workbook(
    request: HttpRequest, reader: Reader, found: list[AgencyInfo], accounts: dict[str, int], total: str
) -> HttpResponse:
    rows = ((one.code, one.name, one.short_name, accounts.get(one.code, 0)) for one in found)
    made = sheet.Sheet(
        title=words(f"Cơ quan {reader.group.name}", f"Agencies of {reader.group.name}"),
        notes=(total,),
        header=(
            words("Mã", "Code"),
            words("Tên", "Name"),
            words("Tên gọn", "Short"),
            words("Tài khoản", "Accounts"),
        ),
        rows=rows,
    )
    return sheet.answer(request, made, f"co-quan-{reader.group.slug}")


def _table(reader: Reader, found: list[AgencyInfo], accounts: dict[str, int], total: str) -> Table:
    return Table(
        caption=total,
        columns=(
            Column(label=words("Cơ quan", "Agency"), kind="text"),
            Column(label=words("Mã trong quy chế", "Code"), nowrap=True),
            Column(label=words("Vào hệ thống", "Signs in")),
            Column(label=words("Phục vụ", "Serves"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    link(one.name, reader.url("offices-agency", one.code)),
                    one.code,
                    _state(one, accounts.get(one.code, 0)),
                    words(f"{len(one.groups)} tổ", f"{len(one.groups)} groups"),
                )
            )
            for one in found
        ),
    )


def _elsewhere(reader: Reader) -> tuple[Field, ...]:
    """Return the choice of an agency that serves another group of the reader: who serves several is kept once."""
    others = [one for one in reader.groups if one.id != reader.group.id and one.ending is None]
    found = tuple(
        (f"{group.id}:{one.code}", f"{one.name} ({group.short_name})")
        for group in others
        for one in offices_agencies.agencies_seen(reader.viewer, group.id)
    )
    if not found:
        return ()
    none = ("", words("không, cơ quan mới", "no, a new one"))
    label = words("Là cơ quan đang phục vụ tổ khác", "Serves another group already")
    return (Field(name="da_co", label=label, kind="choice", required=False, choices=(none, *found)),)


def _add_form(reader: Reader) -> Form:
    return Form(
        id="them",
        action=reader.url("offices-agency-add"),
        button=words("Thêm cơ quan", "Add"),
        fields=(
            Field(name="ma", label=words("Mã", "Code"), longest=20, placeholder="NV"),
            Field(name="ten", label=words("Tên đầy đủ", "Full name"), required=False, longest=200),
            *_elsewhere(reader),
        ),
    )


@group_page
def agencies(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the agencies that serve the group."""
    found = offices_agencies.agencies_seen(reader.viewer, reader.group.id)
    accounts = _accounts(seats.seats(reader.viewer, reader.group.id, reader.today))
    total = words(f"{len(found)} cơ quan", f"{len(found)} agencies")
    if sheet.asked(request):
        return _workbook(request, reader, found, accounts, total)
    shown = {
        "head": PageHead(
            title=words("Cơ quan", "Agencies"), crumb=home(reader), meta=(total,), actions=sheet.offers(request)
        ),
        "facets": views(reader, "offices-agencies"),
        "main": (_table(reader, found, accounts, total),),
        "side": (
            Panel(
                id="them-co-quan",
                title=words("Cơ quan khác", "Others"),
                parts=(_add_form(reader),),
            ),
        ),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _own(reader: Reader, code: str) -> AgencyInfo:
    found = offices_agencies.agency_seen(reader.viewer, reader.group.id, code)
    if found is None:
        raise Http404
    return found


def _owed(reader: Reader, one: AgencyInfo) -> Table:
    """Return what an agency owes in each group that it serves and the reader sits in."""
    names = {group.id: group for group in reader.groups}
    rows = []
    for group_id, code in one.groups:
        group = names[group_id]
        see_all = overseers(adoption.charter_of(group.charter_line, clock.today(group)))
        owed = Filters(statuses=OPEN_STATES, agency=code)
        late = Filters(statuses=OPEN_STATES, agency=code, overdue_at=clock.now(group))
        open_ones = work.tasks(reader.viewer, group_id, owed, see_all=see_all, size=0).total
        overdue = work.tasks(reader.viewer, group_id, late, see_all=see_all, size=0).total
        href = f"{reverse('tasks', args=[group.slug])}?xem=mo&co_quan={code}"
        rows.append(
            Row(
                cells=(
                    link(group.short_name, href),
                    code,
                    writing.number(open_ones),
                    chip("overdue", writing.number(overdue)) if overdue else writing.number(0),
                )
            )
        )
    return Table(
        caption=words("Tổ được phục vụ, việc còn nợ", "Groups served, what is owed"),
        columns=(
            Column(label=words("Tổ", "Group"), kind="text"),
            Column(label=words("Mã ở tổ ấy", "Code there"), nowrap=True),
            Column(label=words("Nhiệm vụ mở", "Open tasks"), kind="num"),
            Column(label=words("Quá hạn", "Overdue"), kind="num"),
        ),
        rows=tuple(rows),
    )


def _facts(one: AgencyInfo) -> SummaryList:
    former = tuple(
        Fact(
            term=words(f"Đến {writing.day(old.until)}", f"Until {writing.day(old.until)}"),
            value=old.name,
            aside=old.instrument,
        )
        for old in one.former
    )
    ended = (
        (Fact(term=words("Thôi hoạt động sau", "Ended after"), value=writing.day(one.ended_on), aside=one.ended_by),)
        if one.ended_on
        else ()
    )
    heirs = ((words("Kế thừa", "Successors"), one.successors), (words("Thay cho", "Succeeds"), one.predecessors))
    return SummaryList(
        facts=(
            Fact(term=words("Tên hiện nay", "Present name"), value=one.name),
            *former,
            *ended,
            *(Fact(term=term, value=", ".join(listed)) for term, listed in heirs if listed),
        )
    )


def _people(reader: Reader, code: str) -> People:
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    return People(
        items=tuple(
            Person(
                name=one.holder or words("(đang trống)", "(vacant)"),
                note=f"{one.title}, {one.post}" if one.post else one.title,
                aside=link(words("xem", "see"), reader.url("offices-seat", one.id)),
            )
            for one in found
            if one.agency == code
        )
    )


def _posts(reader: Reader, one: AgencyInfo) -> tuple[Panel, ...]:
    made = []
    for post in one.posts:
        form = Form(
            id=f"cv-{post.id}",
            action=reader.url("offices-post", post.id),
            button=words("Ghi vào mọi ghế theo chức vụ này", "Record in every seat of this post"),
            note=words(
                "Người mới vào mọi ghế đi theo chức vụ này, ở mọi tổ mà bạn được ghi.",
                "The new holder takes every seat that goes with this post, in every group where you may record it.",
            ),
            fields=(
                Field(name="ho_ten", label=words("Họ và tên", "Full name"), longest=200),
                Field(name="tu", label=words("Giữ từ ngày", "Since"), kind="day", value=writing.day(reader.today)),
                *instrument_fields(reader.today),
            ),
        )
        title = words(f"{post.title} (đứng đầu)", f"{post.title} (head)") if post.is_head else post.title
        text = words("Người mới giữ chức vụ", "A new holder")
        made.append(Panel(id=f"chuc-vu-{post.id}", title=title, fold=True, text=text, parts=(form,)))
    return tuple(made)


def _changes(reader: Reader, one: AgencyInfo) -> tuple[Panel, ...]:
    heirs = tuple((code, name) for code, name in reader.agencies.items() if code != one.code)
    post = Form(
        id="cv",
        action=reader.url("offices-agency-post", one.code),
        button=words("Ghi chức vụ", "Record the post"),
        fields=(
            Field(name="ten", label=words("Chức vụ", "Post"), longest=160),
            Field(name="dung_dau", label=words("Là người đứng đầu", "Is its head"), kind="check", required=False),
        ),
    )
    rename_ = Form(
        id="ten",
        action=reader.url("offices-agency-name", one.code),
        button=words("Ghi tên mới", "Rename"),
        fields=(
            Field(name="ten", label=words("Tên mới", "New name"), longest=200),
            Field(name="tu", label=words("Từ ngày", "Since"), kind="day", value=writing.day(reader.today)),
            *instrument_fields(reader.today),
        ),
    )
    merge_ = Form(
        id="nhap",
        action=reader.url("offices-agency-end", one.code),
        button=words("Ghi sáp nhập, giải thể", "Record"),
        fields=(
            Field(name="den", label=words("Ngày cuối cùng", "Last day"), kind="day", value=writing.day(reader.today)),
            *instrument_fields(reader.today),
            Field(name="ke_thua", label=words("Cơ quan kế thừa", "Successors"), kind="checks", choices=heirs),
        ),
    )
    return (
        Panel(id="chuc-vu-moi", title=words("Chức vụ", "Posts"), fold=True, parts=(post,)),
        Panel(id="doi-ten", title=words("Đổi tên", "Another name"), fold=True, parts=(rename_,)),
        Panel(id="sap-nhap", title=words("Sáp nhập, giải thể", "Merged or abolished"), fold=True, parts=(merge_,)),
    )


@group_page
def agency(request: HttpRequest, reader: Reader, agency_code: str) -> HttpResponse:
    """Show one agency: every group it serves with what is owed there, its people, posts and names."""
    one = _own(reader, agency_code)
    shown = {
        "head": PageHead(
            title=one.name,
            crumb=Link(label=words("Cơ quan", "Agencies"), href=reader.url("offices-agencies")),
            meta=(one.code, words(f"phục vụ {len(one.groups)} tổ", f"serves {len(one.groups)} groups")),
            actions=(
                Action(
                    label=words("Nhiệm vụ", "Tasks"), href=f"{reader.url('tasks')}?xem=mo&co_quan={one.code}", sign="ok"
                ),
            ),
        ),
        "main": (
            Panel(
                id="no", title=words("Còn nợ ở từng tổ", "Owed in each group"), flush=True, parts=(_owed(reader, one),)
            ),
            Panel(
                id="nguoi",
                title=words("Người của cơ quan trong tổ", "Its people here"),
                parts=(_people(reader, agency_code),),
            ),
            Panel(id="ten-goi", title=words("Tên gọi, kế thừa", "Names and heirs"), parts=(_facts(one),)),
        ),
        "side": (*_posts(reader, one), *_changes(reader, one)),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def add(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Let an agency serve the group."""
    code = one_line(request, "ma", 20).upper()
    same_as = request.POST.get("da_co", "")
    seating.add_agency(reader.account, reader.group, code, one_line(request, "ten"), same_as)
    messages.success(request, words("Đã thêm cơ quan.", "The agency is added."))
    return HttpResponseRedirect(reader.url("offices-agency", code))


@require_POST
@group_page
def set_post(request: HttpRequest, reader: Reader, agency_code: str) -> HttpResponse:
    """Enter a post of an agency."""
    _own(reader, agency_code)
    title = one_line(request, "ten", 160)
    seating.set_post(reader.account, reader.group, agency_code, title, is_head=bool(request.POST.get("dung_dau")))
    messages.success(request, words("Đã ghi chức vụ.", "The post is recorded."))
    return HttpResponseRedirect(reader.url("offices-agency", agency_code))


@require_POST
@group_page
def rename(request: HttpRequest, reader: Reader, agency_code: str) -> HttpResponse:
    """Give an agency another name."""
    _own(reader, agency_code)
    since = day_given(request.POST.get("tu", ""), words("Từ ngày", "Since"))
    paper = instrument_given(request)
    seating.rename_agency(reader.account, reader.group, agency_code, one_line(request, "ten"), since, paper)
    messages.success(request, words("Đã ghi tên mới, tên cũ được giữ.", "Renamed; the former name is kept."))
    return HttpResponseRedirect(reader.url("offices-agency", agency_code))


@require_POST
@group_page
def merge(request: HttpRequest, reader: Reader, agency_code: str) -> HttpResponse:
    """Record that an agency is merged or abolished."""
    _own(reader, agency_code)
    last = day_given(request.POST.get("den", ""), words("Ngày cuối cùng", "Last day"))
    heirs = request.POST.getlist("ke_thua")
    seating.merge_agency(reader.account, reader.group, agency_code, last, instrument_given(request), heirs)
    messages.success(request, words("Đã ghi, cơ quan kế thừa được nối.", "Recorded with its successors."))
    return HttpResponseRedirect(reader.url("offices-agency", agency_code))


@require_POST
@group_page
def change_post(request: HttpRequest, reader: Reader, post_id: int) -> HttpResponse:
    """Put the new holder of a post in every seat that goes with it."""
    held = seats.held_by_post(reader.viewer, post_id, reader.today)
    if all(group_id != reader.group.id for group_id, _ in held):
        raise Http404
    member = Member(
        role="",
        agency=None,
        holder=one_line(request, "ho_ten"),
        since=day_given(request.POST.get("tu", ""), words("Giữ từ ngày", "Since")),
        instrument=instrument_given(request),
    )
    made = seating.change_post(reader.account, reader.viewer, post_id, member)
    messages.success(request, words(f"Đã ghi vào {len(made)} ghế.", f"Recorded in {len(made)} seats."))
    code = next(seat.agency or "" for group_id, seat in held if group_id == reader.group.id)
    return HttpResponseRedirect(reader.url("offices-agency", code))
