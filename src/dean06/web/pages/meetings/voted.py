"""A vote as pages show it: the count beside its rules, each rule with its source; a secret one tells only who voted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from dean06.meetings.types import Choice, RoundInfo, VoteInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.meetings.words import CHOICES, cited_marks, outcome_chip, rule_lines
from dean06.web.parts.charts import Tally, TallyLine
from dean06.web.reader import Reader

__all__ = ["Shown", "shown_vote", "tally_of_round"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A vote ready to be drawn."""

    vote: VoteInfo
    tally: Tally | None
    rules: tuple[SafeString, ...]
    outcome: SafeString | str
    cited: SafeString
    head: str
    voted: int
    waiting: tuple[str, ...]
    ballots: tuple[tuple[str, str, str], ...]


def _tally(vote: VoteInfo) -> Tally:
    count = vote.count
    told = ((Choice.FAVOUR, count.favour), (Choice.AGAINST, count.against), (Choice.OTHER, count.other))
    lines = [TallyLine(label=words(*CHOICES[one][2:]), count=number, tone=CHOICES[one][0]) for one, number in told]
    left = sum(one.on_roll and not one.conflict and not one.voted for one in vote.electors)
    lines.append(TallyLine(label=words("Chưa bỏ phiếu", "Not voted"), count=left, tone="mute"))
    return Tally(items=tuple(lines), whole=max(1, count.present))


def shown_vote(reader: Reader, vote: VoteInfo) -> Shown:
    """Return a vote ready to be drawn; the count of a secret one waits until it is closed."""
    hidden = vote.secret and vote.is_open
    count = vote.count
    able = [one for one in vote.electors if one.on_roll and not one.conflict]
    head = words(
        f"{count.present} có mặt trên {count.members} thành viên khi mở biểu quyết"
        + (f"; cần {count.needed} phiếu" if count.needed else ""),
        f"{count.present} of {count.members} members on the roll when it opened"
        + (f"; {count.needed} ballots needed" if count.needed else ""),
    )
    return Shown(
        vote=vote,
        tally=None if hidden else _tally(vote),
        rules=tuple(rule_lines(vote.rules)),
        outcome=outcome_chip(vote.outcome) if vote.outcome and vote.stands else "",
        cited=cited_marks(reader, vote.cited),
        head=head,
        voted=sum(one.voted for one in able),
        waiting=tuple(one.name for one in able if not one.voted),
        ballots=()
        if vote.secret
        else tuple(
            (
                one.name,
                words(*CHOICES[one.choice][2:]),
                words("phiếu giấy", "from paper") if one.from_paper else writing.hour(one.at),
            )
            for one in vote.electors
            if one.choice is not None
        ),
    )


def tally_of_round(found: RoundInfo) -> Tally:
    """Return the answers of a round as bars."""
    given = [one.choice for one in found.opinions if one.choice is not None]
    lines = [
        TallyLine(label=words(vi, en), count=given.count(choice), tone=tone)
        for choice, (tone, _, vi, en) in CHOICES.items()
    ]
    lines.append(
        TallyLine(label=words("Chưa trả lời", "Not answered"), count=len(found.opinions) - len(given), tone="mute")
    )
    return Tally(items=tuple(lines), whole=max(1, len(found.opinions)))
