"""What the service answered, as a register of those few people, in the form of a register file (design §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dean06.orthography import sql
from dean06.reconcile.inquiry.questions import guarded
from dean06.sources.live.inquiry import Answer, Outcome, Step, Told

COLUMNS = (
    "so_dinh_danh",
    "so_cmnd",
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "thuong_tru_xa",
    "thuong_tru_chi_tiet",
    "ho_ten_cha",
    "ho_ten_me",
)
Person = tuple[str | None, ...]

__all__ = ["is_found", "write_register"]


def is_found(told: Told) -> bool:
    """Say whether the service confirmed the person of a row."""
    return told.answer is not None and told.answer.outcome == Outcome.FOUND.value


def write_register(known: Iterable[Told], units: Mapping[str, frozenset[str]], out: Path) -> int:
    """Write whoever was confirmed, each once, and return how many there are.

    A service may still tell communes by a catalogue of before: `units` are the old codes with their successors, and a
    code that was divided says nothing of which part.
    """
    people: dict[str, Person] = {}
    for told in known:
        if told.answer is not None and told.step is not None and is_found(told):
            person = _disclosed(told.answer, units) if told.answer.person else _confirmed(told.step)
            key = person[0] or person[1] or ""
            people[key] = max(people.get(key, person), person, key=_born_length)
    columns = [list(values) for values in zip(*people.values(), strict=True)] or [[] for _ in COLUMNS]
    spread = ", ".join(f"unnest(${at + 1}::varchar[]) as {name}" for at, name in enumerate(COLUMNS))
    with guarded(out) as link:
        link.execute(
            f"copy (select * from (select {spread}) order by so_dinh_danh, so_cmnd) to {sql.quoted(str(out))}"
            " (format parquet)",
            columns,
        )
    return len(people)


def _born_length(person: Person) -> int:
    return len(person[3] or "")


def _disclosed(answer: Answer, units: Mapping[str, frozenset[str]]) -> Person:
    told = {name: value or None for name, value in answer.person.items()}
    commune = told.get("commune") or ""
    today = sorted(units.get(commune, {commune}))
    names = {name: _as_written(told.get(name) or "") for name in ("name", "father", "mother")}
    number = told.get("number") or ""
    return (
        number if len(number) == 12 and number.isdecimal() else None,
        told.get("old_number"),
        names["name"],
        told.get("born"),
        told.get("sex"),
        today[0] or None if len(today) == 1 else None,
        told.get("detail"),
        names["father"],
        names["mother"],
    )


def _confirmed(step: Step) -> Person:
    """What a yes says: that the three which were asked with belong together."""
    number = step.asked.number
    twelve, nine = (number, None) if len(number) == 12 else (None, number)
    return (twelve, nine, _as_written(step.asked.name), step.asked.born, None, None, None, None, None)


def _as_written(name: str) -> str | None:
    """Return a name in the register's letters: the service writes all in capitals, which says nothing of the name."""
    return name.lower().title() or None
