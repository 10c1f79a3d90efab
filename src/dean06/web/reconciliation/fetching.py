"""Fetching fields of people who were found: what the list's contract lets be seen whole, the rest masked or refused."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.flows import looking_up
from dean06.flows.looking_up import Caller
from dean06.reconcile.service.lookups import Candidate
from dean06.web.reconciliation import telling
from dean06.web.reconciliation.asking import LONGEST, MOST_FIELDS, require_batch
from dean06.web.reconciliation.door import bad

Values = dict[str, list[dict[str, str]]]

__all__ = ["Wanted", "fetched", "wanted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Ids of people, and the fields wanted of each, both without repetition and in the order asked."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def wanted(told: object) -> Wanted:
    """Return what a data extension query asks for."""
    if not isinstance(told, dict):
        raise bad("Nội dung phải là một đối tượng.", "The query must be an object.")
    ids, listed = told.get("ids"), told.get("properties")
    if not isinstance(ids, list) or not isinstance(listed, list):
        raise bad("Cần hai mảng «ids» và «properties».", "Two arrays are needed: `ids` and `properties`.")
    require_batch(len(ids))
    names = [one.get("id") if isinstance(one, dict) else None for one in listed]
    texts = [*ids, *names]
    if not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in texts) or len(names) > MOST_FIELDS:
        raise bad(
            f"Mỗi mã là chữ, nhiều nhất {MOST_FIELDS} trường.", f"Ids are texts, of {MOST_FIELDS} fields at most."
        )
    return Wanted(ids=tuple(dict.fromkeys(ids)), properties=tuple(dict.fromkeys(map(str, names))))


def fetched(who: Caller, asked: Wanted, canonical: str) -> dict[str, Values]:
    """Return the values of each person by field; a person who is not known here has none."""
    found = looking_up.cards(who, "extend", asked.ids, canonical)
    return {one: _values(found.get(one), asked.properties) for one in asked.ids}


def _values(person: Candidate | None, names: tuple[str, ...]) -> Values:
    cells = {cell.field.id: telling.shown(cell) for cell in person.cells} if person else {}
    return {name: [{"str": cells[name]}] if cells.get(name) else [] for name in names}
