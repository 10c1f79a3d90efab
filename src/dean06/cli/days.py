"""A day as an argument of a command."""

from __future__ import annotations

import argparse
from datetime import date

__all__ = ["parsed_day"]


def parsed_day(text: str) -> date:
    """Read `yyyy-mm-dd`; argparse tells what is wrong otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"ngày «{text}» phải viết yyyy-mm-dd\nthe day {text!r} must be written yyyy-mm-dd"
        ) from None
