"""Cách nhận tin: for each kind whether it is shown, and when it is mailed; and the address of the letters."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dean06.charter.types import Norm
from dean06.clock.errors import BadInput
from dean06.flows import telling as journey
from dean06.notices.service import choices, telling
from dean06.notices.types import ChoiceInfo, Mail
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite
from dean06.web.pages.notices.inbox import kind_words
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.reader import Reader, group_page, own_page

WAYS = (
    (Mail.AT_ONCE, "gửi thư ngay", "mail at once"),
    (Mail.DAILY, "thư gộp mỗi ngày, 7 giờ", "one letter a day, at seven"),
    (Mail.WEEKLY, "thư gộp thứ Hai, 7 giờ", "one letter on Mondays, at seven"),
    (Mail.NEVER, "không gửi thư", "no letter"),
)

__all__ = ["choose", "choosing", "confirm", "enter_mailbox"]


def _duty(reader: Reader, action: str) -> Norm | None:
    """Return the norm that makes a matter a duty of one of the reader's seats."""
    roles = {seat.role for seat in reader.seats}
    own = (norm for norm in reader.charter.norms if action and norm.action == action and norm.type == journey.DUTY)
    return next((norm for norm in own if roles & {bearer.role for bearer in norm.bearers}), None)


def _rows(reader: Reader) -> list[dict[str, object]]:
    chosen = choices.choices(reader.account)
    rows: list[dict[str, object]] = []
    for code, known in telling.kinds().items():
        duty = _duty(reader, known.action)
        rows.append(
            {
                "code": code,
                "part": known.part,
                "label": kind_words(code),
                "duty": cite(reader, duty.cite) if duty else "",
                "in_app": chosen[code].in_app,
                "ways": [(way.value, words(vi, en), chosen[code].mail is way) for way, vi, en in WAYS],
            }
        )
    return rows


def _parts(reader: Reader) -> list[tuple[str, list[dict[str, object]]]]:
    """Return the kinds under their headings."""
    rows = _rows(reader)
    return [(words(one.vi, one.en), [row for row in rows if row["part"] == one.code]) for one in telling.parts()]


def _mailbox(reader: Reader) -> dict[str, object]:
    box = choices.mailbox(reader.account)
    state = ""
    if box is not None and box.refused_at is not None:
        state = chip("bad", words("máy chủ thư không nhận", "refused by its server"), with_sign="no")
    elif box is not None and box.confirmed_at is not None:
        since = writing.day(box.confirmed_at)
        state = chip("ok", words(f"xác nhận {since}", f"confirmed {since}"), with_sign="ok")
    elif box is not None:
        state = chip("warn", words("chờ xác nhận: mở thư vừa gửi", "open the letter to confirm"), with_sign="clock")
    return {"address": box.address if box else "", "state": state}


@group_page
def choosing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what holds for every kind, and where letters go."""
    shown = {
        "head": PageHead(
            title=words("Cách nhận tin", "How you are told"),
            crumb=Link(label=words("Tin báo", "Notices"), href=reader.url("notices")),
            meta=(words("chung cho mọi tổ của bạn", "for all your groups"),),
        ),
        "law": Notice(
            text=words(
                "Việc Quy chế đặt thành nghĩa vụ của bạn luôn hiện trên hệ thống; chỉ đổi được cách gửi thư.",
                "What the charter makes your duty is always shown here; only its letters can be changed.",
            ),
            tone="law",
            sign="law",
        ),
        "parts": _parts(reader),
        "mailbox": _mailbox(reader),
        "public": bool(settings.PUBLIC_URL),
        "choose_href": reader.url("notices-choose"),
        "mailbox_href": reader.url("notices-mailbox"),
    }
    return render(request, "dean06/pages/notices_choices.html", shown)


@require_POST
@group_page
def choose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep what the reader chose."""
    ways = {way.value for way, _, _ in WAYS}
    chosen = []
    for code in telling.kinds():
        way = request.POST.get(f"thu-{code}", "")
        if way not in ways:
            raise BadInput(
                f"Chọn cách gửi thư cho «{kind_words(code)}».", f"Choose when {kind_words(code)!r} is mailed."
            )
        shown = request.POST.get(f"hien-{code}") == "1"
        chosen.append(ChoiceInfo(kind=code, in_app=shown, mail=Mail(way)))
    choices.choose(reader.account, chosen)
    messages.success(request, words("Đã ghi cách nhận tin.", "Your choice is kept."))
    return HttpResponseRedirect(reader.url("notices-choices"))


@require_POST
@group_page
def enter_mailbox(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep the address of the letters and send the link that confirms it; an empty one ends them."""
    address = request.POST.get("dia_chi", "").strip()
    if address and not settings.PUBLIC_URL:
        raise BadInput(
            "Hệ thống chưa khai địa chỉ công khai nên chưa gửi thư được: nhờ người vận hành đặt DEAN06_PUBLIC_URL.",
            "This installation has no public address yet, so no letters leave: the operator sets DEAN06_PUBLIC_URL.",
        )
    choices.enter_mailbox(reader.account, address)
    told = (
        words("Đã gửi thư xác nhận: mở thư và bấm đường dẫn.", "A letter is on its way: open it and follow the link.")
        if address
        else words("Từ nay không gửi thư cho bạn.", "No letters are sent to you from now on.")
    )
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("notices-choices"))


@own_page
def confirm(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Show the one button that confirms an address, and take it: readers of links in letters press no button."""
    if request.method == "POST":
        address = choices.confirm_mailbox(account, token)
        messages.success(request, words(f"Đã xác nhận {address}.", f"{address} is confirmed."))
        return HttpResponseRedirect(reverse("home"))
    shown = {
        "head": PageHead(title=words("Xác nhận địa chỉ thư", "Confirm your address")),
        "here": reverse("notices-confirm", args=[token]),
    }
    return render(request, "dean06/pages/notices_confirm.html", shown)
