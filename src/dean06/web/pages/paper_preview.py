"""A kept paper as its preview: the same words, each counted number a link to the line that proves it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.papers.types import Align, BulletList, Paper, Paragraph, Ref, Section, Signature, SignForm, Table
from dean06.papers.types import Cell as Words
from dean06.web.language import words
from dean06.web.parts import paper

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

__all__ = ["preview"]


def _written(given: Words, trace: str) -> SafeString:
    def piece(word: object) -> SafeString:
        if isinstance(word, Ref):
            return format_html('<a class="trace" href="{}{}">{}</a>', trace, word.ref, word.text)
        return format_html("{}", getattr(word, "text", ""))

    return format_html_join("", "{}", ((piece(word),) for word in given))


def _table(block: Table, trace: str) -> paper.PaperTable:
    return paper.PaperTable(
        caption=block.caption,
        header=tuple(column.title for column in block.columns),
        rows=tuple(tuple(_written(cell, trace) for cell in row) for row in block.rows),
        in_words=all(column.align is Align.LEFT for column in block.columns),
    )


def _blocks(section: Section, heading: str, trace: str) -> paper.Section:
    paragraphs: list[str] = []
    tables: list[paper.PaperTable] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                paragraphs.append(_written(block.words, trace))
            case BulletList():
                paragraphs += [format_html("- {}", _written(item, trace)) for item in block.items]
            case Table():
                tables.append(_table(block, trace))
    return paper.Section(heading=heading, paragraphs=tuple(paragraphs), tables=tuple(tables))


def _sections(document: Paper, trace: str) -> Iterator[paper.Section]:
    for place, section in enumerate(document.sections):
        yield _blocks(section, f"{ROMAN[place % len(ROMAN)]}. {section.title}", trace)
        for under, child in enumerate(section.children, start=1):
            yield _blocks(child, f"{under}. {child.title}", trace)


def _closing(document: Paper, trace: str) -> Iterator[str]:
    """Give what stands under the last section: each annex with its checksum, then the closing words."""
    for annex in document.annexes:
        yield format_html("<i>Kèm theo: {} (SHA-256: {}…)</i>", annex.title, annex.sha256[:16])
    if document.closing is not None:
        yield format_html("{}./.", _written(document.closing.words, trace))


def _above(signature: Signature) -> tuple[str, ...]:
    lines = []
    if signature.collective:
        lines.append(f"TM. {signature.collective}")
    if signature.signed_for:
        form = SignForm.KT if signature.form is SignForm.TM else signature.form
        lines.append(f"{form}. {signature.signed_for}")
    lines.append(signature.title)
    if signature.post and not signature.post_below:
        lines.append(signature.post)
    return tuple(lines)


def _below(signature: Signature) -> tuple[str, ...]:
    name = " ".join(part for part in (signature.rank, signature.name) if part)
    return tuple(line for line in (signature.post if signature.post_below else "", name) if line)


def preview(document: Paper, trace: str) -> paper.Paper:
    """Return a kept paper as its preview; `trace` is the address before the code of a number's line."""
    above = ("Như trên",) if document.addressees and "Như trên" not in document.recipients else ()
    day = document.issued_on
    dated = f"ngày {day:%d} tháng {day:%m} năm {day.year}" if day else "ngày … tháng … năm …"
    number = f"{document.number:02d}" if document.number is not None else "…"
    return paper.Paper(
        above=document.issuer.parent,
        issuer=document.issuer.body,
        number=f"Số: {number}/{document.symbol}",
        place_and_day=f"{document.place}, {dated}",
        kind=document.type.name.upper(),
        subject=document.abstract,
        addressees=document.addressees,
        grounds=tuple(
            f"{line}{'.' if place == len(document.grounds) else ';'}"
            for place, line in enumerate(document.grounds, start=1)
        ),
        sections=tuple(_sections(document, trace)),
        closing=tuple(_closing(document, trace)),
        recipients=(
            *(f"- {line};" for line in (*above, *document.recipients)),
            f"- Lưu: {', '.join(document.kept_by)}.",
        ),
        sign_form=_above(document.signature),
        slot=words("đã ký, bản có dấu lưu ở văn thư", "signed; the sealed copy is with the clerk")
        if document.number is not None
        else words("chữ ký, con dấu", "signature, seal"),
        signer=_below(document.signature),
        note=words("Dự thảo", "Draft") if document.draft else "",
    )
