"""Looking people up at an address: who fits, what is shown of them, and the record of each person shown.

The record stands before the answer leaves: an entry in the ledger with counts and commitments, and for every person
shown a line by which they learn who read them. What was asked, and the purpose, stand in no log.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.places import service as places
from dean06.population import live as people_store
from dean06.population import service as population
from dean06.reconcile import live, lookup_ids, namesakes, shortlist
from dean06.reconcile.engine.options import Options
from dean06.reconcile.errors import LookupRefused, NotYours
from dean06.reconcile.lookup_rules import LookupField, fields, limit, opened_by, told
from dean06.reconcile.masking import masked
from dean06.reconcile.models import LookedUp, Lookup, LookupAddress
from dean06.reconcile.service import looks
from dean06.reconcile.service.lookup_addresses import KIND, AddressInfo
from dean06.reconcile.shortlist import Question
from dean06.reconcile.small_batch import Asked, matched
from dean06.sources.live import Contract

WINDOW = timedelta(minutes=1)
EXTEND = "extend"

__all__ = [
    "Asked",
    "Call",
    "Candidate",
    "Cell",
    "Door",
    "LookupField",
    "LookupInfo",
    "Pace",
    "Question",
    "call",
    "cards",
    "door",
    "fields",
    "limit",
    "looks_like_id",
    "lookups_at_person",
    "match",
    "opened_by",
    "pace",
    "subject",
    "suggest",
    "told",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An open address with what its answers are made from; `key` draws the ids of people, and is kept nowhere."""

    address: AddressInfo
    directory: Path
    as_of: date
    options: Options
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of one person as it is shown: `how` says whether it is whole, masked or kept back."""

    field: LookupField
    how: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person as they are shown: an id that holds for this address alone, and masked cells.

    `score` runs from 0 to 100; `certain` is the engine's word that it is this person and nobody else.
    """

    id: str
    name: str
    cells: tuple[Cell, ...]
    score: float = 0.0
    certain: bool = False
    reasons: tuple[str, ...] = ()
    features: tuple[tuple[str, bool | float], ...] = ()

    def cell(self, name: str) -> Cell:
        """Return one field as it is shown."""
        return next(one for one in self.cells if one.field.id == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: what is done, the canonical text of what was sent, and a mark by chance that tells it from others."""

    operation: str
    asked: str = field(repr=False)
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many calls are left in this minute, and in how many seconds it ends."""

    left: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupInfo:
    """One call at which a person was shown."""

    account: str
    role: str
    operation: str
    purpose: str
    at: datetime
    entry: int


def door(address: AddressInfo, register: population.RegisterInfo, contract: Contract, token: str) -> Door:
    """Return what answers at an address are made from: a whole snapshot, its keys, and how the list writes things."""
    population.require_whole(register)
    live.ensure_prepared(register.directory)
    options = Options(
        gender_codes=contract.sex_codes,
        date_order=contract.dates.order,
        units=live.old_units(register.as_of),
        year=register.as_of.year,
    )
    return Door(
        address=address,
        directory=register.directory,
        as_of=register.as_of,
        options=options,
        key=lookup_ids.key_of(token, address.public_id),
    )


def looks_like_id(text: str) -> bool:
    """Say whether a text could be an id that some address gave out."""
    return lookup_ids.FORM.fullmatch(text) is not None


def pace(address: AddressInfo) -> Pace:
    """Return how many calls an address has left in this minute."""
    now = clock.now()
    start = now.replace(second=0, microsecond=0)
    made = Lookup.objects.filter(address__public_id=address.public_id, called_at__gte=start).count()
    return Pace(
        left=max(0, limit("calls_a_minute") - made), seconds=max(1, int((start + WINDOW - now).total_seconds()))
    )


def call(operation: str, asked: str) -> Call:
    """Return a call that is about to be answered; the same words asked again are another call."""
    return Call(operation=operation, asked=asked, mark=secrets.token_hex(16))


def subject(address: AddressInfo, what: Call) -> ObjectRef:
    """Return what a permit for one call is given for: this operation with these words, for the address's purpose."""
    digest = digest_of(
        operation=what.operation,
        asked=ledger.commitment(what.asked),
        mark=what.mark,
        purpose=ledger.commitment(address.purpose),
    )
    return ObjectRef(kind=KIND, id=address.public_id, digest=digest)


# ------------------------------------------------------------ answers


def match(by: Permit, at: Door, what: Call, questions: Sequence[Question]) -> list[list[Candidate]]:
    """Return the candidates of each question, the likeliest first; each person shown is recorded before.

    Args:
        by: the permit, for `subject(at.address, what)`.
        at: the door.
        what: the call, to whose words the ledger commits.
        questions: who is looked for.
    """
    prepared = live.ensure_prepared(at.directory)
    rows = [row for one in questions for row in one.rows]
    answers = iter(matched(prepared, rows, at.options, _room()))
    found = []
    for one in questions:
        own = shortlist.of_answers(one, [next(answers) for _ in one.rows])
        if one.known and (number := lookup_ids.number_of(at.key, one.known)):
            own = [shortlist.known(number)]
        elif shortlist.wants_namesakes(one, own):
            own = [*own, *shortlist.of_name(prepared, one, own)]
        found.append(own[: one.limit])
    people = _people(at, (hit.number for own in found for hit in own))
    fitted = {hit.number for own in found for hit in own if hit.fitted}
    _record(by, at.address, what, len(questions), people, fitted)
    return [[_shown(at, people[hit.number], hit) for hit in own if hit.number in people] for own in found]


def suggest(by: Permit, at: Door, what: Call, most: int, skip: int) -> list[Candidate]:
    """Return people by the beginning of their name, or the one of an id; the record comes first."""
    prepared = live.ensure_prepared(at.directory)
    prefix = what.asked
    number = lookup_ids.number_of(at.key, prefix)
    if number is None and len(prefix.replace(" ", "")) < limit("prefix_letters"):
        numbers: tuple[str, ...] = ()
    else:
        numbers = (number,) if number else namesakes.beginning(prepared, prefix, most, skip)
    people = _people(at, numbers)
    _record(by, at.address, what, 1, people)
    return [_shown(at, people[one]) for one in numbers if one in people]


def cards(by: Permit, at: Door, what: Call, ids: Sequence[str]) -> dict[str, Candidate]:
    """Return the people of ids that this address gave out, by id; unknown ids are left out. The record comes first.

    To `extend` shows whole what the list's contract has, of those people alone whom the list was seen to know.
    """
    numbers = {one: number for one in ids if (number := lookup_ids.number_of(at.key, one))}
    people = _people(at, numbers.values())
    _record(by, at.address, what, len(ids), people)
    whole = _fitted(at.address, people) if what.operation == EXTEND else frozenset()
    return {
        one: _shown(at, people[number], whole=number in whole) for one, number in numbers.items() if number in people
    }


def _fitted(address: AddressInfo, numbers: Iterable[str]) -> frozenset[str]:
    """Return those people whom a query at this address fitted by more than their name."""
    commit = ledger.committer()
    by_commitment = {commit(number): number for number in numbers}
    rows = LookedUp.objects.filter(
        lookup__address__public_id=address.public_id, fitted=True, person__in=list(by_commitment)
    )
    return frozenset(by_commitment[one] for one in rows.values_list("person", flat=True).distinct())


def _room() -> Path:
    """Return where a handful of rows lies for a fraction of a second; what a kill leaves there is swept."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


def _people(at: Door, numbers: Iterable[str]) -> dict[str, dict[str, str]]:
    snapshot = people_store.open_snapshot(at.directory)
    found = people_store.people(snapshot, set(numbers), at.address.purpose)
    return {
        number: {name: "" if value is None else str(value) for name, value in row.items()}
        for number, row in found.items()
    }


def _shown(at: Door, person: dict[str, str], hit: shortlist.Hit | None = None, *, whole: bool = False) -> Candidate:
    opened = at.address.fields if whole else ()
    return Candidate(
        id=lookup_ids.id_of(at.key, person["so_dinh_danh"]),
        name=person["ho_ten"],
        cells=tuple(_cell(at, one, person[one.column], opened) for one in fields().values()),
        score=round(hit.score, 2) if hit else 0.0,
        certain=hit.certain if hit else False,
        reasons=hit.reasons if hit else (),
        features=hit.features if hit else (),
    )


def _cell(at: Door, one: LookupField, value: str, opened: Collection[str]) -> Cell:
    how = told(one, opened)
    if one.id == "noi_o" and value:
        unit = places.unit(value, at.as_of)
        value = f"{unit.name} ({value})" if unit and how == "whole" else value
    shown = {"whole": value, "masked": masked(one.id, value), "nothing": ""}[how]
    return Cell(field=one, how=how, value=shown)


# ------------------------------------------------------------ the record


def _record(
    by: Permit, address: AddressInfo, what: Call, queries: int, people: Collection[str], fitted: Collection[str] = ()
) -> None:
    """Record a call and each person it shows, and count it; an address that is used up shows nobody more."""
    commit = ledger.committer()
    told_of = sorted((commit(number), number in fitted) for number in people)
    ref = subject(address, what)
    with transaction.atomic():
        row = LookupAddress.objects.select_for_update().get(public_id=address.public_id)
        _require_left(row, queries, len(told_of))
        entry = ledger.append(
            by,
            scope=offices.group_by_id(row.group_id).slug,
            kind=ref.kind,
            object_id=ref.id,
            digest=digest_of(asked=ref.digest, people=" ".join(one for one, _ in told_of)),
            bound=ref.digest,
            note={"operation": what.operation, "queries": queries, "people": len(told_of)},
        )
        now = clock.now()
        kept = Lookup.objects.create(
            group_id=row.group_id,
            address=row,
            operation=what.operation,
            at=by.at,
            called_at=now,
            queries=queries,
            people=len(told_of),
            entry=entry,
        )
        LookedUp.objects.bulk_create(
            LookedUp(group_id=row.group_id, lookup=kept, person=one, fitted=sure) for one, sure in told_of
        )
        LookupAddress.objects.filter(pk=row.pk).update(
            calls=F("calls") + 1, queries=F("queries") + queries, people=F("people") + len(told_of), used_at=now
        )


def _require_left(row: LookupAddress, queries: int, people: int) -> None:
    if row.revoked_at is not None:
        raise LookupRefused("ended", "Địa chỉ vừa bị thu hồi.", "The address was revoked just now.")
    if row.queries + queries > limit("queries") or row.people + people > limit("people"):
        raise LookupRefused(
            "used-up",
            "Địa chỉ đã dùng hết lượt: danh sách dài hơn thì nộp thành tệp để đối soát.",
            "The address is used up: a longer list is handed in as a file and matched.",
        )


def lookups_at_person(by: Permit, viewer: Viewer, group_id: int, number: str, purpose: str) -> list[LookupInfo]:
    """Answer who looked a person up, oldest first; asking is a read too, and is recorded before the answer."""
    looks.require(by, viewer, purpose)
    if not viewer.sits_in(group_id):
        raise NotYours("Bạn không thuộc tổ công tác này.", "You do not sit in this group.")
    obj = looks.person(number, purpose)
    with transaction.atomic():
        slug = offices.group_by_id(group_id).slug
        ledger.append(by, scope=slug, kind=obj.kind, object_id=obj.id, digest=obj.digest, bound=obj.digest)
    rows = LookedUp.objects.filter(group_id=group_id, person=ledger.commitment(number))
    return [
        LookupInfo(
            account=str(one.lookup.address.account),
            role=one.lookup.address.role,
            operation=one.lookup.operation,
            purpose=one.lookup.address.purpose,
            at=one.lookup.at,
            entry=one.lookup.entry,
        )
        for one in rows.select_related("lookup__address").order_by("pk")
    ]
