"""A day typed by a person: dd/mm/yyyy as offices write it; a calendar's yyyy-mm-dd is taken too."""

from __future__ import annotations

import re
from datetime import date

from dean06.clock.errors import BadInput

WRITTEN = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")

__all__ = ["day_given"]


def day_given(text: str, what: str) -> date:
    """Return the day, or say in one sentence how to write it."""
    written = WRITTEN.fullmatch(text)
    try:
        if written:
            day, month, year = (int(part) for part in written.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadInput(
            f"{what}: ghi ngày/tháng/năm, ví dụ 05/10/2022.", f"{what}: write day/month/year, such as 05/10/2022."
        ) from problem
