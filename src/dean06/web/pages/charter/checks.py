"""Kiểm tra: what is wrong in a draft, what is wanting, and what it would change, each told once and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.service import Advice
from dean06.flows import chartering
from dean06.flows.draft_values import mapping
from dean06.web.language import current_language, words
from dean06.web.pages.charter.words import FaultLine, Place, clause_words, fault_lines
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader

MOST = 40  # lines of an effect that a page shows
FOLDED = 3  # advice of one kind that stands open
MUST = ("template_title", "template_agency")
KINDS = {
    "template_title": ("Tên còn là của mẫu: phải sửa trước khi thông qua", "Still the template's title: change it"),
    "template_agency": (
        "Tên cơ quan còn là tên chung của mẫu: phải sửa trước khi thông qua",
        "Agencies still bear the template's names: change them before adoption",
    ),
    "unread_clause": (
        "Điều khoản chưa có quy phạm: thêm quy phạm, hoặc ghi vì sao không có",
        "Clauses without a norm: add one, or say why there is none",
    ),
    "no_recipient": ("Nghĩa vụ có kỳ mà chưa nêu nơi nhận", "Periodic duties without a recipient"),
    "no_seal": ("Thể thức ký chưa có con dấu", "Sign forms without a seal"),
    "idle_role": ("Vai không mang quy phạm nào", "Roles that bear no norm"),
    "empty_role": ("Vai mang quy phạm nhưng chưa ai giữ", "Roles that nobody holds"),
}

__all__ = ["AdviceLine", "checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceLine:
    """One kind of advice with everything it is about; `must` blocks the adoption."""

    text: str
    must: bool
    folded: bool
    places: tuple[Place, ...]


def _place(reader: Reader, draft: DraftInfo, one: Advice) -> Place:
    head = reader.url("charter-draft-head", draft.id)
    tables = mapping(draft.files.get(chartering.HEAD))
    if one.where in mapping(tables.get("roles")):
        return Place(text=words(one.vi, one.en), href=f"{head}#vai-{one.where}-title")
    if one.where in mapping(tables.get("agencies")):
        return Place(text=words(one.vi, one.en), href=f"{head}#cq-{one.where}-name")
    if one.where == "title":
        return Place(text=words(one.vi, one.en), href=f"{head}#title")
    article = one.where.partition(".")[0]
    file = next((name for name, value in draft.files.items() if mapping(value).get("article") == article), "")
    said = clause_words(one.where)
    said = said[:1].upper() + said[1:]
    text = said if one.code == "unread_clause" else f"{said}: {words(one.vi, one.en)}"
    return Place(text=text, href=reader.url("charter-draft-article", draft.id, file) if file else "")


def _advice(reader: Reader, draft: DraftInfo, given: Iterable[Advice]) -> list[AdviceLine]:
    by_code: dict[str, list[Advice]] = {}
    for one in given:
        by_code.setdefault(one.code, []).append(one)
    return [
        AdviceLine(
            text=words(*KINDS[code]) if code in KINDS else words(listed[0].vi, listed[0].en),
            must=code in MUST,
            folded=len(listed) > FOLDED,
            places=tuple(dict.fromkeys(_place(reader, draft, one) for one in listed)),
        )
        for code, listed in sorted(by_code.items(), key=lambda pair: pair[0] not in MUST)
    ]


def _effects(review: chartering.Review) -> Checklist:
    lines = []
    comparison = review.comparison
    if comparison is not None:
        language = current_language()
        for effect in comparison.effects[:MOST]:
            tone, sign = {"gained": ("ok", "up"), "lost": ("bad", "dn")}.get(effect.change, ("warn", "neq"))
            lines.append(
                Check(text=charters.effect_text(comparison.a, comparison.b, effect, language), tone=tone, sign=sign)
            )
    return Checklist(items=tuple(lines))


def checked(reader: Reader, draft: DraftInfo, review: chartering.Review) -> dict[str, object]:
    """Return what is wrong with a draft, what is wanting, and what it changes."""
    comparison = review.comparison
    faults: list[FaultLine] = fault_lines(reader, draft, review.faults)
    changed = (
        {
            "text": len(comparison.text),
            "norms": len(comparison.norms),
            "effects": len(comparison.effects),
            "tasks": len(review.tasks),
        }
        if comparison
        else None
    )
    advice = _advice(reader, draft, review.advice)
    return {
        "faults": faults[:MOST],
        "advice": advice,
        "left_of_template": any(one.must for one in advice),
        "whole": review.charter is not None,
        "hash": review.charter.hash if review.charter else "",
        "effects": _effects(review),
        "changed": changed,
        "tasks": [(task.number, task.title, reader.url("tasks-one", task.id)) for task in review.tasks[:MOST]],
    }
