"""The words of a form: lines in which named placeholders stand, and nothing that could be run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from dean06.papers.writing.attachments import Attached
from dean06.papers.writing.sections import KEY, Outline

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?\}")
ITEM = "item"
_LAST = re.compile(r"(.*?)\{([a-z][a-z0-9_]*)\}\s*")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartWords(_Strict):
    """A section: its title and its lines; `each` names a list or a table, an item of which makes one such section."""

    key: str = Field(pattern=KEY.pattern.replace("(?=.{1,28}$)", "^") + "$", max_length=24)
    title: str = ""
    each: str = ""
    lines: tuple[str, ...] = ()
    parts: tuple[PartWords, ...] = ()


class AttachedWords(_Strict):
    """A text or an annex behind the paper; `articles` names the fact that is its whole text."""

    form: Attached = Attached.ANNEX
    title: str = Field(min_length=1)
    abstract: str = ""
    outline: Outline = Outline.MUC
    landscape: bool = False
    articles: str = ""
    lines: tuple[str, ...] = ()
    parts: tuple[PartWords, ...] = ()


class Template(_Strict):
    """All words of a form that a group may word anew; a line is a paragraph."""

    abstract: str = Field(min_length=1)
    grounds: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    parts: tuple[PartWords, ...] = ()
    closing: str = ""
    attachments: tuple[AttachedWords, ...] = ()

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Give every line with the name of its place and the list that it is repeated for."""
        yield "trích yếu", self.abstract, ""
        yield from (("căn cứ", line, "") for line in self.grounds)
        yield from (("phần mở đầu", line, "") for line in self.lines)
        yield from _texts(self.parts, "")
        yield "lời kết", self.closing, ""
        for at, each in enumerate(self.attachments, start=1):
            place = f"phần kèm theo {at}"
            yield from ((place, line, "") for line in (each.title, each.abstract, *each.lines))
            yield from _texts(each.parts, "")

    def named(self) -> set[str]:
        """Return the facts that the words use, whatever else they name."""
        used = {found for _, text, _ in self.texts() for found, _ in PLACEHOLDER.findall(text)}
        return used | set(_repeated(self)) | {each.articles for each in self.attachments if each.articles}


def _texts(parts: tuple[PartWords, ...], each: str) -> Iterator[tuple[str, str, str]]:
    for part in parts:
        repeated = part.each or each
        yield from ((f"mục {part.key}", line, repeated) for line in (part.title, *part.lines))
        yield from _texts(part.parts, repeated)


def all_parts(template: Template) -> Iterator[PartWords]:
    """Give every section of the words, those of attachments too."""
    for parts in (template.parts, *(each.parts for each in template.attachments)):
        yield from _walk(parts)


def _walk(parts: tuple[PartWords, ...]) -> Iterator[PartWords]:
    for part in parts:
        yield part
        yield from _walk(part.parts)


def _repeated(template: Template) -> Iterator[str]:
    return (part.each for part in all_parts(template) if part.each)


def alone(line: str) -> str:
    """Return the fact whose placeholder is the whole of a line, empty where there are other words."""
    found = PLACEHOLDER.fullmatch(line.strip())
    return found[1] if found and not found[2] else ""


def led(line: str) -> tuple[str, str]:
    """Return the words before the placeholder that ends a line, and its fact; no fact where other words end it."""
    found = _LAST.fullmatch(line)
    return (found[1], found[2]) if found else (line, "")
