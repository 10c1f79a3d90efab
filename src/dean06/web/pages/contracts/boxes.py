"""What the forms of a contract are made of: boxes with what the draft says, and what was typed taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from dean06.web.language import words
from dean06.web.parts.forms import Field

Body = dict[str, Any]
LONG = 20_000

__all__ = [
    "Body",
    "area",
    "choices",
    "fields_of",
    "given_words",
    "number",
    "pick",
    "put",
    "two",
    "without_nothing",
]


def choices(told: Iterable[tuple[str, str, str]], *, none: bool = False) -> tuple[tuple[str, str], ...]:
    """Return choices in the reader's language."""
    listed = tuple((code, words(vi, en)) for code, vi, en in told)
    return (("", words("không", "none")), *listed) if none else listed


def area(name: str, label: str, value: str, hint: str = "", *, required: bool = False) -> Field:
    """Return a box of several lines."""
    return Field(name=name, label=label, kind="area", value=value, hint=hint, required=required, longest=LONG)


def pick(name: str, label: str, value: str, options: tuple[tuple[str, str], ...], hint: str = "") -> Field:
    """Return a choice."""
    return Field(name=name, label=label, kind="choice", value=value, choices=options, hint=hint)


def fields_of(body: Mapping[str, Any], kind: str = "") -> tuple[tuple[str, str], ...]:
    """Return the fields of a draft as choices; those of one kind, or those joined into no other."""
    return tuple(
        (one["code"], f"{one.get('title', {}).get('vi', '')} ({one['code']})")
        for one in body.get("fields", ())
        if not one.get("part_of") and (not kind or one.get("type") == kind)
    )


def two(told: Mapping[str, Any], name: str, label: str, english: str) -> tuple[Field, Field]:
    """Return the boxes of a text in Vietnamese and English."""
    said = told.get(name) or {}
    return (
        Field(name=f"{name}.vi", label=label, value=said.get("vi", ""), longest=400),
        Field(name=f"{name}.en", label=english, value=said.get("en", ""), required=False, longest=400),
    )


def given_words(post: QueryDict, name: str) -> dict[str, str]:
    """Return a text that was typed in Vietnamese and, where it was, in English."""
    vi = " ".join(post.get(f"{name}.vi", "").split())
    return {"vi": vi, "en": " ".join(post.get(f"{name}.en", "").split()) or vi}


def number(text: str) -> int | str:
    """Return a whole number, or the text as it was typed: what is wrong with it is told by the check."""
    bare = text.strip()
    return int(bare) if bare.lstrip("-").isdecimal() and len(bare) < 10 else bare


def without_nothing(told: Mapping[str, Any]) -> Body:
    """Return what is said, without what says nothing."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {}, False)}


def put(listed: Sequence[Mapping[str, Any]], code: str, told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what is listed with one of it, by its code, said anew; a new one stands last."""
    known = [one.get("code") for one in listed]
    return [told if one.get("code") == code else one for one in listed] + ([] if code in known else [told])
