"""A paper as it will be printed, in the layout of Decree 30/2020: a preview, never the paper itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table of the paper: its heads, and its cells; `in_words` where they are sentences, not numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    in_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its paragraphs; words may carry `<a class="trace">` links from a number to its source."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The parts of a paper, each a line or lines as they will stand."""

    template: ClassVar[str] = "dean06/parts/paper.html"
    above: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    place_and_day: str
    kind: str
    subject: str
    sections: tuple[Section, ...]
    recipients: tuple[str, ...]
    sign_form: tuple[str, ...]
    slot: str
    signer: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    note: str = ""
