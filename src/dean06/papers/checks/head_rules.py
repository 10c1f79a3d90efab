"""The rules of page, letters, page numbers, head and title, each against what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dean06.papers.checks import decree30 as decree
from dean06.papers.checks.decree30 import Departure
from dean06.papers.checks.measured import Line, Page, Sheet
from dean06.papers.checks.recognising import Parts

NUMBER = re.compile(r"Số: ?(?P<number>\d+|…|\.{2,}|_{2,}|)/(?:\d{4}/)?(?P<symbol>[^\W\d_][^\s/]*)")
DATE = re.compile(
    r"(?P<place>[^\W\d_][^,]*), ngày (?P<day>\d+|…|\.{2,}|) ?tháng (?P<month>\d+|…|\.{2,}|) ?"
    r"năm (?P<year>\d{4}|…|\.{2,})"
)
_NEAR_MM = 0.6
_AXIS_MM = 2.5
_BLACK_ENOUGH = 0x28  # a converter writes rich black as 231F20


def check_pages(sheet: Sheet) -> Iterator[Departure]:
    """Paper size, direction and margins of every page or section."""
    for at, page in enumerate(sheet.pages):
        upright, level = decree.PAGE_MM[1], decree.PAGE_MM[0]
        turned = at > 0 and page.tables and _is(page, upright, level)  # I.2: a page of tables may lie on its side
        if not _is(page, level, upright) and not turned:
            size = f"{page.width_mm:.0f} x {page.height_mm:.0f} mm"
            yield decree.PAPER.departs(size, "A4 (210 x 297 mm), theo chiều dài", page.where)
        for name, margin in page.margins_mm.items():
            least, most = decree.MARGINS_MM[name]
            if not least - 0.1 <= margin <= most + 0.1:
                yield Departure(decree.MARGIN_RULE, name, f"{margin:.1f} mm", f"{least:g}-{most:g} mm", page.where)


def _is(page: Page, width: float, height: float) -> bool:
    return abs(page.width_mm - width) <= _NEAR_MM and abs(page.height_mm - height) <= _NEAR_MM


def check_letters(sheet: Sheet, parts: Parts) -> Iterator[Departure]:
    """Family and colour of all letters; only a stamp is red."""
    for line in sheet.lines:
        stamp = any(line is mark for mark in parts.marks)
        for run in line.runs:
            if not run.text.strip():
                continue
            for font in run.fonts:
                if font != decree.FONT and not (sheet.twins and font in decree.METRIC_TWINS):
                    asked = decree.FONT
                    if font.startswith(decree.LEGACY_FONTS):
                        asked += ", bộ mã Unicode TCVN 6909:2001"
                    yield decree.FONT_SET.departs(font, asked, line.where)
            if not is_black(run.colour) and not (stamp and run.colour in decree.STAMP_RED):
                yield decree.FONT_SET.departs(f"màu #{run.colour}", "màu đen", line.where)


def is_black(colour: str) -> bool:
    """Say whether an ink is black, as printers and converters write it."""
    return all(int(colour[at : at + 2], 16) <= _BLACK_ENOUGH for at in (0, 2, 4))


def check_page_numbers(sheet: Sheet) -> Iterator[Departure]:
    """Page numbers: in the top margin, in its middle, from the second page."""
    setting, numbers = decree.NUMBERING_SET, sheet.numbers
    if numbers.on_first:
        yield setting.departs("hiện ở trang thứ nhất", "không hiện ở trang thứ nhất")
    for where in numbers.at_foot:
        yield setting.departs("đặt ở lề dưới", "số trang đặt giữa trong lề trên", where)
    for where in numbers.missing:
        yield setting.departs("không có trong lề trên", "số trang đặt giữa trong lề trên", where)
    for line in numbers.lines:
        yield from setting.check(line)


# ---------------------------------------------------------------- the head


def check_head(parts: Parts) -> Iterator[Departure]:
    """Country, motto, agencies, number, place and date."""
    yield from _exactly(parts.nation, decree.NATION, decree.NATION_SET)
    if parts.nation is not None and not _on_the_right(parts.nation):
        yield decree.NATION_SET.departs("không ở bên phải", "ở phía trên cùng, bên phải trang đầu", parts.nation.where)
    yield from _exactly(parts.motto, decree.MOTTO, decree.MOTTO_SET)
    if parts.motto is not None:
        yield from check_rule(parts.motto_rule, decree.MOTTO_RULE, decree.MOTTO_SET, [parts.motto])
        yield from _centred(parts.motto, parts.nation, decree.MOTTO_SET)
    yield from _names(parts)
    yield from _number(parts.number)
    yield from _centred(parts.number, parts.issuers[-1] if parts.issuers else None, decree.NUMBER_SET)
    for line in parts.about:
        yield from decree.LETTER_SET.check(line)
    yield from _date(parts.date)
    yield from _centred(parts.date, parts.nation, decree.DATE_SET)
    yield from _marks(parts)


def _on_the_right(line: Line) -> bool:
    return line.side == "right" or (line.table > 0 and line.column > 0)


def _exactly(line: Line | None, text: str, setting: decree.Setting) -> Iterator[Departure]:
    if line is None:
        yield setting.departs("không có", f"dòng “{text}”")
        return
    written = line.text.replace("HOÀ ", "HÒA ")  # both placements of the tone are in use
    if written.casefold() != text.casefold():
        yield setting.departs("viết sai", f"dòng “{text}”", line.where)
    elif written != text and not setting.caps:
        yield setting.departs("viết hoa, viết thường sai", f"dòng “{text}”", line.where)
    yield from setting.check(line)


def _names(parts: Parts) -> Iterator[Departure]:
    if not parts.names:
        yield decree.ISSUER_SET.departs("không có", "tên cơ quan ban hành")
        return
    own = parts.issuers
    for line in parts.names:
        yield from (decree.ISSUER_SET if any(line is each for each in own) else decree.PARENT_SET).check(line)
    yield from check_rule(parts.issuer_rule, decree.SHORT_RULE, decree.ISSUER_SET, own)


def check_rule(
    rule: Line | None, share: tuple[float, float], setting: decree.Setting, over: Sequence[Line]
) -> Iterator[Departure]:
    """A rule stands under the text and is as long as the Appendix says, in proportion to the longest line of it."""
    if rule is None:
        yield setting.departs(
            "không có đường kẻ", "có đường kẻ ngang, nét liền, bên dưới", over[-1].where if over else ""
        )
        return
    widest = max((line.width_mm for line in over), default=0)
    long = rule.rule_mm / widest if widest else 0
    least, most = share
    if not least - 0.011 <= long <= most + 0.011:
        asked = "dài bằng dòng chữ" if most > 1 else "dài từ 1/3 đến 1/2 dòng chữ"
        yield setting.departs(f"đường kẻ dài {long:.0%} dòng chữ", f"đường kẻ {asked}", rule.where)


def _centred(line: Line | None, over: Line | None, setting: decree.Setting) -> Iterator[Departure]:
    """In a file that tells places, a line of the head stands on the axis of what is above it."""
    if line is None or over is None or line.axis_mm is None or over.axis_mm is None:
        return
    if abs(line.axis_mm - over.axis_mm) > _AXIS_MM:
        yield setting.departs("không canh giữa", "canh giữa", line.where)


def _number(line: Line | None) -> Iterator[Departure]:
    setting = decree.NUMBER_SET
    if line is None:
        yield setting.departs("không có", "dạng Số: 05/BC-…")
        return
    yield from setting.check(line)
    written = NUMBER.fullmatch(line.text)
    if written is None:
        asked = "dạng Số: 05/BC-…, giữa số và ký hiệu có dấu gạch chéo, viết liền"
        yield setting.departs("viết sai dạng", asked, line.where)
    elif len(written["number"]) == 1 and written["number"].isdigit():
        yield setting.departs("số nhỏ hơn 10 thiếu chữ số 0", "thêm chữ số 0 phía trước", line.where)


def _date(line: Line | None) -> Iterator[Departure]:
    setting = decree.DATE_SET
    if line is None:
        yield setting.departs("không có", "dạng Địa danh, ngày 05 tháng 01 năm 2026")
        return
    yield from setting.check(line)
    written = DATE.fullmatch(line.text)
    if written is None:
        yield setting.departs("viết sai dạng", "dạng Địa danh, ngày 05 tháng 01 năm 2026", line.where)
        return
    day, month = written["day"], written["month"]
    if len(day) == 1 and day.isdigit():
        yield setting.departs("ngày nhỏ hơn 10 thiếu chữ số 0", "thêm chữ số 0 phía trước", line.where)
    if month in ("1", "2"):
        yield setting.departs("tháng 1, 2 thiếu chữ số 0", "thêm chữ số 0 phía trước", line.where)
    if re.fullmatch(r"0[3-9]", month):
        yield setting.departs("tháng 3 đến 9 thừa chữ số 0", "không thêm chữ số 0", line.where)
    if not written["place"][:1].isupper():
        yield setting.departs("địa danh viết thường", "chữ cái đầu của địa danh viết hoa", line.where)


def _marks(parts: Parts) -> Iterator[Departure]:
    for line in parts.marks:
        text = line.text.upper()
        stamp = text in decree.STAMPS_MM
        setting = decree.STAMP_SET if stamp else decree.CIRCULATION_SET
        yield from setting.check(line)
        if line.box_mm is None:
            yield setting.departs("không có khung", "đóng khung hình chữ nhật, viền đơn", line.where)
        elif stamp and line.box_mm[1]:
            asked = decree.STAMPS_MM[text]
            if any(abs(has - wants) > 1 for has, wants in zip(line.box_mm, asked, strict=True)):
                found = f"khung {line.box_mm[0]:.0f} x {line.box_mm[1]:.0f} mm"
                yield setting.departs(found, f"khung {asked[0]:g} x {asked[1]:g} mm", line.where)
        if stamp and any(is_black(run.colour) for run in line.shown):
            yield setting.departs("mực đen", "mực đỏ tươi", line.where)


# ---------------------------------------------------------------- the title


def check_title(parts: Parts) -> Iterator[Departure]:
    """Type and abstract, or the abstract of a letter."""
    if parts.about:
        return
    if parts.type_line is None:
        asked = "tên loại văn bản, canh giữa dưới phần đầu (công văn: V/v … dưới số, ký hiệu)"
        yield decree.TYPE_SET.departs("không có", asked)
        return
    yield from decree.TYPE_SET.check(parts.type_line)
    for line in parts.abstract:
        yield from decree.ABSTRACT_SET.check(line)
    if not parts.abstract:
        yield decree.ABSTRACT_SET.departs("không có", "trích yếu ngay dưới tên loại", parts.type_line.where)
    yield from check_rule(parts.abstract_rule, decree.SHORT_RULE, decree.ABSTRACT_SET, parts.abstract)
