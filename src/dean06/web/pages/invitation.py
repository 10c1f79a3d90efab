"""Lời mời: whoever opens its link sets a password, once, and is signed in; a signer goes on to the second factor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from typing_extensions import override

from dean06.clock.errors import BadInput
from dean06.flows import own_account
from dean06.identity.service import AccountInfo, accounts, invitations
from dean06.web import confirming
from dean06.web.language import current_language, words
from dean06.web.parts.page import Notice, PageHead
from dean06.web.reader import own_page

SHORTEST = 12

__all__ = ["invitation", "sign_out_everywhere"]


class PasswordForm(forms.Form):
    """A password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, vi, en in (("mot", "Mật khẩu mới", "New password"), ("hai", "Gõ lại mật khẩu", "Again")):
            self.fields[name] = forms.CharField(
                label=words(vi, en),
                strip=False,
                max_length=200,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                error_messages={"required": words("Gõ mật khẩu.", "Type the password.")},
            )
        self.fields["mot"].help_text = words(
            f"Ít nhất {SHORTEST} ký tự, không phải mật khẩu nhiều người dùng.", f"At least {SHORTEST} characters."
        )

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        given = super().clean() or {}
        if given.get("mot") and given.get("hai") and given["mot"] != given["hai"]:
            self.add_error("hai", words("Hai lần gõ khác nhau: gõ lại.", "The two differ: type them again."))
        return given


@never_cache
@sensitive_post_parameters("mot", "hai")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show whose invitation it is and take the password; a link that serves no more says so and what to do."""
    try:
        account = invitations.opened(token)
    except BadInput as problem:
        return _shut(request, problem)
    form = PasswordForm(request.POST or None, auto_id="mk-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = own_account.take_up(token, form.cleaned_data["mot"])
        except BadInput as problem:
            form.add_error("mot", problem.explain(current_language()))
        else:
            return _taken_up(request, made)
    shown = {
        "head": PageHead(title=words("Đặt mật khẩu", "Set your password"), meta=(account.full_name,)),
        "account": account,
        "form": form,
    }
    return render(request, "dean06/pages/invitation.html", shown, status=422 if form.errors else 200)


def _shut(request: HttpRequest, problem: BadInput) -> HttpResponse:
    shown = {
        "head": PageHead(title=words("Đường dẫn không mở được", "The link does not open")),
        "told": Notice(text=problem.explain(current_language()), tone="warn", sign="warn"),
    }
    return render(request, "dean06/pages/invitation.html", shown, status=404)


def _taken_up(request: HttpRequest, account: AccountInfo) -> HttpResponseRedirect:
    person = get_user_model().objects.get(public_id=account.public_id)
    login(request, person, settings.AUTHENTICATION_BACKENDS[-1])
    messages.success(request, words("Đã đặt mật khẩu, bạn đang đăng nhập.", "The password is set; you are signed in."))
    if own_account.signs(account.public_id):
        text = words(
            "Vị trí của bạn ký văn bản: cài xác thực hai lớp để ký được.",
            "Your seat signs papers: set the second factor up.",
        )
        messages.info(request, text)
        return HttpResponseRedirect(reverse("account-factor"))
    return HttpResponseRedirect(reverse("home"))


@require_POST
@own_page
def sign_out_everywhere(request: HttpRequest, account: str) -> HttpResponse:
    """End every session of one's own account, this one too."""
    accounts.end_sessions(account)
    confirming.forget(request)
    return HttpResponseRedirect(reverse("sign-in"))
