"""A contract's parts in the reader's language, and their values as texts that a form shows and takes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dean06.sources.live import Difference
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.parts.tables import Column, Row, Table

NAMES: Mapping[str, tuple[str, str]] = {
    "title": ("Tên", "Title"),
    "system": ("Hệ thống", "System"),
    "subject": ("Mỗi dòng là", "A row is"),
    "person": ("Người được đối soát", "Who is matched"),
    "layout": ("Cấu trúc lấy từ", "Layout from"),
    "dates": ("Cách ghi ngày", "Grammar of dates"),
    "sex_codes": ("Mã giới tính", "Codes of sex"),
    "cadence": ("Kỳ nộp", "Cadence"),
    "legal": ("Mục đích, căn cứ, lưu giữ", "Purpose, grounds, retention"),
    "absence": ("Vắng tên nghĩa là", "What absence means"),
    "target": ("Diện đối tượng", "Whom it is for"),
    "key": ("Khóa của dòng", "Key of a row"),
    "also": ("Danh sách đọc cùng tệp", "Lists read from the same file"),
    "beside": ("Đi cùng danh sách", "Stands beside"),
    "recurs": ("Một người đứng ở nhiều dòng", "One person in several rows"),
    "keeps": ("Dòng vẫn đúng khi người đó", "A row stays right when one is"),
    "owner": ("Cơ quan trả lời", "Answerable agency"),
    "code": ("Mã", "Code"),
    "type": ("Kiểu", "Type"),
    "role": ("Dùng để đối soát như", "Matched as"),
    "part_of": ("Ghép vào cột", "Joined into"),
    "headers": ("Tiêu đề nhận ra", "Headings known"),
    "contains": ("Nhận ra khi tiêu đề có các chữ", "Known by the words it holds"),
    "lacks": ("Không nhận khi tiêu đề có chữ", "Not known where it holds"),
    "required": ("Bắt buộc", "Required"),
    "pattern": ("Mẫu", "Pattern"),
    "codes": ("Mã được ghi", "Codes"),
    "catalogue": ("Theo danh mục", "By the list of codes"),
    "dated_by": ("Danh mục theo ngày của cột", "Codes as of the field"),
    "sensitive": ("Nhạy cảm", "Sensitive"),
    "kind": ("Dạng luật", "Form of the rule"),
    "says": ("Câu báo lỗi", "What is said"),
    "severity": ("Mức", "Severity"),
    "source": ("Nguồn của luật", "Where it is from"),
    "earlier": ("Ngày trước", "The earlier date"),
    "later": ("Ngày sau", "The later date"),
    "least": ("Ít nhất", "At least"),
    "most": ("Nhiều nhất", "At most"),
    "when": ("Khi", "When"),
    "field": ("Cột", "Field"),
    "fields": ("Các cột", "Fields"),
    "by": ("Theo cột", "By the field"),
    "off": ("Tắt", "Turned off"),
}
TRUTH = {"True": ("có", "yes"), "False": ("không", "no")}

__all__ = ["differences_table", "lines", "name_of", "pairs", "sets", "text_of_lines", "text_of_pairs", "text_of_sets"]


def name_of(part: str) -> str:
    """Return the name of a part of a contract."""
    return words(*NAMES[part]) if part in NAMES else part


def lines(text: str) -> list[str]:
    """Return the lines of a text, each once, without what is blank."""
    return list(dict.fromkeys(kept for line in text.splitlines() if (kept := " ".join(line.split()))))


def text_of_lines(items: Iterable[object]) -> str:
    """Return items one a line."""
    return "\n".join(map(str, items))


def pairs(text: str) -> dict[str, str]:
    """Return the pairs of a text that has one `code = meaning` a line."""
    split = [line.partition("=") for line in lines(text)]
    return {code.strip(): meaning.strip() for code, _, meaning in split}


def text_of_pairs(told: Mapping[str, object]) -> str:
    """Return pairs one a line."""
    return "\n".join(f"{code} = {meaning}" for code, meaning in told.items())


def sets(text: str) -> list[list[str]]:
    """Return sets of words, one set a line, its words parted by commas."""
    return [[word.strip() for word in line.split(",") if word.strip()] for line in lines(text)]


def text_of_sets(told: Sequence[Sequence[str]]) -> str:
    """Return sets of words, one set a line."""
    return "\n".join(", ".join(one) for one in told)


def _shown(told: Sequence[str]) -> str:
    return "; ".join(words(*TRUTH[one]) if one in TRUTH else one for one in told) or "–"


def _where(one: Difference, titles: Mapping[str, str]) -> str:
    if one.part == "contract":
        return words("Hợp đồng", "Contract")
    kind = words("Cột", "Field") if one.part == "field" else words("Luật", "Rule")
    return f"{kind} {titles.get(f'{one.part}:{one.code}', one.code)}"


def _what(one: Difference) -> str:
    if one.name:
        return name_of(one.name)
    came = bool(one.after)
    return (
        chip("ok", words("thêm", "added"), with_sign="ok")
        if came
        else chip("warn", words("bỏ", "gone"), with_sign="dash")
    )


def differences_table(found: Sequence[Difference], bodies: Sequence[Mapping[str, Any]], caption: str) -> Table:
    """Return what two texts of a contract say differently, as a table."""
    titles = {
        f"{part}:{one.get('code')}": str((one.get("title") or one.get("says") or {}).get("vi", one.get("code")))
        for body in bodies
        for part, names in (("field", ("fields",)), ("rule", ("rules", "rules_off")))
        for name in names
        for one in body.get(name, ())
        if isinstance(one, Mapping)
    }
    return Table(
        caption=caption,
        columns=(
            Column(label=words("Ở", "Where"), kind="text"),
            Column(label=words("Điều khác", "What")),
            Column(label=words("Trước", "Before"), kind="text"),
            Column(label=words("Sau", "After"), kind="text"),
        ),
        rows=tuple(
            Row(cells=(_where(one, titles), _what(one), _shown(one.before), _shown(one.after))) for one in found
        ),
    )
