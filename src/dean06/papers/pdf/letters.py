"""The fonts of a PDF: from codes to letters, their widths, the family that a name means (ISO 32000-1, 9.6–9.10)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from dean06.papers.printing.letters import Face, face

MOST_CODES = 70_000
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[-,]?(?:Bold|Italic|Oblique|Regular|Roman|BoldItalic|BoldOblique)+(?:MT)?$|(?:PSMT|PS|MT)$")
_FAMILIES = {"TimesNewRoman": "Times New Roman", "LiberationSerif": "Liberation Serif"}
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "cp1252"}
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[|\]")
_SECTION = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_GLYPHS = {
    "space": " ", "hyphen": "-", "period": ".", "comma": ",", "colon": ":", "semicolon": ";", "slash": "/",
    "parenleft": "(", "parenright": ")", "quotedblleft": "“", "quotedblright": "”", "quoteright": "’", "ellipsis": "…",
    "endash": "–", "emdash": "—", "percent": "%", "Dcroat": "Đ", "dcroat": "đ", "zero": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_SERIF_BOLD, _ITALIC_FLAG, _FORCE_BOLD = 600, 64, 1 << 18


@dataclass(slots=True)
class PdfFont:
    """One font of a page: `family` as an office would name it, whether the file carries its shapes."""

    family: str
    bold: bool
    italic: bool
    embedded: bool
    wide: bool
    letters: dict[int, str]
    codec: str
    widths: dict[int, float]
    missing: float
    known: Face | None = field(default=None)

    def glyphs(self, text: bytes) -> Iterator[tuple[str, float, bool]]:
        """Give each code's letters, its width in thousandths, and whether it is the one-byte space."""
        step = 2 if self.wide else 1
        for at in range(0, len(text) - step + 1, step):
            code = int.from_bytes(text[at : at + step])
            letters = self.letters.get(code) or self._plain(code)
            yield letters, self._width(code, letters), not self.wide and code == 32

    def _plain(self, code: int) -> str:
        if self.wide:
            return ""
        return bytes([code]).decode(self.codec, errors="replace")

    def _width(self, code: int, letters: str) -> float:
        found = self.widths.get(code)
        if found is not None:
            return found
        return self.known.width(letters, 1) / (25.4 / 72) * 1000 if self.known and letters else self.missing


def read_font(font: DictionaryObject) -> PdfFont:
    """Return a font of a page's resources."""
    wide = font.get("/Subtype") == "/Type0"
    inner = font
    if wide:
        inner = _dictionary(_array(font.get("/DescendantFonts"))[0])
    descriptor = _dictionary(inner.get("/FontDescriptor"))
    name = _SUBSET.sub("", str(font.get("/BaseFont", "")).lstrip("/"))
    flags = int(_figure(descriptor.get("/Flags", 0)))
    bold = (
        "bold" in name.lower() or bool(flags & _FORCE_BOLD) or _figure(descriptor.get("/FontWeight", 0)) >= _SERIF_BOLD
    )
    slanted = re.search(r"italic|oblique", name, re.IGNORECASE) is not None
    italic = slanted or bool(flags & _ITALIC_FLAG) or _figure(descriptor.get("/ItalicAngle", 0)) != 0
    letters, codec = _letters(font, wide=wide)
    widths, missing = _wide_widths(inner) if wide else _widths(font, descriptor)
    return PdfFont(
        family=family(name),
        bold=bold,
        italic=italic,
        embedded=any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        or font.get("/Subtype") == "/Type3",
        wide=wide,
        letters=letters,
        codec=codec,
        widths=widths,
        missing=missing,
        known=None if widths else face(bold=bold, italic=italic),
    )


def family(name: str) -> str:
    """Return the family that a font's name in a PDF means: `TimesNewRomanPS-BoldMT` is Times New Roman."""
    plain = name.replace(" ", "").replace("#20", "")
    while (shorter := _STYLE.sub("", plain)) != plain and shorter:
        plain = shorter
    return _FAMILIES.get(plain) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain) or "phông không tên"


def _dictionary(found: object) -> DictionaryObject:
    found = found.get_object() if isinstance(found, PdfObject) else found
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(found: object) -> list[object]:
    found = found.get_object() if isinstance(found, PdfObject) else found
    return [each.get_object() for each in found] if isinstance(found, ArrayObject) else []


def _figure(found: object) -> float:
    return float(found) if isinstance(found, int | float) else 0.0


def _letters(font: DictionaryObject, *, wide: bool) -> tuple[dict[int, str], str]:
    letters: dict[int, str] = {}
    codec = "cp1252"
    encoding = _dictionary(font.get("/Encoding"))
    if encoding and not isinstance(encoding, StreamObject):
        codec = _CODECS.get(str(encoding.get("/BaseEncoding", "")), codec)
        letters |= _differences(_array(encoding.get("/Differences")))
    elif not wide:
        codec = _CODECS.get(str(font.get("/Encoding")), codec)
    mapped = _dictionary(font.get("/ToUnicode"))
    if isinstance(mapped, StreamObject):
        letters |= read_map(mapped.get_data())
    return letters, codec


def _differences(listed: list[object]) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for each in listed:
        if isinstance(each, int):
            code = int(each)
        else:
            found[code] = glyph_letter(str(each).lstrip("/"))
            code += 1
    return found


def glyph_letter(name: str) -> str:
    """Return the letter that a glyph's name means, empty where it says none."""
    if name in _GLYPHS:
        return _GLYPHS[name]
    written = re.fullmatch(r"(?:uni|u)([0-9A-Fa-f]{4,5})", name)
    if written:
        return chr(int(written[1], 16))
    return name if len(name) == 1 else ""


def read_map(text: bytes) -> dict[int, str]:
    """Read a ToUnicode map."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(text):
        tokens = [match[0] if match[0] in (b"[", b"]") else match[1] for match in _HEX.finditer(body)]
        if kind == b"bfchar":
            for code, letters in zip(tokens[::2], tokens[1::2], strict=False):
                found[_code(code)] = _text(letters)
        elif kind == b"bfrange":
            _ranges(tokens, found)
        if len(found) > MOST_CODES:
            raise ValueError("a map of letters is too long")
    return found


def _ranges(tokens: list[bytes], found: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(tokens):
        first, last = _code(tokens[at]), _code(tokens[at + 1])
        last = min(last, first + MOST_CODES)
        if tokens[at + 2] == b"[":
            end = tokens.index(b"]", at)
            found |= {first + shift: _text(each) for shift, each in enumerate(tokens[at + 3 : end])}
            at = end + 1
            continue
        start = _text(tokens[at + 2])
        if start:
            for shift in range(last - first + 1):
                code = ord(start[-1]) + shift
                found[first + shift] = start[:-1] + (chr(code) if code < 0x110000 else "")
        at += 3


def _code(token: bytes) -> int:
    return int(re.sub(rb"\s", b"", token) or b"0", 16)


def _text(token: bytes) -> str:
    plain = bytes.fromhex(re.sub(rb"\s", b"", token).decode("ascii"))
    text = plain.decode("utf-16-be", errors="ignore")
    return unicodedata.normalize("NFC", text)


def _wide_widths(inner: DictionaryObject) -> tuple[dict[int, float], float]:
    values = _array(inner.get("/W"))
    found: dict[int, float] = {}
    at = 0
    while at + 1 < len(values):
        first, second = int(_figure(values[at])), values[at + 1]
        if isinstance(second, ArrayObject):
            found |= {first + shift: _figure(each) for shift, each in enumerate(_array(second))}
            at += 2
        elif at + 2 < len(values):
            last = min(int(_figure(second)), first + MOST_CODES)
            found |= dict.fromkeys(range(first, last + 1), _figure(values[at + 2]))
            at += 3
        else:
            break
        if len(found) > MOST_CODES:
            raise ValueError("a font has too many widths")
    return found, _figure(inner.get("/DW", 1000))


def _widths(font: DictionaryObject, descriptor: DictionaryObject) -> tuple[dict[int, float], float]:
    first = int(_figure(font.get("/FirstChar", 0)))
    matrix = _array(font.get("/FontMatrix"))
    scale = 1000 * _figure(matrix[0]) if font.get("/Subtype") == "/Type3" and matrix else 1.0
    widths = {first + shift: _figure(each) * scale for shift, each in enumerate(_array(font.get("/Widths")))}
    return widths, _figure(descriptor.get("/MissingWidth", 500))
