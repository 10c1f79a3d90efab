"""The editable paper: a .docx in Times New Roman in the layout of Decree 30/2020, the same text as the PDF.

The file is written part by part (ECMA-376), so that the same paper gives the same bytes; `docx_read` takes it back.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from dean06.papers.docx.parts import BARE, MARKED, NUMBERED, OFFICE, PACKAGE, XML, fixed_parts, marked_header
from dean06.papers.docx.styles import LOOKS, WORD, letters, style_id, twips
from dean06.papers.printing.flow import Grid, Line, Style, attached_flow, flow
from dean06.papers.printing.layout import LAYOUT, SINGLE_LINE
from dean06.papers.writing.document import Paper, Secrecy, Urgency
from dean06.papers.writing.sections import Ref, Words
from dean06.papers.writing.wording import (
    MARK_HEIGHT_MM,
    MOTTO,
    NATION,
    RECIPIENTS,
    AttachedHead,
    Foot,
    Head,
    attached_head,
    foot,
    head,
)

_STAMP = (1980, 1, 1, 0, 0, 0)
_RED = {mark.value for mark in (*Urgency, *Secrecy)}


def render_docx(paper: Paper) -> bytes:
    """Return the paper as an editable .docx."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in {
            **fixed_parts(),
            "word/header2.xml": marked_header(head(paper).copy_mark),
            "docProps/core.xml": _core(paper),
            "word/document.xml": _document(paper),
        }.items():
            package.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _document(paper: Paper) -> str:
    flows = (flow(paper), *(attached_flow(each) for each in paper.attachments))
    starts = [sum(map(len, flows[:at])) for at in range(len(flows))]
    parts = [(_head(head(paper)) + _lines(flows[0], 0) + _foot(foot(paper)), _section(first=MARKED))]
    for each, items, start in zip(paper.attachments, flows[1:], starts[1:], strict=True):
        text = _attached_head(attached_head(paper, each), landscape=each.landscape) + _lines(items, start)
        parts.append((text, _section(first=BARE, landscape=each.landscape)))
    end = f'<w:p><w:pPr><w:pStyle w:val="{style_id("Het")}"/>{{}}</w:pPr></w:p>'
    whole = "".join(text + end.format(section) for text, section in parts[:-1])
    text, section = parts[-1]
    whole += text + end.format("") + section
    return f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{whole}</w:body></w:document>'


def _lines(items: tuple[Line | Grid, ...], start: int) -> str:
    """Write the lines of a body; `start` counts what stands before, so that no bookmark's number comes twice."""
    made = []
    for at, item in enumerate(items):
        if isinstance(item, Grid):
            made.append(_table(item))
        else:
            below_table = at > 0 and isinstance(items[at - 1], Grid)
            made.append(_line(item, start + at, last=at + 1 == len(items), below_table=below_table))
    return "".join(made)


def _attached_head(lines: AttachedHead, *, landscape: bool) -> str:
    width = LAYOUT.text_width(landscape=landscape)
    above = ""
    if lines.own:
        left, right = LAYOUT.head_left_mm, width - LAYOUT.head_left_mm
        above = _bare_table((left, right), (_agencies(lines, left, right),))
    above += _text("SoPhuLuc", lines.label) if lines.label else ""
    title = "TenLoai" if lines.own else "TenPhuLuc"
    return (
        above
        + "".join(_text(title, line, before=0 if at else None) for at, line in enumerate(lines.title))
        + "".join(_text("TrichYeu", line, before=0 if at else None) for at, line in enumerate(lines.abstract))
        + "".join(_text("KemTheo", line, before=0 if at else None) for at, line in enumerate(lines.note))
        + _rule(lines.rule_mm, width, before=4, after=14)
    )


def _agencies(lines: Head | AttachedHead, left: float, right: float) -> tuple[str, str]:
    """Write both columns at the top of a paper: who issues, and country and motto."""
    return (
        "".join(_text("ChuQuan", line) for line in lines.parent)
        + "".join(_text("CoQuan", line) for line in lines.issuer)
        + _rule(lines.issuer_rule_mm, left),
        _text("QuocHieu", NATION) + _text("TieuNgu", MOTTO) + _rule(lines.motto_rule_mm, right),
    )


def _head(lines: Head) -> str:
    left, right = LAYOUT.head_left_mm, LAYOUT.head_right_mm
    rows = (
        _agencies(lines, left, right),
        (
            _text("SoKyHieu", lines.number)
            + "".join(_text("TrichYeuCongVan", line, before=6 if at == 0 else 0) for at, line in enumerate(lines.about))
            + "".join(_mark(text, width) for text, width in lines.marks),
            _text("DiaDanh", lines.place_date),
        ),
    )
    above = 0 if lines.type_name else 14
    return _bare_table((left, right), rows) + _title(lines) + _addressees(lines.addressees, above)


def _title(lines: Head) -> str:
    if not lines.type_name:
        return ""
    side = (LAYOUT.text_width_mm - lines.abstract_mm) / 2
    return (
        _text("TenLoai", lines.type_name)
        + _text("TrichYeu", lines.abstract, sides_mm=side)
        + _rule(lines.abstract_rule_mm, LAYOUT.text_width_mm, before=4, after=14)
    )


def _addressees(lines: tuple[str, ...], above: float) -> str:
    if len(lines) == 1:
        return _text("KinhGui", lines[0], before=above, after=14)
    last = len(lines) - 1
    return "".join(
        _text("KinhGuiDong" if at else "KinhGuiDau", line, before=2 if at else above, after=14 if at == last else 0)
        for at, line in enumerate(lines)
    )


def _foot(lines: Foot) -> str:
    recipients = _text("NoiNhan", RECIPIENTS) + "".join(_text("NoiNhanDong", line) for line in lines.recipients)
    recipients += _text("NguoiSoan", lines.drafter) if lines.drafter else ""
    signature = _signed(lines.above, lines.below)
    if lines.second_above:
        rows: tuple[tuple[str, ...], ...] = (
            (_signed(lines.second_above, lines.second_below), signature),
            (recipients, _p("NoiNhanDong", "")),
        )
    else:
        rows = ((recipients, signature),)
    return _bare_table((LAYOUT.foot_left_mm, LAYOUT.foot_right_mm), rows)


def _signed(above: tuple[str, ...], below: tuple[str, ...]) -> str:
    return "".join(_text("QuyenHan", line, before=0 if at else 8) for at, line in enumerate(above)) + "".join(
        _text("HoTen" if at + 1 == len(below) else "QuyenHan", line, before=0 if at else LAYOUT.signing_gap_pt)
        for at, line in enumerate(below)
    )


def _bare_table(widths_mm: tuple[float, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    widths = tuple(twips(width) for width in widths_mm)
    return _grid(widths, "".join(_row(map(_cell, widths, row)) for row in rows), margins=_margins(0, 0))


def _grid(widths: tuple[int, ...], rows: str, borders: str = "", margins: str = "") -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: Iterable[str], *, heading: bool = False) -> str:
    repeat = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, paragraphs: str, *, middle: bool = False) -> str:
    upright = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{upright}</w:tcPr>{paragraphs}</w:tc>'


def _table(grid: Grid) -> str:
    table = grid.table
    shares = [column.share for column in table.columns]
    widths = tuple(twips(width) for width in LAYOUT.columns(shares, landscape=grid.landscape))
    titles = [(_run(column.title, bold=True), "center") for column in table.columns]
    aligns = [column.align.replace("centre", "center") for column in table.columns]
    rows = [_row(map(_box, widths, titles), heading=True)]
    for row in table.rows:
        bold = table.total and row is table.rows[-1]
        texts = zip((_runs(words, bold=bold) for words in row), aligns, strict=True)
        rows.append(_row(map(_box, widths, texts)))
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return _grid(
        widths,
        "".join(rows),
        f"<w:tblBorders>{sides}</w:tblBorders>",
        _margins(LAYOUT.cell_top_mm, LAYOUT.cell_side_mm),
    )


def _margins(upright_mm: float, level_mm: float) -> str:
    edges = (("top", upright_mm), ("left", level_mm), ("bottom", upright_mm), ("right", level_mm))
    sides = "".join(f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>' for side, width in edges)
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _box(width: int, text: tuple[str, str]) -> str:
    return _cell(width, _p("OBang", text[0], align=text[1]), middle=True)


def _line(line: Line, at: int, *, last: bool, below_table: bool) -> str:
    numbers = range(at * 4, at * 4 + len(line.marks))
    opened = "".join(
        f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>' for number, mark in zip(numbers, line.marks, strict=True)
    )
    closed = "".join(f'<w:bookmarkEnd w:id="{number}"/>' for number in numbers)
    named = LOOKS[line.style.value]
    label = _run(line.label, bold=line.label_bold) if line.label else ""
    if line.style is Style.CHAPTER:  # the number of a chapter stands on a line of its own
        label = _run(line.label.strip(), bold=True) + "<w:r><w:br/></w:r>"
    keep = last and not named.keep_next
    content = opened + label + _runs(line.words) + closed
    return _p(line.style.value, content, keep_next=keep, before=LAYOUT.after_pt if below_table else None)


def _runs(words: Words, *, bold: bool = False) -> str:
    return "".join(
        _run(word.text, bold=word.bold or bold, style="VBSoLieu") + _run(f"[{word.ref}]", style="VBMaNguon")
        if isinstance(word, Ref)
        else _run(word.text, bold=word.bold or bold, italic=word.italic)
        for word in words
    )


def _run(text: str, *, bold: bool = False, italic: bool = False, style: str = "", colour: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    look = named + letters(bold=bold, italic=italic) + ink
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _text(key: str, text: str, *, before: float | None = None, after: float | None = None, sides_mm: float = 0) -> str:
    return _p(key, _run(text), before=before, after=after, sides_mm=sides_mm)


def _p(
    key: str,
    content: str,
    *,
    border: str = "",
    before: float | None = None,
    after: float | None = None,
    sides_mm: float = 0,
    align: str = "",
    keep_next: bool = False,
) -> str:
    look = LOOKS[key]
    properties = "<w:keepNext/>" if keep_next else ""
    properties += f"<w:pBdr>{border}</w:pBdr>" if border else ""
    if before is not None or after is not None:
        above = look.before if before is None else before
        below = look.after if after is None else after
        properties += (
            f'<w:spacing w:before="{round(above * 20)}" w:after="{round(below * 20)}" '
            f'w:line="{round(240 * look.multiple)}" w:lineRule="auto"/>'
        )
    if sides_mm:
        properties += f'<w:ind w:left="{twips(sides_mm)}" w:right="{twips(sides_mm)}"/>'
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(key)}"/>{properties}</w:pPr>{content}</w:p>'


def _rule(length_mm: float, room_mm: float, *, before: float = 2, after: float = 0) -> str:
    """Draw a rule as the top border of a flat paragraph, so that it moves and stretches as text does."""
    size = round(LAYOUT.rule_pt * 8)
    border = f'<w:top w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
    return _p("DuongKe", "", border=border, before=before, after=after, sides_mm=(room_mm - length_mm) / 2)


def _mark(text: str, width_mm: float) -> str:
    colour = "C00000" if text in _RED else "000000"
    inner = (MARK_HEIGHT_MM / 25.4 * 72 - LAYOUT.mark_pt * SINGLE_LINE) / 2 - 1
    border = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="{space}" w:color="{colour}"/>'
        for side, space in (("top", round(inner)), ("left", 0), ("bottom", round(inner)), ("right", 0))
    )
    side = max((LAYOUT.head_left_mm - width_mm) / 2, 0)
    return _p("DauChi", _run(text, colour=colour if text in _RED else ""), border=border, sides_mm=side)


def _section(*, first: str, landscape: bool = False) -> str:
    """Write what a run of pages is: its size, margins, headers; each is numbered by itself (III.3)."""
    edges = (
        ("top", LAYOUT.top_mm), ("right", LAYOUT.right_mm), ("bottom", LAYOUT.bottom_mm), ("left", LAYOUT.left_mm),
        ("header", LAYOUT.header_mm), ("footer", LAYOUT.header_mm),
    )  # fmt: skip
    margins = " ".join(f'w:{side}="{twips(width)}"' for side, width in edges)
    width, height = twips(LAYOUT.page_width_mm), twips(LAYOUT.page_height_mm)
    size = f'w:w="{height}" w:h="{width}" w:orient="landscape"' if landscape else f'w:w="{width}" w:h="{height}"'
    headers = "".join(
        f'<w:headerReference w:type="{kind}" r:id="{target}"/>'
        for kind, target in (("default", NUMBERED), ("first", first))
    )
    return (
        f'<w:sectPr>{headers}<w:pgSz {size}/><w:pgMar {margins} w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def _core(paper: Paper) -> str:
    author = " ".join((*paper.issuer.parent, *paper.issuer.body))
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{escape(f'{paper.type.name}: {paper.abstract}')}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
