"""Tài khoản của người trong tổ: who signs in, who was invited and has not come yet, and their links."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.flows import inviting
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo, invitations
from dean06.identity.service.invitations import InvitationInfo
from dean06.offices.service import seats
from dean06.offices.types import SeatInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.slips import link_to, slip
from dean06.web.parts.forms import Form, Panel
from dean06.web.parts.page import PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["accounts", "again", "state_of", "withdraw"]


def state_of(account: AccountInfo | None, invitation: InvitationInfo | None) -> str:
    """Return how an account stands, as a chip."""
    if account is None:
        return chip("mute", words("Không có tài khoản", "No account"), with_sign="dash")
    if not account.is_active:
        return chip("bad", words("Đã khóa", "Disabled"), with_sign="lock")
    if account.has_password or account.is_demo:
        return chip("ok", words("Dùng được", "In use"), with_sign="ok")
    if invitation is not None and invitation.is_open:
        until = writing.day(invitation.expires_at)
        return chip("info", words(f"Đã mời, đến {until}", f"Invited until {until}"), with_sign="clock")
    return chip("warn", words("Lời mời hết hạn", "Invitation ran out"), with_sign="warn")


def _people(reader: Reader) -> list[tuple[SeatInfo, AccountInfo | None]]:
    found = [one for one in seats.seats(reader.viewer, reader.group.id, reader.today) if one.holder]
    known = identity.accounts_by_id([one.account for one in found if one.account])
    return [(one, known.get(one.account or "")) for one in found]


def _panels(
    reader: Reader, found: list[tuple[SeatInfo, AccountInfo | None]], sent: dict[str, InvitationInfo]
) -> list[Panel]:
    """Return the ways to send a link again or take it back, for those who never came."""
    made: dict[str, Panel] = {}
    for seat, account in found:
        if account is None or account.has_password or account.is_demo or not account.is_active:
            continue
        again_ = Form(
            id=f"lai-{account.public_id[:8]}",
            action=reader.url("offices-account-again", account.public_id),
            button=words("Tạo đường dẫn mới", "Another link"),
        )
        forms = [again_]
        if (standing := sent.get(account.public_id)) and standing.is_open:
            forms.append(
                Form(
                    id=f"thu-{account.public_id[:8]}",
                    action=reader.url("offices-account-withdraw", account.public_id),
                    button=words("Thu hồi lời mời", "Take it back"),
                )
            )
        made[account.public_id] = Panel(id=f"moi-{account.public_id[:8]}", title=seat.holder, parts=tuple(forms))
    return list(made.values())


def _workbook(request: HttpRequest, reader: Reader, found: list[tuple[SeatInfo, AccountInfo | None]]) -> HttpResponse:
    rows = (
        (seat.holder, seat.title, account.username if account else "", account.last_sign_in if account else None)
        for seat, account in found
    )
    made = sheet.Sheet(
        title=words(f"Tài khoản, {reader.group.name}", f"Accounts, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Họ tên", "Name"),
            words("Vị trí", "Seat"),
            words("Tên đăng nhập", "Sign-in name"),
            words("Vào lần cuối", "Last sign-in"),
        ),
        rows=rows,
    )
    return sheet.answer(request, made, f"tai-khoan-{reader.group.slug}")


def _table(reader: Reader, found: list[tuple[SeatInfo, AccountInfo | None]], sent: dict[str, InvitationInfo]) -> Table:
    return Table(
        caption=words("Tài khoản của người trong tổ", "Accounts of the group's people"),
        columns=(
            Column(label=words("Họ tên", "Name")),
            Column(label=words("Vị trí", "Seat"), kind="text"),
            Column(label=words("Tên đăng nhập", "Sign-in name"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Vào lần cuối", "Last sign-in"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    link(seat.holder, reader.url("offices-seat", seat.id)),
                    f"{seat.title}, {seat.post}" if seat.post else seat.title,
                    account.username if account else "",
                    state_of(account, sent.get(account.public_id) if account else None),
                    writing.instant(account.last_sign_in) if account and account.last_sign_in else "",
                )
            )
            for seat, account in found
        ),
    )


@group_page
def accounts(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the accounts of the group's people with their last sign-in; it says nothing of what they may do."""
    found = _people(reader)
    sent = invitations.invited([account.public_id for _, account in found if account])
    if sheet.asked(request):
        return _workbook(request, reader, found)
    shown = {
        "head": PageHead(
            title=words("Tài khoản của người trong tổ", "Accounts of the group"),
            crumb=home(reader),
            meta=(
                words("Tài khoản không mang thẩm quyền: quyền theo vị trí", "An account carries no power: seats do"),
            ),
            actions=sheet.offers(request),
        ),
        "facets": views(reader, "offices-accounts"),
        "main": (_table(reader, found, sent),),
        "side": tuple(_panels(reader, found, sent)),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def again(request: HttpRequest, reader: Reader, owner: UUID) -> HttpResponse:
    """Make another link for somebody who never came."""
    handed = inviting.renew(reader.account, reader.group, str(owner), link_to(request))
    return slip(request, handed, back=reader.url("offices-accounts"))


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, owner: UUID) -> HttpResponse:
    """Take an invitation back."""
    inviting.withdraw(reader.account, reader.group, str(owner))
    messages.success(request, words("Đã thu hồi lời mời.", "The invitation is taken back."))
    return HttpResponseRedirect(reader.url("offices-accounts"))
