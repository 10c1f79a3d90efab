"""The rules of the text, its grounds and articles, the recipients and the signature, each against what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dean06.papers.checks import decree30 as decree
from dean06.papers.checks.decree30 import Departure
from dean06.papers.checks.measured import Line
from dean06.papers.checks.recognising import ADDRESSEE, ARTICLE, DASHED, Parts
from dean06.papers.writing.wording import ENDING

_DEGREE = re.compile(r"(?:GS|PGS|TS|ThS|Th\.S|BS|CN|KS|NGƯT|NGND|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư|Cử nhân|Kỹ sư)\b")
_KEPT = re.compile(r"[-–] ?Lưu: ?VT\b")
MOST_ADDRESSEES = 200
_LEAD_MM = 0.35  # a tenth of a millimetre for the file's own units, a quarter for the letter's own margin
_GAP_PT = 0.3
_SPACING = 0.02
_INSET_MM = 1.5


def check_body(parts: Parts) -> Iterator[Departure]:
    """Sizes, indents, spacing and ends of the text."""
    lines, grounds = parts.body, parts.grounds
    addressed = _addressed(lines)
    follows = False  # whether a paragraph of the text stands above, from which a distance is asked
    for line in lines:
        running = False
        if ADDRESSEE.match(line.text):
            yield from decree.ADDRESSEE_SET.check(line)
        elif any(line is ground for ground in grounds):
            yield from decree.GROUND_SET.check(line)
        elif not any(line is each for each in addressed) and line.align not in ("center", "right"):
            running = True
            yield from _running(line if follows else replace(line, gap_pt=None))
            yield from _article(line)
        follows = running
    for at, line in enumerate(grounds, start=1):
        end = "." if at == len(grounds) else ";"
        if not line.text.endswith(end):
            asked = "mỗi căn cứ kết thúc bằng dấu chấm phẩy, căn cứ cuối bằng dấu chấm"
            yield decree.GROUND_SET.departs(f"căn cứ thứ {at} thiếu dấu “{end}”", asked, line.where)
    if not lines or not lines[-1].text.endswith(ENDING):
        where = lines[-1].where if lines else ""
        yield decree.BODY_SET.departs("không kết thúc bằng “./.”", "cuối nội dung có dấu “./.”", where)


def _addressed(lines: list[Line]) -> list[Line]:
    """Return the addressees that are listed under `Kính gửi:`."""
    first = next((at for at, each in enumerate(lines) if ADDRESSEE.match(each.text)), len(lines))
    found: list[Line] = []
    for each in lines[first + 1 :]:
        if not DASHED.match(each.text) or each.align == "both" or len(found) >= MOST_ADDRESSEES:
            break
        found.append(each)
    return found


def _running(line: Line) -> Iterator[Departure]:
    setting = decree.BODY_SET
    for run in line.shown:
        if not setting.holds(run.size):
            least, most = decree.BODY_PT
            yield setting.departs(f"cỡ chữ {run.size:g}", f"cỡ chữ {least:g}-{most:g}", line.where)
    if line.align == "left" and line.wraps:
        yield setting.departs("không canh đều hai lề", "canh đều cả hai lề", line.where)
    if line.lead_mm is not None and not any(abs(line.lead_mm - asked) < _LEAD_MM for asked in decree.FIRST_LINE_MM):
        yield setting.departs(f"lùi đầu dòng {line.lead_mm / 10:.2f} cm", "lùi đầu dòng 1 cm hoặc 1,27 cm", line.where)
    if line.wraps and line.inset_mm > _INSET_MM:
        yield setting.departs("cả đoạn lùi vào", "chỉ dòng đầu lùi vào", line.where)
    if line.gap_pt is not None and line.gap_pt < decree.PARAGRAPH_GAP_PT - _GAP_PT:
        yield setting.departs(f"cách đoạn {line.gap_pt:.3g} pt", "cách đoạn tối thiểu 6 pt", line.where)
    least, most = decree.LINES
    if line.spacing is not None and not least - _SPACING <= line.spacing <= most + _SPACING:
        yield setting.departs(f"cách dòng {line.spacing:.2g} lines", "cách dòng từ dòng đơn đến 1,5 lines", line.where)


def _article(line: Line) -> Iterator[Departure]:
    label = ARTICLE.match(line.text)
    if label is None:
        return
    if label[0].endswith(":"):
        yield decree.ARTICLE_SET.departs("sau số thứ tự là dấu hai chấm", "sau số thứ tự có dấu chấm", line.where)
    first = line.shown[0] if line.shown else None
    if first is not None and not first.bold:
        yield decree.ARTICLE_SET.departs("từ “Điều” và số thứ tự không đậm", "chữ đứng, đậm", line.where)
    elif first is not None and first.italic:
        yield decree.ARTICLE_SET.departs("từ “Điều” và số thứ tự nghiêng", "chữ đứng, đậm", line.where)


def check_foot(parts: Parts) -> Iterator[Departure]:
    """Recipients on the left, signature on the right."""
    yield from _label(parts.label)
    yield from _recipients(parts.recipients)
    if parts.drafter is not None:
        yield from decree.DRAFTER_SET.check(parts.drafter)
    yield from _signature(parts.signature)
    if parts.second:
        yield from _signature(parts.second)
    if parts.annex is not None:
        yield from decree.ANNEX_SET.check(parts.annex)
        if parts.annex.text == parts.annex.text.upper():
            yield decree.ANNEX_SET.departs("chữ in hoa", "chữ in thường", parts.annex.where)


def _label(label: Line | None) -> Iterator[Departure]:
    setting = decree.LABEL_SET
    if label is None:
        yield setting.departs("không có", f"dòng “{decree.RECIPIENTS}”")
        return
    if label.text.casefold() != decree.RECIPIENTS.casefold():
        yield setting.departs("viết sai", f"dòng “{decree.RECIPIENTS}”", label.where)
    yield from setting.check(label)


def _recipients(listed: list[Line]) -> Iterator[Departure]:
    setting = decree.RECIPIENT_SET
    for at, line in enumerate(listed, start=1):
        yield from setting.check(line)
        if not DASHED.match(line.text):
            yield setting.departs(f"dòng thứ {at} thiếu gạch đầu dòng", "đầu mỗi dòng có gạch đầu dòng", line.where)
        end = "." if at == len(listed) else ";"
        if not line.text.endswith(end):
            asked = "cuối mỗi dòng có dấu chấm phẩy, dòng cuối có dấu chấm"
            yield setting.departs(f"dòng thứ {at} thiếu dấu “{end}”", asked, line.where)
    if not listed or not _KEPT.match(listed[-1].text):
        where = listed[-1].where if listed else ""
        yield setting.departs("dòng cuối không phải Lưu: VT", "dòng cuối ghi Lưu: VT, tên đơn vị soạn thảo", where)


def _signature(lines: list[Line]) -> Iterator[Departure]:
    if not lines:
        yield decree.AUTHORITY_SET.departs("không có", "chức vụ, họ tên người ký")
        return
    name = lines[-1]
    for line in lines[:-1]:
        yield from decree.AUTHORITY_SET.check(line)
    yield from decree.NAME_SET.check(name)
    if len(lines) > 1 and name.text == name.text.upper() and any(letter.isalpha() for letter in name.text):
        yield decree.NAME_SET.departs("chữ in hoa", "chữ in thường", name.where)
    if _DEGREE.match(name.text):
        asked = "không ghi học hàm, học vị, danh hiệu trước họ tên"
        yield decree.NAME_SET.departs("có học hàm, học vị trước họ tên", asked, name.where)
