"""A reply to a paper that came: a letter to its sender that cites its number and day, drafted in one gesture."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paperwork
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import incoming
from dean06.papers.service.incoming import IncomingInfo
from dean06.papers.service.lines import day_line
from dean06.papers.types import PaperInfo

LETTER = "official_letter"
# A paper that is not registered yet, was sent back or taken back by its sender is not answered.
ANSWERED = frozenset({"registered", "handed", "done"})

__all__ = ["ANSWERED", "cited", "reply"]


def cited(info: IncomingInfo) -> str:
    """Return how a letter names a paper that came: kind, number, day and sender."""
    kind = info.kind or "Văn bản"
    number = f" số {info.label}" if info.label else ""
    day = f" {day_line(info.dated)}" if info.dated else ""
    return f"{kind}{number}{day} của {info.organ_name}"


def reply(account: str, group: GroupInfo, incoming_id: int) -> PaperInfo:
    """Begin a letter to whoever sent a paper; what it answers stands in its subject and its ground."""
    info = incoming.one(offices.viewer(account, clock.today(group)), incoming_id)
    if info is None or info.group_id != group.id:
        raise BadInput("Không có văn bản đến này.", "There is no such incoming paper.")
    if info.status not in ANSWERED:
        raise BadInput(
            "Vào sổ văn bản đến rồi mới trả lời; văn bản đã trả lại hoặc bị thu hồi thì không trả lời.",
            "Register the paper, then answer it; one that was sent back or taken back is not answered.",
        )
    about = f" về việc {info.abstract}" if info.abstract else ""
    facts: dict[str, object] = {
        "addressees": [info.organ_name],
        "subject": f"trả lời {cited(info)}",
        "basis": f"Trả lời {cited(info)}{about}",
    }
    return paperwork.begin(account, group, LETTER, facts, reply_to=incoming_id)
