"""A booklet: a text clause by clause with what is read out of it beside it, as PDF/A. It is no administrative paper."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from dean06.papers.printing.layout import FONT_DESCENT, SINGLE_LINE
from dean06.papers.printing.letters import FAMILY
from dean06.papers.printing.typesetting import set_pdf
from dean06.papers.writing.sections import clean

TEMPLATE = "tap.typ"


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
    data = asdict(booklet) | {"font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE}}
    return set_pdf(TEMPLATE, data, created)
