"""The labels that a word processor counts itself: `Điều 1.`, `a)`, `-` (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as ET

from dean06.papers.docx.styles import WORD
from dean06.papers.writing.wording import roman

_W = f"{{{WORD}}}"
MOST_LEVELS = 9
MOST_COUNTED = 9_999
_DASHES = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "▪", "–": "-", "−": "-"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Numbering:
    """The lists of one file; it counts as the paragraphs are asked for in order."""

    def __init__(self, root: ET.Element | None) -> None:
        root = ET.Element("numbering") if root is None else root
        kinds = {_value(kind, "abstractNumId"): kind for kind in root.findall(f"{_W}abstractNum")}
        self._kind_of = {
            _value(each, "numId"): _value(each.find(f"{_W}abstractNumId")) for each in root.findall(f"{_W}num")
        }
        self._levels = {
            (key, _level(level)): level for key, kind in kinds.items() for level in kind.findall(f"{_W}lvl")
        }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def properties(self, list_id: str, level: int) -> ET.Element | None:
        """Return the paragraph properties of a level of a list."""
        found = self._find(list_id, level)
        return None if found is None else found.find(f"{_W}pPr")

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph and return its label, empty outside lists."""
        found = self._find(list_id, level)
        if found is None:
            return ""
        kind = self._kind_of[list_id]
        counts = self._counts[kind]
        start = _whole(_value(found.find(f"{_W}start"))) or 1
        counts[level] = min(counts.get(level, start - 1) + 1, MOST_COUNTED)
        for deeper in range(level + 1, MOST_LEVELS):
            counts.pop(deeper, None)
        text = _value(found.find(f"{_W}lvlText"))
        if _value(found.find(f"{_W}numFmt")) == "bullet":
            return _DASHES.get(text, text)
        return re.sub(r"%([1-9])", lambda match: self._figure(kind, int(match[1]) - 1), text)

    def _figure(self, kind: str, level: int) -> str:
        count = self._counts[kind].get(level, 1)
        found = self._levels.get((kind, level))
        written = _value(found.find(f"{_W}numFmt")) if found is not None else ""
        match written:
            case "upperRoman":
                return roman(count)
            case "lowerRoman":
                return roman(count).lower()
            case "lowerLetter" | "upperLetter":
                letter = _LETTERS[(count - 1) % len(_LETTERS)] * ((count - 1) // len(_LETTERS) + 1)
                return letter.upper() if written == "upperLetter" else letter
            case "none":
                return ""
            case "decimalZero":
                return f"{count:02d}"
            case _:
                return str(count)

    def _find(self, list_id: str, level: int) -> ET.Element | None:
        return self._levels.get((self._kind_of.get(list_id, ""), level))


def _value(element: ET.Element | None, name: str = "val") -> str:
    return "" if element is None else element.get(f"{_W}{name}") or ""


def _level(level: ET.Element) -> int:
    return _whole(_value(level, "ilvl"))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0
