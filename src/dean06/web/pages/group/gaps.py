"""Điểm quy chế để ngỏ: each gap with the group's own answer, numbered, dated and signed, or *not regulated*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import setup
from dean06.meetings.service import rules
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import severity_words
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

# Gaps whose answer has a form of its own among the settings.
ELSEWHERE = ("G-07", "G-12", "G-18", "G-20")
# Gaps that a day of the month answers; where the text of a rule alone does not move a bound.
BY_DAY = ("G-08", "G-17")
HOLIDAY = "G-13"
LENGTH = "G-10"  # how long a delegation may last
LETTERS = 3
# Gaps that have a page of their own, where what the group decided is carried out.
SERVED = {"G-07": "funds", "G-19": "succession"}
LONGEST = 500

__all__ = ["answer", "gaps", "rule_words"]


def rule_words(gap: str, value: object) -> str:
    """Return what a local rule says, in words."""
    match gap, value:
        case _, {"choice": str(choice), **rest} if gap in rules.gaps():
            known = rules.gaps()[gap].choices.get(choice)
            named = words(*known) if known else choice
            more = [_part(str(name), part) for name, part in rest.items()]
            return "; ".join([named, *more])
        case "G-12", {"from_day": 1}:
            return words("tháng dương lịch liền trước", "the calendar month before")
        case "G-12", {"from_day": int(day)}:
            return words(f"từ ngày {day} đến ngày {day - 1}", f"from day {day} to day {day - 1}")
        case (("G-07" | "G-18"), {**said}):
            return _of_people(gap, {str(name): part for name, part in said.items()})
        case _, {**said}:
            return _of_parts(gap, {str(name): part for name, part in said.items()})
        case _:
            return str(value)


def _of_parts(gap: str, said: Mapping[str, object]) -> str:
    """Say a rule part by part: the days of each severity, or whatever the rule names."""
    if gap != "G-20":
        return "; ".join(_part(name, part) for name, part in said.items())
    return ", ".join(
        words(f"{severity_words(int(level)).lower()} {days} ngày", f"{severity_words(int(level))}: {days} days")
        for level, days in said.items()
    )


def _of_people(gap: str, said: Mapping[str, object]) -> str:
    """Say who manages the funds, or who may see violation files."""
    if gap == "G-07":
        return words(f"{said.get('manager')} quản lý kinh phí", f"{said.get('manager')} manages the funds")
    named = said.get("readers")
    seats = [_seat(str(one)) for one in named] if isinstance(named, list) else []
    return ", ".join((words("Tổ trưởng", "the leader"), *seats))


def _seat(named: str) -> str:
    role, _, agency = named.partition(":")
    known = charters.vocabulary().roles.get(role)
    title = words(known.vi, known.en) if known else role
    return f"{title} ({agency})" if agency else title


def _part(name: str, value: object) -> str:
    match name, value:
        case "move_to", "next_working_day":
            return words("chuyển sang ngày làm việc kế tiếp", "moves to the next working day")
        case "day", day:
            return words(f"trước ngày {day}", f"before day {day}")
        case "days", days:
            return words(f"{days} ngày", f"{days} days")
        case _:
            return str(value)


def _row(gap: str, rule: adoption.Rule | None, names: dict[str, str], norms: list[str], href: str) -> Row:
    name = charters.vocabulary().gaps[gap]
    said = (
        rule_words(gap, rule.value) if rule else marks.chip("not_regulated", words("Không quy định", "Not regulated"))
    )
    local = ""
    if rule:
        local = words(
            f"số {rule.number}, ngày {writing.day(rule.adopted_on)}",
            f"no. {rule.number}, {writing.day(rule.adopted_on)}",
        )
        who = names.get(rule.adopted_by, "")
        local = f"{local}, {who}" if who else local
    return Row(
        cells=(
            gap,
            marks.link(words(name.vi, name.en), href) if href else words(name.vi, name.en),
            said,
            marks.clause(local, kind="local") if local else "",
            ", ".join(norms),
        )
    )


def _table(rows: Iterable[Row]) -> Table:
    return Table(
        caption=words("Điểm để ngỏ và quy ước của tổ", "Gaps and local rules"),
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Điểm để ngỏ", "Gap"), kind="text"),
            Column(label=words("Quy ước", "Rule"), kind="text"),
            Column(label=words("Số, ngày, người đặt", "Number, day, who")),
            Column(label=words("Chạm điều khoản", "Clauses touched")),
        ),
        rows=tuple(rows),
    )


@group_page
def gaps(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List what the charter leaves open, with the group's own answers."""
    return _page(request, reader)


def _page(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    own = adoption.local_rules(reader.group.id, reader.today)
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today) if seat.account}
    known = charters.vocabulary().gaps
    touched: dict[str, list[str]] = {gap: [] for gap in known}
    for norm in reader.charter.norms:
        for gap in norm.gaps:
            if norm.cite.dotted not in touched[gap]:
                touched[gap].append(norm.cite.dotted)
    served = {gap: reader.url(name) for gap, name in SERVED.items()}
    shown = {
        "head": PageHead(
            title=words("Điểm quy chế để ngỏ", "What the charter leaves open"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(
                reader.charter.title,
                words(
                    f"{len(own)} trên {len(known)} điểm có quy ước của tổ",
                    f"{len(own)} of {len(known)} have a local rule",
                ),
            ),
        ),
        "table": _table(_row(gap, own.get(gap), names, touched[gap], served.get(gap, "")) for gap in known),
        "choices": [(gap, words(name.vi, name.en)) for gap, name in known.items() if gap not in ELSEWHERE],
        "meeting_choices": [
            (f"{gap}:{choice}", f"{gap}: {words(*said)}")
            for gap, row in rules.gaps().items()
            for choice, said in row.choices.items()
        ],
        "longest": LONGEST,
        "settings_href": reader.url("settings"),
        "answer_href": reader.url("charter-gap"),
        "slips": slips,
        "typed": request.POST,
    }
    return render(request, "dean06/pages/gaps.html", shown, status=UNUSABLE if slips else 200)


def _answered(request: HttpRequest) -> tuple[str, dict[str, object]]:
    """Return the gap and the answer that the form gives."""
    gap = request.POST.get("gap", "")
    text = " ".join(request.POST.get("quy_uoc", "").split())
    day = request.POST.get("ngay", "").strip()
    value: dict[str, object] = {}
    if gap == HOLIDAY and request.POST.get("chuyen"):
        value["move_to"] = "next_working_day"
    if day:
        if not day.isdecimal() or not 1 <= int(day) <= setup.LAST_DAY_OF_EVERY_MONTH or gap not in BY_DAY:
            raise Misfilled(
                "ngay",
                "Ngày trong tháng từ 1 đến 28, và chỉ cho G-08, G-17.",
                "A day of the month is 1 to 28, for G-08, G-17.",
            )
        value["day"] = int(day)
    value |= _chosen(request, gap)
    if text:
        value["text"] = text[:LONGEST]
    if not value or gap in ELSEWHERE:
        raise Misfilled("quy_uoc", "Viết quy ước của tổ cho điểm này.", "Write the group's rule for this gap.")
    return gap, value


def _chosen(request: HttpRequest, gap: str) -> dict[str, object]:
    """Return what was chosen for a gap that shapes meetings; choices of other gaps on the form say nothing."""
    chosen, days = request.POST.get("chon", ""), request.POST.get("so_ngay", "").strip()
    value: dict[str, object] = {}
    code, _, choice = chosen.partition(":")
    if chosen and code != gap:
        raise Misfilled(
            "chon", f"Lựa chọn này của điểm {code}: chọn lại.", f"This choice is one of gap {code}: choose again."
        )
    if choice:
        value["choice"] = choice
    if days:
        most = setup.LONGEST_DELEGATION if gap == LENGTH else rules.MOST_DAYS if gap in rules.gaps() else 0
        if not days.isdecimal() or len(days) > LETTERS or not 1 <= int(days) <= most:
            raise Misfilled(
                "so_ngay",
                "Số ngày từ 1 đến 60 cho G-04, G-06; đến 366 cho G-10.",
                "Days are 1 to 60 for G-04, G-06; up to 366 for G-10.",
            )
        value["days"] = int(days)
    return value


@require_POST
@group_page
def answer(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set the group's answer to a gap."""
    try:
        gap, value = _answered(request)
        rule = setup.set_local_rule(reader.account, reader.group, gap, value)
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "gap"))
    said = words(f"Đã đặt quy ước số {rule.number}.", f"Local rule no. {rule.number} is set.")
    messages.success(request, said)
    return HttpResponseRedirect(reader.url("charter-gaps"))
