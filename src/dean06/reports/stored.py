"""Sheets and sections as they lie in storage, back as values. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dean06.reports.types import Excerpt, Fact, FactSheet, Paragraph, Section, Source, Table

__all__ = ["fact_in", "sections_in", "sheet_in"]


def sheet_in(stored: Mapping[str, object]) -> FactSheet:
    """Return a stored sheet."""
    facts, tables, words = stored["facts"], stored["tables"], stored["words"]
    excerpts = stored.get("excerpts", ())
    return FactSheet(
        group_id=int(str(stored["group_id"])),
        month=str(stored["month"]),
        since=date.fromisoformat(str(stored["since"])),
        until=date.fromisoformat(str(stored["until"])),
        span_rule=str(stored["span_rule"]),
        facts=tuple(fact_in(item) for item in facts) if isinstance(facts, list) else (),
        tables=tuple(
            Table(
                key=item["key"],
                caption=item["caption"],
                header=tuple(item["header"]),
                rows=tuple(tuple(row) for row in item["rows"]),
            )
            for item in (tables if isinstance(tables, list) else [])
        ),
        words=words if isinstance(words, dict) else {},
        excerpts=tuple(Excerpt(**item) for item in excerpts) if isinstance(excerpts, list | tuple) else (),
    )


def fact_in(item: Mapping[str, object]) -> Fact:
    """Return a stored fact."""
    value, sources = item["value"], item["sources"]
    return Fact(
        code=str(item["code"]),
        label=str(item["label"]),
        value=value if isinstance(value, int | float) else str(value),
        unit=str(item["unit"]),
        sources=tuple(Source(**source) for source in sources) if isinstance(sources, list) else (),
    )


def sections_in(stored: Iterable[Mapping[str, object]]) -> tuple[Section, ...]:
    """Return stored sections."""
    made = []
    for item in stored:
        paragraphs, tables = item["paragraphs"], item["tables"]
        made.append(
            Section(
                key=str(item["key"]),
                title=str(item["title"]),
                level=int(str(item["level"])),
                paragraphs=tuple(Paragraph(**one) for one in paragraphs)
                if isinstance(paragraphs, list | tuple)
                else (),
                tables=tuple(tables) if isinstance(tables, list | tuple) else (),
            )
        )
    return tuple(made)
