"""What every page of the registers asks first: the register as the group has it, the entry, words and addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.charter.errors import BadAddress
from dean06.charter.types import Citation
from dean06.flows.tracking.offers import Book
from dean06.meetings.service import meetings
from dean06.papers.service import documents
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.reader import Reader
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import Definition, EntryInfo, FieldRule, FieldType, StateKind, Value

CHIPS = {
    StateKind.OPEN: ("info", "pen"),
    StateKind.WAITING: ("warn", "clock"),
    StateKind.DONE: ("ok", "ok"),
    StateKind.DROPPED: ("mute", "none"),
}
TASK, PAPER, MEETING = "task", "paper", "meeting"
MOST_MEETINGS = 200  # offered to be linked to, the newest

__all__ = [
    "aged",
    "labels",
    "link_to",
    "said",
    "seen_book",
    "seen_entry",
    "shown_value",
    "state_chip",
    "title_of",
]


class TwoTongues(Protocol):
    """A text in both languages."""

    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


class Titled(Protocol):
    """A register, a field, a state, a move."""

    @property
    def title(self) -> TwoTongues: ...


def title_of(one: Titled) -> str:
    """Return the title of a register, a field, a state or a move in the reader's language."""
    return words(one.title.vi, one.title.en)


def said(one: TwoTongues) -> str:
    """Return a text in the reader's language."""
    return words(one.vi, one.en)


def labels(
    reader: Reader, wanted: Iterable[str | None], among: Mapping[str, Collection[int]] | None = None
) -> dict[tuple[str, int], str]:
    """Return the label of everything that link fields of these kinds may lead to, as far as the reader may see.

    With `among`, by kind, of these tasks and papers alone.
    """
    kinds = {one for one in wanted if one}
    own = kinds & set(registers.definitions())
    made = registers.seen_labels(reader.viewer, reader.group.id, own, see_all=reader.see_all)
    if TASK in kinds:
        named = work.named(
            reader.viewer, reader.group.id, see_all=reader.see_all, among=None if among is None else among.get(TASK, ())
        )
        made |= {(TASK, task_id): f"NV-{number}: {title}" for number, task_id, title in named}
    if PAPER in kinds:
        made |= {
            (PAPER, one.id): f"{one.label}: {one.abstract}" if one.label else one.abstract
            for one in documents.papers(reader.viewer, reader.group.id, None if among is None else among.get(PAPER, ()))
        }
    if MEETING in kinds:
        held = meetings.meetings(reader.viewer, reader.group.id, size=MOST_MEETINGS).items
        made |= {(MEETING, one.id): f"{one.label}: {one.title}" for one in held}
    return made


def seen_book(reader: Reader, code: str, rules: Iterable[FieldRule] | None = None) -> Book:
    """Return a register as the group has it; `rules` are the fields whose links are to be named."""
    if code not in registers.definitions():
        raise Http404
    shown = registers.shown(reader.group.id, code, reader.today)
    asked = registers.fields(shown) if rules is None else rules
    known = registers.Known(
        agencies=reader.agencies,
        lists=registers.lists(shown),
        today=reader.today,
        labels=labels(reader, [rule.to for rule in asked]),
    )
    return Book(group=reader.group, shown=shown, known=known)


def seen_entry(reader: Reader, register: str, entry_id: int) -> EntryInfo:
    """Return an entry of this register and group, as far as the reader may see it."""
    found = registers.entry(reader.viewer, entry_id, see_all=reader.see_all)
    if found.group_id != reader.group.id or found.register != register:
        raise Http404
    return found


def state_chip(definition: Definition, entry: EntryInfo) -> SafeString:
    """Show where an entry stands."""
    state = definition.state(entry.state)
    tone, sign = CHIPS[state.kind]
    return marks.chip(tone, title_of(state), with_sign=sign)


def aged(reader: Reader, entry: EntryInfo) -> str:
    """Return how old an entry is, in days; of a closed one, how long it took."""
    days = entry.age(reader.today)
    return words(f"{writing.number(days)} ngày", f"{writing.number(days)} days")


def shown_value(reader: Reader, kept: Book, rule: FieldRule, value: Value | None) -> str | SafeString:
    """Return a value as a page shows it: a clause as a chip, a link that leads there, text with its line breaks."""
    if value is None:
        return ""
    match rule.type:
        case FieldType.CLAUSE:
            return _clause(reader, str(value))
        case FieldType.LINK:
            return link_to(reader, rule.to or "", int(str(value)), kept)
        case FieldType.LONG:
            return format_html('<span class="keep-lines">{}</span>', value)
        case FieldType.QUESTIONS if isinstance(value, dict):
            return _answers(kept, rule, value)
        case _:
            return registers.written(rule, value, kept.known, current_language())


def _clause(reader: Reader, dotted: str) -> str | SafeString:
    try:
        return cite(reader, Citation.parse(dotted))
    except BadAddress:
        return dotted


def link_to(reader: Reader, to: str, target: int, kept: Book) -> str | SafeString:
    """Return a link to a task, paper, meeting or entry; what the reader may not see is named by its kind alone."""
    label = kept.known.labels.get((to, target))
    if label is None:
        return words("ngoài phạm vi của bạn", "beyond what you may see")
    match to:
        case "task":
            href = reader.url("tasks-one", target)
        case "paper":
            href = reader.url("papers-one", target)
        case "meeting":
            href = reader.url("meetings-one", target)
        case _:
            href = reader.url("tracking-one", to, target)
    return marks.link(label, href)


def _answers(kept: Book, rule: FieldRule, value: dict[str, str]) -> SafeString:
    """Show how many questions were answered how."""
    items = kept.known.items(rule)
    good = sum(value.get(one.code) in ("co", "khong_ap_dung") for one in items)
    bad = [said(one) for one in items if value.get(one.code) == "khong"]
    told = words(f"{good} trên {len(items)} câu đạt", f"{good} of {len(items)} in order")
    if not bad:
        return format_html("{}", told)
    return format_html("{}. {}: {}", told, words("Chưa đạt", "Not in order"), "; ".join(bad))
