"""What the bearers of duties say of them, who may say it, and what the owner of the board makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import Charter, ObjectRef, Obligation, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import duties
from dean06.flows.authority import Act, ask, bind, permit
from dean06.flows.desk import overseers
from dean06.flows.inheritance import began
from dean06.flows.standing import WANTING, may_be_shown_done
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.reports.service import replies
from dean06.reports.service.replies import Duty, ReplyInfo, Said

GROUP = "group"

__all__ = ["answers_for", "explain", "owners", "respondents", "takes_reply", "weigh", "weighs"]


def answers_for(charter: Charter, bearer: str, seat: Capacity) -> bool:
    """Say whether a seat speaks for the bearer of a duty: its own, its agency's; for the group whoever oversees it."""
    if bearer == GROUP:
        return seat.role in overseers(charter)
    role, _, agency = bearer.partition(":")
    return seat.agency == agency if agency else seat.role == role


def respondents(charter: Charter, bearer: str, held: Iterable[Capacity]) -> list[Capacity]:
    """Return the seats, of those given, that may answer for a bearer under the installation's charter."""
    speak = {
        one.role
        for norm in adoption.installation_charter().norms
        if norm.action == "compliance.reply"
        for one in norm.bearers
    }
    return [seat for seat in held if seat.role in speak and answers_for(charter, bearer, seat)]


def takes_reply(one: Obligation) -> bool:
    """Say whether a duty as it stands takes a reply."""
    return one.status in WANTING or may_be_shown_done(one)


def explain(account: str, group: GroupInfo, told: Sequence[Duty], said: Said) -> list[ReplyInfo]:
    """Keep what a party says of duties of its own, all at once; nothing is kept where one of them takes no reply.

    A reply with a day and a paper says that the duty was done; one without explains why it was late or not done.
    """
    if not told:
        raise BadInput("Chọn ít nhất một nghĩa vụ để giải trình.", "Choose at least one duty to explain.")
    found = [_owed(group, duty, said) for duty in told]
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    held = offices.capacities(account, group.id, clock.today(group))
    made: list[ReplyInfo] = []
    with transaction.atomic():
        for duty, one in zip(told, found, strict=True):
            facts = {"duty.is_own": bool(respondents(charter, one.bearer, held))}
            obj = ObjectRef(
                kind="duty_reply",
                id=f"{group.slug}:{duty.norm}:{duty.bearer}:{duty.period}",
                digest=replies.reply_digest(duty, said),
            )
            by = permit(Act(account=account, group=group, action="compliance.reply", obj=obj, facts=facts))
            made.append(replies.reply(by, group.id, duty, said, beside=made[0].id if made else None))
    return made


def _owed(group: GroupInfo, duty: Duty, said: Said) -> Obligation:
    """Return the duty that a reply is about, or refuse the reply."""
    listed = duties.obligations(group, duty.month)
    one = next((one for one in listed if duties.duty_of(duty.month, one) == duty), None)
    if one is None or not takes_reply(one):
        raise BadInput(
            "Chỉ giải trình nghĩa vụ trễ hạn, không thực hiện hoặc chưa ghi được trên hệ thống.",
            "Only a duty that was late, missed or cannot be recorded yet is explained.",
        )
    if said.done_on is None and one.status == "pending":
        raise BadInput("Nghĩa vụ chưa đến hạn: chỉ nêu văn bản đã làm.", "Not due yet: only a paper may show it done.")
    if said.done_on is not None:
        _require_evidence(group, one, said)
    return one


def _require_evidence(group: GroupInfo, one: Obligation, said: Said) -> None:
    if not may_be_shown_done(one):
        raise BadInput(
            f"{one.period}: nhiệm vụ chỉ xong khi ghi ở chính nhiệm vụ, không chứng minh bằng văn bản; hãy nêu lý do.",
            f"{one.period}: a task is done where it is recorded, not by a paper; give a reason instead.",
        )
    if said.done_on is not None and not began(one.period) <= said.done_on <= clock.today(group):
        raise BadInput(
            f"Ngày văn bản: từ {began(one.period):%d/%m/%Y} đến hôm nay.",
            f"Day of the paper: from {began(one.period):%d/%m/%Y} to today.",
        )


def weigh(
    account: str, group: GroupInfo, reply_ids: Sequence[int], *, accepted: bool, reason: str = ""
) -> list[ReplyInfo] | None:
    """Record whether the owner of the board takes replies: what is taken changes how their duties stand.

    A refusal has its reason. None: one of them is no reply of this group.
    """
    known = [replies.reply_for_work(group.id, one) for one in reply_ids]
    found = [one for one in known if one is not None]
    if not found or len(found) != len(known):
        return None
    with transaction.atomic():
        return [
            replies.weigh(
                _weighing(account, group, one, accepted=accepted, reason=reason),
                one.id,
                accepted=accepted,
                reason=reason,
            )
            for one in found
        ]


def _weighing(account: str, group: GroupInfo, reply: ReplyInfo, *, accepted: bool, reason: str) -> Permit:
    obj = bind("duty_reply", f"{group.slug}:giai-trinh:{reply.id}", reply=reply.id, accepted=accepted, reason=reason)
    facts = {"reply.from_standing_deputy": _from_owner(group, reply)}
    return permit(Act(account=account, group=group, action="compliance.weigh", obj=obj, facts=facts))


def _from_owner(group: GroupInfo, reply: ReplyInfo) -> bool:
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    held = offices.capacities(reply.account, group.id, clock.today(group))
    return any(seat.role in owners(charter) for seat in held)


def weighs(account: str, group: GroupInfo, reply: ReplyInfo) -> bool:
    """Say whether somebody weighs a reply: the owner of the board; what the owner said, another."""
    obj = bind("duty_reply", f"{group.slug}:giai-trinh:{reply.id}", reply=reply.id)
    facts = {"reply.from_standing_deputy": _from_owner(group, reply)}
    return ask(Act(account=account, group=group, action="compliance.weigh", obj=obj, facts=facts)).allowed


def owners(charter: Charter) -> frozenset[str]:
    """Return the roles that a charter makes review how it is carried out."""
    return frozenset(
        bearer.role for norm in charter.norms if norm.action == "compliance.review" for bearer in norm.bearers
    )
