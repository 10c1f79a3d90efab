"""Checking a .docx against the layout of Decree 30/2020, Appendix I: each departure with the address of its rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dean06.papers import decree30 as decree
from dean06.papers.decree30 import Departure
from dean06.papers.docx_measure import Measured, Measures, measure
from dean06.papers.letters import face
from dean06.papers.wording import BLANK, ENDING

_NUMBER = re.compile(r"Số: (?P<number>\d+|…)/(?P<symbol>[^\W\d_][^\s/]*)")
_DATE = re.compile(r"(?P<place>[^,]+), ngày (?P<day>\d+|…) tháng (?P<month>\d+|…) năm (?P<year>\d{4}|…)")
_DEGREE = re.compile(r"(?:GS|PGS|TS|ThS|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư)\b")
_GROUND = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện)\b")
_STAMPS = {"C00000", "FF0000"}


def check_docx(data: bytes) -> tuple[Departure, ...]:
    """Return every departure once, in the order of the Appendix."""
    found = measure(data)
    parts = (_page(found), _fonts(found), _numbers(found), _head(found), _title(found), _body(found), _foot(found))
    return tuple(dict.fromkeys(departure for part in parts for departure in part))


def _page(found: Measures) -> Iterator[Departure]:
    page = found.page
    if any(abs(has - asked) > 0.6 for has, asked in zip((page.width_mm, page.height_mm), decree.PAGE_MM, strict=True)):
        size = f"{page.width_mm:.0f} x {page.height_mm:.0f} mm"
        yield Departure("mục I.1", "khổ giấy", size, "A4 (210 x 297 mm), theo chiều dài")
    for name, (least, most) in decree.MARGINS_MM.items():
        if not least - 0.1 <= page.margins_mm[name] <= most + 0.1:
            yield Departure("mục I.3", name, f"{page.margins_mm[name]:.1f} mm", f"{least:g}-{most:g} mm")


def _fonts(found: Measures) -> Iterator[Departure]:
    runs = [run for line in found.lines for run in line.runs if run.text.strip()]
    for font in sorted({run.font for run in runs} - {decree.FONT}):
        yield decree.FONT_SET.departs(font or "không ghi tên phông", decree.FONT)
    for colour in sorted({run.colour.upper() for run in runs} - {"", "AUTO", "000000"} - _STAMPS):
        yield decree.FONT_SET.departs(f"màu #{colour}", "màu đen")


def _numbers(found: Measures) -> Iterator[Departure]:
    setting = decree.NUMBERING_SET
    if found.first_page_numbered:
        yield setting.departs("hiện ở trang thứ nhất", "không hiện ở trang thứ nhất")
    if not found.numbers:
        yield setting.departs("không có trong lề trên", "số trang đặt giữa trong lề trên")
    for line in found.numbers:
        yield from setting.check(line)


def _head(found: Measures) -> Iterator[Departure]:
    left, right = found.at("head-left"), found.at("head-right")
    yield from _present(right, decree.NATION, decree.NATION_SET)
    yield from _present(right, decree.MOTTO, decree.MOTTO_SET)
    yield from _rule(right, 0.95, 1.05, decree.MOTTO_SET, [line for line in right if line.text == decree.MOTTO])
    at = next((at for at, line in enumerate(left) if line.text.startswith("Số")), len(left))
    yield from _issuer(left[:at])
    yield from _number(left[at] if at < len(left) else None)
    for line in left[at + 1 :]:
        if line.text.startswith("V/v"):
            yield from decree.LETTER_SET.check(line)
    yield from _date(next((line for line in right if "ngày" in line.text), None))


def _present(lines: Iterable[Measured], text: str, setting: decree.Setting) -> Iterator[Departure]:
    found = next((line for line in lines if line.text.casefold() == text.casefold()), None)
    if found is None:
        yield setting.departs("không có", f"dòng “{text}”")
    else:
        yield from setting.check(found)


def _issuer(lines: list[Measured]) -> Iterator[Departure]:
    names = [line for line in lines if line.text]
    if not names:
        yield decree.ISSUER_SET.departs("không có", "tên cơ quan ban hành")
        return
    own = [line for line in names if any(run.bold for run in line.shown)] or names[-1:]
    for line in names:
        yield from (decree.ISSUER_SET if line in own else decree.PARENT_SET).check(line)
    yield from _rule(lines, 1 / 3, 1 / 2, decree.ISSUER_SET, own)


def _rule(
    lines: list[Measured], least: float, most: float, setting: decree.Setting, over: list[Measured]
) -> Iterator[Departure]:
    """A rule stands under the text and is as long as the Appendix says, in proportion to the longest line of it."""
    rule = next((line for line in lines if line.rule), None)
    if rule is None:
        yield setting.departs("không có đường kẻ", "có đường kẻ ngang, nét liền, bên dưới")
        return
    widest = max((_widest(line) for line in over), default=0)
    share = (rule.room_mm - rule.left_mm - rule.right_mm) / widest if widest else 0
    if not least - 0.01 <= share <= most + 0.01:
        asked = "dài bằng dòng chữ" if most > 1 else "dài từ 1/3 đến 1/2 dòng chữ"
        yield setting.departs(f"đường kẻ dài {share:.0%} dòng chữ", f"đường kẻ {asked}")


def _widest(line: Measured) -> float:
    """Return the width of a paragraph's text, of its longest line where it wraps."""
    width = sum(face(bold=run.bold, italic=run.italic).width(run.text, run.size) for run in line.shown)
    return min(width, line.room_mm - line.left_mm - line.right_mm)


def _number(line: Measured | None) -> Iterator[Departure]:
    setting = decree.NUMBER_SET
    if line is None:
        yield setting.departs("không có", "dạng Số: 05/BC-…")
        return
    yield from setting.check(line)
    written = _NUMBER.fullmatch(line.text)
    if written is None:
        yield setting.departs("viết sai dạng", "dạng Số: 05/BC-…, giữa số và ký hiệu có dấu gạch chéo, viết liền")
    elif written["number"] != BLANK and len(written["number"]) < 2:
        yield setting.departs("số nhỏ hơn 10 thiếu chữ số 0", "thêm chữ số 0 phía trước")


def _date(line: Measured | None) -> Iterator[Departure]:
    setting = decree.DATE_SET
    if line is None:
        yield setting.departs("không có", "dạng Địa danh, ngày 05 tháng 01 năm 2026")
        return
    yield from setting.check(line)
    written = _DATE.fullmatch(line.text)
    if written is None:
        yield setting.departs("viết sai dạng", "dạng Địa danh, ngày 05 tháng 01 năm 2026")
        return
    day, month = written["day"], written["month"]
    if day != BLANK and len(day) < 2:
        yield setting.departs("ngày nhỏ hơn 10 thiếu chữ số 0", "thêm chữ số 0 phía trước")
    if month in ("1", "2"):
        yield setting.departs("tháng 1, 2 thiếu chữ số 0", "thêm chữ số 0 phía trước")
    if re.fullmatch(r"0[3-9]", month):
        yield setting.departs("tháng 3 đến 9 thừa chữ số 0", "không thêm chữ số 0")


def _title(found: Measures) -> Iterator[Departure]:
    if any(line.text.startswith("V/v") for line in found.at("head-left")):
        return
    lines = found.at("body")
    at = next((at for at, line in enumerate(lines) if line.text), len(lines))
    if at == len(lines) or lines[at].align != "center":
        yield decree.TYPE_SET.departs("không có", "tên loại văn bản, canh giữa dưới phần đầu")
        return
    yield from decree.TYPE_SET.check(lines[at])
    abstract = []
    for line in lines[at + 1 :]:
        if line.rule or line.align != "center" or not line.text:
            break
        abstract.append(line)
        yield from decree.ABSTRACT_SET.check(line)
    if not abstract:
        yield decree.ABSTRACT_SET.departs("không có", "trích yếu ngay dưới tên loại")
    yield from _rule(lines[at:], 1 / 3, 1 / 2, decree.ABSTRACT_SET, abstract)


def _body(found: Measures) -> Iterator[Departure]:
    lines = [line for line in found.at("body") if line.text]
    grounds = [line for line in lines if _GROUND.match(line.text) and all(run.italic for run in line.shown)]
    for line in lines:
        if line.text.startswith("Kính gửi"):
            yield from decree.ADDRESSEE_SET.check(line)
        elif line in grounds:
            yield from decree.GROUND_SET.check(line)
        elif line.align == "both":
            yield from _running(line)
    yield from _unjustified(lines)
    for at, line in enumerate(grounds, start=1):
        end = "." if at == len(grounds) else ";"
        if not line.text.endswith(end):
            yield decree.GROUND_SET.departs(
                f"căn cứ thứ {at} thiếu dấu “{end}”",
                "mỗi căn cứ kết thúc bằng dấu chấm phẩy, căn cứ cuối bằng dấu chấm",
            )
    if not lines or not lines[-1].text.endswith(ENDING):
        yield decree.BODY_SET.departs("không kết thúc bằng “./.”", "cuối nội dung có dấu “./.”")


def _running(line: Measured) -> Iterator[Departure]:
    setting = decree.BODY_SET
    least, most = decree.BODY_PT
    for run in line.shown:
        if not least <= run.size <= most:
            yield setting.departs(f"cỡ chữ {run.size:g}", f"cỡ chữ {least:g}-{most:g}")
    if not any(abs(line.first_line_mm - asked) < 0.1 for asked in decree.FIRST_LINE_MM):
        yield setting.departs(f"lùi đầu dòng {line.first_line_mm / 10:.2f} cm", "lùi đầu dòng 1 cm hoặc 1,27 cm")
    if line.before_pt + line.after_pt < decree.PARAGRAPH_GAP_PT:
        yield setting.departs(f"cách đoạn {line.before_pt + line.after_pt:g} pt", "cách đoạn tối thiểu 6 pt")
    if line.line and not decree.LINES[0] <= line.line <= decree.LINES[1]:
        yield setting.departs(f"cách dòng {line.line:g} lines", "cách dòng từ dòng đơn đến 1,5 lines")


def _unjustified(lines: list[Measured]) -> Iterator[Departure]:
    """A paragraph that starts like text, yet is set to the left, is text that was not justified."""
    for line in lines:
        if line.align in ("left", "start") and line.first_line_mm > 0:
            yield decree.BODY_SET.departs("không canh đều hai lề", "canh đều cả hai lề")


def _foot(found: Measures) -> Iterator[Departure]:
    left = [line for line in found.at("foot-left") if line.text]
    right = [line for line in found.at("foot-right") if line.text]
    yield from _present(left, decree.RECIPIENTS, decree.LABEL_SET)
    listed = [line for line in left if line.text.startswith("-")]
    for at, line in enumerate(listed, start=1):
        yield from decree.RECIPIENT_SET.check(line)
        end = "." if at == len(listed) else ";"
        if not line.text.endswith(end):
            yield decree.RECIPIENT_SET.departs(
                f"dòng thứ {at} thiếu dấu “{end}”", "cuối mỗi dòng có dấu chấm phẩy, dòng cuối có dấu chấm"
            )
    if not listed or not listed[-1].text.startswith("- Lưu: VT"):
        yield decree.RECIPIENT_SET.departs(
            "dòng cuối không phải Lưu: VT", "dòng cuối ghi Lưu: VT, tên đơn vị soạn thảo"
        )
    if not right:
        yield decree.AUTHORITY_SET.departs("không có", "chức vụ, họ tên người ký")
        return
    for line in right[:-1]:
        yield from decree.AUTHORITY_SET.check(line)
    yield from decree.NAME_SET.check(right[-1])
    if _DEGREE.match(right[-1].text):
        yield decree.NAME_SET.departs(
            "có học hàm, học vị trước họ tên", "không ghi học hàm, học vị, danh hiệu trước họ tên"
        )
