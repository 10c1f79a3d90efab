"""What people are told of papers: to sign, returned unsigned, issued, come in and handed on."""

from __future__ import annotations

from collections.abc import Mapping

from dean06.clock import service as clock
from dean06.flows.news.passing_on import Rule, Story, pass_on
from dean06.flows.news.plans import tell_plan_issued
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import drafts, finding
from dean06.papers.types import PaperInfo
from dean06.work.service import plans

__all__ = ["RULES", "tell_of_incoming", "tell_of_paper"]


def tell_of_paper(group: GroupInfo, act: Followed) -> None:
    """Tell of an act on a paper that somebody waits for."""
    rule = RULES.get(act.action)
    if rule is not None and act.object_id.isdecimal():
        rule(group, act)


def _tell(group: GroupInfo, act: Followed, to: To, kind: str, said: Said) -> None:
    address, key = Address(route="papers-one", args=(int(act.object_id),)), f"paper:{act.object_id}:{act.leaf}"
    pass_on(group, act, to, Story(kind=kind, said=said, address=address, key=key))


def _asked(group: GroupInfo, act: Followed) -> None:
    """Tell the signer; the same word of the charter also takes a paper back, and then nobody waits."""
    paper, lies = finding.paper(group.id, int(act.object_id)), drafts.request(int(act.object_id))
    if paper is None or lies is None:
        return
    said = Said(
        vi=f"Văn bản trình bạn ký: {paper.abstract}.",
        en=f"A paper waits for your signature: {paper.abstract}.",
        restricted=paper.circle is not None,
    )
    _tell(group, act, To(seats=(lies.seat,)), "paper_to_sign", said)


def _declined(group: GroupInfo, act: Followed) -> None:
    paper = finding.paper(group.id, int(act.object_id))
    asked = next((one for one in reversed(drafts.requests(int(act.object_id))) if one.state == "declined"), None)
    if paper is None or asked is None:
        return
    said = Said(
        vi=f"{asked.title} trả lại văn bản chưa ký: {paper.abstract}. Lý do ghi ở trang văn bản.",
        en=f"{asked.title} returned a paper unsigned: {paper.abstract}. Its page has the reason.",
        restricted=paper.circle is not None,
    )
    _tell(group, act, To(accounts=tuple({asked.asked_by, paper.drafter} - {""})), "paper_declined", said)


def _issued(group: GroupInfo, act: Followed) -> None:
    paper = finding.paper(group.id, int(act.object_id))
    if paper is None or not paper.issued:
        return
    said = Said(
        vi=f"Đã ban hành {paper.label}: {paper.abstract}.",
        en=f"{paper.label} is issued: {paper.abstract}.",
        restricted=paper.circle is not None,
    )
    accounts = {one.asked_by for one in drafts.requests(paper.id)} | {paper.drafter}
    _tell(group, act, To(accounts=tuple(accounts - {""})), "paper_issued", said)
    _plan_of(group, act, paper)


def _plan_of(group: GroupInfo, act: Followed, paper: PaperInfo) -> None:
    """Tell those who are to carry out a plan that its paper is issued."""
    plan = next((one for one in plans.plans_of_group(group.id) if one.paper == paper.id), None)
    if plan is not None:
        tell_plan_issued(group, act, plan)


RULES: Mapping[str, Rule] = {
    "document.ask_signature": _asked,
    "document.decline": _declined,
    "document.number": _issued,
}


def tell_of_incoming(group: GroupInfo, act: Followed) -> None:
    """Tell whoever a paper was handed to, by the name that the clerk wrote: an agency, a seat or its holder."""
    if act.action != "incoming.hand_on":
        return
    one = finding.incoming(group.id, int(act.object_id)) if act.object_id.isdecimal() else None
    if one is None or not one.handed_to:
        return
    names = offices.agency_names(group.id)
    held = offices.holders(group.id, clock.today(group))
    agencies = tuple(code for code, name in names.items() if one.handed_to in (name, code))
    seats = tuple(seat.seat_id for seat in held if one.handed_to in (seat.holder, seat.title, seat.hat))
    until = f" Trả lời trước hết ngày {one.answer_by:%d/%m/%Y}." if one.answer_by else ""
    by = f" Answer by {one.answer_by:%d/%m/%Y}." if one.answer_by else ""
    said = Said(
        vi=f"Văn bản đến {one.label} của {one.organ} chuyển bạn xử lý: {one.abstract}.{until}",
        en=f"Incoming {one.label} of {one.organ} is handed to you: {one.abstract}.{by}",
    )
    address = Address(route="papers-incoming-one", args=(one.id,))
    key = f"incoming:{one.id}:{one.handed_to[:40]}:{one.answer_by or ''}"
    story = Story(kind="incoming_handed", said=said, address=address, key=key)
    pass_on(group, act, To(agencies=agencies, seats=seats), story)
