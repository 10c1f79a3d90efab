"""A register filled in one gesture: from the connections that a charter gives to its agencies, or from a code list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, permit
from dean06.flows.tracking.offers import book
from dean06.offices.types import GroupInfo
from dean06.work.service import registers
from dean06.work.service.registers import KEEP, Definition, EntryInfo, NewEntry, Value

# Acts by which a charter gives a connection to an agency; what it joins to where the clause names nothing.
LEAD, COORDINATE, JOINED = "integration.lead", "integration.coordinate", "S01"
CONNECT = "ket_noi"

__all__ = ["connections", "fill", "wanting"]


def connections(charter: Charter, agencies: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Value]]]:
    """Give (origin, values) of every pair of systems that a charter's norms join, each pair once, with lead and clause.

    Where a norm joins systems that it also lists, those are what the others are joined to. A clause that only speaks of
    coordination has the lead of its reading.
    """
    seen: set[frozenset[str]] = set()
    names = charters.vocabulary().systems
    for norm in charter.norms:
        if norm.action not in (LEAD, COORDINATE):
            continue
        joined = norm.joined_with or (JOINED,)
        bearer = next((one.agency for one in norm.bearers if one.agency), None)
        named = (norm.reading.lead if norm.reading else None) or bearer
        own = [code for code in norm.systems if code not in joined] or list(norm.systems)
        for first in own:
            for second in joined:
                pair = frozenset({first, second})
                if len(pair) == 1 or pair in seen or named not in agencies:
                    continue
                seen.add(pair)
                others = [code for code in (bearer, *norm.coordinators) if code and code != named and code in agencies]
                values: dict[str, Value] = {
                    "ten": f"{first} ↔ {second}: {names[first].vi}"[:300],
                    "he_thong_a": first,
                    "he_thong_b": second,
                    "che_do": CONNECT,
                    "chu_tri": named or "",
                    "khoan": norm.cite.dotted,
                }
                if others:
                    values["phoi_hop"] = list(dict.fromkeys(others))
                yield f"{norm.key}:{first}-{second}", values


def _of_list(definition: Definition) -> Iterator[tuple[str, dict[str, Value]]]:
    seed = definition.seed
    if seed is None or seed.list is None or seed.field is None:
        return
    for item in registers.code_lists()[seed.list].items:
        yield f"{seed.list}:{item.code}", {definition.heading: item.vi[:300], seed.field: item.code}


def _wanted(group: GroupInfo, code: str) -> Iterable[tuple[str, dict[str, Value]]]:
    kept = book(group, code)
    seed = kept.definition.seed
    if seed is None:
        raise BadInput("Sổ này không lập sẵn được.", "This register is not filled by a gesture.")
    if seed.kind == "list":
        return _of_list(kept.definition)
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    return connections(charter, kept.known.agencies)


def wanting(group: GroupInfo, code: str) -> int:
    """Return how many entries the gesture would add; what stands in the register already is left alone."""
    have = registers.origins(group.id, code)
    return sum(origin not in have for origin, _ in _wanted(group, code))


def fill(account: str, group: GroupInfo, code: str, reason: str | None = None) -> list[EntryInfo]:
    """Add what is wanting to a register, in one act."""
    kept = book(group, code)
    have = registers.origins(group.id, code)
    wanted = [one for one in _wanted(group, code) if one[0] not in have]
    if not wanted:
        raise BadInput("Sổ đã có đủ, không có mục nào để thêm.", "Nothing is wanting: no entry was added.")
    opening = kept.definition.openings[0].code
    with transaction.atomic():
        slots = registers.reserve(group.id, code, clock.today(group), len(wanted))
        news = [
            NewEntry(slot=slot, opening=opening, values=values, origin=origin)
            for slot, (origin, values) in zip(slots, wanted, strict=True)
        ]
        digest = registers.batch_digest(code, [registers.entry_digest(new) for new in news])
        obj = ObjectRef(kind="register", id=f"{group.slug}:{code}", digest=digest)
        by = permit(Act(account=account, group=group, action=KEEP, obj=obj, reason=reason))
        return registers.open_batch(by, group.slug, code, news, kept.known)
