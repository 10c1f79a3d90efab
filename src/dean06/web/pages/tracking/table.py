"""A register taken in as a table: the file, what it would change row by row, and the writing down of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows.tracking import table as journey
from dean06.flows.tracking.offers import Book
from dean06.flows.tracking.table import NUMBER, STATE, Compared
from dean06.web import marks, taking, writing
from dean06.web.language import current_language, words
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.tracking.room import seen_book, title_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo

SALT = "dean06.tracking.table"
HOLDS = 3600  # seconds in which what was shown can be written down

__all__ = ["take", "take_in"]


@group_page
def take(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Ask for a table; with one, show what it would change."""
    kept = seen_book(reader, register)
    if request.method != "POST":
        return _page(request, reader, kept, None, ())
    try:
        taken = taking.uploaded(request, "tep", _columns(kept))
        rows = [(one.number, one.cells) for one in taken.rows]
        found = journey.compare(kept, _entries(reader, register), rows, current_language())
    except BadInput as problem:
        return _page(request, reader, kept, None, slips_of(problem, "tep"))
    return _page(request, reader, kept, found, ())


def _entries(reader: Reader, register: str) -> tuple[EntryInfo, ...]:
    """Return every entry that the reader may see; what they may not see is no row of theirs."""
    most = 100_000
    return registers.entries(reader.viewer, reader.group.id, register, see_all=reader.see_all, size=most).items


def _columns(kept: Book) -> tuple[taking.Column, ...]:
    made = [
        taking.Column(code=NUMBER, label="Số", spellings=("No.", "số mục")),
        taking.Column(code=STATE, label="Trạng thái", spellings=("State",)),
    ]
    made += [
        taking.Column(
            code=rule.code,
            label=rule.title.vi,
            spellings=(rule.title.en,),
            needed=rule.code == kept.definition.heading,
        )
        for rule in registers.fields(kept.shown)
    ]
    return tuple(made)


def _page(
    request: HttpRequest, reader: Reader, kept: Book, found: list[Compared] | None, slips: tuple[Slip, ...]
) -> HttpResponse:
    code = kept.definition.code
    good = [one for one in found or () if one.says_something]
    bad = [one for one in found or () if one.faults]
    shown = {
        "head": PageHead(
            title=words("Nhập bảng", "Take a table in"),
            crumb=Link(label=title_of(kept.definition), href=reader.url("tracking-list", code)),
            meta=(words("xem trước rồi mới ghi", "shown first, then written down"),),
        ),
        "slips": slips,
        "href": reader.url("tracking-take", code),
        "commit_href": reader.url("tracking-take-in", code),
        "sheet_href": f"{reader.url('tracking-list', code)}?dang=xlsx",
        "looked": found is not None,
        "table": _table(found) if found else None,
        "good": len(good),
        "bad": len(bad),
        "sealed": _sealed(reader, kept, good) if good else "",
    }
    return render(request, "dean06/pages/tracking_take.html", shown, status=UNUSABLE if slips else 200)


def _sealed(reader: Reader, kept: Book, good: list[Compared]) -> str:
    """Return what was shown, signed, so that exactly that is written down."""
    told = [
        {
            "id": one.entry.id if one.entry else None,
            "revision": one.entry.revision if one.entry else 0,
            "values": dict(one.values),
            "cleared": list(one.cleared),
        }
        for one in good
    ]
    content = {"to": reader.group.slug, "so": kept.definition.code, "rows": told}
    return signing.dumps(content, salt=SALT, compress=True)


def _table(found: list[Compared]) -> Table:
    return Table(
        caption=words("Bảng sẽ đổi gì", "What the table would change"),
        columns=(
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Thay đổi", "Change"), kind="text"),
            Column(label=words("Kết quả", "Result"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.number(one.row),
                    one.entry.label if one.entry else words("mới", "new"),
                    _changes(one),
                    _result(one),
                )
            )
            for one in found
        ),
    )


def _changes(one: Compared) -> SafeString:
    told = format_html_join(
        "",
        '<span class="d-block">{}: <del>{}</del> <ins>{}</ins></span>',
        ((title_of(each.field), each.old, each.new or words("để trống", "left empty")) for each in one.told),
    )
    faults = format_html_join(
        "", '<span class="d-block tone-bad">{}</span>', ((words(vi, en),) for vi, en in (*one.faults, *one.notes))
    )
    return format_html('<span class="change-cell">{}{}</span>', told, faults)


def _result(one: Compared) -> SafeString:
    if one.faults:
        return marks.chip("bad", words("Không ghi", "Not written"), with_sign="no")
    if not one.says_something:
        return marks.chip("mute", words("Bỏ qua", "Left alone"), with_sign="dash")
    return (
        marks.chip("ok", words("Mục mới", "New"), with_sign="pen")
        if one.is_new
        else marks.chip("info", words("Sửa", "Correct"), with_sign="pen")
    )


@require_POST
@group_page
def take_in(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Write down what was shown: all of it, or nothing."""
    if register not in registers.definitions():
        raise Http404
    try:
        content: Mapping[str, object] = signing.loads(request.POST.get("bang", ""), salt=SALT, max_age=HOLDS)
    except signing.BadSignature as problem:
        raise BadInput(
            "Bảng xem trước đã cũ hoặc hỏng: tải tệp lên lại.", "What was shown is too old or damaged: send it again."
        ) from problem
    rows = content.get("rows")
    if content.get("to") != reader.group.slug or content.get("so") != register or not isinstance(rows, list):
        raise BadInput("Bảng này của sổ khác: tải tệp lên lại.", "The table is of another register: send it again.")
    kept = seen_book(reader, register)
    read = journey.read_back(_entries(reader, register), rows)
    reason = " ".join(request.POST.get(REASON, "").split())[:400] or None
    count = journey.take_in(reader.account, reader.group, kept, read, reason)
    messages.success(request, words(f"Đã ghi {count} dòng của bảng.", f"{count} rows were written down."))
    return HttpResponseRedirect(reader.url("tracking-list", register))
