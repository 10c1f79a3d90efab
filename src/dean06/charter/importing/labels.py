"""The labels of a Vietnamese regulation at the start of a line, and the order they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass

ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
FOREIGN = "fjwz"  # letters that lists in Vietnamese do not use
DASHES = "-–—•●▪\uf02d\uf0b7*+"
NESTED = "+"

_CHAPTER = re.compile(r"^(?:Chương|CHƯƠNG)\s+([IVXLC]{1,6}|\d{1,2})(?![\w])\s*[.:–-]?\s*(.*)$")
_SECTION = re.compile(r"^(?:Mục|MỤC)\s+([IVX]{1,4}|\d{1,2})(?![\w])\s*[.:–-]?\s*(.*)$")
_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)(?![\w])\s*([.:)–-]?)\s*(.*)$")
_POINT_OF_NUMBERS = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+(\S.*)$")
_CLAUSE = re.compile(r"^(\d{1,2}[a-zđ]?)\s*[.)/]\s*(?!\d)(.*)$")
_POINT = re.compile(r"^([a-zđ]\d?)\s*[.)]\s*(?!\.)(.*)$")
_DASH = re.compile(rf"^([{re.escape(DASHES)}])\s*(?![\s{re.escape(DASHES)}])(.+)$")
_OTHER_TEXT = re.compile(r"^(?:Quy chế|Quyết định|Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Hiến pháp|Pháp lệnh)\b")
_PAGE_NUMBER = re.compile(r"^(?:[-–—\s]*\d{1,4}[-–—\s]*|[Tt]rang\s+\d+(?:\s*/\s*\d+)?|\d{1,3}\s*/\s*\d{1,3})$")
_MARK = re.compile(r"^[()\[\]{}.,;:'\"*_–—\\|-]{1,4}$")

TITLE = re.compile(r"^(?:BẢN\s+)?(?:QUY CHẾ|QUY ĐỊNH|NỘI QUY|ĐIỀU LỆ)(?!\s+CHUNG)\b")
DECISION = re.compile(r"^(?:QUYẾT ĐỊNH|Quyết định)\s*:?$")
RESOLVED = re.compile(r"^(?:QUYẾT ĐỊNH|Quyết định|QUYẾT NGHỊ)\s*:$")
BASIS = re.compile(r"^(?:Căn cứ|Xét|Theo đề nghị|Theo|Thực hiện|Để|CĂN CỨ|XÉT|THEO|THỰC HIỆN)\s")
RECIPIENTS = re.compile(r"^(?:Nơi nhận|NƠI NHẬN)\b\s*:?")
APPENDIX = re.compile(r"^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ\s+|số\s+)?([IVXLC]+|\d{1,2}))?\s*[.:]?\s*$|^PHỤ LỤC\b(.*)$")
CAPTION = re.compile(r"\((?:Ban hành )?[Kk]èm theo\b", re.IGNORECASE)
PLACE_AND_DAY = re.compile(r"^[^.;:]{2,40},\s*ngày\b.*\bnăm\b", re.IGNORECASE)
_POSTS = (
    "TỔ TRƯỞNG|TRƯỞNG BAN|CHỦ TỊCH|GIÁM ĐỐC|THỦ TRƯỞNG|TRƯỞNG TỔ|TRƯỞNG PHÒNG|TRƯỞNG CÔNG AN|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG"
)
SIGNATURE = re.compile(rf"^(?:(?:TM|KT|TL|TUQ|Q)\.\s*\S|(?:PHÓ\s+)?(?:{_POSTS})\b)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a line may begin with, and what follows it."""

    kind: str
    text: str
    rest: str

    @property
    def number(self) -> int:
        """The number of a label that has one."""
        digits = re.match(r"\d+", self.text)
        return int(digits[0]) if digits else 0


def _article(line: str) -> Label | None:
    found = _ARTICLE.match(line)
    if found is None:
        return None
    label, stop, rest = found.groups()
    if not stop and rest and (not is_upper(rest) or _OTHER_TEXT.match(rest)):
        return None  # a reference that a line break put first
    return Label("article", label, rest)


def _heading(line: str) -> Label | None:
    for kind, pattern in (("chapter", _CHAPTER), ("section", _SECTION)):
        found = pattern.match(line)
        if found and (not found[2] or (is_upper(found[2]) and not _OTHER_TEXT.match(found[2]))):
            return Label(kind, found[1], found[2])
    return _article(line)


def label_of(line: str) -> Label | None:
    """Return the label a line begins with, if it looks like one; whether it is one depends on what came before."""
    heading = _heading(line)
    if heading is not None:
        return heading
    for kind, pattern in (("numbers", _POINT_OF_NUMBERS), ("clause", _CLAUSE), ("point", _POINT), ("dash", _DASH)):
        found = pattern.match(line)
        if found:
            return Label(kind, found[1], found[2].strip())
    return None


def is_stray(line: str) -> bool:
    """Tell a page number, a lone bracket or a lone mark from text."""
    return is_page_number(line) or _MARK.match(line) is not None


def is_page_number(line: str) -> bool:
    """Tell a page number from text."""
    return _PAGE_NUMBER.match(line) is not None


def is_upper(text: str) -> bool:
    """Tell whether the first letter is a capital."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return first.isupper()


def is_lower(text: str) -> bool:
    """Tell whether the text goes on in the middle of a sentence: its first sign is a small letter."""
    return text[:1].islower()


def all_capitals(text: str) -> bool:
    """Tell a line of capitals."""
    return any(letter.isalpha() for letter in text) and text.upper() == text


def letters_between(before: str, after: str) -> str | None:
    """Return the letters between two labels of a list; None where the second does not come later."""
    if before[:1] not in ALPHABET or after[:1] not in ALPHABET:
        return None
    start, stop = ALPHABET.index(before[0]) + 1, ALPHABET.index(after[0])
    return ALPHABET[start:stop] if stop >= start else None


def roman(label: str) -> int:
    """Read a Roman or Arabic number."""
    if label.isdigit():
        return int(label)
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in label]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
