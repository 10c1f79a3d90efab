"""Ngưỡng: what judges each measure today and by which decision of the group, every decision so far, and the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.clock.errors import BadInput
from dean06.flows import scorecards
from dean06.offices import service as offices
from dean06.reconcile.service import scores, thresholds
from dean06.reconcile.types import NewThreshold, ThresholdInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.numbers import number_given
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

GIVE_UP = "bo"
FORM = "nguong"

__all__ = ["cited", "page", "written"]


def cited(one: ThresholdInfo | None) -> str:
    """Say by which decision a threshold stands; a starting one is said to be nobody's decision."""
    if one is None:
        return words("ngưỡng khởi điểm, tổ chưa quyết", "starting threshold, not decided by the group")
    day = writing.day(one.decided_on)
    return words(f"{one.decision}, {day}", f"{one.decision} of {day}")


def written(target: float | Decimal | None, one: ThresholdInfo | None) -> SafeString:
    """Show a threshold with the decision it rests on."""
    if target is None:
        return format_html("{}", words("chưa đặt", "not set"))
    return format_html('{}<small class="cell-note">{}</small>', writing.percent(target, 2), cited(one))


def _source(reader: Reader, code: str) -> str:
    return source_title(code, reader.contracts) if code else words("Mọi nguồn", "Every source")


def _measure(code: str) -> str:
    info = scores.measures().get(code)
    return f"{code} {words(info.vi, info.en)}" if info else code


def _standing(known: Sequence[ThresholdInfo], reader: Reader) -> Table:
    """Return the threshold of every measure today: for all sources, then where one source has its own."""
    general = thresholds.in_force(known, "", reader.today)
    rows = []
    for code, info in scores.measures().items():
        one = general.get(code)
        target = one.value if one else info.target
        rows.append(Row(cells=(code, words(info.vi, info.en), _source(reader, ""), written(target, one), _since(one))))
        for source in sorted({held.source for held in known if held.source and held.measure == code}):
            own = thresholds.in_force(known, source, reader.today).get(code)
            if own is not None and own.source:
                rows.append(
                    Row(
                        cells=(
                            code,
                            words(info.vi, info.en),
                            _source(reader, source),
                            written(own.value, own),
                            _since(own),
                        )
                    )
                )
    return Table(
        caption=words(f"Ngưỡng ngày {writing.day(reader.today)}", f"Thresholds on {writing.day(reader.today)}"),
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Ngưỡng", "Threshold")),
            Column(label=words("Từ ngày", "From"), nowrap=True),
        ),
        rows=tuple(rows),
    )


def _since(one: ThresholdInfo | None) -> str:
    return writing.day(one.from_day) if one else ""


def _value(one: ThresholdInfo) -> str:
    if one.value is None:
        return chip("mute", words("bỏ, trở lại ngưỡng trước", "given up"), with_sign="left")
    return writing.percent(one.value, 2)


def _history(reader: Reader, told: Sequence[ThresholdInfo]) -> Table:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    return Table(
        caption=words("Mọi quyết định về ngưỡng", "Every decision on thresholds"),
        columns=(
            Column(label=words("Quyết định", "Decision"), nowrap=True),
            Column(label=words("Ngày", "Date"), nowrap=True),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Ngưỡng", "Threshold")),
            Column(label=words("Áp dụng từ", "From"), nowrap=True),
            Column(label=words("Người ghi", "Entered by")),
        ),
        rows=tuple(
            Row(
                cells=(
                    one.decision,
                    writing.day(one.decided_on),
                    _measure(one.measure),
                    _source(reader, one.source),
                    _value(one),
                    writing.day(one.from_day),
                    f"{names.get(one.set_by, '')} {writing.instant(one.set_at)}".strip(),
                )
            )
            for one in told
        ),
    )


def _form(reader: Reader, request: HttpRequest) -> Form:
    return Form(
        id=FORM,
        action=reader.url("scores-thresholds"),
        button=words("Ghi quyết định", "Enter the decision"),
        kind="primary",
        note=words(
            "Ghi điều tổ đã quyết. Tháng chấm theo ngưỡng có hiệu lực ngày cuối tháng ấy; tháng đã chốt không đổi.",
            "Enter what the group decided. A month is judged by what is in force on its last day; a frozen one stands.",
        ),
        fields=(*_what(reader, request.POST), *_how(request.POST, reader)),
    )


def _what(reader: Reader, typed: Mapping[str, str]) -> tuple[Field, ...]:
    return (
        Field(
            name="phep_do",
            label=words("Phép đo", "Measure"),
            kind="choice",
            value=typed.get("phep_do", ""),
            choices=tuple((code, _measure(code)) for code in scores.measures()),
        ),
        Field(
            name="nguon",
            label=words("Nguồn", "Source"),
            kind="choice",
            value=typed.get("nguon", ""),
            choices=(
                ("", _source(reader, "")),
                *((code, source_title(code, reader.contracts)) for code in reader.contracts.ids),
            ),
        ),
        Field(
            name="viec",
            label=words("Quyết định", "Decision"),
            kind="choice",
            value=typed.get("viec", ""),
            choices=(
                ("dat", words("Đặt ngưỡng", "Set a threshold")),
                (GIVE_UP, words("Bỏ ngưỡng đã quyết, trở lại ngưỡng trước", "Give up what was decided")),
            ),
        ),
    )


def _how(typed: Mapping[str, str], reader: Reader) -> tuple[Field, ...]:
    return (
        Field(
            name="gia_tri",
            label=words("Ngưỡng (%)", "Threshold (%)"),
            value=typed.get("gia_tri", ""),
            hint=words("Ví dụ 98 hoặc 99,5. Để trống khi bỏ.", "Such as 98 or 99,5. Empty when giving up."),
            required=False,
            longest=8,
        ),
        Field(
            name="tu",
            label=words("Áp dụng từ ngày", "From"),
            kind="day",
            value=typed.get("tu", writing.day(reader.today)),
        ),
        Field(
            name="so",
            label=words("Số quyết định, kết luận", "Number of the decision"),
            value=typed.get("so", ""),
            placeholder="15/KL-TCT",
            longest=80,
        ),
        Field(name="ngay", label=words("Ngày quyết định", "Its date"), kind="day", value=typed.get("ngay", "")),
    )


def _given(request: HttpRequest) -> NewThreshold:
    post, value = request.POST, None
    if post.get("viec") != GIVE_UP:
        percent = number_given(post.get("gia_tri", ""), words("Ngưỡng", "Threshold"))
        if not 0 < percent <= 100:
            raise Misfilled(
                f"{FORM}-gia_tri",
                "Ngưỡng phải lớn hơn 0 % và không quá 100 %.",
                "A threshold is over 0 % and at most 100 %.",
            )
        value = (Decimal(str(percent)) / 100).quantize(Decimal("0.00001"))
    elif post.get("gia_tri", "").strip():
        raise Misfilled(
            f"{FORM}-gia_tri",
            "Bỏ ngưỡng thì để trống ô «Ngưỡng».",
            "To give a threshold up, leave its value empty.",
        )
    return NewThreshold(
        source=post.get("nguon", ""),
        measure=post.get("phep_do", ""),
        value=value,
        from_day=day_given(post.get("tu", ""), words("Áp dụng từ ngày", "From")),
        decision=post.get("so", ""),
        decided_on=day_given(post.get("ngay", ""), words("Ngày quyết định", "The decision's date")),
    )


def _sheet_rows(reader: Reader, told: Sequence[ThresholdInfo]) -> Iterator[tuple[sheet.Cell, ...]]:
    for one in told:
        value = float(one.value) if one.value is not None else None
        yield (one.decision, one.decided_on, _measure(one.measure), _source(reader, one.source), value, one.from_day)


def _sheet(reader: Reader, told: Sequence[ThresholdInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Ngưỡng chất lượng dữ liệu, {reader.group.name}", f"Thresholds of {reader.group.name}"),
        notes=(words(f"{len(told)} quyết định", f"{len(told)} decisions"),),
        header=tuple(column.label for column in _history(reader, ()).columns[:6]),
        rows=_sheet_rows(reader, told),
    )


@group_page
def page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the thresholds with their decisions; the form stands there for whoever may enter one."""
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            made = scorecards.decide(reader.account, reader.group, _given(request))
        except BadInput as problem:
            slips = slips_of(problem)
        else:
            text = words(f"Đã ghi ngưỡng {made.measure} theo {cited(made)}.", f"{made.measure} is set, {cited(made)}.")
            messages.success(request, text)
            return HttpResponseRedirect(reader.url("scores-thresholds"))
    told = thresholds.decisions(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, told), f"nguong-{reader.group.slug}")
    answer = None if reader.ending else scorecards.may_decide(reader.account, reader.group, reader.known)
    shown = {
        "head": PageHead(
            title=words("Ngưỡng chất lượng dữ liệu", "Thresholds of data quality"),
            crumb=Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores")),
            meta=(words(f"{len(told)} quyết định của tổ", f"{len(told)} decisions of the group"),),
            actions=sheet.offers(request) if told else (),
        ),
        "slips": slips,
        "main": (_standing(list(reversed(told)), reader), _kept(reader, told)),
        "side": _side(request, reader, answer) if answer else (),
    }
    return render(request, "dean06/pages/thresholds.html", shown, status=UNUSABLE if slips else 200)


def _kept(reader: Reader, told: Sequence[ThresholdInfo]) -> Part:
    if told:
        return _history(reader, told)
    empty = Empty(
        title=words("Tổ chưa quyết ngưỡng nào", "The group has decided no threshold"),
        text=words(
            "Các ngưỡng trên là ngưỡng khởi điểm của hệ thống. Đưa ra họp, rồi Tổ trưởng ghi số, ngày kết luận ở đây.",
            "Those above are the system's. Put them before a meeting; the leader then enters its conclusion here.",
        ),
    )
    return Panel(id="chua-quyet", title=words("Quyết định của tổ", "Decisions"), flush=True, parts=(empty,))


def _side(request: HttpRequest, reader: Reader, answer: scorecards.Answer) -> tuple[Part, ...]:
    if not answer.allowed:
        return (question(reader, answer),)
    title = words("Ghi quyết định của tổ", "Enter a decision of the group")
    return (Panel(id="ghi-nguong", title=title, parts=(_form(reader, request),)),)
