"""Files printed to PDF by LibreOffice, which we did not write: the PDF checker says of them what it says of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dean06.papers.checks.checklist import check_pdf
from dean06.papers.docx.file import render_docx
from dean06.papers.forms.catalogue import catalogue
from harness.libreoffice import missing, printed
from papers import planting
from papers.golden_pages import issued
from papers.houses import GROUPS

PLANTED = YAML(typ="safe").load(Path(__file__).with_name("planted.yaml"))
# What printing itself takes away or adds, so that the file no longer says it: why, by name.
LOST = {
    "bottom_margin": "a page that ends before its margin does not show it",
    "font_of_marked_letters": "LibreOffice sets all letters in the first font",
    "font": "another font is wider, so the line under the motto is no longer as long as the motto",
    "theme_font": "another font is wider, so lines break elsewhere",
    "tabs_nation_size": "the larger line no longer fits its tab stop",
}

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(missing(), reason="needs LibreOffice: apt-get install libreoffice-writer"),
]


def test_sound_files_depart_in_nothing_when_printed_elsewhere(tmp_path: Path) -> None:
    for name, make in planting.SOUND.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    for code in catalogue():
        (tmp_path / f"form_{code}.docx").write_bytes(render_docx(issued(next(iter(GROUPS)), code)))
    found = {name: [each.sentence() for each in check_pdf(data)] for name, data in printed(tmp_path).items()}
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def test_planted_departures_are_found_when_printed_elsewhere(tmp_path: Path) -> None:
    cases = {case["gieo"]: case for case in PLANTED if case["tep"] == "docx" and case["gieo"] not in LOST}
    for name, case in cases.items():
        (tmp_path / f"{name}.docx").write_bytes(planting.planted(name, case["van_ban"]))
    for name, data in printed(tmp_path).items():
        case = cases[name]
        named = {(each.rule, each.part) for each in check_pdf(data)}
        brought = {(each["quy_tac"], each["phan"]) for each in case.get("keo_theo", ())}
        asked = (case["quy_tac"], case["phan"])
        assert asked in named, name
        assert named <= {asked, *brought}, name
