"""What must always hold: a printed tree comes back as it was, however its lines are broken; no bytes crash it."""

from __future__ import annotations

import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dean06.charter import service
from dean06.charter.importing.lines import Document, number_lines
from dean06.charter.importing.nodes import Node, walk
from dean06.charter.importing.regulation import import_document
from dean06.clock.errors import HouseError

WORDS = (
    *(
        "lịch",
        "họp",
        "sổ",
        "việc",
        "thôn",
        "bản",
        "làng",
        "kho",
        "giấy",
        "bút",
        "bàn",
        "ghế",
        "mực",
        "đèn",
        "cửa",
        "sân",
    ),
    *("Sông", "Mây", "An", "Lộc", "Phòng", "Đo", "đạc", "Đội", "2022", "-", "2025", "(sổ", "cũ)", "05/4/2022", "3,5"),
    *("12/BC-TCT", "Điều", "khoản", "và", "của", "theo", "với"),
)
ROWS = (
    *("Điều 1.", "Điều 2. Hai", "Chương I", "1.", "2. Hai", "a)", "đ) Đê", "- ", "+ x", "3", ")", "", "\f", "QUY CHẾ"),
    *("QUYẾT ĐỊNH:", "Nơi nhận:", "TM. UBND", "Căn cứ Luật;", "hết./.", "PHỤ LỤC", "Mục 1", "việc Điều 9 khoản"),
)
LETTERS = "abcdđeghiklm"

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=24).map(
    lambda words: "Lo " + " ".join(words).strip(" -") + " xong"
)
Tree = list[tuple[str, list[tuple[str, list[str], list[str]]]]]  # heading; clauses: text, points, paragraphs


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Draw articles with clauses, points and paragraphs below them."""
    articles = []
    for _ in range(draw(st.integers(1, 4))):
        clauses = []
        for _ in range(draw(st.integers(1, 4))):
            points = draw(st.lists(sentences, max_size=4)) if draw(st.booleans()) else []
            paragraphs = draw(st.lists(sentences, max_size=2)) if not points else []
            clauses.append((draw(sentences), points, paragraphs))
        articles.append((draw(sentences), clauses))
    return articles


def printed(tree: Tree) -> list[str]:
    """Print a tree as a regulation is printed, one paragraph a row."""
    rows = ["QUY CHẾ"]
    for number, (heading, clauses) in enumerate(tree, 1):
        rows.append(f"Điều {number}. {heading}")
        for at, (text, points, paragraphs) in enumerate(clauses, 1):
            rows.append(f"{at}. {text}{':' if points or paragraphs else '.'}")
            rows += [f"{LETTERS[n]}) {point};" for n, point in enumerate(points)]
            rows += [f"{paragraph}." for paragraph in paragraphs]
    return rows


def read(text: str) -> tuple[Node, ...]:
    """Import a text."""
    return import_document(Document("a.txt", "txt", "", number_lines(text.split("\n")))).provisions


def tree_of(nodes: tuple[Node, ...]) -> Tree:
    """Return what was imported in the form it was drawn."""
    articles = [node for node in walk(nodes) if node.kind == "article"]
    return [
        (
            article.heading,
            [
                (
                    clause.text.rstrip(".:"),
                    [point.text.rstrip(";") for point in clause.children if point.kind == "point"],
                    [child.text.rstrip(".") for child in clause.children if child.kind == "paragraph"],
                )
                for clause in article.children
            ],
        )
        for article in articles
    ]


def wrapped(row: str, width: int) -> str:
    """Break a row into lines, behind a hyphen too."""
    return textwrap.fill(row, width, break_long_words=False)


def labelled(tree: Tree) -> Tree:
    """Leave out paragraphs without a label: only blank lines show where they begin."""
    return [(heading, [(text, points, []) for text, points, _ in clauses]) for heading, clauses in tree]


@settings(max_examples=100)
@given(trees())
def test_a_printed_tree_comes_back_as_it_was(tree: Tree):
    assert tree_of(read("\n\n".join(printed(tree)))) == tree
    assert tree_of(read("\n".join(printed(labelled(tree))))) == labelled(tree)


@settings(max_examples=100)
@given(trees(), st.integers(0, 10**6))
def test_lines_broken_anywhere_change_nothing(tree: Tree, seed: int):
    random = Random(seed)  # noqa: S311  widths, not secrets
    rows = printed(tree)
    once = read("\n\n".join(rows))
    assert read("\n\n".join(wrapped(row, random.randint(20, 100)) for row in rows)) == once


@settings(max_examples=100)
@given(trees(), st.integers(30, 110))
def test_one_width_without_blank_lines_changes_nothing(tree: Tree, width: int):
    plain = labelled(tree)
    assert tree_of(read("\n".join(wrapped(row, width) for row in printed(plain)))) == plain


@settings(max_examples=60)
@given(trees(), st.integers(0, 10**6))
def test_a_page_break_within_a_sentence_changes_nothing(tree: Tree, seed: int):
    random = Random(seed)  # noqa: S311  places, not secrets
    rows = printed(tree)
    broken = []
    for row in rows:
        words = row.split(" ")
        places = [at for at in range(3, len(words)) if words[at][:1].islower()]
        at = random.choice(places) if places else len(words)
        broken.append(" ".join(words[:at]) + "\n\n\n\n" + " ".join(words[at:]))
    assert tree_of(read("\n\n".join(broken))) == tree


def taken(read_it: Callable[[], tuple[Node, ...]]) -> tuple[Node, ...] | int:
    """Return what was read, or the exit code of a refusal; anything else is a crash."""
    try:
        return read_it()
    except HouseError as refused:
        return refused.exit_code


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".docx", ".pdf"]))
def test_no_bytes_crash_the_importer(data: bytes, ending: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(data)
        assert taken(lambda: service.import_regulation(path).provisions)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(ROWS), max_size=30))
@example(["Điều 1.", "Chương I", "+ x"])
def test_no_order_of_labels_crashes_it(rows: list[str]):
    found = taken(lambda: read("\n".join(rows)))
    assert found == 3 or {node.label for node in found} <= {"QĐ", "QC", "PL"}
