"""An issued paper on its way to its recipients: queued, tried again, marked by hand, taken back, carried.

What is queued leaves later, in the worker; these acts only write down what is to be done.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paper_signing
from dean06.flows.authority import Act, Answer, Known, ask, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import addressing, dispatching, documents, withdrawing
from dean06.papers.service.addressing import Channel, Route
from dean06.papers.service.dispatching import DispatchInfo, Post, State, Tally
from dean06.papers.service.withdrawing import Kind, Withdraw
from dean06.papers.types import PaperInfo

# Where the link of a letter leads, after the public address of the installation; the page stands in `web.urls`.
RECEIPT = "/xac-nhan-van-ban/{token}/"

__all__ = [
    "carry",
    "mark",
    "mark_notice",
    "queue",
    "queue_reached",
    "recipients",
    "retry",
    "sending_answer",
    "withdraw",
    "withdrawing_answer",
]


def recipients(paper_id: int) -> tuple[str, ...]:
    """Return to whom a paper goes by its own words: those addressed, then those at its foot."""
    content = documents.content(paper_id)
    return tuple(dict.fromkeys((*content.addressees, *content.recipients)))


def _act(account: str, group: GroupInfo, action: str, obj: ObjectRef, reason: str | None = None) -> Act:
    numbered: dict[str, Fact] = {"document.is_numbered": True}
    return Act(account=account, group=group, action=action, obj=obj, facts=numbered, reason=reason)


def _issued(group: GroupInfo, paper_id: int) -> PaperInfo:
    paper = paper_signing.of_group(group, paper_id)
    if not paper.issued:
        raise BadInput("Chỉ gửi văn bản đã ký và cấp số.", "Only a signed and numbered paper can be sent.")
    return paper


def sending_answer(account: str, group: GroupInfo, paper_id: int, *, known: Known | None = None) -> Answer:
    """Return whether an account may send a paper now."""
    obj = ObjectRef(kind="paper", id=str(paper_id), digest="")
    return ask(_act(account, group, "document.dispatch", obj), known)


def withdrawing_answer(account: str, group: GroupInfo, paper_id: int, *, known: Known | None = None) -> Answer:
    """Return whether an account may recall or replace a paper now."""
    return ask(_act(account, group, "document.recall", ObjectRef(kind="paper", id=str(paper_id), digest="")), known)


def queue(
    account: str, group: GroupInfo, paper_id: int, to: Iterable[str], *, reason: str | None = None
) -> tuple[Route, ...]:
    """Queue an issued paper for its recipients, each by the way the address book gives today."""
    names = tuple(dict.fromkeys(name for name in (" ".join(one.split()) for one in to) if name))
    if not names:
        raise BadInput("Văn bản chưa có nơi nhận: ghi ít nhất một nơi.", "The paper has no recipient: give one.")
    paper = _issued(group, paper_id)
    if paper.manner == "digital" and paper.seal and paper.sealed_at is None:
        raise BadInput(
            "Văn bản chưa đóng dấu (ký số của cơ quan): đóng dấu rồi gửi.",
            "The paper is not sealed by its agency yet: seal it, then send it.",
        )
    obj = ObjectRef(kind="paper", id=str(paper_id), digest=documents.dispatch_digest(paper_id, names))
    by = permit(_act(account, group, "document.dispatch", obj, reason))
    return dispatching.queue(by, paper_id, names)


def queue_reached(account: str, group: GroupInfo, paper_id: int, to: Iterable[str]) -> tuple[str, ...]:
    """Queue a paper for those whom the address book reaches; returns the others, of whom a clerk keeps record alone."""
    today, names = clock.today(group), tuple(dict.fromkeys(to))
    reached = [
        name
        for name in names
        if all(one.channel is not Channel.NONE for one in addressing.resolve(group.id, [name], today))
    ]
    if reached:
        queue(account, group, paper_id, reached)
    return tuple(name for name in names if name not in reached)


def _own(account: str, group: GroupInfo, paper_id: int, dispatch_id: int) -> DispatchInfo:
    """Return a recipient of a paper of the group; another's is not there."""
    paper_signing.of_group(group, paper_id)
    viewer = offices.viewer(account, clock.today(group))
    found = next((one for one in dispatching.of_paper(viewer, paper_id) if one.id == dispatch_id), None)
    if found is None:
        raise BadInput("Văn bản không gửi nơi nhận này.", "The paper has no such recipient.")
    return found


def _dispatching(account: str, group: GroupInfo, dispatch_id: int, state: State, reason: str | None) -> Permit:
    return permit(_act(account, group, "document.dispatch", dispatching.mark_ref(dispatch_id, state), reason))


def retry(account: str, group: GroupInfo, paper_id: int, dispatch_id: int, *, reason: str | None = None) -> None:
    """Queue again what could not be sent, by the way the address book gives today."""
    one = _own(account, group, paper_id, dispatch_id)
    dispatching.retry(_dispatching(account, group, one.id, State.QUEUED, reason), one.id)


def mark(
    account: str,
    group: GroupInfo,
    paper_id: int,
    dispatch_id: int,
    state: State,
    *,
    note: str = "",
    reason: str | None = None,
) -> None:
    """Write down by hand that a paper was handed over, that its receipt was signed, or that it was refused."""
    one = _own(account, group, paper_id, dispatch_id)
    dispatching.mark(_dispatching(account, group, one.id, state, reason), one.id, state, note)


def withdraw(account: str, group: GroupInfo, one: Withdraw) -> None:
    """Recall, replace or void an issued paper; whoever has it is told by the way it went."""
    _issued(group, one.paper_id)
    action = "document.void" if one.kind is Kind.VOID else "document.recall"
    withdrawing.withdraw(permit(_act(account, group, action, withdrawing.ref(one), one.reason)), one)


def mark_notice(account: str, group: GroupInfo, paper_id: int, notice_id: int, note: str) -> None:
    """Write down by hand that a recipient gave a withdrawn paper back or destroyed it."""
    paper_signing.of_group(group, paper_id)
    viewer = offices.viewer(account, clock.today(group))
    chain = withdrawing.chain(viewer, paper_id)
    if notice_id not in {notice.id for link in chain if link.paper_id == paper_id for notice in link.notices}:
        raise BadInput("Không có thông báo thu hồi này.", "There is no such notice.")
    by = permit(_act(account, group, "document.dispatch", withdrawing.notice_ref(notice_id)))
    withdrawing.mark_notice(by, notice_id, note)


def _link(token: str) -> str:
    return settings.PUBLIC_URL + RECEIPT.format(token=token)


def carry(group: GroupInfo) -> Tally:
    """Carry what a group has queued: over the axis, by e-mail, onto its page; for the worker, outside transactions."""
    return dispatching.deliver(group.id, Post.of(group.id, _link if settings.PUBLIC_URL else None))
