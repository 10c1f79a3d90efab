"""Looking into the objects of a PDF that anybody may have made: references followed, wrong kinds taken for absent."""

from __future__ import annotations

from pyhanko.pdf_utils import generic

__all__ = ["dictionary", "items", "value"]


def value(holder: object, key: str) -> object:
    """Return what stands under a key of a dictionary, or None."""
    if not isinstance(holder, generic.DictionaryObject) or key not in holder:
        return None
    return plain(holder.raw_get(key))


def plain(entry: object) -> object:
    """Return an object itself in place of a reference to it."""
    return entry.get_object() if isinstance(entry, generic.IndirectObject) else entry


def dictionary(holder: object, key: str) -> generic.DictionaryObject:
    """Return the dictionary under a key, or an empty one."""
    found = value(holder, key)
    return found if isinstance(found, generic.DictionaryObject) else generic.DictionaryObject()


def items(holder: object, key: str) -> list[object]:
    """Return the objects of the array under a key, or none."""
    found = value(holder, key)
    return [plain(found.raw_get(at)) for at in range(len(found))] if isinstance(found, generic.ArrayObject) else []
