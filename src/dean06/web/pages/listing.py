"""Pages of a list: which one is asked for, and the part of a list that stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.http import HttpRequest

from dean06.web.parts.tables import Pager

T = TypeVar("T")
LAST = 1_000_000


def page_number(request: HttpRequest, name: str = "trang") -> int:
    """Return the page asked for, from 1."""
    given = request.GET.get(name, "1")
    return min(LAST, max(1, int(given))) if given.isdecimal() else 1


def sliced(items: Sequence[T], number: int, size: int, *, text: str, query: str) -> tuple[Sequence[T], Pager]:
    """Return the items of one page of a list, and its pager."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    return items[(number - 1) * size : number * size], Pager(text=text, page=number, pages=pages, query=query)
