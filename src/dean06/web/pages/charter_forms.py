"""The forms of the charter editor: fields of a page to the plain values of a package's files, and back.

Only shape is made here; whether words, addresses and ties are right is for the compiler to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

Plain = dict[str, object]
Given = Mapping[str, str]

EMPTY_ROWS = 2  # blank rows at the end of a table of the form, to be filled
_SPLIT = re.compile(r"[,;\s]+")
_LISTS = ("recipients", "coordinators", "systems", "documents", "meetings", "gaps", "blocks", "extends_to", "evidence")
_TEXTS = ("on_behalf_of", "delegate", "sign_form", "seal", "seal_by", "via", "fulfilled_by", "not_testable", "dormant")

__all__ = ["article_from", "head_from", "mapping", "norm_from", "norm_shown", "rows", "said_rows"]


def mapping(value: object) -> Plain:
    """Return a mapping of a draft, empty where the draft has something else there."""
    return dict(value) if isinstance(value, Mapping) else {}


def rows(value: object) -> list[Plain]:
    """Return the mappings of a list of a draft."""
    return [mapping(one) for one in value] if isinstance(value, list | tuple) else []


def _words(text: str) -> list[str]:
    return [word for word in _SPLIT.split(text) if word]


def _text(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- the head


def head_from(given: Given, old: Plain) -> Plain:
    """Return the head of a draft with the titles, posts, agencies and seals of the form."""
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
            mapping_of(made, "roles")[code] = _kept({}, given, f"vai-moi-{number}", ("title", "post", "agency"))
    made["agencies"] = _agencies(given, mapping(old.get("agencies")))
    seals = {code: _text(given.get(f"dau-{code}", "")) for code in mapping(made["agencies"])}
    made["seals"] = {code: seal for code, seal in seals.items() if seal}
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
        code = given.get(f"cq-moi-{number}-code", "").strip()
        if code:
            made[code] = _agency({}, given, f"cq-moi-{number}")
    return made


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


# ---------------------------------------------------------------- an article


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
    made = dict(old) | {"label": label, "vi": vi, "en": en or vi}
    why = _text(given.get(f"{name}-no_norm", ""))
    made.pop("no_norm", None)
    return made | ({"no_norm": why} if why else {})


# ---------------------------------------------------------------- a norm


def norm_shown(norm: Plain) -> dict[str, str]:
    """Return the fields of a norm as texts of the form."""
    when, deadline = mapping(norm.get("when")), norm.get("deadline")
    form = mapping(deadline) if isinstance(deadline, Mapping) else {"form": deadline or ""}
    bearer = norm.get("bearer", "")
    shown = {key: ", ".join(map(str, _listed(norm.get(key)))) for key in _LISTS}
    shown |= {key: str(norm.get(key) or "") for key in _TEXTS}
    return shown | {
        "key": str(norm.get("key", "")),
        "cite": str(norm.get("cite", "")),
        "type": str(norm.get("type", "duty")),
        "bearer": ", ".join(map(str, _listed(bearer))),
        "action": str(norm.get("action") or ""),
        "when_all": ", ".join(map(str, _listed(when.get("all")))),
        "when_any": ", ".join(map(str, _listed(when.get("any")))),
        "deadline": str(form.get("form") or ""),
        "day": str(form.get("day") or ""),
        "event": str(form.get("event") or ""),
        "enforcement": str(norm.get("enforcement") or "warn"),
        "source": str(norm.get("source") or ""),
    }


def _listed(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [value] if value else []


def norm_from(given: Given, old: Plain) -> Plain:
    """Return a norm with the fields of the form; what the form does not show stays as it was."""
    made = dict(old)
    for key in ("key", "cite", "type", "action", "source"):
        _put(made, key, given.get(key, "").strip())
    bearers = _words(given.get("bearer", ""))
    _put(made, "bearer", bearers if len(bearers) != 1 else bearers[0])
    for key in _LISTS:
        _put(made, key, _words(given.get(key, "")))
    for key in _TEXTS:
        _put(made, key, _text(given.get(key, "")))
    when = {key: _words(given.get(f"when_{key}", "")) for key in ("all", "any")}
    _put(made, "when", {key: names for key, names in when.items() if names})
    _put(made, "deadline", _deadline(given))
    enforcement = given.get("enforcement", "")
    _put(made, "enforcement", enforcement if enforcement != "warn" else "")
    return made


def _deadline(given: Given) -> object:
    form, day, event = (given.get(key, "").strip() for key in ("deadline", "day", "event"))
    made: Plain = {"form": form} if form else {}
    if day:
        made["day"] = int(day) if day.isdecimal() else day
    if event:
        made["event"] = event
    return form if set(made) == {"form"} else made


def _put(made: Plain, key: str, value: object) -> None:
    if value:
        made[key] = value
    else:
        made.pop(key, None)
