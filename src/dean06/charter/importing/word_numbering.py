"""Word's automatic lists: the label that Word prints before a paragraph and that its text does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SLOT = re.compile(r"%(\d)")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    restart: int | None  # the level, counted from 1, that makes it start again; 0 for never, None for any above


class Numbering:
    """The lists of one document, counting as its paragraphs come."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._restart: dict[tuple[str, int], int] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._above: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}  # None where a level has not begun
        self._met: set[str] = set()
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read(self, root: Element) -> None:
        for abstract in root.findall(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId", "")
            for level in abstract.findall(f"{_W}lvl"):
                self._levels[key, _number(level.get(f"{_W}ilvl"))] = _level(level)
        for num in root.findall(f"{_W}num"):
            key = num.get(f"{_W}numId", "")
            self._abstract[key] = _value(num, "abstractNumId")
            for override in num.findall(f"{_W}lvlOverride"):
                start = _value(override, "startOverride")
                if start:
                    self._restart[key, _number(override.get(f"{_W}ilvl"))] = _number(start)

    def _read_styles(self, root: Element) -> None:
        for style in root.findall(f"{_W}style"):
            key = style.get(f"{_W}styleId", "")
            self._above[key] = _value(style, "basedOn")
            found = style.find(f"{_W}pPr/{_W}numPr")
            if found is not None and _value(found, "numId"):
                self._of_style[key] = (_value(found, "numId"), _number(_value(found, "ilvl")))

    def label(self, paragraph: Element) -> str:
        """Return the label Word prints before this paragraph, with a blank behind it; empty where it prints none."""
        number, at = self._place(paragraph)
        abstract = self._abstract.get(number)
        if abstract is None or (abstract, at) not in self._levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _MOST_LEVELS)
        if number not in self._met:
            self._met.add(number)
            for key, level in self._restart:
                if key == number:
                    counts[level] = None
        for level in range(at + 1):
            before = counts[level]
            if before is None:
                counts[level] = self._first(number, abstract, level)
            elif level == at:
                counts[level] = before + 1
        for level in range(at + 1, _MOST_LEVELS):
            if self._starts_again(abstract, level, at):
                counts[level] = None
        return self._written(abstract, at, counts)

    def _starts_again(self, abstract: str, level: int, after: int) -> bool:
        known = self._levels.get((abstract, level))
        return known is None or known.restart is None or after < known.restart

    def _first(self, number: str, abstract: str, at: int) -> int:
        return self._restart.get((number, at), self._start(abstract, at))

    def _start(self, abstract: str, at: int) -> int:
        level = self._levels.get((abstract, at))
        return level.start if level else 1

    def _place(self, paragraph: Element) -> tuple[str, int]:
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        if found is not None and _value(found, "numId"):
            return _value(found, "numId"), min(_number(_value(found, "ilvl")), _MOST_LEVELS - 1)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        key, seen = (style.get(f"{_W}val", "") if style is not None else ""), 0
        while key and seen < _MOST_LEVELS:
            if key in self._of_style:
                return self._of_style[key]
            key, seen = self._above.get(key, ""), seen + 1
        return "", 0

    def _written(self, abstract: str, at: int, counts: list[int | None]) -> str:
        level = self._levels[abstract, at]
        if level.form == "none" or not level.text:
            return ""
        if level.form == "bullet":
            return "+ " if "+" in level.text else "- "

        def shown(found: re.Match[str]) -> str:
            slot = int(found[1]) - 1
            other = self._levels.get((abstract, slot), level)
            return _figure(counts[slot] or 0, other.form)

        return _SLOT.sub(shown, level.text) + " "


def _value(node: Element, name: str) -> str:
    found = node.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _level(node: Element) -> _Level:
    start, restart = _value(node, "start"), _value(node, "lvlRestart")
    first, after = _number(start) if start else 1, _number(restart) if restart else None
    return _Level(_value(node, "numFmt"), _value(node, "lvlText"), first, after)


def _figure(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        text = ""
        for value, sign in _ROMAN:
            while count >= value:
                text, count = text + sign, count - value
        return text if form == "upperRoman" else text.lower()
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{count:02d}"
    return str(count)
