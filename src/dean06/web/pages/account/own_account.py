"""Xác thực hai lớp: the second factor of the reader's own account: set up, recovery codes, removal. Nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dean06.clock import service as clock
from dean06.flows import own_account
from dean06.identity.service import second_factor
from dean06.web import confirming, writing
from dean06.web.confirming import CODE, PASSWORD, ConfirmForm
from dean06.web.language import words
from dean06.web.pages.qr_picture import picture
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import own_page

__all__ = ["begin", "confirm", "demo_code", "factor", "remove", "renew_codes"]


def _back(request: HttpRequest) -> str:
    """Return the page the reader came from to set the factor up, empty where there is none of this site."""
    given = request.POST.get("tiep", "") or request.GET.get("tiep", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/")
    return given if safe else ""


def _here(request: HttpRequest) -> HttpResponseRedirect:
    back = _back(request)
    asked = urlencode({"tiep": back}) if back else ""
    return HttpResponseRedirect(f"{reverse('account-factor')}?{asked}".rstrip("?"))


def _picture(uri: str) -> SafeString:
    """Draw the code that the phone's authenticator reads."""
    label = words("Mã QR cho ứng dụng xác thực trên điện thoại", "QR code for the authenticator on your phone")
    return picture(uri, label)


def _head() -> PageHead:
    return PageHead(
        title=words("Xác thực hai lớp", "Second factor"),
        meta=(words("Tài khoản của tôi", "My account"),),
    )


def _shown(request: HttpRequest, account: str, wrong: dict[str, ConfirmForm] | None = None) -> HttpResponse:
    """Show how the factor stands; `wrong` holds the form that was refused, under the name of its act."""
    info, enrolment = second_factor.factor(account), second_factor.enrolment(account)
    forms = {name: ConfirmForm(auto_id=f"{name}-%s") for name in ("confirm", "codes", "remove")} | (wrong or {})
    forms["confirm"].fields[CODE].help_text = words(
        "6 số, 30 giây đổi một lần", "6 digits that change every 30 seconds"
    )
    shown: dict[str, Any] = {
        "head": _head(),
        "info": info,
        "since": writing.instant(info.confirmed_at) if info else "",
        "picture": _picture(enrolment.uri) if enrolment else "",
        "typed": enrolment.typed if enrolment else "",
        "forms": forms,
        "demo_code": second_factor.demo_code(account) if info and info.is_demo else "",
        "back": _back(request),
    }
    if wrong:
        request.unconfirmed = next(iter(wrong.values()))  # type: ignore[attr-defined]  # the base page lists its errors
    return render(request, "dean06/pages/own_factor.html", shown, status=422 if wrong else 200)


@require_GET
@own_page
def factor(request: HttpRequest, account: str) -> HttpResponse:
    """Show whether the account has a second factor, and the ways to set one up, renew its codes or remove it."""
    return _shown(request, account)


@require_POST
@own_page
def begin(request: HttpRequest, account: str) -> HttpResponse:
    """Begin to set a second factor up, or begin again."""
    second_factor.begin(account)
    return _here(request)


def _judged(
    request: HttpRequest, account: str, name: str, act: Callable[[str, str, str], Any]
) -> tuple[Any, HttpResponse | None]:
    """Return what an act makes of the form, or the page with the sentence at its field."""
    form = ConfirmForm(request.POST, auto_id=f"{name}-%s")
    made = confirming.take(form, lambda password, code: (act(account, password, code),))
    return (None, _shown(request, account, {name: form})) if made is None else (made[0], None)


def _codes_shown(request: HttpRequest, codes: tuple[str, ...], title: str) -> HttpResponse:
    """Show recovery codes in the answer to the act itself: no address shows them again."""
    shown = {
        "head": PageHead(title=title, crumb=Link(label=_head().title, href=reverse("account-factor"))),
        "codes": codes,
        "day": writing.day(clock.today()),
        "back": _back(request),
    }
    return render(request, "dean06/pages/own_factor_codes.html", shown)


@sensitive_post_parameters(PASSWORD, CODE)
@require_POST
@own_page
def confirm(request: HttpRequest, account: str) -> HttpResponseBase:
    """Put the factor into use after its first right code, and show the recovery codes once."""
    made, again = _judged(request, account, "confirm", own_account.enrol)
    title = words("Đã bật xác thực hai lớp", "The second factor is on")
    return again or _codes_shown(request, made, title)


@sensitive_post_parameters(PASSWORD, CODE)
@require_POST
@own_page
def renew_codes(request: HttpRequest, account: str) -> HttpResponseBase:
    """Replace the recovery codes, and show the new ones once."""
    made, again = _judged(request, account, "codes", own_account.renew_codes)
    return again or _codes_shown(request, made, words("Mã dự phòng mới", "New recovery codes"))


@sensitive_post_parameters(PASSWORD, CODE)
@require_POST
@own_page
def remove(request: HttpRequest, account: str) -> HttpResponseBase:
    """Remove the factor; the account signs no more until another is set up."""
    _, again = _judged(request, account, "remove", own_account.remove_factor)
    if again is not None:
        return again
    confirming.forget(request)
    text = words("Đã bỏ xác thực hai lớp: cài lại trước khi ký.", "The factor is removed: set one up before signing.")
    messages.success(request, text)
    return _here(request)


@require_GET
@login_required
def demo_code(request: HttpRequest) -> HttpResponse:
    """Give the code that serves now for a demonstration account; nothing for any other."""
    account = str(request.user.public_id) if request.user.is_authenticated else ""
    code = second_factor.demo_code(account)
    return HttpResponse(code) if code else HttpResponse(status=204)
