"""Signing in and out, and the page of somebody who sits nowhere yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from typing_extensions import override

from dean06.clock import service as clock
from dean06.flows.inviting import ADMINISTRATORS
from dean06.identity import service as identity
from dean06.offices import service as offices
from dean06.offices.service import appointments
from dean06.web.language import words
from dean06.web.parts.page import Empty

LAST_TIME = "lan_truoc"
MOST = 100  # accounts of a demonstration that are listed


class SignInForm(AuthenticationForm):
    """Name and password, with our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = words("Tên đăng nhập", "Sign-in name")
        self.fields["password"].label = words("Mật khẩu", "Password")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    @override
    def get_invalid_login_error(self) -> forms.ValidationError:
        return forms.ValidationError(
            words(
                "Tên đăng nhập hoặc mật khẩu không đúng: kiểm tra phím hoa rồi gõ lại.",
                "The name or the password is wrong: check the capitals key and type again.",
            )
        )


class SignIn(auth.LoginView):
    """The sign-in page; a demonstration lists its accounts there."""

    template_name = "dean06/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    @override
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        before = form.get_user().last_login
        answer = super().form_valid(form)
        if before is not None:  # what changed since then stands on the desk
            self.request.session[LAST_TIME] = before.isoformat()
        return answer

    @override
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = identity.demo_accounts(MOST)
        places = _places({one.public_id for one in listed}) if listed else {}
        nobody = words("Quản trị hệ thống", "Administrator")
        shown = [
            {"username": one.username, "full_name": one.full_name, "note": places.get(one.public_id, nobody)}
            for one in listed
        ]
        return super().get_context_data(**kwargs) | {
            "demo_accounts": shown,
            "demo_password": identity.DEMO_PASSWORD if shown else "",
        }


def _places(accounts: set[str]) -> dict[str, str]:
    """Say where accounts sit; only the groups they sit in are asked for the names of their agencies."""
    seats = appointments.first_seats(accounts, clock.today())
    sat_in = {seat.group_id for seat in seats.values()}
    groups = {group.id: group.short_name for group in offices.all_groups()}
    names = {group_id: offices.agency_names(group_id) for group_id in sat_in}
    return {
        account: ", ".join(
            part
            for part in (
                seat.title,
                seat.post or names[seat.group_id].get(seat.agency or "", ""),
                groups[seat.group_id],
            )
            if part
        )
        for account, seat in seats.items()
    }


@login_required
def no_seat(request: HttpRequest) -> HttpResponse:
    """Tell somebody who sits in no group what to do."""
    empty = Empty(
        title=words("Bạn chưa giữ vị trí nào trong tổ công tác", "You sit in no group yet"),
        text=words(
            "Bộ phận giúp việc ghi quyết định cử bạn vào hệ thống; sau đó trang này tự mở ra bàn làm việc.",
            "The support body records the decision that appoints you; this page then opens on your desk.",
        ),
    )
    account = str(request.user.public_id) if request.user.is_authenticated else ""
    if ADMINISTRATORS & set(offices.technical_roles(account, clock.today())):
        return HttpResponseRedirect(reverse("admin-accounts"))
    return render(request, "dean06/pages/no_seat.html", {"empty": empty})
