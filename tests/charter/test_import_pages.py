"""A .pdf as lines: page by page, without page numbers, without what the pages repeat, and never a scanned one."""

from __future__ import annotations

import importlib
import io
import logging
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from dean06.charter.importing import documents, pdf_files
from dean06.charter.importing.lines import Line
from dean06.clock.errors import HouseError

LONG = "Thanh vien cua to cong tac giu so sach cua xa."
FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Courier"),
    }
)


def _pdf(*pages: list[str], locked_by: str | None = None) -> bytes:
    """Make a PDF whose pages have these rows."""
    writer = PdfWriter()
    for rows in pages:
        page = writer.add_blank_page(width=600, height=800)
        shown = "".join(f"BT /F1 10 Tf 20 {780 - 20 * at} Td ({row}) Tj ET\n" for at, row in enumerate(rows))
        stream = DecodedStreamObject()
        stream.set_data(shown.encode("ascii"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if locked_by is not None:
        writer.encrypt(locked_by, "owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _lines(tmp_path: Path, data: bytes) -> tuple[Line, ...]:
    (tmp_path / "a.pdf").write_bytes(data)
    return documents.read_document(tmp_path / "a.pdf").lines


def _texts(tmp_path: Path, *pages: list[str]) -> list[list[str]]:
    """Read pages and return their rows, page by page; an empty page gives none."""
    lines = _lines(tmp_path, _pdf(*pages))
    return [[line.text for line in lines if line.place == f"trang {at}"] for at in range(1, len(pages) + 1)]


def test_a_line_knows_its_page_and_the_first_of_a_page_stands_apart(tmp_path: Path) -> None:
    lines = _lines(tmp_path, _pdf(["Dieu 1.  Mot", LONG, "Hai"], ["Ba"]))
    assert [(line.text, line.place, line.gap) for line in lines] == [
        ("Dieu 1. Mot", "trang 1", 3),
        (LONG, "trang 1", 0),
        ("Hai", "trang 1", 0),
        ("Ba", "trang 2", 3),
    ]
    assert [line.room for line in lines] == [None, 24, -9, 35]


def test_empty_rows_are_no_lines(tmp_path: Path) -> None:
    assert _texts(tmp_path, [LONG, "   ", "Hai"], [" "], ["Ba"]) == [[LONG, "Hai"], [], ["Ba"]]


@pytest.mark.parametrize(("first", "second", "read"), [(20, 19, False), (20, 20, True), (0, 39, False), (40, 0, True)])
def test_a_file_with_fewer_than_forty_letters_is_a_scanned_one(
    tmp_path: Path, first: int, second: int, *, read: bool
) -> None:
    data = _pdf(["x" * first], ["y" * second])
    if read:
        assert sum(len(line.text) for line in _lines(tmp_path, data)) == 40
    else:
        with pytest.raises(HouseError, match="OCR"):
            _lines(tmp_path, data)


def test_page_numbers_at_the_edges_of_a_page_are_left_out_and_others_stay(tmp_path: Path) -> None:
    pages = (["2", "- 2 -", LONG, "3", "Hai", "Trang 2/5", "2"], ["Ba", "4"])
    assert _texts(tmp_path, *pages) == [[LONG, "3", "Hai"], ["Ba"]]


def test_what_stands_first_or_last_on_most_pages_is_left_out(tmp_path: Path) -> None:
    pages = [["Dau", f"{LONG} {at}x", "Giua", f"Viec {at}x", "Cuoi"] for at in range(3)]
    assert _texts(tmp_path, *pages) == [[f"{LONG} {at}x", "Giua", f"Viec {at}x"] for at in range(3)]
    assert _texts(tmp_path, *pages[:2]) == pages[:2]


def test_what_stands_second_or_last_but_one_stays(tmp_path: Path) -> None:
    pages = [["Dau", "Nhi", f"{LONG} {at}x", "Viec", "Cuoi"] for at in range(3)]
    assert _texts(tmp_path, *pages) == [["Nhi", f"{LONG} {at}x", "Viec"] for at in range(3)]


def test_a_page_of_nothing_but_furniture_is_empty(tmp_path: Path) -> None:
    pages = [["Dau", LONG, "Cuoi"], ["Dau", "2", "Cuoi"], ["Dau", "Viec", "Cuoi"]]
    assert _texts(tmp_path, *pages) == [[LONG], [], ["Viec"]]


@pytest.mark.parametrize(
    ("pages", "with_header", "repeats"), [(5, 3, True), (5, 2, False), (9, 5, False), (9, 6, True)]
)
def test_most_pages_are_six_in_ten(tmp_path: Path, pages: int, with_header: int, *, repeats: bool) -> None:
    rows = [[*(["Dau"] if at < with_header else []), f"{LONG} {at}x", f"Viec {at}x"] for at in range(pages)]
    read = _texts(tmp_path, *rows)
    assert sum("Dau" in page for page in read) == (0 if repeats else with_header)
    assert [page[-2:] for page in read] == [page[-2:] for page in rows]


def test_a_row_that_is_both_first_and_last_counts_once_a_page(tmp_path: Path) -> None:
    pages = [["Dau"], ["Dau"], [f"{LONG} mot"], ["Hai viec"], ["Ba viec"]]
    assert _texts(tmp_path, *pages) == pages


@pytest.mark.parametrize(("pages", "why"), [(300, "OCR"), (301, "có 301 trang, quá 300 trang")])
def test_a_file_has_three_hundred_pages_at_most(tmp_path: Path, pages: int, why: str) -> None:
    with pytest.raises(HouseError, match=why):
        _lines(tmp_path, _pdf(*([] for _ in range(pages))))


def test_a_file_that_is_locked_against_change_alone_is_read(tmp_path: Path) -> None:
    assert [line.text for line in _lines(tmp_path, _pdf([LONG], locked_by=""))] == [LONG]
    with pytest.raises(HouseError, match="mật khẩu"):
        _lines(tmp_path, _pdf([LONG], locked_by="x"))


def test_the_reader_of_pdf_files_says_nothing_by_itself() -> None:
    logger = logging.getLogger("pypdf")
    logger.setLevel(logging.NOTSET)
    importlib.reload(pdf_files)
    assert logger.level == logging.ERROR
