"""OpenRefine: a reader opens a secret address for a purpose, sees it once, and sees how each was used."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import looking_up
from dean06.offices import service as offices
from dean06.reconcile.service import lookup_addresses, lookups
from dean06.reconcile.service.lookup_addresses import AddressInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.slips import UNUSABLE, slips_of
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

__all__ = ["make", "one", "page", "revoke"]


def _state(one: AddressInfo) -> SafeString:
    now = clock.now()
    if one.revoked_at is not None:
        return chip("mute", words("Đã thu hồi", "Revoked"), with_sign="dash")
    if not one.is_open(now):
        return chip("mute", words("Đã hết hạn", "Over"), with_sign="clock")
    return chip("ok", words("Đang mở", "Open"), with_sign="ok")


def _row(reader: Reader, one: AddressInfo, holders: dict[str, str]) -> Row:
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{} · {}</small>',
                reader.url("lookups-one", one.public_id),
                one.purpose,
                source_title(one.source, reader.contracts),
                holders.get(one.account, words("người không còn trong tổ", "somebody who left")),
            ),
            writing.instant(one.revoked_at or one.ends_at),
            writing.number(one.queries),
            writing.number(one.people),
            _state(one),
        )
    )


def _holders(reader: Reader) -> dict[str, str]:
    return {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today) if seat.account}


def _table(reader: Reader, found: list[AddressInfo]) -> Table:
    holders = _holders(reader)
    return Table(
        caption=words("Địa chỉ tra cứu đã mở", "Addresses that were opened"),
        show_caption=True,
        columns=(
            Column(label=words("Mục đích, danh sách, người mở", "Purpose, list, opened by"), kind="text"),
            Column(label=words("Mở đến", "Open until"), nowrap=True),
            Column(label=words("Câu hỏi", "Queries"), kind="num"),
            Column(label=words("Lượt người đã hiện", "People shown"), kind="num"),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(_row(reader, one, holders) for one in found),
    )


def _empty() -> Empty:
    return Empty(
        title=words("Chưa mở địa chỉ nào", "No address was opened yet"),
        text=words(
            "Danh sách đang làm trong OpenRefine đối chiếu được với sổ dân cư: mở một địa chỉ, dán vào OpenRefine.",
            "A list in OpenRefine can be matched with the register: open an address and paste it there.",
        ),
        sign="chain",
    )


def _choices(asked: Collection[str]) -> list[tuple[str, str, bool]]:
    """Return the fields that are not shown whole unless asked for, each with whether it is."""
    hidden = [one for one in lookups.fields().values() if one.role and one.else_ != "whole"]
    return [(one.id, words(one.vi, one.en), one.id in asked) for one in hidden]


def _shown(reader: Reader, typed: dict[str, str], asked: Collection[str] = ()) -> dict[str, object]:
    found = lookup_addresses.addresses(reader.viewer, reader.group.id, see_all=reader.see_all)
    may = reader.ending is None and looking_up.may_open(reader.viewer, reader.group, reader.known).allowed
    limits = lookup_addresses.limits()
    return {
        "head": PageHead(
            title=words("Tra cứu từ OpenRefine", "Looking people up from OpenRefine"),
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
            meta=(words(f"{len(found)} địa chỉ", f"{len(found)} addresses"),),
        ),
        "table": _table(reader, found) if found else None,
        "empty": _empty(),
        "may": may,
        "fields": _choices(asked),
        "typed": typed,
        "sources": [(source, source_title(source, reader.contracts)) for source in reader.contracts.ids] if may else [],
        "hours": limits["hours"].value,
        "longest": limits["longest_hours"].value,
        "make_href": reader.url("lookups-make"),
    }


@group_page
def page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the addresses a reader may see, and the form of whoever may open one."""
    return render(request, "dean06/pages/lookups.html", _shown(reader, {}))


def _hours(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 3:
        raise BadInput("Ghi số giờ bằng chữ số.", "Write the hours in digits.")
    return int(text)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Open an address and show it, this once; a form that cannot be taken stands there again."""
    typed = {name: " ".join(str(request.POST.get(name, "")).split()) for name in ("muc_dich", "nguon", "gio")}
    try:
        made, token = looking_up.open_address(
            reader.viewer,
            reader.group,
            purpose=typed["muc_dich"],
            source=typed["nguon"],
            hours=_hours(typed["gio"]),
            wanted=request.POST.getlist("truong"),
        )
    except BadInput as problem:
        shown = _shown(reader, typed, request.POST.getlist("truong")) | {"slips": slips_of(problem)}
        return render(request, "dean06/pages/lookups.html", shown, status=UNUSABLE)
    return render(request, "dean06/pages/lookup_secret.html", _secret(request, reader, made, token))


def _secret(request: HttpRequest, reader: Reader, made: AddressInfo, token: str) -> dict[str, object]:
    """Return the page of a new address; nothing but its digest is kept, so no page can show it again."""
    return {
        "head": PageHead(title=words("Địa chỉ tra cứu của bạn", "Your address"), crumb=_home(reader)),
        "old": request.build_absolute_uri(reverse("openrefine-0-2", args=[token])),
        "new": request.build_absolute_uri(reverse("openrefine-1-0", args=[token])),
        "facts": _facts(reader, made),
        "href": reader.url("lookups-one", made.public_id),
    }


def _home(reader: Reader) -> Link:
    return Link(label=words("Tra cứu từ OpenRefine", "Looking people up"), href=reader.url("lookups"))


def _facts(reader: Reader, one: AddressInfo) -> SummaryList:
    named = lookups.fields()
    by_how: dict[str, list[str]] = {"whole": [], "masked": [], "nothing": []}
    for field in named.values():
        by_how[lookups.told(field, one.fields)].append(words(field.vi, field.en))
    return SummaryList(
        facts=(
            Fact(term=words("Mục đích", "Purpose"), value=one.purpose),
            Fact(term=words("Danh sách", "List"), value=source_title(one.source, reader.contracts)),
            Fact(term=words("Lấy về đủ", "Fetched whole"), value=", ".join(by_how["whole"])),
            Fact(term=words("Luôn che", "Always masked"), value=", ".join(by_how["masked"]) or "·"),
            Fact(term=words("Không cấp", "Not given"), value=", ".join(by_how["nothing"]) or "·"),
            Fact(term=words("Mở đến", "Open until"), value=writing.instant(one.ends_at)),
        )
    )


def _use(one: AddressInfo) -> SummaryList:
    last = writing.instant(one.used_at) if one.used_at else words("chưa dùng", "not yet")
    return SummaryList(
        facts=(
            Fact(term=words("Lần gọi", "Calls"), value=writing.number(one.calls)),
            Fact(term=words("Câu hỏi", "Queries"), value=writing.number(one.queries)),
            Fact(term=words("Lượt người đã hiện", "People shown"), value=writing.number(one.people)),
            Fact(term=words("Gọi lần cuối", "Last call"), value=last),
        )
    )


@group_page
def one(request: HttpRequest, reader: Reader, address_id: UUID) -> HttpResponse:
    """Show one address: for what it was opened, what it shows, how it was used."""
    found = lookup_addresses.address(reader.viewer, reader.group.id, str(address_id), see_all=reader.see_all)
    revoke_href = reader.url("lookups-revoke", found.public_id) if found.is_open(clock.now()) else ""
    stop = Action(label=words("Thu hồi ngay", "Revoke now"), href=revoke_href, post=True)
    shown = {
        "head": PageHead(
            title=words("Địa chỉ tra cứu", "Address"),
            crumb=_home(reader),
            meta=(_holders(reader).get(found.account, ""), writing.instant(found.made_at)),
            actions=(stop,) if revoke_href and reader.ending is None else (),
        ),
        "facts": _facts(reader, found),
        "use": _use(found),
        "state": _state(found),
    }
    return render(request, "dean06/pages/lookup_one.html", shown)


@require_POST
@group_page
def revoke(request: HttpRequest, reader: Reader, address_id: UUID) -> HttpResponse:
    """Revoke an address."""
    found = lookup_addresses.address(reader.viewer, reader.group.id, str(address_id), see_all=reader.see_all)
    looking_up.revoke(reader.viewer, reader.group, found)
    messages.success(request, words("Đã thu hồi: địa chỉ ấy không mở được nữa.", "Revoked: it opens nothing more."))
    return HttpResponseRedirect(reader.url("lookups"))
