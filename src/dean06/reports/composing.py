"""Making a report's sections from facts, and making them again without losing the clerk's words. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

from dean06.reports.periods import parse
from dean06.reports.types import Change, FactSheet, Paragraph, Section

_FACT = re.compile(r"(?<!\{)\{([a-z0-9_.]+)\}(?!\})")
_WORD = re.compile(r"\{\{([a-z_]+)\}\}")


@lru_cache(maxsize=4)
def _form(kind: str) -> list[Mapping[str, object]]:
    text = resources.files("dean06.reports").joinpath(f"{kind}.yaml").read_text(encoding="utf-8")
    return list(YAML(typ="safe", pure=True).load(text)["sections"])


def facts_named(text: str) -> tuple[str, ...]:
    """Return the codes of the facts that a paragraph or cell names, in order."""
    return tuple(_FACT.findall(text))


def number(value: float | str) -> str:
    """Write a value as Vietnamese offices do: 4.812 and 92,0."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, float):
        return f"{value:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return value


def _applies(when: object, sheet: FactSheet) -> bool:
    if not isinstance(when, list):
        return True
    facts = sheet.by_code()
    return any(facts[code].value not in {0, ""} for code in when if code in facts)


def compose(sheet: FactSheet) -> tuple[Section, ...]:
    """Make the sections of a report; a paragraph whose facts are all absent or nought is left out.

    Words taken over from other reports follow the section's own; an optional section with nothing in it is left out.
    """
    known = sheet.by_code()
    present, taken = {table.key for table in sheet.tables}, _taken(sheet)
    made = []
    for part in _form(parse(sheet.month).kind):
        paragraphs = []
        raw = part["paragraphs"]
        for item in raw if isinstance(raw, list) else []:
            text = _WORD.sub(lambda match: sheet.words.get(match.group(1), ""), " ".join(str(item["text"]).split()))
            alone = item.get("alone") and taken.get(str(part["key"]))
            if not alone and _applies(item.get("when"), sheet) and all(code in known for code in facts_named(text)):
                paragraphs.append(Paragraph(key=str(item["key"]), text=text))
        paragraphs += taken.get(str(part["key"]), [])
        tables = part.get("tables")
        laid = tuple(key for key in tables if key in present) if isinstance(tables, list) else ()
        if part.get("optional") and not paragraphs and not laid:
            continue
        made.append(
            Section(
                key=str(part["key"]),
                title=str(part["title"]),
                level=int(str(part["level"])),
                paragraphs=tuple(paragraphs),
                tables=laid,
            )
        )
    return tuple(made)


def _taken(sheet: FactSheet) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    for one in sheet.excerpts:
        found.setdefault(one.section, []).append(Paragraph(key=f"{one.section}.{one.key}", text=one.text))
    return found


def keep_edits(
    edited: tuple[Section, ...], fresh: tuple[Section, ...], known: Container[str] | None = None
) -> tuple[Section, ...]:
    """Put the clerk's words into freshly made sections.

    An edited paragraph stays as the clerk wrote it: its numbers are codes, so they follow the facts by themselves. One
    that the clerk emptied stays empty. Paragraphs the clerk added stay at the end of their section. A code that is not
    `known` any more, because a list was taken back, is said to be gone in the place of its number.
    """
    words = {
        paragraph.key: _without_lost(paragraph, known)
        for section in edited
        for paragraph in section.paragraphs
        if paragraph.edited
    }
    merged = []
    for section in fresh:
        made = [words.pop(paragraph.key, paragraph) for paragraph in section.paragraphs]
        own = [words.pop(key) for key in list(words) if key.startswith(f"{section.key}.them")]
        stay = [words.pop(key) for key in list(words) if key.rpartition(".")[0] == section.key]
        merged.append(
            Section(
                key=section.key,
                title=section.title,
                level=section.level,
                paragraphs=(*made, *stay, *own),
                tables=section.tables,
            )
        )
    return tuple(merged)


def _without_lost(paragraph: Paragraph, known: Container[str] | None) -> Paragraph:
    if known is None:
        return paragraph

    def said(match: re.Match[str]) -> str:
        code = match.group(1)
        return match.group(0) if code in known else f"[không còn số liệu: {code}]"

    return replace(paragraph, text=_FACT.sub(said, paragraph.text))


def changes(before: FactSheet, after: FactSheet) -> tuple[Change, ...]:
    """Return the facts whose value differs between two makings, in the order of the newer."""
    old, new = before.by_code(), after.by_code()
    listed = [
        Change(
            code=code,
            label=fact.label,
            before=number(old[code].value) if code in old else "",
            after=number(fact.value),
        )
        for code, fact in new.items()
        if code not in old or old[code].value != fact.value
    ]
    gone = [
        Change(code=code, label=fact.label, before=number(fact.value), after="")
        for code, fact in old.items()
        if code not in new
    ]
    return (*listed, *gone)
