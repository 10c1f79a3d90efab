"""Strategies that make papers of awkward text: stacked marks, quotes, markup of every kind, very long words."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import strategies as st

from dean06.papers.errors import PaperRefused
from dean06.papers.printing.letters import printable
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import CopyForm, CopyMark, Paper, Signature, SignForm
from dean06.papers.writing.sections import (
    Align,
    BulletList,
    Column,
    Outline,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    capitals,
    plain,
    prose,
)
from papers.samples import CREATED, monthly_report

MARKUP = "#$*_@<>[]\\`~=/+-{}()|&%^!?:;.,'\"“”‘’«»–—…§"
VIETNAMESE = "ắẶẩỄộỢữỵĐđƯ ươ ỳỸ ạ ộ"
LETTERS = [
    chr(code)
    for code in sorted(printable())
    if code > 32 and unicodedata.category(chr(code)) != "Mn" and len(unicodedata.normalize("NFC", chr(code))) == 1
]
_letters = st.one_of(
    st.sampled_from(MARKUP),
    st.sampled_from(VIETNAMESE),
    st.sampled_from("abc XYZ 019 "),
    st.sampled_from(LETTERS),
)
_raw = st.one_of(
    st.text(_letters, min_size=1, max_size=60),
    st.text(st.sampled_from(VIETNAMESE), min_size=1, max_size=20).map(
        lambda value: unicodedata.normalize("NFD", value)
    ),
    st.sampled_from(
        ["Nguyễn" + "Thị" * 40, "x" * 150, "#set page(height: 1cm)", "\\u{0}", "</w:t>&lt;", "]]>", "= I. 1. a) - b"]
    ),
)


def _says_something(text: str) -> bool:
    try:
        return bool(Paragraph((Run(text),)).words)
    except PaperRefused:
        return False


def _has_capitals(text: str) -> bool:
    try:
        return bool(capitals(text, ""))
    except PaperRefused:
        return False


text = _raw.map(lambda value: " ".join(value.split())).filter(_says_something)
titles = text.filter(_has_capitals)
codes = st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True)
runs = st.builds(Run, text, st.booleans(), st.booleans())
refs = st.builds(Ref, st.just("0"), codes)


def _one_number_a_code(words: list[Run | Ref]) -> Words:
    """A code stands for one number through a whole paper."""
    return tuple(Ref(str(int(word.ref, 36)), word.ref) if isinstance(word, Ref) else word for word in words)


words = (
    st.lists(st.one_of(runs, refs), min_size=1, max_size=4)
    .map(_one_number_a_code)
    .filter(lambda value: bool(plain(value).strip()))
)
paragraphs = st.builds(Paragraph, words)
bullets = st.builds(BulletList, st.lists(words, min_size=1, max_size=3).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    wide = draw(st.integers(1, 3))
    columns = tuple(
        Column(draw(text), draw(st.sampled_from([1.0, 2.0])), draw(st.sampled_from(Align))) for _ in range(wide)
    )
    cells = st.one_of(st.tuples(runs), st.tuples(refs).map(_one_number_a_code), st.just(()))
    rows = tuple(tuple(draw(cells) for _ in range(wide)) for _ in range(draw(st.integers(1, 3))))
    return Table(draw(text), columns, rows, draw(st.sampled_from(["", "người"])))


blocks = st.one_of(paragraphs, bullets, tables())


@st.composite
def bodies(draw: st.DrawFn, outline: Outline, prefix: str = "m", end: tuple[Paragraph, ...] = ()):
    """A body whose sections go as deep as the outline allows; `end` stands in the last of them."""
    count = iter(range(1000))

    def section(depth: int) -> Section:
        title = draw(text if depth <= outline.above else st.one_of(st.just(""), text))
        own = tuple(draw(st.lists(blocks, max_size=2)))
        own = own if title else (draw(paragraphs), *own)
        below = draw(st.integers(0, 2)) if depth < outline.deepest else 0
        return Section(f"{prefix}{next(count)}", title, own, tuple(section(depth + 1) for _ in range(below)))

    opening = tuple(draw(st.lists(blocks, min_size=1, max_size=2)))
    sections = tuple(section(1) for _ in range(draw(st.integers(0, 2))))
    last = (Section(f"{prefix}het", "Hết", end),) if end else ()
    return (*opening, *sections, *last)


@st.composite
def attachments(draw: st.DrawFn, prefix: str) -> Attachment:
    form, outline = draw(st.sampled_from(Attached)), draw(st.sampled_from(Outline))
    return Attachment(
        form=form,
        title=draw(titles),
        abstract=draw(text) if form is Attached.TEXT else "",
        outline=outline,
        body=draw(bodies(outline, prefix, (prose("Hết phần kèm theo."),))),
        landscape=draw(st.booleans()),
    )


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    outline = draw(st.sampled_from(Outline))
    mark = CopyMark(form=draw(st.sampled_from(CopyForm)), agency=draw(text), at=CREATED)
    return monthly_report(
        abstract=draw(text),
        issued_on=draw(st.dates(date(2022, 1, 1), date(2035, 12, 31))),
        number=draw(st.integers(1, 2000)),
        outline=outline,
        body=draw(bodies(outline)),
        closing=Paragraph((Run("Trên đây là báo cáo của Tổ công tác"),)),
        signature=Signature(form=SignForm.OWN, title="Tổ trưởng", name=draw(text)),
        second=draw(st.one_of(st.none(), st.builds(Signature, title=titles, name=text))),
        drafter=draw(st.one_of(st.just(""), text)),
        copy_mark=draw(st.one_of(st.none(), st.just(mark))),
        attachments=tuple(draw(attachments(f"k{at}x")) for at in range(draw(st.integers(0, 2)))),
    )
