"""Fields of a register as boxes of a form, and what was typed read back into values, each fault at its box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict

from dean06.charter import service as charters
from dean06.clock.service import TZ
from dean06.flows.tracking.offers import Book
from dean06.web.language import current_language, words
from dean06.web.pages.slips import Slip
from dean06.web.pages.tracking.room import said, title_of
from dean06.work.errors import FieldRefused
from dean06.work.service import registers
from dean06.work.service.registers import ANSWERS, FieldRule, FieldType, Level, Value

PREFIX, LEVEL, PAPER, SEEN = "o-", "do_mat", "van_ban_so", "lan_ghi"
LEVELS = (
    (Level.ORDINARY, "Thường", "Ordinary"),
    (Level.RESTRICTED, "Hạn chế người đọc", "Restricted"),
    (Level.SECRET, "Mật (hệ thống không nhận)", "Secret (not taken)"),
    (Level.TOP_SECRET, "Tối mật (hệ thống không nhận)", "Top secret (not taken)"),
    (Level.MOST_SECRET, "Tuyệt mật (hệ thống không nhận)", "Most secret (not taken)"),
)
CHOOSING = frozenset({FieldType.CHOICE, FieldType.AGENCY, FieldType.SYSTEM, FieldType.LINK, FieldType.YES_NO})
NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})

__all__ = ["LEVEL", "PAPER", "SEEN", "Box", "Question", "boxes", "given", "level_given", "levels", "slips_of_fields"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a checklist with the answer that was given."""

    name: str
    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field on the page: how it is filled in and what stands in it."""

    id: str
    label: str
    kind: str
    required: bool
    hint: str
    value: str
    chosen: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
    numeric: bool = False


def boxes(kept: Book, rules: Iterable[FieldRule], values: Mapping[str, Value], required: Iterable[str]) -> list[Box]:
    """Return fields as boxes, with what stands in them."""
    wanted = set(required)
    return [_box(kept, rule, values.get(rule.code), required=rule.code in wanted) for rule in rules]


def _box(kept: Book, rule: FieldRule, value: Value | None, *, required: bool) -> Box:
    return Box(
        id=f"{PREFIX}{rule.code}",
        label=title_of(rule),
        kind=_kind(rule),
        required=required,
        hint=_hint(rule),
        value=_typed(rule, value),
        chosen=tuple(value) if isinstance(value, list) else (),
        choices=_choices(kept, rule, value),
        questions=_questions(kept, rule, value) if rule.type is FieldType.QUESTIONS else (),
        numeric=rule.type in NUMBERS,
    )


def _kind(rule: FieldRule) -> str:
    if rule.type in CHOOSING:
        return "select"
    return rule.type.value if rule.type in (FieldType.LONG, FieldType.AGENCIES, FieldType.QUESTIONS) else "line"


def _hint(rule: FieldRule) -> str:
    told = {
        FieldType.DATE: words("ngày/tháng/năm", "day/month/year"),
        FieldType.INSTANT: words("ví dụ 08:30 05/10/2022", "such as 08:30 05/10/2022"),
        FieldType.CLAUSE: words("ví dụ 7.2.k (điều.khoản.điểm)", "such as 7.2.k (article.clause.point)"),
        FieldType.MONEY: words("đồng", "đồng"),
    }
    own = words(rule.hint.vi, rule.hint.en) if rule.hint else ""
    return "; ".join(part for part in (told.get(rule.type, ""), own) if part)


def _typed(rule: FieldRule, value: Value | None) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    match rule.type:
        case FieldType.DATE:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        case FieldType.INSTANT:
            at = datetime.fromisoformat(str(value)).astimezone(TZ)
            return f"{at:%H:%M} {at:%d/%m/%Y}"
        case FieldType.YES_NO:
            return "co" if value else "khong"
        case _:
            return str(value)


def _choices(kept: Book, rule: FieldRule, value: Value | None) -> tuple[tuple[str, str], ...]:
    match rule.type:
        case FieldType.CHOICE:
            made = [(one.code, said(one)) for one in kept.known.items(rule)]
        case FieldType.AGENCY | FieldType.AGENCIES:
            made = sorted(kept.known.agencies.items(), key=lambda one: one[1])
        case FieldType.SYSTEM:
            named = charters.vocabulary().systems.items()
            made = [(code, f"{code}: {words(name.vi, name.en)}") for code, name in named]
        case FieldType.YES_NO:
            made = [(code, words(*ANSWERS[code])) for code in ("co", "khong")]
        case FieldType.LINK:
            made = [(str(target), label) for (to, target), label in kept.known.labels.items() if to == rule.to]
        case _:
            return ()
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value) not in dict(made):
        made.append((str(value), registers.written(rule, value, kept.known, current_language())))
    return tuple(made)


def _questions(kept: Book, rule: FieldRule, value: Value | None) -> tuple[Question, ...]:
    answers = value if isinstance(value, dict) else {}
    return tuple(
        Question(name=f"{PREFIX}{rule.code}-{one.code}", text=said(one), value=answers.get(one.code, ""))
        for one in kept.known.items(rule)
    )


def given(
    kept: Book, rules: Iterable[FieldRule], post: QueryDict
) -> tuple[dict[str, Value], list[str], list[FieldRefused]]:
    """Return (values, fields left empty, faults) of what was typed."""
    values: dict[str, Value] = {}
    empty: list[str] = []
    faults: list[FieldRefused] = []
    for rule in rules:
        try:
            value = registers.read(rule, _text(kept, rule, post), kept.known)
        except FieldRefused as problem:
            faults.append(problem)
            continue
        if value is None:
            empty.append(rule.code)
        else:
            values[rule.code] = value
    return values, empty, faults


def _text(kept: Book, rule: FieldRule, post: QueryDict) -> str:
    name = f"{PREFIX}{rule.code}"
    match rule.type:
        case FieldType.AGENCIES:
            return ";".join(post.getlist(name))
        case FieldType.QUESTIONS:
            asked = ((one.code, post.get(f"{name}-{one.code}", "")) for one in kept.known.items(rule))
            return ";".join(f"{code}={answer}" for code, answer in asked if answer)
        case _:
            return post.get(name, "")


def slips_of_fields(problems: Iterable[FieldRefused]) -> tuple[Slip, ...]:
    """Return the summary of faults, each leading to its box."""
    language = current_language()
    return tuple(
        Slip(text=line, field=f"{PREFIX}{one.field}") for one in problems for line in one.explain(language).split("\n")
    )


def levels(chosen: Level) -> list[tuple[str, str, bool]]:
    """Return the levels of openness for the form; those of state secrets are there to be refused by name."""
    return [(one.value, words(vi, en), one is chosen) for one, vi, en in LEVELS]


def level_given(post: QueryDict) -> Level | None:
    """Return the level that was chosen."""
    chosen = post.get(LEVEL, "")
    return Level(chosen) if chosen in {one.value for one in Level} else None
