"""Quên mật khẩu: a link by e-mail where there is a mail server, else whom to ask; never whether an account exists."""

from __future__ import annotations

from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dean06.clock.errors import BadInput
from dean06.flows import own_account
from dean06.identity.service import AccountInfo, letters, recovering
from dean06.jobs import service as jobs
from dean06.web.language import current_language, words
from dean06.web.pace import paced
from dean06.web.pages.invitation import PasswordForm
from dean06.web.pages.slips import UNUSABLE
from dean06.web.parts.page import Link, Notice, PageHead

LONGEST = 254
# Asking is counted like a failed sign-in, under a name of its own: it never locks the door itself.
COUNTED = "quen-mat-khau:"

__all__ = ["forgotten", "recover"]


def _head() -> PageHead:
    back = Link(label=words("Đăng nhập", "Sign in"), href=reverse("sign-in"))
    return PageHead(title=words("Quên mật khẩu", "Forgotten password"), crumb=back)


@never_cache
@paced
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Take a sign-in name or an address, and say the same whoever it is; without mail say whom to ask."""
    shown: dict[str, object] = {"head": _head(), "mail": letters.configured(), "typed": ""}
    if request.method != "POST" or not letters.configured():
        return render(request, "dean06/pages/forgotten.html", shown)
    name = " ".join(request.POST.get("ten", "").split())[:LONGEST]
    if not name:
        wrong = words("Gõ tên đăng nhập hoặc địa chỉ thư.", "Type the sign-in name or the address.")
        return render(request, "dean06/pages/forgotten.html", shown | {"wrong": wrong}, status=UNUSABLE)
    counted = {"username": f"{COUNTED}{name.lower()}"}
    if not AxesProxyHandler.is_allowed(request, counted):
        return render(request, "429.html", status=429)
    AxesProxyHandler.user_login_failed(__name__, counted, request)
    link = request.build_absolute_uri(reverse("account-forgotten")) + "{owner}/{token}/"
    jobs.ask_ways_back(recovering.accounts_named(name), link)
    told = Notice(
        text=words(
            "Nếu tài khoản này có và có địa chỉ thư, đường dẫn đặt lại mật khẩu đang được gửi tới; dùng trong một giờ. "
            "Không thấy thư thì hỏi quản trị tài khoản của tổ.",
            "If there is such an account with an address, a link is on its way and serves for an hour. "
            "If no letter comes, ask your group's account administrator.",
        ),
        tone="ok",
        sign="ok",
    )
    return render(request, "dean06/pages/forgotten.html", shown | {"told": told})


@never_cache
@paced
@sensitive_post_parameters("mot", "hai")
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest, owner: UUID, token: str) -> HttpResponseBase:
    """Show whose link it is and take another password; a link that serves no more says so."""
    try:
        account = recovering.opened(str(owner), token)
    except BadInput as problem:
        return _shut(request, problem)
    form = PasswordForm(request.POST or None, auto_id="mk-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = own_account.recover(str(owner), token, form.cleaned_data["mot"])
        except BadInput as problem:
            form.add_error("mot", problem.explain(current_language()))
        else:
            return _done(request, made)
    shown = {
        "head": PageHead(title=words("Đặt lại mật khẩu", "Set another password"), meta=(account.full_name,)),
        "account": account,
        "form": form,
    }
    return render(request, "dean06/pages/invitation.html", shown, status=UNUSABLE if form.errors else 200)


def _shut(request: HttpRequest, problem: BadInput) -> HttpResponse:
    link = Link(label=words("Xin đường dẫn khác", "Ask for another"), href=reverse("account-forgotten"))
    shown = {
        "head": PageHead(title=words("Đường dẫn không mở được", "The link does not open")),
        "told": Notice(text=problem.explain(current_language()), tone="warn", sign="warn", link=link),
    }
    return render(request, "dean06/pages/invitation.html", shown, status=404)


def _done(request: HttpRequest, account: AccountInfo) -> HttpResponseRedirect:
    """Lead to the door: a link in a letter opens no session by itself."""
    text = words(
        f"Đã đặt mật khẩu mới cho {account.username}; mọi phiên cũ đã kết thúc. Đăng nhập lại.",
        f"The password of {account.username} is set and every old session has ended. Sign in again.",
    )
    messages.success(request, text)
    return HttpResponseRedirect(reverse("sign-in"))
