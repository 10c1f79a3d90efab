"""What happens to dates and numbers on their way into a list."""

from __future__ import annotations

from datetime import date
from random import Random

from dean06.demo.types import Person

_SERIAL_ZERO = date(1899, 12, 30).toordinal()


def written_date(p: Person) -> str:
    """Return the birth date as a list writes it: dd/mm/yyyy, mm/yyyy or yyyy, as far as it is known."""
    if p.day:
        return f"{p.day:02d}/{p.month:02d}/{p.year}"
    return f"{p.month:02d}/{p.year}" if p.month else f"{p.year}"


def year_alone(p: Person, _rng: Random) -> str:
    """Write the year alone."""
    return f"{p.year}"


def month_and_year(p: Person, _rng: Random) -> str:
    """Write month and year."""
    return f"{p.month:02d}/{p.year}" if p.month else f"{p.year}"


def swapped(p: Person, _rng: Random) -> str:
    """Put the month first; where the month cannot be a month it stays as it is."""
    return f"{p.month:02d}/{p.day:02d}/{p.year}" if 1 <= p.day <= 12 else written_date(p)


def new_year(p: Person, _rng: Random) -> str:
    """Write the first of January for want of better."""
    return f"01/01/{p.year}" if p.day else written_date(p)


def other_year(p: Person, rng: Random) -> str:
    """Be off by a year, as by the lunar count of ages."""
    year = p.year + (1 if rng.random() < 0.35 else -1)
    return f"{p.day:02d}/{p.month:02d}/{year}" if p.day else f"{year}"


def other_day(p: Person, rng: Random) -> str:
    """Get one digit of day or month wrong."""
    if not p.day:
        return written_date(p)
    if rng.random() < 0.7:
        day = p.day + (10 if p.day <= 18 else -10) if rng.random() < 0.5 else p.day % 28 + 1
        return f"{day:02d}/{p.month:02d}/{p.year}"
    return f"{min(p.day, 28):02d}/{p.month % 12 + 1:02d}/{p.year}"


def lunar(p: Person, _rng: Random) -> str:
    """Give the date of the lunar calendar, about a month before."""
    if not p.day:
        return written_date(p)
    there = date(p.year, p.month, min(p.day, 28)).toordinal() - 33
    moon = date.fromordinal(there)
    return f"{moon.day:02d}/{moon.month:02d}/{p.year}"


def two_digit_year(p: Person, _rng: Random) -> str:
    """Write two digits of the year, where no other century can be meant."""
    return f"{p.day:02d}/{p.month:02d}/{p.year % 100:02d}" if p.day and 1940 <= p.year < 2000 else written_date(p)


def dotted(p: Person, rng: Random) -> str:
    """Write other marks between the parts, and no leading zeros."""
    sign = "." if rng.random() < 0.5 else "-"
    return f"{p.day}{sign}{p.month}{sign}{p.year}" if p.day else written_date(p)


def serial(p: Person, _rng: Random) -> int | str:
    """Give the spreadsheet's count of days."""
    return date(p.year, p.month, p.day).toordinal() - _SERIAL_ZERO if p.day and p.year > 1900 else written_date(p)


def unknown(_p: Person, _rng: Random) -> str:
    """Say that nobody remembers."""
    return "không nhớ"


def left_out(_p: Person, _rng: Random) -> str:
    """Leave the date out."""
    return ""


# ---------------------------------------------------------------- numbers


def lost_zero(number: str, _rng: Random) -> int | str:
    """Let the spreadsheet take the number for a quantity."""
    return int(number) if number.startswith("0") and not number.startswith("00") else number


def punctuated(number: str, rng: Random) -> str:
    """Put spaces, dots, an apostrophe or `.0`."""
    kind = int(rng.random() * 4)
    if kind == 0:
        return f"{number[:4]} {number[4:8]} {number[8:]}".strip()
    if kind == 1:
        return f"{number[:3]}.{number[3:6]}.{number[6:9]}.{number[9:]}".rstrip(".")
    return f"'{number}" if kind == 2 else f"{number} "


def scientific(number: str, _rng: Random) -> str:
    """Let the spreadsheet show a power of ten: the last digits are gone."""
    return f"{int(number):.5E}".replace("E+0", "E+").replace("E+", "E+") if number.isdigit() else number


def wrong_digit(number: str, rng: Random) -> str:
    """Get one of the last digits wrong."""
    at = len(number) - 1 - int(rng.random() * 6)
    digit = (int(number[at]) + 1 + int(rng.random() * 9)) % 10
    return f"{number[:at]}{digit}{number[at + 1 :]}"


def turned_digits(number: str, rng: Random) -> str:
    """Swap two neighbouring digits."""
    for _ in range(6):
        at = len(number) - 2 - int(rng.random() * 5)
        if number[at] != number[at + 1]:
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number
