"""What two different people must confirm: each gives their word once, and only both together make it so."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Manager, Model

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput

NEEDED = 2
Word = TypeVar("Word", bound=Model)

__all__ = ["NEEDED", "give_word"]


def give_word(by: Permit, words: Manager[Word]) -> bool:
    """Keep a person's word among those on one thing; True once two have given theirs.

    Called in the transaction of the act. A second word of the same person is refused.
    """
    _, fresh = words.get_or_create(account=by.actor.account, defaults={"at": by.at})
    if not fresh:
        raise BadInput("Cần hai người khác nhau xác nhận.", "Two different people must confirm.")
    return words.count() >= NEEDED
