"""A group's own choice on a register: fields that it hides, codes that it adds; dated, with the earlier ones below."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.flows import tracking
from dean06.flows.tracking.offers import Book
from dean06.orthography import service as orthography
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.tracking.room import said, seen_book, title_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import registers
from dean06.work.service.registers import Choice

HIDDEN, ADDED = "an", "them-"

__all__ = ["choices"]


@group_page
def choices(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Show what the group chose of a register, and take another choice from today on."""
    kept = seen_book(reader, register, ())
    if request.method != "POST":
        return _page(request, reader, kept, ())
    try:
        tracking.choose(reader.account, reader.group, _given(request, reader, kept))
    except BadInput as problem:
        return _page(request, reader, kept, slips_of(problem))
    messages.success(request, words("Đã ghi tùy chọn của tổ.", "The group's choice is written down."))
    return HttpResponseRedirect(reader.url("tracking-choices", register))


def _given(request: HttpRequest, reader: Reader, kept: Book) -> Choice:
    added = {name: codes for name in _lists(kept) if (codes := _codes(request.POST.get(f"{ADDED}{name}", "")))}
    return Choice(
        register=kept.definition.code,
        since=reader.today,
        hidden=tuple(sorted(set(request.POST.getlist(HIDDEN)))),
        added=added,
    )


def _codes(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return codes typed a line each: `tên tiếng Việt | English`; the code is made of the Vietnamese name."""
    made = []
    for line in text.splitlines():
        vi, _, en = (part.strip() for part in line.partition("|"))
        if vi:
            code = "to_" + "_".join(orthography.search_key(vi).split())[:36]
            made.append((code, vi[:300], en[:300] or vi[:300]))
    return tuple(made)


def _lists(kept: Book) -> dict[str, str]:
    """Return the code lists of a register with the title of the field that takes from each."""
    return {rule.list: title_of(rule) for rule in kept.definition.fields if rule.list}


def _page(request: HttpRequest, reader: Reader, kept: Book, slips: tuple[Slip, ...]) -> HttpResponse:
    definition = kept.definition
    needed = {definition.heading, definition.agency, *(one.code for one in definition.fields if one.required)}
    needed |= {code for move in (*definition.openings, *definition.moves) for code in move.required}
    typed = request.method == "POST"
    hidden = set(request.POST.getlist(HIDDEN)) if typed else kept.shown.hidden
    shown = {
        "head": PageHead(
            title=words("Tùy chọn của tổ", "The group's choices"),
            crumb=Link(label=title_of(definition), href=reader.url("tracking-list", definition.code)),
            meta=(_since(kept),),
        ),
        "slips": slips,
        "fields": [
            (one.code, title_of(one), one.code in hidden) for one in definition.fields if one.code not in needed
        ],
        "hidden_name": HIDDEN,
        "lists": [
            (
                f"{ADDED}{name}",
                title,
                request.POST.get(f"{ADDED}{name}", "") if typed else _written(kept, name),
                registers.code_lists()[name].source,
                ", ".join(said(one) for one in registers.code_lists()[name].items[:12]),
            )
            for name, title in _lists(kept).items()
        ],
        "history": _history(reader, kept),
        "href": reader.url("tracking-choices", definition.code),
    }
    return render(request, "dean06/pages/tracking_choices.html", shown, status=UNUSABLE if slips else 200)


def _since(kept: Book) -> str:
    if kept.shown.since is None:
        return words("đang dùng mẫu chung của hệ thống", "the shipped definition is in use")
    return words(
        f"tùy chọn của tổ từ {writing.day(kept.shown.since)}",
        f"the group's choice since {writing.day(kept.shown.since)}",
    )


def _written(kept: Book, name: str) -> str:
    return "\n".join(f"{vi} | {en}" for _, vi, en in kept.shown.added.get(name, ()))


def _history(reader: Reader, kept: Book) -> Table | None:
    made = registers.choices_made(reader.group.id, kept.definition.code)
    if not made:
        return None
    return Table(
        caption=words("Các lần chọn", "Choices made"),
        show_caption=True,
        columns=(
            Column(label=words("Từ ngày", "Since"), nowrap=True),
            Column(label=words("Trường ẩn", "Fields hidden"), kind="text"),
            Column(label=words("Mã thêm", "Codes added"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.day(one.since),
                    ", ".join(title_of(kept.definition.field(code)) for code in one.hidden) or "–",
                    "; ".join(words(vi, en) for codes in one.added.values() for _, vi, en in codes) or "–",
                )
            )
            for one in made
        ),
    )
