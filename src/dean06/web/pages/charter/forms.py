"""The forms of the charter editor: fields of a page to the plain values of a package's files, and back.

Only shape is made here; whether words, addresses and ties are right is for the compiler to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from dean06.charter import service as charters
from dean06.flows import chartering
from dean06.flows.draft_values import mapping, rows
from dean06.orthography import service as orthography

Plain = dict[str, object]
Given = Mapping[str, str]

EMPTY_ROWS = 2  # blank rows at the end of a table of the form, to be filled
_WORD = re.compile(r"[^\W\d_]+")

__all__ = ["article_from", "freed_code", "head_from", "said_rows", "untranslated"]


def _text(text: str) -> str:
    return " ".join(text.split())


def untranslated(text: object) -> bool:
    """Say whether an English text is only the mark that nobody has written it."""
    return str(text or "").strip() in ("", chartering.UNTRANSLATED)


def head_from(given: Given, old: Plain) -> Plain:
    """Return the head of a draft with the titles, posts, agencies, seals and chapters of the form."""
    made = dict(old)
    made["title"] = _text(given.get("title", "")) or str(old.get("title", ""))
    made["roles"] = {
        code: _kept(mapping(kept), given, f"vai-{code}", ("title", "post", "agency"))
        for code, kept in mapping(old.get("roles")).items()
        if not given.get(f"vai-{code}-bo")
    }
    for number in range(EMPTY_ROWS):
        code = given.get(f"vai-moi-{number}-code", "").strip()
        if code:
            word = charters.vocabulary().roles.get(code)
            role = _kept({}, given, f"vai-moi-{number}", ("title", "post", "agency"))
            mapping_of(made, "roles")[code] = {"title": word.vi if word else code} | role
    made["agencies"] = _agencies(given, mapping(old.get("agencies")))
    seals = {code: _text(given.get(f"dau-{code}", "")) for code in mapping(made["agencies"])}
    made["seals"] = {code: seal for code, seal in seals.items() if seal}
    made["chapters"] = _chapters(given, rows(old.get("chapters")))
    return made


def _chapters(given: Given, old: Iterable[Plain]) -> list[Plain]:
    """Return the chapters with the labels and headings of the form, and the new one if it was filled in.

    One that was emptied goes, unless articles stand in it.
    """
    made: list[Plain] = []
    blank: Plain = {"articles": []}
    for at, kept in enumerate((*old, blank)):
        name = f"chuong-{at}"
        chapter = _kept(kept, given, name, ("label", "heading")) if f"{name}-label" in given else kept
        if chapter.get("label") or chapter.get("heading") or chapter.get("articles"):
            made.append(chapter)
    return made


def mapping_of(made: Plain, key: str) -> Plain:
    """Return a mapping inside a draft so that it can be added to."""
    inner = mapping(made.get(key))
    made[key] = inner
    return inner


def _agencies(given: Given, old: Plain) -> Plain:
    made: Plain = {}
    for code, kept in old.items():
        if not given.get(f"cq-{code}-bo"):
            made[code] = _agency(mapping(kept), given, f"cq-{code}")
    for number in range(EMPTY_ROWS):
        name = f"cq-moi-{number}"
        code, own = given.get(f"{name}-code", "").strip(), _text(given.get(f"{name}-name", ""))
        if code or own:
            word = charters.vocabulary().agencies.get(code)
            agency = _agency({}, given, name)
            made[code or freed_code(own, made)] = agency | {"name": own or (word.vi if word else code)}
    return made


def freed_code(name: str, used: Iterable[str]) -> str:
    """Return a code nobody uses for an agency of one's own, from the first letters of its name."""
    letters = "".join(word[0] for word in _WORD.findall(orthography.fold(name))).upper()[:20] or "CQ"
    taken = {*used, *charters.vocabulary().agencies}
    return next(code for n in range(1, len(taken) + 2) if (code := letters if n == 1 else f"{letters}{n}") not in taken)


def _agency(old: Plain, given: Given, name: str) -> Plain:
    made = _kept(old, given, name, ("name", "short"))
    made.pop("member", None)
    return made | ({"member": True} if given.get(f"{name}-member") else {})


def _kept(old: Plain, given: Given, name: str, keys: Iterable[str]) -> Plain:
    made = dict(old)
    for key in keys:
        value = _text(given.get(f"{name}-{key}", ""))
        if value:
            made[key] = value
        else:
            made.pop(key, None)
    return made


def said_rows(article: Plain) -> list[tuple[str, Plain]]:
    """Return the clauses and points of an article in order, each with its place in the form."""
    found: list[tuple[str, Plain]] = []
    for at, clause in enumerate(rows(article.get("clauses"))):
        found.append((f"k{at}", clause))
        found += [(f"k{at}-d{n}", point) for n, point in enumerate(rows(clause.get("points")))]
    return found


def article_from(given: Given, old: Plain, today: date) -> Plain:
    """Return an article with the heading, clauses and points of the form; a row emptied is taken out."""
    made = dict(old) | {"heading": _text(given.get("heading", "")), "last_checked": today.isoformat()}
    clauses = []
    for at, clause in enumerate(rows(old.get("clauses"))):
        kept = _said(given, f"k{at}", clause)
        points = [_said(given, f"k{at}-d{n}", point) for n, point in enumerate(rows(clause.get("points")))]
        points.append(_said(given, f"k{at}-moi", {}))
        kept_points = [point for point in points if point]
        if kept:
            kept.pop("points", None)
            clauses.append(kept | ({"points": kept_points} if kept_points else {}))
    clauses += [row for row in (_said(given, f"moi-{n}", {}) for n in range(EMPTY_ROWS)) if row]
    made["clauses"] = clauses
    return made


def _said(given: Given, name: str, old: Plain) -> Plain:
    label, vi, en = (_text(given.get(f"{name}-{key}", "")) for key in ("label", "vi", "en"))
    if not (label or vi or en):
        return {}
    made = dict(old) | {"label": label, "vi": vi, "en": en or chartering.UNTRANSLATED}
    why = _text(given.get(f"{name}-no_norm", ""))
    made.pop("no_norm", None)
    return made | ({"no_norm": why} if why else {})
