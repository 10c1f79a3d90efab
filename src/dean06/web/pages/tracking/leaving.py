"""A register as it leaves: a workbook that can be changed and taken back in, and a printed page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse

from dean06.flows.tracking.offers import Book
from dean06.papers.service import registers as printed_books
from dean06.papers.service.registers import Head, Sheet
from dean06.web import sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.papers.folders import printed
from dean06.web.pages.tracking.narrowing import chosen_of, columns_of, linking, page_of
from dean06.web.pages.tracking.room import seen_book, title_of
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Cell
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo, FieldRule, FieldType

ON_PAPER = 2_000

__all__ = ["printed_book", "workbook"]


def workbook(reader: Reader, kept: Book, listed: Iterable[EntryInfo]) -> sheet.Sheet:
    """Return the register as a workbook that can be changed and taken back in."""
    rules = registers.fields(kept.shown)
    return sheet.Sheet(
        title=f"{title_of(kept.definition)}, {reader.group.name}",
        notes=(
            words(
                f"Ngày {writing.day(reader.today)}. Sửa ô rồi nhập lại ở «Nhập bảng»; giữ nguyên cột Số.",
                f"{writing.day(reader.today)}. Change cells and take the table in again; leave the numbers.",
            ),
        ),
        header=(words("Số", "No."), *(title_of(rule) for rule in rules), words("Trạng thái", "State")),
        rows=(
            (
                entry.label,
                *(_plain(kept, rule, entry) for rule in rules),
                title_of(kept.definition.state(entry.state)),
            )
            for entry in listed
        ),
    )


def _plain(kept: Book, rule: FieldRule, entry: EntryInfo) -> Cell:
    value = entry.values.get(rule.code)
    if value is None:
        return None
    if rule.type in (FieldType.NUMBER, FieldType.MONEY) and isinstance(value, int | float):
        return value
    if rule.type is FieldType.DATE:
        return date.fromisoformat(str(value))
    return registers.written(rule, value, kept.known, current_language())


@group_page
def printed_book(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Hand out the register as it is narrowed now, to be printed."""
    kept = seen_book(reader, register, linking(register))
    chosen = chosen_of(request, kept)
    columns = columns_of(kept)
    found = page_of(reader, kept, chosen, size=ON_PAPER)
    made = Sheet(
        owner=(reader.group.name,),
        title=kept.definition.title.vi.upper(),
        about=f"Ngày {writing.day(reader.today)}, {found.total} mục",
        columns=(
            Head(title="Số", share=1.3),
            Head(title=kept.definition.field(kept.definition.heading).title.vi, share=3.4),
            *(Head(title=rule.title.vi, share=1.6) for rule in columns),
            Head(title="Trạng thái", share=1.4),
        ),
        rows=tuple(
            (
                entry.label,
                entry.title,
                *(registers.written(rule, entry.values.get(rule.code), kept.known) for rule in columns),
                kept.definition.state(entry.state).title.vi,
            )
            for entry in found.items
        ),
    )
    return printed(printed_books.sheet_pdf(made, reader.now), f"{register}-{reader.today}")
