"""Phần mềm của cơ quan: the accounts and addresses a reader may see, and the forms of whoever may make them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import machine_accounts
from dean06.machines.service import accounts, hooks
from dean06.machines.types import HookInfo, MachineInfo, NewHook, NewMachine, Scope
from dean06.offices.service import agencies
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import link
from dean06.web.pages.days import day_given
from dean06.web.pages.machines.words import SCOPES, hook_chip, machine_chip, refusals
from dean06.web.pages.slips import UNUSABLE, slips_of
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["home", "machines", "make", "make_hook", "shown_once", "sight"]


def home(reader: Reader) -> Link:
    """Return the crumb to the list."""
    return Link(label=words("Phần mềm của cơ quan", "Agencies' software"), href=reader.url("machines"))


def sight(reader: Reader) -> frozenset[str]:
    """Return the roles by which a reader sees every agency's software: whoever may make it looks after all of it."""
    if not machine_accounts.may_set(reader.account, reader.group).allowed:
        return reader.see_all
    return reader.see_all | {seat.role for seat in reader.seats}


def _machine_row(reader: Reader, one: MachineInfo) -> Row:
    return Row(
        cells=(
            format_html(
                '{}<small class="cell-note">{}</small>',
                link(one.name, reader.url("machines-one", one.public_id)),
                reader.agency(one.agency),
            ),
            writing.day(one.ends_on),
            writing.instant(one.called_at) if one.called_at else words("chưa gọi", "never"),
            refusals(one),
            machine_chip(reader, one),
        )
    )


def _machine_table(reader: Reader, found: list[MachineInfo]) -> Table:
    return Table(
        caption=words("Tài khoản phần mềm", "Accounts of software"),
        show_caption=True,
        columns=(
            Column(label=words("Phần mềm, cơ quan", "Software, agency"), kind="text"),
            Column(label=words("Dùng đến hết", "Last day"), nowrap=True),
            Column(label=words("Gọi lần cuối", "Last call"), nowrap=True),
            Column(label=words("Bị từ chối", "Refused")),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(_machine_row(reader, one) for one in found),
    )


def _hook_row(reader: Reader, one: HookInfo) -> Row:
    return Row(
        cells=(
            format_html(
                '{}<small class="cell-note">{}</small>',
                link(one.url, reader.url("machines-hook", one.public_id)),
                one.note,
            ),
            reader.agency(one.agency),
            writing.instant(one.told_at) if one.told_at else words("chưa có", "never"),
            writing.number(one.queued),
            writing.number(one.dead),
            hook_chip(one.state),
        )
    )


def _hook_table(reader: Reader, found: list[HookInfo]) -> Table:
    return Table(
        caption=words("Địa chỉ nhận tin", "Addresses that are told"),
        show_caption=True,
        columns=(
            Column(label=words("Địa chỉ", "Address"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Nhận lần cuối", "Last taken"), nowrap=True),
            Column(label=words("Chờ gửi", "Queued"), kind="num"),
            Column(label=words("Không gửi được", "Given up"), kind="num"),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(_hook_row(reader, one) for one in found),
    )


def _empty() -> Empty:
    return Empty(
        title=words("Chưa có phần mềm nào được kết nối", "No software is connected yet"),
        text=words(
            "Cơ quan có phần mềm riêng thì đơn sửa tự sang đó: lãnh đạo tổ hoặc bộ máy giúp việc lập tài khoản ở đây.",
            "An agency's own software can get its orders: the leaders or the support apparatus make its account here.",
        ),
        sign="chain",
    )


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what was typed into the form that could not be taken."""
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _again(request: HttpRequest, reader: Reader, problem: BadInput, form: str) -> HttpResponse:
    """Show the page with a form as it was filled in, and what is wrong with it."""
    shown = _shown(reader) | {"slips": slips_of(problem), form: _typed(request)}
    asked = request.POST.getlist("pham_vi")
    shown["scopes"] = [(one.value, words(*said), one.value in asked) for one, said in SCOPES.items()]
    return render(request, "dean06/pages/machines.html", shown, status=UNUSABLE)


def _shown(reader: Reader) -> dict[str, object]:
    see_all = sight(reader)
    found = accounts.machines(reader.viewer, reader.group.id, see_all=see_all)
    told = hooks.hooks(reader.viewer, reader.group.id, see_all=see_all)
    may = reader.ending is None and machine_accounts.may_set(reader.account, reader.group).allowed
    return {
        "head": PageHead(
            title=words("Phần mềm của cơ quan", "Agencies' software"),
            crumb=Link(label=words("Cài đặt của tổ", "Settings"), href=reader.url("settings")),
            meta=(
                words(f"{len(found)} tài khoản", f"{len(found)} accounts"),
                words(f"{len(told)} địa chỉ nhận tin", f"{len(told)} addresses"),
            ),
        ),
        "machines": _machine_table(reader, found) if found else None,
        "hooks": _hook_table(reader, told) if told else None,
        "empty": _empty(),
        "may": may,
        "agencies": [(one.code, one.name) for one in agencies.agencies_of(reader.group.id)] if may else [],
        "scopes": [(one.value, words(*said), one is Scope.ORDERS) for one, said in SCOPES.items()],
        "make_href": reader.url("machines-make"),
        "hook_href": reader.url("machines-hook-make"),
    }


@group_page
def machines(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the software a reader may see."""
    return render(request, "dean06/pages/machines.html", _shown(reader))


def shown_once(request: HttpRequest, reader: Reader, machine: MachineInfo, code: str) -> HttpResponse:
    """Show a code, this once: nothing but its digest is kept, so no page can show it again."""
    shown = {
        "head": PageHead(title=words("Mã ghi danh của phần mềm", "The software's code"), crumb=home(reader)),
        "code": code,
        "machine": machine,
        "until": accounts.CODE_FOR.days,
        "enrol_at": request.build_absolute_uri("/api/v1/enrolment"),
        "href": reader.url("machines-one", machine.public_id),
    }
    return render(request, "dean06/pages/machine_code.html", shown)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Make an account, and show its code; a form that cannot be taken stands there again."""
    try:
        made, code = machine_accounts.make(reader.account, reader.group, _new(request))
    except BadInput as problem:
        return _again(request, reader, problem, "typed")
    return shown_once(request, reader, made, code)


def _new(request: HttpRequest) -> NewMachine:
    known = {one.value: one for one in Scope}
    asked = request.POST.getlist("pham_vi")
    if not set(asked) <= set(known):
        raise BadInput("Chọn phạm vi trong danh sách.", "Choose scopes of the list.")
    return NewMachine(
        public_id=accounts.new_id(),
        name=" ".join(request.POST.get("ten", "").split())[:120],
        agency=request.POST.get("co_quan", ""),
        scopes=tuple(known[one] for one in asked),
        purpose=" ".join(request.POST.get("muc_dich", "").split())[:300],
        ends_on=day_given(request.POST.get("den", ""), words("Dùng đến hết ngày", "Last day")),
    )


@require_POST
@group_page
def make_hook(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter an address at which software is told."""
    new = NewHook(
        public_id=hooks.new_id(), agency=request.POST.get("co_quan", ""), url=request.POST.get("dia_chi", "").strip()
    )
    try:
        machine_accounts.make_hook(reader.account, reader.group, new)
    except BadInput as problem:
        return _again(request, reader, problem, "typed_hook")
    told = words("Đã ghi địa chỉ: hệ thống hỏi bên nhận trước, đồng ý mới gửi.", "Entered: its receiver is asked.")
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("machines"))
