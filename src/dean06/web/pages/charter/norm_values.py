"""One norm of the charter editor: the fields of its form to the plain norm of a package's file.

Fields that the form does not show stay as they were. Whether words and ties are right is for the compiler to say.
"""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict

from dean06.flows import proposing
from dean06.flows.draft_values import listed, mapping
from dean06.web.pages.charter.forms import Plain

MANY = ("bearer", "recipients", "coordinators", "systems", "documents", "meetings", "evidence", "gaps")
ADDED = ("blocks", "extends_to")  # shown as they stand, with one choice more
ONE = ("on_behalf_of", "delegate", "sign_form", "seal", "seal_by", "via", "fulfilled_by")
TEXTS = ("not_testable", "dormant")
CONDITIONS = 3  # blank rows for facts that the act does not name
NEED, EITHER = "all", "any"

__all__ = ["ADDED", "CONDITIONS", "EITHER", "MANY", "NEED", "ONE", "TEXTS", "conditions", "norm_from"]


def conditions(norm: Plain) -> list[tuple[str, str]]:
    """Return the facts of a norm with how they count (`all`, `any`), a `!` before one that must not hold."""
    when = mapping(norm.get("when"))
    return [(str(name), how) for how in (NEED, EITHER) for name in listed(when.get(how))]


def norm_from(given: QueryDict, old: Plain, used: Collection[str]) -> Plain:
    """Return a norm with the fields of the form; without a key of its own it gets one that is not `used`."""
    made = dict(old)
    for key in ("cite", "type", "action"):
        _put(made, key, given.get(key, "").strip())
    for key in MANY:
        _put(made, key, [one for one in given.getlist(key) if one])
    for key in ADDED:
        _put(made, key, list(dict.fromkeys(one for one in given.getlist(key) if one)))
    for key in (*ONE, *TEXTS):
        _put(made, key, " ".join(given.get(key, "").split()))
    _put(made, "when", _when(given))
    _put(made, "deadline", _deadline(given))
    enforcement = given.get("enforcement", "")
    _put(made, "enforcement", enforcement if enforcement != "warn" else "")
    source = " ".join(given.get("source", "").split())
    made["source"] = source or str(made.get("source") or "") or f"{made.get('cite', '')} của bản thảo"
    key = given.get("key", "").strip() or str(old.get("key") or "") or proposing.free_key(made, used)
    return {"key": key} | {name: value for name, value in made.items() if name != "key"}


def _when(given: QueryDict) -> Plain:
    """Return the conditions: each row is a fact, and whether it must hold or is one of several."""
    found: dict[str, list[str]] = {NEED: [], EITHER: []}
    for name, how in zip(given.getlist("khi"), given.getlist("khi_the"), strict=False):
        if name and how in found and name not in found[how]:
            found[how].append(name)
    return {how: names for how, names in found.items() if names}


def _deadline(given: QueryDict) -> object:
    form, day, event = (given.get(key, "").strip() for key in ("deadline", "day", "event"))
    made: Plain = {"form": form} if form else {}
    if form and day:
        made["day"] = int(day) if day.isdecimal() else day
    if form and event:
        made["event"] = event
    return form if set(made) == {"form"} else made


def _put(made: Plain, key: str, value: object) -> None:
    if value:
        made[key] = value
    else:
        made.pop(key, None)
