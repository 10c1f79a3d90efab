"""Which columns of the input a finding is about: the wrong cells of a row, each with what the register says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dean06.clock import service as clock
from dean06.reconcile.result_words import FIELD_ROLES, FIELDS, ORIGINAL
from dean06.sources import live as sources

_GENERAL = "chung"


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that differs: its column's place, and the note to stand on it (empty beside the first cell of a field)."""

    at: int
    note: str


class ColumnMap:
    """Finds the input columns of a field in a result file."""

    def __init__(self, columns: Sequence[str], summary: Mapping[str, object]) -> None:
        self._at = {name: at for at, name in enumerate(columns)}
        self._roles = _roles(columns, summary)

    def wrong_cells(self, suggestions: str | None, filled: Sequence[object]) -> Iterator[WrongCell]:
        """Yield the wrong cells of a row from its `goi_y`: of a field's columns, those that hold something."""
        for field, value in _parsed(suggestions).items():
            places = [at for at in self._places(field) if filled[at] is not None] or self._places(field)[:1]
            for order, at in enumerate(places):
                yield WrongCell(at, _note(field, value) if order == 0 else "")

    def _places(self, field: str) -> list[int]:
        roles = FIELD_ROLES.get(field, (field,))
        names = [name for role in roles for name in self._roles.get(role, ())]
        return [self._at[name] for name in dict.fromkeys(names) if name in self._at]


def _roles(columns: Sequence[str], summary: Mapping[str, object]) -> Mapping[str, Sequence[str]]:
    given = summary.get("role_columns")
    if isinstance(given, Mapping):
        return {str(role): tuple(map(str, names)) for role, names in given.items()}
    original = [name for name in columns if name.startswith(ORIGINAL)]
    source = str(summary.get("source") or _GENERAL)
    return sources.role_columns(original, source if source in sources.contracts() else _GENERAL)


def _parsed(suggestions: str | None) -> Mapping[str, object]:
    if not suggestions:
        return {}
    try:
        read = json.loads(suggestions)
    except ValueError:
        return {}
    return read if isinstance(read, Mapping) else {}


def _note(field: str, value: object) -> str:
    said = "để trống" if value in (None, "") else str(value)
    if field == "ngay_sinh":
        said = clock.as_read(said)
    return f"{FIELDS.get(field, field)} theo sổ dân cư: {said}"
