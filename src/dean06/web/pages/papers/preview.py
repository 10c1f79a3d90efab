"""A kept paper as its preview: the lines that both files print, each counted number a link to what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.papers.service import lines
from dean06.papers.service.lines import Grid, Line, Style
from dean06.papers.types import Cell as Words
from dean06.papers.types import Paper, Ref
from dean06.web.language import words
from dean06.web.parts import paper

CENTRED = frozenset({Style.AUTHORITY, Style.ENACTING, Style.CHAPTER, Style.CAPTION})
HEADINGS = frozenset({Style.HEADING_1, Style.HEADING_2, Style.HEADING_3})

__all__ = ["preview"]


def _word(word: object, trace: str) -> SafeString:
    if isinstance(word, Ref):
        return format_html('<a class="trace" href="{}{}">{}</a>', trace, word.ref, word.text)
    text = format_html("{}", getattr(word, "text", ""))
    if getattr(word, "italic", False):
        text = format_html("<i>{}</i>", text)
    return format_html("<b>{}</b>", text) if getattr(word, "bold", False) else text


def _written(given: Words, trace: str) -> SafeString:
    return format_html_join("", "{}", ((_word(word, trace),) for word in given))


def _line(line: Line, trace: str) -> paper.Line:
    label = format_html("<b>{}</b>", line.label) if line.label_bold else format_html("{}", line.label)
    return paper.Line(
        text=format_html("{}{}", label, _written(line.words, trace)),
        centred=line.style in CENTRED,
        keeps=line.style in HEADINGS,
    )


def _table(grid: Grid, trace: str) -> paper.Line:
    table = grid.table
    drawn = paper.PaperTable(
        caption=table.caption,
        header=tuple(column.title for column in table.columns),
        rows=tuple(tuple(_written(cell, trace) for cell in row) for row in table.rows),
        aligns=tuple(column.align.value for column in table.columns),
    )
    return paper.Line(table=drawn)


def _lines(items: Iterable[Line | Grid], trace: str) -> Iterator[paper.Line]:
    for item in items:
        yield _table(item, trace) if isinstance(item, Grid) else _line(item, trace)


def _attached(document: Paper, trace: str) -> Iterator[paper.Attached]:
    for each in document.attachments:
        head = lines.attached_head(document, each)
        yield paper.Attached(
            above=head.parent,
            issuer=head.issuer,
            kind=tuple(line for line in (head.label, *head.title) if line),
            subject=(*head.abstract, *head.note),
            lines=tuple(_lines(lines.attached_flow(each), trace)),
        )


def preview(document: Paper, trace: str, *, digital: bool = False) -> paper.Paper:
    """Return a kept paper as its preview.

    Args:
        document: what it says.
        trace: the address before the code of a number's line.
        digital: its original is the PDF, not a sheet at the clerk's.
    """
    head, foot = lines.head(document), lines.foot(document)
    signed = (
        words("đã ký số, bản gốc là tệp PDF", "signed digitally; the PDF is the original")
        if digital
        else words("đã ký, bản có dấu lưu ở văn thư", "signed; the sealed copy is with the clerk")
    )
    return paper.Paper(
        above=head.parent,
        issuer=head.issuer,
        number=head.number,
        about=head.about,
        marks=tuple(label for label, _ in head.marks),
        place_and_day=head.place_date,
        kind=head.type_name,
        subject=head.abstract,
        addressees=document.addressees,
        lines=tuple(_lines(lines.flow(document), trace)),
        recipients=(*foot.recipients, *((foot.drafter,) if foot.drafter else ())),
        sign_form=foot.above,
        slot=signed if digital or document.number is not None else words("chữ ký, con dấu", "signature, seal"),
        signer=foot.below,
        second_form=foot.second_above,
        second_signer=foot.second_below,
        attached=tuple(_attached(document, trace)),
        note=words("Dự thảo", "Draft") if document.draft and not head.marks else "",
    )
