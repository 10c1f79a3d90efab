"""The revision of what a form changes, as its reader had it before them: a hidden field, so that nobody overwrites."""

from __future__ import annotations

from django.http import HttpRequest

__all__ = ["seen"]


def seen(request: HttpRequest) -> int:
    """Return the revision that the reader had before them when they filled in a form; 0 where the form names none."""
    given = request.POST.get("lan", "")
    return int(given) if given.isdecimal() else 0
