"""Quản trị tài khoản: every account of the installation with its last sign-in, invited, disabled, opened, reset."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.flows import inviting, setup
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo, invitations, second_factor
from dean06.identity.service import accounts as kept
from dean06.ledger import service as ledger
from dean06.offices.service import seats
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import link
from dean06.web.pages.administration.door import administration_page
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.offices.accounts import state_of
from dean06.web.pages.offices.slips import link_to, slip
from dean06.web.pages.offices.typed import one_line
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline

SIZE = 50
VIEWS = (("", "Tất cả", "All", None), ("dung", "Đang dùng", "In use", True), ("khoa", "Đã khóa", "Disabled", False))
OFFICES = {
    "operator": ("Người vận hành hệ thống", "operator"),
    "account_admin": ("Quản trị tài khoản", "administrator of accounts"),
}

__all__ = ["accounts", "again", "disable", "enable", "invite", "one", "remove_factor", "withdraw"]


def _head_words(held: dict[str, tuple[str, ...]], account: str) -> str:
    return ", ".join(words(*OFFICES.get(role, (role, role))) for role in held.get(account, ()))


def _views(view: str) -> Facets:
    return Facets(
        label=words("Lọc tài khoản", "Filter accounts"),
        items=tuple(
            Facet(label=words(vi, en), count="", href=f"?xem={code}", current=code == view) for code, vi, en, _ in VIEWS
        ),
    )


def _table(rows: Sequence[AccountInfo], total: str, pager: Pager) -> Table:
    sent = invitations.invited([one.public_id for one in rows])
    held = seats.technical_holders(clock.today())
    return Table(
        caption=total,
        columns=(
            Column(label=words("Họ tên", "Name")),
            Column(label=words("Tên đăng nhập", "Sign-in name"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Vào lần cuối", "Last sign-in"), nowrap=True),
            Column(label=words("Vai kỹ thuật", "Technical office")),
        ),
        rows=tuple(
            Row(
                cells=(
                    link(one.full_name, reverse("admin-account", args=[one.public_id])),
                    one.username,
                    state_of(one, sent.get(one.public_id)),
                    writing.instant(one.last_sign_in) if one.last_sign_in else words("chưa vào", "never"),
                    _head_words(held, one.public_id),
                )
            )
            for one in rows
        ),
        pager=pager if pager.pages > 1 else None,
    )


@require_GET
@administration_page
def accounts(request: HttpRequest, _account: str) -> HttpResponse:
    """List the accounts; what somebody may do is for the charters of their groups and stands nowhere here."""
    text = " ".join(request.GET.get("q", "").split())
    view = request.GET.get("xem", "")
    active = next((one[3] for one in VIEWS if one[0] == view), None)
    found = kept.listed(text, active=active)
    if sheet.asked(request):
        return _workbook(request, found)
    query = urlencode({key: value for key, value in (("xem", view), ("q", text)) if value})
    total = words(f"{len(found)} tài khoản", f"{len(found)} accounts")
    rows, pager = sliced(found, page_number(request), SIZE, text=total, query=query)
    shown = {
        "head": PageHead(
            title=words("Tài khoản của hệ thống", "Accounts of the installation"),
            meta=(total,),
            actions=sheet.offers(request),
        ),
        "facets": _views(view),
        "kept": (("xem", view),) if view else (),
        "search": text,
        "search_label": words("Tìm tên, tên đăng nhập", "Search names"),
        "told": (_no_powers(),),
        "main": (_table(rows, total, pager),),
        "side": (_invite_panel(),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _no_powers() -> Notice:
    return Notice(
        text=words(
            "Quản trị tài khoản không có thẩm quyền nào của quy chế và không xem việc của tổ nào.",
            "An administrator of accounts has no power of a charter and sees no group's work.",
        )
    )


def _invite_panel() -> Panel:
    form = Form(
        id="moi",
        action=reverse("admin-account-invite"),
        button=words("Mời, lấy đường dẫn", "Invite"),
        kind="primary",
        of_account=True,
        fields=(
            Field(name="ho_ten", label=words("Họ và tên", "Full name"), longest=200),
            Field(
                name="ten",
                label=words("Tên đăng nhập", "Sign-in name"),
                required=False,
                longest=60,
                hint=words("Bỏ trống: lấy từ họ tên.", "Left out: made from the name."),
            ),
            Field(name="thu", label=words("Thư điện tử", "E-mail"), kind="email", required=False, longest=254),
        ),
    )
    return Panel(id="moi-nguoi", title=words("Mời người mới", "Invite somebody"), parts=(form,))


def _workbook(request: HttpRequest, found: list[AccountInfo]) -> HttpResponse:
    made = sheet.Sheet(
        title=words("Tài khoản của hệ thống", "Accounts of the installation"),
        notes=(words(f"{len(found)} tài khoản", f"{len(found)} accounts"),),
        header=(
            words("Họ tên", "Name"),
            words("Tên đăng nhập", "Sign-in name"),
            words("Dùng được", "In use"),
            words("Lập lúc", "Made"),
            words("Vào lần cuối", "Last sign-in"),
        ),
        rows=(
            (one.full_name, one.username, "x" if one.is_active else "", one.created_at, one.last_sign_in)
            for one in found
        ),
    )
    return sheet.answer(request, made, "tai-khoan")


def _known(owner: UUID) -> AccountInfo:
    found = identity.account_by_public_id(str(owner))
    if found is None:
        raise Http404
    return found


def _history(owner: str) -> Timeline:
    """Return what was done to an account, from the ledger, the newest first."""
    acts = ledger.acts_on("noi-quy", "account", owner)
    return Timeline(
        events=tuple(
            Event(
                text=charters.action_name(one.action),
                when=writing.instant(one.at),
                iso=one.at.isoformat(),
                sign="pen",
                note=one.reason,
            )
            for one in reversed(acts)
        )
    )


def _button(name: str, owner: str, act: str, label: str, *fields: Field) -> Form:
    return Form(id=act, action=reverse(name, args=[owner]), button=label, fields=fields, of_account=True)


def _forms(account: AccountInfo) -> tuple[Panel, ...]:
    owner = account.public_id
    why = Field(name="ly_do", label=words("Lý do", "Reason"), longest=300)
    sent = invitations.invited([owner]).get(owner)
    label = words("Cấp lại đường vào", "Another way in") if account.has_password else words("Gửi lại lời mời", "Again")
    forms = []
    if account.is_active and not account.is_demo:
        forms.append(_button("admin-account-again", owner, "lai", label, why))
    if sent is not None and sent.is_open:
        forms.append(_button("admin-account-withdraw", owner, "thu", words("Thu hồi đường dẫn", "Take the link back")))
    if second_factor.has_second_factor(owner) and not account.is_demo:
        forms.append(
            _button("admin-account-factor", owner, "hai-lop", words("Bỏ xác thực hai lớp đã mất", "Remove"), why)
        )
    access = (
        _button("admin-account-disable", owner, "khoa", words("Khóa tài khoản", "Disable"), why)
        if account.is_active
        else _button("admin-account-enable", owner, "mo", words("Mở lại tài khoản", "Open again"), why)
    )
    made = [Panel(id="duong-vao", title=words("Đường vào", "The way in"), parts=tuple(forms))] if forms else []
    return (*made, Panel(id="quyen-vao", title=words("Khóa, mở", "Access"), parts=(access,)))


@require_GET
@administration_page
def one(request: HttpRequest, _account: str, owner: UUID) -> HttpResponse:
    """Show one account: how it stands, what was done to it, and the ways to change that."""
    account = _known(owner)
    sent = invitations.invited([account.public_id]).get(account.public_id)
    factor = second_factor.has_second_factor(account.public_id)
    facts = SummaryList(
        facts=(
            Fact(term=words("Tên đăng nhập", "Sign-in name"), value=account.username),
            Fact(term=words("Tình trạng", "State"), value=state_of(account, sent)),
            Fact(term=words("Thư điện tử", "E-mail"), value=account.email or words("chưa ghi", "none")),
            Fact(term=words("Vào lần cuối", "Last sign-in"), value=writing.instant(account.last_sign_in)),
            Fact(
                term=words("Xác thực hai lớp", "Second factor"),
                value=words("đã cài", "set up") if factor else words("chưa cài", "not set up"),
            ),
        )
    )
    shown = {
        "head": PageHead(
            title=account.full_name,
            crumb=Link(label=words("Tài khoản của hệ thống", "Accounts"), href=reverse("admin-accounts")),
            meta=(account.username,),
        ),
        "main": (
            Panel(id="tk", title=words("Tài khoản", "Account"), parts=(facts,)),
            Panel(id="lich-su", title=words("Việc đã ghi sổ", "On record"), parts=(_history(account.public_id),)),
        ),
        "side": _forms(account),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _back(owner: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin-account", args=[owner]))


@require_POST
@administration_page
def invite(request: HttpRequest, account: str) -> HttpResponse:
    """Invite somebody who sits nowhere yet."""
    full_name = one_line(request, "ho_ten")
    said = (one_line(request, "ten", 60) or inviting.proposed(full_name), full_name, one_line(request, "thu", 254))
    return slip(request, inviting.invite(account, None, said, link_to(request)), back=reverse("admin-accounts"))


@require_POST
@administration_page
def again(request: HttpRequest, account: str, owner: UUID) -> HttpResponseBase:
    """Make another link: the invitation again, or a new password."""
    _known(owner)
    reason = one_line(request, "ly_do", 300)
    handed = inviting.renew(account, None, str(owner), link_to(request), reason=reason)
    return slip(request, handed, back=reverse("admin-account", args=[owner]))


@require_POST
@administration_page
def withdraw(request: HttpRequest, account: str, owner: UUID) -> HttpResponseBase:
    """Take the open link back."""
    inviting.withdraw(account, None, str(_known(owner).public_id))
    messages.success(request, words("Đã thu hồi đường dẫn.", "The link is taken back."))
    return _back(owner)


@require_POST
@administration_page
def disable(request: HttpRequest, account: str, owner: UUID) -> HttpResponseBase:
    """Disable an account; its sessions end at once."""
    inviting.disable(account, _known(owner).public_id, request.POST.get("ly_do", ""))
    messages.success(request, words("Đã khóa, mọi phiên đã kết thúc.", "Disabled; every session has ended."))
    return _back(owner)


@require_POST
@administration_page
def enable(request: HttpRequest, account: str, owner: UUID) -> HttpResponseBase:
    """Open a disabled account again."""
    inviting.enable(account, _known(owner).public_id, request.POST.get("ly_do", ""))
    messages.success(request, words("Đã mở lại tài khoản.", "The account is open again."))
    return _back(owner)


@require_POST
@administration_page
def remove_factor(request: HttpRequest, account: str, owner: UUID) -> HttpResponseBase:
    """Remove the second factor of somebody who lost phone and recovery codes."""
    setup.remove_second_factor(account, _known(owner).public_id, one_line(request, "ly_do", 300))
    messages.success(request, words("Đã bỏ xác thực hai lớp của người ấy.", "The second factor is removed."))
    return _back(owner)
