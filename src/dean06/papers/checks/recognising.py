"""Telling which line of a file is which part of a paper: by what it says and where it stands, in any file.

A head may be a table, tab stops, text boxes or two columns; a foot likewise. What a line says decides first, the
column that it stands in second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dean06.papers.checks import decree30 as decree
from dean06.papers.checks.measured import Letters, Line, Sheet, Side
from dean06.papers.writing.wording import DRAFT, ENDING

HEAD_LINES = 60
NUMBER = re.compile(r"Số\s*(?:[:.…/]|\d)", re.IGNORECASE)
DATE = re.compile(
    r"[^.;:]{0,60}(?:ngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm\s*[\d.…_]*|ngày\s+\d+[/.-]\d+[/.-]\d+)\s*[.]?",
    re.IGNORECASE,
)
ABOUT = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)
ADDRESSEE = re.compile(r"Kính gửi\b", re.IGNORECASE)
LABEL = re.compile(r"Nơi nhận\b", re.IGNORECASE)
DASHED = re.compile(r"[-–—•+]\s*")
KEPT = re.compile(r"[-–—•+]?\s*Lưu\b", re.IGNORECASE)
GROUND = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Thực hiện)\b")
ENACTING = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ)\s*:?")
ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
DRAWN = re.compile(r"[_\-–—\u2500]{5,}")
ANNEX = re.compile(r"PHỤ LỤC(?:\s+(?:SỐ\s+)?(?:[IVXLC]+|\d{1,2}|[A-Z]))?\s*:?", re.IGNORECASE)
_BY_MACHINE = re.compile(r"(?:Ký bởi|Ký số|Người ký|Email|Cơ quan|Thời gian ký|Ngày ký)\s*:|\(.*\)\Z", re.IGNORECASE)


@dataclass(slots=True)
class Parts:
    """The parts of one paper; a part that was not found is None or empty."""

    nation: Line | None = None
    motto: Line | None = None
    motto_rule: Line | None = None
    names: list[Line] = field(default_factory=list)
    issuer_rule: Line | None = None
    number: Line | None = None
    about: list[Line] = field(default_factory=list)
    date: Line | None = None
    marks: list[Line] = field(default_factory=list)
    type_line: Line | None = None
    abstract: list[Line] = field(default_factory=list)
    abstract_rule: Line | None = None
    body: list[Line] = field(default_factory=list)
    label: Line | None = None
    recipients: list[Line] = field(default_factory=list)
    drafter: Line | None = None
    signature: list[Line] = field(default_factory=list)
    second: list[Line] = field(default_factory=list)
    annex: Line | None = None

    @property
    def issuers(self) -> list[Line]:
        """The bold names of the head; the last name where none is bold."""
        return [line for line in self.names if any(run.bold for run in line.shown)] or self.names[-1:]

    @property
    def grounds(self) -> list[Line]:
        """The paragraphs that found the paper on law; in an enacting paper those set upright too."""
        at = next((at for at, line in enumerate(self.body) if ENACTING.fullmatch(line.text)), None)
        above = self.body if at is None else self.body[:at]
        return [
            line
            for line in above
            if GROUND.match(line.text)
            and not line.text.endswith(":")
            and ((at is not None) or all(run.italic for run in line.shown))
        ]


def recognise(sheet: Sheet) -> Parts:
    """Return the parts of a file."""
    parts = Parts()
    lines = [line for line in sheet.lines if line.text or line.rule_mm]
    below = _head(parts, lines)
    rest = lines[below:]
    start, end = _foot_span(rest)
    _foot(parts, rest[start:end])
    _title(parts, rest[:start])
    parts.annex = next((line for line in rest[end:] if ANNEX.fullmatch(line.text) and not line.table), None)
    return parts


# ---------------------------------------------------------------- the head


def is_nation(line: Line) -> bool:
    """Say whether a line is the country's name, or means to be."""
    return line.text.casefold().startswith("cộng hòa xã hội") or line.text.casefold().startswith("cộng hoà xã hội")


def is_motto(line: Line) -> bool:
    """Say whether a line is the motto, or means to be."""
    text = line.text.casefold()
    return text.startswith("độc lập") and text.rstrip(".").endswith("hạnh phúc") and len(text) < 45


def is_date(line: Line) -> bool:
    """Say whether a line is place and date."""
    return "ngày" in line.text and DATE.fullmatch(line.text) is not None


def is_mark(line: Line) -> bool:
    """Say whether a line is a stamp of urgency, secrecy, circulation or a draft's."""
    text = line.text.upper()
    return text in decree.STAMPS_MM or text in decree.CIRCULATION or text == DRAFT or line.box_mm is not None


def _head(parts: Parts, lines: Sequence[Line]) -> int:
    """Take the head; return where the lines below it begin."""
    first = lines[:HEAD_LINES]
    stop = next((at for at, line in enumerate(first) if ADDRESSEE.match(line.text)), len(first))
    first = first[:stop]
    kinds = (is_nation, is_motto, is_date, lambda line: bool(NUMBER.match(line.text)))
    found = [next((at for at, line in enumerate(first) if kind(line)), -1) for kind in kinds]
    about = [at for at, line in enumerate(first) if ABOUT.match(line.text)]
    anchors = [at for at in (*found, *about[:1]) if at >= 0]
    tables = {first[at].table for at in anchors} - {0}
    if not anchors and first and first[0].table:
        tables = {first[0].table}
    end = max([-1, *anchors, *(at for at, line in enumerate(lines) if line.table in tables and line.table)]) + 1
    while end < len(lines) and (_still_head(lines[end], lines[end - 1], begun=bool(about)) if end else False):
        end += 1
    parts.nation, parts.motto, parts.date, parts.number = (first[at] if at >= 0 else None for at in found)
    _columns(parts, lines[:end])
    return end


def _still_head(line: Line, before: Line, *, begun: bool) -> bool:
    """A rule that a side claims, a mark, or the next line of a letter's abstract still belong to the head."""
    if not line.text:
        return line.side != ""
    return is_mark(line) or (begun and line.side == "left" and before.side == "left" and line.page > 0)


def _columns(parts: Parts, head: Sequence[Line]) -> None:
    known = [line for line in (parts.nation, parts.motto, parts.date, parts.number) if line is not None]
    after_number = False
    above: Side = ""  # where nothing stands beside anything, a rule belongs to the words above it
    for line in head:
        if parts.number is line:
            after_number = True
        side = _side(parts, line)
        if line.rule_mm:
            alone = not (line.text or line.side or line.table)
            _take_rule(parts, line, (above or side) if alone else side)
        above = side if line.text else above
        if not line.text or any(line is each for each in known):
            continue
        if is_mark(line):
            parts.marks.append(line)
        elif ABOUT.match(line.text) or (parts.about and side == "left"):
            parts.about.append(line)
        elif side == "left" and not after_number:
            parts.names.append(line)


def _take_rule(parts: Parts, line: Line, side: Side) -> None:
    if side == "right":
        parts.motto_rule = parts.motto_rule or line
    else:
        parts.issuer_rule = parts.issuer_rule or line


def _side(parts: Parts, line: Line) -> Side:
    if line is parts.nation or line is parts.motto or line is parts.date:
        return "right"
    if line is parts.number:
        return "left"
    anchor = parts.nation or parts.motto or parts.date
    if line.table and anchor is not None and anchor.table == line.table and anchor.column > 0:
        return "right" if line.column >= anchor.column else "left"
    if line.table:
        return "right" if line.column > 0 else "left"
    return line.side or "left"


# ---------------------------------------------------------------- title and body


def _title(parts: Parts, lines: list[Line]) -> None:
    lines = [line for line in lines if not (line.text and is_mark(line) and not line.table)]
    at = next((at for at, line in enumerate(lines) if line.text), len(lines))
    if parts.about or at == len(lines) or lines[at].align != "center" or ADDRESSEE.match(lines[at].text):
        parts.body = [line for line in lines if line.text and not line.table]
        return
    parts.type_line = lines[at]
    after = at + 1
    while after < len(lines) and _continues(lines[after]):
        parts.abstract.append(lines[after])
        after += 1
        if parts.abstract[-1].rule_mm:
            break
    parts.abstract_rule = next(iter(_rules(lines, at, after)), None)
    parts.body = [line for line in lines[after:] if line.text and not line.table]


def _continues(line: Line) -> bool:
    text = line.text
    return (
        bool(text)
        and line.align == "center"
        and not line.table
        and not ADDRESSEE.match(text)
        and (text != text.upper() or not line.bold)
        and not ENACTING.fullmatch(text)
    )


def _rules(lines: Sequence[Line], first: int, after: int) -> Iterator[Line]:
    yield from (line for line in lines[first:after] if line.rule_mm)
    for line in lines[after:]:
        if line.text:
            return
        if line.rule_mm:
            yield line


# ---------------------------------------------------------------- the foot


def _foot_span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the block of recipients and signature begins and ends."""
    label = next((at for at, line in enumerate(lines) if LABEL.match(line.text)), None)
    if label is None:
        label = next((at for at, line in enumerate(lines) if KEPT.match(line.text) and DASHED.match(line.text)), None)
    if label is None:
        ended = [at for at, line in enumerate(lines) if line.text.endswith(ENDING)]
        start = ended[-1] + 1 if ended else len(lines)
        return start, _foot_end(lines, start)
    table = lines[label].table
    if table:
        inside = [at for at, line in enumerate(lines) if line.table == table]
        return inside[0], inside[-1] + 1
    start = label
    while start and _of_signature(lines[start - 1]):
        start -= 1
    return start, _foot_end(lines, label)


def _of_signature(line: Line) -> bool:
    dashed = bool(DASHED.match(line.text)) and line.side == "left"
    return dashed or (line.bold and not line.table and line.side != "" and not line.text.endswith(ENDING))


def _foot_end(lines: Sequence[Line], start: int) -> int:
    for at in range(start, len(lines)):
        if ANNEX.fullmatch(lines[at].text) or lines[at].page != lines[start].page:
            return at
    return len(lines)


def _foot(parts: Parts, lines: Sequence[Line]) -> None:
    lines = [line for line in lines if line.text and not _BY_MACHINE.match(line.text)]
    parts.label = next((line for line in lines if LABEL.match(line.text)), None)
    if parts.label is None:  # another word in its place: what stands over the list
        first = next((at for at, line in enumerate(lines) if DASHED.match(line.text)), 0)
        over = [line for line in lines[:first] if _foot_side(parts, line) == "left"]
        parts.label = over[-1] if over else None
    above = parts.label is not None
    for line in lines:
        if line is parts.label:
            above = False
            continue
        kept = bool(parts.recipients) and KEPT.match(parts.recipients[-1].text) is not None
        if _foot_side(parts, line) == "right":
            parts.signature.append(line)
        elif above and not DASHED.match(line.text):
            parts.second.append(line)
        elif kept and not DASHED.match(line.text) and parts.recipients[-1].text.endswith("."):
            parts.drafter = line
        elif line.page and _runs_on(parts.recipients, line):
            parts.recipients[-1] = joined(parts.recipients[-1], line)
        else:
            parts.recipients.append(line)


def _runs_on(above: Sequence[Line], line: Line) -> bool:
    """Say whether a printed line continues the recipient above it, which has not ended yet."""
    return bool(above) and not DASHED.match(line.text) and not above[-1].text.endswith((";", "."))


def _foot_side(parts: Parts, line: Line) -> Side:
    if line.table:
        column = parts.label.column if parts.label is not None and parts.label.table == line.table else 0
        return "left" if line.column == column else "right"
    if line.side:
        return line.side
    return "left" if DASHED.match(line.text) else "right"


def joined(line: Line, more: Line) -> Line:
    """Return one line of two that follow each other in print."""
    return replace(line, runs=(*line.runs, Letters(" ", line.runs[-1].size), *more.runs), wraps=True)
