"""Gửi văn bản: beside an issued paper, each recipient, its way and state, what is to be done; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.flows import sending
from dean06.jobs import service as jobs
from dean06.papers.service import addressing, documents, withdrawing
from dean06.papers.service.dispatching import Channel, DispatchInfo, State
from dean06.papers.service.withdrawing import Link
from dean06.papers.types import PaperInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.papers import post_marks
from dean06.web.reader import Reader

MOST = 50
BY_HAND = (Channel.PAPER, Channel.NONE)
SEEN_BY_HAND = (Channel.PAPER, Channel.EMAIL)

__all__ = ["Recipient", "panels", "recipient"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One recipient: how far the paper came, by which way, and what the clerk may write down now."""

    id: int
    name: str
    state: str
    channel: str
    note: str
    when: str
    steps: tuple[tuple[str, str, str], ...]
    handed: bool
    received: bool
    again: bool
    address_href: str


def recipient(reader: Reader, one: DispatchInfo) -> Recipient:
    """Return a recipient as its line shows it."""
    return Recipient(
        id=one.id,
        name=one.recipient,
        state=post_marks.state(one.state, one.channel),
        channel=post_marks.channel(one.channel),
        note=one.note if one.state in (State.QUEUED, State.FAILED, State.REFUSED) else "",
        when=writing.instant(one.sent_at or one.queued_at),
        steps=tuple((writing.instant(step.at), step.state.label, step.note) for step in one.steps),
        handed=one.state is State.QUEUED and one.channel in BY_HAND,
        received=one.state in (State.SENT, State.ARRIVED) and one.channel in SEEN_BY_HAND,
        again=one.state is State.FAILED or (one.channel is Channel.NONE and one.state is State.QUEUED),
        address_href=reader.url("papers-addresses") if one.channel is Channel.NONE and one.sent_at is None else "",
    )


def _unsent(reader: Reader, paper: PaperInfo, found: tuple[DispatchInfo, ...]) -> list[dict[str, str]]:
    """Return whom the paper names and who is not among its recipients yet, each with the way of the address book."""
    have = {one.recipient for one in found}
    routes = addressing.resolve(reader.group.id, sending.recipients(paper.id), reader.today)
    return [
        {"name": one.name, "channel": post_marks.channel(one.channel), "hint": one.hint}
        for one in routes
        if one.name not in have
    ]


def panels(reader: Reader, paper: PaperInfo, found: tuple[DispatchInfo, ...]) -> list[dict[str, object]]:
    """Return the panels of an issued paper: sending it, and taking it back for whoever may."""
    chain = withdrawing.chain(reader.viewer, paper.id)
    back = _withdrawing_panel(reader, paper, found, chain)
    return [_sending_panel(reader, paper, found, chain), *([back] if back else ())]


def _sending_panel(
    reader: Reader, paper: PaperInfo, found: tuple[DispatchInfo, ...], chain: tuple[Link, ...]
) -> dict[str, object]:
    job = jobs.for_object(reader.viewer, "post", str(reader.group.id))
    withdrawn = any(link.paper_id == paper.id and link.kind for link in chain)
    allowed = sending.sending_answer(reader.account, reader.group, paper.id, known=reader.known).allowed
    return {
        "template": "dean06/pages/paper_sending.html",
        "recipients": tuple(recipient(reader, one) for one in found),
        "unsent": _unsent(reader, paper, found) if allowed and not withdrawn else (),
        "lists": tuple(addressing.lists(reader.viewer, reader.group.id)),
        "allowed": allowed,
        "withdrawn": withdrawn,
        "bare": paper.manner == "hand" and not paper.scan_sha256 and not found,
        "moving": job is not None and job.waiting,
        "hrefs": {
            "send": reader.url("papers-send", paper.id),
            "again": reader.url("papers-send-again", paper.id),
            "mark": reader.url("papers-send-mark", paper.id),
            "addresses": reader.url("papers-addresses"),
        },
        "print_href": reader.url("papers-hand-list", paper.id) if any(one.channel in BY_HAND for one in found) else "",
    }


def _withdrawing_panel(
    reader: Reader, paper: PaperInfo, found: tuple[DispatchInfo, ...], chain: tuple[Link, ...]
) -> dict[str, object] | None:
    """Return what stands in the panel of taking back; nothing for a reader who may not, of a paper that stands."""
    own = next((link for link in chain if link.paper_id == paper.id), None)
    allowed = sending.withdrawing_answer(reader.account, reader.group, paper.id, known=reader.known).allowed
    if own is None or (own.kind is None and len(chain) == 1 and not allowed):
        return None
    return {
        "template": "dean06/pages/paper_withdrawing.html",
        "own": own if own.kind else None,
        "kind": words(*KINDS[own.kind]) if own.kind else "",
        "when": writing.instant(own.at) if own.at else "",
        "earlier": tuple(link for link in chain if link.by_paper_id == paper.id),
        "notices": tuple((one, post_marks.notice_state(one.state)) for one in own.notices),
        "others": _others(reader, paper) if allowed and own.kind is None else (),
        "offered": allowed and own.kind is None,
        "sent": any(one.sent_at is not None for one in found),
        "kinds": tuple((kind.value, words(*KINDS[kind])) for kind in KINDS),
        "href": reader.url("papers-withdraw", paper.id),
        "notice_href": reader.url("papers-withdraw-mark", paper.id),
    }


KINDS = {
    withdrawing.Kind.RECALL: ("Thu hồi", "Recall"),
    withdrawing.Kind.REPLACEMENT: ("Thay thế", "Replace"),
    withdrawing.Kind.VOID: ("Bỏ số (chưa gửi cho ai)", "Void the number (sent to nobody)"),
}


def _others(reader: Reader, paper: PaperInfo) -> tuple[tuple[int, str], ...]:
    """Return the issued papers that may stand in this one's place or say that it is recalled, newest first."""
    listed = [one for one in documents.papers(reader.viewer, reader.group.id) if one.issued and one.id != paper.id]
    return tuple((one.id, f"{one.label}: {one.abstract}"[:120]) for one in listed[:MOST])
