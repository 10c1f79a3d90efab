"""What is shown of a value that is not shown whole: enough to tell namesakes apart, too little to copy. Pure."""

from __future__ import annotations

HIDDEN = "•"
LAST_DIGITS = 3

__all__ = ["HIDDEN", "masked", "masked_day", "masked_number"]


def masked_day(value: str) -> str:
    """Show of a date (`yyyy-mm-dd`, `yyyy-mm` or `yyyy`) its year alone."""
    year = value[:4]
    return f"{HIDDEN * 2}/{HIDDEN * 2}/{year}" if year.isdecimal() else ""


def masked_number(value: str) -> str:
    """Show of a number its last three digits; of the parts before them, which tell province, sex and year, nothing."""
    kept = value[-LAST_DIGITS:]
    return f"{HIDDEN * (len(value) - len(kept))}{kept}" if len(value) > LAST_DIGITS else HIDDEN * len(value)


def masked(field: str, value: str) -> str:
    """Show a value of a masked field; a text says only that there is one."""
    if not value:
        return ""
    if field == "ngay_sinh":
        return masked_day(value)
    return masked_number(value) if value.isdecimal() else HIDDEN * LAST_DIGITS
