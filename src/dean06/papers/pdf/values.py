"""Values of a stranger's PDF read with care: a wrong kind is taken for absent; matrices of places."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


def times(left: Matrix, right: Matrix) -> Matrix:
    """Return the product of two matrices: the left one applies first."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def fields(page: PageObject) -> Iterator[DictionaryObject]:
    """Give the text fields of a page; a signature's own picture is no part of the paper."""
    listed = page.get("/Annots")
    listed = listed.get_object() if listed is not None else None
    for each in listed if isinstance(listed, ArrayObject) else ():
        field = dictionary(each)
        kind = field.get("/FT") or dictionary(field.get("/Parent")).get("/FT")
        if field.get("/Subtype") == "/Widget" and kind != "/Sig":
            yield field


def figures(given: object) -> list[float]:
    """Return the numbers of an array, none where it is none."""
    found = given.get_object() if hasattr(given, "get_object") else given
    return [number(each) for each in found] if isinstance(found, ArrayObject) else []


def dictionary(found: object) -> DictionaryObject:
    """Return a dictionary itself, an empty one in place of anything else."""
    found = found.get_object() if hasattr(found, "get_object") else found
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def number(given: object) -> float:
    """Return a number, 0 in place of anything else and of what no page can hold."""
    found = float(given) if isinstance(given, int | float) else 0.0
    return found if abs(found) < 1e7 else 0.0


def matrix(given: object) -> Matrix:
    """Return six numbers as a matrix, the unit in place of anything else."""
    listed = list(given) if isinstance(given, ArrayObject | list | tuple) else []
    if len(listed) < 6:
        return UNIT
    a, b, c, d, e, f = (number(each) for each in listed[:6])
    return a, b, c, d, e, f
