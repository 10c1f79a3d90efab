"""Plain values of a draft's files, which may hold anything anywhere: read as what is expected there, or as nothing."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["items", "listed", "mapping", "rows"]


def mapping(value: object) -> dict[str, object]:
    """Return a mapping, empty where something else stands."""
    return dict(value) if isinstance(value, Mapping) else {}


def items(value: object) -> list[object]:
    """Return a list, empty where something else stands."""
    return list(value) if isinstance(value, list | tuple) else []


def rows(value: object) -> list[dict[str, object]]:
    """Return the mappings of a list."""
    return [mapping(one) for one in items(value)]


def listed(value: object) -> list[object]:
    """Return a list, one value alone as a list of it."""
    if isinstance(value, list | tuple):
        return list(value)
    return [value] if value else []
