"""Names of sources, causes and severities in the reader's language."""

from __future__ import annotations

from django.utils.safestring import SafeString

from dean06.corrections import service as corrections
from dean06.sources import live as contracts
from dean06.web.language import words
from dean06.web.marks import chip

SEVERITY = {
    1: ("bad", "bang", "Nặng", "Grave"),
    2: ("warn", "dots", "Vừa", "Medium"),
    3: ("mute", "dots", "Nhẹ", "Light"),
}

__all__ = ["cause_title", "severity_chip", "severity_words", "source_title"]


def source_title(code: str) -> str:
    """Return the name of a source."""
    title = contracts.contract(code).title
    return words(title.vi, title.en)


def cause_title(code: str) -> str:
    """Return a cause as an office would say it."""
    cause = corrections.causes()[code]
    return words(cause.vi, cause.en)


def severity_words(level: int) -> str:
    """Return a severity in words."""
    _, _, vi, en = SEVERITY[level]
    return words(vi, en)


def severity_chip(level: int) -> SafeString:
    """Show a severity."""
    tone, sign, _, _ = SEVERITY[level]
    return chip(tone, severity_words(level), with_sign=sign)
