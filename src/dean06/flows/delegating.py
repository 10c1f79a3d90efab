"""Delegating, taking back, going away and coming back: what switches an acting power on and off, on record."""

from __future__ import annotations

from datetime import datetime, timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paperwork
from dean06.flows.authority import Act, bind, permit
from dean06.offices import service as offices
from dean06.offices.service import absences, delegations, seats
from dean06.offices.types import Capacity, DelegationInfo, GroupInfo, NewDelegation, SeatInfo, Viewer
from dean06.papers.types import PaperInfo

FORM = "delegation"
LONGEST = 300
LENGTH_GAP = "G-10"

__all__ = ["come_back", "draft_paper", "go_away", "grant", "revoke", "scope"]


def scope(group: GroupInfo, role: str) -> tuple[str, ...]:
    """Return the acts that a delegation may cover; a delegation itself is never among them."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    return tuple(one for one in charters.delegable(charter, role) if not one.startswith("delegation."))


def grant(account: str, group: GroupInfo, new: NewDelegation) -> int:
    """Delegate in writing, for a time, to whom the charter lets; refused where its conditions do not hold."""
    held = {one.id: one for one in seats.seats_of(group.id, clock.today(group))}
    giver, taker = held.get(new.from_seat), held.get(new.to_seat)
    if giver is None or taker is None or not taker.holder:
        raise BadInput("Chọn người được ủy quyền đang giữ vị trí.", "Choose a delegate who holds a seat.")
    if giver.account != account:
        raise BadInput(
            "Chỉ ủy quyền phần việc của chính mình: người giữ vị trí ấy tự lập.",
            "Only what is one's own is delegated: whoever holds that seat does it in person.",
        )
    unknown = set(new.actions) - set(scope(group, taker.role))
    if unknown:
        raise BadInput(
            f"Phạm vi ủy quyền có việc không ủy quyền được: {', '.join(sorted(unknown))}.",
            f"The scope names acts that cannot be delegated: {', '.join(sorted(unknown))}.",
        )
    _within_rule(group, new)
    object_id = f"{group.slug}:{new.from_seat}:{new.to_seat}:{new.since.isoformat()}"
    act = Act(
        account=account,
        group=group,
        action="delegation.grant",
        obj=ObjectRef(kind="delegation", id=object_id, digest=new.digest()),
        facts={"delegation.to_role": taker.role, "delegation.is_necessary": bool(new.ground)},
        reason=new.ground or None,
    )
    return offices.delegate(permit(act), group.id, new)


def _within_rule(group: GroupInfo, new: NewDelegation) -> None:
    """Refuse a delegation that lasts longer than the group's own rule lets one last."""
    rule = adoption.local_rule(group.id, LENGTH_GAP, clock.today(group))
    days = rule.value.get("days") if rule and isinstance(rule.value, dict) else None
    if rule is not None and isinstance(days, int) and new.until - new.since > timedelta(days=days):
        raise BadInput(
            f"Quy ước số {rule.number} của tổ ({LENGTH_GAP}): mỗi lần ủy quyền không quá {days} ngày. Rút ngắn lại.",
            f"The group's rule {rule.number} ({LENGTH_GAP}): a delegation lasts {days} days at most. Shorten it.",
        )


def revoke(account: str, group: GroupInfo, delegation_id: int, reason: str) -> None:
    """Take a delegation back from now on, for a reason."""
    why = _said(reason, "Ghi lý do thu hồi.", "Give the reason for taking it back.")
    obj = ObjectRef(
        kind="delegation",
        id=f"{group.slug}:uq-{delegation_id}",
        digest=delegations.revocation_digest(delegation_id, why),
    )
    by = permit(Act(account=account, group=group, action="delegation.revoke", obj=obj, reason=why))
    delegations.revoke_delegation(by, group.id, delegation_id, why)


def draft_paper(account: str, group: GroupInfo, viewer: Viewer, delegation_id: int) -> PaperInfo:
    """Begin the paper that writes a delegation down, filled in from its record."""
    one = delegations.delegation(viewer, delegation_id)
    if one is None:
        raise BadInput("Tổ không có ủy quyền này.", "The group has no such delegation.")
    made = paperwork.begin(account, group, FORM, _facts(group, one))
    delegations.name_paper(group.id, delegation_id, made.id)
    return made


def _facts(group: GroupInfo, one: DelegationInfo) -> dict[str, object]:
    day = one.since.astimezone(clock.TZ).date()
    held = {seat.id: seat for seat in seats.seats_of(group.id, day)}
    words = charters.vocabulary().actions
    covered = one.actions or scope(group, one.to_role)
    return {
        "giver": _person(group, held.get(one.from_seat)),
        "taker": _person(group, held.get(one.to_seat)),
        "reason": one.ground,
        "scope": [f"{words[action].name.vi}." for action in covered],
        "from_day": f"{one.since.astimezone(clock.TZ):%Y-%m-%d}",
        "to_day": f"{one.until.astimezone(clock.TZ):%Y-%m-%d}",
    }


def _person(group: GroupInfo, seat: SeatInfo | None) -> dict[str, str]:
    return {"name": seat.holder, "title": f"{seat.title} {group.short_name}"} if seat else {}


def go_away(account: str, group: GroupInfo, seat: Capacity, span: tuple[datetime, datetime], ground: str) -> int:
    """Record that the holder of a seat is away: by the person, or by the secretariat with the ground."""
    since, until = span
    why = " ".join(ground.split())[:LONGEST]
    obj = bind(
        "absence",
        f"{group.slug}:{seat.seat_id}:{since.isoformat()}",
        seat=seat.seat_id,
        since=since.isoformat(),
        until=until.isoformat(),
    )
    facts = {"absence.is_own": seat.account == account, "absence.has_ground": bool(why)}
    act = Act(account=account, group=group, action="absence.record", obj=obj, facts=facts, reason=why or None)
    return offices.record_absence(permit(act), group.id, seat.seat_id, since, until, why)


def come_back(account: str, group: GroupInfo, absence_id: int, until: datetime, ground: str) -> None:
    """Record that somebody came back earlier than was on record."""
    one = next((known for known in absences.absences_of(group.id) if known.id == absence_id), None)
    if one is None:
        raise BadInput("Tổ không có lần vắng này.", "The group has no such absence.")
    why = " ".join(ground.split())[:LONGEST]
    own = any(seat.seat_id == one.seat_id for seat in offices.capacities(account, group.id, clock.today(group)))
    facts = {"absence.is_own": own, "absence.has_ground": bool(why)}
    obj = ObjectRef(kind="absence", id=f"{group.slug}:vang-{absence_id}", digest=absences.end_digest(absence_id, until))
    act = Act(account=account, group=group, action="absence.record", obj=obj, facts=facts, reason=why or None)
    absences.end_absence(permit(act), group.id, absence_id, until)


def _said(text: str, vi: str, en: str) -> str:
    said = " ".join(text.split())[:LONGEST]
    if not said:
        raise BadInput(vi, en)
    return said
