"""A register as a table that leaves and comes back: compared row by row, only what was changed is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, permit
from dean06.flows.tracking.offers import Book
from dean06.ledger.types import digest_of
from dean06.offices.types import GroupInfo
from dean06.orthography import service as orthography
from dean06.work.errors import EntryRefused, FieldRefused
from dean06.work.service import registers
from dean06.work.service.registers import KEEP, Change, EntryInfo, FieldRule, NewEntry, Value

NUMBER, STATE = "so", "trang_thai"
MOST_LETTERS, MOST_ROWS = 2_000, 500

__all__ = ["NUMBER", "STATE", "Compared", "Told", "cells", "compare", "read_back", "take_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One cell that was changed: its field, what stands in the register, what the table says."""

    field: FieldRule
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One row of a table beside the register: a new entry, a changed one, or one with faults."""

    row: int
    entry: EntryInfo | None
    told: tuple[Told, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    cleared: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it would become an entry."""
        return self.entry is None

    @property
    def says_something(self) -> bool:
        """Whether anything would be written."""
        return bool(self.values or self.cleared)


def cells(kept: Book, entry: EntryInfo, language: str) -> dict[str, str]:
    """Return an entry as the cells of a table, by the code of their column."""
    definition = kept.definition
    state = definition.state(entry.state).title
    made = {NUMBER: entry.label, STATE: state.en if language == "en" else state.vi}
    for rule in registers.fields(kept.shown):
        made[rule.code] = registers.written(rule, entry.values.get(rule.code), kept.known, language)
    return made


def level(text: str) -> str:
    """Return a cell as a table gives it back: one line, of so many letters at most."""
    return " ".join(orthography.nfc_clean(text).split())[:MOST_LETTERS]


def compare(
    kept: Book, entries: Iterable[EntryInfo], rows: Sequence[tuple[int, Mapping[str, str]]], language: str
) -> list[Compared]:
    """Compare the rows of a table (number in its sheet, cells by column) with the register.

    A cell that stands as the register writes it changes nothing, and neither does a column that the table has not.
    """
    if len(rows) > MOST_ROWS:
        raise BadInput(
            f"Bảng có {len(rows)} dòng, vượt giới hạn {MOST_ROWS}: chia thành nhiều tệp.",
            f"The table has {len(rows)} rows, over the limit of {MOST_ROWS}: split it.",
        )
    by_label = {level(one.label): one for one in entries}
    seen: set[str] = set()
    made = []
    for number, given in rows:
        label = level(given.get(NUMBER, ""))
        entry = by_label.get(label)
        if label and (entry is None or label in seen):
            said = (
                ("đã có ở dòng trên", "stands above already") if label in seen else ("không có trong sổ", "is unknown")
            )
            fault = (f"Số «{label[:40]}» {said[0]}.", f"The number {label[:40]!r} {said[1]}.")
            made.append(Compared(row=number, entry=None, faults=(fault,)))
            continue
        seen.add(label or f"#{number}")
        made.append(_row(kept, entry, number, given, language))
    return [one for one in made if one.says_something or one.faults or one.notes]


def _row(kept: Book, entry: EntryInfo | None, number: int, given: Mapping[str, str], language: str) -> Compared:
    standing = cells(kept, entry, language) if entry else {}
    values: dict[str, Value] = {}
    cleared: list[str] = []
    told: list[Told] = []
    faults: list[tuple[str, str]] = []
    for rule, new in _differing(kept, entry, given, standing):
        try:
            value = registers.read(rule, new, kept.known)
        except FieldRefused as problem:
            faults.append((problem.vi, problem.en))
            continue
        if entry is not None and value == entry.values.get(rule.code):
            continue  # written otherwise, and the same
        told.append(Told(field=rule, old=standing.get(rule.code, ""), new=new))
        if value is None:
            cleared.append(rule.code)
        else:
            values[rule.code] = value
    faults += _missing(kept, entry, values, cleared)
    return Compared(
        row=number,
        entry=entry,
        told=tuple(told),
        values={} if faults else values,
        cleared=() if faults else tuple(cleared),
        faults=tuple(faults),
        notes=_notes(given, standing),
    )


def _differing(
    kept: Book, entry: EntryInfo | None, given: Mapping[str, str], standing: Mapping[str, str]
) -> Iterator[tuple[FieldRule, str]]:
    for rule in registers.fields(kept.shown):
        if rule.code not in given:
            continue
        new = given[rule.code]
        if level(new) == level(standing.get(rule.code, "")):
            continue
        if rule.once or (entry is not None and rule.code in entry.values):
            yield rule, new


def _missing(
    kept: Book, entry: EntryInfo | None, values: Mapping[str, Value], cleared: Sequence[str]
) -> list[tuple[str, str]]:
    whole = {**(entry.values if entry else {}), **values}
    required = [one for one in kept.definition.fields if one.required and one.once]
    return [
        (f"{rule.title.vi}: chưa ghi.", f"{rule.title.en}: is missing.")
        for rule in required
        if rule.code not in whole or rule.code in cleared
    ]


def _notes(given: Mapping[str, str], standing: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    said = level(given.get(STATE, ""))
    if not standing or not said or said == level(standing[STATE]):
        return ()
    return (
        (
            "Cột trạng thái không nhập từ bảng: đổi trạng thái ở trang của mục, theo quy chế.",
            "The state is not taken from a table: it is moved on the entry's page, under the charter.",
        ),
    )


def read_back(entries: Iterable[EntryInfo], told: Iterable[Mapping[str, object]]) -> list[Compared]:
    """Return rows that were shown and confirmed, as `take_in` takes them; an entry that is gone is refused."""
    by_id = {one.id: one for one in entries}
    made = []
    for one in told:
        entry_id, values, cleared = one.get("id"), one.get("values"), one.get("cleared")
        entry = by_id.get(entry_id) if isinstance(entry_id, int) else None
        if (entry_id is not None and entry is None) or not isinstance(values, dict) or not isinstance(cleared, list):
            raise EntryRefused(
                "Sổ vừa đổi sau khi xem trước: tải tệp lên lại.", "The register has changed: send the file again."
            )
        if entry is not None and one.get("revision") != entry.revision:
            raise EntryRefused(
                f"Mục {entry.label} vừa được người khác ghi: tải tệp lên lại.",
                f"{entry.label} has just been changed: send the file again.",
            )
        made.append(Compared(row=0, entry=entry, values=values, cleared=tuple(map(str, cleared))))
    return made


def take_in(account: str, group: GroupInfo, kept: Book, rows: Sequence[Compared], reason: str | None = None) -> int:
    """Write down what a table changed: corrections in one act, new entries in another; all of it or nothing."""
    changed = [one for one in rows if one.entry is not None and one.says_something]
    fresh = [one for one in rows if one.is_new and one.says_something]
    if not changed and not fresh:
        raise BadInput("Không có gì thay đổi để ghi.", "There is no change to write down.")
    with transaction.atomic():
        if changed:
            _correct(account, group, kept, changed, reason)
        if fresh:
            _add(account, group, kept, fresh, reason)
    return len(changed) + len(fresh)


def _correct(account: str, group: GroupInfo, kept: Book, rows: Sequence[Compared], reason: str | None) -> None:
    asked: dict[int, Change] = {}
    parts: dict[int, str] = {}
    for one in rows:
        entry = one.entry
        if entry is None:
            continue
        values: dict[str, Value] = {**one.values, **dict.fromkeys(one.cleared, "")}
        asked[entry.id] = Change(revision=entry.revision, values=values)
        parts[entry.id] = registers.change_digest(entry.ref, asked[entry.id])
    by = _act(account, group, kept, [parts[key] for key in sorted(parts)], rows, reason)
    registers.change_batch(permit(by), group.slug, kept.definition.code, asked, kept.known)


def _add(account: str, group: GroupInfo, kept: Book, rows: Sequence[Compared], reason: str | None) -> None:
    definition = kept.definition
    opening = definition.openings[0]
    if len(definition.openings) > 1 or KEEP not in opening.actions:
        raise EntryRefused(
            f"Mục mới của «{definition.title.vi}» mở ở trang của sổ, theo quy chế: bỏ dòng không có số.",
            f"New entries of {definition.title.en!r} are opened on its page, under the charter: leave those rows out.",
        )
    slots = registers.reserve(group.id, definition.code, clock.today(group), len(rows))
    news = [
        NewEntry(slot=slot, opening=opening.code, values=dict(one.values))
        for slot, one in zip(slots, rows, strict=True)
    ]
    by = _act(account, group, kept, [registers.entry_digest(new) for new in news], rows, reason)
    registers.open_batch(permit(by), group.slug, definition.code, news, kept.known)


def _act(
    account: str, group: GroupInfo, kept: Book, parts: list[str], rows: Sequence[Compared], reason: str | None
) -> Act:
    """Return the act of a whole batch: of one agency where every row is that agency's own."""
    code = kept.definition.code
    named = kept.definition.agency or ""
    agencies = {one.entry.agency if one.entry else str(one.values.get(named, "")) for one in rows}
    agencies |= {str(one.values[named]) for one in rows if named in one.values}
    obj = ObjectRef(
        kind="register", id=f"{group.slug}:{code}", digest=registers.batch_digest(code, parts) if parts else digest_of()
    )
    return Act(
        account=account,
        group=group,
        action=KEEP,
        obj=obj,
        agency=agencies.pop() if len(agencies) == 1 else "",
        reason=reason,
    )
