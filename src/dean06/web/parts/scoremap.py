"""Communes by sources, one month and axis: in each cell a number with its sign and a word, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dean06.reconcile.types import Measure
from dean06.web.language import words
from dean06.web.writing import percent

# State: how the cell looks, its sign, its word.
STATES = {
    "met": ("met", "ok", "đạt ngưỡng", "reaches its threshold"),
    "below": ("missed", "dn", "dưới ngưỡng", "below its threshold"),
    "small": ("pending", "dots", "mẫu nhỏ, không xếp hạng", "small sample, not ranked"),
    "plain": ("local", "none", "chưa đặt ngưỡng", "no threshold set"),
    "none": ("nt", "dash", "chưa đo", "not measured"),
}

__all__ = ["MapRow", "ScoreMap", "cell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One commune, or the whole list: its name and its cells, made by `cell`."""

    title: str
    cells: SafeString
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMap:
    """The table: a column a source, a row a commune."""

    template: ClassVar[str] = "dean06/parts/scoremap.html"
    label: str
    first_head: str
    heads: tuple[str, ...]
    rows: tuple[MapRow, ...]

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """States with their signs and words."""
        return tuple((css, sign, words(vi, en)) for css, sign, vi, en in STATES.values())


def state_of(one: Measure | None) -> str:
    """Return how a measure stands: too few are shown and never ranked, nothing measured is said."""
    if one is None or one.share is None:
        return "none"
    if one.small:
        return "small"
    if one.target is None:
        return "plain"
    return "below" if one.below else "met"


def cell(one: Measure | None, href: str) -> SafeString:
    """Return one cell; a page has thousands, so it is put together here and not by a template."""
    state = state_of(one)
    css, sign, vi, en = STATES[state]
    text = percent(one.share).removesuffix("\u00a0%") if one and one.share is not None else words("chưa đo", "none")
    under = f"<span>{words('mẫu nhỏ', 'small')}</span>" if state == "small" else ""
    spoken = f"{one.code}: {words(vi, en)}" if one else words(vi, en)
    inside = (
        f'<span class="hm-part hm-part--{css}"><svg class="sg" aria-hidden="true"><use href="#s-{sign}"/></svg>'
        f'<span>{escape(text)}</span>{under}</span><span class="visually-hidden">{escape(spoken)}</span>'
    )
    body = f'<a href="{escape(href)}">{inside}</a>' if href else f"<span>{inside}</span>"
    return mark_safe(f'<td class="hm">{body}</td>')  # noqa: S308  every text in it is escaped
