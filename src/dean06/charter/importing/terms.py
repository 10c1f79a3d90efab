"""Titles and bodies under two names, or named and never defined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dean06.charter.importing.nodes import COVERING
from dean06.charter.importing.results import Warned
from dean06.charter.importing.warned import Passage, shown
from dean06.charter.norms import Words


@dataclass(frozen=True, slots=True)
class _Family:
    """Forms of one title; the form in an article's heading, else the commonest, is the text's own."""

    forms: tuple[tuple[str, re.Pattern[str]], ...]
    defined: bool  # a lone form, too, wants a heading or a definition


def _forms(*pairs: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in pairs)


_GROUP = r"(?:Tổ|Ban|Hội đồng)"
_FAMILIES = (
    _Family(
        _forms(
            ("Tổ trưởng", r"(?<!phó )\bTổ trưởng\b(?!\s+thường trực)"),
            ("Trưởng Tổ", r"(?<!phó )(?<!tổ )\bTrưởng Tổ\b(?!\s+(?:dân phố|trưởng))"),
            ("Trưởng Ban", r"(?<!phó )\bTrưởng Ban\b"),
            ("Chủ nhiệm", r"(?<!phó )\bChủ nhiệm\b"),
        ),
        defined=False,
    ),
    _Family(
        _forms(
            ("Tổ phó thường trực", r"\bTổ phó thường trực\b"),
            ("Phó Tổ trưởng thường trực", r"\bPhó Tổ trưởng thường trực\b"),
            ("Phó Trưởng Tổ thường trực", r"\bPhó Trưởng Tổ(?: công tác)? thường trực\b"),
            ("Phó Trưởng Ban thường trực", r"\bPhó (?:Trưởng )?Ban(?: Chỉ đạo)? thường trực\b"),
        ),
        defined=False,
    ),
    _Family(
        _forms(
            ("Tổ phó", r"\bTổ phó\b(?!\s+thường trực)"),
            ("Phó Tổ trưởng", r"\bPhó Tổ trưởng\b(?!\s+thường trực)"),
            ("Phó Trưởng Tổ", r"\bPhó Trưởng Tổ\b(?!(?: công tác)?\s+thường trực)"),
            ("Phó Trưởng Ban", r"\bPhó (?:Trưởng )?Ban\b(?!(?: Chỉ đạo)?\s+thường trực)"),
        ),
        defined=False,
    ),
    _Family(
        _forms(
            ("bộ máy giúp việc", r"\bbộ máy giúp việc\b"),
            ("cơ quan giúp việc", r"\bcơ quan giúp việc\b"),
            ("bộ phận giúp việc", r"\bbộ phận giúp việc\b"),
            ("Tổ giúp việc", r"\b(?:Tổ|Nhóm|Ban) giúp việc\b"),
        ),
        defined=True,
    ),
    _Family(_forms(("lãnh đạo của tổ", rf"\blãnh đạo {_GROUP}(?: công tác| chỉ đạo)?\b")), defined=True),
    _Family(_forms(("cơ quan thường trực", r"\bcơ quan thường trực\b")), defined=True),
    _Family(
        _forms(
            (
                "thường trực của tổ",
                rf"(?<!phó )(?<!viên )(?<!trưởng )(?<!quan )\bthường trực {_GROUP}(?: công tác| chỉ đạo)\b",
            )
        ),
        defined=True,
    ),
    _Family(_forms(("thư ký", r"\b(?:Tổ |Ban )?thư ký\b(?! pháp)")), defined=True),
    _Family(_forms(("tổ chuyên viên", r"\b(?:Tổ|Nhóm) chuyên (?:viên|gia)\b")), defined=True),
)
_NEAR = 120  # characters around a name that may define it
_BEFORE = re.compile(r"(?:gọi\s+(?:tắt\s+)?là|là|làm|gồm)\s+(?:các\s+)?[“\"'«]?$", re.IGNORECASE)
_AFTER = re.compile(
    r"^[”\"'»]?(?:\s+(?:của\s+)?(?:Tổ công tác|Tổ|Ban Chỉ đạo|Hội đồng))?\s*(?:\([^)]*\)\s*)?(?:là|gồm|bao gồm)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Use:
    passage: Passage
    form: str
    text: str
    defining: bool


def unclear_terms(texts: Sequence[Passage]) -> Iterator[Warned]:
    """Return, by address, the names that are not the text's own and the ones it never defines."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for family in _FAMILIES:
        uses = [use for passage in texts if passage.kind != "signature" for use in _uses(family, passage)]
        own = _own(uses)
        for use in uses:
            if use.form != own:
                found.setdefault(use.passage.where, []).append((use.text, own))
            elif family.defined and not any(each.defining for each in uses):
                found.setdefault(use.passage.where, []).append((use.text, None))
    for where, names in found.items():
        yield _warned(where, names)


def _uses(family: _Family, passage: Passage) -> Iterator[_Use]:
    for form, pattern in family.forms:
        for found in pattern.finditer(passage.text):
            before = passage.text[max(0, found.start() - _NEAR) : found.start()]
            after = passage.text[found.end() : found.end() + _NEAR]
            heading = passage.kind == "heading" and not passage.text[: found.start()].strip()
            yield _Use(passage, form, found[0], heading or bool(_BEFORE.search(before) or _AFTER.match(after)))


def _own(uses: Sequence[_Use]) -> str | None:
    """Return the form the text defines or puts in a heading, else the commonest; None where there is none."""
    forms = [use.form for use in uses]
    firm = [use.form for use in uses if use.defining and not use.passage.where.startswith(f"{COVERING}-")]
    return max(dict.fromkeys(forms), key=lambda form: (firm.count(form), forms.count(form)), default=None)


def _warned(where: str, names: list[tuple[str, str | None]]) -> Warned:
    twofold = [(text, own) for text, own in names if own is not None]
    bare = [text for text, own in names if own is None]
    vi, en = [], []
    for own in dict.fromkeys(own for _, own in twofold):
        said = shown([text for text, other in twofold if other == own])
        vi.append(f"{said} là tên khác của «{own}»")
        en.append(f"{said} is another name of «{own}»")
    if bare:
        vi.append(f"{shown(bare)} không được định nghĩa")
        en.append(f"{shown(bare)} is never defined")
    return Warned(
        "undefined_term",
        where,
        Words(f"{'; '.join(vi)}: ghi một cách hiểu.", f"{'; '.join(en)}: note a reading."),
    )
