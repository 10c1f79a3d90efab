"""What a word processor makes of styles: each property looked up where it would look (ECMA-376, part 1, 17.7.2).

Nearest first: the run or paragraph itself, the list it stands in, its style and that style's bases, the table's style,
the file's defaults; theme fonts by name; switches such as bold turn each other over between styles (17.7.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from dean06.papers.checks.measured import Letters
from dean06.papers.docx.numbering import Numbering
from dean06.papers.docx.opening import Package
from dean06.papers.docx.styles import WORD

W = f"{{{WORD}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINT = 20.0
TWIPS_MM = 1440 / 25.4
DEFAULT_FONT = "Times New Roman"  # what Word sets where a file names no font
DEFAULT_SIZE = 10.0
LONGEST_CHAIN = 40
_OFF = {"0", "false", "none", "off"}
Levels = Sequence[ET.Element]


def value(element: ET.Element | None, name: str = "val") -> str:
    """Return an attribute of an element, empty when either is absent."""
    return "" if element is None else element.get(f"{W}{name}") or ""


def number(text: str) -> float:
    """Return a number of a file, 0 where it is none."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if abs(found) < 1e7 else 0.0  # also drops nan and infinity


def find(levels: Levels, name: str, attribute: str = "val") -> str:
    """Return an attribute of the nearest level that has it."""
    for level in levels:
        found = level.find(f"{W}{name}")
        if found is not None and found.get(f"{W}{attribute}") is not None:
            return value(found, attribute)
    return ""


class Cascade:
    """The styles, lists, theme and defaults of one file."""

    def __init__(self, package: Package) -> None:
        root = package.tree("word/styles.xml")
        root = ET.Element("styles") if root is None else root
        self.styles = {value(style, "styleId"): style for style in root.findall(f"{W}style")}
        self._defaults = root.find(f"{W}docDefaults")
        self._theme = _theme_fonts(package)
        self.numbering = Numbering(package.tree("word/numbering.xml"))
        self._standard = {
            value(style, "type"): style_id
            for style_id, style in reversed(self.styles.items())
            if value(style, "default") in ("1", "true", "on")
        }

    def chain(self, style_id: str) -> Iterator[ET.Element]:
        """Give a style and those it is based on."""
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = value(self.styles[style_id].find(f"{W}basedOn"))

    def style_of(self, paragraph: ET.Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._standard.get("paragraph", "")

    def list_of(self, paragraph: ET.Element) -> tuple[str, int, bool]:
        """Return the list and level that a paragraph stands in, and whether the paragraph itself says so."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None and own.find(f"{W}numId") is not None:
            level = int(number(value(own.find(f"{W}ilvl"))))
            return value(own.find(f"{W}numId")), level, True
        for style in self.chain(self.style_of(paragraph)):
            named = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if named is not None:
                level = int(number(value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))))
                return value(named), level, False
        return "", 0, False

    def paragraph(self, paragraph: ET.Element, table_style: str = "") -> list[ET.Element]:
        """Return the levels that a paragraph's properties are looked up in, nearest first."""
        named, level, own = self.list_of(paragraph)
        listed = self.numbering.properties(named, level)
        styles = [each.find(f"{W}pPr") for each in self.chain(self.style_of(paragraph))]
        table = [each.find(f"{W}pPr") for each in self.chain(table_style)]
        lists = (listed, *styles) if own else (*styles[:1], listed, *styles[1:])
        return _there(paragraph.find(f"{W}pPr"), *lists, *table, self._default("pPr"))

    def letters(self, run: ET.Element, paragraph: ET.Element, text: str, table_style: str = "") -> Letters:
        """Return a run as set."""
        named = value(run.find(f"{W}rPr/{W}rStyle"))
        groups = [
            _there(*(each.find(f"{W}rPr") for each in self.chain(style)))
            for style in (named, self.style_of(paragraph), table_style)
        ]
        own = _there(run.find(f"{W}rPr"))
        last = _there(self._default("rPr"))
        levels = [*own, *(level for group in groups for level in group), *last]
        caps = _switch(own, groups, last, "caps")
        shown = text.upper() if caps else text
        return Letters(
            text=shown,
            size=self._size(levels, own, groups, last),
            bold=_switch(own, groups, last, "b"),
            italic=_switch(own, groups, last, "i"),
            fonts=self._fonts(levels, shown),
            colour=_colour(levels),
            raised=find(levels, "vertAlign") in ("superscript", "subscript"),
        )

    def hidden(self, run: ET.Element) -> bool:
        """Say whether a run is not printed."""
        return _switched(run.find(f"{W}rPr/{W}vanish")) or False

    def underlined(self, run: ET.Element, paragraph: ET.Element) -> bool:
        """Say whether a run is underlined."""
        named = value(run.find(f"{W}rPr/{W}rStyle"))
        styles = (*self.chain(named), *self.chain(self.style_of(paragraph)))
        levels = _there(run.find(f"{W}rPr"), *(each.find(f"{W}rPr") for each in styles))
        return find(levels, "u") not in ("", "none")

    def _size(self, levels: Levels, own: Levels, groups: Sequence[Levels], last: Levels) -> float:
        """A run of complex script alone is set by `szCs`; Vietnamese never is, whatever `szCs` says."""
        complex_script = _switch(own, groups, last, "cs") or _switch(own, groups, last, "rtl")
        return number(find(levels, "szCs" if complex_script else "sz")) / 2 or DEFAULT_SIZE

    def _fonts(self, levels: Levels, text: str) -> tuple[str, ...]:
        letters = [letter for letter in text if not letter.isspace()]
        slots = ["ascii"] if any(ord(letter) < 128 for letter in letters) else []
        slots += ["hAnsi"] if any(ord(letter) >= 128 for letter in letters) else []
        return tuple(dict.fromkeys(self._font(levels, slot) for slot in slots))

    def _font(self, levels: Levels, slot: str) -> str:
        for level in levels:
            fonts = level.find(f"{W}rFonts")
            if fonts is None:
                continue
            themed = value(fonts, f"{slot}Theme")
            if themed in self._theme:
                return self._theme[themed]
            if value(fonts, slot):
                return value(fonts, slot)
        return DEFAULT_FONT

    def _default(self, kind: str) -> ET.Element | None:
        return None if self._defaults is None else self._defaults.find(f"{W}{kind}Default/{W}{kind}")


def _there(*levels: ET.Element | None) -> list[ET.Element]:
    return [level for level in levels if level is not None]


def _switched(found: ET.Element | None) -> bool | None:
    return None if found is None else value(found) not in _OFF


def _nearest(levels: Levels, name: str) -> bool | None:
    for level in levels:
        said = _switched(level.find(f"{W}{name}"))
        if said is not None:
            return said
    return None


def _switch(own: Levels, groups: Sequence[Levels], last: Levels, name: str) -> bool:
    """A run's own word is final; between the styles an even number of switches is off (17.7.3)."""
    said = _nearest(own, name)
    if said is not None:
        return said
    if _nearest(last, name):
        return True
    return sum(bool(_nearest(group, name)) for group in groups) % 2 == 1


def _colour(levels: Levels) -> str:
    """Return the ink; a colour of the theme always stands beside its value."""
    written = find(levels, "color").upper()
    return "000000" if written in ("", "AUTO") or len(written) != 6 else written


def _theme_fonts(package: Package) -> dict[str, str]:
    name = next((part for part in package.names if part.startswith("word/theme/theme")), "")
    root = package.tree(name) if name else None
    found: dict[str, str] = {}
    if root is None:
        return found
    for kind in ("major", "minor"):
        latin = root.find(f".//{_A}{kind}Font/{_A}latin")
        typeface = "" if latin is None else latin.get("typeface") or ""
        if typeface:
            found |= {f"{kind}{slot}": typeface for slot in ("HAnsi", "Ascii")}
    return found
