"""How a meeting's record is put into the words of its minutes: who came, what was said, voted and decided, and when."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.clock import service as clock
from dean06.meetings.service import meetings, rules
from dean06.meetings.types import (
    Choice,
    InviteeInfo,
    ItemState,
    MeetingInfo,
    Mode,
    Outcome,
    RuleUsed,
    Standing,
    State,
    VoteInfo,
)

OUTCOMES = {
    Outcome.CARRIED: "được thông qua",
    Outcome.REJECTED: "không được thông qua",
    Outcome.TIED: "phiếu ngang nhau, chưa thông qua",
}
STANDINGS = {
    Standing.PRESENT: "Có mặt",
    Standing.LEFT: "Có mặt, đã ra ngoài",
    Standing.SUBSTITUTE: "Vắng, có người dự thay, có ý kiến bằng văn bản",
    Standing.SUBSTITUTE_NO_OPINION: "Vắng, có người dự thay, không có ý kiến bằng văn bản",
    Standing.CONSENTED: "Vắng, đã được đồng ý",
    Standing.REPORTED: "Vắng, đã báo, chưa được đồng ý",
    Standing.SILENT: "Vắng, không báo",
    Standing.EXPECTED: "Chưa điểm danh",
}
CHOICES = {Choice.FAVOUR: "tán thành", Choice.AGAINST: "không tán thành", Choice.OTHER: "ý kiến khác"}
STATES = {ItemState.DEFERRED: "chuyển sang cuộc họp sau", ItemState.WAITING: "chưa bàn"}

__all__ = ["CHOICES", "OUTCOMES", "STANDINGS", "item_words", "present_words", "roll_rows", "rule_words", "stood"]


def rule_words(rule: RuleUsed, language: str = "vi") -> str:
    """Return a rule of a count with its source, as it is printed beside the count."""
    said = rules.gaps()[rule.gap].choices.get(rule.choice, (rule.choice, rule.choice))
    what = said[1] if language == "en" else said[0]
    english = language == "en"
    on = f"{rule.adopted_on:%d/%m/%Y}" if rule.adopted_on else ""
    whose = {
        "charter": (rule.clause, rule.clause),
        "local": (
            f"quy chế không quy định; quy ước số {rule.number} ngày {on}",
            f"the charter is silent; local rule no. {rule.number} of {on}",
        ),
        "chair": (
            "quy chế không quy định; người chủ trì chọn",
            "the charter is silent; chosen by the chair",
        ),
        "default": (
            "quy chế không quy định, tổ chưa đặt quy ước; mặc định của phần mềm",
            "the charter is silent and the group has set no rule; the default of dean06",
        ),
    }[rule.source]
    return f"{what} ({whose[1] if english else whose[0]})"


def _named(one: InviteeInfo) -> str:
    where = one.post or one.organisation
    return f"Đồng chí {one.name}, {where}" if where else f"Đồng chí {one.name}"


def present_words(people: Iterable[InviteeInfo]) -> list[str]:
    """Return who was there, each with for whom they sat and when they came and went."""
    told = []
    for one in people:
        kept = one.absence
        if one.came:
            told.append(f"{_named(one)}{_hours(one)}")
        elif one.represented:
            who = ", ".join(part for part in (kept.substitute_name, kept.substitute_post) if part)
            told.append(f"Đồng chí {who} (dự thay đồng chí {one.name})")
    return told


def _hours(one: InviteeInfo) -> str:
    spans = [span for span in one.presence if not span.by_substitute]
    if len(spans) < 2:
        return ""
    said = "; ".join(
        f"{span.since.astimezone(clock.TZ):%H:%M}–{span.until.astimezone(clock.TZ):%H:%M}"
        if span.until
        else f"từ {span.since.astimezone(clock.TZ):%H:%M}"
        for span in spans
    )
    return f" (có mặt {said})"


def stood(one: InviteeInfo, state: State) -> str:
    """Return somebody who was not there, with how they stand on the roll."""
    standing = STANDINGS[one.standing(state)].removeprefix("Vắng, ")
    reason = f"; lý do: {one.absence.reason}" if one.absence.reason else ""
    return f"{_named(one)} ({standing}{reason})"


def roll_rows(people: Iterable[InviteeInfo], state: State) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the rows of the roll: members with how each stands, then substitutes and guests."""
    members: list[dict[str, object]] = []
    others: list[dict[str, object]] = []
    for one in people:
        kept = one.absence
        if one.votes:
            told = STANDINGS[one.standing(state)]
            members.append({"name": one.name, "post": one.post, "state": told, "sign": ""})
            if one.represented:
                row = {"name": kept.substitute_name, "post": kept.substitute_post, "for_whom": one.name, "sign": ""}
                others.append(dict(row))
        elif one.came:
            row = {"name": one.name, "post": one.post or one.organisation, "for_whom": "", "sign": ""}
            others.append(dict(row))
    return members, others


def item_words(meeting: MeetingInfo) -> list[str]:
    """Return the proceedings, item by item, with times, votes, positions and decisions."""
    votes = [one for one in meetings.votes(meeting.id) if one.stands]
    decisions, positions = meetings.decisions(meeting.id), meetings.positions(meeting.id)
    told = []
    for item in meetings.items(meeting.id):
        when = f" ({item.started_at.astimezone(clock.TZ):%H:%M})" if item.started_at else ""
        note = f" – {STATES[item.state]}" if item.state in STATES else ""
        told.append(f"{item.order}. {item.title}{when}{note}.")
        told += [line for line in item.notes.splitlines() if line.strip()]
        told += [_vote_words(one) for one in votes if one.item_id == item.id]
        said = [f"{one.name}: {one.reason or CHOICES[one.choice]}" for one in positions if one.item_id == item.id]
        if said:
            told.append(f"Ý kiến thành viên: {'; '.join(said)}.")
        for made in (one for one in decisions if one.item_id == item.id and one.mode is Mode.LEADER):
            clause = f" (căn cứ {', '.join(made.cited.clauses)})" if made.cited.clauses else ""
            told.append(f"{made.by_name} quyết định sau khi các thành viên trao đổi{clause}: {made.text}")
    return told


def _vote_words(vote: VoteInfo) -> str:
    count, how = vote.count, "bỏ phiếu kín" if vote.secret else "biểu quyết công khai"
    base = next(rule for rule in vote.rules if rule.gap == "G-01")
    result = OUTCOMES[vote.outcome] if vote.outcome else ""
    return (
        f"Biểu quyết ({how}): {vote.question}. Có mặt {count.present} trên {count.members}; tán thành {count.favour}, "
        f"không tán thành {count.against}, ý kiến khác {count.other}; cần {count.needed} phiếu: {rule_words(base)}. "
        f"Kết quả: {result}."
    )
