"""A number typed by a person: 1.234 and 92,5 as offices write it; 1234 and 92.5 are taken too."""

from __future__ import annotations

import re

from dean06.clock.errors import BadInput

_WHOLE = re.compile(r"-?\d{1,3}([. \u00a0]\d{3})+|-?\d+")
_DECIMAL = re.compile(r"(-?[\d. \u00a0]+),(\d+)|(-?\d+)\.(\d+)")

__all__ = ["number_given"]


def number_given(text: str, what: str) -> int | float:
    """Return the number, or say in one sentence how to write it."""
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return int(re.sub(r"[^\d-]", "", text))
    if found := _DECIMAL.fullmatch(text):
        whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
        return float(f"{re.sub(r'[^0-9-]', '', whole)}.{part}")
    raise BadInput(
        f"{what}: «{text}» không phải số; viết như 1.234 hoặc 92,5.",
        f"{what}: {text!r} is no number; write it like 1.234 or 92,5.",
    )
