"""The form of a contract's draft on one rule: its words, its severity, and what its form of rule asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from dean06.sources.live import RULE_FORMS
from dean06.web.language import words
from dean06.web.pages.contracts.boxes import Body, area, choices, fields_of, given_words, number, pick, put, two
from dean06.web.pages.contracts.words import lines, name_of, text_of_lines
from dean06.web.parts.forms import Field

SEVERITIES = (("1", "nặng", "grave"), ("2", "vừa", "medium"), ("3", "nhẹ", "light"))
KINDS = (
    ("order", "ngày này không sau ngày kia", "one date is not after another"),
    ("apart", "hai ngày cách nhau số năm", "two dates are so many years apart"),
    ("needs", "khi … thì cột phải có", "where …, a field is filled"),
    ("bans", "khi … thì cột phải trống", "where …, a field is empty"),
    ("differ", "hai cột không được giống nhau", "two fields differ"),
    ("alike", "cùng một giá trị thì cùng giá trị kia", "who agrees in one agrees in the other"),
    ("once", "không có hai dòng giống nhau ở các cột", "no two rows hold the same"),
    ("between", "số trong khoảng", "a number within bounds"),
)

__all__ = ["KINDS", "SEVERITIES", "read_rule", "rule_form"]


def rule_form(body: Mapping[str, Any], kind: str, one: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of the form on one rule of a kind."""
    return (
        *two(
            one,
            "says",
            words("Câu báo khi trái luật", "What is said (Vietnamese)"),
            words("Bằng tiếng Anh", "In English"),
        ),
        pick("severity", name_of("severity"), str(one.get("severity", "2")), choices(SEVERITIES)),
        *two(one, "source", words("Nguồn của luật", "Where it is from"), words("Bằng tiếng Anh", "In English")),
        *(part for name in RULE_FORMS[kind] for part in _parameter(body, kind, name, one)),
    )


def _parameter(body: Mapping[str, Any], kind: str, name: str, one: Mapping[str, Any]) -> tuple[Field, ...]:
    any_field, dates = fields_of(body), fields_of(body, "date")
    own_day = (("ngay_du_lieu", words("ngày của dữ liệu", "the data's day")),)
    match name:
        case "earlier" | "later":
            return (pick(name, name_of(name), str(one.get(name, "")), (*dates, *own_day)),)
        case "field" | "by":
            return (
                pick(
                    name,
                    name_of(name),
                    str(one.get(name, "")),
                    any_field if kind != "between" else fields_of(body, "number"),
                ),
            )
        case "fields":
            return (
                Field(
                    name=name, label=name_of(name), kind="checks", value=",".join(one.get(name, ())), choices=any_field
                ),
            )
        case "when":
            return _condition(any_field, one.get("when") or {}, optional=kind == "apart")
        case _:
            value = "" if one.get(name) is None else str(one[name])
            return (Field(name=name, label=name_of(name), value=value, required=False, longest=20),)


def _condition(fields: tuple[tuple[str, str], ...], when: Mapping[str, Any], *, optional: bool) -> tuple[Field, ...]:
    state = {True: "filled", False: "empty"}.get(when.get("filled", ""), "among")
    told = (
        ("among", "là một trong các giá trị", "is one of"),
        ("filled", "có dữ liệu", "is filled"),
        ("empty", "để trống", "is empty"),
    )
    none = (("", words("luôn luôn", "always")),) if optional else ()
    return (
        pick("when.field", words("Khi cột", "Where the field"), str(when.get("field", "")), (*none, *fields)),
        pick("when.is", words("thì", "…"), state, choices(told)),
        area(
            "when.among",
            words("Các giá trị", "The values"),
            text_of_lines(when.get("among", ())),
            words("Mỗi dòng một giá trị.", "One a line."),
        ),
    )


def read_rule(body: Mapping[str, Any], code: str, kind: str, post: QueryDict) -> Body:
    """Return a body with what the form on one rule says; it stands where it stood, on or off."""
    told: Body = {
        "code": code,
        "kind": kind,
        "says": given_words(post, "says"),
        "severity": number(post.get("severity", "")),
        "source": given_words(post, "source"),
    }
    told |= {name: value for name in RULE_FORMS[kind] if (value := _given(name, post)) is not None}
    off = any(one.get("code") == code for one in body.get("rules_off", ()))
    name = "rules_off" if off else "rules"
    return {**body, name: put(body.get(name, ()), code, told)}


def _given(name: str, post: QueryDict) -> Any:
    match name:
        case "fields":
            return post.getlist("fields")
        case "when":
            return _condition_given(post)
        case "least" | "most":
            return _measure(post.get(name, ""))
        case _:
            return post.get(name) or None


def _condition_given(post: QueryDict) -> dict[str, Any] | None:
    field, state = post.get("when.field", ""), post.get("when.is", "among")
    if not field:
        return None
    if state == "among":
        return {"field": field, "among": lines(post.get("when.among", ""))}
    return {"field": field, "filled": state == "filled"}


def _measure(text: str) -> float | int | str | None:
    bare = text.strip().replace(",", ".")
    if not bare:
        return None
    try:
        number = float(bare)
    except ValueError:
        return bare
    return int(number) if number.is_integer() else number
