"""The one error tree of the house.

It lives on the lowest floor so that every room can raise from it. An error is a fact for a person: a Vietnamese
sentence first, an English one second, each naming the file, row, field or clause and what to do. It never carries a
value of a person.
"""

from __future__ import annotations

from typing import ClassVar


class HouseError(Exception):
    """An error that a person reads; `exit_code` follows the command-line contract."""

    exit_code: ClassVar[int] = 3

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en

    def explain(self, language: str = "vi") -> str:
        """Return the sentence in the language asked for, Vietnamese unless `en`."""
        return self.en if language == "en" else self.vi


class UsageError(HouseError):
    """The command or form was called with unusable arguments."""

    exit_code = 2


class BadInput(HouseError):
    """The input cannot be taken; nothing was changed."""

    exit_code = 3


class RefusedByCharter(HouseError):
    """The charter does not allow the act."""

    exit_code = 4


class Unavailable(HouseError):
    """A component that the work needs is not there."""

    exit_code = 5
