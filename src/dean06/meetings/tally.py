"""Counting: pure functions from ballots and rules to an outcome; more than half of a base, never half of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dean06.meetings.types import Choice, Count, Outcome

__all__ = ["Result", "counted", "needed", "quorum", "result", "with_silence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a count; `by_chair` where the chair's ballot broke a tie."""

    count: Count
    outcome: Outcome
    by_chair: bool = False


def needed(base: int) -> int:
    """Return the fewest ballots that are more than half of a base."""
    return base // 2 + 1


def quorum(choice: str, members: int) -> int:
    """Return the fewest members who must be there under a choice of gap G-03."""
    match choice:
        case "half":
            return needed(members) if members else 0
        case "two_thirds":
            return -(-2 * members // 3)
        case _:
            return 0


def counted(choices: Iterable[Choice], *, members: int, present: int) -> Count:
    """Count ballots."""
    tallied = dict.fromkeys(Choice, 0)
    for choice in choices:
        tallied[choice] += 1
    return Count(
        members=members,
        present=present,
        favour=tallied[Choice.FAVOUR],
        against=tallied[Choice.AGAINST],
        other=tallied[Choice.OTHER],
    )


def result(count: Count, rules: Mapping[str, str], chair: Choice | None = None) -> Result:
    """Return the outcome of a count under the choices of gaps G-01 and G-02.

    A matter is carried by more than half of the base. It is tied where as many are for it as against it, and somebody
    is; a tie falls, or goes the way of the chair's ballot where the rule says so and the ballot is known.
    """
    base = {"all": count.members, "cast": count.cast}.get(rules.get("G-01", ""), count.present)
    whole = replace(count, base=base, needed=needed(base))
    if count.favour >= whole.needed:
        return Result(count=whole, outcome=Outcome.CARRIED)
    if count.favour and count.favour == count.against:
        if rules.get("G-02") == "chair" and chair in (Choice.FAVOUR, Choice.AGAINST):
            won = chair is Choice.FAVOUR
            return Result(count=whole, outcome=Outcome.CARRIED if won else Outcome.REJECTED, by_chair=True)
        return Result(count=whole, outcome=Outcome.TIED)
    return Result(count=whole, outcome=Outcome.REJECTED)


def with_silence(count: Count, silent: int, choice: str) -> Count:
    """Return the count of a written round once silence is read as gap G-04 says."""
    match choice:
        case "agrees":
            return replace(count, favour=count.favour + silent)
        case "disagrees":
            return replace(count, against=count.against + silent)
        case _:
            return count
