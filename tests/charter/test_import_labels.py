"""Labels at the start of a line: what is one, what only looks like one, and the order of letters and numbers."""

from __future__ import annotations

import pytest

from dean06.charter.importing import labels


@pytest.mark.parametrize(
    ("line", "kind", "text", "rest"),
    [
        ("Chương I", "chapter", "I", ""),
        ("CHƯƠNG XIV: QUY ĐỊNH CHUNG", "chapter", "XIV", "QUY ĐỊNH CHUNG"),
        ("Chương 2 – Việc", "chapter", "2", "Việc"),
        ("Mục 1. LÃNH ĐẠO", "section", "1", "LÃNH ĐẠO"),
        ("MỤC II", "section", "II", ""),
        ("Điều 1. Phạm vi", "article", "1", "Phạm vi"),
        ("ĐIỀU 12: PHẠM VI", "article", "12", "PHẠM VI"),
        ("Điều 3a) phạm vi", "article", "3a", "phạm vi"),
        ("Điều 4 Phạm vi", "article", "4", "Phạm vi"),
        ("Điều 5", "article", "5", ""),
        ("1.2. Việc", "numbers", "1.2", "Việc"),
        ("1.2.3) Việc", "numbers", "1.2.3", "Việc"),
        ("1. Việc", "clause", "1", "Việc"),
        ("2a) Việc", "clause", "2a", "Việc"),
        ("10/ Việc", "clause", "10", "Việc"),
        ("1.", "clause", "1", ""),
        ("a) Việc", "point", "a", "Việc"),
        ("đ. Việc", "point", "đ", "Việc"),
        ("a1) Việc", "point", "a1", "Việc"),
        ("- Việc", "dash", "-", "Việc"),
        ("–Việc", "dash", "–", "Việc"),
        ("+ Việc", "dash", "+", "Việc"),
        ("• Việc", "dash", "•", "Việc"),
        ("\uf02d Việc", "dash", "\uf02d", "Việc"),
    ],
)
def test_a_label_and_what_follows(line: str, kind: str, text: str, rest: str) -> None:
    assert labels.label_of(line) == labels.Label(kind, text, rest)


@pytest.mark.parametrize(
    "line",
    [
        *("Điều 4 của Luật", "Điều 4 Quy chế này", "Điều 4 Nghị định", "Điều 4 và Điều 5", "Điều 1234. X"),
        *("Chương I của Luật", "Chương II Luật khác", "Chương này", "Mục 1 nêu trên", "Mục 2 Thông tư"),
        *("05/4/2022", "1.500 đồng", "12", "a..", "ab) x", "Việc", "--- x", "-", "- ", ""),
    ],
)
def test_what_only_looks_like_a_label(line: str) -> None:
    assert labels.label_of(line) is None


@pytest.mark.parametrize(("text", "number"), [("3a", 3), ("12", 12), ("IV", 0), ("a1", 0), ("1.2", 1)])
def test_the_number_of_a_label(text: str, number: int) -> None:
    assert labels.Label("clause", text, "").number == number


@pytest.mark.parametrize("line", ["3", "- 12 -", "Trang 4", "trang 4 / 9", "4/9", "— 2022 —", ")", "…", "***", "[ ]"])
def test_stray(line: str) -> None:
    assert labels.is_stray(line) == (line not in ("…", "[ ]"))


@pytest.mark.parametrize("line", ["12345", "Trang bìa", "3 việc", ").,;:", "x"])
def test_not_stray(line: str) -> None:
    assert not labels.is_stray(line)


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        *(("a", "b", ""), ("a", "c", "b"), ("d", "e", "đ"), ("d", "đ", ""), ("e", "g", "f"), ("x", "z", "y")),
        *(("b", "a", None), ("a", "a", None), ("1", "b", None), ("a", "1", None), ("c1", "e2", "dđ"), ("w", "x", "")),
    ],
)
def test_letters_between(before: str, after: str, between: str | None) -> None:
    assert labels.letters_between(before, after) == between


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("I", 1),
        ("IV", 4),
        ("VI", 6),
        ("IX", 9),
        ("XIV", 14),
        ("XL", 40),
        ("LX", 60),
        ("XC", 90),
        ("CXX", 120),
        ("7", 7),
    ],
)
def test_roman(label: str, number: int) -> None:
    assert labels.roman(label) == number


@pytest.mark.parametrize(
    ("text", "upper", "lower", "capitals"),
    [
        ("Việc", True, False, False),
        ("việc", False, True, False),
        ("«Việc»", True, False, False),
        ("«việc»", False, False, False),
        ("12 việc", False, False, False),
        ("VIỆC 12", True, False, True),
        ("12", False, False, False),
        ("", False, False, False),
    ],
)
def test_capitals(text: str, upper: bool, lower: bool, capitals: bool) -> None:  # noqa: FBT001  a table's columns
    assert (labels.is_upper(text), labels.is_lower(text), labels.all_capitals(text)) == (upper, lower, capitals)
