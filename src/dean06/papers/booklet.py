"""A booklet: a text clause by clause with what is read out of it beside it, as PDF/A. It is no administrative paper."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from dean06.papers.errors import PaperRefused
from dean06.papers.layout import FONT_DESCENT, SINGLE_LINE
from dean06.papers.letters import FAMILY, FONT_DIR
from dean06.papers.sections import clean

TEMPLATE = Path(__file__).parent / "typst" / "tap.typ"

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One rule read out of a clause: in one line, then its terms, each with a name."""

    title: str
    tag: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title, "quy phạm"))
        object.__setattr__(self, "tag", clean(self.tag, "quy phạm", empty=True))
        terms = tuple((clean(name, "quy phạm"), clean(value, "quy phạm")) for name, value in self.terms)
        object.__setattr__(self, "terms", terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause with its label as printed, how deep it stands, what is read out of it and what is odd in it."""

    label: str
    text: str
    depth: int = 0
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", clean(self.label, "nhãn", empty=True))
        object.__setattr__(self, "text", clean(self.text, "điều khoản", empty=True))
        object.__setattr__(self, "notes", tuple(clean(note, "lưu ý") for note in self.notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and the passages under it; level 1 is a chapter, level 2 an article."""

    title: str
    level: int
    passages: tuple[Passage, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title, "tiêu đề"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """Title, what must be known first, the parts, and the line at the foot of each page."""

    over: str
    title: str
    about: tuple[tuple[str, str], ...]
    warning: str
    heads: tuple[str, str]
    parts: tuple[Part, ...]
    foot: str
    author: str

    def __post_init__(self) -> None:
        for name in ("over", "title", "warning", "foot", "author"):
            object.__setattr__(self, name, clean(getattr(self, name), "tập"))
        about = tuple((clean(name, "tập"), clean(value, "tập")) for name, value in self.about)
        object.__setattr__(self, "about", about)


def render_booklet(booklet: Booklet, created: datetime) -> bytes:
    """Return the booklet as PDF/A-2a and PDF/UA-1; the same booklet and moment give the same bytes."""
    if created.tzinfo is None:
        raise ValueError("the moment of creation needs an offset")
    data = asdict(booklet) | {"font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE}}
    with _one_at_a_time:
        try:
            pdf = _compiler().compile(
                format="pdf",
                sys_inputs={"booklet": json.dumps(data, ensure_ascii=False)},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(created.timestamp()),
            )
        except typst.TypstError as error:
            raise PaperRefused("bản PDF", "không dựng được theo chuẩn PDF/A", "cannot be set as PDF/A") from error
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returns one PDF as bytes")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)
