"""What a text leaves open: blank numbers and dates, abbreviations that nobody explained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dean06.papers.proofreading.known import plain_abbreviations
from dean06.papers.proofreading.passages import Kind, Passage, Pieces
from dean06.papers.proofreading.remarks import Finding, Remark, Surroundings

_BLANK_NUMBER = re.compile(
    r"\b[Ss]ố\s*:?\s*(?:[.…_\s]*/\s*(?:\d{4}\s*/\s*|[.…_]+\s*/\s*)?[A-ZĐ]{2}[\w-]*|\.{3,}|…+|_{3,})"
)
_DAY = re.compile(
    r"ngày\s*(?P<day>[\d.…_ ]*?)\s*tháng\s*(?P<month>[\d.…_ ]*?)\s*năm\s*(?P<year>[\d.…_]*)(?P<after>\s*\w*)"
)
_SLASHED = re.compile(r"ngày\s*(?P<day>[\d.…_ ]*?)\s*/\s*(?P<month>[\d.…_ ]*?)\s*/\s*(?P<year>[\d.…_]*)")
_DOTTED = re.compile(r"ngày\s*(?:\.{3,}|…+|_{3,})")
_DOTS = re.compile(r"[.…_]{2,}|…")
_TOKEN = re.compile(r"(?<![\w/&.-])(?P<word>[^\W\d_a-z](?:[^\W_]){1,9})(?![\w/&-])")
_NUMERAL = re.compile(r"[IVXLCDM]+")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def blank_remarks(found: Pieces) -> Iterator[Remark]:
    """Return numbers and dates that were left open."""
    for passage in found.passages:
        if passage.kind is Kind.CELL:
            continue
        number = _BLANK_NUMBER.search(passage.text)
        if number:
            yield _open("blank_number", number[0].strip(), "số", "a number").at(passage)
        day = _blank_day(passage.text)
        if day:
            yield _open("blank_date", day.strip(), "ngày", "a date").at(passage)


def _open(code: str, text: str, vi: str, en: str) -> Finding:
    return Finding(
        code,
        "must",
        f"{vi} để trống ở «{text}»",
        f"{en} is left open at «{text}»",
        f"điền {vi} trước khi phát hành",
        f"fill in {en} before issuing",
    )


def _blank_day(text: str) -> str | None:
    for found in _DAY.finditer(text):
        filled = [bool(re.search(r"\d", found[name])) for name in ("day", "month")]
        year = found["year"].rstrip(".")
        marked = any(_DOTS.search(found[name]) for name in ("day", "month", "year"))
        if not year and not marked and found["after"].strip():
            continue  # «ngày tháng năm sinh» names a field
        if not any(filled) and not year and not marked:
            continue  # «ngày, tháng, năm» likewise
        if not all(filled) or len(re.findall(r"\d", year)) < 4:
            return found[0].removesuffix(found["after"])
    for found in _SLASHED.finditer(text):
        if not all(re.search(r"\d", found[name]) for name in ("day", "month", "year")):
            return found[0]
    dots = _DOTTED.search(text)
    return dots[0] if dots else None


# ---------------------------------------------------------------- abbreviations


def abbreviation_remarks(found: Pieces, house: Surroundings) -> Iterator[Remark]:
    """Return each abbreviation that neither the house nor the text explains, once, where it stands first."""
    explained = house.abbreviations | plain_abbreviations()
    whole = "\n".join(passage.text for passage in found.passages)
    said: set[str] = set()
    for passage in found.passages:
        for word in _abbreviations(passage):
            if word in said or word in explained or _explained(word, whole):
                continue
            said.add(word)
            yield Finding(
                "unknown_abbreviation",
                "should",
                f"chữ viết tắt «{word}» chưa được giải thích",
                f"the abbreviation «{word}» is not explained",
                "viết đầy đủ ở lần đầu, chữ viết tắt trong ngoặc đơn",
                "write it in full the first time, the short form in brackets",
            ).at(passage)


def _abbreviations(passage: Passage) -> Iterator[str]:
    if passage.text == passage.text.upper() and passage.kind is not Kind.CELL:
        return  # a heading in capitals
    for found in _TOKEN.finditer(passage.text):
        word = found["word"]
        letters = [letter for letter in word if letter.isalpha()]
        if len(letters) < 2 or not all(letter.isupper() for letter in letters) or _NUMERAL.fullmatch(word):
            continue
        if not _TONES & set(unicodedata.normalize("NFD", word)):  # a word in capitals is no abbreviation
            yield word


def _explained(word: str, text: str) -> bool:
    """Say whether the text gives a word's meaning: in brackets after it, or the word in brackets after its meaning."""
    name = re.escape(word)
    ways = (
        rf"[a-zà-ỹđ][”\"»]?\s*\((?:(?:sau đây )?(?:gọi|viết) tắt là:?\s*)?[“\"«]?{name}[”\"»]?\)",
        rf"(?:gọi|viết) tắt là:?\s*[“\"«]?(?:\w+ ){{0,3}}{name}\b",
        rf"\b{name}\s*\([a-zà-ỹđA-ZĐ][^)]{{5,}}\)",
    )
    return any(re.search(way, text) for way in ways)
