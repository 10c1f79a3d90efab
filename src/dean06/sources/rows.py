"""Telling data rows from titles, totals, notes, headings of groups and signatures, and setting damaged rows aside."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dean06.orthography.service import fold, readings
from dean06.sources.header import Header
from dean06.sources.headings import Headings, words_of

SKIPPED = {
    "tieu_de_bang": "Dòng tiêu đề phía trên bảng.",
    "tieu_de_cot": "Dòng tên cột.",
    "danh_so_cot": "Dòng đánh số cột.",
    "tieu_de_lap": "Dòng tên cột lặp lại giữa bảng.",
    "tieu_de_nhom": "Dòng tên nhóm (thôn, xóm, tổ, lớp).",
    "tong_cong": "Dòng cộng hoặc tổng cộng.",
    "ghi_chu": "Dòng ghi chú, không có thông tin của người nào.",
    "chu_ky": "Phần ký tên cuối bảng.",
    "dong_trong": "Dòng trống.",
    "chua_dien": "Dòng mới có số thứ tự, chưa điền.",
    "khong_co_nguoi": "Dòng không ghi người được đối soát ở danh sách này.",
    "trang_khong_co_bang": "Trang không có bảng danh sách.",
}
QUARANTINED = {
    "thua_cot": "Dòng có nhiều ô hơn dòng tên cột, có thể đã lệch cột: đặt ngoặc kép quanh ô có dấu phân cách.",
    "ky_tu_dieu_khien": "Ô chứa ký tự điều khiển không đọc được: gõ lại ô đó.",
    "ky_tu_hong": "Ô có chữ đã hỏng khi chuyển mã (ký tự thay thế): gõ lại ô đó.",
    "o_loi_cong_thuc": "Ô dùng để đối soát là công thức lỗi hoặc chưa có giá trị: sửa công thức hoặc dán giá trị.",
    "ngoac_kep_ho": "Dòng có dấu ngoặc kép mở mà không đóng: xóa hoặc đóng dấu ngoặc kép.",
}
_TELLING = ("ngay_sinh", "nam_sinh", "sinh_nam", "sinh_nu", "sinh_nam_so", "so_giay_to", "so_cccd", "so_cmnd")
_STRONG = re.compile(r"\d.*\d.*\d.*\d")
_CLEAN = re.compile(r"['\s]*[\dE+.,/\- ]{4,}\s*")
DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]|#(?:REF!|N/A|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!)")
FORMULA_ERROR = re.compile(r"\s*#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)\s*")
_NUMBERING = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?|\(?\d{1,2}\s*=.*")


class _Phrase:
    """A pattern of Vietnamese words: with tone marks as written, and without them only for text that has none."""

    def __init__(self, written: str, bare: str | None = None) -> None:
        self._written = re.compile(written)
        self._bare = re.compile(bare or fold(written))

    def is_in(self, shapes: Collection[str]) -> bool:
        return any(self._written.fullmatch(s) or (s.isascii() and self._bare.fullmatch(s)) for s in shapes)


_TOTAL = _Phrase(
    r"(tổng cộng|tổng số|cộng|tổng|lũy kế|luỹ kế)( .*)?",
    r"(tong cong|tong so|luy ke)( \d.*| .*(nguoi|the|dong|hoc sinh|luot).*)?|(cong|tong)( \d.*)?",
)
_SUM_WORD = re.compile(r"\s*(t|T|c|C)[ổỔộỘ\u00d4-\u00f6]")
_GROUP = _Phrase(
    r"([ivx]{1,5} |[a-h] |\d{1,2} )?(thôn|xóm|tổ|tổ dân phố|tdp|đội|khu|khu phố|khối|ấp|bản|buôn|lớp|trường|chi hội|"
    r"chi đoàn|xã|phường|thị trấn|nhóm|đợt)( .*)?",
    r"([ivx]{1,5} |[a-h] |\d{1,2} )?(thon|xom|tdp|to dan pho|chi hoi|chi doan|thi tran)( .*)?|"
    r"(to|doi|khu|khoi|ap|ban|lop|nhom|dot) \w*\d\w*",
)
_SIGNATURE = _Phrase(
    r"người lập( biểu| bảng| danh sách)?|lập biểu|người tổng hợp|người kiểm tra|cán bộ .*|thủ trưởng.*|kế toán.*|"
    r"trưởng (thôn|xóm|bản|phòng|công an|trạm|ban).*|tổ trưởng.*|chủ tịch.*|(tm|kt|tl|tuq) .*|hiệu trưởng.*|giám đốc.*|"
    r"phó (chủ tịch|trưởng|giám đốc|hiệu trưởng|bí thư).*|ký( và)?( ghi rõ)? họ tên.*|đã ký|xác nhận.*|"
    r"giáo viên chủ nhiệm.*"
)
_NOTE = _Phrase(
    r"(ghi chú|lưu ý|danh sách (này|gồm|có|trên)|ấn định|(.* )?ngày .* tháng .* năm.*|nơi nhận|nguồn)( .*)?"
)


_NO_DATA = frozenset({"tong_cong", "tieu_de_lap", "danh_so_cot", "tieu_de_nhom", "chua_dien", "chu_ky"})


class Judgement(NamedTuple):
    """What a row is, with its reason: `data`, `skip`, `quarantine`, or `header` when another table begins."""

    kind: str
    reason: str = ""


_DATA = Judgement("data")


@dataclass(slots=True)
class Layout:
    """A header in use: where the name, ordinal and telling cells are; it remembers whether totals have passed."""

    header: Header
    key: str | None
    headings: Headings
    strict_width: bool
    name: list[int] = field(init=False)
    telling: list[int] = field(init=False)
    searched: list[int] = field(init=False)
    second: list[int] = field(init=False)
    width: int = field(init=False)
    ended: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        columns = self.header.columns
        self.name = columns("ho_ten") or [*columns("ho_dem"), *columns("ho"), *columns("dem"), *columns("ten")]
        codes = (*_TELLING, self.key) if self.key else _TELLING
        self.telling = [at for code in codes for at in columns(code)]
        self.searched = sorted({*self.name, *self.telling})
        self.second = sorted(at for code in self.headings.second for at in columns(code))
        self.width = len(self.header.names)


def judge(row: Sequence[str], layout: Layout) -> Judgement:
    """Tell what a row under a header is."""
    name = _first(row, layout.name)
    telling = _first(row, layout.telling)
    if name and telling and _STRONG.search(telling) and not _sums(name, telling):
        return _sound(row, layout)
    if not any(map(str.strip, row)):
        return Judgement("skip", "dong_trong")
    if layout.second and not any(at < len(row) and _says_something(row[at]) for at in layout.second):
        return _of_nobody(row, layout)
    return _doubtful(row, layout, name, [row[at] for at in layout.telling if at < len(row) and row[at].strip()])


def _says_something(cell: str) -> bool:
    """Say whether a cell says anything: a dash or dots stand for nobody."""
    return any(map(str.isalnum, cell))


def _of_nobody(row: Sequence[str], layout: Layout) -> Judgement:
    """Tell what a row is that names no second person: none of this list, unless it is no row of data at all."""
    judged = _doubtful(row, layout, "", [])
    alone = judged.reason == "ghi_chu" and sum(map(_says_something, row)) == 1
    return judged if judged.reason in _NO_DATA or alone else Judgement("skip", "khong_co_nguoi")


def _sums(name: str, telling: str) -> bool:
    """Tell whether a row is a sum although its figure has four digits or more: no date, no number of a paper."""
    return (
        bool(_SUM_WORD.match(name)) and len(telling.strip()) < 8 and "/" not in telling and _TOTAL.is_in(_shapes(name))
    )


def _first(row: Sequence[str], columns: Collection[int]) -> str:
    for at in columns:
        if at < len(row) and row[at] and not row[at].isspace():
            return row[at]
    return ""


def _sound(row: Sequence[str], layout: Layout) -> Judgement:
    if layout.strict_width and len(row) > layout.width and any(cell.strip() for cell in row[layout.width :]):
        return Judgement("quarantine", "thua_cot")
    if not DAMAGE.search("\n".join(row)):
        return _DATA
    for at in layout.header.claims:
        cell = row[at] if at < len(row) else ""
        found = DAMAGE.search(cell)
        if found is None:
            continue
        if found[0] == "\ufffd":
            return Judgement("quarantine", "ky_tu_hong")
        if not found[0].startswith("#"):
            return Judgement("quarantine", "ky_tu_dieu_khien")
        if at in layout.searched and FORMULA_ERROR.fullmatch(cell):
            return Judgement("quarantine", "o_loi_cong_thuc")
    return _DATA


def _doubtful(row: Sequence[str], layout: Layout, name: str, telling: list[str]) -> Judgement:
    cells = [cell for cell in row if cell.strip()]
    if _repeats(cells, layout.header):
        return Judgement("skip", "tieu_de_lap")
    if sum(layout.headings.exact(cell) is not None for cell in cells) >= 3:
        return Judgement("header", "tieu_de_lap")
    if len(cells) > 2 and all(_NUMBERING.fullmatch(cell.strip()) for cell in cells):
        return Judgement("skip", "danh_so_cot")
    if not _sums(name, telling[0] if telling else "") and any(
        _CLEAN.fullmatch(cell) or FORMULA_ERROR.fullmatch(cell) for cell in telling
    ):
        return _sound(row, layout)
    reason = _aside(cells, layout, name)
    if reason in ("tong_cong", "chu_ky", "ghi_chu"):
        layout.ended = layout.ended or reason != "ghi_chu"
    return Judgement("skip", reason) if reason else _sound(row, layout)


def _repeats(cells: Sequence[str], header: Header) -> bool:
    known = sum(words_of(cell) in header.cells for cell in cells)
    return known >= 2 and known * 10 >= len(cells) * 7


def _aside(cells: Sequence[str], layout: Layout, name: str) -> str:
    own = [cell for cell in cells if not cell.strip().rstrip(".").isdigit()]
    numbered = len(own) < len(cells)
    if _TOTAL.is_in({*_shapes(name), *_shapes(cells[0])}):
        return "tong_cong"
    if not own:
        return "chua_dien"
    if len(own) <= 2 and _GROUP.is_in(_shapes(own[-1])):
        return "tieu_de_nhom"
    return "" if numbered and name else _remark(cells, own, layout, name)


def _remark(cells: Sequence[str], own: Sequence[str], layout: Layout, name: str) -> str:
    """Tell a signature or a note from a person who stands without number, date and papers."""
    shapes = {shape for cell in cells for shape in _shapes(cell)}
    if len(cells) <= 4 and _SIGNATURE.is_in(shapes):
        return "chu_ky"
    if _NOTE.is_in(shapes):
        return "ghi_chu"
    if not name:
        return "" if 1 < len(own) < len(cells) else "ghi_chu"
    if layout.ended and len(own) <= 3:
        return "chu_ky"
    return "ghi_chu" if len(own) == 1 and not _could_be_name(name) else ""


@lru_cache(maxsize=4096)
def _shapes(text: str) -> tuple[str, ...]:
    return tuple(words_of(reading) for reading in readings(text[:200]))


def _could_be_name(text: str) -> bool:
    return len(text) <= 60 and not any(letter.isdigit() or letter in ":;=" for letter in text)
