"""The registers of the group, and one of them as a list: filters with counts, a board by state, Excel, print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.flows.tracking.offers import Book
from dean06.flows.tracking.seed import wanting
from dean06.web import marks, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.listing import page_number
from dean06.web.pages.tracking.leaving import workbook
from dean06.web.pages.tracking.narrowing import (
    BOARD,
    LATE,
    SIZE,
    Chosen,
    chosen_of,
    columns_of,
    filtering,
    linking,
    page_of,
)
from dean06.web.pages.tracking.room import aged, said, seen_book, shown_value, state_chip, title_of
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import registers
from dean06.work.service.registers import Definition, EntryInfo, FieldRule, FieldType, Level, State

ON_BOARD = 200

__all__ = ["all_books", "one_book"]


@group_page
def all_books(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every register with how much stands open in it, how much is late, and how old the oldest is."""
    counts = registers.standing(reader.viewer, reader.group.id, reader.today, see_all=reader.see_all)
    sections: dict[str, list[Row]] = {}
    for code, definition in registers.definitions().items():
        whole, open_, late, oldest = counts.get(code, (0, 0, 0, None))
        told = marks.chip("bad", writing.number(late), with_sign="warn") if late else "0"
        days = (reader.today - oldest).days if oldest else None
        about = words(definition.about.vi, definition.about.en)
        name = marks.link(title_of(definition), reader.url("tracking-list", code))
        cells = (
            format_html('{}<br><span class="small-text quiet">{}</span>', name, about),
            writing.number(open_),
            told,
            words(f"{writing.number(days)} ngày", f"{writing.number(days)} days") if days is not None else "–",
            writing.number(whole),
        )
        sections.setdefault(title_of_section(definition), []).append(Row(cells=cells))
    shown = {
        "head": PageHead(
            title=words("Sổ theo dõi", "Registers"),
            meta=(reader.group.name, words("mỗi sổ một loại việc của tổ", "one for each kind of the group's work")),
        ),
        "tables": [_index(title, rows) for title, rows in sections.items()],
    }
    return render(request, "dean06/pages/tracking_books.html", shown)


def title_of_section(definition: Definition) -> str:
    """Return the part of the registers in which one is shown."""
    return words(definition.section.vi, definition.section.en)


def _index(title: str, rows: Iterable[Row]) -> Table:
    return Table(
        caption=title,
        show_caption=True,
        columns=(
            Column(label=words("Sổ", "Register"), kind="text"),
            Column(label=words("Đang mở", "Open"), kind="num"),
            Column(label=words("Quá hạn", "Late"), kind="num"),
            Column(label=words("Cũ nhất", "Oldest"), kind="num"),
            Column(label=words("Tất cả", "All"), kind="num"),
        ),
        rows=tuple(rows),
    )


@group_page
def one_book(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Show one register."""
    kept = seen_book(reader, register, linking(register))
    chosen = chosen_of(request, kept)
    if sheet.asked(request):
        listed = page_of(reader, kept, chosen, size=sheet.MOST).items
        whole = seen_book(reader, register)
        return sheet.answer(request, workbook(reader, whole, listed), f"{register}-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    page = page_of(reader, kept, chosen, number=number, size=ON_BOARD if chosen.board else SIZE)
    text = words(f"{writing.number(page.total)} mục", f"{writing.number(page.total)} entries")
    shown = {
        "head": _head(request, reader, kept, text),
        "facets": _facets(reader, kept, chosen),
        "views": _views(chosen),
        "filters": _filter_boxes(kept, chosen),
        "chosen": chosen,
        "found": page.items,
        "board": _board(reader, kept, page.items) if chosen.board else None,
        "table": None if chosen.board else _table(reader, kept, page.items),
        "pager": Pager(text=text, page=number, pages=max(1, -(-page.total // SIZE)), query=chosen.query()),
        "empty": _empty(reader, kept, chosen),
        "seed": _seed(reader, kept),
        "seed_href": reader.url("tracking-fill", register),
    }
    return render(request, "dean06/pages/tracking_list.html", shown)


def _head(request: HttpRequest, reader: Reader, kept: Book, text: str) -> PageHead:
    definition, code = kept.definition, kept.definition.code
    one = words(definition.one.vi, definition.one.en)
    return PageHead(
        title=title_of(definition),
        crumb=Link(label=words("Sổ theo dõi", "Registers"), href=reader.url("tracking")),
        meta=(words(definition.about.vi, definition.about.en), text),
        actions=(
            Action(
                label=words(f"Ghi {one}", f"Enter: {one}"),
                href=reader.url("tracking-new", code),
                kind="primary",
                key="n",
            ),
            sheet.offer(request),
            Action(label=words("Nhập bảng", "Take a table in"), href=reader.url("tracking-take", code)),
            Action(
                label=words("In", "Print"),
                href=f"{reader.url('tracking-print', code)}?{request.GET.urlencode()}",
                sign="doc",
            ),
            Action(label=words("Tùy chọn", "Choices"), href=reader.url("tracking-choices", code), kind="quiet"),
        ),
    )


def _facets(reader: Reader, kept: Book, chosen: Chosen) -> Facets:
    counts = registers.by_state(
        reader.viewer,
        reader.group.id,
        kept.definition.code,
        chosen.filters(kept.definition, reader.today, state=""),
        see_all=reader.see_all,
        on=reader.today,
    )
    late = counts.pop(LATE)
    named = [("", words("Tất cả", "All"), sum(counts.values()))]
    if kept.definition.deadline:
        named.append((LATE, words("Quá hạn", "Late"), late))
    named += [(one.code, title_of(one), counts.get(one.code, 0)) for one in kept.definition.states]
    return Facets(
        label=words("Lọc theo trạng thái", "Filter by state"),
        items=tuple(
            Facet(
                label=label,
                count=writing.number(count),
                href=f"?{chosen.query(trang_thai=code)}",
                current=code == chosen.state,
            )
            for code, label, count in named
        ),
    )


def _views(chosen: Chosen) -> Facets:
    return Facets(
        label=words("Cách xem", "View"),
        items=(
            Facet(
                label=words("Danh sách", "List"), count="", href=f"?{chosen.query(xem='')}", current=not chosen.board
            ),
            Facet(
                label=words("Bảng theo trạng thái", "Board"),
                count="",
                href=f"?{chosen.query(xem=BOARD)}",
                current=chosen.board,
            ),
        ),
    )


def _filter_boxes(kept: Book, chosen: Chosen) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return (code, title, what is chosen, choices) of each field that the list can be narrowed by."""
    made = []
    for rule in filtering(kept):
        if rule.type is FieldType.CHOICE:
            choices = [(one.code, said(one)) for one in kept.known.lists.get(rule.list or "", ())]
        elif rule.type is FieldType.SYSTEM:
            choices = [
                (code, f"{code}: {words(one.vi, one.en)}") for code, one in charters.vocabulary().systems.items()
            ]
        else:
            choices = sorted(kept.known.agencies.items(), key=lambda one: one[1])
        made.append((rule.code, title_of(rule), chosen.choices.get(rule.code, ""), choices))
    return made


def _seed(reader: Reader, kept: Book) -> str:
    """Return the words of the gesture that fills the register, while it would add something."""
    seed = kept.definition.seed
    if seed is None or not wanting(reader.group, kept.definition.code):
        return ""
    return title_of(seed)


def _empty(reader: Reader, kept: Book, chosen: Chosen) -> Empty:
    one = words(kept.definition.one.vi, kept.definition.one.en)
    if chosen.query():
        return Empty(
            title=words("Không có mục nào khớp", "Nothing fits"),
            text=words("Bỏ bớt bộ lọc để thấy nhiều hơn.", "Take a filter away to see more."),
        )
    return Empty(
        title=words("Sổ chưa có mục nào", "Nothing stands here yet"),
        text=words(kept.definition.about.vi, kept.definition.about.en),
        action=Action(
            label=words(f"Ghi {one}", f"Enter: {one}"),
            href=reader.url("tracking-new", kept.definition.code),
            kind="primary",
        ),
    )


def _due(reader: Reader, entry: EntryInfo) -> str | SafeString:
    if entry.due is None:
        return ""
    if entry.is_overdue(reader.today):
        return marks.chip("bad", writing.day(entry.due), with_sign="warn")
    return writing.day(entry.due)


def _row(reader: Reader, kept: Book, entry: EntryInfo, columns: Iterable[FieldRule]) -> Row:
    lock = (
        marks.chip("line", words("Hạn chế", "Restricted"), with_sign="lock") if entry.level is Level.RESTRICTED else ""
    )
    href = reader.url("tracking-one", entry.register, entry.id)
    name = format_html("{} {}", marks.link(entry.title, href), lock) if lock else marks.link(entry.title, href)
    worked = registers.computed(kept.definition, entry.values)
    cells = [
        _due(reader, entry) if rule.code == kept.definition.deadline else _shown(reader, kept, rule, entry)
        for rule in columns
    ]
    cells += [writing.number(worked[one.code]) for one in kept.definition.computed if one.column]
    return Row(cells=(entry.label, name, *map(_cell, cells), aged(reader, entry), state_chip(kept.definition, entry)))


def _shown(reader: Reader, kept: Book, rule: FieldRule, entry: EntryInfo) -> str | SafeString:
    """Return a value for a cell: a system by its code, its name on asking."""
    value = entry.values.get(rule.code)
    if rule.type is FieldType.SYSTEM and value is not None:
        whole = registers.written(rule, value, kept.known, current_language())
        return format_html('<abbr title="{}">{}</abbr>', whole, value)
    return shown_value(reader, kept, rule, value)


def _cell(value: str | SafeString) -> str:
    return value or "–"


def _table(reader: Reader, kept: Book, found: Iterable[EntryInfo]) -> Table:
    columns = columns_of(kept)
    numbers = (FieldType.NUMBER, FieldType.MONEY)
    return Table(
        caption=title_of(kept.definition),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=title_of(kept.definition.field(kept.definition.heading)), kind="text"),
            *(
                Column(
                    label=title_of(rule),
                    kind="num" if rule.type in numbers else "",
                    nowrap=rule.type in (FieldType.DATE, FieldType.INSTANT, FieldType.CLAUSE),
                )
                for rule in columns
            ),
            *(Column(label=title_of(one), kind="num") for one in kept.definition.computed if one.column),
            Column(label=words("Tuổi", "Age"), nowrap=True),
            Column(label=words("Trạng thái", "State"), nowrap=True),
        ),
        rows=tuple(_row(reader, kept, entry, columns) for entry in found),
        heading=1,
        keys=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One entry on the board."""

    label: str
    title: str
    href: str
    facts: tuple[str, ...]
    due: str | SafeString


def _board(reader: Reader, kept: Book, found: Iterable[EntryInfo]) -> list[tuple[State, str, list[Card]]]:
    """Return the states with the entries that stand in each."""
    by_state: dict[str, list[Card]] = {one.code: [] for one in kept.definition.states}
    for entry in found:
        facts = (reader.agency(entry.agency),) if entry.agency else ()
        by_state.setdefault(entry.state, []).append(
            Card(
                label=entry.label,
                title=entry.title,
                href=reader.url("tracking-one", entry.register, entry.id),
                facts=(*facts, aged(reader, entry)),
                due=_due(reader, entry) if entry.is_open else "",
            )
        )
    return [(one, title_of(one), by_state[one.code]) for one in kept.definition.states]
