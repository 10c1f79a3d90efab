"""Dự toán: each agency's lines of a year, by form, from a workbook, or copied; sent, sent back; beside last year's."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import budgeting
from dean06.funds.service import estimates as face
from dean06.funds.types import EstimateInfo, EstimateLine, EstimateState
from dean06.ledger.types import digest_of
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.funds.money import given_sum, rows_given, rows_shown, sum_words, timeline, whole_number
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.taking import Column as Wanted
from dean06.web.taking import uploaded

STATES = {
    EstimateState.DRAFT: ("mute", "pen", "Đang lập", "Draft"),
    EstimateState.SENT: ("ok", "ok", "Đã gửi", "Sent"),
    EstimateState.RETURNED: ("warn", "left", "Bị trả lại", "Sent back"),
}
HAPPENED = {
    "written": ("pen", "", "Ghi các dòng", "Lines written"),
    "sent": ("out", "ok", "Gửi", "Sent"),
    "returned": ("left", "warn", "Trả lại", "Sent back"),
}
LINE = ("noi_dung", "can_cu", "so_luong", "don_vi", "don_gia", "so_thang", "nguon_goc")
COLUMNS = (
    Wanted(code="noi_dung", label="Nội dung chi", spellings=("nội dung", "mục chi", "khoản chi"), needed=True),
    Wanted(code="can_cu", label="Căn cứ", spellings=("căn cứ chi", "thuyết minh", "căn cứ lập dự toán")),
    Wanted(code="so_luong", label="Số lượng", spellings=("sl", "khối lượng"), needed=True),
    Wanted(code="don_vi", label="Đơn vị tính", spellings=("đvt", "đơn vị")),
    Wanted(code="don_gia", label="Đơn giá", spellings=("đơn giá (đồng)", "giá"), needed=True),
    Wanted(code="so_thang", label="Số tháng", spellings=("tháng", "thời gian (tháng)")),
)
TOTALS = ("cộng", "tổng cộng", "tổng số", "tổng")

__all__ = ["copy", "estimates", "from_file", "one", "send", "send_back", "write"]


def _year(request: HttpRequest, reader: Reader) -> int:
    given = request.GET.get("nam", "")
    return int(given) if given.isdecimal() and len(given) == 4 else budgeting.next_year(reader.group)


def state_chip(state: EstimateState) -> str:
    """Show where an estimate stands."""
    tone, sign, vi, en = STATES[state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def change_words(now: int, before: int) -> str:
    """Say how a sum compares with the year before."""
    if not before:
        return words("năm trước không có", "none last year")
    ratio = (now - before) * 100 / before
    shown = writing.number(abs(ratio), 1)
    if not now - before:
        return words("bằng năm trước", "as last year")
    return words(f"{'tăng' if ratio > 0 else 'giảm'} {shown} %", f"{'up' if ratio > 0 else 'down'} {shown}%")


def _row(reader: Reader, year: int, code: str, found: dict[tuple[int, str], EstimateInfo]) -> Row:
    now, before = found.get((year, code)), found.get((year - 1, code))
    total, was = now.total if now else 0, before.total if before else 0
    chip = marks.chip("mute", words("Chưa lập", "None yet"), with_sign="dash")
    return Row(
        cells=(
            marks.link(reader.agency(code), reader.url("funds-estimate", year, code)),
            state_chip(now.state) if now else chip,
            writing.number(len(now.lines) if now else 0),
            writing.number(total),
            writing.number(was),
            change_words(total, was) if now else "",
            writing.day(now.sent_at) if now and now.sent_at else "",
        )
    )


def _table(reader: Reader, year: int, found: dict[tuple[int, str], EstimateInfo], codes: list[str]) -> Table:
    def total(of: int) -> str:
        return writing.number(sum(one.total for (each, _), one in found.items() if each == of))

    return Table(
        caption=words(f"Dự toán năm {year} của các cơ quan, đồng", f"Estimates of {year}, in đồng"),
        columns=(
            Column(label=words("Cơ quan", "Agency"), pin=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Số dòng", "Lines"), kind="num"),
            Column(label=words(f"Năm {year}", str(year)), kind="num"),
            Column(label=words(f"Năm {year - 1}", str(year - 1)), kind="num"),
            Column(label=words("So với năm trước", "Beside last year"), nowrap=True),
            Column(label=words("Gửi ngày", "Sent"), nowrap=True),
        ),
        rows=tuple(_row(reader, year, code, found) for code in codes),
        total=Row(cells=(words("Cộng", "Total"), "", "", total(year), total(year - 1), "", "")),
    )


@group_page
def estimates(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the agencies' estimates of a year that the reader may see, with those of the year before."""
    year = _year(request, reader)
    roles = budgeting.seeing_all(reader.viewer, reader.group)
    listed = face.of_year(reader.viewer, reader.group.id, (year, year - 1), see_all=roles)
    found = {(one.year, one.agency): one for one in listed}
    sees_all = any(seat.role in roles for seat in reader.seats)
    members = list(reader.charter.member_agencies) if sees_all else []
    codes = [code for code in dict.fromkeys([*members, *reader.own_agencies]) if code in reader.agencies]
    codes += sorted({one.agency for one in listed} - set(codes))
    if sheet.asked(request):
        return sheet.answer(request, _workbook(reader, year, listed), f"du-toan-{year}-{reader.group.slug}")
    budget = Action(
        label=words("Tổng hợp, trình", "Consolidate"), href=reader.url("funds-budget", year), kind="primary", sign="law"
    )
    shown = {
        "head": PageHead(
            title=words("Dự toán của các cơ quan", "Estimates of the agencies"),
            crumb=Link(label=words("Kinh phí", "Funds"), href=reader.url("funds")),
            meta=(words(f"năm {year}", str(year)),),
            actions=((budget,) if sees_all else ()) + sheet.offers(request),
        ),
        "years": [one for one in range(reader.today.year + 2, reader.today.year - 3, -1) if one != year],
        "found": codes,
        "table": _table(reader, year, found, codes),
        "empty": Empty(
            title=words("Bạn không ngồi cho cơ quan nào", "You sit for no agency"),
            text=words("Người của cơ quan lập dự toán của cơ quan mình.", "An agency's people enter its estimate."),
        ),
    }
    return render(request, "dean06/pages/funds/estimates.html", shown)


def _workbook(reader: Reader, year: int, listed: tuple[EstimateInfo, ...]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Dự toán năm {year}, {reader.group.name}", f"Estimates of {year}, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}; đơn vị: đồng", f"{reader.today}; in đồng"),),
        header=tuple(
            words(vi, en)
            for vi, en in (
                ("Cơ quan", "Agency"),
                ("Nội dung chi", "Content"),
                ("Căn cứ", "Ground"),
                ("Số lượng", "Quantity"),
                ("Đơn vị tính", "Unit"),
                ("Đơn giá", "Price"),
                ("Số tháng", "Months"),
                ("Thành tiền", "Sum"),
                ("Nguồn dòng", "Origin"),
            )
        ),
        rows=(
            (
                reader.agency(one.agency),
                line.content,
                line.ground,
                line.quantity,
                line.unit,
                line.price,
                line.months,
                line.amount,
                line.origin,
            )
            for one in listed
            if one.year == year
            for line in one.lines
        ),
    )


def _lines_table(found: EstimateInfo) -> Table:
    return Table(
        caption=words("Các dòng dự toán, đồng", "Lines, in đồng"),
        show_caption=True,
        columns=(
            Column(label=words("Nội dung chi", "Content"), kind="text"),
            Column(label=words("Căn cứ", "Ground"), kind="text"),
            Column(label=words("Số lượng", "Quantity"), kind="num"),
            Column(label=words("Đơn vị", "Unit")),
            Column(label=words("Đơn giá", "Price"), kind="num"),
            Column(label=words("Số tháng", "Months"), kind="num"),
            Column(label=words("Thành tiền", "Sum"), kind="num"),
            Column(label=words("Nguồn dòng", "Origin"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    one.content,
                    one.ground,
                    writing.number(one.quantity),
                    one.unit,
                    writing.number(one.price),
                    writing.number(one.months),
                    writing.number(one.amount),
                    origin_words(one.origin),
                )
            )
            for one in found.lines
        ),
        total=Row(cells=(words("Cộng", "Total"), "", "", "", "", "", writing.number(found.total), "")),
    )


def origin_words(origin: str) -> str:
    """Say where a line came from: typed, a row of a file by its checksum, a line of last year."""
    first, _, rest = origin.partition(":")
    if first.isdecimal():
        return words(f"chép dòng {rest} năm {first}", f"line {rest} of {first}")
    if first == "tep":
        name, _, row = rest.partition(":")
        return words(f"tệp {name}, dòng {row}", f"file {name}, row {row}")
    return words("nhập tay", "typed")


def _typed(found: EstimateInfo) -> list[dict[str, str]]:
    return [
        {
            "noi_dung": one.content,
            "can_cu": one.ground,
            "so_luong": str(one.quantity),
            "don_vi": one.unit,
            "don_gia": writing.number(one.price),
            "so_thang": str(one.months),
            "nguon_goc": one.origin,
        }
        for one in found.lines
    ]


def _page(request: HttpRequest, reader: Reader, year: int, agency: str, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    if agency not in reader.agencies:
        raise Http404
    roles = budgeting.seeing_all(reader.viewer, reader.group)
    helps = frozenset(seat.role for seat in reader.seats if seat.role == "secretariat")
    found = face.estimate(reader.viewer, reader.group.id, year, agency, see_all=roles | helps)
    before = face.for_work(reader.group.id, year - 1, agency)
    own = agency in reader.own_agencies or bool(helps)
    answer = budgeting.consolidating_answer(reader.account, reader.group)
    open_ = found.state is not EstimateState.SENT and not reader.ending
    given = rows_given(request.POST, LINE) if slips else _typed(found)
    shown = {
        "head": PageHead(
            title=words(f"Dự toán năm {year}", f"Estimate of {year}"),
            crumb=Link(label=words("Dự toán", "Estimates"), href=f"{reader.url('funds-estimates')}?nam={year}"),
            meta=(reader.agency(agency), state_chip(found.state), sum_words(found.total)),
        ),
        "found": found,
        "before": before,
        "change": change_words(found.total, before.total),
        "table": _lines_table(found),
        "can_write": own and open_,
        "can_copy": own and open_ and not found.lines and bool(before.lines),
        "can_send": own and open_ and bool(found.lines),
        "can_return": answer.allowed and found.state is EstimateState.SENT and not reader.ending,
        "rows": rows_shown([{key: row.get(key, "") for key in LINE} for row in given], LINE),
        "timeline": timeline(reader, found.events, HAPPENED) if found.events else None,
        "hrefs": {
            name: reader.url(f"funds-estimate-{name}", year, agency)
            for name in ("write", "file", "copy", "send", "back")
        },
        "slips": slips,
    }
    return render(request, "dean06/pages/funds/estimate.html", shown, status=UNUSABLE if slips else 200)


@group_page
def one(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Show one agency's estimate with its lines, its history, and the ways to fill it."""
    return _page(request, reader, year, agency)


def _line(row: dict[str, str], place: int, origin: str) -> EstimateLine:
    months = row.get("so_thang", "")
    return EstimateLine(
        content=row["noi_dung"][:300],
        ground=row.get("can_cu", "")[:300],
        quantity=whole_number(row["so_luong"], words("số lượng", "quantity"), place),
        unit=row.get("don_vi", "")[:40],
        price=given_sum(row["don_gia"], words(f"Dòng {place}, đơn giá", f"Row {place}, price"), "dong"),
        months=whole_number(months, words("số tháng", "months"), place) if months else 1,
        origin=origin[:120],
    )


def _done(request: HttpRequest, reader: Reader, year: int, agency: str, vi: str, en: str) -> HttpResponse:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("funds-estimate", year, agency))


@require_POST
@group_page
def write(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Write the lines as the form has them; a line left empty is taken out."""
    known = {one.origin for one in face.for_work(reader.group.id, year, agency).lines}
    try:
        lines = tuple(
            _line(row, place, row["nguon_goc"] if row["nguon_goc"] in known else "form")
            for place, row in enumerate(rows_given(request.POST, LINE), 1)
            if any(row[name] for name in LINE[:-1])
        )
        budgeting.write(reader.account, reader.group, year, agency, lines)
    except BadInput as problem:
        return _page(request, reader, year, agency, slips_of(problem, "dong"))
    return _done(request, reader, year, agency, "Đã lưu dự toán.", "The estimate is kept.")


@require_POST
@group_page
def from_file(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Take the lines of a workbook, behind those that stand; each says its file and row."""
    taken = uploaded(request, "tep", COLUMNS)
    name = taken.file_name[-60:]
    sha = digest_of(rows="\n".join("\t".join(row.cells.values()) for row in taken.rows))[:8]
    lines = tuple(
        _line(dict(row.cells), row.number, f"tep:{name} {sha}:{row.number}")
        for row in taken.rows
        if row.get("noi_dung").lower() not in TOTALS and row.get("don_gia")
    )
    standing = face.for_work(reader.group.id, year, agency).lines
    filled = tuple(_with_defaults(one, year) for one in lines)
    budgeting.write(reader.account, reader.group, year, agency, (*standing, *filled))
    said = len(filled)
    return _done(request, reader, year, agency, f"Đã lấy {said} dòng từ tệp.", f"{said} lines were taken.")


def _with_defaults(one: EstimateLine, year: int) -> EstimateLine:
    """Fill in what a sheet often leaves out: the ground and the unit."""
    return EstimateLine(
        content=one.content,
        ground=one.ground or f"Nhiệm vụ năm {year}",
        quantity=one.quantity,
        unit=one.unit or "lần",
        price=one.price,
        months=one.months,
        origin=one.origin,
    )


@require_POST
@group_page
def copy(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Begin with the lines of the year before."""
    made = budgeting.copy_last_year(reader.account, reader.group, year, agency)
    said = len(made.lines)
    return _done(request, reader, year, agency, f"Đã chép {said} dòng.", f"{said} lines are copied.")


@require_POST
@group_page
def send(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Send the estimate."""
    budgeting.send(reader.account, reader.group, year, agency)
    return _done(request, reader, year, agency, "Đã gửi dự toán.", "The estimate is sent.")


@require_POST
@group_page
def send_back(request: HttpRequest, reader: Reader, year: int, agency: str) -> HttpResponse:
    """Send the estimate back to its agency, with a reason."""
    why = " ".join(request.POST.get("vi_sao", "").split())[:400]
    reason = request.POST.get("ly_do") or None
    budgeting.send_back(reader.account, reader.group, year, agency, why, reason=reason)
    return _done(request, reader, year, agency, "Đã trả lại, có lý do.", "Sent back, with the reason.")
