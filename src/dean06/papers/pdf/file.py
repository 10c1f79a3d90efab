"""The archived paper: PDF/A by Typst, in Tinos, the same text as the .docx."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from dean06.papers.printing.flow import Grid, Line, attached_flow, flow
from dean06.papers.printing.layout import FONT_DESCENT, LAYOUT, SINGLE_LINE
from dean06.papers.printing.letters import FAMILY, Cutter, face
from dean06.papers.printing.proof_mark import SIDE_MM, modules
from dean06.papers.printing.typesetting import Place, set_pdf, set_places
from dean06.papers.writing.attachments import Attachment
from dean06.papers.writing.document import Paper, Secrecy, Urgency
from dean06.papers.writing.sections import Inline, Ref, Words, plain
from dean06.papers.writing.wording import MARK_HEIGHT_MM, MOTTO, NATION, RECIPIENTS, Foot, attached_head, foot, head

TEMPLATE = "van-ban.typ"
WIDEST_WORD_MM = 60.0
TALLEST_CELL_LINES = 16


def render_pdf(paper: Paper, created: datetime, proof: str = "") -> bytes:
    """Return the paper as PDF/A-2a and PDF/UA-1.

    Args:
        paper: the typed document.
        created: the moment that the file states.
        proof: the address that its QR code leads to; empty: it bears none. The code is no text and takes no room.
    """
    return set_pdf(TEMPLATE, _data(paper) | {"proof": _proof(proof)}, created)


def _proof(address: str) -> dict[str, object] | None:
    if not address:
        return None
    code = modules(address)
    return {"side_mm": SIDE_MM, "modules": code.side, "runs": code.runs, "alt": f"Mã QR xác thực: {address}"}


def render_places(paper: Paper, created: datetime, proof: str = "") -> tuple[bytes, dict[str, Place]]:
    """Return the paper without its number line and its date line, and where these and the signature belong."""
    return set_places(TEMPLATE, {**_data(paper), "signing": True, "proof": _proof(proof)}, created)


def _data(paper: Paper) -> dict[str, object]:
    title = f"{paper.type.name}: {paper.abstract}"
    top = head(paper)
    return {
        "title": title,
        "signing": False,
        "author": " ".join((*paper.issuer.parent, *paper.issuer.body)),
        "font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE},
        "layout": asdict(LAYOUT),
        "nation": NATION,
        "motto": MOTTO,
        "recipients_label": RECIPIENTS,
        "mark_height_mm": MARK_HEIGHT_MM,
        "red_marks": [mark.value for mark in (*Urgency, *Secrecy)],
        "head": {
            **asdict(top),
            "abstract": face(bold=True).cut(top.abstract, LAYOUT.abstract_pt, top.abstract_mm),
            "copy_mark": face().cut(top.copy_mark, LAYOUT.copy_mark_pt, LAYOUT.text_width_mm),
        },
        "flow": _flow(flow(paper)),
        "foot": _foot(foot(paper)),
        "attachments": [_attached(paper, each) for each in paper.attachments],
    }


def _flow(items: tuple[Line | Grid, ...]) -> list[dict[str, object]]:
    return [_grid(item) if isinstance(item, Grid) else _line(item) for item in items]


def _foot(lines: Foot) -> dict[str, object]:
    left, right = LAYOUT.foot_left_mm, LAYOUT.foot_right_mm
    return {
        "recipients": _cut(lines.recipients, LAYOUT.small_pt, left),
        "above": _cut(lines.above, LAYOUT.signature_pt, right),
        "below": _cut(lines.below, LAYOUT.signature_pt, right),
        "second_above": _cut(lines.second_above, LAYOUT.signature_pt, left),
        "second_below": _cut(lines.second_below, LAYOUT.signature_pt, left),
        "drafter": face().cut(lines.drafter, LAYOUT.small_pt, left),
    }


def _attached(paper: Paper, attachment: Attachment) -> dict[str, object]:
    top = attached_head(paper, attachment)
    return {
        **asdict(top),
        "own": top.own,
        "landscape": attachment.landscape,
        "flow": _flow(attached_flow(attachment)),
    }


def _cut(lines: tuple[str, ...], size: float, room: float) -> list[list[str]]:
    return [face(bold=True).cut(line, size, room) for line in lines]


def _line(line: Line) -> dict[str, object]:
    return {
        "style": line.style.value,
        "label": line.label,
        "label_bold": line.label_bold,
        "level": line.level,
        "words": _words(line.words, LAYOUT.body_pt, WIDEST_WORD_MM),
    }


def _grid(grid: Grid) -> dict[str, object]:
    table = grid.table
    widths = LAYOUT.columns([each.share for each in table.columns], landscape=grid.landscape)
    rooms = [width - 2 * LAYOUT.cell_side_mm - 0.5 for width in widths]
    size, last = LAYOUT.table_pt, len(table.rows)
    return {
        "columns": [
            {"title": face(bold=True).cut(each.title, size, room), "width": width, "align": each.align.value}
            for each, room, width in zip(table.columns, rooms, widths, strict=True)
        ],
        "rows": [
            [_words(each, size, room, bold=table.total and at == last) for each, room in zip(row, rooms, strict=True)]
            for at, row in enumerate(table.rows, start=1)
        ],
        "breakable": any(_tall(each, size, room) for row in table.rows for each, room in zip(row, rooms, strict=True)),
    }


def _tall(words: Words, size: float, room: float) -> bool:
    """Say whether a cell is so tall that its row may run over to the next page."""
    return face(bold=True).width(plain(words), size) / room > TALLEST_CELL_LINES


def _words(words: Words, size: float, room: float, *, bold: bool = False) -> list[dict[str, object]]:
    cutter = Cutter(room)
    return [_word(word, size, cutter, bold=word.bold or bold) for word in words]


def _word(word: Inline, size: float, cutter: Cutter, *, bold: bool) -> dict[str, object]:
    measure = face(bold=True)
    return {
        "text": cutter.cut(word.text, measure, size),
        "bold": bold,
        "italic": not isinstance(word, Ref) and word.italic,
        "code": cutter.cut(f"[{word.ref}]", measure, size * LAYOUT.code_share) if isinstance(word, Ref) else None,
    }
