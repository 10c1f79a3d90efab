"""Nhân sự: the seats of a group with who holds them, by which paper, and the chart of the group to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.flows import seating
from dean06.offices.service import seats
from dean06.offices.types import BY_POST, SeatInfo
from dean06.orthography import service as orthography
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.typed import instrument_fields, member_given
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import People, Person
from dean06.web.reader import Reader, group_page

SIZE = 60
KINDS = {
    "nominee": ("Cơ quan cử", "Nominee of an agency"),
    BY_POST: ("Theo chức vụ", "By post"),
    "": ("Chưa ghi", "Not recorded"),
}
# Rows of the chart from the top down: who leads, who helps them, the members, the support, other people.
LEVELS = (
    ("Tổ trưởng", "Leader", ("leader",)),
    ("Tổ phó", "Deputies", ("standing_deputy", "deputy")),
    ("Thành viên thường trực", "Standing members", ("standing_member",)),
    ("Thành viên", "Members", ("member",)),
    ("Bộ máy giúp việc", "Support apparatus", ("secretariat", "clerk", "register_keeper", "data_officer")),
    ("Chuyên gia", "Experts", ("expert",)),
    (
        "Người thi hành khác",
        "Others who carry it out",
        ("agency_head", "pc_chair", "commune_chair"),
    ),
)

__all__ = ["chart", "kind_words", "new", "people", "sit"]


def kind_words(kind: str) -> str:
    """Return how a seat is given, in words."""
    return words(*KINDS.get(kind, KINDS[""]))


def paper_words(seat: SeatInfo) -> str:
    """Return the paper that an appointment rests on."""
    if not seat.instrument:
        return ""
    return f"{seat.instrument} ({writing.day(seat.instrument_on)})" if seat.instrument_on else seat.instrument


def _seats(reader: Reader) -> list[SeatInfo]:
    return seats.seats(reader.viewer, reader.group.id, reader.today)


def _fitting(reader: Reader, text: str, found: list[SeatInfo]) -> list[SeatInfo]:
    wanted = orthography.search_key(text)
    if not wanted:
        return found
    return [
        one
        for one in found
        if wanted in orthography.search_key(f"{one.title} {one.holder} {one.post} {_agency(reader, one)}")
    ]


def _agency(reader: Reader, seat: SeatInfo) -> str:
    return reader.agency(seat.agency) if seat.agency else ""


def _row(reader: Reader, seat: SeatInfo) -> Row:
    account = (
        chip("ok", words("Có", "Yes"), with_sign="ok")
        if seat.account
        else chip("mute", words("Không", "No"), with_sign="dash")
    )
    return Row(
        cells=(
            link(f"{seat.title} {seat.mark}".strip(), reader.url("offices-seat", seat.id)),
            seat.holder or chip("warn", words("Đang trống", "Vacant"), with_sign="warn"),
            _agency(reader, seat),
            seat.post,
            kind_words(seat.kind),
            writing.day(seat.since) if seat.since else "",
            paper_words(seat),
            account if seat.holder else "",
        ),
        id=f"ghe-{seat.id}",
    )


HEADS = (
    ("Vị trí", "Seat"),
    ("Người giữ", "Holder"),
    ("Cơ quan", "Agency"),
    ("Chức vụ", "Post"),
    ("Ghế theo", "Given"),
    ("Từ ngày", "Since"),
    ("Văn bản cử", "Paper"),
)


def _sheet(reader: Reader, found: list[SeatInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Nhân sự {reader.group.name}", f"People of {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            *(words(*head) for head in HEADS),
            words("Ngày văn bản", "Date of paper"),
            words("Mã vai", "Role"),
            words("Mã cơ quan", "Agency code"),
            words("Phân biệt", "Mark"),
        ),
        rows=(
            (
                one.title,
                one.holder,
                _agency(reader, one),
                one.post,
                kind_words(one.kind),
                one.since,
                one.instrument,
                one.instrument_on,
                one.role,
                one.agency or "",
                one.mark,
            )
            for one in found
        ),
    )


@group_page
def people(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the seats of the group with who holds them today."""
    text = " ".join(request.GET.get("q", "").split())
    found = _fitting(reader, text, _seats(reader))
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"nhan-su-{reader.group.slug}-{reader.today}")
    total = words(f"{len(found)} vị trí", f"{len(found)} seats")
    rows, pager = sliced(found, page_number(request), SIZE, text=total, query=urlencode({"q": text} if text else {}))
    table = Table(
        caption=words("Vị trí và người giữ", "Seats and holders"),
        columns=tuple(
            Column(label=words(*head), nowrap=head[0] == "Từ ngày") for head in (*HEADS, ("Tài khoản", "Account"))
        ),
        rows=tuple(_row(reader, one) for one in rows),
        pager=pager if pager.pages > 1 else None,
    )
    shown = {
        "head": PageHead(
            title=words("Nhân sự của tổ", "People of the group"),
            meta=(total, reader.group.name),
            actions=(
                Action(
                    label=words("Ghi người mới", "Record a person"),
                    href=reader.url("offices-new"),
                    kind="primary",
                    sign="pen",
                ),
                Action(label=words("Nhập từ Excel", "From Excel"), href=reader.url("offices-import"), sign="form"),
                *sheet.offers(request),
            ),
        ),
        "facets": views(reader, "offices"),
        "search": text,
        "search_label": words("Tìm tên, cơ quan, chức vụ", "Search names, agencies, posts"),
        "main": (table if found else Panel(id="trong", title=total, flush=True, parts=(_nobody(reader, text),)),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _nobody(reader: Reader, text: str) -> Empty:
    if text:
        return Empty(title=words("Không ai khớp", "Nobody fits"), sign="find")
    return Empty(
        title=words("Chưa ghi ai", "Nobody is recorded yet"),
        text=words(
            "Nhập danh sách từ quyết định thành lập tổ, hoặc ghi từng người.",
            "Import the list of the founding decision, or record people one by one.",
        ),
        action=Action(label=words("Nhập từ Excel", "From Excel"), href=reader.url("offices-import"), kind="primary"),
    )


# ---------------------------------------------------------------- the chart


def _panel(reader: Reader, place: int, found: list[SeatInfo]) -> Panel | None:
    vi, en, roles = LEVELS[place]
    here = [one for one in found if one.role in roles]
    if not here:
        return None
    items = tuple(
        Person(
            name=one.holder or words("(đang trống)", "(vacant)"),
            note=", ".join(part for part in (one.title, one.post or _agency(reader, one)) if part),
            aside=link(words("xem", "see"), reader.url("offices-seat", one.id)),
        )
        for one in here
    )
    return Panel(id=f"cap-{place}", title=words(vi, en), aside=str(len(here)), parts=(People(items=items),))


@group_page
def chart(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group from its leader down, on one sheet to print."""
    found = _seats(reader)
    panels = [_panel(reader, place, found) for place in range(len(LEVELS))]
    shown = {
        "head": PageHead(
            title=words("Sơ đồ tổ", "Chart of the group"),
            crumb=home(reader),
            meta=(reader.group.name, writing.day(reader.today)),
        ),
        "facets": views(reader, "offices-chart"),
        "main": tuple(one for one in panels if one is not None),
    }
    return render(request, "dean06/pages/panels.html", shown)


# ---------------------------------------------------------------- somebody new


def role_choices(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the roles that somebody may be put in, those of the charter first."""
    own = [(code, role.title) for code, role in reader.charter.roles.items()]
    kinds = charters.vocabulary().role_kinds
    also = [(code, charters.role_name(reader.charter, code)) for code in kinds if code not in reader.charter.roles]
    seated = {"seat", "body", "post", "technical"}
    listed = [(code, name) for code, name in (*own, *also) if kinds.get(code) in seated or code == "expert"]
    closed = {"account_admin", "operator", "system", "group"}
    return tuple((code, name) for code, name in listed if code not in closed)


def _fixed(seat: SeatInfo) -> tuple[Field, ...]:
    """Return the hidden fields of a seat that is fixed."""
    return (
        Field(name="vai", kind="hidden", value=seat.role),
        Field(name="co_quan", kind="hidden", value=seat.agency or ""),
        Field(name="danh_dau", kind="hidden", value=seat.mark),
    )


def _where(reader: Reader) -> tuple[Field, ...]:
    """Return the fields that say which seat it is."""
    agencies = ("", words("không thuộc cơ quan nào", "no agency")), *reader.agencies.items()
    return (
        Field(name="vai", label=words("Vai trong tổ", "Role"), kind="choice", choices=role_choices(reader)),
        Field(name="co_quan", label=words("Cơ quan", "Agency"), kind="choice", choices=tuple(agencies)),
        Field(
            name="danh_dau",
            label=words("Phân biệt", "Mark"),
            hint=words(
                "Khi một vai của một cơ quan có nhiều người: 2, 3, hoặc tên xã.",
                "Where a role of one agency has several people: 2, 3, or a commune.",
            ),
            required=False,
            longest=20,
        ),
    )


def member_form(reader: Reader, *, fixed: SeatInfo | None = None) -> Form:
    """Return the form that puts a person in a seat: any, or one that is fixed."""
    return Form(
        id="nguoi",
        action=reader.url("offices-sit"),
        button=words("Ghi vào vị trí", "Record"),
        kind="primary",
        fields=(
            *(_fixed(fixed) if fixed else _where(reader)),
            Field(name="ho_ten", label=words("Họ và tên", "Full name"), longest=200),
            Field(
                name="chuc_vu",
                label=words("Chức vụ ở cơ quan", "Post in the agency"),
                value=fixed.post if fixed else "",
                required=False,
                longest=160,
            ),
            Field(name="tu", label=words("Giữ từ ngày", "Holds it since"), kind="day", value=writing.day(reader.today)),
            *instrument_fields(reader.today),
        ),
    )


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a person for a seat."""
    text = words(
        "Vị trí mới được mở theo vai và cơ quan; vị trí đã có người thì người trước thôi giữ từ hôm trước.",
        "A new seat is opened by role and agency; where it is held, the former holder's time ends the day before.",
    )
    shown = {
        "head": PageHead(title=words("Ghi người giữ vị trí", "Record who holds a seat"), crumb=home(reader)),
        "main": (
            Panel(id="ghi", title=words("Người và vị trí", "Person and seat"), text=text, parts=(member_form(reader),)),
        ),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def sit(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Put a person in a seat."""
    held = seating.sit(reader.account, reader.group, member_given(request))
    messages.success(request, words(f"Đã ghi {held.holder}: {held.title}.", f"{held.holder} is recorded."))
    return HttpResponseRedirect(reader.url("offices-seat", held.seat_id))
