"""What two texts of a contract say differently, field by field and rule by rule; either may still be a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OFF = "off"
LISTED = ("fields", "rules", "rules_off")
# What says which text it is, and nothing of how a list is read.
OF_THE_TEXT = frozenset({"version", "valid_from", "valid_to"})

Body = Mapping[str, Any]

__all__ = ["OFF", "Difference", "differences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is said otherwise: of the contract itself, of a field or of a rule.

    Attributes:
        part: `contract`, `field` or `rule`.
        code: of the field or rule; empty for the contract itself.
        name: what of it differs; empty where the whole of it came or went.
        before: what is no longer said; of a list, the items that went.
        after: what is said now; of a list, the items that came.
    """

    part: str
    code: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(before: Body, after: Body) -> tuple[Difference, ...]:
    """Return what `after` says otherwise than `before`: the contract itself first, then fields, then rules."""
    return (
        *_compared("contract", "", _itself(before), _itself(after)),
        *_listed("field", _by_code(before, "fields"), _by_code(after, "fields")),
        *_listed("rule", _rules(before), _rules(after)),
    )


def _itself(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in LISTED and name not in OF_THE_TEXT}


def _by_code(body: Body, name: str) -> dict[str, Body]:
    return {str(one.get("code", at)): one for at, one in enumerate(body.get(name, ())) if isinstance(one, Mapping)}


def _rules(body: Body) -> dict[str, Body]:
    """Return the rules by code; one that is turned off says so."""
    off = {code: {**one, OFF: True} for code, one in _by_code(body, "rules_off").items()}
    return _by_code(body, "rules") | off


def _listed(part: str, before: Mapping[str, Body], after: Mapping[str, Body]) -> Iterator[Difference]:
    for code in dict.fromkeys((*before, *after)):
        if code not in after or code not in before:
            went, came = ((_name(before[code]),), ()) if code in before else ((), (_name(after[code]),))
            yield Difference(part=part, code=code, name="", before=went, after=came)
        else:
            yield from _compared(part, code, before[code], after[code])


def _name(one: Body) -> str:
    told = one.get("title") or one.get("says") or {}
    return str(told.get("vi", "")) if isinstance(told, Mapping) else str(told)


def _compared(part: str, code: str, before: Body, after: Body) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        was, now = _told(old), _told(new)
        if isinstance(old, list | tuple) or isinstance(new, list | tuple):
            was, now = tuple(x for x in was if x not in now), tuple(x for x in now if x not in was)
        yield Difference(part=part, code=code, name=name, before=was, after=now)


def _told(value: Any) -> tuple[str, ...]:
    """Return a value as the texts it is made of."""
    if value is None or value == "":
        return ()
    if isinstance(value, Mapping):
        return tuple(f"{name}: {'; '.join(_told(one))}" for name, one in value.items() if one not in (None, ""))
    if isinstance(value, list | tuple):
        return tuple("; ".join(_told(one)) for one in value)
    return (str(value),)
