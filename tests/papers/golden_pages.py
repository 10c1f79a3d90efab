"""The golden pages of all forms: their text in one file a group, their pictures in one sheet of small grey pages.

After a change that is meant, write them anew, then look at what changed:

    PYTHONPATH=src:tests python -m papers.golden_pages
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image

from dean06.papers.docx.file import render_docx
from dean06.papers.forms.catalogue import catalogue
from dean06.papers.pdf.file import render_pdf
from dean06.papers.writing.composing import compose
from dean06.papers.writing.document import Paper
from papers.houses import GROUPS, house_for
from papers.reading import docx_lines
from papers.samples import CREATED

GOLDEN = Path(__file__).parent / "golden"
WIDE, HIGH, ACROSS, GREYS = 64, 90, 10, 16
HEADING = "######## "
BY_LEADER_ALONE = {"delegation", "sign_assignment"}  # nobody hands a power on to themselves
_PICTURE = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


def issued(group: str, code: str) -> Paper:
    """A form filled with its example, signed and numbered by one of the made-up groups."""
    form = catalogue()[code]
    house = house_for(group, form.issued_by)
    if form.code in BY_LEADER_ALONE and house.signature.signed_for:
        house = replace(house, signature=GROUPS["quang-ninh"].signature)
    paper = compose(form, form.examples(), house)
    return replace(paper, draft=False, number=7, issued_on=date(2026, 3, 9))


def pictures(pdf: bytes) -> list[Image.Image]:
    """Every page in few grey points, as poppler draws it."""
    size = ["-scale-to-x", str(WIDE), "-scale-to-y", str(HIGH)]
    drawn = subprocess.run(["pdftoppm", "-gray", *size], input=pdf, capture_output=True, check=True).stdout
    pages = []
    while drawn:
        found = _PICTURE.match(drawn)
        if found is None:
            raise ValueError("poppler drew something else than grey pages")
        end = found.end() + int(found[1]) * int(found[2])
        pages.append(Image.frombytes("L", (int(found[1]), int(found[2])), drawn[found.end() : end]))
        drawn = drawn[end:]
    return pages


def moved(page: Image.Image, golden: Image.Image) -> int:
    """How many points of a page are another grey than they were, beyond what a newer poppler might draw."""
    pairs = zip(page.tobytes(), golden.tobytes(), strict=True)
    return sum(abs(now - before) > 48 for now, before in pairs)


def written(group: str) -> dict[str, str]:
    """The golden text of each form of a group."""
    parts = GOLDEN.joinpath(f"forms-{group}.txt").read_text(encoding="utf-8").split(HEADING)[1:]
    return {head: text for head, _, text in (part.partition("\n") for part in parts)}


@cache
def sheet(group: str) -> Image.Image:
    """The golden sheet of a group's pages."""
    with Image.open(GOLDEN / f"forms-{group}.png") as image:
        return image.convert("L")


def tile(group: str, at: int) -> Image.Image:
    """One page of a golden sheet."""
    left, top = at % ACROSS * WIDE, at // ACROSS * HIGH
    return sheet(group).crop((left, top, left + WIDE, top + HIGH))


@cache
def places(group: str) -> dict[str, tuple[int, int]]:
    """Where the pages of each form stand on the sheet: the first, and how many."""
    counts = {code: int(text.partition("\n")[0]) for code, text in written(group).items()}
    starts = [sum(list(counts.values())[:at]) for at in range(len(counts))]
    return {code: (start, counts[code]) for code, start in zip(counts, starts, strict=True)}


def write(group: str) -> None:
    """Write both golden files of a group."""
    texts, pages = [], []
    for code in catalogue():
        paper = issued(group, code)
        drawn = pictures(render_pdf(paper, CREATED))
        texts.append("\n".join((f"{HEADING}{code}", str(len(drawn)), *docx_lines(render_docx(paper)), "")))
        pages += drawn
    whole = Image.new("L", (ACROSS * WIDE, -(-len(pages) // ACROSS) * HIGH), 255)
    for at, page in enumerate(pages):
        whole.paste(page, (at % ACROSS * WIDE, at // ACROSS * HIGH))
    GOLDEN.joinpath(f"forms-{group}.txt").write_text("".join(texts), encoding="utf-8")
    whole.quantize(GREYS).save(GOLDEN / f"forms-{group}.png", optimize=True)


if __name__ == "__main__":
    for each in GROUPS:
        write(each)
