"""One piece of software, or one address: what it did, what waits, and what whoever may can do about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.flows import machine_accounts
from dean06.machines.service import accounts, hooks
from dean06.machines.types import CallInfo, HookInfo, HookState, MachineInfo, ParcelInfo
from dean06.offices import service as offices
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.machines.listing import home, shown_once, sight
from dean06.web.pages.machines.words import event, hook_chip, machine_chip, operation, parcel_chip, refusals, scopes
from dean06.web.parts.page import Empty, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

MOST = 50
ASKED_AGAIN = (HookState.REFUSED, HookState.GONE, HookState.OFFERED)

__all__ = ["ask_again", "end", "hook", "machine", "renew", "resend", "revoke"]


def _machine(reader: Reader, public_id: UUID) -> MachineInfo:
    return accounts.machine(reader.viewer, reader.group.id, str(public_id), see_all=sight(reader))


def _hook(reader: Reader, public_id: UUID) -> HookInfo:
    return hooks.hook(reader.viewer, reader.group.id, str(public_id), see_all=sight(reader))


def _maker(reader: Reader, account: str) -> str:
    held = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    return held.get(account, words("người không còn trong tổ", "somebody who left"))


def _facts(reader: Reader, one: MachineInfo) -> SummaryList:
    code = format_html("<code>{}</code>", one.public_id)
    key = (
        format_html('<code class="wrap">{}</code>', one.thumbprint) if one.thumbprint else words("chưa có", "none yet")
    )
    return SummaryList(
        facts=(
            Fact(term=words("Mã tài khoản (client_id)", "Account (client_id)"), value=code),
            Fact(term=words("Cơ quan", "Agency"), value=reader.agency(one.agency)),
            Fact(term=words("Dùng để", "What for"), value=one.purpose),
            Fact(term=words("Phạm vi", "Scopes"), value=scopes(one)),
            Fact(term=words("Khóa công khai (SHA-256)", "Public key (SHA-256)"), value=key),
            Fact(term=words("Dùng đến hết", "Last day"), value=writing.day(one.ends_on)),
            Fact(term=words("Lập", "Made"), value=f"{writing.instant(one.made_at)}, {_maker(reader, one.made_by)}"),
            Fact(term=words("Lời gọi bị từ chối", "Calls refused"), value=refusals(one)),
        )
    )


def _calls(found: list[CallInfo]) -> Table:
    return Table(
        caption=words(f"{len(found)} lời gọi gần nhất", f"The last {len(found)} calls"),
        columns=(
            Column(label=words("Lúc", "When"), nowrap=True),
            Column(label=words("Việc", "Call")),
            Column(label=words("Đối tượng", "Object")),
            Column(label=words("Trả lời", "Answer"), kind="num"),
            Column(label=words("Mục đích", "Purpose"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.instant(one.at),
                    operation(one.operation),
                    f"{one.object_id[:12]}…" if len(one.object_id) > 12 else one.object_id,
                    str(one.status),
                    one.purpose,
                )
            )
            for one in found
        ),
        heading=1,
    )


@group_page
def machine(request: HttpRequest, reader: Reader, machine_id: UUID) -> HttpResponse:
    """Show one account: what it may, its last calls, and the ways to renew or revoke it."""
    one = _machine(reader, machine_id)
    live = one.revoked_at is None and reader.ending is None
    found = accounts.calls(reader.viewer, reader.group.id, one.public_id, MOST, see_all=sight(reader))
    shown = {
        "head": PageHead(title=one.name, crumb=home(reader), meta=(reader.agency(one.agency),)),
        "state": machine_chip(reader, one),
        "facts": _facts(reader, one),
        "calls": _calls(found) if found else None,
        "empty": Empty(
            title=words("Chưa có lời gọi nào", "No call yet"),
            text=words(
                "Phần mềm trình khóa bằng mã ghi danh, xin mã truy cập rồi gọi; cách gọi ở docs/api.md.",
                "The software shows its key by its code, asks for a token, then calls; docs/api.md says how.",
            ),
        ),
        "renew_href": reader.url("machines-renew", one.public_id)
        if live and machine_accounts.may_set(reader.account, reader.group).allowed
        else "",
        "revoke_href": reader.url("machines-revoke", one.public_id)
        if live and machine_accounts.may_revoke(reader.account, reader.group, one.agency).allowed
        else "",
    }
    return render(request, "dean06/pages/machine.html", shown)


@require_POST
@group_page
def renew(request: HttpRequest, reader: Reader, machine_id: UUID) -> HttpResponse:
    """Give an account a new code, and show it."""
    one = _machine(reader, machine_id)
    return shown_once(request, reader, one, machine_accounts.renew(reader.account, reader.group, one))


@require_POST
@group_page
def revoke(request: HttpRequest, reader: Reader, machine_id: UUID) -> HttpResponse:
    """Revoke an account."""
    one = _machine(reader, machine_id)
    machine_accounts.revoke(reader.account, reader.group, one)
    messages.success(request, words(f"Đã thu hồi «{one.name}»: khóa và mã truy cập hết dùng được ngay.", "Revoked."))
    return HttpResponseRedirect(reader.url("machines-one", one.public_id))


def _parcels(found: list[ParcelInfo]) -> Table:
    return Table(
        caption=words("Tin gần nhất, tin không gửi được đứng trước", "The last events, those given up first"),
        columns=(
            Column(label=words("Lúc", "When"), nowrap=True),
            Column(label=words("Tin", "Event")),
            Column(label=words("Đơn sửa", "Order"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Số lần gửi", "Tries"), kind="num"),
            Column(label=words("Ghi chú", "Note"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.instant(one.at),
                    event(one.kind),
                    one.subject,
                    parcel_chip(one.state),
                    writing.number(one.tries),
                    one.note,
                )
            )
            for one in found
        ),
        heading=1,
    )


def _hook_facts(reader: Reader, one: HookInfo) -> SummaryList:
    rate = (
        words("không giới hạn", "no bound")
        if one.rate is None
        else words(f"{one.rate} tin một phút", f"{one.rate} a minute")
    )
    return SummaryList(
        facts=(
            Fact(term=words("Cơ quan", "Agency"), value=reader.agency(one.agency)),
            Fact(term=words("Địa chỉ", "Address"), value=format_html('<code class="wrap">{}</code>', one.url)),
            Fact(term=words("Bên nhận cho phép", "The receiver allows"), value=rate if one.opened_at else "–"),
            Fact(term=words("Ghi", "Entered"), value=f"{writing.instant(one.made_at)}, {_maker(reader, one.made_by)}"),
            Fact(term=words("Đã nhận", "Taken"), value=writing.number(one.sent)),
            Fact(term=words("Chờ gửi", "Queued"), value=writing.number(one.queued)),
            Fact(term=words("Không gửi được", "Given up"), value=writing.number(one.dead)),
        )
    )


@group_page
def hook(request: HttpRequest, reader: Reader, hook_id: UUID) -> HttpResponse:
    """Show one address: where it stands, its events, and the ways to ask again, send again or end it."""
    one = _hook(reader, hook_id)
    live = one.ended_at is None and reader.ending is None
    may_set = live and machine_accounts.may_set(reader.account, reader.group).allowed
    found = hooks.parcels(reader.viewer, reader.group.id, one.public_id, MOST, see_all=sight(reader))
    shown = {
        "head": PageHead(title=words("Địa chỉ nhận tin", "Address"), crumb=home(reader), meta=(one.url,)),
        "state": hook_chip(one.state),
        "note": one.note,
        "facts": _hook_facts(reader, one),
        "parcels": _parcels(found) if found else None,
        "empty": Empty(
            title=words("Chưa có tin nào", "No event yet"),
            text=words(
                "Tin đi từ khi ghi địa chỉ: đơn mới, sắp đến hạn, quá hạn, đã chứng minh, mở lại, rút đơn.",
                "Told from its entry on: orders given, near their day, overdue, proved, open again, withdrawn.",
            ),
        ),
        "resend_href": reader.url("machines-hook-resend", one.public_id) if may_set and one.dead else "",
        "offered": one.state is HookState.OFFERED,
        "ask_href": reader.url("machines-hook-ask", one.public_id) if may_set and one.state in ASKED_AGAIN else "",
        "end_href": reader.url("machines-hook-end", one.public_id)
        if live and machine_accounts.may_revoke(reader.account, reader.group, one.agency).allowed
        else "",
    }
    return render(request, "dean06/pages/machine_hook.html", shown)


def _back(request: HttpRequest, reader: Reader, one: HookInfo, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("machines-hook", one.public_id))


@require_POST
@group_page
def resend(request: HttpRequest, reader: Reader, hook_id: UUID) -> HttpResponse:
    """Send again what was given up."""
    one = _hook(reader, hook_id)
    count = machine_accounts.resend(reader.account, reader.group, one)
    return _back(request, reader, one, words(f"{count} tin sẽ gửi lại.", f"{count} events go again."))


@require_POST
@group_page
def ask_again(request: HttpRequest, reader: Reader, hook_id: UUID) -> HttpResponse:
    """Ask a receiver again."""
    one = _hook(reader, hook_id)
    machine_accounts.reopen_hook(reader.account, reader.group, one)
    return _back(request, reader, one, words("Sẽ hỏi lại bên nhận trong phút tới.", "The receiver is asked again."))


@require_POST
@group_page
def end(request: HttpRequest, reader: Reader, hook_id: UUID) -> HttpResponse:
    """End an address."""
    one = _hook(reader, hook_id)
    machine_accounts.end_hook(reader.account, reader.group, one)
    return _back(request, reader, one, words("Đã dừng: không gửi tin nào tới đó nữa.", "Ended: nothing goes there."))
