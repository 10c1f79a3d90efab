"""The slip of an invitation: the link with its picture, shown and printed once, to be handed to its owner."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dean06.flows.inviting import Handed
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.qr_picture import picture
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.work import Fact, SummaryList

__all__ = ["link_to", "slip"]


def link_to(request: HttpRequest) -> Callable[[str], str]:
    """Return how the link of an invitation is written: under the public address, else the one the reader came by."""

    def link(token: str) -> str:
        path = reverse("account-invitation", args=[token])
        return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)

    return link


def slip(request: HttpRequest, handed: Handed, *, back: str) -> HttpResponse:
    """Show a link once: that it went by e-mail, or as a slip to print and hand over."""
    account = handed.made.account
    to = handed.made.sent_to
    told = (
        Notice(
            text=words(f"Đã gửi thư tới {to}.", f"Sent to {to}."),
            tone="ok",
            sign="ok",
        )
        if handed.sent
        else Notice(
            text=words(
                "Không gửi thư: in phiếu này, trao tận tay. Đóng trang là không xem lại được.",
                "Nothing was sent: print this slip and hand it over. It is not shown again.",
            ),
            tone="warn",
            sign="warn",
        )
    )
    shown = {
        "head": PageHead(
            title=words("Đường dẫn vào hệ thống", "The way in"),
            crumb=Link(label=words("Quay lại", "Back"), href=back),
        ),
        "told": told,
        "picture": picture(handed.link, words("Mã QR của đường dẫn", "QR code of the link")),
        "link": handed.link,
        "facts": SummaryList(
            facts=(
                Fact(term=words("Người nhận", "For"), value=account.full_name),
                Fact(term=words("Tên đăng nhập", "Sign-in name"), value=account.username),
                Fact(term=words("Dùng đến", "Serves until"), value=writing.instant(handed.made.expires_at)),
            )
        ),
    }
    answer = render(request, "dean06/pages/invitation_slip.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer
