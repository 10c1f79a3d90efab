"""Reading a pasted regulation: chapters, articles, clauses and points by the numbers that stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dean06.papers.errors import PaperRefused
from dean06.papers.writing.sections import MOST_POINTS, Block, Outline, Section, clean, prose
from dean06.papers.writing.wording import POINTS, roman

_CHAPTER = re.compile(r"Chương\s+(?P<at>[IVXLC]+)\s*[.:]?\s*(?P<text>.*)\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+(?P<at>\d+)\s*[.:]\s*(?P<text>.*)\Z", re.IGNORECASE)
_CLAUSE = re.compile(r"(?P<at>\d+)\.\s+(?P<text>.*)\Z")
_POINT = re.compile(r"(?P<at>[a-zđ])\)\s+(?P<text>.*)\Z")
_LEVELS = ((_CHAPTER, "Chương"), (_ARTICLE, "Điều"), (_CLAUSE, "Khoản"), (_POINT, "Điểm"))
_STOPS = (".", ";", ":", ",", "/")


@dataclass(slots=True)
class _Part:
    """A part while it is being read; `lines` are its own words, the first beside its number."""

    level: int
    lines: list[str] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)


def read_articles(text: str) -> tuple[Outline, tuple[Section, ...]]:
    """Return a regulation as sections; its numbers must run as they will be printed.

    Raises:
        PaperRefused: a number is out of turn, or words stand before the first article.
    """
    top = _Part(-1)
    path = [top]
    articles = 0
    for line in filter(None, (clean(each, "", empty=True) for each in text.splitlines())):
        level, found = _level(line)
        if found is None:
            if path[-1] is top:
                raise _wrong("phải bắt đầu bằng Chương I hoặc Điều 1", "must begin with a chapter or an article")
            path[-1].lines.append(line)
            continue
        path = [part for part in path if part.level < level]
        if path[-1] is top and top.parts and top.parts[0].level != level:
            raise _mixed()
        articles += level == 1
        _check(level, found["at"], len(path[-1].parts) + 1 if level != 1 else articles)
        part = _Part(level, [found["text"]] if found["text"] else [])
        path[-1].parts.append(part)
        path.append(part)
    chapters = {part.level for part in top.parts}
    if chapters not in ({0}, {1}):
        raise _mixed()
    outline = Outline.CHUONG if chapters == {0} else Outline.DIEU
    return outline, tuple(_sections(top.parts, ""))


def _level(line: str) -> tuple[int, re.Match[str] | None]:
    for level, (pattern, _) in enumerate(_LEVELS):
        found = pattern.match(line)
        if found is not None:
            return level, found
    return -1, None


def _check(level: int, at: str, place: int) -> None:
    if level == 3 and place > MOST_POINTS:
        raise _wrong(f"quá {MOST_POINTS} điểm trong một khoản", f"has more than {MOST_POINTS} points in a clause")
    asked = (roman(place), str(place), str(place), POINTS[min(place, MOST_POINTS) - 1])[level]
    if at.upper() != asked.upper():
        name = _LEVELS[level][1]
        raise _wrong(
            f"{name} {at} đứng ở chỗ của {name} {asked}; hãy đánh số lại theo thứ tự",
            f"{name} {at} stands where {asked} should; number them in order",
        )


def _sections(parts: list[_Part], above: str) -> Iterator[Section]:
    for at, part in enumerate(parts, start=1):
        key = f"{above}{'cdkp'[part.level]}{at}"
        title, lines = _titled(part)
        if not title and not lines:
            name = _LEVELS[part.level][1]
            raise _wrong(f"{name} thứ {at} không có nội dung", f"{name} {at} is empty")
        blocks: tuple[Block, ...] = tuple(prose(line) for line in lines)
        yield Section(key, title, blocks, tuple(_sections(part.parts, f"{key}.")))


def _titled(part: _Part) -> tuple[str, list[str]]:
    """Part the title from the text: a chapter's words are its title, an article's where it goes on below."""
    if part.level == 0:
        return " ".join(part.lines).upper(), []
    first = part.lines[0] if part.lines else ""
    goes_on = len(part.lines) > 1 or part.parts
    if part.level == 1 and first and goes_on and not first.endswith(_STOPS):
        return first, part.lines[1:]
    return "", part.lines


def _mixed() -> PaperRefused:
    return _wrong(
        "mọi điều phải nằm trong chương, hoặc không có chương nào", "must have all articles in chapters, or no chapter"
    )


def _wrong(vi: str, en: str) -> PaperRefused:
    return PaperRefused("", vi, en)
