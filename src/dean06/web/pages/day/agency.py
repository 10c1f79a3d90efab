"""The day of an agency's data officer: lists to hand in, orders to correct, what the last delivery changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.corrections.types import OrderInfo
from dean06.flows import day as journey
from dean06.flows.day import Change, Expected
from dean06.sources.types import AssignmentInfo, DeliveryInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite_assignment, cite_basis
from dean06.web.pages.day.sections import Section, section, to
from dean06.web.pages.titles import cause_title, source_title
from dean06.web.parts.page import Link
from dean06.web.parts.work import Check
from dean06.web.reader import Reader

__all__ = ["agency", "own_sources"]


def own_sources(reader: Reader) -> list[AssignmentInfo]:
    """Return the sources that the reader's agencies answer for."""
    return [held for held in reader.standing.values() if held.agency in reader.own_agencies]


def agency(reader: Reader, delivered: Iterable[DeliveryInfo]) -> list[Section]:
    found = journey.agency_day(
        reader.viewer, reader.group, own_sources(reader), delivered, reader.contracts, reader.today
    )
    open_ones = [*found.overdue, *found.near, *found.later]
    return [
        section(
            "nop",
            words("Danh sách phải nộp", "Lists to hand in"),
            [_list_line(reader, one) for one in found.lists],
            words("Không nguồn nào có kỳ nộp định sẵn.", "No source has an agreed day."),
            count=sum(one.delivery is None for one in found.lists),
        ),
        section(
            "don",
            words("Đơn sửa đang mở", "Orders open"),
            [_order_line(reader, one) for one in open_ones],
            words("Không còn đơn sửa nào mở.", "No order is open."),
            count=len(open_ones),
            more=Link(label=words("Mở trang Phải sửa", "Open the page of corrections"), href=reader.url("answers")),
        ),
        section(
            "doi",
            words("Lần nộp gần nhất đã đổi gì", "What the last delivery changed"),
            [_change_line(reader, one) for one in found.changes],
            words("Chưa lần nộp nào được ghi kết quả.", "No delivery is recorded yet."),
            count=0,
        ),
    ]


def _list_line(reader: Reader, one: Expected) -> Check:
    title = source_title(one.held.source, reader.contracts)
    name = f"{title}, {words('kỳ', 'period')} {writing.month(one.period)}"
    day = writing.day(one.due)
    if one.delivery is not None:
        when = writing.day(one.delivery.received_at)
        href = reader.url("deliveries-one", one.delivery.id)
        return Check(text=to(href, name), tone="ok", sign="ok", note=words(f"đã nộp {when}", f"delivered {when}"))
    query = urlencode({"nguon": one.held.source, "ky": one.period, "co_quan": one.held.agency})
    button = format_html(
        '<span class="aside">{} <a class="btn btn-second" href="{}?{}">{}</a></span>',
        cite_assignment(reader, one.held),
        reader.url("deliveries-new"),
        query,
        words("Nộp", "Hand in"),
    )
    note = words(f"quá hạn từ {day}", f"overdue since {day}") if one.late else words(f"hết ngày {day}", f"by {day}")
    return Check(
        text=name, tone="bad" if one.late else "warn", sign="bang" if one.late else "clock", note=note, aside=button
    )


def _order_line(reader: Reader, one: OrderInfo) -> Check:
    left = writing.time_left(one.due, reader.today)
    count = writing.number(one.total - one.proved)
    href = f"{reader.url('answers')}?{urlencode({'don': one.id})}"
    title = f"{cause_title(one.cause)}, {source_title(one.source, reader.contracts)}"
    day = writing.day(one.due)
    return Check(
        text=to(href, title),
        tone="mute" if left.tone == "info" else left.tone,
        sign=left.sign,
        note=words(f"còn {count} dòng, hạn {day}. {left.word}", f"{count} rows, due {day}. {left.word}"),
        aside=cite_basis(reader, one, one.reading),
    )


def _change_line(reader: Reader, one: Change) -> Check:
    told = one.outcome.whole
    run = int(one.outcome.run_id.removeprefix("L"))
    parts = [
        words(f"{writing.number(told.proved)} đã chứng minh", f"{writing.number(told.proved)} proved"),
        words(f"{writing.number(told.new)} mới", f"{writing.number(told.new)} new"),
        words(f"{writing.number(told.reopened)} xuất hiện lại", f"{writing.number(told.reopened)} came back"),
        words(f"{writing.number(told.open_after)} còn mở", f"{writing.number(told.open_after)} open"),
    ]
    if one.doubted:
        parts.append(words(f"{one.doubted} đề nghị sổ sai đang chờ", f"{one.doubted} proposals on the register"))
    bad = bool(told.new or told.reopened)
    return Check(
        text=to(reader.url("runs-one", run), source_title(one.outcome.source, reader.contracts)),
        tone="warn" if bad else "ok",
        sign="dots" if bad else "ok",
        note=", ".join(parts),
        aside=writing.day(one.outcome.at),
    )
