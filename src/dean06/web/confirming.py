"""The person asked again before a signature: password and a code of the phone, once for some minutes of a session.

A page on which something is signed shows `asked(request, reader)` in its form (`dean06/parts/confirm.html`), and the
act behind it is declared with `signs(page)`: it runs only once the person was confirmed, and the page is shown again,
with the sentence at the field, where not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity import service as identity
from dean06.identity.service import second_factor
from dean06.web.language import current_language, words
from dean06.web.reader import Reader, group_page

P = ParamSpec("P")
# Long enough to sign a queue one after another; too short for somebody else to find the desk open.
HOLDS = timedelta(minutes=5)
KEPT = "xac_nhan"
PASSWORD, CODE = "mat_khau", "ma"

__all__ = ["CODE", "HOLDS", "PASSWORD", "Asked", "ConfirmForm", "asked", "forget", "signs", "take"]


class CodeInput(forms.PasswordInput):
    """A field that is read while it is typed, as a code on paper must be, and never filled in again."""

    input_type = "text"


class ConfirmForm(forms.Form):
    """Password and code; neither is ever shown again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[PASSWORD] = forms.CharField(
            label=words("Mật khẩu của bạn", "Your password"),
            strip=False,
            max_length=200,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            error_messages={"required": words("Gõ mật khẩu của bạn.", "Type your password.")},
        )
        self.fields[CODE] = forms.CharField(
            label=words("Mã trên điện thoại", "Code on your phone"),
            help_text=words("6 số, hoặc một mã dự phòng", "6 digits, or a recovery code"),
            max_length=40,
            widget=CodeInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
            error_messages={"required": words("Gõ mã đang hiện trên điện thoại.", "Type the code the phone shows.")},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form of signing asks of its reader: the fields, or nothing until some minute, or to set a factor up.

    A demonstration tells its code, and the password that opens its made-up keys.
    """

    form: ConfirmForm | None = None
    holds_until: datetime | None = None
    enrol_href: str = ""
    demo_code: str = ""
    key_password: str = ""


def _since(request: HttpRequest, account: str) -> datetime | None:
    """Return since when a confirmation of this session holds; None where none does."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.get("account") != account:
        return None
    since = datetime.fromisoformat(kept["at"])
    return since if timedelta(0) <= clock.now() - since < HOLDS else None


def asked(request: HttpRequest, reader: Reader) -> Asked:
    """Return what the form of signing asks now; on a page shown again, with what was wrong."""
    if not identity.has_second_factor(reader.account):
        page = request.path if request.method == "GET" else urlsplit(request.headers.get("Referer", "")).path
        return Asked(enrol_href=f"{reverse('account-factor')}?{urlencode({'tiep': page or '/'})}")
    since = _since(request, reader.account)
    opens = identity.DEMO_PASSWORD if getattr(request.user, "is_demo", False) else ""
    if since is not None:
        return Asked(holds_until=since + HOLDS, key_password=opens)
    form = getattr(request, "unconfirmed", None) or ConfirmForm(auto_id="xac-nhan-%s")
    return Asked(form=form, demo_code=second_factor.demo_code(reader.account), key_password=opens)


def forget(request: HttpRequest) -> None:
    """Let no confirmation of this session hold any longer."""
    request.session.pop(KEPT, None)


def take(form: ConfirmForm, act: Callable[[str, str], Any]) -> Any:
    """Return what an act makes of password and code; None, with the sentence at the field, where it refuses them."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data[PASSWORD], form.cleaned_data[CODE])
    except BadInput as problem:
        form.add_error(CODE, problem.explain(current_language()))
        return None


def _confirmed(request: HttpRequest, account: str) -> bool:
    """Say whether the person is confirmed, taking password and code from the form where nothing holds yet."""
    if not identity.has_second_factor(account):
        return False
    if _since(request, account) is not None:
        return True
    form = ConfirmForm(request.POST, auto_id="xac-nhan-%s")
    at = take(form, lambda password, code: identity.confirm_person(account, password, code))
    if at is None:
        request.unconfirmed = form  # type: ignore[attr-defined]  # the page that is shown again reads it
        return False
    request.session[KEPT] = {"account": account, "at": at.isoformat()}
    return True


def signs(
    page: Callable[..., HttpResponseBase],
) -> Callable[[Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare an act that signs: done by a confirmed person alone; else its page is shown again and nothing is done.

    Args:
        page: the page of a group on which the form stands, with the same parts of an address as the act.
    """

    def declared(
        view: Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @sensitive_post_parameters(PASSWORD, CODE)
        @require_POST
        @group_page
        def wrapped(request: HttpRequest, reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if _confirmed(request, reader.account):
                return view(request, reader, *args, **kwargs)
            again = page(request, reader.group.slug, *args, **kwargs)
            again.status_code = 422
            return again

        return wraps(view)(wrapped)

    return declared
