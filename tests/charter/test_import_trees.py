"""How the rows of a text become its tree, one case a text of `cases/imports.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service
from dean06.charter.importing.lines import Document, Line
from dean06.charter.importing.nodes import walk
from dean06.charter.importing.regulation import import_document

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("imports.yaml"))


def _rows(nodes: tuple[service.Node, ...], depth: int = 0) -> Iterator[str]:
    for node in nodes:
        said = f"{node.heading} | {node.text}" if node.heading and node.text else node.heading or node.text
        yield "  " * depth + f"{node.kind} {node.cite or node.label}: {said}".replace("\n", " / ").rstrip()
        yield from _rows(node.children, depth + 1)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_tree(case: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "quy-che.txt").write_text(case["text"], "utf-8")
    imported = service.import_regulation(tmp_path / "quy-che.txt")
    assert list(_rows(imported.provisions)) == [row.rstrip() for row in case["tree"].splitlines()]
    assert [f"{one.where} {one.code}" for one in imported.warnings] == case["warns"]


COUNTED = ["khoản", "điều", "điểm", "chương", "mục", "số", "ngày", "tháng", "năm", "quý", "lần", "thứ"]
OPEN = [
    *("và", "hoặc", "với", "của", "tại", "theo", "cho", "về"),
    *("trong", "giữa", "từ", "đến", "các", "những", "là", "do"),
    *("bằng", "trên", "dưới", "khi", "nếu", "để", "được", "bởi"),
    *("vào", "ở", "như", "hay", "phải", "cùng", "qua", "thuộc"),
]


def _clauses(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / "quy-che.txt").write_text(f"QUY CHẾ\n\nĐiều 1. Một\n\n1. {text}\n", "utf-8")
    article = service.import_regulation(tmp_path / "quy-che.txt").provisions[0].children[0]
    return {node.label: node.text for node in article.children}


@pytest.mark.parametrize("word", [*COUNTED, *OPEN])
def test_a_sentence_goes_on_behind_a_word_that_wants_another(tmp_path: Path, word: str) -> None:
    assert _clauses(tmp_path, f"Việc làm {word}\n\nTổ công tác.\n\n2. Hai.") == {
        "1": f"Việc làm {word} Tổ công tác.",
        "2": "Hai.",
    }


@pytest.mark.parametrize("word", COUNTED)
def test_a_number_behind_a_word_that_counts_begins_no_clause(tmp_path: Path, word: str) -> None:
    assert _clauses(tmp_path, f"Việc nêu ở {word}\n\n2. Hai.") == {"1": f"Việc nêu ở {word} 2. Hai."}


def test_an_article_of_one_row_has_a_text_and_no_heading(tmp_path: Path) -> None:
    rows = ["QUY CHẾ", "Chương I", "MỘT", "Mục 1", "PHẦN ĐẦU", "Điều 1. Một câu.", "Chương II", "HAI"]
    rows += ["Điều 2. Hai câu.", "Điều 3. Ba", "1. Khoản.", "Điều 4. Bốn", "Lời của điều.", "Điều 5."]
    (tmp_path / "quy-che.txt").write_text("\n\n".join(rows), "utf-8")
    provisions = service.import_regulation(tmp_path / "quy-che.txt").provisions
    articles = [node for node in walk(provisions) if node.kind == "article"]
    assert [(node.heading, node.text) for node in articles] == [
        *(("", "Một câu."), ("", "Hai câu."), ("Ba", ""), ("Bốn", "Lời của điều."), ("", "")),
    ]


def _provisions(*rows: tuple[str, bool]) -> tuple[service.Node, ...]:
    """Read lines, each with whether it is a row of a table."""
    lines = tuple(Line(text, f"đoạn {at}", 1, whole=whole) for at, (text, whole) in enumerate(rows, 1))
    return import_document(Document("quy-che.docx", "docx", "", lines)).provisions


def _read(*rows: tuple[str, bool]) -> list[str]:
    return list(_rows(_provisions(*rows)))


def test_a_row_of_a_table_is_a_paragraph_whatever_it_begins_with() -> None:
    rows = [("QUY CHẾ", False), ("Điều 1. Lịch", False), ("1. Lịch họp", False)]
    table = [("2. Quý | Ngày", True), ("a) I | 05", True), ("và sau đó", True), ("- II | 06", True)]
    assert _read(*rows, *table, ("2. Hai.", False)) == [
        "part QC: QUY CHẾ",
        "  article 1: Lịch",
        "    clause 1.1: Lịch họp",
        "      paragraph : 2. Quý | Ngày",
        "      paragraph : a) I | 05",
        "      paragraph : và sau đó",
        "      paragraph : - II | 06",
        "    clause 1.2: Hai.",
    ]


def test_a_text_that_begins_with_a_row_of_a_table_keeps_it_above_its_articles() -> None:
    rows = [("QUY CHẾ", False), ("Điều 1. Việc | Tổ", True), ("của tổ", False), ("Lời dẫn.", True)]
    rows += [("Điều 1. Một", False), ("Việc.", False)]
    assert [node.heading for node in walk(_provisions(*rows))] == ["QUY CHẾ", "", "", "Một"]
    assert _read(*rows) == [
        "part QC: QUY CHẾ",
        "  paragraph : Điều 1. Việc | Tổ của tổ",
        "  paragraph : Lời dẫn.",
        "  article 1: Một | Việc.",
    ]


def test_a_table_of_an_appendix_is_kept_row_by_row() -> None:
    rows = [("QUY CHẾ", False), ("Điều 1. Một.", False), ("PHỤ LỤC", False)]
    assert _read(*rows, ("Mẫu | một", True), ("Mẫu | hai", True))[-3:] == [
        "part PL: PHỤ LỤC",
        "  paragraph : Mẫu | một",
        "  paragraph : Mẫu | hai",
    ]
