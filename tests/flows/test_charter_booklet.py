"""A charter as PDF: everything it says and is read as, its hash at the foot, the same bytes for the same charter."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from dean06.charter import service as charters
from dean06.flows import charter_booklet

AT = datetime(2022, 8, 20, tzinfo=UTC)


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("name", ["quang-ninh-2022", "xuan-truong-2022", "cap-xa", "noi-quy"])
def test_the_whole_charter_is_on_paper(name):
    charter = charters.load(name)
    booklet = charter_booklet.booklet(charter)
    said = {passage.text for part in booklet.parts for passage in part.passages}
    for node in charters.tree(charter):
        stack = [node]
        while stack:
            one = stack.pop()
            stack.extend(one.children)
            assert one.summary.vi in said or not one.summary.vi
    readings = [reading for part in booklet.parts for passage in part.passages for reading in passage.readings]
    notes = [note for part in booklet.parts for passage in part.passages for note in passage.notes]
    notes += [value for term, value in booklet.about if term.startswith("Lưu ý")]
    assert (len(readings), len(notes)) == (len(charter.norms), len(charter.notes))


def test_the_pdf_is_an_archive_copy_with_the_hash_on_every_page():
    charter = charters.load("xuan-truong-2022")
    pdf = charter_booklet.charter_pdf(charter, AT)
    assert pdf == charter_booklet.charter_pdf(charter, AT)
    assert b"pdfaid:part>2" in pdf.replace(b"\n", b"")
    text = _text(pdf)
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    assert text.count(charter.hash) == pages
    for words in (
        "Hạn: trước ngày 12 hằng tháng",
        "TM. ỦY BAN NHÂN DÂN HUYỆN XUÂN TRƯỜNG",
        "Lưu ý O-03",
        "chưa áp dụng",
    ):
        assert words in text


def test_a_template_says_what_it_is():
    assert charter_booklet.booklet(charters.load("cap-tinh")).warning.startswith("Mẫu")


def test_the_moment_needs_an_offset():
    with pytest.raises(ValueError, match="offset"):
        charter_booklet.charter_pdf(charters.load("cap-xa"), datetime(2022, 8, 20))  # noqa: DTZ001  the point of the test
