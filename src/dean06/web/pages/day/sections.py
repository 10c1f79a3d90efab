"""What a day is made of: sections of lines, each leading to where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.sources.types import DisputeInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.titles import rule_title, source_title
from dean06.web.parts.page import Link
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader

SHOWN = 12

__all__ = ["Section", "rule_line", "section", "to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One matter of a day: what it is, how many there are, a line each, and what is said where there is none."""

    id: str
    title: str
    lines: Checklist
    count: int
    none: str
    more: Link | None = None


def section(
    code: str, title: str, lines: Sequence[Check], none: str, *, count: int | None = None, more: Link | None = None
) -> Section:
    rest = len(lines) - SHOWN
    if rest > 0 and more is None:
        tail = Check(text=words(f"và {rest} dòng nữa", f"and {rest} more"), tone="mute", sign="dots")
        lines = [*lines[:SHOWN], tail]
    return Section(
        id=code,
        title=title,
        lines=Checklist(items=tuple(lines[: SHOWN + 1])),
        count=len(lines) if count is None else count,
        none=none,
        more=more if rest > 0 or more is not None else None,
    )


def to(href: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, text)


def rule_line(reader: Reader, one: DisputeInfo) -> Check:
    """Return the line of a rule that an agency says is wrong, or that rests."""
    rule = rule_title(one.source, one.rule, reader.contracts)
    if one.waiting:
        made = writing.day(one.made_at)
        note = words(f"luật bị báo sai từ {made}, chờ quyết", f"disputed since {made}")
    else:
        note = words(f"tạm dừng đến {writing.day(one.until)}", f"rests until {writing.day(one.until)}")
    return Check(
        text=to(reader.url("disputes-one", one.id), f"{rule}, {source_title(one.source, reader.contracts)}"),
        tone="warn" if one.waiting else "ask",
        sign="law",
        note=note,
        aside=reader.agency(one.agency) if one.agency else "",
    )
