"""Votes and written rounds counted again from who was there and who said what: base, ballots needed, outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from year.script import Script

Told = Mapping[str, Any]
CHOICES = ("favour", "against", "other")
CARRIED, REJECTED, TIED = "Được thông qua", "Không được thông qua", "Phiếu ngang nhau"
DEFAULTS = {"G-01": "present", "G-02": "falls", "G-03": "half", "G-04": "not_counted", "G-05": "votes"}

__all__ = ["Counted", "rounds", "votes"]


@dataclass(frozen=True, order=True)
class Counted:
    """What a count says: who was entitled and there, how many of each kind, how many were needed, what came of it."""

    where: str
    question: str
    members: int
    present: int
    needed: int
    favour: int
    against: int
    other: int
    outcome: str


def rule(script: Script, gap: str, at: datetime) -> str:
    """Which answer to a gap of the regulation held at an instant: the group's newest, else the usual one."""
    own = [
        one
        for one in script.list("local_rules")
        if one["gap"] == gap and one.get("choice") and script.at(one["at"]) <= at
    ]
    return max(own, key=lambda one: script.at(one["at"]))["choice"] if own else DEFAULTS[gap]


def in_the_room(script: Script, meeting: Told, who: str, at: datetime) -> bool:
    """Whether a seat is on the roll at an instant, by its holder or by whoever sits in for them."""
    away = (meeting.get("absent") or {}).get(who)
    if away is not None:
        sits_in = bool(away.get("substitute")) and not away.get("substitute_stays_away")
        return sits_in and rule(script, "G-05", at) == "votes"
    span = (meeting.get("comes_and_goes") or {}).get(who) or {}
    came = script.at(span["in"]) if span.get("in") else script.at(meeting["opens"])
    left = script.at(span["out"]) if span.get("out") else None
    return came <= at and (left is None or at < left)


def outcome(ballots: Mapping[str, list[str]], needed: int, tie: str, chair: str) -> str:
    """More than half of the base carries; a tie falls, or goes the chair's way where the group says so."""
    favour, against = len(ballots["favour"]), len(ballots["against"])
    if favour >= needed:
        return CARRIED
    if favour and favour == against:
        if tie == "chair" and chair in ballots["favour"]:
            return CARRIED
        return REJECTED if tie == "chair" and chair in ballots["against"] else TIED
    return REJECTED


def votes(script: Script) -> Iterator[Counted]:
    """Every vote of the script."""
    for meeting in script.list("meetings"):
        for vote in meeting.get("votes") or ():
            at, apart = script.at(vote["at"]), vote.get("interest") or ()
            entitled = [who for who in script.members if who not in apart]
            present = [who for who in entitled if in_the_room(script, meeting, who, at)]
            ballots = {choice: list(vote.get(choice) or ()) for choice in CHOICES}
            cast = sum(len(whose) for whose in ballots.values())
            base = {"all": len(entitled), "present": len(present), "cast": cast}[rule(script, "G-01", at)]
            needed = base // 2 + 1
            tie = "falls" if vote.get("secret") else rule(script, "G-02", at)
            came = outcome(ballots, needed, tie, meeting.get("chair", "leader"))
            question = vote.get("question") or meeting["items"][vote["item"] - 1]
            counts = [len(ballots[choice]) for choice in CHOICES]
            yield Counted(meeting["id"], question, len(entitled), len(present), needed, *counts, came)


def rounds(script: Script) -> Iterator[Counted]:
    """Every written round of the script that was closed."""
    for one in script.list("rounds"):
        if not one.get("closed"):
            continue
        at = script.at(one["asked"])
        whom = one.get("whom") or [who for who in script.members if who != "leader"]
        said = [answer["says"] for answer in (one.get("answers") or {}).values()]
        counts = {choice: said.count(choice) for choice in CHOICES}
        silent, silence = len(whom) - len(said), rule(script, "G-04", at)
        counts["favour"] += silent if silence == "agrees" else 0
        counts["against"] += silent if silence == "disagrees" else 0
        base = len(whom) if rule(script, "G-01", at) == "all" else sum(counts.values())
        needed = base // 2 + 1
        ballots = {choice: [""] * number for choice, number in counts.items()}
        came = outcome(ballots, needed, rule(script, "G-02", at), "nobody")
        yield Counted(one["id"], one["matter"], len(whom), len(said), needed, *counts.values(), came)
