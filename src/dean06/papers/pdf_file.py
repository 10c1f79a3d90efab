"""The archived paper: PDF/A by Typst, in Tinos, the same text as the .docx.

The words travel to the template as data, so nothing in them can act as markup. The same paper and the same moment
give the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from dean06.papers.document import Paper, Secrecy, Urgency
from dean06.papers.errors import PaperRefused
from dean06.papers.flow import Grid, Line, flow
from dean06.papers.layout import FONT_ASCENT, FONT_DESCENT, LAYOUT, SINGLE_LINE
from dean06.papers.letters import FAMILY, FONT_DIR
from dean06.papers.sections import Ref, Table, Words, plain
from dean06.papers.wording import MARK_HEIGHT_MM, MOTTO, NATION, RECIPIENTS, foot, head

TEMPLATE = Path(__file__).parent / "typst" / "van-ban.typ"
LONGEST_WORD = 24
TALLEST_CELL = 900

_LONG = re.compile(rf"[^ \xa0]{{{LONGEST_WORD}}}(?=[^ \xa0])")
_one_at_a_time = Lock()


def render_pdf(paper: Paper, created: datetime) -> bytes:
    """Return the paper as PDF/A-2a and PDF/UA-1; `created` is the moment that the file states."""
    if created.tzinfo is None:
        raise ValueError("the moment of creation needs an offset")
    with _one_at_a_time:
        try:
            pdf = _compiler().compile(
                format="pdf",
                sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(created.timestamp()),
            )
        except typst.TypstError as error:
            raise PaperRefused("bản PDF", "không dựng được theo chuẩn PDF/A", "cannot be set as PDF/A") from error
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returns one PDF as bytes")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _data(paper: Paper) -> dict[str, object]:
    title = f"{paper.type.name}: {paper.abstract}"
    return {
        "title": title,
        "author": " ".join((*paper.issuer.parent, *paper.issuer.body)),
        "font": {"family": FAMILY, "ascent": FONT_ASCENT, "descent": FONT_DESCENT, "single": SINGLE_LINE},
        "layout": asdict(LAYOUT),
        "nation": NATION,
        "motto": MOTTO,
        "recipients_label": RECIPIENTS,
        "mark_height_mm": MARK_HEIGHT_MM,
        "red_marks": [mark.value for mark in (*Urgency, *Secrecy)],
        "head": asdict(head(paper)),
        "flow": [_grid(item.table) if isinstance(item, Grid) else _line(item) for item in flow(paper)],
        "foot": asdict(foot(paper)),
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "style": line.style.value,
        "label": line.label,
        "label_bold": line.label_bold,
        "level": line.level,
        "words": _words(line.words),
    }


def _grid(table: Table) -> dict[str, object]:
    last = len(table.rows)
    return {
        "columns": [
            {"title": _pieces(column.title), "share": column.share, "align": column.align.value}
            for column in table.columns
        ],
        "rows": [
            [_words(each, bold=table.total and at == last) for each in row]
            for at, row in enumerate(table.rows, start=1)
        ],
        "breakable": any(len(plain(each)) > TALLEST_CELL for row in table.rows for each in row),
    }


def _words(words: Words, *, bold: bool = False) -> list[dict[str, object]]:
    return [
        {
            "text": _pieces(word.text),
            "bold": word.bold or bold,
            "italic": False if isinstance(word, Ref) else word.italic,
            "ref": word.ref if isinstance(word, Ref) else None,
        }
        for word in words
    ]


def _pieces(text: str) -> list[str]:
    """Cut a word that is longer than a line may hold, so that it can break; no letter is added."""
    pieces: list[str] = []
    start = 0
    for found in _LONG.finditer(text):
        pieces.append(text[start : found.end()])
        start = found.end()
    return [*pieces, text[start:]]
