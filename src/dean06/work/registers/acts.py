"""Acts on entries: each takes a permit, and its entry goes to the ledger in the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.work.errors import EntryRefused
from dean06.work.models import Entry, EntryCounter, EntryEvent, EntryFile, EntryLink, RegisterChoice
from dean06.work.registers import checks, choices, library
from dean06.work.registers.binding import batch_digest, change_digest, entry_digest, undo_digest
from dean06.work.registers.definition import WITHDRAWN, Definition, FieldType, Needs, Step
from dean06.work.registers.rows import (
    closed_since,
    digest,
    fill,
    info,
    local_day,
    locked,
    place,
    record,
    ref,
    ref_of,
)
from dean06.work.registers.types import (
    UNDOABLE,
    Change,
    Choice,
    EntryInfo,
    EntrySlot,
    Happening,
    NewEntry,
    Value,
)
from dean06.work.registers.values import Known

KIND = "entry"
NOTHING: frozenset[str] = frozenset()

__all__ = ["change", "change_batch", "choose", "open_batch", "open_entry", "referring", "reserve", "undo"]


def reserve(group_id: int, register: str, on: date, count: int = 1) -> tuple[EntrySlot, ...]:
    """Keep the next numbers of a register in a year; inside the caller's transaction a refusal gives them back."""
    choices.definition(register)
    with transaction.atomic():
        EntryCounter.objects.get_or_create(group_id=group_id, register=register, year=on.year)
        row = EntryCounter.objects.select_for_update().get(group_id=group_id, register=register, year=on.year)
        group = offices.group_by_id(group_id)
        if group.ending is not None:
            raise EntryRefused(
                f"«{group.name}» đã kết thúc: ghi ở sổ của tổ kế thừa.",
                f"{group.name} has ended: enter it in the registers of its successors.",
            )
        first, row.last = row.last + 1, row.last + count
        row.save(update_fields=["last"])
    return tuple(
        EntrySlot(
            group_id=group_id,
            register=register,
            year=on.year,
            number=number,
            ref=ref(group.slug, register, on.year, number),
        )
        for number in range(first, first + count)
    )


def open_entry(by: Permit, new: NewEntry, known: Known) -> EntryInfo:
    """Open an entry by one of its register's openings; the permit is given for kind `entry`, id `new.slot.ref`."""
    with transaction.atomic():
        row = _opened(by, new, known)
        note: dict[str, str | int] = {"register": new.slot.register, "move": new.opening, "state": row.state}
        ledger.append(
            by, scope=row.group.slug, kind=KIND, object_id=new.slot.ref, digest=digest(row),
            bound=entry_digest(new), note=note,
        )  # fmt: skip
    return info(row)


def open_batch(by: Permit, slug: str, register: str, news: Iterable[NewEntry], known: Known) -> list[EntryInfo]:
    """Open many entries in one gesture, under one permit given for kind `register`, id `slug:register`."""
    given = list(news)
    with transaction.atomic():
        rows = [_opened(by, new, known) for new in given]
        _enter_batch(by, slug, register, [entry_digest(new) for new in given], rows)
    return [info(row) for row in rows]


def _enter_batch(by: Permit, slug: str, register: str, parts: list[str], rows: list[Entry]) -> None:
    bound = batch_digest(register, parts)
    after = batch_digest(register, [digest(row) for row in rows])
    ledger.append(
        by, scope=slug, kind="register", object_id=f"{slug}:{register}", digest=after, bound=bound,
        note={"register": register, "entries": len(rows)},
    )  # fmt: skip


def _opened(by: Permit, new: NewEntry, known: Known) -> Entry:
    definition = choices.definition(new.slot.register)
    opening = next((one for one in definition.openings if one.code == new.opening), None)
    if opening is None:
        raise EntryRefused(
            f"Sổ «{definition.title.vi}» không mở mục bằng «{new.opening}».",
            f"The register {definition.code!r} has no opening {new.opening!r}.",
        )
    level = checks.level_taken(new.level)
    values = checks.fitting(definition, new.slot.group_id, new.values, known)
    checks.whole(definition, values, [*_always(definition), *opening.required])
    row = Entry(
        group_id=new.slot.group_id,
        register=definition.code,
        year=new.slot.year,
        number=new.slot.number,
        level=level.value,
        opened_at=by.at,
        opened_by=by.actor.account,
        origin=new.origin[:120],
    )
    fill(row, definition, values, local_day(by.at))
    place(row, definition, opening.to)
    row.closed_at = by.at if row.closed else None
    row.save()
    changed: dict[str, tuple[Value | None, Value | None]] = {code: (None, value) for code, value in values.items()}
    record(by, row, Happening.OPENED, changed=changed, move=opening.code)
    return row


def _always(definition: Definition) -> list[str]:
    return [rule.code for rule in definition.fields if rule.required and rule.once]


def change(by: Permit, entry_id: int, asked: Change, known: Known, speaks: frozenset[str] = NOTHING) -> EntryInfo:
    """Move an entry, or with no move correct it, under a permit given for its ref.

    Args:
        by: the permit.
        entry_id: the entry.
        asked: what is changed, upon which revision.
        known: what stands for codes in the group.
        speaks: actions of which the group's charter has a norm: what a move needs only under such a charter binds then.
    """
    with transaction.atomic():
        row = locked(entry_id)
        _changed(by, row, asked, known, speaks)
        ledger.append(
            by, scope=row.group.slug, kind=KIND, object_id=ref_of(row), digest=digest(row),
            bound=change_digest(ref_of(row), asked), note={"move": asked.move or "edit", "state": row.state},
        )  # fmt: skip
    return info(row)


def change_batch(by: Permit, slug: str, register: str, asked: Mapping[int, Change], known: Known) -> list[EntryInfo]:
    """Correct many entries of a register in one gesture: all of them, or none."""
    with transaction.atomic():
        rows, parts = [], []
        for entry_id in sorted(asked):
            row = locked(entry_id)
            parts.append(change_digest(ref_of(row), asked[entry_id]))
            _changed(by, row, asked[entry_id], known, NOTHING)
            rows.append(row)
        _enter_batch(by, slug, register, parts, rows)
    return [info(row) for row in rows]


def _changed(by: Permit, row: Entry, asked: Change, known: Known, speaks: frozenset[str]) -> None:
    definition = choices.definition(row.register)
    if row.revision != asked.revision:
        raise EntryRefused(
            "Mục vừa được người khác ghi: mở lại trang rồi làm tiếp.",
            "Somebody else has just changed the entry: open the page again.",
        )
    before, values = (digest(row), row.state, row.level), dict(row.values)
    move = _move(definition, row, asked.move)
    given = checks.fitting(definition, row.group_id, asked.values, known)
    _only(definition, move, {*asked.values}, values)
    for code in asked.values:
        values.pop(code, None)
    values |= given
    checks.whole(definition, values, [*_always(definition), *(move.required if move else ())])
    checks.needed(_binding(move.needs if move else (), speaks), values, known, definition)
    changed = {
        code: (row.values.get(code), values.get(code))
        for code in {*row.values, *values}
        if row.values.get(code) != values.get(code)
    }
    level = checks.level_taken(asked.level).value if asked.level else row.level
    if move is None and not changed and level == row.level:
        raise EntryRefused("Không có gì thay đổi để ghi.", "There is no change to write down.")
    fill(row, definition, values, local_day(row.opened_at))
    row.level = level
    _advance(by, row, definition, move.to if move else row.state)
    kind = Happening.MOVED if move else Happening.EDITED
    record(by, row, kind, before=before, changed=changed, move=asked.move, paper=asked.paper)


def _move(definition: Definition, row: Entry, code: str) -> Step | None:
    if row.state == WITHDRAWN:
        raise EntryRefused("Mục đã rút: không ghi tiếp được.", "The entry was withdrawn.")
    if not code:
        return None
    found = next((one for one in definition.moves_from(row.state) if one.code == code), None)
    if found is None:
        state = definition.state(row.state).title
        raise EntryRefused(
            f"Mục đang ở «{state.vi}»: không làm được việc này từ đây.",
            f"The entry stands at {state.en!r}: this cannot be done from there.",
        )
    return found


def _only(definition: Definition, move: Step | None, asked: set[str], values: Mapping[str, Value]) -> None:
    """Refuse fields that a move does not ask; a correction may change what was asked first or has been filled since."""
    open_ones = {rule.code for rule in definition.fields if rule.once} | set(values)
    allowed = set(move.fields) if move else open_ones
    if wrong := sorted(asked - allowed):
        names = ", ".join(definition.field(code).title.vi for code in wrong)
        raise EntryRefused(
            f"Không ghi ở bước này: {names}.", f"These fields are not written at this step: {', '.join(wrong)}."
        )


def _binding(needs: Iterable[Needs], speaks: frozenset[str]) -> list[Needs]:
    return [one for one in needs if not one.where or one.where in speaks]


def _advance(by: Permit, row: Entry, definition: Definition, state: str) -> None:
    was_closed = row.closed
    place(row, definition, state)
    if not row.closed:
        row.closed_at = None
    elif not was_closed:
        row.closed_at = by.at
    row.revision += 1
    row.save()


def undo(by: Permit, entry_id: int, event_id: int) -> EntryInfo:
    """Take back the last thing entered, if it is the one that was meant and nothing rests on it; history keeps both."""
    with transaction.atomic():
        row = locked(entry_id)
        definition = choices.definition(row.register)
        last = _last(row, event_id)
        before = (digest(row), row.state, row.level)
        values = dict(row.values)
        for code, (old, _) in last.changed.items():
            values.pop(code, None)
            if old is not None:
                values[code] = old
        withdrawn = last.kind == Happening.OPENED.value
        if not withdrawn:
            fill(row, definition, values, local_day(row.opened_at))
            row.level = last.level_before or row.level
        EntryEvent.objects.filter(pk=last.pk).update(undone=True)
        place(row, definition, WITHDRAWN if withdrawn else last.state_before)
        standing = EntryEvent.objects.filter(entry=row, undone=False).order_by("pk")
        row.closed_at = by.at if withdrawn else closed_since(definition, standing)
        row.revision += 1
        row.save()
        changed = {} if withdrawn else {code: (pair[1], pair[0]) for code, pair in last.changed.items()}
        record(by, row, Happening.UNDONE, before=before, changed=changed, move=last.move, note=str(last.pk))
        ledger.append(
            by, scope=row.group.slug, kind=KIND, object_id=ref_of(row), digest=digest(row),
            bound=undo_digest(ref_of(row), event_id), note={"move": "undo", "state": row.state},
        )  # fmt: skip
    return info(row)


def _last(row: Entry, event_id: int) -> EntryEvent:
    """Return the last thing that stands, refused where it is another one or something rests on it."""
    kinds = [kind.value for kind in UNDOABLE]
    last = EntryEvent.objects.filter(entry=row, undone=False, kind__in=kinds).order_by("-pk").first()
    if row.state == WITHDRAWN or last is None or last.pk != event_id:
        raise EntryRefused(
            "Lần ghi này không còn là lần cuối: mở lại trang.", "This is not the last thing entered any more."
        )
    if _rests(row, last):
        raise EntryRefused(
            "Sau lần ghi cuối đã có liên kết hoặc tệp minh chứng: gỡ ra trước rồi hoàn tác.",
            "A link or a file was added since: take it away first.",
        )
    if last.kind == Happening.OPENED.value and referring(row.group_id, row.register, row.pk):
        raise EntryRefused(
            "Đã có mục khác dẫn tới mục này: không rút được.", "Another entry leads to this one: it stays."
        )
    return last


def _rests(row: Entry, last: EntryEvent) -> bool:
    """Say whether a link or file that was added after the last thing entered still stands."""
    added = EntryEvent.objects.filter(entry=row, pk__gt=last.pk, kind__in=[Happening.LINKED.value, Happening.PUT.value])
    notes = set(added.values_list("note", flat=True))
    if not notes:
        return False
    links = {f"{one.kind}:{one.target}" for one in EntryLink.objects.filter(entry=row)}
    files = {one.kept_sha256[:12] for one in EntryFile.objects.filter(entry=row, taken_out_at=None)}
    return bool(notes & (links | files))


def referring(group_id: int, register: str, entry_id: int) -> list[EntryInfo]:
    """Return entries of a group whose link fields lead to an entry of a register; one query."""
    found = Q(pk__in=[])
    for other in library.definitions().values():
        for rule in other.fields:
            if rule.type is FieldType.LINK and rule.to == register:
                found |= Q(register=other.code, **{f"values__{rule.code}": entry_id})
    rows = Entry.objects.filter(found, group_id=group_id).exclude(state=WITHDRAWN).select_related("group")
    return [info(row) for row in rows.order_by("register", "year", "number")]


def choose(by: Permit, group_id: int, choice: Choice) -> None:
    """Write down a group's dated choice on a register, under a permit given for kind `register`."""
    choices.check(choice)
    slug = offices.group_by_id(group_id).slug
    bound = choice.digest(slug)
    with transaction.atomic():
        RegisterChoice.objects.create(
            group_id=group_id,
            register=choice.register,
            since=choice.since,
            hidden=list(choice.hidden),
            added={name: [list(one) for one in codes] for name, codes in choice.added.items()},
            at=by.at,
            by=by.actor.account,
            permit=by.digest(),
        )
        ledger.append(
            by, scope=slug, kind="register", object_id=f"{slug}:{choice.register}", digest=bound, bound=bound,
            note={"hidden": len(choice.hidden), "added": sum(len(one) for one in choice.added.values())},
        )  # fmt: skip
