"""What people are told of who sits and acts: replacements, commendations, delegations and absences."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.conduct.service import commendations, replacements
from dean06.conduct.types import ReplacementInfo, Stage
from dean06.flows.bearers import seats_with
from dean06.flows.news.passing_on import Story, number_of, pass_on
from dean06.flows.powers import Acting, actings
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.service import delegations
from dean06.offices.types import GroupInfo

GRANTING = "commendation.grant"
LEADING, SECRETARIAT = "leader", "secretariat"
STAGES = {
    Stage.ANSWERED: ("cơ quan cử đã trả lời, cử người thay", "the agency has named somebody"),
    Stage.REFUSED: ("cơ quan cử không đồng ý", "the agency does not agree"),
    Stage.DONE: ("đã có người thay", "the seat has its new holder"),
    Stage.WITHDRAWN: ("đã rút lại", "it is withdrawn"),
}
PRAISE = {
    "granted": ("được khen thưởng", "is granted"),
    "submitted": ("đã trình cấp trên", "is submitted higher"),
    "awarded": ("được cấp trên khen thưởng", "is awarded higher up"),
    "declined": ("không được chấp nhận, lý do ghi ở trang đề nghị", "is declined; its page has the reason"),
}

__all__ = ["acting_words", "tell_of_absence", "tell_of_commendation", "tell_of_delegation", "tell_of_replacement"]


# ------------------------------------------------------------------ replacements


def tell_of_replacement(group: GroupInfo, act: Followed) -> None:
    """Tell of the replacement of a member; the words stay out of letters, and the member's own seat is not told."""
    number = int(act.note["number"]) if "number" in act.note else number_of(act.object_id)
    one = replacements.numbered(group.id, number) if number is not None else None
    if one is None:
        return
    own = _of_seat(group, one)
    if "number" in act.note:
        name = offices.agency_name(group.id, one.agency)
        said = Said(
            vi=f"Đề nghị thay thành viên do {name} cử (việc số {one.number}): xem căn cứ và trả lời.",
            en=f"A member sent by {name} is to be replaced (no. {one.number}): see the ground and answer.",
            restricted=True,
        )
        to = To(agencies=(one.agency,), roles=(LEADING, SECRETARIAT), besides=own)
        _tell_replacement(group, act, one, to, "replacement_asked", said, "asked")
        return
    words = STAGES.get(one.stage)
    if words is not None:
        said = Said(
            vi=f"Thay thành viên, việc số {one.number}: {words[0]}.",
            en=f"Replacement no. {one.number}: {words[1]}.",
            restricted=True,
        )
        to = To(accounts=(one.opened_by,), roles=(LEADING, SECRETARIAT), besides=own)
        _tell_replacement(group, act, one, to, "replacement_answered", said, one.stage)


def _of_seat(group: GroupInfo, one: ReplacementInfo) -> tuple[str, ...]:
    held = offices.holders(group.id, clock.today(group))
    return tuple(seat.account for seat in held if seat.seat_id == one.seat and seat.account)


def _tell_replacement(
    group: GroupInfo, act: Followed, one: ReplacementInfo, to: To, kind: str, said: Said, step: str
) -> None:
    address, key = Address(route="replacements-one", args=(one.id,)), f"replacement:{one.id}:{step}"
    pass_on(group, act, to, Story(kind=kind, said=said, address=address, key=key))


# ------------------------------------------------------------------ commendations


def tell_of_commendation(group: GroupInfo, act: Followed) -> None:
    """Tell whoever grants that a commendation is proposed, and whoever proposed it what came of it; no name stands."""
    year, _, number = act.object_id.rpartition("-")[2].partition(".")
    one = commendations.numbered(group.id, int(year), int(number))
    if one is None:
        return
    address, label = Address(route="commendations-one", args=(one.id,)), f"{one.number}/{one.year}"
    if act.note.get("act") == "proposed":
        said = Said(vi=f"Đề nghị khen thưởng số {label} chờ quyết định.", en=f"Commendation {label} is proposed.")
        to = To(seats=seats_with(group, GRANTING))
        pass_on(group, act, to, Story(kind="commendation_proposed", said=said, address=address))
        return
    words = PRAISE.get(str(act.note.get("act")))
    if words is not None:
        said = Said(vi=f"Đề nghị khen thưởng số {label} {words[0]}.", en=f"Commendation {label} {words[1]}.")
        to = To(accounts=(one.proposed_by,))
        pass_on(group, act, to, Story(kind="commendation_answered", said=said, address=address))


# ------------------------------------------------------------------ acting for another


def acting_words(one: Acting) -> Said:
    """Return the sentence that tells somebody for whom, from when and until when they act."""
    since, until = (f"{at.astimezone(clock.TZ):%H:%M ngày %d/%m/%Y}" for at in (one.since, one.until))
    ground = ("được ủy quyền", "by delegation") if one.basis == "delegation" else ("khi vắng", "in absence")
    return Said(
        vi=f"Bạn làm thay {one.for_title} ({ground[0]}) từ {since} đến {until}.",
        en=f"You act for {one.for_title} ({ground[1]}) from {since} until {until}.",
    )


def tell_of_delegation(group: GroupInfo, act: Followed) -> None:
    """Tell a delegate of what was delegated, or that it was taken back."""
    _, _, revoked = act.object_id.rpartition(":uq-")
    if ":uq-" not in act.object_id:
        _tell_acting(group, act, "delegation")
        return
    one = next((known for known in delegations.delegations_of(group.id) if known.id == int(revoked)), None)
    if one is not None and one.revoked_at is not None:
        said = Said(vi="Ủy quyền cho bạn đã được thu hồi.", en="What was delegated to you is taken back.")
        story = Story(kind="acting", said=said, address=Address(route="offices-powers"))
        pass_on(group, act, To(seats=(one.to_seat,)), story)


def tell_of_absence(group: GroupInfo, act: Followed) -> None:
    """Tell whoever acts in an absence from when until when, or that it ends earlier."""
    _tell_acting(group, act, "absence")


def _tell_acting(group: GroupInfo, act: Followed, basis: str) -> None:
    """Tell of the acting powers of a kind whose sentence is new: a span that was changed is told again."""
    for one in actings(group):
        if one.basis == basis and one.until > clock.now(group):
            key = f"acting:{basis}:{one.record}:{one.since:%Y%m%d%H%M}:{one.until:%Y%m%d%H%M}"
            clause = one.clauses[0] if one.clauses else None
            story = Story(
                kind="acting", said=acting_words(one), address=Address(route="offices-powers"), clause=clause, key=key
            )
            pass_on(group, act, To(roles=(one.role,)), story)
