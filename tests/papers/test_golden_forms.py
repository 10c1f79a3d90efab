"""Golden pages: every form for both districts' groups and a commune's, as text and as pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from dean06.papers.checks.checklist import check_docx
from dean06.papers.docx.file import render_docx
from dean06.papers.forms.catalogue import catalogue
from dean06.papers.pdf import file as pdf_file
from dean06.papers.pdf.file import render_pdf
from dean06.papers.printing.layout import LAYOUT
from harness.libreoffice import missing, printed
from papers.golden_pages import issued, moved, pictures, places, sheet, tile, written
from papers.houses import GROUPS
from papers.reading import docx_lines, expected_lines, first_difference, letters, poppler_pages, table_headers
from papers.samples import CREATED

CODES = list(catalogue())
FEW = 6  # points of 5,760 that another poppler may draw otherwise
FIRST, *OTHERS = GROUPS
EVERY = [
    *((FIRST, code) for code in CODES),
    *(pytest.param(group, code, marks=pytest.mark.proof) for group in OTHERS for code in CODES),
]


@pytest.mark.parametrize(("group", "code"), EVERY)
def test_a_form_says_its_golden_text_in_both_files_and_its_pages_look_as_they_did(group: str, code: str) -> None:
    paper = issued(group, code)
    docx, pdf = render_docx(paper), render_pdf(paper, CREATED)
    count, _, golden = written(group)[code].partition("\n")
    assert "\n".join(docx_lines(docx)) + "\n" == golden
    expected = letters("".join(expected_lines(paper)))
    assert letters(golden) == expected
    assert first_difference(poppler_pages(pdf), expected, table_headers(paper)) == ""
    assert check_docx(docx) == ()
    pages, (start, _) = pictures(pdf), places(group)[code]
    assert len(pages) == int(count)
    differ = [moved(page, tile(group, start + at)) for at, page in enumerate(pages)]
    assert max(differ) <= FEW, f"pages changed by {differ} points: see papers.golden_pages"


@pytest.mark.parametrize("group", GROUPS)
def test_the_golden_files_hold_every_form_once_and_are_small(group: str) -> None:
    assert list(written(group)) == CODES
    start, count = places(group)[CODES[-1]]
    assert start + count <= sheet(group).width * sheet(group).height // (64 * 90)
    folder = Path(__file__).parent / "golden"
    assert sum(path.stat().st_size for path in folder.glob("forms-*.txt")) < 300_000
    assert sum(path.stat().st_size for path in folder.glob("forms-*.png")) < 150_000


def test_a_block_that_moves_by_three_millimetres_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    golden = tile(FIRST, places(FIRST)["decision_direct"][0])
    lower = replace(LAYOUT, signing_gap_pt=LAYOUT.signing_gap_pt + 8.5)
    monkeypatch.setattr(pdf_file, "LAYOUT", lower)
    (page,) = pictures(render_pdf(issued(FIRST, "decision_direct"), CREATED))
    assert moved(page, golden) > FEW


@pytest.mark.proof
def test_every_docx_opens_in_libreoffice_with_the_pages_of_the_pdf(tmp_path: Path) -> None:
    if missing():
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer-nogui")
    counts = {}
    for group in GROUPS:
        for code in CODES:
            paper = issued(group, code)
            tmp_path.joinpath(f"{group}-{code}.docx").write_bytes(render_docx(paper))
            counts[f"{group}-{code}"] = len(PdfReader(io.BytesIO(render_pdf(paper, CREATED))).pages)
    made = {name: len(PdfReader(io.BytesIO(file)).pages) for name, file in printed(tmp_path).items()}
    assert made == counts
