"""What stands behind a paper in the same file: a text that it issues, or an annex, each on pages of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from dean06.papers.writing.sections import Block, Outline, Section, capitals, checked_body, clean

_CLOSED = ConfigDict(extra="forbid")


class Attached(StrEnum):
    """A text with a head of its own, as a regulation issued by a decision; or an annex (Phụ lục)."""

    TEXT = "text"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One text behind the paper.

    `title` is the type of a text (Quy chế) or the name of an annex; `abstract` says what a text is about. An annex with
    a wide table lies on its side.
    """

    form: Attached = Attached.ANNEX
    title: str
    abstract: str = ""
    body: tuple[Block | Section, ...]
    outline: Outline = Outline.MUC
    landscape: bool = False

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        where = "phụ lục" if self.form is Attached.ANNEX else "văn bản kèm theo"
        object.__setattr__(self, "title", capitals(self.title, f"tên {where}"))
        object.__setattr__(self, "abstract", clean(self.abstract, f"trích yếu {where}", empty=True))
        object.__setattr__(self, "body", checked_body(self.body, self.outline, where))
