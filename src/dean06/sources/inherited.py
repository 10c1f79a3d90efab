"""What a contract takes over from another: the one it extends, or the one whose rows it reads for another person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

KEY = "khoa"  # the one role that is the row's, not a person's
# What a list beside another does not take over from it: what is its own, and what the rows say of themselves.
NOT_SHARED = {"id", "also", "beside", "recurs", "fields", "rules", "rules_off", "statements", "target", "freshness"}

Known = Callable[[str], BaseModel | None]
Field = Mapping[str, Any]

__all__ = ["KEY", "with_inherited"]


def with_inherited(data: Any, known: Known) -> Any:
    """Return what a contract says with what it takes over, whole; as it is where it cannot."""
    if not isinstance(data, dict):
        return data
    if "extends" in data:
        return _extended(data, known)
    return _beside(data, known) if "as" in data else data


def _extended(data: Mapping[str, Any], known: Known) -> Mapping[str, Any]:
    """Return a contract with what it extends, field by field and rule by rule."""
    own = {key: value for key, value in data.items() if key != "extends"}
    parent = known(str(data["extends"]))
    fields, rules = own.get("fields", []), own.get("rules", [])
    if parent is None or not isinstance(fields, list) or not isinstance(rules, list):
        return data  # left as it is: validation then names `extends`, `fields` or `rules`
    told = parent.model_dump(mode="json", include={"fields", "rules"})
    return own | {"fields": fields + _unsaid(fields, told["fields"]), "rules": _unsaid(rules, told["rules"]) + rules}


def _unsaid(own: Sequence[Any], inherited: Sequence[Field]) -> list[Any]:
    """Return what the parent has and the child does not say anew."""
    said = {one.get("code") for one in own if isinstance(one, dict)}
    return [one for one in inherited if one["code"] not in said]


# ------------------------------------------------------------ another person of the same rows


def _beside(data: Mapping[str, Any], known: Known) -> Mapping[str, Any]:
    """Return a contract that gives the roles to another person of another list's rows.

    `as` says which fields of the list beside it stand for which roles; `others` is what the fields of the person
    matched there are called here. What a row says of itself is told by that list: its rules stay there.
    """
    roles, others = data["as"], data.get("others")
    first = known(str(data.get("beside")))
    own = {key: value for key, value in data.items() if key not in {"as", "others"}}
    if first is None or not isinstance(roles, dict) or not isinstance(others, str) or "fields" in own:
        return data  # left as it is: validation then names `as` and `others`
    told = first.model_dump(mode="json", exclude_defaults=True)
    if not set(roles) <= {one["code"] for one in told["fields"]}:
        return data
    names = _names_here(told["fields"], roles, others)
    shared = {key: value for key, value in told.items() if key not in NOT_SHARED}
    return shared | own | {"fields": [_as_second(one, names, roles) for one in told["fields"]]}


def _names_here(fields: Sequence[Field], roles: Mapping[str, str], others: str) -> dict[str, str]:
    """Return what each field of the first list is called here; what spoke of the person matched there has another."""
    persons = {one["code"] for one in fields if one.get("role", KEY) != KEY}
    moved = {one["code"] for one in fields if one["code"] in persons or one.get("part_of") in persons}
    return {code: f"{code}_{others}" if code in moved else code for code in (one["code"] for one in fields)} | dict(
        roles
    )


def _as_second(one: Field, names: Mapping[str, str], roles: Mapping[str, str]) -> dict[str, Any]:
    """Return a field of the first list with its name and role here; the first person's have no role any more.

    What a row must fill, the first list says.
    """
    role = roles.get(one["code"]) or (KEY if one.get("role") == KEY else None)
    told = {key: value for key, value in one.items() if key not in {"role", "required"}}
    told |= {key: names[told[key]] for key in ("part_of", "dated_by") if key in told}
    return told | {"code": names[one["code"]]} | ({"role": role} if role else {})
