"""Sổ địa chỉ: how each recipient is reached, lists of recipients, and the group's office on the axis."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput, HouseError
from dean06.flows import addressing as journey
from dean06.jobs import service as jobs
from dean06.papers.service import addressing
from dean06.papers.service.addressing import Address, Channel, Organ, Place
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.papers import post_marks
from dean06.web.parts.page import Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

WAYS = (Channel.EDXML, Channel.EMAIL, Channel.PORTAL, Channel.PAPER)

__all__ = ["addresses", "connect", "end", "keep", "keep_list"]


def _table(book: tuple[Address, ...], *, allowed: bool) -> Table:
    return Table(
        caption=words("Nơi nhận và kênh gửi", "Recipients and how they are reached"),
        columns=(
            Column(label=words("Nơi nhận", "Recipient"), kind="text"),
            Column(label=words("Kênh", "Way"), nowrap=True),
            Column(label=words("Địa chỉ, mã cơ quan", "Address, code")),
            Column(label=words("Dùng từ", "Since"), nowrap=True),
            Column(label=words("Việc", "Act"), nowrap=True),
        ),
        rows=tuple(_row(one, allowed=allowed) for one in book),
        keys=True,
    )


def _row(one: Address, *, allowed: bool) -> Row:
    until = words(f" đến {writing.day(one.until)}", f" until {writing.day(one.until)}") if one.until else ""
    change = format_html('<a href="?{}#ghi-dia-chi">{}</a>', urlencode({"ten": one.name}), words("Sửa", "Change"))
    return Row(
        cells=(
            one.name,
            post_marks.channel(one.channel),
            one.organ_code if one.channel is Channel.EDXML else one.address,
            f"{writing.day(one.since)}{until}",
            change if allowed else "",
        )
    )


def _connection(where: Place | None) -> SummaryList | None:
    if where is None:
        return None
    return SummaryList(
        facts=(
            Fact(term=words("Cơ quan", "Office"), value=f"{where.organ.name} ({where.organ.code})"),
            Fact(term=words("Địa chỉ trục", "Axis"), value=where.url),
            Fact(term=words("Mã hệ thống", "System"), value=where.system_id),
        ),
        narrow=True,
    )


def _checked(reader: Reader) -> Notice:
    """Ask the axis itself: whether it answers, and which codes of the book its register does not have."""
    try:
        unknown = addressing.strangers(reader.group.id)
    except HouseError as problem:
        return Notice(text=words(problem.vi, problem.en), tone="warn", sign="warn")
    if unknown:
        named = "; ".join(unknown[:10])
        return Notice(
            text=words(
                f"Trục không có mã cơ quan của: {named}. Sửa mã trong sổ địa chỉ, nếu không gói sẽ bị trả lại.",
                f"The axis does not know: {named}. Mend their codes, or their packets come back.",
            ),
            tone="warn",
            sign="warn",
        )
    return Notice(
        text=words("Trục trả lời tốt; mọi mã cơ quan trong sổ đều có.", "The axis answers and knows every code."),
        tone="ok",
        sign="ok",
    )


def _lists(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """Return the lists, and the one that is being changed."""
    held = addressing.lists(reader.viewer, reader.group.id)
    chosen = " ".join(request.GET.get("ds", "").split())[:300]
    return {
        "lists": tuple((key, names, f"?{urlencode({'ds': key})}#danh-sach") for key, names in held.items()),
        "list_name": chosen,
        "list_names": "\n".join(held.get(chosen, ())),
    }


def _axis(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """Return the group's office on the axis, and what the axis itself says where it is asked."""
    where = addressing.place(reader.group.id)
    return {
        "where": where,
        "connection": _connection(where),
        "checked": _checked(reader) if where and request.GET.get("kiem") == "1" else None,
        "axes": journey.axes(),
    }


@group_page
def addresses(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the address book, the lists and the connection, with what the reader may change."""
    book = addressing.book(reader.viewer, reader.group.id, reader.today)
    allowed = reader.ending is None and journey.setting_answer(reader.account, reader.group).allowed
    name = " ".join(request.GET.get("ten", "").split())[:300]
    shown = {
        "head": PageHead(
            title=words("Sổ địa chỉ, danh sách nơi nhận", "Address book and lists"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(words(f"{len(book)} nơi nhận", f"{len(book)} recipients"),),
        ),
        "allowed": allowed,
        "book": book,
        "table": _table(book, allowed=allowed),
        "empty": _empty(),
        "one": next((one for one in book if one.name == name), None),
        "name": name,
        "ways": tuple((way.value, post_marks.channel(way)) for way in WAYS),
        "today": writing.day(reader.today),
        "hrefs": {name: reader.url(f"papers-address-{name}") for name in ("keep", "end", "list", "axis")},
        **_lists(request, reader),
        **_axis(request, reader),
    }
    return render(request, "dean06/pages/addresses.html", shown)


def _empty() -> Empty:
    return Empty(
        title=words("Sổ địa chỉ chưa có nơi nhận nào", "No recipient yet"),
        text=words(
            "Ghi mỗi nơi nhận đúng như tên ở phần «Nơi nhận» của văn bản, kèm kênh gửi.",
            "Enter each recipient as papers name it at their foot, with the way it is reached.",
        ),
    )


def _back(request: HttpRequest, reader: Reader, told: str) -> HttpResponseRedirect:
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("papers-addresses"))


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get(REASON) or None


@require_POST
@group_page
def keep(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say how a recipient is reached from a day on."""
    way = request.POST.get("kenh", "")
    if way not in {one.value for one in WAYS}:
        raise BadInput("Chọn một kênh gửi.", "Choose a way.")
    one = Address(
        name=request.POST.get("ten", ""),
        channel=Channel(way),
        since=day_given(request.POST.get("tu", ""), words("Dùng từ ngày", "Since")),
        address=request.POST.get("dia_chi", "")[:300],
        organ_code=request.POST.get("ma_co_quan", "")[:40],
    )
    journey.set_address(reader.account, reader.group, one, reason=_reason(request))
    return _back(request, reader, words(f"Đã ghi «{one.name}».", f"{one.name} is kept."))


@require_POST
@group_page
def end(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Use an address no longer after a day."""
    name = " ".join(request.POST.get("ten", "").split())
    last = day_given(request.POST.get("den", ""), words("Ngày cuối", "Last day"))
    journey.end_address(reader.account, reader.group, name, last, reason=_reason(request))
    return _back(request, reader, words(f"«{name}» thôi dùng sau {writing.day(last)}.", f"{name} ends."))


@require_POST
@group_page
def keep_list(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say which recipients a name stands for; none take the list away."""
    name = " ".join(request.POST.get("ten", "").split())
    names = [line.strip() for line in request.POST.get("noi_nhan", "").splitlines() if line.strip()]
    journey.set_list(reader.account, reader.group, name, names, reason=_reason(request))
    told = words(f"Đã ghi danh sách «{name}».", f"The list {name} is kept.")
    return _back(request, reader, told if names else words(f"Đã bỏ danh sách «{name}».", f"The list {name} is gone."))


@sensitive_post_parameters("khoa")
@require_POST
@group_page
def connect(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Connect the group to the axis; the key is taken once and never shown again."""
    organ = Organ(
        code=request.POST.get("ma_co_quan", "").strip(),
        name=request.POST.get("ten", ""),
        address=request.POST.get("dia_chi", ""),
        email=request.POST.get("thu_dien_tu", "").strip(),
        telephone=request.POST.get("dien_thoai", "").strip(),
    )
    where = Place(url=request.POST.get("truc", ""), system_id=request.POST.get("he_thong", "").strip(), organ=organ)
    journey.connect(reader.account, reader.group, where, request.POST.get("khoa", ""), reason=_reason(request))
    jobs.ask_post(reader.group.id, reader.account)
    return _back(request, reader, words("Đã kết nối trục; văn bản sẽ tự về.", "Connected; papers come by themselves."))
